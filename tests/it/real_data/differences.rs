//! Imports and their differences: what comes in, what a second run adds, and what an edited file
//! changes.

use std::collections::BTreeMap;
use std::io::Read as _;

use comity_model::record::{Kind, Record};
use comity_node::import::Plan;
use comity_node::recognise::{Ask, selector};

use super::world::{CMVP, COMMON_CRITERIA, LABORATORIES, PORTAL, Register, World};

/// The day on which the edited register is fetched.
const LATER: &str = "2026-01-05";

/// What was found wrong, collected so that one run tells everything.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn expect<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, expected: &T, got: &T) {
        if expected != got {
            self.0
                .push(format!("{what}: expected {expected:?}, got {got:?}"));
        }
    }

    fn nothing(&mut self, what: &str, plan: &Plan) {
        if !plan.is_empty() || !plan.conflicts.is_empty() {
            self.0
                .push(format!("{what}: expected nothing, got {}", plan.summary()));
        }
    }
}

/// Everything but the largest register: how much, what was refused, and why.
pub(crate) async fn first_imports(world: &mut World) -> Vec<String> {
    let mut faults = Faults::default();
    import(world, &COMMON_CRITERIA, [719, 719, 0, 0], &mut faults).await;
    // Two of the four lines are one certificate and its maintenance.
    import(world, &PORTAL, [4, 3, 0, 1], &mut faults).await;
    world.set_clock("2025-12-08T12:00:00Z");
    // One line counts the events of which no laboratory is known.
    import(world, &LABORATORIES, [34, 33, 1, 0], &mut faults).await;
    let transcriptions = world.transcriptions();
    let arrangements = (transcriptions.iter()).filter(|record| record.kind() == Kind::Arrangement);
    faults.expect("arrangements", &4, &arrangements.count());
    world
        .publish(&transcriptions.iter().collect::<Vec<_>>())
        .await;
    let made_up = world.made_up();
    world
        .publish(&made_up.iter().collect::<Vec<&Record>>())
        .await;
    faults.0
}

/// The largest register.
pub(crate) async fn import_cmvp(world: &mut World) -> Vec<String> {
    let mut faults = Faults::default();
    world.set_clock("2025-12-08T20:00:00Z");
    import(world, &CMVP, [5_092, 5_092, 0, 0], &mut faults).await;
    faults.0
}

/// Imports one register; `counts` are its rows, and those that made records, were refused, merged.
async fn import(world: &mut World, register: &Register, counts: [usize; 4], faults: &mut Faults) {
    let file = world.read(register, None);
    let got = file.counts;
    eprintln!("{}: {got:?}", register.map);
    for fault in &file.faults {
        eprintln!("  refused: {fault}");
    }
    faults.expect(
        register.map,
        &counts,
        &[got.rows, file.rows.len(), got.refused, got.merged],
    );
    let plan = world.plan(register, &file).await;
    faults.expect(register.map, &counts[1], &plan.new.len());
    let changed = plan.revisions.len() + plan.vanished.len();
    faults.expect(register.map, &0, &changed);
    if register.map == LABORATORIES.map {
        let said: Vec<_> = file
            .faults
            .iter()
            .map(|fault| (fault.line, &*fault.column))
            .collect();
        faults.expect("the refused line", &vec![(3, "lab_name_raw")], &said);
    }
    world.carry_out(&plan).await;
}

/// A second run of every import adds nothing.
pub(crate) async fn again(world: &mut World) -> Vec<String> {
    let mut faults = Faults::default();
    for register in [COMMON_CRITERIA, PORTAL, LABORATORIES, CMVP] {
        let file = world.read(&register, None);
        let plan = world.plan(&register, &file).await;
        faults.nothing(&format!("{} again", register.map), &plan);
    }
    faults.0
}

