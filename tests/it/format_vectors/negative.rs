//! Records that must be refused: each is a genuine record of the story, changed in one way.

use comity_signature::canonical::{self, Limits};
use comity_signature::digest;
use serde_json::{Value, json};

use super::story::{BODY, LABORATORY, NORDA, SUDA, Signed, canonical_bytes, key, sign};

/// A record that must be refused.
pub(crate) struct Negative {
    /// File name below `negative/`.
    pub(crate) file: &'static str,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Who refuses it.
    pub(crate) layer: Layer,
    /// The stable code of the refusal.
    pub(crate) code: &'static str,
    /// What it would be good for.
    pub(crate) attack: &'static str,
}

/// The check that must refuse a record; all before it accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    /// The bytes are not the canonical form of a document within the limits.
    Canonical,
    /// A proof does not hold.
    Signature,
    /// The proofs do not stand in the one published form.
    PublishedForm,
    /// The document breaks a field rule.
    Record,
    /// Somebody who must have signed did not, or somebody who may not did.
    Signers,
}

impl Layer {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::Signature => "signature",
            Self::PublishedForm => "publishedForm",
            Self::Record => "record",
            Self::Signers => "signers",
        }
    }
}

/// All of them, in the order of their numbers.
pub(crate) fn negatives(records: &[Signed], further: &[Signed]) -> Vec<Negative> {
    let genuine = |file: &str| {
        let record = records.iter().find(|record| record.file == file).unwrap();
        String::from_utf8(record.bytes.clone()).unwrap()
    };
    let attestation = genuine("attestation.json");
    let arrangement = genuine("arrangement.json");
    let mut all = bytes_of(&attestation, &genuine("registration-laboratory.json"));
    all.extend(changes_of(&attestation));
    all.extend(proofs_of(&attestation));
    all.extend(forms_of(&arrangement));
    all.extend(curve_of(&attestation));
    all.extend(rules_of(further));
    all
}

/// Field rules of the kinds that came later: each document is changed in one way and signed anew by
/// whom it then names.
fn rules_of(further: &[Signed]) -> Vec<Negative> {
    let mut all = import_rules_of(further);
    all.extend(standards_of(further));
    all.extend(commitments_of(further));
    all.extend(promises_of(further));
    all.extend(notices_of(further));
    all
}

const BY_LABORATORY: (&str, &str) = (LABORATORY, "norda laboratory 1");
const BY_SUDA: (&str, &str) = (SUDA, "suda authority");

/// A record of the folder `further`, changed and signed anew.
fn changed(
    further: &[Signed],
    from: &str,
    change: &dyn Fn(&mut Value),
    signer: (&str, &str),
) -> Vec<u8> {
    let record = further.iter().find(|record| record.file == from).unwrap();
    let (mut body, _) = without_proof(&serde_json::from_slice(&record.bytes).unwrap());
    change(&mut body);
    sign(&body, &[signer], CREATED)
}

fn of(file: &'static str, bytes: Vec<u8>, code: &'static str, attack: &'static str) -> Negative {
    Negative {
        file,
        bytes,
        layer: Layer::Record,
        code,
        attack,
    }
}

/// Who speaks for a destination, and what can be read in two ways.
fn import_rules_of(further: &[Signed]) -> Vec<Negative> {
    let by_body = |body: &mut Value| {
        body["issuer"]["id"] = json!(LABORATORY);
        body["comity"]["authority"] = json!(NORDA);
    };
    vec![
        of(
            "20-import-rule-by-a-body.json",
            changed(further, "import-rule-refused.json", &by_body, BY_LABORATORY),
            "signer",
            "a body that is registered somewhere closes a market to its competitors",
        ),
        of(
            "21-import-rule-refuses-everything.json",
            changed(
                further,
                "import-rule-refused.json",
                &|body| body["credentialSubject"]["attestations"] = json!({"schemes": []}),
                BY_SUDA,
            ),
            "empty",
            "a list left out by mistake refuses every attestation there is",
        ),
        of(
            "22-import-rule-asks-and-refuses.json",
            changed(
                further,
                "import-rule-required.json",
                &|body| {
                    body["credentialSubject"]["attestations"] = json!({"schemes": ["EX-QUICK"]});
                },
                BY_SUDA,
            ),
            "effect",
            "one rule is read as asking by some and as refusing by others",
        ),
        of(
            "23-deviation-of-any-edition.json",
            changed(
                further,
                "import-rule-required.json",
                &|body| {
                    body["credentialSubject"]["requirements"][1]["deviation"]["standard"] =
                        json!("IEC 60335-2-15");
                },
                BY_SUDA,
            ),
            "edition",
            "a clause of another edition, which is about something else, is taken for covered",
        ),
    ]
}

