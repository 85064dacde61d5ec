//! A file to records: rows grouped, built, checked.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::date::{Day, LegalDate};
use comity_model::record::{Attribution, Envelope, ImportedFrom, Issuer, Record, Subject};
use comity_signature::canonical::to_canonical;

use super::fields::Fields;
use super::identity::{imported_id, subject_digest};
use super::map::{Attributions, Map, MapKind, Spec, Status};
use super::table::{Row, Table};
use super::text::fold;
use super::value::{Tables, fault};
use super::{
    Counts, ImportError, ImportedFile, ImportedRow, MAIN_TABLE, RowFault, RowState, Source,
    Standing, attestation, grant,
};

/// Reads a register's file by a map. `tables` gives the bytes of the main table, asked for under
/// [`MAIN_TABLE`], and of the side tables by the file names in the map; plain or gzip.
///
/// # Errors
/// [`ImportError`] where a table cannot be read or lacks a column that the map needs. What is
/// wrong with single rows stands in the answer.
pub fn read(
    map: &Map,
    tables: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    source: &Source,
) -> Result<ImportedFile, ImportError> {
    let mut table = |name: &str| {
        let bytes = tables(name).map_err(|reason| ImportError::Table {
            table: name.to_owned(),
            reason,
        })?;
        Table::read(name, &bytes, &map.form)
    };
    let main = table(MAIN_TABLE)?;
    let mut sides = BTreeMap::new();
    for (name, side) in &map.sides {
        match table(&side.file) {
            Ok(read) => {
                sides.insert(name.clone(), read);
            }
            Err(ImportError::Table { .. }) if side.optional => {}
            Err(error) => return Err(error),
        }
    }
    let tables = Tables::new(map, main, sides, source.fetched_on)?;
    let mut reading = Reading::new(map, source);
    for group in reading.groups(&tables) {
        reading.add(&tables, &group);
    }
    Ok(reading.finish(tables.main.rows.len()))
}

/// Rows of one source id, or of one `group_by` key.
struct Group<'a> {
    source_id: String,
    rows: Vec<&'a Row>,
}

struct Reading<'a> {
    map: &'a Map,
    source: &'a Source,
    file: ImportedFile,
}

impl<'a> Reading<'a> {
    fn new(map: &'a Map, source: &'a Source) -> Self {
        let file = ImportedFile {
            system: map.system.clone(),
            source: source.clone(),
            rows: Vec::new(),
            faults: Vec::new(),
            refused_ids: BTreeSet::new(),
            left_out: BTreeSet::new(),
            counts: Counts::default(),
        };
        Self { map, source, file }
    }

    fn refuse(&mut self, source_id: Option<&str>, rows: usize, fault: RowFault) {
        self.file.counts.refused += rows;
        self.file.refused_ids.extend(source_id.map(str::to_owned));
        self.file.faults.push(fault);
    }

