//! The fields a map can fill, by kind of record.

use super::MapKind;
use super::spec::Spec;
use crate::import::levels;

/// A field a map can fill.
pub(super) struct Target {
    pub(super) name: &'static str,
    pub(super) required: bool,
}

const fn required(name: &'static str) -> Target {
    Target {
        name,
        required: true,
    }
}

const fn optional(name: &'static str) -> Target {
    Target {
        name,
        required: false,
    }
}

const ATTESTATION: &[Target] = &[
    required("number"),
    required("kind"),
    required("holder"),
    required("issued_on"),
    optional("source_id"),
    optional("version"),
    optional("title"),
    optional("description"),
    optional("uri"),
    optional("assessor_level"),
    optional("assessment_level"),
    optional("holder_uri"),
    optional("holder_names"),
    optional("holder_registered_id"),
    optional("manufacturer"),
    optional("manufacturer_country"),
    optional("manufacturer_address"),
    optional("factory"),
    optional("factory_country"),
    optional("factory_address"),
    optional("valid_from"),
    optional("valid_until"),
    optional("first_issued_on"),
    optional("procedure_began_on"),
    optional("scheme"),
    optional("scheme_name"),
    optional("scheme_uri"),
    optional("regime"),
    optional("standards"),
    optional("regulations"),
    optional("profiles"),
    optional("scope"),
    optional("level"),
    optional("conditions"),
    optional("claimed_arrangements"),
    optional("based_on"),
    optional("grants"),
    optional("object"),
    optional("object_type"),
    optional("brand"),
    optional("models"),
    optional("gtins"),
    optional("serials"),
    optional("lots"),
    optional("hs"),
    optional("product_codes"),
    optional("categories"),
    optional("origin"),
];

const GRANT: &[Target] = &[
    required("number"),
    required("grant_type"),
    required("grantor"),
    required("grantee"),
    required("activities"),
    required("from"),
    optional("source_id"),
    optional("title"),
    optional("grantee_country"),
    optional("grantee_address"),
    optional("economies"),
    optional("criteria"),
    optional("until"),
    optional("period_inferred"),
    optional("initial_on"),
    optional("flexibility"),
    optional("scope"),
    optional("scope_standards"),
    optional("scope_hs"),
    optional("scope_sectors"),
    optional("scope_activities"),
    optional("scope_level"),
    optional("scope_exhaustive"),
];

/// The fields of a kind.
pub(super) fn of(kind: MapKind) -> &'static [Target] {
    match kind {
        MapKind::Attestation => ATTESTATION,
        MapKind::Grant => GRANT,
    }
}

/// Refuses keys of a spec that its field does not read, or lacks.
pub(super) fn check_extra(target: &str, spec: &Spec) -> Result<(), String> {
    let level = matches!(target, "level" | "scope_level");
    let codes = matches!(target, "hs" | "scope_hs" | "product_codes");
    for one in &spec.alternatives {
        let extra = &one.extra;
        let allowed = [
            ("parser", &extra.parser, level),
            ("scale", &extra.scale, level),
            ("edition", &extra.edition, codes),
            (
                "system",
                &extra.system,
                matches!(target, "product_codes" | "grants"),
            ),
            ("role", &extra.role, target == "based_on"),
            ("issuer_lookup", &extra.issuer_lookup, target == "based_on"),
        ];
        let stray = allowed
            .iter()
            .find(|(_, value, fits)| value.is_some() && !fits);
        if let Some((key, ..)) = stray {
            return Err(format!("`{key}` says nothing about this field"));
        }
        if level {
            let parser = extra.parser.as_deref();
            if !parser.is_some_and(|parser| levels::PARSERS.contains(&parser)) {
                return Err(format!(
                    "`parser` must be one of {}",
                    levels::PARSERS.join(", ")
                ));
            }
        }
        if matches!(target, "product_codes" | "grants") && extra.system.is_none() {
            return Err("`system` must name the classification or the register".to_owned());
        }
    }
    Ok(())
}
