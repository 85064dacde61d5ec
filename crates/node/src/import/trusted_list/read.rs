//! The XML of a list (ETSI TS 119 612, clause 5) to what it says.

use comity_model::date::Instant;
use comity_model::status::{SourceDocument, SourceSignature, SourceStatement};
use comity_model::text::LangString;
use comity_signature::digest::to_multibase;
use roxmltree::{Document, Node, ParsingOptions};
use sha2::{Digest as _, Sha256};

use super::certificate::Certificate;
use super::xml::{below, child, children, fault, instant, octets, text, text_of, texts};
use super::{
    ListError, MAX_DEPTH, MAX_LIST_BYTES, MAX_NODES, MAX_POINTERS, MAX_SERVICES, pointers, words,
};
use crate::import::RowFault;

/// The namespace of trusted lists (TS 119 612, annex C).
const NAMESPACE: &str = "http://uri.etsi.org/02231/v2#";
/// The versions of the format that this reads (clause 5.3.1).
const VERSIONS: [&str; 2] = ["5", "6"];

/// What a list says.
#[derive(Clone, Debug)]
pub struct TrustedList {
    /// `SchemeTerritory` as it is written, in upper case (clause 5.3.10).
    pub territory: String,
    /// Its ISO 3166-1 alpha-2 code.
    pub economy: String,
    /// Who issues it (clause 5.3.4).
    pub operator: LangString,
    /// The list itself: number, times, digest, signature.
    pub document: SourceDocument,
    /// Its providers with their services (clause 5.4).
    pub(super) providers: Vec<Provider>,
    /// Other lists that it points to (clause 5.3.13).
    pub(super) pointers: Vec<pointers::Pointer>,
    /// What is wrong with services and pointers that are left out.
    pub faults: Vec<RowFault>,
    /// What a reader should know of the list as a whole.
    pub warnings: Vec<String>,
}

/// A trust service provider (clause 5.4).
#[derive(Clone, Debug)]
pub(super) struct Provider {
    pub(super) names: LangString,
    pub(super) trade_names: LangString,
    pub(super) country: Option<String>,
    pub(super) address: Option<String>,
    pub(super) services: Vec<Service>,
}

/// A service with its history (clauses 5.5 and 5.6).
#[derive(Clone, Debug)]
pub(super) struct Service {
    /// URI of its type (clause 5.5.1).
    pub(super) sort: String,
    pub(super) names: LangString,
    pub(super) identity: Identity,
    /// URIs of `AdditionalServiceInformation` (clause 5.5.9.4), such as `ForeSignatures`.
    pub(super) information: Vec<String>,
    /// The newest first.
    pub(super) statements: Vec<SourceStatement>,
}

/// The digital identity of a service (clause 5.5.3), whichever of its forms the list uses.
#[derive(Clone, Debug, Default)]
pub(super) struct Identity {
    pub(super) certificates: Vec<Certificate>,
    pub(super) key_identifiers: Vec<Vec<u8>>,
    pub(super) subject_names: Vec<String>,
    /// `KeyValue` and `Other`, in their own text.
    pub(super) others: Vec<String>,
}

/// Reads a list. Services that are wrong are left out and stand among its faults.
///
/// # Errors
/// A file that is no trusted list, or beyond a limit.
pub fn read(bytes: &[u8]) -> Result<TrustedList, ListError> {
    let source = plain(bytes)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(source, options)
        .map_err(|error| ListError::Xml(error.to_string()))?;
    if is_too_deep(document.root()) {
        return Err(ListError::Limit("levels of elements", MAX_DEPTH));
    }
    let root = document.root_element();
    if root.tag_name().name() != "TrustServiceStatusList"
        || root.tag_name().namespace() != Some(NAMESPACE)
    {
        return Err(ListError::NoList(
            "its root is no TrustServiceStatusList".to_owned(),
        ));
    }
    let scheme = child(root, "SchemeInformation")
        .ok_or_else(|| ListError::NoList("it has no SchemeInformation".to_owned()))?;
    let mut list = head(root, scheme, bytes)?;
    let mut count = 0;
    for list_node in children(root, "TrustServiceProviderList") {
        for provider in children(list_node, "TrustServiceProvider") {
            let provider = read_provider(provider, &mut list.faults, &mut count)?;
            list.providers.push(provider);
        }
    }
    read_pointers(scheme, &mut list)?;
    Ok(list)
}

