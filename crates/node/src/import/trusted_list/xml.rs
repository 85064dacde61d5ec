//! Reading elements of a trusted list: by local name, because third countries and revisions of the
//! specification put the same elements into namespaces of their own.

use comity_model::date::Instant;
use comity_model::text::{LangString, Text, is_language_tag, is_refused};
use roxmltree::Node;

use crate::import::RowFault;

/// Where language tags stand.
const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
/// Language of a text whose tag is missing or wrong (BCP 47: undetermined).
const UNDETERMINED: &str = "und";

/// The first child element of that name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// Every child element of that name.
pub(super) fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children()
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// Every element of that name below `node`.
pub(super) fn below<'a, 'i>(node: Node<'a, 'i>, name: &str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants()
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The text of an element in one line; `None` if there is none.
pub(super) fn text(node: Node<'_, '_>) -> Option<String> {
    let whole: String = node
        .descendants()
        .filter(Node::is_text)
        .filter_map(|text| text.text())
        .collect();
    let words: Vec<&str> = whole.split_whitespace().collect();
    let line: String = words
        .join(" ")
        .chars()
        .filter(|c| !is_refused(*c))
        .collect();
    (!line.is_empty()).then_some(line)
}

/// The text of the first child of that name.
pub(super) fn text_of(node: Node<'_, '_>, name: &str) -> Option<String> {
    child(node, name).and_then(text)
}

/// Base64 of an element, white space aside.
pub(super) fn octets(node: Node<'_, '_>) -> Option<Vec<u8>> {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let text: String = text(node)?.split_whitespace().collect();
    STANDARD.decode(text).ok()
}

/// Texts in several languages: the children `item` of `node` (TS 119 612, clause 5.1.4). English
/// first, then in the order of the list.
pub(super) fn texts(node: Option<Node<'_, '_>>, item: &str) -> LangString {
    let mut found: Vec<Text> = Vec::new();
    for item in node.into_iter().flat_map(|node| children(node, item)) {
        let Some(value) = text(item) else { continue };
        let tag = item.attribute((XML_NAMESPACE, "lang")).unwrap_or_default();
        let tag = tag.trim().replace('_', "-");
        let lang = if is_language_tag(&tag) {
            tag
        } else {
            UNDETERMINED.to_owned()
        };
        let text = Text { lang, value };
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found.sort_by_key(|text| !is_english(&text.lang));
    LangString(found)
}

pub(super) fn is_english(tag: &str) -> bool {
    tag.split('-')
        .next()
        .is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

/// The fault of an element.
pub(super) fn fault(node: Node<'_, '_>, element: &str, message: impl Into<String>) -> RowFault {
    let at = node.document().text_pos_at(node.range().start);
    RowFault {
        line: u64::from(at.row),
        column: element.to_owned(),
        message: message.into(),
    }
}

/// `xsd:dateTime` as an instant. Lists write UTC (TS 119 612, clause 5.1.4): another offset is
/// followed, and where there is none it is UTC, as that clause says.
pub(super) fn instant(text: &str) -> Result<Instant, String> {
    let wrong = |_| format!("`{text}` is no date and time such as 2016-06-30T22:00:00Z");
    // XML Schema Part 2, section 3.2.7: the end of a day is the first moment of the next.
    if let Some((day, rest)) = text.split_once("T24:00:00") {
        let end = instant(&format!("{day}T23:59:59{rest}"))?;
        return Ok(end.plus_seconds(1));
    }
    let time = text.split_once('T').map_or("", |(_, time)| time);
    if time.contains(['Z', '+', '-']) {
        Instant::from_rfc3339(text).map_err(wrong)
    } else {
        Instant::from_rfc3339(&format!("{text}Z")).map_err(wrong)
    }
}
