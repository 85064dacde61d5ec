//! Every statement, as reviewed. One text for SQLite and PostgreSQL: `$1` parameters,
//! no engine functions; each look-up goes by the first column of a key, so that the
//! same text runs when the tables are spread over machines. A test prepares each of
//! them on both engines.

pub(crate) mod pages;

use std::sync::OnceLock;

use sqlx::SqlStr;

use crate::engine::made;

/// Rows in one statement, largest first: a batch is cut into these, so that only a
/// few texts are ever prepared.
const ROWS: [usize; 5] = [256, 64, 16, 4, 1];

/// Keys in one `IN` list, smallest first: a list is filled up with its last key.
const KEYS: [usize; 4] = [1, 8, 64, 256];

/// Columns of a record that come back in every look-up; the body is left out.
macro_rules! record_columns {
    () => {
        "digest, document_digest, kind, authority, issuer, id, origin, position, \
         received_at, valid_from, valid_until"
    };
}

/// Columns of a foreign log that is followed.
macro_rules! followed_columns {
    () => {
        "origin, vkey, url, mode, state, seen_size, seen_note, checked_at, reached_at, \
         problem, detail, problem_since, quota_day, quota_entries, quota_bytes"
    };
}

/// Columns of what was taken down.
macro_rules! withheld_columns {
    () => {
        "digest, takedown, origin, document_digest, signed_by, ground, since"
    };
}

