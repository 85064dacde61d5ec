//! How often what happens: every share of the made-up world, in one place. They are round numbers
//! in the neighbourhood of public registers, not measured of any.

use comity_model::attestation::AttestationKind;

/// Holders, in a thousand of the records: the first of them has hundreds of certificates, most one.
pub(super) const HOLDERS: u64 = 30;
/// Records for each body that is registered, and most and fewest bodies that issue attestations.
pub(super) const RECORDS_OF_A_BODY: u64 = 50;
/// See [`RECORDS_OF_A_BODY`].
pub(super) const MOST_BODIES: u64 = 204;
/// See [`RECORDS_OF_A_BODY`]; every economy has one of each sort.
pub(super) const FEWEST_BODIES: u64 = 48;

/// What one dossier is about, in a thousand.
pub(super) const DOSSIERS: [(AttestationKind, u64); 7] = [
    (AttestationKind::ProductCertificate, 570),
    (AttestationKind::TypeExamination, 60),
    (AttestationKind::MsCertificate, 150),
    (AttestationKind::TestReport, 90),
    (AttestationKind::ConsignmentCertificate, 50),
    (AttestationKind::CalibrationCertificate, 60),
    (AttestationKind::InspectionCertificate, 20),
];

/// Product certificates before which the test report that they rest on is published.
pub(super) const REPORT_PUBLISHED: u64 = 300;
/// Product certificates that name a report by laboratory and number alone; the others name none.
pub(super) const REPORT_NAMED: u64 = 400;
/// Product certificates that rest on a certificate of a component, published before.
pub(super) const COMPONENT: u64 = 80;

/// Laboratories that keep their reports private and commit to them.
pub(super) const COMMITTING: u64 = 200;
/// Papers by a body that was chosen whatever its scope covers.
pub(super) const OUT_OF_SCOPE: u64 = 50;

/// Of what has an end, how much had expired on the base day: a fifth of all attestations, as
/// reports and calibrations have none.
pub(super) const EXPIRED: u64 = 270;
/// Certificates of which a later revision takes the place.
pub(super) const SUPERSEDED: u64 = 40;
/// Certificates to which something else happened that an event tells.
pub(super) const CHANGED: u64 = 60;
/// What happened to those, in a thousand.
pub(super) const CHANGES: [(Change, u64); 8] = [
    (Change::Suspended, 330),
    (Change::Reinstated, 290),
    (Change::Withdrawn, 220),
    (Change::Annulled, 20),
    (Change::Transferred, 20),
    (Change::Refused, 40),
    (Change::Restored, 20),
    (Change::Amended, 60),
];

/// What happened to a certificate after it was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Suspended, and still so.
    Suspended,
    /// Suspended and reinstated.
    Reinstated,
    /// Suspended and withdrawn.
    Withdrawn,
    /// Void from the start.
    Annulled,
    /// Taken over by another body.
    Transferred,
    /// Not recognised by one destination.
    Refused,
    /// The same, and recognised again.
    Restored,
    /// A word was put right.
    Amended,
}

/// Attestations that an authority warns or asks about.
pub(super) const NOTICED: u64 = 6;
/// Attestations that a court has taken down, in a hundred thousand.
pub(super) const TAKEN_DOWN_OF_100_000: u64 = 8;

/// Certificates issued for a holder of another economy than the body's.
pub(super) const ABROAD: u64 = 150;
/// Product certificates that list where the product is made: goods from elsewhere are not covered.
pub(super) const FACTORIES: u64 = 200;
/// Objects with a GTIN.
pub(super) const GTIN: u64 = 250;
/// Objects whose issuer gives names in every language; the others have the issuer's and English.
pub(super) const ALL_LANGUAGES: u64 = 150;
/// Papers that cite the edition before the newest of their day.
pub(super) const OLD_EDITION: u64 = 100;
/// Grants with a suspended, and with a withdrawn, accreditation behind them.
pub(super) const GRANTS_SUSPENDED: u64 = 30;
/// See [`GRANTS_SUSPENDED`].
pub(super) const GRANTS_WITHDRAWN: u64 = 15;

/// Days over which the attestations were issued: ten years up to the base day.
pub(super) const SPREAD_DAYS: u32 = 3_652;
