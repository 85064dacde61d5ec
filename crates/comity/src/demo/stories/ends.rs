//! What ends, pauses and comes back: grants, certificates, chapters, memberships, keys.

use comity_recognition::verdict::{StepName, VerdictResult};

use super::{Answer, Story, answer, no, results_only, still_asked, story, yes};

const AS_MEMBER: Answer = answer(
    VerdictResult::Recognised,
    StepName::Arrangement,
    "arrangement.loggedLater",
);

/// A report of a laboratory in good standing: results count, approval stays one's own.
pub(in crate::demo) const LABORATORY_IN_STANDING: Story = story(
    "a test report, before its laboratory was suspended",
    "DEMO-CN-L-2025-0117",
    "SE",
    results_only(),
)
.on("2025-07-01");

/// The same report once the laboratory's accreditation is suspended (format.md 4.3: the grant
/// must not have fallen since).
pub(in crate::demo) const LABORATORY_SUSPENDED: Story = story(
    "the same test report, after its laboratory was suspended",
    "DEMO-CN-L-2025-0117",
    "SE",
    no(StepName::Competence, "competence.suspended"),
);

/// A report issued by the laboratory while it was suspended.
pub(in crate::demo) const LABORATORY_SUSPENDED_WHEN_ISSUED: Story = story(
    "a test report issued while its laboratory was suspended",
    "DEMO-CN-L-2025-0302",
    "SE",
    no(StepName::Competence, "competence.suspended"),
);

/// A withdrawn certificate, asked about for a day before the withdrawal.
pub(in crate::demo) const BEFORE_WITHDRAWAL: Story = story(
    "a withdrawn certificate, for a day on which it still held",
    "DEMO-CN-2024-0310",
    "KZ",
    yes(),
)
.on("2026-01-18");

/// And for the day of the withdrawal.
pub(in crate::demo) const WITHDRAWN: Story = story(
    "a withdrawn certificate",
    "DEMO-CN-2024-0310",
    "KZ",
    no(StepName::Status, "status.withdrawn"),
)
.on("2026-01-19");

/// A certificate during its suspension.
pub(in crate::demo) const SUSPENDED: Story = story(
    "a certificate during its suspension",
    "DEMO-CN-2024-0377",
    "KZ",
    no(StepName::Status, "status.suspended"),
)
.on("2025-10-01");

/// And after it was reinstated.
pub(in crate::demo) const REINSTATED: Story = story(
    "the same certificate, reinstated",
    "DEMO-CN-2024-0377",
    "KZ",
    yes(),
);

/// A revision that another took the place of.
pub(in crate::demo) const SUPERSEDED: Story = story(
    "a certificate that a newer revision took the place of",
    "DEMO-CN-2024-0402/1",
    "KZ",
    no(StepName::Status, "status.superseded"),
);

/// The revision in its place: of an oven, for which Kazakhstan asks for more than a certificate.
pub(in crate::demo) const SUCCESSOR: Story = story(
    "the newer revision",
    "DEMO-CN-2024-0402/2",
    "KZ",
    still_asked(),
);

/// Another body takes it over, and within the grace it counts.
pub(in crate::demo) const HANDED_OVER: Story = story(
    "a certificate that another body takes over, on the last day of its grace",
    "DEMO-CN-2025-0150",
    "KZ",
    Answer {
        besides: Some((StepName::Status, "status.transferred")),
        ..yes()
    },
)
.on("2026-05-31");

/// After the grace it does not.
pub(in crate::demo) const GRACE_ENDED: Story = story(
    "the same certificate after the grace",
    "DEMO-CN-2025-0150",
    "KZ",
    no(StepName::Status, "status.transferEnded"),
);

/// Void from the start, and yet recognised as far as was known then (format.md 2.10).
pub(in crate::demo) const ANNULLED_AS_KNOWN_THEN: Story = Story {
    known_at: Some("2025-06-10T12:00:00Z"),
    ..story(
        "a certificate annulled later, as far as was known on that day",
        "DEMO-CN-2025-0020",
        "KZ",
        yes(),
    )
    .on("2025-06-10")
};

/// The same day, as known now.
pub(in crate::demo) const ANNULLED: Story = story(
    "the same certificate for the same day, as known now",
    "DEMO-CN-2025-0020",
    "KZ",
    no(StepName::Status, "status.annulled"),
)
.on("2025-06-10");

/// A chapter has lapsed and what was issued under it lives on until it expires.
pub(in crate::demo) const LAPSED_UNTIL_EXPIRY: Story = story(
    "a chapter that lapsed; older certificates count until they expire",
    "DEMO-JP-2025-0012",
    "FR",
    yes(),
);

/// A chapter has lapsed and what was issued under it ceased with it.
pub(in crate::demo) const LAPSED_AND_CEASED: Story = story(
    "a chapter that lapsed; older certificates ceased with it",
    "DEMO-JP-2025-0011",
    "FR",
    no(StepName::Arrangement, "arrangement.ended"),
);

