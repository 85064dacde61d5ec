//! Statements about a whole page of records at once.

use super::Many;

pub(crate) static PLACES_OF: Many = Many::keys(
    "PLACES_OF",
    "SELECT digest, origin, position FROM entry WHERE digest IN (",
    0,
);

pub(crate) static INVALID_AMONG: Many = Many::keys(
    "INVALID_AMONG",
    "SELECT digest FROM invalid_record WHERE digest IN (",
    0,
);

pub(crate) static IDS_WITH_EVENTS: Many = Many::keys(
    "IDS_WITH_EVENTS",
    "SELECT DISTINCT id FROM subject_event WHERE id IN (",
    0,
);

pub(crate) static SHARED_IDS: Many = Many::keys_then(
    "SHARED_IDS",
    "SELECT id FROM record WHERE id IN (",
    ") GROUP BY id HAVING COUNT(*) > 1",
);

pub(crate) static COUNT_REFERENCES: Many = Many::keys_then(
    "COUNT_REFERENCES",
    "SELECT target, COUNT(*) AS records FROM record_reference WHERE target IN (",
    ") GROUP BY target",
);
