//! Which event leads from one state to another.

use comity_model::status::Action;

use crate::import::Standing::{self, Active, Annulled, Expired, LeaveOut, Suspended, Withdrawn};

/// How one state follows from another.
pub(super) enum Transition {
    /// Nothing happened that an event would say.
    Same,
    /// By this event.
    By(Action),
    /// By none.
    Impossible,
}

/// The event that leads from one state to another. An expiry is a date of the record, no event.
pub(super) fn transition(before: Standing, after: Standing) -> Transition {
    match (before, after) {
        (Annulled, Annulled | Expired)
        | (Withdrawn, Withdrawn | Expired)
        | (Suspended, Suspended)
        | (_, LeaveOut)
        | (Active | Expired | LeaveOut, Active | Expired) => Transition::Same,
        (Annulled, _) | (Withdrawn, Active | Suspended) => Transition::Impossible,
        (_, Annulled) => Transition::By(Action::Annul),
        (_, Withdrawn) => Transition::By(Action::Withdraw),
        (Suspended, Active | Expired) => Transition::By(Action::Reinstate),
        (_, Suspended) => Transition::By(Action::Suspend),
    }
}
