//! What an address says of the product that is asked about.

use comity_model::attestation::Quantity;
use comity_model::product::ProductCode;
use comity_recognition::question::ProductFacts;
use utoipa::IntoParams;

use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::routes::participants::{edition, hs_code};
use crate::routes::recognition::MAX_CODES;

/// What is known of the product; what is left out is not asked about.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `asked` reads")]
pub(crate) struct ProductParameters {
    /// HS code of the product.
    #[param(max_items = 20)]
    hs: Option<Vec<String>>,
    /// Edition of the HS.
    #[param(minimum = 1988, maximum = 2100)]
    hs_edition: Option<u64>,
    /// A code with its classification, and its edition if one is said: `HS@2017:8544.49`,
    /// `UNSPSC:52141500`; at most 20 codes in all.
    #[param(max_items = 20)]
    code: Option<Vec<String>>,
    /// Model number; several with commas or semicolons of any script between them.
    #[param(max_length = 2000)]
    model: Option<String>,
    /// GTIN.
    #[param(max_length = 2000)]
    gtin: Option<String>,
    /// Serial number.
    #[param(max_length = 2000)]
    serial: Option<String>,
    /// Lot or batch.
    #[param(max_length = 2000)]
    lot: Option<String>,
    /// How much of it: a decimal, a space and a UCUM unit, such as `40 kg`.
    #[param(max_length = 2000)]
    quantity: Option<String>,
    /// Name of the holder.
    #[param(max_length = 2000)]
    holder: Option<String>,
    /// Name of the manufacturer.
    #[param(max_length = 2000)]
    manufacturer: Option<String>,
    /// Name of the factory.
    #[param(max_length = 2000)]
    factory: Option<String>,
    /// Day of issue as the paper prints it.
    #[param(format = Date)]
    issued_on: Option<String>,
    /// A standard that the record must state fulfilment of.
    #[param(max_length = 200)]
    standard: Option<String>,
    /// Number of the certificate as the paper prints it.
    #[param(max_length = 2000)]
    number: Option<String>,
    /// Last day of validity as the paper prints it.
    #[param(format = Date)]
    valid_until: Option<String>,
    /// Scope in words as the paper prints it.
    #[param(max_length = 2000)]
    scope: Option<String>,
}

/// The product in an address.
///
/// # Errors
/// A parameter that cannot be read.
pub(crate) fn asked(parameters: &mut Parameters) -> Result<ProductFacts, Problem> {
    let edition = edition(parameters)?;
    let plain = parameters.many("hs", MAX_CODES)?;
    let plain = plain
        .iter()
        .map(|code| hs_code("hs", code, edition.as_deref()));
    let written = parameters.many("code", MAX_CODES)?;
    let written = written.iter().map(|code| written_code(code));
    let codes: Vec<_> = plain.chain(written).collect::<Result<_, _>>()?;
    if codes.len() > MAX_CODES {
        let detail = format!("at most {MAX_CODES} codes");
        return Err(Problem::parameter("code", "tooMany", detail));
    }
    Ok(ProductFacts {
        codes,
        model: parameters.one("model")?,
        gtin: parameters.one("gtin")?,
        serial: parameters.one("serial")?,
        lot: parameters.one("lot")?,
        quantity: quantity(parameters)?,
        holder: parameters.one("holder")?,
        manufacturer: parameters.one("manufacturer")?,
        factory: parameters.one("factory")?,
        issued_on: parameters.read("issuedOn")?,
        standard: parameters.read("standard")?,
        number: parameters.one("number")?,
        valid_until: parameters.read("validUntil")?,
        scope: parameters.one("scope")?,
    })
}

fn written_code(code: &str) -> Result<ProductCode, Problem> {
    ProductCode::of_parameter(code).ok_or_else(|| {
        let detail = "expected a classification, its edition if one is said, and a code, such as HS@2017:8544.49";
        Problem::parameter("code", "invalid", detail)
    })
}

fn quantity(parameters: &mut Parameters) -> Result<Option<Quantity>, Problem> {
    let written = parameters.one("quantity")?;
    let quantity = written.map(|written| {
        Quantity::of_parameter(&written).ok_or_else(|| {
            let detail = "expected a decimal, a space and a unit, such as 40 kg";
            Problem::parameter("quantity", "invalid", detail)
        })
    });
    quantity.transpose()
}
