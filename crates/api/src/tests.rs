//! Every path as a client sees it, over a node in memory.

mod contract;
mod cosigned;
mod counting;
mod feeds;
mod impact;
mod languages;
mod layers;
mod log;
mod notices;
mod offline;
mod promises;
mod publish;
mod recognition;
mod records;
mod requirements;
mod search;
mod statistics;
mod status;
mod stream;
mod trust;
mod witness;
