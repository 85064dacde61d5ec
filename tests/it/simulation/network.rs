//! The network between the nodes. Each question has a fate that is drawn for it alone, from the
//! seed and from who asks whom for what for which time, so that threads cannot change it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Body;
use comity_node::error::Error;
use comity_node::remote::{Answer, Remote, Request};
use comity_signature::digest::sha256;
use futures::FutureExt as _;
use tokio::sync::{Notify, oneshot};
use tower::ServiceExt as _;

use super::Chance;

/// Old answers kept of each path.
const MOST_OLD_ANSWERS: usize = 4;
/// Most steps for which an answer is held back.
const MOST_STEPS_HELD_BACK: u64 = 6;
/// Most bytes of an answer.
const MAX_ANSWER_BYTES: usize = 64 * 1024 * 1024;

/// What becomes of a question.
enum Fate {
    /// It is answered at once.
    Answered,
    /// Nobody hears it.
    Lost,
    /// It is heard, and the answer is lost.
    AnswerLost,
    /// It is heard, and the answer comes so many steps later.
    HeldBack(u64),
    /// An answer to an earlier question of the kind comes instead.
    AnsweredAsBefore,
}

/// A checkpoint that a node gave to somebody.
pub(super) struct Heard {
    pub(super) from: usize,
    pub(super) note: Vec<u8>,
}

/// The network, shared by all nodes.
pub(super) struct Network {
    state: Mutex<State>,
    /// An answer is being held back.
    held_back: Notify,
}

struct State {
    seed: u64,
    /// One that is calm does nothing to any question.
    calm: bool,
    step: u64,
    nodes: Vec<Option<Router>>,
    /// The island on which each node is; there is no way between two.
    islands: Vec<u8>,
    asked: BTreeMap<(usize, usize, String), u64>,
    old: BTreeMap<(usize, String), VecDeque<Answer>>,
    /// Answers that are held back: until which step, whose, and what lets them go.
    waiting: Vec<(u64, usize, oneshot::Sender<()>)>,
    /// Whose answers are not held back, because it is being started.
    hurried: Option<usize>,
    heard: Vec<Heard>,
}

impl Network {
    /// A network that does with the questions of so many nodes what the seed says.
    pub(super) fn new(seed: u64, nodes: usize) -> Arc<Self> {
        let state = State {
            seed,
            calm: false,
            step: 0,
            nodes: vec![None; nodes],
            islands: vec![0; nodes],
            asked: BTreeMap::new(),
            old: BTreeMap::new(),
            waiting: Vec::new(),
            hurried: None,
            heard: Vec::new(),
        };
        Arc::new(Self {
            state: Mutex::new(state),
            held_back: Notify::new(),
        })
    }

    /// The way from a node to another, over this network.
    pub(super) fn way(self: &Arc<Self>, from: usize, to: usize, url: &str) -> Remote {
        let network = Arc::clone(self);
        let carry = move |question| {
            let network = Arc::clone(&network);
            async move { network.carries(from, to, question).await }.boxed()
        };
        Remote::in_process(url, Arc::new(carry))
    }

    /// Carries a question from one node to another, and perhaps an answer back.
    async fn carries(&self, from: usize, to: usize, question: Request) -> Result<Answer, Error> {
        let path = question.path.clone();
        let (fate, router) = self.state().draws(from, to, &path);
        let (Some(router), false) = (router, matches!(fate, Fate::Lost)) else {
            return Err(silence(to));
        };
        let answer = answers(router, question).await;
        let (answer, late) = {
            let mut state = self.state();
            let answer = state.keeps(to, &path, answer, matches!(fate, Fate::AnsweredAsBefore));
            let late = match fate {
                Fate::HeldBack(steps) => Some(state.holds_back(from, steps)),
                _ => None,
            };
            (answer, late)
        };
        if let Some(late) = late {
            self.held_back.notify_one();
            // It comes when its sender goes.
            let _ = late.await;
        }
        if matches!(fate, Fate::AnswerLost) {
            return Err(silence(to));
        }
        Ok(answer)
    }

    /// Asks a node as its own operator does: nothing is lost.
    pub(super) async fn asks_directly(&self, at: usize, path: &str) -> Answer {
        let router = self.state().nodes[at].clone().unwrap();
        let question = Request {
            method: "GET",
            path: path.to_owned(),
            content_type: None,
            body: Vec::new(),
        };
        answers(router, question).await
    }

