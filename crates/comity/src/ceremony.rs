//! The ceremony of key lists: who must sign a paper, who has, and joining what several signed.
//!
//! A *paper* is a `FederationList` or a `MemberKeys` on its way to being a record: canonical JSON
//! with as many proofs as were made so far. Everything here works on bytes alone, so that the
//! machine with the root key never needs a network.

pub(crate) mod facts;
pub(crate) mod roots;
#[cfg(test)]
mod tests;

use anyhow::Result;
use comity_model::date::Instant;
use comity_model::federation::{FederationList, MemberKeys, Roots};
use comity_model::record::{Kind, Record, Subject};
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity::{self, Invalid, MAX_PROOFS};
use comity_signature::digest;
use serde_json::Value;

use crate::commands::record::read_draft;
use crate::exit::Failure;
use crate::input::one_document;
use crate::key::NamedKey;

/// A key list with the proofs it carries, each of them verified.
#[derive(Clone, Debug)]
pub(crate) struct Paper {
    /// Where it was read, for messages.
    pub(crate) name: String,
    /// Canonical bytes, proofs included.
    pub(crate) bytes: Vec<u8>,
    /// What it says.
    pub(crate) record: Record,
    /// Document digest: what is read aloud, and what the next version names as `previous`.
    pub(crate) digest: [u8; 32],
    /// Who signed, as `DID#key`, sorted.
    pub(crate) signed: Vec<String>,
}

impl Paper {
    /// Reads a file that holds one paper.
    pub(crate) fn open(name: &str) -> Result<Self> {
        Self::read(name, &one_document(name)?.bytes)
    }

    /// Reads a paper and verifies the proofs that it carries.
    pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let (record, _) = read_draft(name, bytes)?;
        if !matches!(record.kind(), Kind::FederationList | Kind::MemberKeys) {
            let what = format!("{name} is a {}, no key list", record.kind());
            return Err(Failure::usage(what)
                .help("a ceremony is about a federation list or an economy's member keys; other records: comity sign")
                .into());
        }
        let limits = Limits::default();
        let bytes = canonical::canonicalise(bytes, &limits)?;
        let document = canonical::check(&bytes, &limits)?;
        let signed = match data_integrity::verify(&document) {
            Ok(verified) => {
                let methods = verified.signers.iter();
                let mut methods: Vec<String> = methods
                    .map(|signer| method(&signer.did, &signer.key.to_multikey()))
                    .collect();
                methods.sort();
                methods
            }
            Err(Invalid::NoProof) => Vec::new(),
            Err(invalid) => {
                return Err(Failure::no(format!("{name}: {invalid}"))
                    .help("the file was changed on its way; have its signer send it again")
                    .into());
            }
        };
        let digest = digest::document_digest(&document);
        Ok(Self {
            name: name.to_owned(),
            digest,
            signed,
            record,
            bytes,
        })
    }

    /// The federation list, if it is one.
    pub(crate) fn list(&self) -> Option<&FederationList> {
        match &self.record.subject {
            Subject::FederationList(list) => Some(list),
            _ => None,
        }
    }

    /// The member keys, if it is these.
    pub(crate) fn keys(&self) -> Option<&MemberKeys> {
        match &self.record.subject {
            Subject::MemberKeys(keys) => Some(keys),
            _ => None,
        }
    }

    /// Its version.
    pub(crate) fn version(&self) -> u64 {
        match &self.record.subject {
            Subject::FederationList(list) => list.version,
            Subject::MemberKeys(keys) => keys.version,
            _ => 0,
        }
    }

    /// From when it holds.
    fn effective_from(&self) -> Option<Instant> {
        match &self.record.subject {
            Subject::FederationList(list) => Some(list.effective_from),
            Subject::MemberKeys(keys) => Some(keys.effective_from),
            _ => None,
        }
    }

    /// The document digest of the version before, if it names one.
    pub(crate) fn previous(&self) -> Option<&str> {
        match &self.record.subject {
            Subject::FederationList(list) => list.previous.as_deref(),
            Subject::MemberKeys(keys) => keys.previous.as_deref(),
            _ => None,
        }
    }

    /// The same paper with the proof of one more signer, whom `rule` must name.
    pub(crate) fn signed_by(&self, key: &NamedKey, rule: &Rule) -> Result<Vec<u8>> {
        let own = method(&key.did, &key.key.verifying_key().to_multikey());
        if !rule.names(&own) {
            return Err(Failure::no(format!(
                "{}: {own} is not among those who sign it",
                self.name
            ))
            .help(format!("it is signed by {}", rule.listed()))
            .into());
        }
        let limits = Limits::default();
        key.key.sign(&self.bytes, &key.did, None, &limits)
    }
}

