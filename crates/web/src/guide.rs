//! The commands by which a body publishes, in one place: the guide shows them, and a test runs
//! exactly these against a node.

/// One step of the guide and its command lines, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Name of the step: `key`, `listed`, `write`, `lint`, `publish` or `status`.
    pub name: &'static str,
    /// Command lines of a shell.
    pub commands: Vec<String>,
}

/// The number of the certificate that the guide publishes.
pub const NUMBER: &str = "LAB-2026-001";

/// The six steps for a laboratory of `economy` under `authority`, whose node is reached at `url`.
pub fn steps(url: &str, authority: &str, economy: &str) -> Vec<Step> {
    let request = format!(
        "comity register request --key lab.pem --name \"Example Laboratory\" --economy {economy} \
         --role laboratory --kind Attestation --kind StatusEvent \
         --contact-office \"Quality office\" --authority {authority} > lab.request.json"
    );
    let draft = format!(
        "comity record new attestation --issuer did:web:lab.example --authority {authority} \
         --name \"Example Laboratory\" > draft.json"
    );
    let step = |name, commands: &[&str]| Step {
        name,
        commands: commands.iter().map(|&line| line.to_owned()).collect(),
    };
    vec![
        step(
            "key",
            &["comity keys generate --did did:web:lab.example --out lab.pem"],
        ),
        step("listed", &[&request]),
        step("write", &[&draft]),
        step("lint", &["comity record lint draft.json"]),
        step(
            "publish",
            &[
                "comity sign draft.json --key lab.pem > signed.json",
                &format!("comity publish --node {url} signed.json"),
                &format!("comity receipt --node {url} {NUMBER} --wait 30"),
            ],
        ),
        step(
            "status",
            &[
                &format!(
                    "comity status suspend --node {url} {NUMBER} --key lab.pem \
                     --reason nonconformity --text \"Kettles of one lot became too hot.\""
                ),
                &format!(
                    "comity status withdraw --node {url} {NUMBER} --key lab.pem \
                     --reason voluntary --text \"Withdrawn at the request of the holder.\""
                ),
            ],
        ),
    ]
}