/// Editions ended before their time, or adopted in two ways.
fn standards_of(further: &[Signed]) -> Vec<Negative> {
    vec![
        of(
            "24-coexistence-ended-before-it-began.json",
            changed(
                further,
                "standard.json",
                &|body| {
                    body["credentialSubject"]["replaces"][0]["coexistsUntil"] = json!("2020-12-31");
                },
                BY_SUDA,
            ),
            "order",
            "an edition is ended years back, and every certificate to it with it",
        ),
        of(
            "25-identical-and-modified.json",
            changed(
                further,
                "standard.json",
                &|body| {
                    let adopts = body["credentialSubject"]["adopts"].as_array_mut().unwrap();
                    adopts
                        .push(json!({"standard": "IEC 60335-2-15-2012", "correspondence": "IDT"}));
                },
                BY_SUDA,
            ),
            "duplicate",
            "identical to some and modified to others, in two spellings of one edition",
        ),
    ]
}

/// Two contents for one report, and a number taken out again.
fn commitments_of(further: &[Signed]) -> Vec<Negative> {
    vec![
        of(
            "26-commitment-of-one-number-twice.json",
            changed(
                further,
                "commitment.json",
                &|body| {
                    body["credentialSubject"]["reports"][1]["number"] = json!("nel-t 2026/0193");
                },
                BY_LABORATORY,
            ),
            "duplicate",
            "two contents for one report: the one that is asked for is the one that is shown",
        ),
        of(
            "27-commitment-that-replaces.json",
            changed(
                further,
                "commitment.json",
                &|body| {
                    body["comity"]["replaces"] = json!({
                        "authority": NORDA,
                        "digestMultibase": digest::to_multibase([7; 32]),
                        "id": "urn:uuid:019bb2c3-4d00-7000-8000-0000000000ff",
                        "issuer": LABORATORY,
                    });
                },
                BY_LABORATORY,
            ),
            "replaces",
            "a number is taken out when somebody asks for its report",
        ),
    ]
}

/// Promises for others, and without a certain beginning.
fn promises_of(further: &[Signed]) -> Vec<Negative> {
    vec![
        of(
            "28-coverage-of-anothers-bodies.json",
            changed(
                further,
                "coverage-statement.json",
                &|body| {
                    body["credentialSubject"]["issuers"][0] =
                        json!({"id": "did:web:lab.suda.example", "registeredBy": SUDA});
                },
                BY_LABORATORY,
            ),
            "coverage",
            "a rival promises completeness for a body, and its certificates are proved absent",
        ),
        of(
            "29-coverage-before-its-period.json",
            changed(
                further,
                "coverage-statement.json",
                &|body| body["credentialSubject"]["since"] = json!("2020-01-01"),
                BY_LABORATORY,
            ),
            "order",
            "due for an old certificate to some, not yet given to others",
        ),
    ]
}