/// How a signer stands in a proof.
pub(crate) fn method(did: &str, key: &str) -> String {
    format!("{did}#{key}")
}

/// A set of keys of which so many must sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// Who they are, in words.
    pub(crate) what: String,
    /// How many must sign.
    pub(crate) needed: usize,
    /// Each, as `DID#key`.
    pub(crate) members: Vec<String>,
}

/// How a group stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Who they are, in words.
    pub(crate) what: String,
    /// How many must sign.
    pub(crate) needed: usize,
    /// Who did.
    pub(crate) signed: Vec<String>,
    /// Who did not, and may.
    pub(crate) open: Vec<String>,
}

impl Standing {
    /// Whether enough have signed.
    pub(crate) fn is_met(&self) -> bool {
        self.signed.len() >= self.needed
    }
}

/// Who signs a paper (format.md 1.5): of every group at least its number, and nobody else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The groups.
    pub(crate) groups: Vec<Group>,
}

impl Rule {
    /// The rule of `paper`, after the version before it. Member keys need the federation `lists`
    /// that name their roots, unless the version before replaced them.
    pub(crate) fn of(paper: &Paper, previous: Option<&Paper>, lists: &[&Paper]) -> Result<Self> {
        follows(paper, previous)?;
        let groups = match &paper.record.subject {
            Subject::FederationList(new) => {
                let earlier = previous.and_then(Paper::list);
                let mut groups: Vec<Group> = earlier.map(keyholders).into_iter().collect();
                groups.push(keyholders(new));
                groups
            }
            Subject::MemberKeys(new) => roots_of(new, paper, previous.as_slice(), lists)?,
            _ => Vec::new(),
        };
        Ok(Self { groups })
    }

    /// The rule of a list alone: its own keyholders. Those of the version before are not asked,
    /// since whoever pins this list does not rest on them.
    pub(crate) fn of_own(list: &Paper) -> Self {
        Self {
            groups: list.list().map(keyholders).into_iter().collect(),
        }
    }

    /// The rule of member keys after the versions before it that are at hand: where the one right
    /// before is held elsewhere, by the lists alone.
    pub(crate) fn after(paper: &Paper, earlier: &[&Paper], lists: &[&Paper]) -> Result<Self> {
        if !earlier.is_empty() || paper.version() <= 1 {
            follows(paper, earlier.last().copied())?;
        }
        let groups = match paper.keys() {
            Some(keys) => roots_of(keys, paper, earlier, lists)?,
            None => Vec::new(),
        };
        Ok(Self { groups })
    }

    /// Whether `method` may sign.
    pub(crate) fn names(&self, method: &str) -> bool {
        let mut groups = self.groups.iter();
        groups.any(|group| group.members.iter().any(|member| member == method))
    }

    /// How every group stands, given who signed.
    pub(crate) fn standing(&self, signed: &[String]) -> Vec<Standing> {
        let stands = |group: &Group| {
            let (done, open) =
                (group.members.iter().cloned()).partition(|member| signed.contains(member));
            Standing {
                what: group.what.clone(),
                needed: group.needed,
                signed: done,
                open,
            }
        };
        self.groups.iter().map(stands).collect()
    }

    fn listed(&self) -> String {
        let groups = self.groups.iter().map(|group| {
            let members = group.members.join(" ");
            format!("{} of the {}: {members}", group.needed, group.what)
        });
        groups.collect::<Vec<_>>().join("; and by ")
    }
}

/// Whether `paper` is the version right after `previous`, in the same series.
pub(crate) fn follows(paper: &Paper, previous: Option<&Paper>) -> Result<()> {
    let (name, version) = (&paper.name, paper.version());
    let Some(previous) = previous else {
        if version <= 1 {
            return Ok(());
        }
        let what = format!(
            "{name} is version {version}, and who signs it stands in version {}",
            version - 1
        );
        return Err(Failure::usage(what)
            .help("give the file of the version before with --previous")
            .into());
    };
    let wrong = |why: String| {
        let what = format!("{name} does not follow {}: {why}", previous.name);
        Failure::no(what).help("give the version right before it, and only that")
    };
    if paper.record.kind() != previous.record.kind() {
        let why = format!(
            "one is a {}, the other a {}",
            paper.record.kind(),
            previous.record.kind()
        );
        return Err(wrong(why).into());
    }
    if previous.version() + 1 != version {
        let why = format!("versions {} and {version}", previous.version());
        return Err(wrong(why).into());
    }
    if paper.previous() != Some(digest::to_multibase(previous.digest).as_str()) {
        let why = format!(
            "it names {} as the version before, and this is {}",
            paper.previous().unwrap_or("nothing"),
            digest::to_multibase(previous.digest)
        );
        return Err(wrong(why).into());
    }
    if let (Some(new), Some(old)) = (paper.keys(), previous.keys())
        && (new.economy != old.economy || paper.record.issuer.id != previous.record.issuer.id)
    {
        return Err(wrong("they are of two authorities".to_owned()).into());
    }
    if let (Some(new), Some(old)) = (paper.effective_from(), previous.effective_from())
        && new < old
    {
        let what = format!(
            "{name} takes effect at {new}, and {}, which it follows, at {old}",
            previous.name
        );
        return Err(Failure::no(what)
            .help("draft it anew with --effective-from no earlier than that: no node takes it so")
            .into());
    }
    Ok(())
}

