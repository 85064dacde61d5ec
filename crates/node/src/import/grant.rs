//! Rows to a grant of competence.

use comity_model::date::{LegalDate, Period};
use comity_model::grant::{CompetenceGrant, ScopeItem};
use comity_model::party::{NamedParty, is_economy};
use comity_model::text::LangString;

use super::RowFault;
use super::fields::Fields;

/// Makes the subject of a grant that begins and ends as the row says.
pub(crate) fn build(
    fields: &Fields<'_>,
    economies: &[String],
    from: LegalDate,
    until: Option<LegalDate>,
) -> Result<CompetenceGrant, RowFault> {
    let said = fields.texts("economies")?;
    if let Some(code) = said.iter().find(|code| !is_economy(code)) {
        let message = format!("`{code}` is no ISO 3166-1 alpha-2 code; use a lookup");
        return Err(fields.fault("economies", message));
    }
    Ok(CompetenceGrant {
        grant_type: fields
            .word("grant_type")?
            .ok_or_else(|| fields.fault("grant_type", "the row says no kind of grant"))?,
        grantor: NamedParty::named(&fields.required("grantor")?),
        grantee: NamedParty {
            country: fields.economy("grantee_country")?,
            address: fields.text("grantee_address")?,
            ..NamedParty::named(&fields.required("grantee")?)
        },
        economies: if said.is_empty() {
            economies.to_vec()
        } else {
            said
        },
        number: fields.required("number")?,
        criteria: fields.standards("criteria")?,
        activities: fields.words("activities")?,
        period: Period::new(from, until),
        period_inferred: fields.flag("period_inferred")?,
        initial_on: fields.day("initial_on")?,
        flexibility: fields.word("flexibility")?.unwrap_or_default(),
        scope: scope(fields)?,
        under_chapters: Vec::new(),
    })
}

/// One scope item a row that says anything of the scope; the same item once.
fn scope(fields: &Fields<'_>) -> Result<Vec<ScopeItem>, RowFault> {
    let mut all: Vec<ScopeItem> = Vec::new();
    for row in fields.each_row() {
        let words = row.texts("scope")?;
        let description = if words.is_empty() {
            LangString::default()
        } else {
            row.in_language(&words.join("\n"))
        };
        let item = ScopeItem {
            id: String::new(),
            description,
            activities: row.words("scope_activities")?,
            standards: row.standards("scope_standards")?,
            products: row.selectors("scope_hs")?,
            sectors: row.texts("scope_sectors")?,
            max_level: row.level("scope_level")?,
            exhaustive: row.flag("scope_exhaustive")?,
            period: None,
        };
        let silent = ScopeItem {
            exhaustive: item.exhaustive,
            ..ScopeItem::default()
        };
        if item != silent && !all.contains(&item) {
            all.push(item);
        }
    }
    for (at, item) in all.iter_mut().enumerate() {
        item.id = (at + 1).to_string();
    }
    Ok(all)
}