/// Time to answer, and words of its own.
fn notices_of(further: &[Signed]) -> Vec<Negative> {
    vec![
        of(
            "30-notice-answered-before-asked.json",
            changed(
                further,
                "notice-request.json",
                &|body| body["credentialSubject"]["answerBy"] = json!("2026-02-28"),
                BY_SUDA,
            ),
            "order",
            "\"did not answer\" of one who was asked today",
        ),
        of(
            "31-notice-reply-imported.json",
            changed(
                further,
                "notice-reply.json",
                &|body| {
                    body["comity"]["importedFrom"] = json!({
                        "attributedTo": {
                            "economies": ["XS"],
                            "id": "https://authority.suda.example/",
                            "name": "Ведомство по стандартам Суды",
                        },
                        "fetchedOn": "2026-04-02",
                        "sourceId": "reply 1",
                        "sourceSigned": false,
                        "system": "mailbox",
                    });
                },
                BY_LABORATORY,
            ),
            "importedKind",
            "an answer is put into another authority's mouth",
        ),
    ]
}

/// Not the canonical bytes.
fn bytes_of(attestation: &str, registration: &str) -> Vec<Negative> {
    let value: Value = serde_json::from_str(attestation).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    // The proof in front: the same document to every parser, other bytes.
    let (body, proof) = without_proof(&value);
    let body = String::from_utf8(canonical_bytes(&body)).unwrap();
    let proof_text = String::from_utf8(canonical_bytes(&proof)).unwrap();
    let reordered = format!("{{\"proof\":{proof_text},{}", &body[1..]);
    let duplicate = change(
        attestation,
        "\"certificateNumber\":",
        "\"certificateNumber\":\"NEL-2026-9999\",\"certificateNumber\":",
    );
    let large = change(
        registration,
        "\"version\":1",
        "\"version\":9007199254740992",
    );
    let escaped = change(attestation, "诺达水壶", "\\u8bfa达水壶");
    vec![
        Negative {
            file: "01-pretty-printed.json",
            bytes: pretty.into_bytes(),
            layer: Layer::Canonical,
            code: "whitespace",
            attack: "a second record digest for one signature: one document stands in the log many times",
        },
        Negative {
            file: "02-not-canonical-order.json",
            bytes: reordered.into_bytes(),
            layer: Layer::Canonical,
            code: "namesOutOfOrder",
            attack: "as 01, by the order of members",
        },
        Negative {
            file: "03-escape-not-minimal.json",
            bytes: escaped.into_bytes(),
            layer: Layer::Canonical,
            code: "escapeNotMinimal",
            attack: "as 01, by the spelling of a text",
        },
        Negative {
            file: "04-duplicate-member.json",
            bytes: duplicate.into_bytes(),
            layer: Layer::Canonical,
            code: "duplicateName",
            attack: "one reader takes the first of two values, another the last; both find the signature valid",
        },
        Negative {
            file: "05-integer-too-large.json",
            bytes: large.into_bytes(),
            layer: Layer::Canonical,
            code: "integerTooLarge",
            attack: "2^53 and 2^53 + 1 are one number to some readers and two to others",
        },
    ]
}

/// A text or a context changed after signing.
fn changes_of(attestation: &str) -> Vec<Negative> {
    let value: Value = serde_json::from_str(attestation).unwrap();
    let (body, _) = without_proof(&value);
    let extra = json!("https://attacker.example/context");
    let mut appended = value.clone();
    appended["@context"]
        .as_array_mut()
        .unwrap()
        .push(extra.clone());
    let mut appended_and_signed = body.clone();
    appended_and_signed["@context"]
        .as_array_mut()
        .unwrap()
        .push(extra);
    let mut no_context = value.clone();
    no_context["proof"]
        .as_object_mut()
        .unwrap()
        .remove("@context");
    let changed = change(
        attestation,
        "\"validUntil\":\"2029-03-15\"",
        "\"validUntil\":\"2039-03-15\"",
    );
    vec![
        Negative {
            file: "06-text-changed.json",
            bytes: changed.into_bytes(),
            layer: Layer::Signature,
            code: "signatureWrong",
            attack: "ten years more for a certificate",
        },
        Negative {
            file: "07-context-appended.json",
            bytes: canonical_bytes(&appended),
            layer: Layer::Signature,
            code: "contextDiffers",
            attack: "gives members another meaning after signing; software that follows the W3C algorithm accepts it",
        },
        Negative {
            file: "08-context-appended-and-signed.json",
            bytes: sign(
                &appended_and_signed,
                &[(LABORATORY, "norda laboratory 1")],
                CREATED,
            ),
            layer: Layer::Record,
            code: "context",
            attack: "gives members another meaning with the signer's help",
        },
        Negative {
            file: "09-proof-without-context.json",
            bytes: resign(&no_context, "norda laboratory 1", false),
            layer: Layer::Signature,
            code: "contextDiffers",
            attack: "some verifiers accept a proof without @context and some refuse it: two truths",
        },
    ]
}