    /// The rows by their key, in the order of the file; rows without one are refused.
    fn groups<'t>(&mut self, tables: &'t Tables<'_>) -> Vec<Group<'t>> {
        let mut groups: Vec<Group<'t>> = Vec::new();
        let mut places: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for row in &tables.main.rows {
            let source_id = match self.source_id(tables, row) {
                Ok(source_id) => source_id,
                Err(fault) => {
                    self.refuse(None, 1, fault);
                    continue;
                }
            };
            if let Some(cells) = row.ragged {
                let message = format!(
                    "this row has {cells} cells, the header {}",
                    tables.main.headers.len()
                );
                self.refuse(
                    Some(&source_id),
                    1,
                    fault(row, "the row".to_owned(), message),
                );
                continue;
            }
            let key = tables
                .group_key(row)
                .unwrap_or_else(|| vec![source_id.clone()]);
            let place = *places.entry(key).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group {
                    source_id,
                    rows: vec![row],
                }),
            }
        }
        groups
    }

    fn source_id(&self, tables: &Tables<'_>, row: &Row) -> Result<String, RowFault> {
        let rows = [row];
        let fields = Fields {
            tables,
            rows: &rows,
        };
        let field = if self.map.columns.contains_key("source_id") {
            "source_id"
        } else {
            "number"
        };
        fields.required(field)
    }

    fn add(&mut self, tables: &Tables<'_>, group: &Group<'_>) {
        let merges = !self.map.group_by.is_empty();
        let count = group.rows.len();
        let built = if merges || count == 1 {
            self.build(tables, &group.source_id, &group.rows)
        } else {
            self.build_alike(tables, group)
        };
        match built {
            Ok(row) => {
                let leave_out = row
                    .state
                    .as_ref()
                    .is_some_and(|state| state.standing == Standing::LeaveOut);
                if leave_out {
                    self.file.counts.left_out += count;
                    self.file.left_out.insert(row.source_id);
                } else {
                    self.file.counts.merged += count - 1;
                    self.file.rows.push(row);
                }
            }
            Err(fault) => self.refuse(Some(&group.source_id), count, fault),
        }
    }

    /// Several rows with one source id and no `group_by`: they must say the same.
    fn build_alike(&self, tables: &Tables<'_>, group: &Group<'_>) -> Result<ImportedRow, RowFault> {
        let mut first: Option<ImportedRow> = None;
        for row in &group.rows {
            let built = self.build(tables, &group.source_id, &[row])?;
            match &first {
                None => first = Some(built),
                Some(other) => {
                    let alike = other.record == built.record && other.state == built.state;
                    if !alike {
                        return Err(fault(
                            row,
                            "the row".to_owned(),
                            format!(
                                "line {} has the same source id `{}` and says something else; \
                                 all rows of this id are left out (say `group_by` if they belong \
                                 together)",
                                other.line, group.source_id
                            ),
                        ));
                    }
                }
            }
        }
        first.ok_or_else(|| RowFault {
            line: 0,
            column: String::new(),
            message: "a group without rows".to_owned(),
        })
    }

    fn build(
        &self,
        tables: &Tables<'_>,
        source_id: &str,
        rows: &[&Row],
    ) -> Result<ImportedRow, RowFault> {
        let fields = Fields { tables, rows };
        let attributed_to = self.attribution(&fields)?;
        let state = self.state(&fields)?;
        let (from_field, until_field) = match self.map.kind {
            MapKind::Attestation => ("issued_on", "valid_until"),
            MapKind::Grant => ("from", "until"),
        };
        let from = fields.date(from_field)?.ok_or_else(|| {
            fields.fault(from_field, "this date is required and the row says nothing")
        })?;
        let alive_on = self
            .alive_on(&fields)?
            .unwrap_or_else(|| from.date.earliest())
            .min(tables.fetched_on());
        let said = fields.day(until_field)?;
        let (until, end_observed) = self.end(said, state.as_ref(), alive_on);
        let word = state.as_ref().map(|state| state.word.clone());
        let subject = match self.map.kind {
            MapKind::Attestation => Subject::Attestation(Box::new(attestation::build(
                &fields,
                source_id,
                from.date,
                until,
                word,
                self.source,
            )?)),
            MapKind::Grant => {
                let economies = &attributed_to.economies;
                Subject::CompetenceGrant(Box::new(grant::build(
                    &fields, economies, from.date, until,
                )?))
            }
        };
        let record = self.record(source_id, attributed_to, subject);
        check(&record).map_err(|message| fields.fault("number", message))?;
        Ok(ImportedRow {
            source_id: source_id.to_owned(),
            line: rows.first().map_or(0, |row| row.line),
            record,
            state,
            alive_on,
            end_observed,
            issue_observed: from.observed,
            amended_on: self.amended_on(&fields)?,
        })
    }

    /// The end of the validity: as said; where the row is said to have ended without or before
    /// the day it was to end, some day since its last sign of life (format.md 2.9).
    fn end(
        &self,
        said: Option<LegalDate>,
        state: Option<&RowState>,
        alive_on: Day,
    ) -> (Option<LegalDate>, bool) {
        let fetched_on = self.source.fetched_on;
        let Some(state) = state.filter(|state| state.standing == Standing::Expired) else {
            return (said, false);
        };
        if said.is_some_and(|end| end.latest() <= fetched_on) {
            return (said, false);
        }
        match state.since {
            Some(since) => (Some(since), false),
            None => (Some(LegalDate::between(alive_on, fetched_on)), true),
        }
    }

    fn attribution(&self, fields: &Fields<'_>) -> Result<Attribution, RowFault> {
        match &self.map.attribution {
            Attributions::One(one) => Ok(one.clone()),
            Attributions::By(spec, bodies) => {
                let said = one_text(fields, "attribution", spec)?.unwrap_or_default();
                bodies.get(&fold(&said)).cloned().ok_or_else(|| {
                    let row = fields.rows.first().copied();
                    let line = row.map_or(0, |row| row.line);
                    let message = format!("`{said}` is none of the bodies in [attribution.by]");
                    RowFault {
                        line,
                        column: spec_columns(spec),
                        message,
                    }
                })
            }
        }
    }

    fn state(&self, fields: &Fields<'_>) -> Result<Option<RowState>, RowFault> {
        let Some(Status {
            word, since, words, ..
        }) = &self.map.status
        else {
            return Ok(None);
        };
        let Some(said) = one_text(fields, "status.word", word)? else {
            return Ok(None);
        };
        let meaning = words.get(&fold(&said)).ok_or_else(|| RowFault {
            line: fields.rows.first().map_or(0, |row| row.line),
            column: spec_columns(word),
            message: format!("[status.words] has no `{said}`: add it with its meaning"),
        })?;
        let since = match since {
            None => None,
            Some(spec) => fields
                .date_by("status.since", spec)?
                .map(|value| value.date),
        };
        Ok(Some(RowState {
            standing: meaning.standing,
            reason: meaning.reason,
            word: said,
            since,
        }))
    }

    fn alive_on(&self, fields: &Fields<'_>) -> Result<Option<Day>, RowFault> {
        let Some(spec) = self
            .map
            .status
            .as_ref()
            .and_then(|status| status.alive.as_ref())
        else {
            return Ok(None);
        };
        let mut latest = None;
        for row in fields.rows {
            latest = latest.max(fields.tables.latest("status.alive", spec, row)?);
        }
        Ok(latest)
    }

    fn amended_on(&self, fields: &Fields<'_>) -> Result<BTreeSet<Day>, RowFault> {
        let mut days = BTreeSet::new();
        if let Some(spec) = &self.map.amendments {
            for row in fields.rows {
                days.extend(fields.tables.all_days("amendments.dates", spec, row)?);
            }
        }
        Ok(days)
    }

    fn record(&self, source_id: &str, attributed_to: Attribution, subject: Subject) -> Record {
        let name = match &subject {
            Subject::Attestation(subject) => subject.name.clone(),
            Subject::CompetenceGrant(subject) => {
                format!("{}: {}", subject.grantor.name, subject.grantee.name)
            }
            _ => String::new(),
        };
        let mut record = Record {
            id: String::new(),
            issuer: Issuer {
                id: self.source.signer.clone(),
                name: self.source.signer_name.clone(),
            },
            name,
            valid_from: self.source.fetched_on.first_second(),
            valid_until: None,
            comity: Envelope {
                authority: self.source.authority.clone(),
                language: self.map.language.clone(),
                model_version: comity_model::record::MODEL_VERSION,
                replaces: None,
                imported_from: Some(ImportedFrom {
                    system: self.map.system.clone(),
                    source_id: source_id.to_owned(),
                    fetched_on: self.source.fetched_on,
                    attributed_to,
                    source_signed: false,
                }),
                publication_basis: self.map.publication_basis,
            },
            subject,
        };
        settle(&mut record);
        record
    }

    fn finish(mut self, rows: usize) -> ImportedFile {
        self.file.faults.sort_by_key(|fault| fault.line);
        self.file.counts.rows = rows;
        self.file.counts.records = self.file.rows.len();
        self.file
    }
}