fn keyholders(list: &FederationList) -> Group {
    Group {
        what: format!("keyholders of version {}", list.version),
        needed: count(list.threshold),
        members: (list.keyholders.iter())
            .map(|holder| method(&holder.did, &holder.key))
            .collect(),
    }
}

/// The roots that sign now, and those that `new` puts in their place.
fn roots_of(
    new: &MemberKeys,
    paper: &Paper,
    earlier: &[&Paper],
    lists: &[&Paper],
) -> Result<Vec<Group>> {
    let did = &paper.record.issuer.id;
    let group = |what: String, roots: &Roots| Group {
        what,
        needed: count(roots.threshold),
        members: roots.keys.iter().map(|key| method(did, key)).collect(),
    };
    let current = roots::in_force(new, did, earlier, lists)?.ok_or_else(|| {
        Failure::usage(format!("who signs {} is not known", paper.name))
            .help("give the federation list that names the roots of this economy with --list")
    })?;
    let mut groups = vec![group(format!("roots of {}", new.economy), &current)];
    if let Some(replaced) = new.roots.as_ref().map(roots::as_set)
        && replaced != current
    {
        groups.push(group(format!("new roots of {}", new.economy), &replaced));
    }
    Ok(groups)
}

fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Joins the proofs of several copies of one paper (format.md 1.5): one proof an object, several
/// an array sorted by `verificationMethod`, nobody whom `rule` does not name.
pub(crate) fn joined(copies: &[Paper], rule: &Rule) -> Result<Paper> {
    let Some(first) = copies.first() else {
        return Err(Failure::usage("there is nothing to join").into());
    };
    let mut proofs: Vec<(String, Value)> = Vec::new();
    for copy in copies {
        if copy.digest != first.digest {
            let what = format!("{} and {} are not the same document", first.name, copy.name);
            return Err(Failure::no(what)
                .help("compare the words of both: comity ceremony show")
                .into());
        }
        for (signer, proof) in proofs_of(copy)? {
            if !rule.names(&signer) {
                let what = format!(
                    "{}: {signer} signed it and is not among those who do",
                    copy.name
                );
                return Err(Failure::no(what)
                    .help(format!(
                        "leave that proof out; it is signed by {}",
                        rule.listed()
                    ))
                    .into());
            }
            if !proofs.iter().any(|(held, _)| *held == signer) {
                proofs.push((signer, proof));
            }
        }
    }
    if proofs.len() > MAX_PROOFS {
        let what = format!(
            "{} proofs, and a record has at most {MAX_PROOFS}",
            proofs.len()
        );
        return Err(Failure::no(what)
            .help("leave out copies of those whose groups have enough signers")
            .into());
    }
    proofs.sort_by(|one, other| one.0.cmp(&other.0));
    let mut document: Value = serde_json::from_slice(&first.bytes)?;
    let mut values = proofs.into_iter().map(|(_, proof)| proof);
    let proof = match values.len() {
        0 => return Ok(first.clone()),
        1 => values.next().unwrap_or_default(),
        _ => Value::Array(values.collect()),
    };
    document["proof"] = proof;
    let bytes = canonical::to_canonical(&document)?;
    data_integrity::published_form(&canonical::check(&bytes, &Limits::default())?)?;
    Paper::read(&first.name, &bytes)
}

/// The proofs of a paper, each with its `verificationMethod`.
fn proofs_of(paper: &Paper) -> Result<Vec<(String, Value)>> {
    let mut document: Value = serde_json::from_slice(&paper.bytes)?;
    let proofs = match document["proof"].take() {
        Value::Null => Vec::new(),
        Value::Array(proofs) => proofs,
        proof => vec![proof],
    };
    let named = proofs.into_iter().map(|proof| {
        let method = proof["verificationMethod"].as_str().unwrap_or_default();
        (method.to_owned(), proof)
    });
    Ok(named.collect())
}
