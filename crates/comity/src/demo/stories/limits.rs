//! How far recognition goes: levels, scopes, products, lots, directions, territories, degrees.

use comity_recognition::verdict::{StepName, VerdictResult};

use super::{Answer, NO_PRODUCT, Product, Story, answer, no, results_only, story, yes};

/// A level above the cap is recognised up to the cap, not refused.
pub(in crate::demo) const ABOVE_CAP: Story = story(
    "a security certificate above the level that the arrangement recognises",
    "DEMO-CC-2025-02",
    "JP",
    Answer {
        capped_at: Some("EAL2"),
        ..answer(
            VerdictResult::Recognised,
            StepName::Arrangement,
            "arrangement.capped",
        )
    },
);

/// A level within the cap.
pub(in crate::demo) const WITHIN_CAP: Story = story(
    "a security certificate within the level that the arrangement recognises",
    "DEMO-CC-2024-01",
    "JP",
    yes(),
);

/// A certificate outside of its body's scope, which lists all there is.
pub(in crate::demo) const OUTSIDE_SCOPE: Story = story(
    "a boiler certified by a body that is accredited for appliances only",
    "DEMO-CN-2025-0091",
    "KZ",
    no(StepName::Competence, "competence.outsideScope"),
);

/// The product at hand is the one certified.
pub(in crate::demo) const SAME_PRODUCT: Story = Story {
    product: Product {
        hs: Some("8516.79"),
        model: Some("DX-1810"),
        ..NO_PRODUCT
    },
    ..story(
        "the kettle that was certified",
        "DEMO-CN-2025-0044",
        "KZ",
        yes(),
    )
};

/// A genuine certificate used for another model.
pub(in crate::demo) const OTHER_MODEL: Story = Story {
    product: Product {
        model: Some("DX-9000"),
        ..NO_PRODUCT
    },
    ..story(
        "a genuine certificate shown for another model",
        "DEMO-CN-2025-0044",
        "KZ",
        no(StepName::Product, "product.modelNotListed"),
    )
};

/// A genuine certificate used for other goods.
pub(in crate::demo) const OTHER_GOODS: Story = Story {
    product: Product {
        hs: Some("8450.11"),
        ..NO_PRODUCT
    },
    ..story(
        "a genuine certificate of a kettle shown for a washing machine",
        "DEMO-CN-2025-0044",
        "KZ",
        no(StepName::Product, "product.codeNotListed"),
    )
};

/// The consignment that was inspected.
pub(in crate::demo) const CONSIGNMENT: Story = Story {
    product: Product {
        lot: Some("DEMO-LOT-7"),
        kilograms: Some("1200"),
        ..NO_PRODUCT
    },
    ..story(
        "the consignment that was inspected",
        "DEMO-SA-2026-0031",
        "KZ",
        yes(),
    )
};

/// Another lot under the same certificate.
pub(in crate::demo) const OTHER_LOT: Story = Story {
    product: Product {
        lot: Some("DEMO-LOT-8"),
        ..NO_PRODUCT
    },
    ..story(
        "another lot, shown with the certificate of an inspected consignment",
        "DEMO-SA-2026-0031",
        "KZ",
        no(StepName::Product, "product.lotNotListed"),
    )
};

/// More than was inspected.
pub(in crate::demo) const TOO_MUCH: Story = Story {
    product: Product {
        lot: Some("DEMO-LOT-7"),
        kilograms: Some("1200.5"),
        ..NO_PRODUCT
    },
    ..story(
        "more goods than were inspected",
        "DEMO-SA-2026-0031",
        "KZ",
        no(StepName::Product, "product.quantityExceeded"),
    )
};

/// A destination refused a single certificate in its own territory.
pub(in crate::demo) const REFUSED: Story = story(
    "a certificate that the destination refused in its territory",
    "DEMO-CN-2025-0133",
    "KZ",
    no(StepName::Territory, "territory.refused"),
);

/// Elsewhere the refusal means nothing.
pub(in crate::demo) const REFUSED_ELSEWHERE: Story = story(
    "the same certificate at home, where nobody refused it",
    "DEMO-CN-2025-0133",
    "CN",
    answer(
        VerdictResult::Recognised,
        StepName::Arrangement,
        "arrangement.domestic",
    ),
);

/// A refusal that was lifted, on a day before that.
pub(in crate::demo) const REFUSED_FOR_A_WHILE: Story = story(
    "a certificate while the destination refused it",
    "DEMO-CN-2024-0377",
    "KZ",
    no(StepName::Territory, "territory.refused"),
)
.on("2026-03-22");

/// And on the day it was lifted.
pub(in crate::demo) const RESTORED: Story = story(
    "the same certificate, restored by the destination",
    "DEMO-CN-2024-0377",
    "KZ",
    yes(),
)
.on("2026-03-23");

/// A unilateral measure with something still to do.
pub(in crate::demo) const ONE_WAY: Story = story(
    "a one-way measure: recognised, once there is a label in Arabic",
    "DEMO-SE-2025-0009",
    "SA",
    answer(
        VerdictResult::RecognisedWithConditions,
        StepName::Arrangement,
        "arrangement.covers",
    ),
);

/// The other way round nobody promised anything.
pub(in crate::demo) const ONE_WAY_BACK: Story = story(
    "the other direction of a one-way measure",
    "DEMO-SA-2025-0002",
    "SE",
    no(StepName::Arrangement, "arrangement.none"),
);

/// Only the accreditation is treated as equal.
pub(in crate::demo) const COMPETENCE_ONLY: Story = story(
    "a management-system certificate under an accreditation arrangement",
    "DEMO-KZ-MS-2024-0015",
    "SE",
    results_only(),
);

/// A standard within a flexible scope that the scope names.
pub(in crate::demo) const NAMED_IN_FLEXIBLE_SCOPE: Story = story(
    "a report on a standard that the flexible scope names",
    "DEMO-FR-L-2024-0008",
    "SE",
    results_only(),
);

/// Claims are compared, and only warn.
pub(in crate::demo) const CLAIMED: Story = story(
    "a certificate that claims an arrangement which does not cover it",
    "DEMO-KZ-2025-0007",
    "CN",
    Answer {
        besides: Some((StepName::Claims, "claims.differ")),
        ..yes()
    },
);

pub(super) const ALL: &[(&str, Story)] = &[
    ("ABOVE_CAP", ABOVE_CAP),
    ("WITHIN_CAP", WITHIN_CAP),
    ("OUTSIDE_SCOPE", OUTSIDE_SCOPE),
    ("SAME_PRODUCT", SAME_PRODUCT),
    ("OTHER_MODEL", OTHER_MODEL),
    ("OTHER_GOODS", OTHER_GOODS),
    ("CONSIGNMENT", CONSIGNMENT),
    ("OTHER_LOT", OTHER_LOT),
    ("TOO_MUCH", TOO_MUCH),
    ("REFUSED", REFUSED),
    ("REFUSED_ELSEWHERE", REFUSED_ELSEWHERE),
    ("REFUSED_FOR_A_WHILE", REFUSED_FOR_A_WHILE),
    ("RESTORED", RESTORED),
    ("ONE_WAY", ONE_WAY),
    ("ONE_WAY_BACK", ONE_WAY_BACK),
    ("COMPETENCE_ONLY", COMPETENCE_ONLY),
    ("NAMED_IN_FLEXIBLE_SCOPE", NAMED_IN_FLEXIBLE_SCOPE),
    ("CLAIMED", CLAIMED),
];
