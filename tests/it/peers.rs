//! Software of others reads what we write: two verifiers of records and a checker of logs.
//!
//! Each test says why it was skipped where the tool or the folder `../shared` is absent.

mod logs;
mod records;

use std::path::Path;
use std::process::{Command, Output};

/// Runs a tool of somebody else's; `None` if it is not installed.
fn run(command: &mut Command) -> Option<Output> {
    command.output().ok()
}

/// What a tool printed, for a failing test to show.
fn printed(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    )
}

/// Copies the files of one folder, without folders below it.
fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let file = entry.unwrap().path();
        if file.is_file() {
            let copy = std::fs::read(&file).unwrap();
            std::fs::write(to.join(file.file_name().unwrap()), copy).unwrap();
        }
    }
}