    /// Comes back when an answer is held back.
    pub(super) async fn holds_something_back(&self) {
        self.held_back.notified().await;
    }

    /// The node is there from now on, or no more.
    pub(super) fn connects(&self, at: usize, router: Option<Router>) {
        self.state().nodes[at] = router;
    }

    /// Cuts these nodes off from the others.
    pub(super) fn cuts_off(&self, group: &[usize]) {
        let mut state = self.state();
        for &at in group {
            state.islands[at] = 1;
        }
    }

    /// All nodes can reach each other again.
    pub(super) fn joins(&self) {
        self.state().islands.fill(0);
    }

    /// From now on nothing is lost, late or old; what is held back arrives.
    pub(super) fn calms_down(&self) {
        let mut state = self.state();
        state.calm = true;
        state.islands.fill(0);
        state.delivers(u64::MAX, None);
    }

    /// Nothing that this node asks is held back, while it cannot do anything else.
    pub(super) fn hurries(&self, at: Option<usize>) {
        self.state().hurried = at;
    }

    /// What this node waits for arrives.
    pub(super) fn lets_go(&self, at: usize) {
        self.state().delivers(0, Some(at));
    }

    /// A step later: what is due arrives.
    pub(super) fn goes_on(&self) {
        let mut state = self.state();
        state.step += 1;
        let step = state.step;
        state.delivers(step, None);
    }

    /// The checkpoints that were given to anybody since this was asked last.
    pub(super) fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.state().heard)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl State {
    /// The fate of a question, and who answers it.
    fn draws(&mut self, from: usize, to: usize, path: &str) -> (Fate, Option<Router>) {
        let router = self.nodes[to].clone();
        if self.islands[from] != self.islands[to] {
            return (Fate::Lost, router);
        }
        if self.calm {
            return (Fate::Answered, router);
        }
        let times = self.asked.entry((from, to, path.to_owned())).or_default();
        *times += 1;
        let which = format!("{} {from} {to} {path} {times}", self.seed);
        let [first, second, third, fourth, ..] = sha256(which.as_bytes());
        let mut chance = Chance(u32::from_be_bytes([first, second, third, fourth]).into());
        let fate = match chance.below(100) {
            65..75 => Fate::Lost,
            75..80 => Fate::AnswerLost,
            80..90 if self.hurried != Some(from) => {
                Fate::HeldBack(1 + chance.below(MOST_STEPS_HELD_BACK))
            }
            90..100 => Fate::AnsweredAsBefore,
            _ => Fate::Answered,
        };
        (fate, router)
    }

    /// Remembers an answer; gives it, or the oldest of its kind.
    fn keeps(&mut self, from: usize, path: &str, answer: Answer, oldest: bool) -> Answer {
        if path.ends_with("/checkpoint") && answer.is_success() {
            let note = answer.body.clone();
            self.heard.push(Heard { from, note });
        }
        let old = self.old.entry((from, path.to_owned())).or_default();
        old.push_back(answer.clone());
        if old.len() > MOST_OLD_ANSWERS {
            old.pop_front();
        }
        match old.front() {
            Some(first) if oldest => first.clone(),
            _ => answer,
        }
    }

    fn holds_back(&mut self, from: usize, steps: u64) -> oneshot::Receiver<()> {
        let (sender, late) = oneshot::channel();
        self.waiting.push((self.step + steps, from, sender));
        late
    }

    /// What is held back until that step, or for that node, arrives: its sender is gone.
    fn delivers(&mut self, step: u64, to: Option<usize>) {
        self.waiting
            .retain(|(due, from, _)| *due > step && Some(*from) != to);
    }
}

fn silence(to: usize) -> Error {
    Error::Remote(format!("node {to} does not answer"))
}

async fn answers(router: Router, question: Request) -> Answer {
    let mut request = axum::http::Request::builder()
        .method(question.method)
        .uri(question.path);
    if let Some(content_type) = question.content_type {
        request = request.header("content-type", content_type);
    }
    let request = request.body(Body::from(question.body)).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let content_type = response.headers().get("content-type");
    let content_type = content_type.map(|value| value.to_str().unwrap().to_owned());
    let body = axum::body::to_bytes(response.into_body(), MAX_ANSWER_BYTES);
    Answer {
        status,
        content_type,
        body: body.await.unwrap().to_vec(),
    }
}