/// The same certificate while the chapter was in force.
pub(in crate::demo) const BEFORE_LAPSE: Story = story(
    "the same certificate while the chapter was in force",
    "DEMO-JP-2025-0011",
    "FR",
    yes(),
)
.on("2025-12-31");

/// Issued after the end of the chapter.
pub(in crate::demo) const ISSUED_AFTER_LAPSE: Story = story(
    "a certificate issued after the chapter had lapsed",
    "DEMO-JP-2026-0002",
    "FR",
    no(StepName::Arrangement, "arrangement.issuedAfterEnd"),
);

/// A chapter of the same agreement that goes on.
pub(in crate::demo) const DESIGNATED: Story = story(
    "a designated body under a chapter in force",
    "DEMO-JP-2025-0013",
    "FR",
    yes(),
);

/// From a member of a harmonised region, while it was one. The participation that says when it
/// leaves begins long before it was logged, and that warns (format.md 2.10).
pub(in crate::demo) const FROM_MEMBER: Story = story(
    "goods from a member of a harmonised region",
    "DEMO-TN-2025-0005",
    "FR",
    AS_MEMBER,
)
.on("2025-07-01");

/// The same certificate once the member has left: the regime does not say what becomes of it.
pub(in crate::demo) const FROM_MEMBER_SINCE: Story = story(
    "the same goods today, after that member has left",
    "DEMO-TN-2025-0005",
    "FR",
    answer(
        VerdictResult::CannotTell,
        StepName::Arrangement,
        "arrangement.issuerSideLeft",
    ),
);

/// Issued by a former member after it left.
pub(in crate::demo) const FROM_FORMER_MEMBER: Story = story(
    "goods certified by a former member after it left",
    "DEMO-TN-2026-0001",
    "FR",
    no(StepName::Arrangement, "arrangement.issuerSideNotIn"),
);

/// To a member, before it left.
pub(in crate::demo) const TO_MEMBER: Story = story(
    "goods to a member, on its last day as one",
    "DEMO-FR-2025-0031",
    "TN",
    AS_MEMBER,
)
.on("2025-12-31");

/// To the same economy on the day after.
pub(in crate::demo) const TO_FORMER_MEMBER: Story = story(
    "the same goods to the same economy, a day after it left",
    "DEMO-FR-2025-0031",
    "TN",
    no(StepName::Arrangement, "arrangement.destinationNotIn"),
)
.on("2026-01-01");

/// A report signed with the key before it was stolen.
pub(in crate::demo) const BEFORE_THEFT: Story = story(
    "a report signed before the laboratory’s key was stolen",
    "DEMO-KZ-L-2025-0040",
    "CN",
    results_only(),
);

/// A report signed with the stolen key.
pub(in crate::demo) const STOLEN_KEY: Story = story(
    "a report signed with the laboratory’s stolen key",
    "DEMO-KZ-L-2026-0003",
    "CN",
    no(StepName::Registration, "registration.keyRevoked"),
);

pub(super) const ALL: &[(&str, Story)] = &[
    ("LABORATORY_IN_STANDING", LABORATORY_IN_STANDING),
    ("LABORATORY_SUSPENDED", LABORATORY_SUSPENDED),
    (
        "LABORATORY_SUSPENDED_WHEN_ISSUED",
        LABORATORY_SUSPENDED_WHEN_ISSUED,
    ),
    ("BEFORE_WITHDRAWAL", BEFORE_WITHDRAWAL),
    ("WITHDRAWN", WITHDRAWN),
    ("SUSPENDED", SUSPENDED),
    ("REINSTATED", REINSTATED),
    ("SUPERSEDED", SUPERSEDED),
    ("SUCCESSOR", SUCCESSOR),
    ("HANDED_OVER", HANDED_OVER),
    ("GRACE_ENDED", GRACE_ENDED),
    ("ANNULLED_AS_KNOWN_THEN", ANNULLED_AS_KNOWN_THEN),
    ("ANNULLED", ANNULLED),
    ("LAPSED_UNTIL_EXPIRY", LAPSED_UNTIL_EXPIRY),
    ("LAPSED_AND_CEASED", LAPSED_AND_CEASED),
    ("BEFORE_LAPSE", BEFORE_LAPSE),
    ("ISSUED_AFTER_LAPSE", ISSUED_AFTER_LAPSE),
    ("DESIGNATED", DESIGNATED),
    ("FROM_MEMBER", FROM_MEMBER),
    ("FROM_MEMBER_SINCE", FROM_MEMBER_SINCE),
    ("FROM_FORMER_MEMBER", FROM_FORMER_MEMBER),
    ("TO_MEMBER", TO_MEMBER),
    ("TO_FORMER_MEMBER", TO_FORMER_MEMBER),
    ("BEFORE_THEFT", BEFORE_THEFT),
    ("STOLEN_KEY", STOLEN_KEY),
];
