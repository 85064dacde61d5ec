//! The words of the closed lists of records: what a page says where a record has `shallAccept`.

use comity_model::arrangement::{
    ArrangementType, DirectionMode, ExistingAttestations, LegalNature, Obligation, Phase,
    RequirementsBasis,
};
use comity_model::attestation::{EvidenceRole, Regime};
use comity_model::grant::{Activity, Flexibility, GrantType};
use comity_model::import_rule::RequirementSort;
use comity_model::level::{AboveCap, LevelMode};
use comity_model::notice::ConfirmationAnswer;
use comity_model::participation::{AssertedBy, Declaration, ParticipationRole};
use comity_model::revocation::RevocationReason;
use comity_model::standard::StandardSort;

use super::{Language, fixed, word_of};

macro_rules! terms {
    ($($(#[$about:meta])* $name:ident($type:ty) = $list:literal;)*) => {
        $($(#[$about])*
        pub fn $name(value: $type, language: Language) -> &'static str {
            fixed($list, &word_of(&value), language)
        })*

        /// The messages of all of these lists.
        #[cfg(test)]
        pub(super) fn names() -> Vec<String> {
            [$(super::tests::listed::<$type>($list)),*].concat()
        }
    };
}

terms! {
    /// A kind of grant of competence.
    grant_type(GrantType) = "grantType";
    /// An activity of conformity assessment.
    activity(Activity) = "activity";
    /// Whether a scope is closed.
    flexibility(Flexibility) = "flexibility";
    /// A sort of arrangement.
    arrangement_type(ArrangementType) = "arrangementType";
    /// What an arrangement binds by.
    legal_nature(LegalNature) = "legalNature";
    /// Whether a chapter works.
    phase(Phase) = "phase";
    /// How firmly the importing side is bound.
    obligation(Obligation) = "obligation";
    /// Whose requirements were applied.
    requirements_basis(RequirementsBasis) = "requirementsBasis";
    /// Whose results count where.
    direction_mode(DirectionMode) = "directionMode";
    /// How a level is compared.
    level_mode(LevelMode) = "levelMode";
    /// What becomes of a level above a cap.
    above_cap(AboveCap) = "aboveCap";
    /// What becomes of attestations after the end of a chapter.
    after_end(ExistingAttestations) = "afterEnd";
    /// A role in an arrangement.
    participation_role(ParticipationRole) = "participationRole";
    /// What a destination declares.
    declaration(Declaration) = "declaration";
    /// On whose word a participation rests.
    asserted_by(AssertedBy) = "assertedBy";
    /// A sort of thing that a destination asks for.
    requirement_sort(RequirementSort) = "requirementSort";
    /// A sort of standard.
    standard_sort(StandardSort) = "standardSort";
    /// Why a key ends.
    revocation_reason(RevocationReason) = "revocationReason";
    /// An answer to a request for confirmation.
    answer(ConfirmationAnswer) = "answer";
    /// What a piece of evidence is to an attestation.
    evidence_role(EvidenceRole) = "evidenceRole";
    /// Whether the law asks for an attestation.
    regime(Regime) = "regime";
}
