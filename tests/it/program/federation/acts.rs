//! What the offices and laboratories of a federation do: register, publish, recognise.

use comity_node::clock::Clock;
use serde_json::{Value, json};

use super::{Federation, Member, papers};
use crate::journeys::certificate;

/// Days before the present from which certificates are recognised: not so many that they would
/// seem to be backdated.
const DAYS_AGO: i32 = 7;

impl Federation {
    /// The laboratory of an economy makes a key and is registered by the authority there.
    pub(crate) fn registers_laboratory(&self, at: usize) {
        self.members[at].registers_laboratory();
    }

    /// The laboratory of an economy publishes a certificate there; the acknowledgement.
    pub(crate) fn publishes(&self, at: usize, number: &str) -> Value {
        self.members[at].publishes(number)
    }

    /// The authority of `destination` says that certificates of `origin` count there.
    pub(crate) fn recognises(&self, destination: usize, origin: usize) {
        let origin = self.members[origin].economy;
        self.members[destination].recognises(origin);
    }
}

impl Member {
    /// DID of the laboratory.
    pub(crate) fn laboratory_did(&self) -> String {
        format!("did:web:lab.{}.example", self.economy.to_lowercase())
    }

    /// Needs its running node.
    pub(crate) fn registers_laboratory(&self) {
        let lab = &self.laboratory;
        let did = self.laboratory_did();
        lab.does(&format!("comity keys generate --did {did} --out lab.pem"))
            .exits(0);
        lab.does(&format!(
            "comity register request --key lab.pem --name 'Example Laboratory' --role laboratory \
             --kind attestation --kind status-event --economy {} \
             --contact-office 'Certificate office' --authority {} > lab.request.json",
            self.economy,
            self.authority()
        ))
        .exits(0);
        lab.sends("lab.request.json", &self.operator);
        self.operator
            .does("comity register approve --node node lab.request.json --yes --may-register")
            .exits(0);
    }

    /// The laboratory signs a certificate; the file that holds it.
    pub(crate) fn signs(&self, number: &str) -> String {
        let lab = &self.laboratory;
        let draft = format!("{number}.draft.json");
        lab.does(&format!(
            "comity record new attestation --issuer {} --authority {} > {draft}",
            self.laboratory_did(),
            self.authority()
        ))
        .exits(0);
        lab.edits(&draft, &certificate(number));
        let file = format!("{number}.json");
        lab.does(&format!("comity sign {draft} --key lab.pem > {file}"))
            .exits(0);
        file
    }

    pub(crate) fn publishes(&self, number: &str) -> Value {
        let file = self.signs(number);
        let url = self.url();
        let publish = format!("comity publish {file} --node {url}");
        self.laboratory.does(&publish).exits(0).json()
    }

    /// The authority signs documents and publishes them on its node, in this order.
    pub(crate) fn proclaims(&self, file: &str, documents: &[Value]) {
        let (did, key) = (self.authority(), self.key("authority.pem"));
        let lines = documents.iter().map(|document| {
            let signed = papers::signed(document, [(&*did, &key)]);
            [signed.as_slice(), b"\n"].concat()
        });
        self.operator
            .writes(file, lines.collect::<Vec<_>>().concat());
        let publish = format!("comity publish {file} --node {}", self.url());
        self.operator.does(&publish).exits(0);
    }

    /// A one-sided measure: certificates of `origin` count here.
    fn recognises(&self, origin: &str) {
        let (did, name) = (self.authority(), self.name());
        let since = Clock::System.now().day().plus_days(-DAYS_AGO);
        let slug = format!("recognises-{}", origin.to_lowercase());
        let id = format!("{did}#{slug}");
        let measure = json!({
            "id": id,
            "version": 1,
            "title": [{"lang": "en", "value": format!("Certificates of {origin}")}],
            "arrangementType": "unilateral",
            "legalNature": "unilateralMeasure",
            "signers": [{"id": did, "registeredBy": did}],
            "parties": [self.economy],
            "chapters": [{
                "id": "appliances",
                "title": [{"lang": "en", "value": "Household appliances"}],
                "phase": "operational",
                "degree": "certificates",
                "obligation": "shallAccept",
                "direction": {
                    "mode": "oneWay",
                    "pairs": [{"from": [origin], "to": [self.economy]}],
                },
                "requirementsBasis": "exporter",
                "coverage": {},
                "issuerEligibility": {},
                "acceptor": {},
                "period": {"from": since.to_string()},
            }],
        });
        let participation = |economy: &str, asserted_by: &str, role: &str| {
            json!({
                "arrangement": {"authority": did, "id": id},
                "arrangementVersion": 1,
                "assertedBy": asserted_by,
                "participant": {"economy": economy},
                "period": {"from": since.to_string()},
                "roles": [role],
            })
        };
        let mut own = participation(self.economy, "participant", "consuming");
        own["declaration"] = json!("accept");
        let documents = [
            ("Arrangement", measure),
            ("Participation", participation(origin, "peer", "signatory")),
            ("Participation", own),
        ];
        let documents = documents.map(|(kind, subject)| {
            let mut document = papers::document(kind, (&did, &name), &subject);
            document["validFrom"] = json!(since.first_second().to_string());
            document
        });
        self.proclaims(&format!("{slug}.ndjson"), &documents);
    }
}
