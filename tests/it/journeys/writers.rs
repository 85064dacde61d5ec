//! One writer on a log: a second one is refused, and takes over when the first has gone.

use super::{World, listens};
use crate::program::database::Database;
use crate::program::{Person, Serving, free_port};

#[test]
fn a_second_process_on_the_folder_is_refused() {
    for world in World::each() {
        let said = world
            .authority
            .does("comity node serve se --listen 127.0.0.1:0")
            .exits(4);
        said.warns("another process serves se");
        // The first goes on as if nothing had been.
        world.publishes("LAB-1", &[]);
    }
}

#[test]
fn a_second_folder_on_the_log_is_refused() {
    for mut world in World::each() {
        let dir = world.authority.path("se").join("node.sqlite");
        let database = world
            .database
            .url()
            .unwrap_or_else(|| format!("sqlite://{}", dir.display()));
        let other = Person::new();
        let from = world.authority.path("se");
        other.does(&format!(
            "mkdir se && cp -r '{}/keys' '{}/policy.toml' se/",
            from.display(),
            from.display()
        ));
        let config = String::from_utf8(world.authority.reads("se/config.toml")).unwrap();
        let lines = config.lines().filter(|line| !line.starts_with("database"));
        let config = lines.collect::<Vec<_>>().join("\n");
        let port = free_port();
        let config = config.replace(&world.port.to_string(), &port.to_string());
        other.writes(
            "se/config.toml",
            format!("database = {database:?}\n{config}"),
        );

        let said = other.does("comity node serve se").exits(4);
        said.warns("another process writes to nqi.example.se/log/");
        world.publishes("LAB-1", &[]);
        // Stopped as it should be, the first gives the log back at once.
        world.serving.take().unwrap().stop();
        let second = Serving::begin(&other, "comity node serve se", port);
        let said = world
            .lab
            .does(&format!("comity show LAB-1 --raw --node {}", second.url))
            .exits(0);
        assert_eq!(said.out, world.lab.reads("LAB-1.json").trim_ascii_end());
        world
            .authority
            .does("comity node serve se")
            .exits(4)
            .warns("another process writes to");
        second.stop();
        world.serve();
        world.publishes("LAB-2", &[]);
    }
}

/// The same origin by mistake: a folder with keys of its own on the database of another node.
#[test]
fn a_folder_with_other_keys_is_refused() {
    let Some(database) = Database::postgres() else {
        return;
    };
    let world = World::new(database);
    let other = Person::new();
    other
        .does(&format!(
            "comity node init se --economy SE --host nqi.example.se{}",
            world.database.option()
        ))
        .exits(0);
    listens(&other, "se", free_port());
    let said = other.does("comity node serve se").exits(4);
    said.warns("under another log key");
    world.publishes("LAB-1", &[]);
}
