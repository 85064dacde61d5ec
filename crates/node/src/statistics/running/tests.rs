use super::super::Population;
use super::*;

#[tokio::test]
async fn counts_beyond_the_limit_come_again() {
    let node = crate::tests::node().await;
    let shared = &node.shared;
    let logs = shared.counted_logs().await.unwrap();
    // Nothing goes on before this test waits for it: there is one thread.
    let [one, other, third] = [
        Population::Certificates,
        Population::Grants,
        Population::Bodies,
    ];
    let join = |of| join(shared, StatisticsQuery::new(of), &logs);
    let Joined::Running(mut first) = join(one) else {
        panic!("the first count begins");
    };
    assert!(matches!(join(other), Joined::Running(_)));
    assert!(matches!(join(third), Joined::Full));
    // The same question takes no room of its own.
    assert!(matches!(join(one), Joined::Running(_)));
    let ended = first
        .outcome
        .wait_for(Option::is_some)
        .await
        .unwrap()
        .clone();
    assert!(matches!(ended, Some(Ok(_))));
    assert!(matches!(join(one), Joined::Kept(_)));
    assert!(matches!(join(third), Joined::Running(_)));
}
