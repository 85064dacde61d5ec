use super::*;

#[test]
fn a_selection_is_words_or_pairs() {
    assert_eq!(
        selection("water meters"),
        [("q", "water meters".to_owned())]
    );
    assert_eq!(
        selection("standard=IEC 60335-1&status=active"),
        [
            ("standard", "IEC 60335-1".to_owned()),
            ("status", "active".to_owned())
        ]
    );
}

#[test]
fn pairs_may_be_divided_by_blanks() {
    assert_eq!(
        selection("issuer=did:web:lab.example kind=attestation standard=IEC 60335-1 hs=8516"),
        [
            ("issuer", "did:web:lab.example".to_owned()),
            ("type", "attestation".to_owned()),
            ("standard", "IEC 60335-1".to_owned()),
            ("hs", "8516".to_owned()),
        ]
    );
    assert_eq!(
        selection("meters hs=9028"),
        [("q", "meters hs=9028".to_owned())]
    );
    assert_eq!(selection(""), [("q", String::new())]);
}

#[test]
fn what_is_no_known_filter_is_searched_as_words() {
    assert_eq!(selection("E=mc2"), [("q", "E=mc2".to_owned())]);
    assert_eq!(
        selection("status=active&x"),
        [("q", "status=active&x".to_owned())]
    );
}

#[test]
fn a_list_has_a_name_a_line() {
    let text = "LAB-1\n\n  LAB-2, second issue \nurn:uuid:019bb2c3-4d00-7000-8000-000000000007\n";
    assert_eq!(
        names("list.txt", text).unwrap(),
        [
            "LAB-1",
            "LAB-2, second issue",
            "urn:uuid:019bb2c3-4d00-7000-8000-000000000007"
        ]
    );
    assert_eq!(names("empty.txt", "").unwrap(), [""; 0]);
}

#[test]
fn a_table_has_the_names_in_a_column() {
    // As `comity search -o csv` writes it: the number is in it too, and the id is surer.
    let text = "\u{feff}Kind,Number,Name,Record\nAttestation,LAB-1,\"Kettle, red\",urn:uuid:1\nAttestation,LAB-2,Kettle,urn:uuid:2\n";
    assert_eq!(
        names("list.csv", text).unwrap(),
        ["urn:uuid:1", "urn:uuid:2"]
    );
    assert_eq!(names("-", "number\nLAB-1\n").unwrap(), ["LAB-1"]);
}

#[test]
fn a_table_that_names_nothing_says_where() {
    let error = names("list.csv", "Maker,Model\nA,B\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "list.csv:1: none of its columns names records: Maker, Model"
    );
    let error = names("list.csv", "id,model\nurn:uuid:1,A\n,B\n").unwrap_err();
    assert_eq!(error.to_string(), "list.csv:3: the column \"id\" is empty");
}
