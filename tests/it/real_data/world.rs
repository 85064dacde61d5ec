//! A node in a folder of its own, with the registers in reach and a clock that is set by hand.

use std::collections::BTreeMap;
use std::path::PathBuf;

use comity_model::date::Instant;
use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::draft;
use comity_node::clock::Clock;
use comity_node::config::{Config, Keys, own_policy};
use comity_node::import::{
    self, ImportedFile, Known, MAIN_TABLE, Map, Plan, Source, transcription,
};
use comity_node::{Node, Place};
use comity_recognition::Policy;
use comity_recognition::policy::{Importer, PolicyFile};
use comity_signature::canonical::{self, Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::digest::{document_digest, sha256, to_multibase};
use sqlx::Connection as _;

/// Records of one call, the most a node takes.
const CALL_RECORDS: usize = 1_000;

/// Where the world keeps its records.
pub(crate) enum Database {
    Sqlite,
    /// URL of the database, and of the server that drops it.
    Postgres {
        url: String,
        server: String,
        name: String,
    },
}

impl Database {
    /// A new database on the server for tests, where there is one.
    pub(crate) async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("COMITY_TEST_POSTGRES") else {
            eprintln!("skipped: PostgreSQL, because COMITY_TEST_POSTGRES is not set");
            return None;
        };
        let name = format!("comity_real_data_{}", std::process::id());
        let (address, options) = match server.split_once('?') {
            Some((address, options)) => (address, format!("?{options}")),
            None => (server.as_str(), String::new()),
        };
        let (host, _) = address.rsplit_once('/').unwrap();
        let url = format!("{host}/{name}{options}");
        let setup = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'";
        on_server(&server, format!("CREATE DATABASE {name} {setup}")).await;
        Some(Self::Postgres { url, server, name })
    }
}

async fn on_server(server: &str, statement: String) {
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .unwrap();
}

/// A register: its map, its file, and the day it was fetched.
#[derive(Clone, Copy)]
pub(crate) struct Register {
    pub(crate) map: &'static str,
    folder: &'static str,
    pub(crate) file: &'static str,
    fetched_on: &'static str,
}

pub(crate) const CMVP: Register = Register {
    map: "cmvp.toml",
    folder: "fips-cmvp-2025-12",
    file: "cmvp_certificates_2025-12-08.csv.gz",
    fetched_on: "2025-12-08",
};
pub(crate) const LABORATORIES: Register = Register {
    map: "cmvp-labs.toml",
    file: "labs.csv",
    ..CMVP
};
pub(crate) const COMMON_CRITERIA: Register = Register {
    map: "cc.toml",
    folder: "cc-seccerts-2023",
    file: "cc_certificates.csv.gz",
    fetched_on: "2023-11-30",
};
pub(crate) const PORTAL: Register = Register {
    map: "cc-portal.toml",
    file: "portal_csv_raw_sample.csv",
    ..COMMON_CRITERIA
};

impl Register {
    /// The same register, fetched another day.
    pub(crate) fn fetched_on(self, fetched_on: &'static str) -> Self {
        Self { fetched_on, ..self }
    }

    /// The bytes of one of its files.
    pub(crate) fn bytes(&self, file: &str) -> Vec<u8> {
        let path = crate::shared("data").unwrap().join(self.folder).join(file);
        std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) fn map(&self) -> Map {
        let path = crate::root().join("docs/import").join(self.map);
        let text = std::fs::read_to_string(&path).unwrap();
        Map::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}

/// The node and everything around it.
pub(crate) struct World {
    folder: tempfile::TempDir,
    database: Database,
    config: Config,
    clock: Clock,
    node: Option<Node>,
    published: u64,
    /// What the log holds of each register, up to this log index.
    known: BTreeMap<String, Known>,
    read: u64,
}

impl World {
    /// The node of the made-up economy XN, with nothing in it. `None` where there is no data.
    pub(crate) async fn new(database: Database) -> Option<Self> {
        if crate::shared("data/fips-cmvp-2025-12").is_none() {
            eprintln!("skipped: no registers beside the repository");
            return None;
        }
        let begin: Instant = "2023-11-30T12:00:00Z".parse().unwrap();
        let mut config =
            Config::new("XN", "nqi.norda.example", "Authority of Norda", begin).unwrap();
        if let Database::Postgres { url, .. } = &database {
            config.database = Some(url.clone());
        }
        let mut world = Self {
            folder: tempfile::tempdir().unwrap(),
            database,
            config,
            clock: Clock::simulated(begin),
            node: None,
            published: 0,
            known: BTreeMap::new(),
            read: 0,
        };
        let standard = world.standard_policy();
        world.believe(standard).await;
        Some(world)
    }

