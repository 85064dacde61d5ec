//! The demo as people open it: in one process and in five, with a node that lies; and its end.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command};

use crate::program::{Person, http, wait_until};

/// The last line of what a demo says when it opens.
const LAST_LINE: &str = "End the demo with Ctrl-C.";

/// A demo that runs.
struct Demo {
    child: Child,
    /// Where its nodes answer.
    urls: Vec<String>,
    /// The commands to try.
    commands: Vec<String>,
}

impl Demo {
    /// Opens it with these options; what it keeps on the disk, it keeps below the person's folder.
    fn open(person: &Person, options: &str) -> Self {
        let line = format!("env TMPDIR=\"$PWD\" comity demo --listen 127.0.0.1:0 {options}");
        let mut child = person.begins(&line);
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let (mut urls, mut commands) = (Vec::new(), Vec::<String>::new());
        let mut open = false;
        loop {
            let line = said.next().unwrap_or_else(|| panic!("{line} ended early"));
            let line = line.unwrap();
            if line == LAST_LINE {
                break;
            }
            let shown = line.trim();
            if let Some(rest) = line.strip_prefix("  http://") {
                let host = rest.split(' ').next().unwrap();
                urls.push(format!("http://{host}"));
            } else if line.starts_with("  comity ") || open {
                let text = shown.trim_end_matches('\\');
                match commands.last_mut() {
                    Some(last) if open => last.push_str(text),
                    _ => commands.push(text.to_owned()),
                }
                open = shown.ends_with('\\');
            }
        }
        // Goes on to be read, so that the demo never waits for its reader.
        std::thread::spawn(move || said.count());
        Self {
            child,
            urls,
            commands,
        }
    }

    /// Runs the commands to try, in order; each must end with that code.
    fn tries(&self, person: &Person, codes: [i32; 5]) {
        assert_eq!(self.commands.len(), codes.len(), "{:#?}", self.commands);
        for (command, code) in self.commands.iter().zip(codes) {
            person.does(command).exits(code);
        }
    }

    fn ends(mut self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(sent.success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        self.nobody_answers();
    }

    fn nobody_answers(&self) {
        wait_until("every node of the demo has ended", || {
            let mut urls = self.urls.iter();
            urls.all(|url| http::get(&format!("{url}/health/ready")).is_err())
        });
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What demos have left below the folder.
fn left(person: &Person) -> usize {
    let entries = std::fs::read_dir(person.path(".")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("comity-demo")).count()
}

#[test]
fn five_nodes_in_one_process_answer_as_the_demo_says() {
    let person = Person::new();
    let demo = Demo::open(&person, "");
    assert_eq!(demo.urls.len(), 5);
    demo.tries(&person, [0, 1, 0, 0, 0]);
    finds_what_counts(&demo, &person);
    demo.ends();
    assert_eq!(left(&person), 0);
}

/// Where rules of the destination are held, and where they are not, what counts is found.
fn finds_what_counts(demo: &Demo, person: &Person) {
    let url = demo.urls.first().unwrap();
    let search = |rest: &str| {
        let line = format!("comity search --node {url} --on 2026-06-15 --recognised-in {rest}");
        person.does(&line).exits(0)
    };
    let answer = search("KZ --hs 8516.60 -o json").json();
    assert_eq!(answer["rules"], 1);
    let groups = answer["groups"].as_object().unwrap();
    let shown = groups.values().map(|group| group.as_array().unwrap().len());
    assert!(shown.sum::<usize>() > 0, "{answer}");
    let said = search("JP -o table").text();
    let first = said.lines().next().unwrap();
    assert!(first.starts_with("JP has published no rule "), "{said}");
}

#[test]
fn five_nodes_in_five_processes_answer_alike_and_leave_nothing() {
    let person = Person::new();
    let demo = Demo::open(&person, "--processes");
    assert_eq!(demo.urls.len(), 5);
    assert_eq!(left(&person), 1);
    demo.tries(&person, [0, 1, 0, 0, 0]);
    demo.ends();
    assert_eq!(left(&person), 0);
}

#[test]
fn no_node_outlives_a_demo_that_is_killed() {
    let person = Person::new();
    let mut demo = Demo::open(&person, "--processes");
    demo.child.kill().unwrap();
    demo.child.wait().unwrap();
    demo.nobody_answers();
}

#[test]
fn a_liar_is_shown_by_the_commands_that_the_demo_names() {
    let person = Person::new();
    let demo = Demo::open(&person, "--liar");
    demo.tries(&person, [3, 3, 1, 1, 0]);
    let evidence = std::fs::read_dir(person.path(".")).unwrap();
    let evidence = evidence.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let evidence: Vec<_> = evidence
        .filter(|name| name.ends_with(".fork.json"))
        .collect();
    let [file] = &evidence[..] else {
        panic!("the proof of the fork: {evidence:?}");
    };
    demo.ends();
    person.does(&format!("comity log compare {file}")).exits(1);
}