/// Names each statement once, as a constant and in the list for the test.
macro_rules! statements {
    ($($name:ident = $text:expr;)*) => {
        $(pub(crate) const $name: &str = $text;)*
        const SINGLE: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

statements! {
    // Logs: create, read, lease.
    CREATE_LOG =
        "INSERT INTO log (origin, vkey, size, root, note, updated_at, lease_until) \
         VALUES ($1, $2, 0, $3, $4, 0, 0)";
    HEAD = "SELECT origin, size, root, note, updated_at FROM log WHERE origin = $1";
    HEADS = "SELECT origin, size, root, note, updated_at FROM log ORDER BY origin";
    VKEY = "SELECT vkey FROM log WHERE origin = $1";
    LEASE = "SELECT origin, lease_holder, lease_until FROM log WHERE origin = $1";
    ACQUIRE_LEASE =
        "UPDATE log SET lease_holder = $2, lease_until = $4 WHERE origin = $1 \
         AND (lease_holder IS NULL OR lease_holder = $2 OR lease_until <= $3)";
    RELEASE_LEASE =
        "UPDATE log SET lease_holder = NULL, lease_until = 0 \
         WHERE origin = $1 AND lease_holder = $2";

    // The compare-and-swap of the head, for the holder of the lease and without one.
    SWAP_HEAD_AS_HOLDER =
        "UPDATE log SET size = $4, root = $5, note = $6, updated_at = $7 \
         WHERE origin = $1 AND size = $2 AND root = $3 AND lease_holder = $8";
    SWAP_HEAD_UNHELD =
        "UPDATE log SET size = $4, root = $5, note = $6, updated_at = $7 \
         WHERE origin = $1 AND size = $2 AND root = $3 \
         AND (lease_holder IS NULL OR lease_until <= $7)";

    // A foreign log: no checkpoint of its empty tree is kept.
    CREATE_FOREIGN_LOG =
        "INSERT INTO log (origin, vkey, size, root, note, updated_at, lease_until) \
         VALUES ($1, $2, 0, $3, $4, 0, 0) ON CONFLICT (origin) DO NOTHING";
    FORGET_EMPTY_LOG = "DELETE FROM log WHERE origin = $1 AND size = 0";

    // Heads signed in the past.
    KEEP_HEAD =
        "INSERT INTO log_head (origin, size, signed_at, note) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (origin, size, signed_at) DO UPDATE SET note = excluded.note";
    KEPT_HEADS =
        "SELECT size, signed_at, note FROM log_head WHERE origin = $1 AND size >= $2 \
         ORDER BY size, signed_at LIMIT $3";
    HEAD_AS_OF =
        "SELECT size, signed_at, note FROM log_head \
         WHERE origin = $1 AND signed_at <= $2 AND size <= $3 \
         ORDER BY size DESC, signed_at DESC LIMIT 1";
    HEADS_DOWN =
        "SELECT size, signed_at, note FROM log_head \
         WHERE origin = $1 AND signed_at <= $2 AND size <= $3 \
         ORDER BY size DESC, signed_at DESC LIMIT $4";
    HEAD_AFTER =
        "SELECT size, signed_at, note FROM log_head \
         WHERE origin = $1 AND signed_at > $2 AND size <= $3 \
         ORDER BY size, signed_at LIMIT 1";

    // The tree.
    ENTRIES =
        "SELECT position, bytes FROM entry WHERE origin = $1 AND position >= $2 \
         ORDER BY position LIMIT $3";
    LEAVES =
        "SELECT position, leaf FROM entry WHERE origin = $1 AND position >= $2 \
         ORDER BY position LIMIT $3";
    TILE = "SELECT hashes FROM tile WHERE origin = $1 AND level = $2 AND position = $3";

    // Where records stand.
    DIGESTS_IN_LOG =
        "SELECT position, digest FROM entry WHERE origin = $1 AND position >= $2 \
         ORDER BY position LIMIT $3";
    RECORDS_IN_LOG =
        "SELECT position, digest FROM entry WHERE origin = $1 AND position >= $2 \
         AND digest IS NOT NULL ORDER BY position LIMIT $3";
    PLACES =
        "SELECT digest, origin, position FROM entry WHERE digest = $1 ORDER BY origin, position";

    // Records by key.
    RECORD = concat!("SELECT ", record_columns!(), " FROM record WHERE digest = $1");
    RECORDS_BY_ID = concat!(
        "SELECT ", record_columns!(), " FROM record WHERE id = $1 ORDER BY origin, position"
    );
    RECORDS_BY_KIND = concat!(
        "SELECT ", record_columns!(), " FROM record \
         WHERE kind = $1 AND (origin, position) > ($2, $3) ORDER BY origin, position LIMIT $4"
    );
    EARLIER_DOCUMENT =
        "SELECT digest FROM record WHERE id = $1 AND authority = $2 AND issuer = $3 \
         AND (origin, position) < ($4, $5) AND received_at <> 0 AND NOT EXISTS \
         (SELECT 1 FROM invalid_record WHERE invalid_record.digest = record.digest) LIMIT 1";
    BODY = "SELECT digest, body_encoding, body_length, body FROM record WHERE digest = $1";
    COUNTS = "SELECT kind, COUNT(*) AS records FROM record GROUP BY kind ORDER BY kind";

    // Projections.
    BY_IDENTIFIER =
        "SELECT digest FROM identifier WHERE value = $1 AND scheme = $2 ORDER BY digest LIMIT $3";
    BY_IDENTIFIER_ANY_SCHEME =
        "SELECT DISTINCT digest FROM identifier WHERE value = $1 ORDER BY digest LIMIT $2";
    EVENTS =
        "SELECT sequence, digest FROM subject_event \
         WHERE id = $1 AND authority = $2 AND issuer = $3 ORDER BY sequence, digest";
    NEWEST_EVENTS =
        "SELECT DISTINCT record.received_at, record.position, record.digest FROM subject_event \
         JOIN record ON record.digest = subject_event.digest \
         WHERE subject_event.id = $1 AND subject_event.authority = $2 AND subject_event.issuer = $3 \
         ORDER BY record.received_at DESC, record.position DESC, record.digest LIMIT $4";
    BY_REFERENCE =
        "SELECT digest FROM record_reference WHERE target = $1 ORDER BY digest LIMIT $2";

    // Followers.
    FOLLOWER = "SELECT position FROM follower WHERE name = $1 AND origin = $2";
    SET_FOLLOWER =
        "INSERT INTO follower (name, origin, position) VALUES ($1, $2, $3) \
         ON CONFLICT (name, origin) DO UPDATE SET position = excluded.position";

    // Foreign logs.
    FOLLOWED = concat!("SELECT ", followed_columns!(), " FROM followed WHERE origin = $1");
    ALL_FOLLOWED = concat!("SELECT ", followed_columns!(), " FROM followed ORDER BY origin");
    PUT_FOLLOWED = concat!(
        "INSERT INTO followed (", followed_columns!(), ") \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
         ON CONFLICT (origin) DO UPDATE SET vkey = excluded.vkey, url = excluded.url, \
         mode = excluded.mode, seen_size = excluded.seen_size, seen_note = excluded.seen_note, \
         checked_at = excluded.checked_at, reached_at = excluded.reached_at, \
         problem = excluded.problem, detail = excluded.detail, \
         problem_since = excluded.problem_since, quota_day = excluded.quota_day, \
         quota_entries = excluded.quota_entries, quota_bytes = excluded.quota_bytes"
    );
    SET_FOLLOWED_STATE =
        "UPDATE followed SET state = $2 WHERE origin = $1 AND state <> 'frozen'";
    FORGET_FOLLOWED = "DELETE FROM followed WHERE origin = $1";
    MISSING_BODIES =
        "SELECT position, digest, kind, length, reason, since FROM missing_body \
         WHERE origin = $1 AND position >= $2 ORDER BY position LIMIT $3";
    FOUND_BODY = "DELETE FROM missing_body WHERE origin = $1 AND position = $2";
    FORGET_INVALID = "DELETE FROM invalid_record WHERE digest = $1";
    NAME_RECORD =
        "UPDATE record SET authority = $2, issuer = $3, id = $4, document_digest = $5, \
         valid_from = $6, valid_until = $7 WHERE digest = $1 AND id = ''";
    INVALID_RECORD = "SELECT digest, origin, position, reason FROM invalid_record WHERE digest = $1";
    COUNT_MISSING =
        "SELECT origin, COUNT(*) AS bodies FROM missing_body WHERE origin = $1 GROUP BY origin";

    // Cosignatures.
    KEEP_COSIGNATURE =
        "INSERT INTO cosignature (origin, size, cosigner, signed_at, line) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (origin, size, cosigner, signed_at) DO NOTHING";
    COSIGNATURES =
        "SELECT size, cosigner, signed_at, line FROM cosignature \
         WHERE origin = $1 AND size >= $2 ORDER BY size, cosigner, signed_at LIMIT $3";
    COSIGNATURES_DOWN =
        "SELECT size, cosigner, signed_at, line FROM cosignature \
         WHERE origin = $1 AND size <= $2 ORDER BY size DESC, signed_at DESC, cosigner LIMIT $3";
    COSIGNED =
        "SELECT cosigner, origin, size, root, note, signed_at FROM cosigned \
         WHERE origin = $1 AND cosigner = $2";
    FIRST_COSIGNED =
        "INSERT INTO cosigned (origin, cosigner, size, root, note, signed_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (origin, cosigner) DO NOTHING";
    SWAP_COSIGNED =
        "UPDATE cosigned SET size = $3, root = $4, note = $5, signed_at = $6 \
         WHERE origin = $1 AND cosigner = $2 AND size = $7 AND root = $8 AND signed_at <= $6";

    // Forks.
    KEEP_FORK =
        "INSERT INTO fork_evidence (origin, digest, file, found_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (origin, digest) DO NOTHING";
    FORKS =
        "SELECT digest, origin, file, found_at FROM fork_evidence WHERE origin = $1 \
         ORDER BY digest";
    ALL_FORKS =
        "SELECT digest, origin, file, found_at FROM fork_evidence ORDER BY origin, digest";

    // Takedowns.
    WITHHOLD =
        "INSERT INTO withheld (digest, takedown, origin, document_digest, signed_by, ground, since) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (digest, takedown) \
         DO UPDATE SET origin = excluded.origin WHERE excluded.origin = ''";
    WITHHELD = concat!(
        "SELECT ", withheld_columns!(), " FROM withheld WHERE digest = $1 ORDER BY takedown"
    );
    WITHHELD_DOCUMENT = concat!(
        "SELECT ", withheld_columns!(), " FROM withheld WHERE document_digest = $1 \
         ORDER BY digest, takedown"
    );
    DELETE_BODY = "UPDATE record SET body = NULL WHERE digest = $1";
    FILL_BODY =
        "UPDATE record SET document_digest = $3, kind = $4, authority = $5, issuer = $6, id = $7, \
         received_at = $8, valid_from = $9, valid_until = $10, body_encoding = $11, \
         body_length = $12, body = $13 WHERE digest = $1 AND body IS NULL \
         AND NOT EXISTS (SELECT 1 FROM withheld \
         WHERE withheld.digest = $1 AND (withheld.origin = '' OR withheld.origin = $2))";

    // Federation documents held beside the logs.
    KEEP_FEDERATION =
        "INSERT INTO federation_document (digest, body, received_at) VALUES ($1, $2, $3) \
         ON CONFLICT (digest) DO NOTHING";
    FEDERATION = "SELECT digest, body, received_at FROM federation_document ORDER BY digest";
}

/// Asked once at the start, of PostgreSQL only: text is compared where C and any
/// language differ (case, punctuation, accents), whatever provides the collation.
pub(crate) const POSTGRES_SETUP: &str = "SELECT 'B' < 'a' AND 'a b' < 'aa' AND 'a-c' < 'aab' \
     AND 'z' < 'é' AS by_bytes, datcollate::text AS collation, \
     pg_encoding_to_char(encoding)::text AS encoding, \
     current_setting('synchronous_commit') AS commit \
     FROM pg_database WHERE datname = current_database()";

pub(crate) static INSERT_ENTRIES: Many = Many::rows(
    "INSERT_ENTRIES",
    "INSERT INTO entry (origin, position, leaf, digest, bytes) VALUES ",
    5,
    "",
);

pub(crate) static PUT_TILES: Many = Many::rows(
    "PUT_TILES",
    "INSERT INTO tile (origin, level, position, hashes) VALUES ",
    4,
    " ON CONFLICT (origin, level, position) DO UPDATE SET hashes = excluded.hashes",
);

// A record that is held already, from another log, keeps its first place.
pub(crate) static INSERT_RECORDS: Many = Many::rows(
    "INSERT_RECORDS",
    "INSERT INTO record (digest, document_digest, kind, authority, issuer, id, origin, position, \
     received_at, valid_from, valid_until, body_encoding, body_length, body) VALUES ",
    14,
    " ON CONFLICT (digest) DO NOTHING",
);

pub(crate) static INSERT_MISSING: Many = Many::rows(
    "INSERT_MISSING",
    "INSERT INTO missing_body (origin, position, digest, kind, length, reason, since) VALUES ",
    7,
    " ON CONFLICT (origin, position) DO UPDATE SET reason = excluded.reason",
);

pub(crate) static INSERT_INVALID: Many = Many::rows(
    "INSERT_INVALID",
    "INSERT INTO invalid_record (digest, origin, position, reason) VALUES ",
    4,
    " ON CONFLICT (digest) DO NOTHING",
);

pub(crate) static INSERT_IDENTIFIERS: Many = Many::rows(
    "INSERT_IDENTIFIERS",
    "INSERT INTO identifier (value, scheme, digest) VALUES ",
    3,
    " ON CONFLICT (value, scheme, digest) DO NOTHING",
);

pub(crate) static INSERT_EVENTS: Many = Many::rows(
    "INSERT_EVENTS",
    "INSERT INTO subject_event (id, authority, issuer, sequence, digest) VALUES ",
    5,
    " ON CONFLICT (id, authority, issuer, sequence, digest) DO NOTHING",
);

pub(crate) static INSERT_REFERENCES: Many = Many::rows(
    "INSERT_REFERENCES",
    "INSERT INTO record_reference (target, digest) VALUES ",
    2,
    " ON CONFLICT (target, digest) DO NOTHING",
);

pub(crate) static RECORDS: Many = Many::keys(
    "RECORDS",
    concat!(
        "SELECT ",
        record_columns!(),
        " FROM record WHERE digest IN ("
    ),
    0,
);

pub(crate) static RECORDS_BY_IDS: Many = Many::keys(
    "RECORDS_BY_IDS",
    concat!("SELECT ", record_columns!(), " FROM record WHERE id IN ("),
    0,
);

pub(crate) static RECORDS_WITH_BODIES: Many = Many::keys(
    "RECORDS_WITH_BODIES",
    concat!(
        "SELECT ",
        record_columns!(),
        ", body_encoding, body_length, body FROM record WHERE digest IN ("
    ),
    0,
);

pub(crate) static BODIES: Many = Many::keys(
    "BODIES",
    "SELECT digest, body_encoding, body_length, body FROM record WHERE digest IN (",
    0,
);

pub(crate) static EVENTS_OF_IDS: Many = Many::keys(
    "EVENTS_OF_IDS",
    "SELECT digest FROM subject_event WHERE id IN (",
    0,
);

pub(crate) static WITHHELD_OF: Many = Many::keys(
    "WITHHELD_OF",
    concat!(
        "SELECT ",
        withheld_columns!(),
        " FROM withheld WHERE digest IN ("
    ),
    0,
);

pub(crate) static LOGGED: Many = Many::keys(
    "LOGGED",
    "SELECT digest, origin, position FROM entry WHERE origin = $1 AND digest IN (",
    1,
);

/// A statement of many rows or keys: one text for each of a few sizes.
pub(crate) struct Many {
    name: &'static str,
    before: &'static str,
    after: &'static str,
    /// Parameters before the repeated ones.
    fixed: usize,
    /// Parameters of one row; 0: a list of keys.
    columns: usize,
    texts: OnceLock<Vec<(usize, SqlStr)>>,
}

impl Many {
    const fn rows(
        name: &'static str,
        before: &'static str,
        columns: usize,
        after: &'static str,
    ) -> Self {
        Self {
            name,
            before,
            after,
            fixed: 0,
            columns,
            texts: OnceLock::new(),
        }
    }

    const fn keys(name: &'static str, before: &'static str, fixed: usize) -> Self {
        Self {
            name,
            before,
            after: ")",
            fixed,
            columns: 0,
            texts: OnceLock::new(),
        }
    }

    /// Keys, and what follows their list.
    const fn keys_then(name: &'static str, before: &'static str, after: &'static str) -> Self {
        Self {
            name,
            before,
            after,
            fixed: 0,
            columns: 0,
            texts: OnceLock::new(),
        }
    }

    /// The text for the largest of the row counts that is at most `rows` and needs at
    /// most `parameters`, with that count; in any case for one row.
    pub(crate) fn for_rows(&self, rows: usize, parameters: usize) -> (usize, SqlStr) {
        let texts = self.texts();
        let fits = |size: usize| size <= rows && size * self.columns <= parameters;
        texts
            .iter()
            .find(|(size, _)| fits(*size))
            .or(texts.last())
            .map_or_else(|| (1, made(self.text(1))), Clone::clone)
    }

    /// The text for the smallest of the list lengths that holds `keys`, or the longest
    /// one, with that length.
    pub(crate) fn for_keys(&self, keys: usize) -> (usize, SqlStr) {
        let texts = self.texts();
        let fitting = texts.iter().find(|(size, _)| *size >= keys);
        fitting
            .or(texts.last())
            .map_or_else(|| (1, made(self.text(1))), Clone::clone)
    }

    fn texts(&self) -> &[(usize, SqlStr)] {
        let sizes: &[usize] = if self.columns == 0 { &KEYS } else { &ROWS };
        self.texts.get_or_init(|| {
            let text = |size: &usize| (*size, made(self.text(*size)));
            sizes.iter().map(text).collect()
        })
    }

    fn text(&self, size: usize) -> String {
        let mut text = self.before.to_owned();
        let mut number = self.fixed;
        for repeated in 0..size {
            text.push_str(if repeated == 0 { "" } else { ", " });
            text.push_str(if self.columns == 0 { "" } else { "(" });
            for column in 0..self.columns.max(1) {
                number += 1;
                text.push_str(if column == 0 { "$" } else { ", $" });
                text.push_str(&number.to_string());
            }
            text.push_str(if self.columns == 0 { "" } else { ")" });
        }
        text.push_str(self.after);
        text
    }
}

/// Every statement by name, those of many rows once for each size.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    let many = [
        &INSERT_ENTRIES,
        &PUT_TILES,
        &INSERT_RECORDS,
        &INSERT_IDENTIFIERS,
        &INSERT_EVENTS,
        &INSERT_REFERENCES,
        &RECORDS,
        &RECORDS_BY_IDS,
        &RECORDS_WITH_BODIES,
        &BODIES,
        &EVENTS_OF_IDS,
        &LOGGED,
        &INSERT_MISSING,
        &INSERT_INVALID,
        &WITHHELD_OF,
        &pages::PLACES_OF,
        &pages::INVALID_AMONG,
        &pages::IDS_WITH_EVENTS,
        &pages::SHARED_IDS,
        &pages::COUNT_REFERENCES,
    ];
    let single = SINGLE
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()));
    let repeated = many.iter().flat_map(|many| {
        let texts = many.texts().iter();
        texts.map(|(_, text)| (many.name, text.as_str().to_owned()))
    });
    single.chain(repeated).collect()
}
