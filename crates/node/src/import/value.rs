//! The values of fields: what a spec gives for a row, with the column to blame if it gives none.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::date::{Day, LegalDate};

use super::dates;
use super::map::{Map, One, Otherwise, Part, Spec, Take};
use super::table::{Found, Row, Table, nearest};
use super::text::{file_stem, fold, percent_encode};
use super::{ImportError, MAIN_TABLE, RowFault};

/// The word in the default of a date that stands for the day of the fetch.
const FETCHED: &str = "fetched";

/// The tables of one import, with the columns that the map names found in them.
pub(crate) struct Tables<'a> {
    pub(crate) map: &'a Map,
    pub(crate) main: Table,
    columns: BTreeMap<String, usize>,
    sides: BTreeMap<String, SideTable>,
    fetched_on: Day,
}

struct SideTable {
    table: Table,
    columns: BTreeMap<String, usize>,
    rows: BTreeMap<String, Vec<usize>>,
    /// The column of the main table that holds the key.
    on: usize,
}

/// A date, and whether it is bounded only by the day of the fetch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DateValue {
    pub(crate) date: LegalDate,
    pub(crate) observed: bool,
}

impl<'a> Tables<'a> {
    /// Finds every column that the map names.
    pub(crate) fn new(
        map: &'a Map,
        main: Table,
        side_tables: BTreeMap<String, Table>,
        fetched_on: Day,
    ) -> Result<Self, ImportError> {
        let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (_, spec) in map.specs() {
            for one in &spec.alternatives {
                let table = one.side.as_deref().unwrap_or(MAIN_TABLE);
                wanted.entry(table).or_default().extend(one.column_names());
            }
        }
        let keys = map.group_by.iter().map(String::as_str);
        wanted.entry(MAIN_TABLE).or_default().extend(keys);
        let columns = resolve(MAIN_TABLE, &main, wanted.get(MAIN_TABLE))?;
        let mut sides = BTreeMap::new();
        for (name, table) in side_tables {
            let Some(side) = map.sides.get(&name) else {
                continue;
            };
            let own = resolve(&side.file, &table, wanted.get(name.as_str()))?;
            let key = need(&side.file, &table, &side.key, &format!("side.{name}.key"))?;
            let on = need(MAIN_TABLE, &main, &side.on, &format!("side.{name}.on"))?;
            let rows = table.index(key);
            sides.insert(
                name,
                SideTable {
                    table,
                    columns: own,
                    rows,
                    on,
                },
            );
        }
        let tables = Self {
            map,
            main,
            columns,
            sides,
            fetched_on,
        };
        tables.check_present()?;
        Ok(tables)
    }

    /// Refuses a field none of whose sources is in the files.
    fn check_present(&self) -> Result<(), ImportError> {
        for column in &self.map.group_by {
            need(MAIN_TABLE, &self.main, column, "source.group_by")?;
        }
        for (key, spec) in self.map.specs() {
            if spec.alternatives.iter().any(|one| self.is_present(one)) {
                continue;
            }
            let absent = spec
                .alternatives
                .iter()
                .find_map(|one| self.first_absent(one));
            if let Some((table, column)) = absent {
                return Err(missing(table, self.table_of(table), column, &key));
            }
        }
        Ok(())
    }

    fn is_present(&self, one: &One) -> bool {
        let absent_side = one
            .side
            .as_ref()
            .is_some_and(|side| !self.sides.contains_key(side));
        one.optional || absent_side || self.first_absent(one).is_none()
    }

