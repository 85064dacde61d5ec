//! Who runs a node: five of the seven economies. The other two are guests (format.md 2.1): they
//! have their own authority and keys and publish in the log of another member.
//!
//! The secretariat belongs to no economy; its records stand in the log of the member at whose
//! seat it is.

use super::cast::{Body, CN, FR, JP, KZ, SA, SE, SECRETARIAT, TN};

/// A member of the federation, and where its records stand.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) authority: &'static Body,
    /// Whose log a guest publishes in; none for those who run a node.
    pub(super) guest_of: Option<&'static Body>,
}

const fn member(authority: &'static Body) -> Member {
    Member {
        authority,
        guest_of: None,
    }
}

const fn guest(authority: &'static Body, host: &'static Body) -> Member {
    Member {
        authority,
        guest_of: Some(host),
    }
}

/// Those who run a node, in the order of their ports.
pub(super) static NODES: [&Body; 5] = [&SE, &FR, &KZ, &CN, &JP];

/// Every member.
pub(super) static MEMBERS: [Member; 7] = [
    member(&SE),
    member(&FR),
    member(&KZ),
    member(&CN),
    member(&JP),
    guest(&TN, &FR),
    guest(&SA, &KZ),
];

/// The member at whose seat the secretariat is.
static SEAT: &Body = &FR;

/// Number in [`NODES`] of the node that logs what is published under `authority`, a DID.
pub(super) fn node_of(authority: &str) -> Option<usize> {
    let member = MEMBERS
        .iter()
        .find(|member| member.authority.did == authority);
    let host = match member {
        Some(member) => member.guest_of.unwrap_or(member.authority),
        None if authority == SECRETARIAT.did => SEAT,
        None => return None,
    };
    NODES.iter().position(|node| node.did == host.did)
}

/// Number in [`NODES`] of the node that a person in `economy` asks.
pub(super) fn node_in(economy: &str) -> Option<usize> {
    let of_economy = |member: &&Member| member.authority.economy == Some(economy);
    let member = MEMBERS.iter().find(of_economy)?;
    node_of(member.authority.did)
}
