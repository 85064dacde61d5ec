//! The table of `docs/questions.md`: read, asked, compared.

use std::collections::BTreeMap;

use comity_model::date::{Day, Instant};
use comity_node::recognise::{Ask, selector};
use comity_recognition::policy::{ArrangementRule, PolicyFile, Preference};
use comity_recognition::question::ProductFacts;
use comity_recognition::verdict::{Extent, StepName, Verdict, VerdictResult};

use super::world::World;

/// The policy of a row that names none.
const STANDARD: &str = "standard";

/// What the document says.
pub(crate) struct Document {
    /// What each policy changes.
    policies: BTreeMap<String, Vec<String>>,
    questions: Vec<Question>,
}

/// One row.
struct Question {
    number: u32,
    certificate: String,
    issuer: Option<String>,
    in_economy: String,
    on: Day,
    known_at: Option<Instant>,
    product: ProductFacts,
    policy: String,
    /// The cells of the answer and of the codes, as they stand there.
    answer: String,
    codes: Vec<String>,
}

/// Which questions are asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Those under a policy of their own about other certificates than CMVP's.
    PoliciesWithoutCmvp,
    /// All others.
    Rest,
}

/// What came of a question.
pub(crate) struct Asked {
    pub(crate) number: u32,
    pub(crate) verdict: Verdict,
    /// Its policy accepts or excludes arrangements.
    pub(crate) of_arrangements: bool,
    pub(crate) faults: Vec<String>,
}

impl Document {
    pub(crate) fn read() -> Self {
        let text = std::fs::read_to_string(crate::root().join("docs/questions.md")).unwrap();
        let rows_below = |heading: &str| -> Vec<Vec<String>> {
            let section = text
                .split("\n## ")
                .find(|section| section.starts_with(heading));
            let rows = section
                .unwrap()
                .lines()
                .filter(|line| line.starts_with('|'));
            rows.skip(2).map(cells).collect()
        };
        let policies = rows_below("Policies")
            .into_iter()
            .map(|row| {
                let [name, change] = row.try_into().unwrap();
                (name, quoted(&change, &change))
            })
            .collect();
        let questions = rows_below("Questions")
            .into_iter()
            .map(Question::of)
            .collect();
        Self {
            policies,
            questions,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.questions.len()
    }

    /// Asks one part of the questions, those of one policy after another.
    pub(crate) async fn ask(&self, world: &mut World, part: Part) -> Vec<Asked> {
        let mut by_policy: BTreeMap<&str, Vec<&Question>> = BTreeMap::new();
        for question in self
            .questions
            .iter()
            .filter(|question| question.part() == part)
        {
            by_policy
                .entry(&question.policy)
                .or_default()
                .push(question);
        }
        let standard = world.standard_policy();
        let mut asked = Vec::new();
        for (name, questions) in by_policy {
            let policy = match name {
                STANDARD => standard.clone(),
                name => changed(&standard, world, self.policies.get(name).unwrap()),
            };
            let of_arrangements = !policy.arrangement.is_empty();
            if world.node().policy().file() != &policy {
                world.believe(policy).await;
            }
            for question in questions {
                asked.push(question.ask(world, of_arrangements).await);
            }
        }
        if world.node().policy().file() != &standard {
            world.believe(standard).await;
        }
        asked
    }
}

fn cells(row: &str) -> Vec<String> {
    let inner = row.trim().trim_matches('|');
    inner
        .split('|')
        .map(|cell| cell.trim().to_owned())
        .collect()
}

/// What stands in backticks, with the words before them: a change of a policy.
fn quoted(text: &str, whole: &str) -> Vec<String> {
    let code: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    assert_eq!(code.len(), 1, "one change in backticks: {whole}");
    vec![
        text.split('`').next().unwrap_or_default().trim().to_owned(),
        code.concat(),
    ]
}

/// The standard policy with one change.
fn changed(standard: &PolicyFile, world: &World, change: &[String]) -> PolicyFile {
    let [verb, what] = change else {
        panic!("{change:?}");
    };
    let mut policy = standard.clone();
    let rule = |rule| ArrangementRule {
        authority: world.did(),
        name: format!("{}#{what}", world.did()),
        digest: None,
        rule,
    };
    match verb.as_str() {
        "without importer" => {
            let before = policy.importers.len();
            policy.importers.retain(|importer| importer.system != *what);
            assert_eq!(policy.importers.len() + 1, before, "{what}");
        }
        "accept" => policy.arrangement.push(rule(Preference::Accept)),
        "exclude" => policy.arrangement.push(rule(Preference::Exclude)),
        "" => {
            let mut table = toml::Table::try_from(&policy).unwrap();
            table.extend(what.parse::<toml::Table>().unwrap());
            policy = table.try_into().unwrap();
        }
        verb => panic!("no such change of a policy: {verb}"),
    }
    policy
}

impl Question {
    fn of(row: Vec<String>) -> Self {
        let [
            number,
            certificate,
            in_economy,
            on,
            besides,
            answer,
            codes,
            _why,
        ] = row.try_into().unwrap();
        let mut question = Self {
            number: number.parse().unwrap(),
            certificate,
            issuer: None,
            in_economy,
            on: on.parse().unwrap(),
            known_at: None,
            product: ProductFacts::default(),
            policy: STANDARD.to_owned(),
            answer,
            codes: codes
                .split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect(),
        };
        match besides.split_once(' ') {
            None => assert!(besides.is_empty(), "{besides}"),
            Some(("policy", name)) => name.clone_into(&mut question.policy),
            Some(("known", at)) => question.known_at = Some(at.parse().unwrap()),
            Some(("issuer", issuer)) => question.issuer = Some(issuer.to_owned()),
            Some(("holder", name)) => question.product.holder = Some(name.to_owned()),
            Some(("standard", text)) => {
                question.product.standard = Some(text.parse().unwrap());
            }
            Some((word, _)) => panic!("question {number}: {word}?"),
        }
        question
    }