/// Columns and rows in another order and levels spelled in other ways are the same register.
pub(crate) async fn other_spellings(world: &mut World) -> Vec<String> {
    let mut faults = Faults::default();
    let mut cmvp = Sheet::read(&CMVP);
    let spellings = [
        "{}",
        "Level {}",
        "level-{}",
        "Overall Level: {}",
        "L{}",
        " {} ",
    ];
    cmvp.each("overall_level", |place, level| {
        spellings[place % spellings.len()].replace("{}", level)
    });
    let mut common_criteria = Sheet::read(&COMMON_CRITERIA);
    common_criteria.each("security_level", common_criteria_level);
    common_criteria.each("eal", |place, level| match place % 3 {
        0 => level.to_lowercase(),
        1 => level.replace("EAL", "EAL "),
        _ => level.to_owned(),
    });
    for (register, mut sheet) in [(CMVP, cmvp), (COMMON_CRITERIA, common_criteria)] {
        sheet.rotate(5);
        sheet.reverse();
        let file = world.read(&register, Some(&sheet.write()));
        let plan = world.plan(&register, &file).await;
        faults.nothing(&format!("{} in other words", register.map), &plan);
    }
    faults.0
}

/// `ALC_DVS.2 | AVA_VAN.5 | EAL5+` as other registers write it.
fn common_criteria_level(place: usize, level: &str) -> String {
    let parts: Vec<&str> = level.split(" | ").collect();
    let Some((eal, components)) = parts.split_last() else {
        return level.to_owned();
    };
    let plain = eal.trim_end_matches('+');
    // What the register writes without a plus is kept so where nothing is listed.
    if components.is_empty() {
        return level.replace("EAL", ["EAL", "EAL ", "eal"][place % 3]);
    }
    match place % 5 {
        0 => format!("{eal},{}", components.join(",")),
        1 => format!("{plain} augmented by {}", components.join(" and ")),
        2 => format!("{plain} + {}", components.join(" + ")),
        3 => format!(
            "EAL {} ({})",
            eal.trim_start_matches("EAL"),
            components.join("; ")
        ),
        _ => level.to_lowercase(),
    }
}

/// The CMVP register fetched four weeks later, 200 rows edited and 10 gone.
pub(crate) async fn edited(world: &mut World) -> Vec<String> {
    let mut faults = Faults::default();
    let register = CMVP.fetched_on(LATER);
    let (sheet, picked) = edited_sheet();
    let bytes = sheet.write();
    world.set_clock("2026-01-05T12:00:00Z");
    let file = world.read(&register, Some(&bytes));
    let plan = world.plan(&register, &file).await;
    let events: BTreeMap<String, (usize, usize)> = (plan.summary().events.into_iter())
        .map(|(action, count)| (action, (count.events, count.records)))
        .collect();
    let same = 5_092 - 200 - 10;
    let expected = [("observed", (5, same)), ("withdraw", (1, 20))];
    faults.expect(
        "events of the edited register",
        &expected
            .map(|(action, count)| (action.to_owned(), count))
            .into(),
        &events,
    );
    faults.expect(
        "new, revised, unchanged, vanished, in conflict, ended",
        &[0, 180, same, 10, 0, 80],
        &[
            plan.new.len(),
            plan.revisions.len(),
            plan.unchanged,
            plan.vanished.len(),
            plan.conflicts.len(),
            plan.ended,
        ],
    );
    let mut gone = picked.gone.clone();
    gone.sort();
    let mut vanished = plan.vanished.clone();
    vanished.sort();
    faults.expect("vanished", &gone, &vanished);
    world.carry_out(&plan).await;
    let plan = world.plan(&register, &file).await;
    faults.nothing("the edited register again", &plan);
    ask_about(world, &picked, &mut faults).await;
    faults.0
}

/// Numbers of rows that were edited, by what was done to them.
#[derive(Default)]
struct Picked {
    historical: Vec<String>,
    revoked: Vec<String>,
    shortened: Vec<String>,
    renamed: Vec<String>,
    gone: Vec<String>,
}