/// UTF-8 without a byte order mark (clause 5.1.2).
fn plain(bytes: &[u8]) -> Result<&str, ListError> {
    if bytes.len() > MAX_LIST_BYTES {
        return Err(ListError::Limit("bytes", MAX_LIST_BYTES));
    }
    if bytes.starts_with(&[0xFD, b'7', b'z', b'X', b'Z']) {
        return Err(ListError::Packed("xz"));
    }
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return Err(ListError::Packed("gzip"));
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|_| ListError::NoList("it is no UTF-8".to_owned()))
}

fn is_too_deep(root: Node<'_, '_>) -> bool {
    let mut depth = 0_usize;
    let mut node = root;
    // Down, along, and up again, without a stack of our own.
    loop {
        if let Some(first) = node.first_child() {
            depth += 1;
            if depth > MAX_DEPTH {
                return true;
            }
            node = first;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                return false;
            };
            depth = depth.saturating_sub(1);
            node = parent;
        }
    }
}

fn head(root: Node<'_, '_>, scheme: Node<'_, '_>, bytes: &[u8]) -> Result<TrustedList, ListError> {
    let mut warnings = Vec::new();
    let version = text_of(scheme, "TSLVersionIdentifier").unwrap_or_default();
    if !VERSIONS.contains(&version.as_str()) {
        warnings.push(format!(
            "the list is of version `{version}` of the format; 5 and 6 are known here"
        ));
    }
    let territory = text_of(scheme, "SchemeTerritory")
        .map(|code| code.to_ascii_uppercase())
        .ok_or_else(|| ListError::NoList("it names no SchemeTerritory".to_owned()))?;
    let economy = words::economy(&territory);
    if !comity_model::party::is_economy(&economy) {
        let what = format!("its SchemeTerritory `{territory}` is no code of two letters");
        return Err(ListError::NoList(what));
    }
    let operator = texts(child(scheme, "SchemeOperatorName"), "Name");
    let issued_at = text_of(scheme, "ListIssueDateTime")
        .ok_or_else(|| ListError::NoList("it names no ListIssueDateTime".to_owned()))
        .and_then(|text| time("ListIssueDateTime", &text))?;
    let next = child(scheme, "NextUpdate").and_then(text);
    let next_update = next.map(|text| time("NextUpdate", &text)).transpose()?;
    let signature = children(root, "Signature").next();
    Ok(TrustedList {
        document: SourceDocument {
            operator: operator.in_language("en").unwrap_or("not named").to_owned(),
            series_number: text_of(scheme, "TSLSequenceNumber").and_then(|text| text.parse().ok()),
            issued_at,
            next_update,
            digest_multibase: to_multibase(Sha256::digest(bytes).into()),
            signer_certificate: signature
                .and_then(|signature| below(signature, "X509Certificate").next())
                .and_then(octets)
                .map(|der| to_multibase(Sha256::digest(&der).into())),
            signature: match signature {
                None => SourceSignature::Absent,
                Some(_) => SourceSignature::NotVerified,
            },
        },
        territory,
        economy,
        operator,
        providers: Vec::new(),
        pointers: Vec::new(),
        faults: Vec::new(),
        warnings,
    })
}

fn time(element: &str, text: &str) -> Result<Instant, ListError> {
    instant(text).map_err(|message| ListError::NoList(format!("{element}: {message}")))
}

fn read_provider(
    node: Node<'_, '_>,
    faults: &mut Vec<RowFault>,
    count: &mut usize,
) -> Result<Provider, ListError> {
    let information = child(node, "TSPInformation").unwrap_or(node);
    let postal = below(information, "PostalAddress").next();
    let part = |name: &str| postal.and_then(|postal| text_of(postal, name));
    let country = part("CountryName").map(|code| words::economy(&code));
    let address = ["StreetAddress", "PostalCode", "Locality", "StateOrProvince"];
    let address: Vec<String> = address.into_iter().filter_map(part).collect();
    let mut services = Vec::new();
    for service in children(node, "TSPServices").flat_map(|node| children(node, "TSPService")) {
        *count += 1;
        if *count > MAX_SERVICES {
            return Err(ListError::Limit("services", MAX_SERVICES));
        }
        match read_service(service) {
            Ok(service) => services.push(service),
            Err(fault) => faults.push(fault),
        }
    }
    Ok(Provider {
        names: texts(child(information, "TSPName"), "Name"),
        trade_names: texts(child(information, "TSPTradeName"), "Name"),
        country: country.filter(|code| comity_model::party::is_economy(code)),
        address: (!address.is_empty()).then(|| address.join(", ")),
        services,
    })
}