    /// Opens the node anew, with another policy over the same records.
    pub(crate) async fn believe(&mut self, policy: PolicyFile) {
        if let Some(node) = self.node.take() {
            node.indexed().await;
            node.close().await;
        }
        let policy = Policy::new(policy).unwrap_or_else(|faults| panic!("{faults:?}"));
        let place = Place::Folder(self.folder.path().to_owned());
        let config = self.config.clone();
        let started = Node::start(place, config, self.keys(), policy, self.clock.clone()).await;
        self.node = Some(started.unwrap_or_else(|error| panic!("{error}")));
    }

    /// Believes the node itself, and its imports and transcriptions.
    pub(crate) fn standard_policy(&self) -> PolicyFile {
        let text = own_policy(&self.config, &self.keys());
        let mut file = Policy::parse(&text).unwrap().file().clone();
        let registers = [CMVP, LABORATORIES, COMMON_CRITERIA, PORTAL];
        let systems = registers.map(|register| register.map().system().to_owned());
        let named = systems.into_iter().chain(["cc-arrangements".to_owned()]);
        file.importers = named
            .map(|system| Importer {
                signer: self.did(),
                authority: None,
                system,
            })
            .collect();
        file
    }

    /// Seeds that are no secret: two worlds come to the same bytes.
    fn keys(&self) -> Keys {
        let seed = |name: &str| sha256(format!("real data, {name}").as_bytes());
        Keys::from_seeds(&self.config, &seed("authority"), &seed("log")).unwrap()
    }

    pub(crate) fn node(&self) -> &Node {
        self.node.as_ref().unwrap()
    }

    pub(crate) fn did(&self) -> String {
        self.config.authority()
    }

    pub(crate) fn log_path(&self) -> String {
        format!("/log/{}", self.config.log)
    }

    pub(crate) fn log_vkey(&self) -> String {
        self.keys().log.vkey().to_string()
    }

    pub(crate) fn published(&self) -> u64 {
        self.published
    }

    pub(crate) fn set_clock(&self, now: &str) {
        self.clock.set(now.parse().unwrap());
    }

    fn source(&self, register: &Register) -> Source {
        Source {
            signer: self.did(),
            signer_name: self.config.name.clone(),
            authority: self.did(),
            fetched_on: register.fetched_on.parse().unwrap(),
        }
    }

    /// Reads the register from `main`, or from its own file.
    pub(crate) fn read(&self, register: &Register, main: Option<&[u8]>) -> ImportedFile {
        let mut table = |name: &str| match (name, main) {
            (MAIN_TABLE, Some(main)) => Ok(main.to_vec()),
            (MAIN_TABLE, None) => Ok(register.bytes(register.file)),
            (side, _) => Ok(register.bytes(side)),
        };
        let read = import::read(&register.map(), &mut table, &self.source(register));
        read.unwrap_or_else(|error| panic!("{}: {error}", register.map))
    }

