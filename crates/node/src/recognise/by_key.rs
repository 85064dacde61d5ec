//! Records of one party, looked up under the keys with which it may have signed. Others sign what
//! they like in its name, under keys of their own: that stands elsewhere and takes no place here.

use comity_model::record::Record;
use comity_recognition::signers::PartyKeys;
use comity_store::RecordRow;
use comity_tlog::Hash;

use super::{MAX_CANDIDATES, MAX_REVISIONS};
use crate::Shared;
use crate::error::Error;
use crate::projection;

/// What a look-up found.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// In the order of their digests, each once.
    pub(crate) rows: Vec<RecordRow>,
    /// There may be more.
    pub(crate) cut: bool,
}

impl Shared {
    /// Records that carry `value` under the scheme of each key, up to `most` of a key.
    pub(super) async fn numbered(
        &self,
        scheme: fn(&str) -> String,
        value: &str,
        of: &PartyKeys,
        most: usize,
    ) -> Result<Rows, Error> {
        let (mut digests, mut cut) = (Vec::new(), of.cut);
        for key in &of.keys {
            let scheme = scheme(key);
            let found = self.store.by_identifier(&scheme, value, most + 1).await?;
            cut |= found.len() > most;
            digests.extend(found.into_iter().take(most));
        }
        self.sorted(digests, cut).await
    }

    /// Records that point at `name`, signed with each key, up to `most` of a key.
    pub(crate) async fn pointing(
        &self,
        name: &str,
        of: &PartyKeys,
        most: usize,
    ) -> Result<Rows, Error> {
        let (mut digests, mut cut) = (Vec::new(), of.cut);
        for key in &of.keys {
            let target = projection::signed_with(key, name);
            let found = self.store.by_reference(&target, most + 1).await?;
            cut |= found.len() > most;
            digests.extend(found.into_iter().take(most));
        }
        self.sorted(digests, cut).await
    }

    async fn sorted(&self, mut digests: Vec<Hash>, cut: bool) -> Result<Rows, Error> {
        digests.sort_unstable();
        digests.dedup();
        let rows = self.store.records(&digests).await?;
        Ok(Rows { rows, cut })
    }

    /// The attestations with a number; where an issuer is given, those that it signed, or that a
    /// register attributes to it. Those under its keys, and under the keys of importers, are all
    /// there; of others [`MAX_CANDIDATES`], to say why none of them counts.
    pub(super) async fn rows_of_number(
        &self,
        number: &str,
        issuer: Option<(&str, &PartyKeys, &PartyKeys)>,
    ) -> Result<Rows, Error> {
        let most = MAX_CANDIDATES;
        let Some((issuer, keys, importers)) = issuer else {
            let mut found = self.store.by_identifier("number", number, most + 1).await?;
            let cut = found.len() > most;
            found.truncate(most);
            return self.sorted(found, cut).await;
        };
        let value = projection::number_of(number, issuer);
        let signed = self.numbered(projection::number_signed_with, &value, keys, most);
        let signed = signed.await?;
        let attributed = projection::number_attributed_with;
        let imported = self.numbered(attributed, &value, importers, most).await?;
        let mut cut = signed.cut || imported.cut;
        let nobodys = signed.rows.is_empty() && imported.rows.is_empty();
        let rows = signed.rows.iter().chain(&imported.rows);
        let mut digests: Vec<Hash> = rows.map(|row| row.digest).collect();
        for scheme in [projection::NUMBER_OF_ISSUER, projection::NUMBER_ATTRIBUTED] {
            let found = self.store.by_identifier(scheme, &value, most + 1).await?;
            cut |= nobodys && found.len() > most;
            digests.extend(found.into_iter().take(most));
        }
        self.sorted(digests, cut).await
    }

    /// What replaces a record and, for an imported one, its row's other records, all by its
    /// signer. `keys` are the signer's.
    pub(crate) async fn later_rows(
        &self,
        record: &Record,
        keys: &PartyKeys,
    ) -> Result<Rows, Error> {
        let (authority, issuer) = (&record.comity.authority, &record.issuer.id);
        let mut names = vec![projection::replaces_key(authority, issuer, &record.id)];
        if let Some(from) = &record.comity.imported_from {
            let source = projection::source_key(issuer, &from.system, &from.source_id);
            names.push(source);
        }
        let mut later = Rows::default();
        for name in names {
            let found = self.pointing(&name, keys, MAX_REVISIONS).await?;
            later.cut |= found.cut;
            later.rows.extend(found.rows);
        }
        let kind = record.kind().name();
        later
            .rows
            .retain(|row| row.issuer == *issuer && row.kind == kind);
        Ok(later)
    }
}