/// A service as it is now, and all that its history says. What cannot be read of either leaves the
/// whole service out: a status that is missing would make another one last longer.
fn read_service(node: Node<'_, '_>) -> Result<Service, RowFault> {
    let now = child(node, "ServiceInformation")
        .ok_or_else(|| fault(node, "ServiceInformation", "the service has none"))?;
    let sort = text_of(now, "ServiceTypeIdentifier")
        .ok_or_else(|| fault(now, "ServiceTypeIdentifier", "the service has no type"))?;
    let mut statements = vec![statement(now)?];
    for history in children(node, "ServiceHistory") {
        for instance in children(history, "ServiceHistoryInstance") {
            let statement = statement(instance)?;
            // Lists repeat an instance under another name or certificate of the service.
            if !statements.contains(&statement) {
                statements.push(statement);
            }
        }
    }
    // The order of the list decides between two of one second: it puts the newer one first.
    statements.sort_by_key(|statement| std::cmp::Reverse(statement.since));
    if statements.len() > comity_model::status::MAX_STATEMENTS {
        return Err(fault(
            node,
            "ServiceHistory",
            "more statements than one event holds",
        ));
    }
    let information = below(now, "AdditionalServiceInformation");
    let mut information: Vec<String> = information
        .flat_map(|node| children(node, "URI").filter_map(text))
        .collect();
    information.sort();
    information.dedup();
    Ok(Service {
        sort,
        names: texts(child(now, "ServiceName"), "Name"),
        identity: identity(now)?,
        information,
        statements,
    })
}

/// `ServiceStatus` and `StatusStartingTime` (clauses 5.5.4, 5.5.5, 5.6.4, 5.6.5).
fn statement(node: Node<'_, '_>) -> Result<SourceStatement, RowFault> {
    let source_status = text_of(node, "ServiceStatus")
        .ok_or_else(|| fault(node, "ServiceStatus", "no status is said here"))?;
    let since = child(node, "StatusStartingTime")
        .ok_or_else(|| fault(node, "StatusStartingTime", "since when is not said here"))?;
    let said = text(since).unwrap_or_default();
    Ok(SourceStatement {
        since: instant(&said).map_err(|message| fault(since, "StatusStartingTime", message))?,
        state: words::state(&source_status),
        source_status,
    })
}

fn identity(now: Node<'_, '_>) -> Result<Identity, RowFault> {
    let mut identity = Identity::default();
    let ids = children(now, "ServiceDigitalIdentity").flat_map(|node| children(node, "DigitalId"));
    for id in ids.flat_map(|id| id.children().filter(Node::is_element)) {
        let name = id.tag_name().name();
        let wrong = || fault(id, name, "this is no base64");
        match name {
            "X509Certificate" => {
                let der = octets(id).ok_or_else(wrong)?;
                let certificate = Certificate::read(&der);
                if !identity.certificates.contains(&certificate) {
                    identity.certificates.push(certificate);
                }
            }
            "X509SKI" => identity.key_identifiers.push(octets(id).ok_or_else(wrong)?),
            "X509SubjectName" => identity.subject_names.extend(text(id)),
            _ => identity.others.extend(text(id)),
        }
    }
    let derived = identity.certificates.iter();
    let derived: Vec<Vec<u8>> = derived
        .filter_map(|certificate| certificate.key_identifier.clone())
        .collect();
    identity.key_identifiers.extend(derived);
    identity.key_identifiers.sort();
    identity.key_identifiers.dedup();
    identity.subject_names.sort();
    identity.subject_names.dedup();
    Ok(identity)
}

fn read_pointers(scheme: Node<'_, '_>, list: &mut TrustedList) -> Result<(), ListError> {
    let all = children(scheme, "PointersToOtherTSL");
    let all = all.flat_map(|node| children(node, "OtherTSLPointer"));
    for (place, node) in all.enumerate() {
        if place >= MAX_POINTERS {
            return Err(ListError::Limit("pointers to other lists", MAX_POINTERS));
        }
        match pointers::read(node) {
            Ok(pointer) => list.pointers.push(pointer),
            Err(fault) => list.faults.push(fault),
        }
    }
    Ok(())
}
