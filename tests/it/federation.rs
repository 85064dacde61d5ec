//! Nodes that mirror, date and rescue each other, each a process of its own.

/// A certificate of one economy, judged in the others. Questions across borders go here.
mod borders;
/// What the offices of a federation do offline, with the commands for it.
mod ceremony;
/// kill -9 of any node while it mirrors and is published to.
mod crash;
/// Judging from a file, without a network.
mod offline;
/// Receipts under quorum.
mod receipts;
/// A node that comes back from an old copy of itself.
mod restore;
/// Records whose bodies are withheld on a legal ground.
mod takedown;