/// Proofs made by hand, or by the wrong key.
fn proofs_of(attestation: &str) -> Vec<Negative> {
    let value: Value = serde_json::from_str(attestation).unwrap();
    let (body, _) = without_proof(&value);
    let other_body = sign(&body, &[(BODY, "norda accreditation body")], CREATED);
    vec![
        Negative {
            file: "10-purpose-changed.json",
            bytes: purpose_changed(&value),
            layer: Layer::Signature,
            code: "purposeWrong",
            attack: "a signature made to log in somewhere is shown as a statement",
        },
        Negative {
            file: "11-hash-order-swapped.json",
            bytes: resign(&value, "norda laboratory 1", true),
            layer: Layer::Signature,
            code: "signatureWrong",
            attack: "the document's hash before the proof's: software that agrees with itself only",
        },
        Negative {
            file: "12-signed-by-another-key.json",
            bytes: resign(&value, "norda laboratory 2", false),
            layer: Layer::Signature,
            code: "signatureWrong",
            attack: "names one key and is signed by another",
        },
        Negative {
            file: "13-signed-by-another-body.json",
            bytes: other_body,
            layer: Layer::Signers,
            code: "issuer",
            attack: "a valid signature of somebody who is not the issuer",
        },
    ]
}

/// A proof set that is not the published one.
fn forms_of(arrangement: &str) -> Vec<Negative> {
    let value: Value = serde_json::from_str(arrangement).unwrap();
    let (body, proof) = without_proof(&value);
    let proofs = proof.as_array().unwrap();
    let with = |proof: Value| {
        let mut document = body.clone();
        document["proof"] = proof;
        canonical_bytes(&document)
    };
    let third = sign(&value, &[(LABORATORY, "norda laboratory 1")], CREATED);
    vec![
        Negative {
            file: "14-cosigner-stripped.json",
            bytes: sign(&body, &[(NORDA, "norda authority")], CREATED),
            layer: Layer::Signers,
            code: "signers",
            attack: "one side shows an agreement that the other never signed",
        },
        Negative {
            file: "15-proof-alone-in-array.json",
            bytes: with(json!([proofs[0]])),
            layer: Layer::PublishedForm,
            code: "proofAloneInArray",
            attack: "re-wrapping gives a second record digest",
        },
        Negative {
            file: "16-proofs-out-of-order.json",
            bytes: with(json!([proofs[1], proofs[0]])),
            layer: Layer::PublishedForm,
            code: "proofsOutOfOrder",
            attack: "as 15, by the order of proofs",
        },
        Negative {
            file: "17-proof-of-a-stranger-added.json",
            bytes: third,
            layer: Layer::Signers,
            code: "stranger",
            attack: "as 15, by anybody with a key; and a stranger seems to support the agreement",
        },
    ]
}

