//! Somebody who looks at every checkpoint that is shown, and remembers.

use std::collections::BTreeMap;

use comity_tlog::bundle::{self, bundles};
use comity_tlog::checkpoint::{Cosignature, cosignatures, open};
use comity_tlog::note::{SignedNote, Vkey};
use comity_tlog::tree::{Tree, leaf_hash};

use crate::program::federation::{Federation, Member};
use crate::program::http;

/// Every head that was ever seen, and who co-signed how much.
pub(super) struct Watch {
    logs: Vec<Vkey>,
    mirrors: Vec<Vkey>,
    /// Roots by log and size.
    roots: BTreeMap<(usize, u64), [u8; 32]>,
    /// The largest size by mirror and log.
    cosigned: BTreeMap<(usize, usize), u64>,
}

impl Watch {
    pub(super) fn new(world: &Federation) -> Self {
        let members = world.members.iter();
        Self {
            logs: members.clone().map(Member::log_vkey).collect(),
            mirrors: members
                .map(|member| member.cosigner_vkey("mirror"))
                .collect(),
            roots: BTreeMap::new(),
            cosigned: BTreeMap::new(),
        }
    }

    /// Looks at every checkpoint of every running node. Two roots of one size are a fork.
    pub(super) fn looks(&mut self, world: &Federation) {
        for at in world.running() {
            for of in 0..world.members.len() {
                let url = format!("{}{}/checkpoint", world.url(at), world.path_at(at, of));
                // It may have been killed meanwhile, or have mirrored nothing yet.
                if let Ok(answer) = http::get(&url)
                    && answer.is_success()
                {
                    self.sees(of, &answer.body);
                }
            }
        }
    }

    fn sees(&mut self, of: usize, note: &[u8]) {
        let shown = String::from_utf8_lossy(note);
        let note = SignedNote::parse(note).unwrap();
        let head = open(&note, &self.logs[of]).unwrap();
        let (size, root) = (head.size(), *head.root());
        let known = *self.roots.entry((of, size)).or_insert(root);
        assert_eq!(known, root, "a fork: {shown}");
        for line in cosignatures(&note, &self.mirrors) {
            let by = self.mirror(&line);
            let signed = self.cosigned.entry((by, of)).or_default();
            *signed = size.max(*signed);
        }
    }

    fn mirror(&self, line: &Cosignature) -> usize {
        let mut mirrors = self.mirrors.iter();
        mirrors.position(|key| key.name() == line.name).unwrap()
    }

    /// How much of the log of `of` the mirror `at` was ever seen to co-sign.
    pub(super) fn cosigned(&self, at: usize, of: usize) -> u64 {
        self.cosigned.get(&(at, of)).copied().unwrap_or_default()
    }

    /// Every head that was ever shown of a log is one of the log as it is now.
    pub(super) fn one_history(&self, world: &Federation, of: usize) {
        let mut tree = Tree::new();
        let mut roots = BTreeMap::from([(0, tree.root())]);
        for leaf in leaves(world, of) {
            tree.append(leaf).unwrap();
            roots.insert(tree.size(), tree.root());
        }
        let seen = self.roots.range((of, 0)..(of + 1, 0));
        let mut count = 0;
        for (&(_, size), root) in seen {
            assert_eq!(roots.get(&size), Some(root), "size {size}");
            count += 1;
        }
        assert!(count > 1, "hardly any checkpoint was seen");
    }
}

/// The hashes of all entries of a log, as its own node serves them.
fn leaves(world: &Federation, of: usize) -> Vec<[u8; 32]> {
    let prefix = world.path_at(of, of);
    let mut leaves = Vec::new();
    for id in bundles(0, world.size(of)) {
        let bytes = world.shows_at(of, &format!("{prefix}/{}", id.path()));
        leaves.extend(bundle::parse(&bytes).unwrap().into_iter().map(leaf_hash));
    }
    leaves
}

/// The bodies of a log as `at` serves them; empty where an entry has none.
pub(super) fn bodies(world: &Federation, at: usize, of: usize) -> Vec<Vec<u8>> {
    let prefix = world.path_at(at, of);
    let mut bodies = Vec::new();
    for id in bundles(0, world.size(of)) {
        let page = world.shows_at(at, &format!("{prefix}/records/{}", id.index));
        let lines = page.split(|&byte| byte == b'\n');
        let lines = lines.filter(|line| !line.is_empty());
        bodies.extend(lines.map(<[u8]>::to_vec));
    }
    bodies
}