    fn part(&self) -> Part {
        let of_cmvp = self.certificate.bytes().all(|byte| byte.is_ascii_digit());
        if self.policy == STANDARD || of_cmvp {
            Part::Rest
        } else {
            Part::PoliciesWithoutCmvp
        }
    }

    async fn ask(&self, world: &World, of_arrangements: bool) -> Asked {
        let mut ask = Ask::new(
            selector(&self.certificate, self.issuer.as_deref()),
            &self.in_economy,
        );
        ask.on = Some(self.on);
        ask.known_at = self.known_at;
        ask.product = self.product.clone();
        let answered = world.node().recognise(ask).await;
        let verdict = answered.unwrap_or_else(|error| panic!("{error}")).verdict;
        let faults = self.compare(&verdict);
        Asked {
            number: self.number,
            verdict,
            of_arrangements,
            faults,
        }
    }

    fn compare(&self, verdict: &Verdict) -> Vec<String> {
        let code_of = |step: StepName| verdict.step(step).map_or("", |step| step.code.as_str());
        let decisive = code_of(verdict.decisive_step);
        let steps: Vec<&str> = verdict
            .steps
            .iter()
            .map(|step| step.code.as_str())
            .collect();
        let first = self.codes.first().map_or("", String::as_str);
        let further = self.codes.iter().all(|code| steps.contains(&code.as_str()));
        let answer = words(verdict);
        if answer == self.answer && decisive == first && further {
            return Vec::new();
        }
        vec![format!(
            "question {}: {} in {} on {} ({})\n  by hand: {}, {}\n  asked:   {answer}, {decisive}\n  \
             steps: {}\n  paths: {:?}",
            self.number,
            self.certificate,
            self.in_economy,
            self.on,
            self.policy,
            self.answer,
            self.codes.join(" "),
            steps.join(" "),
            verdict
                .paths
                .iter()
                .map(|path| format!("{} {:?} {}", path.chapter, path.result, path.code.as_str()))
                .collect::<Vec<_>>(),
        )]
    }
}

/// A verdict in the words of the table.
fn words(verdict: &Verdict) -> String {
    let result = match verdict.result {
        VerdictResult::Recognised => "recognised",
        VerdictResult::RecognisedWithConditions => "recognised with conditions",
        VerdictResult::ResultsOnly => "results only",
        VerdictResult::CannotTell => return "cannot tell".to_owned(),
        VerdictResult::NotRecognised => return "not recognised".to_owned(),
    };
    let extent = match &verdict.extent {
        Extent::Full => "full".to_owned(),
        Extent::CappedAt(level) => format!("up to {level}"),
    };
    let basis = serde_json::to_value(verdict.basis).unwrap();
    let chapter = match verdict.paths.first() {
        None => "domestic",
        Some(path) => path.chapter.split_once('#').map_or("", |(_, name)| name),
    };
    format!("{result}, {extent}, {}, {chapter}", basis.as_str().unwrap())
}

/// Enough of them, numbered in order, in every result, and some that only the policy decides.
#[test]
fn there_are_enough_questions() {
    let document = Document::read();
    let numbers = document.questions.iter().map(|question| question.number);
    assert!(numbers.eq(1..=u32::try_from(document.questions.len()).unwrap()));
    assert!(document.questions.len() >= 40);
    for result in [
        "recognised, full",
        "recognised, up to",
        "not recognised",
        "cannot tell",
    ] {
        let count = (document.questions.iter())
            .filter(|question| question.answer.starts_with(result))
            .count();
        assert!(count >= 10, "{count} of {result}");
    }
    let by_policy = (document.questions.iter())
        .filter(|question| question.policy != STANDARD)
        .count();
    assert!(by_policy >= 5, "{by_policy}");
    for policy in document.policies.keys() {
        let used = document
            .questions
            .iter()
            .any(|question| question.policy == *policy);
        assert!(used, "no question under {policy}");
    }
}
