use super::*;

const POLICY: &str = "# Whose evidence.\nmax_age_hours = 24\n\n[federation]\n# pinned by hand\n\
    list_digest = \"uOld\" # in March\n\n[[log]]\norigin = \"a/log/1\"\n";

#[test]
fn a_key_is_set_and_all_else_stays() {
    let set_to = set(POLICY, "federation", "list_digest", "\"uNew\"");
    assert_eq!(set_to, POLICY.replace("uOld", "uNew"));
    // A second time changes nothing.
    assert_eq!(
        set(&set_to, "federation", "list_digest", "\"uNew\""),
        set_to
    );
}

#[test]
fn a_key_is_added_below_its_table() {
    let text = "a = 1\n\n[federation] # ours\n\n[[log]]\nb = 2\n";
    let added = set(text, "federation", "list_digest", "\"u\"");
    let expected = "a = 1\n\n[federation] # ours\nlist_digest = \"u\"\n\n[[log]]\nb = 2\n";
    assert_eq!(added, expected);
}

#[test]
fn a_table_is_added_at_the_end() {
    let added = set("[[log]]\nb = 2\n", "federation", "list_digest", "\"u\"");
    assert_eq!(
        added,
        "[[log]]\nb = 2\n\n[federation]\nlist_digest = \"u\"\n"
    );
    assert_eq!(set("", "federation", "n", "1"), "[federation]\nn = 1\n");
}

#[test]
fn tables_are_added_and_removed() {
    let text = "# Whom we follow\n[[peer]] # the neighbour\nurl = \"https://a.example\"\nkinds = [\n  \
        \"Registration\", # all of [them]\n]\n# asked in May\nmode = \"follower\"\n\n[[witness]]\nurl = \"https://a.example\"\n";
    let entries = [
        ("url".to_owned(), quoted("https://b.example")),
        ("mode".to_owned(), quoted("mirror")),
    ];
    let added = add_table(text, "peer", &entries);
    assert!(added.starts_with(text));
    let read: toml::Table = toml::from_str(&added).unwrap();
    assert_eq!(read["peer"].as_array().unwrap().len(), 2);
    let (removed, number) = remove_tables(&added, "peer", "url", "https://a.example");
    assert_eq!(number, 1);
    assert_eq!(
        removed,
        "# Whom we follow\n# asked in May\n\n[[witness]]\nurl = \"https://a.example\"\n\n[[peer]]\n\
         url = \"https://b.example\"\nmode = \"mirror\"\n"
    );
    let (same, number) = remove_tables(&removed, "peer", "url", "https://c.example");
    assert_eq!((same, number), (removed, 0));
}

#[test]
fn a_value_is_quoted() {
    assert_eq!(quoted("a"), "\"a\"");
    let text = format!("a = {}", quoted("q\"\\\n#"));
    let read: toml::Table = toml::from_str(&text).unwrap();
    assert_eq!(read["a"].as_str(), Some("q\"\\\n#"));
}
