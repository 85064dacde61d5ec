//! What rests on what, what is missing because it is false, and what is still asked.

use comity_recognition::verdict::{StepName, VerdictResult};

use super::{NO_PRODUCT, Product, Story, answer, no, still_asked, story, unclear};

const KZ_CERTIFIER: &str = "did:web:certification.demo-kz.example";
const FR_CERTIFIER: &str = "did:web:certification.demo-fr.example";

/// An appliance at home, and what the committed reports say of it.
const fn at_home(about: &'static str, record: &'static str, answer: super::Answer) -> Story {
    story(about, record, "FR", answer)
}

/// Its laboratory committed to the report three weeks before.
pub(in crate::demo) const COMMITTED_BEFORE: Story = at_home(
    "a certificate whose report its laboratory had committed to before",
    "DEMO-FR-2026-0031",
    super::Answer {
        besides: Some((StepName::EvidenceChain, "evidenceChain.existedBefore")),
        ..answer(
            VerdictResult::Recognised,
            StepName::Arrangement,
            "arrangement.domestic",
        )
    },
);

/// The laboratory commits to its reports, and this is not among them.
pub(in crate::demo) const NEVER_COMMITTED: Story = at_home(
    "a certificate on a report that its laboratory never committed to",
    "DEMO-FR-2026-0032",
    unclear(StepName::EvidenceChain, "evidenceChain.notCommitted"),
);

/// Committed to two weeks after the certificate.
pub(in crate::demo) const COMMITTED_LATER: Story = at_home(
    "a certificate on a report that was committed to only later",
    "DEMO-FR-2026-0033",
    unclear(StepName::EvidenceChain, "evidenceChain.committedLater"),
);

/// The laboratory says that the report is not its own.
pub(in crate::demo) const DISOWNED: Story = at_home(
    "a certificate on a report that its laboratory disowns",
    "DEMO-FR-2026-0034",
    unclear(StepName::EvidenceChain, "evidenceChain.disowned"),
);

/// A paper with an invented number, of a body that promises that all of its are here.
pub(in crate::demo) const INVENTED: Story = Story {
    issuer: Some(KZ_CERTIFIER),
    product: Product {
        issued_on: Some("2026-05-04"),
        ..NO_PRODUCT
    },
    ..story(
        "an invented number, of a body that promises that all of its are here",
        "DEMO-KZ-2026-9999",
        "CN",
        no(StepName::Identity, "record.provedAbsent"),
    )
};

/// Without the day on the paper it may be older than the promise.
pub(in crate::demo) const INVENTED_WITHOUT_DAY: Story = Story {
    product: NO_PRODUCT,
    answer: unclear(StepName::Identity, "record.issueDayNeeded"),
    about: "the same number, without the day that the paper prints",
    ..INVENTED
};

/// A body that published one of its certificates five weeks late.
pub(in crate::demo) const BROKEN_PROMISE: Story = Story {
    issuer: Some(FR_CERTIFIER),
    about: "an invented number, of a body that broke its promise",
    record: "DEMO-FR-2026-9999",
    answer: unclear(StepName::Identity, "record.promiseBroken"),
    ..INVENTED
};

/// Rice cookers to Kazakhstan: recognised, and four things are still asked.
pub(in crate::demo) const RICE_COOKER: Story = Story {
    product: Product {
        hs: Some("8516.60"),
        ..NO_PRODUCT
    },
    ..story(
        "a rice cooker for Kazakhstan, which asks for more than a certificate",
        "DEMO-CN-2026-0021",
        "KZ",
        still_asked(),
    )
};

pub(super) const ALL: &[(&str, Story)] = &[
    ("COMMITTED_BEFORE", COMMITTED_BEFORE),
    ("NEVER_COMMITTED", NEVER_COMMITTED),
    ("COMMITTED_LATER", COMMITTED_LATER),
    ("DISOWNED", DISOWNED),
    ("INVENTED", INVENTED),
    ("INVENTED_WITHOUT_DAY", INVENTED_WITHOUT_DAY),
    ("BROKEN_PROMISE", BROKEN_PROMISE),
    ("RICE_COOKER", RICE_COOKER),
];