    /// What publishing `file` would change, compared with what the log holds.
    pub(crate) async fn plan(&mut self, register: &Register, file: &ImportedFile) -> Plan {
        let map = register.map();
        self.read_log().await;
        let known = self.known.get(map.system()).unwrap();
        import::plan(file, known, &map, &digest).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Reads what was logged since the last time, as an importer reads it.
    async fn read_log(&mut self) {
        for register in [CMVP, LABORATORIES, COMMON_CRITERIA, PORTAL] {
            let (system, did) = (register.map().system().to_owned(), self.did());
            let nothing = || Known::new(&did, &system);
            self.known.entry(system.clone()).or_insert_with(nothing);
        }
        let size = self.node().head().size;
        while self.read < size {
            let (bundle, from) = (self.read / 256, Some(self.read));
            let page = self.node().bodies(bundle, from).await.unwrap().unwrap().0;
            for line in page
                .split(|byte| *byte == b'\n')
                .filter(|line| !line.is_empty())
            {
                if line.starts_with(b"{\"next\":") {
                    break;
                }
                self.read += 1;
                let Ok(record) = Record::read(line) else {
                    continue;
                };
                let document = canonical::check(line, &Limits::default()).unwrap();
                let digest = to_multibase(document_digest(&document));
                for known in self.known.values_mut() {
                    known.add(&record, &digest);
                }
            }
        }
    }

    /// Signs and publishes a plan.
    pub(crate) async fn carry_out(&mut self, plan: &Plan) {
        let records = plan.new.iter().chain(&plan.revisions).chain(&plan.events);
        let records: Vec<&Record> = records.collect();
        self.publish(&records).await;
    }

    /// Signs records with the authority's key and publishes them; every one must be new.
    pub(crate) async fn publish(&mut self, records: &[&Record]) {
        let key = self.keys().authority;
        for call in records.chunks(CALL_RECORDS) {
            let bodies = call.iter().map(|record| {
                let document = document(record);
                sign(&document, &record.issuer.id, &key, None, &Limits::default()).unwrap()
            });
            let outcomes = self.node().publish(bodies.collect()).await.unwrap();
            for (outcome, record) in outcomes.into_iter().zip(call) {
                match outcome {
                    Ok(taken) => assert!(!taken.already, "{} was logged before", record.name),
                    Err(refusal) => panic!("{}: {refusal:?}", record.name),
                }
                self.published += 1;
            }
        }
    }

    /// The arrangements as records of the transcriber.
    pub(crate) fn transcriptions(&self) -> Vec<Record> {
        let path: PathBuf = crate::root().join("docs/import/arrangements.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        let source = self.source(&CMVP);
        transcription::read(&text, &source).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The acts of XN that `docs/questions.md` describes, and the made-up certificate 577.
    pub(crate) fn made_up(&self) -> Vec<Record> {
        let did = self.did();
        let today = "2025-12-08".parse().unwrap();
        let made = |kind: Kind, place: u8| {
            let id = format!("urn:uuid:01935fa0-0000-7000-8000-0000000000{place:02x}");
            let mut record = draft(kind, &did, &id, today);
            record.comity.authority.clone_from(&did);
            record.issuer.name.clone_from(&self.config.name);
            record
        };
        let mut measure = made(Kind::Arrangement, 1);
        if let Subject::Arrangement(arrangement) = &mut measure.subject {
            **arrangement = own_measure(arrangement, &did);
        }
        measure.valid_from = "2005-01-01T00:00:00Z".parse().unwrap();
        let mut participation = made(Kind::Participation, 2);
        if let Subject::Participation(subject) = &mut participation.subject {
            subject.arrangement.id = format!("{did}#ccra-2014");
            subject.participant =
                comity_model::participation::Participant::Economy(self.config.economy.clone());
            subject.chapters = Vec::new();
            subject.period = comity_model::date::Period::new(
                "2014-09-08".parse::<comity_model::date::Day>().unwrap(),
                None,
            );
        }
        participation.valid_from = "2014-09-08T00:00:00Z".parse().unwrap();
        let mut certificate = made(Kind::Attestation, 3);
        if let Subject::Attestation(subject) = &mut certificate.subject {
            "577".clone_into(&mut subject.comity.certificate_number);
        }
        vec![measure, participation, certificate]
    }

    /// Closes the node and removes what it made.
    pub(crate) async fn end(mut self) {
        if let Some(node) = self.node.take() {
            node.close().await;
        }
        if let Database::Postgres { server, name, .. } = &self.database {
            on_server(
                server,
                format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            )
            .await;
        }
    }
}

/// XN accepts Common Criteria certificates of Germany up to EAL4, by its own word alone.
fn own_measure(
    drafted: &comity_model::arrangement::Arrangement,
    did: &str,
) -> comity_model::arrangement::Arrangement {
    use comity_model::arrangement::{
        ArrangementType, Coverage, DirectedPair, Direction, DirectionMode, LegalNature,
    };
    use comity_model::level::{AboveCap, LevelMode, LevelRule};
    let mut measure = drafted.clone();
    measure.id = format!("{did}#own-measure");
    measure.arrangement_type = ArrangementType::Unilateral;
    measure.legal_nature = LegalNature::UnilateralMeasure;
    measure.signers.truncate(1);
    measure.parties = vec!["XN".to_owned()];
    for chapter in &mut measure.chapters {
        "of-germany".clone_into(&mut chapter.id);
        chapter.direction = Direction {
            mode: DirectionMode::OneWay,
            pairs: vec![DirectedPair {
                from: vec!["DE".to_owned()],
                to: vec!["XN".to_owned()],
                period: None,
            }],
            except: Vec::new(),
        };
        chapter.coverage = Coverage {
            schemes: vec!["CC".to_owned()],
            ..Coverage::default()
        };
        chapter.level = Some(LevelRule {
            scale: "EAL".to_owned(),
            mode: LevelMode::Cap,
            rank: 4,
            within: vec!["ALC_FLR".to_owned()],
            above_cap: AboveCap::AcceptedUpToCap,
        });
        chapter.period = comity_model::date::Period::new(
            "2005-01-01".parse::<comity_model::date::Day>().unwrap(),
            None,
        );
    }
    measure
}

/// The document digest of a record without a proof.
fn digest(record: &Record) -> String {
    to_multibase(sha256(&document(record)))
}

fn document(record: &Record) -> Vec<u8> {
    to_canonical(&record.to_value()).unwrap()
}