/// Signatures on which Ed25519 libraries differ.
fn curve_of(attestation: &str) -> Vec<Negative> {
    let value: Value = serde_json::from_str(attestation).unwrap();
    // The neutral element as key and as R, and S = 0: the equation holds for every message.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let multikey = bs58::encode([[0xed, 0x01].as_slice(), &neutral].concat()).into_string();
    let mut any_text = value.clone();
    any_text["proof"]["verificationMethod"] = json!(format!("{LABORATORY}#z{multikey}"));
    set_signature(&mut any_text, &[neutral, [0; 32]].concat());

    let mut malleable = value.clone();
    let written = value["proof"]["proofValue"].as_str().unwrap();
    let mut signature = bs58::decode(&written[1..]).into_vec().unwrap();
    add_group_order(&mut signature[32..]);
    set_signature(&mut malleable, &signature);
    vec![
        Negative {
            file: "18-small-order-key.json",
            bytes: canonical_bytes(&any_text),
            layer: Layer::Signature,
            code: "keyNotAdmissible",
            attack: "one signature under this key fits every text; lax libraries accept it",
        },
        Negative {
            file: "19-signature-s-plus-l.json",
            bytes: canonical_bytes(&malleable),
            layer: Layer::Signature,
            code: "signatureWrong",
            attack: "a second signature made from the first without the key: as 01",
        },
    ]
}

fn set_signature(value: &mut Value, signature: &[u8]) {
    let encoded = bs58::encode(signature).into_string();
    value["proof"]["proofValue"] = json!(format!("z{encoded}"));
}

/// Adds the order of the group, 2^252 + 27742317777372353535851937790883648493, to a number of 32
/// bytes, the lowest first.
fn add_group_order(number: &mut [u8]) {
    let low = 27_742_317_777_372_353_535_851_937_790_883_648_493_u128;
    let mut order = [0; 32];
    order[..16].copy_from_slice(&low.to_le_bytes());
    order[31] = 0x10;
    let mut carry = 0;
    for (byte, added) in number.iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(added) + carry;
        [*byte, _] = sum.to_le_bytes();
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
}

const CREATED: Option<&str> = Some("2026-03-16T08:00:00Z");

/// `text` with the one place of `from` replaced.
fn change(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}

fn without_proof(value: &Value) -> (Value, Value) {
    let mut body = value.clone();
    let proof = body.as_object_mut().unwrap().remove("proof").unwrap();
    (body, proof)
}

/// The document with its one proof signed anew by hand, as a careless program would do it.
fn resign(value: &Value, label: &str, swapped: bool) -> Vec<u8> {
    let (mut body, mut proof) = without_proof(value);
    proof.as_object_mut().unwrap().remove("proofValue");
    let hashes = [&proof, &body].map(|part| digest::sha256(&canonical_bytes(part)));
    let message = match hashes {
        [proof, document] if swapped => [document, proof].concat(),
        both => both.concat(),
    };
    let signature = bs58::encode(key(label).sign(&message)).into_string();
    proof["proofValue"] = json!(format!("z{signature}"));
    body["proof"] = proof;
    canonical_bytes(&body)
}

fn purpose_changed(value: &Value) -> Vec<u8> {
    let mut changed = value.clone();
    changed["proof"]["proofPurpose"] = json!("authentication");
    resign(&changed, "norda laboratory 1", false)
}

/// The DIDs that signed, and the ones that must have: the issuer, or the arrangement's signers.
pub(crate) fn signers_refusal(bytes: &[u8]) -> Option<&'static str> {
    let document = canonical::check(bytes, &Limits::default()).unwrap();
    let verified = comity_signature::data_integrity::verify(&document).unwrap();
    let value: Value = serde_json::from_slice(bytes).unwrap();
    let signers = value["credentialSubject"]["signers"].as_array();
    let needed: Vec<&str> = match signers {
        Some(signers) => signers
            .iter()
            .filter_map(|party| party["id"].as_str())
            .collect(),
        None => vec![value["issuer"]["id"].as_str().unwrap()],
    };
    if comity_signature::data_integrity::covers(&verified, &needed).is_err() {
        return Some(if signers.is_some() {
            "signers"
        } else {
            "issuer"
        });
    }
    let stranger = verified
        .signers
        .iter()
        .any(|signer| !needed.contains(&signer.did.as_str()));
    stranger.then_some("stranger")
}