/// Every fifth active row with a sunset becomes historical, every fifth has an earlier sunset, and
/// so on, until each has its share.
fn edited_sheet() -> (Sheet, Picked) {
    let mut sheet = Sheet::read(&CMVP);
    let mut picked = Picked::default();
    let [number, status, sunset, vendor] =
        ["certificate_number", "status", "sunset_date", "vendor_name"].map(|name| sheet.at(name));
    let mut turn = 0;
    sheet.rows.retain_mut(|row| {
        let id = row[number].clone();
        let active = row[status] == "Active" && row[sunset].as_str() > "2026-03-01";
        if row[status] == "Historical" && picked.gone.len() < 10 && id.ends_with('7') {
            picked.gone.push(id);
            return false;
        }
        if !active || row[vendor].is_empty() {
            return true;
        }
        turn += 1;
        let (list, most) = match turn % 5 {
            0 => (&mut picked.historical, 60),
            1 => (&mut picked.revoked, 20),
            2 => (&mut picked.shortened, 60),
            3 => (&mut picked.renamed, 60),
            _ => return true,
        };
        if list.len() == most {
            return true;
        }
        match turn % 5 {
            0 => "Historical".clone_into(&mut row[status]),
            1 => "Revoked".clone_into(&mut row[status]),
            2 => "2026-02-01".clone_into(&mut row[sunset]),
            _ => row[vendor].push_str(" (renamed)"),
        }
        list.push(id);
        true
    });
    (sheet, picked)
}

/// What the edited register means on a day, asked of the node.
async fn ask_about(world: &World, picked: &Picked, faults: &mut Faults) {
    let (historical, revoked) = (&picked.historical[0], &picked.revoked[0]);
    let (shortened, renamed, gone) = (&picked.shortened[0], &picked.renamed[0], &picked.gone[0]);
    for (number, on, expected) in [
        // Until the first fetch both were seen alive.
        (historical, "2025-12-08", "arrangement.domestic"),
        (historical, "2025-12-20", "dates.observedOnly"),
        (historical, "2026-01-06", "dates.expired"),
        (revoked, "2025-12-07", "arrangement.domestic"),
        (revoked, "2025-12-20", "status.observedOnly"),
        (revoked, "2026-01-05", "status.withdrawn"),
        (shortened, "2026-02-01", "arrangement.domestic"),
        (shortened, "2026-02-02", "dates.expired"),
        // The second fetch makes it young again.
        (renamed, "2026-02-04", "arrangement.domestic"),
        (renamed, "2026-02-05", "status.staleObservation"),
        // Gone without a word: as it was last seen.
        (gone, "2026-01-05", "dates.expired"),
    ] {
        let mut ask = Ask::new(selector(number, Some("CMVP")), "US");
        ask.on = Some(on.parse().unwrap());
        let verdict = world.node().recognise(ask).await.unwrap().verdict;
        let decisive = verdict.step(verdict.decisive_step).unwrap().code.as_str();
        faults.expect(
            &format!("{number} in US on {on}, edited"),
            &expected,
            &decisive,
        );
    }
}

/// A table as text that can be edited and written again.
struct Sheet {
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn read(register: &Register) -> Self {
        let bytes = register.bytes(register.file);
        let mut text = Vec::new();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            flate2::read::GzDecoder::new(&*bytes)
                .read_to_end(&mut text)
                .unwrap();
        } else {
            text = bytes;
        }
        let mut reader = csv::Reader::from_reader(&*text);
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        Self {
            headers: cells(reader.headers().unwrap()),
            rows: reader
                .records()
                .map(|record| cells(&record.unwrap()))
                .collect(),
        }
    }

    fn at(&self, name: &str) -> usize {
        self.headers
            .iter()
            .position(|header| header == name)
            .unwrap()
    }

    fn rotate(&mut self, by: usize) {
        for row in std::iter::once(&mut self.headers).chain(&mut self.rows) {
            let by = by % row.len();
            row.rotate_left(by);
        }
    }

    fn reverse(&mut self) {
        for row in std::iter::once(&mut self.headers).chain(&mut self.rows) {
            row.reverse();
        }
        self.rows.reverse();
    }

    /// Changes every cell of a column, told the number of its row.
    fn each(&mut self, column: &str, change: impl Fn(usize, &str) -> String) {
        let at = self.at(column);
        for (place, row) in self.rows.iter_mut().enumerate() {
            row[at] = change(place, &row[at]);
        }
    }

    fn write(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in std::iter::once(&self.headers).chain(&self.rows) {
            writer.write_record(row).unwrap();
        }
        writer.into_inner().unwrap()
    }
}
