//! The lines of an openings file, read one by one.

use std::fs::File;
use std::io::{BufRead as _, BufReader};

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::Opening;
use crate::exit::Failure;
use crate::input::unreadable;

/// Longest line: the largest record and what stands around it.
const MAX_LINE_BYTES: usize = 2 * 1024 * 1024;

/// A line of the file.
pub(super) enum Line<'a> {
    /// It was cut off or damaged.
    Unreadable,
    Opening(Opening),
    Batch {
        commitment: String,
        record: &'a RawValue,
    },
    Logged {
        commitment: String,
        logged: Value,
    },
    Refused {
        commitment: String,
        refused: String,
    },
}

/// The members by which the lines differ.
#[derive(Deserialize)]
struct Members<'a> {
    commitment: String,
    #[serde(borrow)]
    record: Option<&'a RawValue>,
    logged: Option<Value>,
    refused: Option<String>,
}

impl<'a> Line<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Self {
        let Ok(members) = serde_json::from_slice::<Members<'a>>(bytes) else {
            return Self::Unreadable;
        };
        let commitment = members.commitment;
        match (members.record, members.logged, members.refused) {
            (Some(record), _, _) => Self::Batch { commitment, record },
            (_, Some(logged), _) => Self::Logged { commitment, logged },
            (_, _, Some(refused)) => Self::Refused {
                commitment,
                refused,
            },
            _ => serde_json::from_slice(bytes).map_or(Self::Unreadable, Self::Opening),
        }
    }
}

/// Where a line stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Its number, from 1.
    pub(super) line: u64,
    /// Where it begins, in bytes.
    pub(super) offset: u64,
}

/// Reads every line of the file that is not empty; whether the last one was cut off.
pub(super) fn each_line(path: &str, mut take: impl FnMut(Place, Line<'_>)) -> Result<bool> {
    let file = match File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        opened => opened.map_err(|error| unreadable(path, &error))?,
    };
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let mut bytes = Vec::new();
    let mut torn = false;
    let mut place = Place { line: 1, offset: 0 };
    loop {
        bytes.clear();
        let read = reader
            .read_until(b'\n', &mut bytes)
            .map_err(|error| unreadable(path, &error))?;
        if read == 0 {
            return Ok(torn);
        }
        torn = !bytes.ends_with(b"\n");
        if bytes.len() > MAX_LINE_BYTES {
            let what = format!("{path} has a line of more than {MAX_LINE_BYTES} bytes");
            return Err(Failure::unreadable(what)
                .help("name the file that comity commit wrote")
                .into());
        }
        if !bytes.trim_ascii().is_empty() {
            take(place, Line::read(&bytes));
        }
        place.line += 1;
        place.offset += read as u64;
    }
}