    fn first_absent<'o>(&'o self, one: &'o One) -> Option<(&'o str, &'o str)> {
        let (name, columns) = match one.side.as_deref() {
            None => (MAIN_TABLE, &self.columns),
            Some(side) => (side, &self.sides.get(side)?.columns),
        };
        one.column_names()
            .into_iter()
            .find(|column| !columns.contains_key(*column))
            .map(|column| (name, column))
    }

    fn table_of(&self, name: &str) -> &Table {
        self.sides.get(name).map_or(&self.main, |side| &side.table)
    }

    /// The texts that `spec` gives for the row at `row`.
    pub(crate) fn texts(
        &self,
        field: &str,
        spec: &Spec,
        row: &Row,
    ) -> Result<Vec<String>, RowFault> {
        for one in &spec.alternatives {
            let texts = self.texts_of(field, one, row)?;
            if !texts.is_empty() {
                return Ok(texts);
            }
        }
        Ok(Vec::new())
    }

    fn texts_of(&self, field: &str, one: &One, row: &Row) -> Result<Vec<String>, RowFault> {
        let mut texts = Vec::new();
        for text in self.raw(field, one, row)? {
            match one.split.as_deref() {
                None => texts.push(text),
                Some(split) => texts.extend(text.split(split).map(str::to_owned)),
            }
        }
        let empty = &self.map.form.empty;
        let mut texts: Vec<String> = texts
            .iter()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty() && !empty.contains(&fold(text)))
            .collect();
        if one.part == Part::FileStem {
            texts = texts.iter().map(|text| file_stem(text)).collect();
        }
        match one.take {
            Take::First => texts.truncate(1),
            Take::Last => texts = texts.pop().into_iter().collect(),
            Take::All | Take::Earliest | Take::Latest => {}
        }
        let mut texts = self.looked_up(field, one, row, texts)?;
        if let Some(wrap) = one.wrap.as_deref() {
            texts = texts.iter().map(|text| wrap.replace("{}", text)).collect();
        }
        if texts.is_empty() {
            texts.extend(one.default.clone());
        }
        Ok(texts)
    }

    fn looked_up(
        &self,
        field: &str,
        one: &One,
        row: &Row,
        texts: Vec<String>,
    ) -> Result<Vec<String>, RowFault> {
        let Some(name) = one.lookup.as_ref() else {
            return Ok(texts);
        };
        let mut out = Vec::new();
        for text in texts {
            if one.keep {
                out.push(text.clone());
            }
            match (
                self.map.codes.get(name).and_then(|codes| codes.get(&text)),
                one.otherwise,
            ) {
                (Some(values), _) => out.extend(values.iter().cloned()),
                (None, Otherwise::Drop) => {}
                (None, Otherwise::Keep) if one.keep => {}
                (None, Otherwise::Keep) => out.push(text),
                (None, Otherwise::Fault) => {
                    let message =
                        format!("[codes.{name}] has no `{text}`: add it with its meaning");
                    return Err(fault(row, column_of(field, one), message));
                }
            }
        }
        Ok(out)
    }

    /// The texts before anything is done to them.
    fn raw(&self, field: &str, one: &One, row: &Row) -> Result<Vec<String>, RowFault> {
        if !one.values.is_empty() {
            return Ok(one.values.clone());
        }
        let Some(name) = one.side.as_ref() else {
            return Ok(filled(field, one, row, &self.columns)?
                .into_iter()
                .collect());
        };
        let Some(side) = self.sides.get(name) else {
            return Ok(Vec::new());
        };
        let Some(Some(key)) = row.cells.get(side.on) else {
            return Ok(Vec::new());
        };
        let mut texts = Vec::new();
        for at in side.rows.get(&fold(key)).into_iter().flatten() {
            let Some(side_row) = side.table.rows.get(*at) else {
                continue;
            };
            let holds = one.conditions.iter().all(|(column, wanted)| {
                let cell = side
                    .columns
                    .get(column)
                    .and_then(|at| side_row.cells.get(*at));
                cell.is_some_and(|cell| cell.as_deref().map(fold) == Some(fold(wanted)))
            });
            if holds {
                texts.extend(
                    filled(field, one, side_row, &side.columns).map_err(|fault| RowFault {
                        line: row.line,
                        ..fault
                    })?,
                );
            }
        }
        Ok(texts)
    }

    /// The dates that `spec` gives for the row: read by its own formats, else by the map's.
    pub(crate) fn dates(
        &self,
        field: &str,
        spec: &Spec,
        row: &Row,
    ) -> Result<Vec<DateValue>, RowFault> {
        for one in &spec.alternatives {
            let formats = if one.dates.is_empty() {
                &self.map.dates
            } else {
                &one.dates
            };
            let texts = self.texts_of(field, one, row)?;
            let mut found = Vec::new();
            for text in &texts {
                let ranged = one.default.as_ref() == Some(text);
                let value = if ranged {
                    self.default_date(text)
                } else {
                    plain(text, formats)
                };
                let value = value.map_err(|reason| fault(row, column_of(field, one), reason))?;
                if !found.contains(&value) {
                    found.push(value);
                }
            }
            match one.take {
                Take::Earliest => {
                    found = found
                        .into_iter()
                        .min_by_key(|v| v.date.earliest())
                        .into_iter()
                        .collect();
                }
                Take::Latest => {
                    found = found
                        .into_iter()
                        .max_by_key(|v| v.date.latest())
                        .into_iter()
                        .collect();
                }
                Take::All | Take::First | Take::Last => {}
            }
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// A default date: a day, or `from..until`, each a day or `fetched`.
    fn default_date(&self, text: &str) -> Result<DateValue, String> {
        let day = |text: &str| match text.trim() {
            FETCHED => Ok(self.fetched_on),
            text => text
                .parse::<Day>()
                .map_err(|error| format!("the default `{text}`: {error}")),
        };
        let (from, until) = text.split_once("..").unwrap_or((text, text));
        let (from, until_day) = (day(from)?, day(until)?);
        if from > until_day {
            return Err(format!("the default `{text}` ends before it begins"));
        }
        Ok(DateValue {
            date: LegalDate::between(from, until_day),
            observed: until.trim() == FETCHED,
        })
    }

    /// The latest of all dates that the alternatives of `spec` give, none later than the fetch.
    pub(crate) fn latest(
        &self,
        field: &str,
        spec: &Spec,
        row: &Row,
    ) -> Result<Option<Day>, RowFault> {
        Ok(self.all_days(field, spec, row)?.into_iter().max())
    }

    /// All days that any alternative of `spec` gives, none later than the fetch.
    pub(crate) fn all_days(
        &self,
        field: &str,
        spec: &Spec,
        row: &Row,
    ) -> Result<BTreeSet<Day>, RowFault> {
        let mut days = BTreeSet::new();
        for one in &spec.alternatives {
            let single = Spec {
                alternatives: vec![one.clone()],
            };
            let dates = self.dates(field, &single, row)?;
            days.extend(dates.iter().map(|value| value.date.latest()));
        }
        days.retain(|day| *day <= self.fetched_on);
        Ok(days)
    }

    /// The key a row is grouped by, where the map groups rows.
    pub(crate) fn group_key(&self, row: &Row) -> Option<Vec<String>> {
        let cell = |column: &String| {
            let cell = self.columns.get(column).and_then(|at| row.cells.get(*at));
            cell.cloned()
                .flatten()
                .map(|text| fold(&text))
                .unwrap_or_default()
        };
        let keys: Vec<String> = self.map.group_by.iter().map(cell).collect();
        (!keys.is_empty()).then_some(keys)
    }

    pub(crate) fn fetched_on(&self) -> Day {
        self.fetched_on
    }
}

fn plain(text: &str, formats: &[dates::Format]) -> Result<DateValue, String> {
    if formats.is_empty() {
        return Err("the map lists no date formats: add `dates` to [source]".to_owned());
    }
    dates::read(text, formats).map(|date| DateValue {
        date,
        observed: false,
    })
}

/// The column of a template or the columns joined; nothing where one of a template is empty.
fn filled(
    field: &str,
    one: &One,
    row: &Row,
    columns: &BTreeMap<String, usize>,
) -> Result<Option<String>, RowFault> {
    let cell = |column: &str| match columns.get(column).and_then(|at| row.cells.get(*at)) {
        Some(None) => Err(fault(
            row,
            column.to_owned(),
            "these bytes are no text in the encoding of the map, or more than 64 KiB; set \
             `encoding` in [source] if the file has another",
        )),
        Some(Some(text)) => Ok(text.as_str()),
        None => Ok(""),
    };
    if let Some(template) = one.template.as_ref() {
        let mut out = String::new();
        for (text, hole) in &template.pieces {
            out.push_str(text);
            let Some(hole) = hole else { continue };
            match cell(&hole.column)? {
                "" => return Ok(None),
                text if hole.url => out.push_str(&percent_encode(text)),
                text => out.push_str(text),
            }
        }
        return Ok(Some(out));
    }
    let mut parts = Vec::new();
    for column in &one.columns {
        parts.push(cell(column)?);
    }
    parts.retain(|part| !part.is_empty());
    let joined = parts.join(" | ");
    let _ = field;
    Ok((!joined.is_empty()).then_some(joined))
}

fn column_of(field: &str, one: &One) -> String {
    match one.column_names().as_slice() {
        [] => field.to_owned(),
        names => names.join(", "),
    }
}

pub(crate) fn fault(row: &Row, column: String, message: impl Into<String>) -> RowFault {
    let message = message.into();
    RowFault {
        line: row.line,
        column,
        message,
    }
}

fn resolve(
    name: &str,
    table: &Table,
    wanted: Option<&BTreeSet<&str>>,
) -> Result<BTreeMap<String, usize>, ImportError> {
    let mut columns = BTreeMap::new();
    for column in wanted.into_iter().flatten() {
        match table.find(column) {
            Found::At(at) => {
                columns.insert((*column).to_owned(), at);
            }
            Found::Nowhere => {}
            Found::Ambiguous => {
                return Err(ImportError::AmbiguousColumn {
                    table: shown(name),
                    column: (*column).to_owned(),
                });
            }
        }
    }
    Ok(columns)
}

fn need(name: &str, table: &Table, column: &str, key: &str) -> Result<usize, ImportError> {
    match table.find(column) {
        Found::At(at) => Ok(at),
        Found::Nowhere => Err(missing(name, table, column, key)),
        Found::Ambiguous => Err(ImportError::AmbiguousColumn {
            table: shown(name),
            column: column.to_owned(),
        }),
    }
}

fn missing(name: &str, table: &Table, column: &str, key: &str) -> ImportError {
    let headers = table.headers.iter().map(String::as_str);
    ImportError::MissingColumn {
        table: shown(name),
        key: key.to_owned(),
        column: column.to_owned(),
        nearest: nearest(column, headers).map(str::to_owned),
    }
}

fn shown(name: &str) -> String {
    if name == MAIN_TABLE { "the file" } else { name }.to_owned()
}
