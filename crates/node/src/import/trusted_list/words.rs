//! The vocabulary of trusted lists (ETSI TS 119 612, clauses 5.3.10, 5.5.1 and 5.5.4, annex D):
//! what its words mean in ours.

use comity_model::status::StatedState;

/// What a status URI means.
///
/// The words before July 2016 (Directive 1999/93/EC) and those after it (Regulation (EU) No
/// 910/2014) stand beside each other in every history. A list of another country has a host of
/// its own and says the same last words.
pub(super) fn state(uri: &str) -> StatedState {
    let Some((_, word)) = uri.rsplit_once("/Svcstatus/") else {
        return StatedState::Unknown;
    };
    match word.trim_end_matches('/').to_ascii_lowercase().as_str() {
        // A service in cessation is supervised until its supervision has ceased.
        "granted"
        | "recognisedatnationallevel"
        | "setbynationallaw"
        | "undersupervision"
        | "supervisionincessation"
        | "accredited"
        | "inaccord" => StatedState::Active,
        "withdrawn"
        | "deprecatedatnationallevel"
        | "deprecatedbynationallaw"
        | "supervisionceased"
        | "supervisionrevoked"
        | "accreditationceased"
        | "accreditationrevoked"
        | "expired"
        | "suspended"
        | "revoked"
        | "notinaccord" => StatedState::Withdrawn,
        _ => StatedState::Unknown,
    }
}

/// The ISO 3166-1 alpha-2 code of a territory: lists write `EL` and `UK` (clause 5.3.10).
pub(super) fn economy(territory: &str) -> String {
    match territory.to_ascii_uppercase().as_str() {
        "EL" => "GR".to_owned(),
        "UK" => "GB".to_owned(),
        code => code.to_owned(),
    }
}

/// The end of a service type's URI that people know it by: `CA/QC`.
pub(super) fn short_type(uri: &str) -> &str {
    uri.rsplit_once("/Svctype/")
        .map_or_else(|| uri.rsplit('/').next().unwrap_or(uri), |(_, short)| short)
}
