use comity_model::record::{Kind, Subject};
use comity_model::text::LangString;

use crate::testing::{empty, record};

#[tokio::test]
async fn what_is_checked_is_drawn_and_the_holder_is_not() {
    let tested = empty().await;
    let mut certificate = record(Kind::Attestation, 3);
    if let Subject::Attestation(attestation) = &mut certificate.subject {
        attestation.comity.grants.clear();
        "Holder of it".clone_into(&mut attestation.issued_to_party.name);
        for object in &mut attestation.comity.objects {
            object.names = LangString::of("en", "Kettle of it");
        }
    }
    tested.publish(&[certificate]).await;
    let page = "/en/records/01935fa0-0000-7000-8000-000000000003?in=SE&hs=8516.60";
    let page = tested.get(page).await.text;
    let (_, drawn) = page.split_once("<ul class=\"links\"").unwrap();
    let (drawn, _) = drawn.split_once("</ul>").unwrap();
    assert!(drawn.contains("Kettle of it"), "{drawn}");
    assert!(!drawn.contains("Holder of it"), "{drawn}");
    // It stands among the facts all the same.
    assert!(page.contains("Holder of it"));
    tested.node.close().await;
}
