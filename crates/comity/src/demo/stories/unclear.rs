//! What cannot be told, and says why.

use comity_recognition::verdict::StepName;

use super::super::notices::FORGED_NUMBER;
use super::{Story, results_only, story, unclear, yes};

/// A scope in words has to be read by a person.
pub(in crate::demo) const FREE_TEXT_SCOPE: Story = story(
    "a scope written in words only",
    "DEMO-KZ-MS-2025-0021",
    "SE",
    unclear(StepName::Competence, "competence.scopeNeedsReading"),
);

/// A flexible scope may cover what it does not name.
pub(in crate::demo) const FLEXIBLE_SCOPE: Story = story(
    "a standard that a flexible scope does not name",
    "DEMO-FR-L-2025-0012",
    "SE",
    unclear(StepName::Competence, "competence.scopeNeedsReading"),
);

/// Two bodies printed the same number.
pub(in crate::demo) const AMBIGUOUS: Story = story(
    "a number that two bodies printed",
    "DEMO-2025-100",
    "JP",
    unclear(StepName::Identity, "record.ambiguous"),
);

/// With the issuer the number is enough.
pub(in crate::demo) const NOT_AMBIGUOUS: Story = Story {
    issuer: Some("did:web:certification.demo-fr.example"),
    ..story(
        "the same number, of one of the two bodies",
        "DEMO-2025-100",
        "JP",
        yes(),
    )
};

/// Nothing of that number is held: never a no.
pub(in crate::demo) const NOT_HELD: Story = Story {
    issuer: Some("did:web:certification.demo-cn.example"),
    ..story(
        "a number that is not held",
        "DEMO-CN-1999-0001",
        "KZ",
        unclear(StepName::Identity, "record.notHeld"),
    )
};

/// Nothing of that number is held, and its issuer's authority warns of papers that carry it. The
/// warning stands beside the verdict, which is what it is without.
pub(in crate::demo) const FORGED: Story = Story {
    issuer: Some("did:web:certification.demo-cn.example"),
    ..story(
        "a forged number that an authority warns of",
        FORGED_NUMBER,
        "KZ",
        unclear(StepName::Identity, "record.notHeld"),
    )
};

/// A court had the record withheld: no node has its body any more, and none can tell.
pub(in crate::demo) const TAKEN_DOWN: Story = story(
    "a certificate that a court had taken down",
    "DEMO-FR-2026-0012",
    "JP",
    unclear(StepName::Identity, "record.takenDown"),
);

/// The laboratory that stands behind nothing but its own reports.
pub(in crate::demo) const OLDER_REPORT: Story = story(
    "an older report of the laboratory, before its suspension",
    "DEMO-CN-L-2024-0061",
    "FR",
    results_only(),
)
.on("2024-10-01");

pub(super) const ALL: &[(&str, Story)] = &[
    ("FREE_TEXT_SCOPE", FREE_TEXT_SCOPE),
    ("FLEXIBLE_SCOPE", FLEXIBLE_SCOPE),
    ("AMBIGUOUS", AMBIGUOUS),
    ("NOT_AMBIGUOUS", NOT_AMBIGUOUS),
    ("NOT_HELD", NOT_HELD),
    ("FORGED", FORGED),
    ("TAKEN_DOWN", TAKEN_DOWN),
    ("OLDER_REPORT", OLDER_REPORT),
];