/// Sets what follows from the subject: the envelope's instants (format.md 1.6) and the id.
pub(crate) fn settle(record: &mut Record) {
    let (from, until) = match &record.subject {
        Subject::Attestation(subject) => {
            let dates = &subject.comity.legal_dates;
            (
                dates.valid_from.unwrap_or(dates.issued_on),
                dates.valid_until,
            )
        }
        Subject::CompetenceGrant(subject) => (subject.period.from, subject.period.until),
        _ => return,
    };
    record.valid_from = from.earliest().first_second();
    record.valid_until = until.map(|until| until.latest().last_second());
    if let Some(imported) = &record.comity.imported_from {
        record.id = imported_id(
            &record.issuer.id,
            &imported.system,
            &imported.source_id,
            &subject_digest(record),
            None,
        );
    }
}

/// The end of validity that a record's subject says.
pub(crate) fn end_of(record: &Record) -> Option<LegalDate> {
    match &record.subject {
        Subject::Attestation(subject) => subject.comity.legal_dates.valid_until,
        Subject::CompetenceGrant(subject) => subject.period.until,
        _ => None,
    }
}

/// Sets the end of validity in a record's subject.
pub(crate) fn set_end(record: &mut Record, end: Option<LegalDate>) {
    match &mut record.subject {
        Subject::Attestation(subject) => subject.comity.legal_dates.valid_until = end,
        Subject::CompetenceGrant(subject) => subject.period.until = end,
        _ => {}
    }
}

/// Every field rule of the model, in one sentence.
fn check(record: &Record) -> Result<(), String> {
    let bytes = to_canonical(&record.to_value()).map_err(|error| error.to_string())?;
    match Record::check(&bytes) {
        Ok(_) => Ok(()),
        Err(faults) => {
            let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Err(format!(
                "the record made of it is refused: {}",
                all.join("; ")
            ))
        }
    }
}

fn one_text(fields: &Fields<'_>, key: &str, spec: &Spec) -> Result<Option<String>, RowFault> {
    let mut found: Option<String> = None;
    for row in fields.rows {
        for text in fields.tables.texts(key, spec, row)? {
            match &found {
                Some(other) if *other != text => {
                    let message =
                        format!("one value is wanted but `{other}` and `{text}` stand here");
                    return Err(fault(row, spec_columns(spec), message));
                }
                _ => found = Some(text),
            }
        }
    }
    Ok(found)
}

fn spec_columns(spec: &Spec) -> String {
    let names: Vec<&str> = spec
        .alternatives
        .iter()
        .flat_map(super::map::One::column_names)
        .collect();
    names.join(", ")
}
