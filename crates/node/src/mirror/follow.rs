//! The loop that looks at every log that is followed.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant as Moment;

use super::{LOGS_AT_ONCE, nodes};
use crate::Shared;
use crate::error::Error;

/// Looks at every log again and again, each at its own pace; ends with the node, or when told to,
/// and everything that it has begun with it.
pub(crate) fn follow(shared: Weak<Shared>, pause: Duration, stop: Arc<Notify>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut due = tokio::time::interval(pause);
        due.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut looks = JoinSet::new();
        let (mut learning, mut hearing) = (JoinSet::new(), JoinSet::new());
        loop {
            tokio::select! {
                _ = due.tick() => {}
                () = stop.notified() => break,
            }
            while looks.try_join_next().is_some() {}
            let Some(node) = shared.upgrade() else { break };
            // Peers that are slow to say what they know of the federation keep nobody waiting.
            alone(&mut learning, &shared, |node| async move {
                node.learn_federation().await
            });
            let mut all = node.wanted();
            // Those that have waited longest go first, so that none waits for ever.
            all.sort_by_key(|wanted| node.mirrors.looked(&wanted.origin).begun);
            let others = Arc::new(nodes(&all));
            let asked = Arc::clone(&others);
            alone(&mut hearing, &shared, |node| async move {
                node.hear_of_own_log(&asked).await
            });
            for wanted in all {
                let seen = node.mirrors.looked(&wanted.origin);
                let waits = seen.not_before.is_some_and(|until| Moment::now() < until);
                if waits || seen.busy.try_lock().is_err() || looks.len() >= LOGS_AT_ONCE {
                    continue;
                }
                let (weak, others) = (shared.clone(), Arc::clone(&others));
                looks.spawn(async move {
                    if let Some(node) = weak.upgrade() {
                        // What went wrong is noted and shown.
                        let _ = node.look(&wanted, &others).await;
                    }
                });
            }
        }
        for mut begun in [looks, learning, hearing] {
            begun.shutdown().await;
        }
    })
}

/// Does something beside the looks, unless it is still being done.
fn alone<F>(tasks: &mut JoinSet<()>, shared: &Weak<Shared>, act: impl FnOnce(Arc<Shared>) -> F)
where
    F: Future<Output = Result<(), Error>> + Send + 'static,
{
    while tasks.try_join_next().is_some() {}
    let (true, Some(node)) = (tasks.is_empty(), shared.upgrade()) else {
        return;
    };
    let acting = act(node);
    tasks.spawn(async move {
        if let Err(error) = acting.await {
            tracing::error!(%error, "what others say was not kept");
        }
    });
}
