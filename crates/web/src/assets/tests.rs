use std::path::Path;

use super::FILES;

#[test]
fn every_file_of_the_folder_is_served() {
    fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.push(name);
            }
        }
    }
    let mut found = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("assets"),
        "",
        &mut found,
    );
    found.sort();
    let mut served: Vec<_> = FILES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    served.sort();
    assert_eq!(served, found);
}
