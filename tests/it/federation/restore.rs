//! A node that comes back from an old copy of itself: it asks its mirrors, and forgets nothing.

use crate::program::database::Database;
use crate::program::federation::Federation;
use crate::program::http;

#[test]
fn an_old_copy_recovers_from_its_mirrors_and_goes_on() {
    for database in Database::each() {
        let others = [Database::Sqlite, Database::Sqlite];
        comes_back(Federation::with(std::iter::once(database).chain(others)));
    }
}

fn comes_back(mut world: Federation) {
    world.registers_laboratory(0);
    world.publishes(0, "LAB-1");
    world.agrees();
    world.switches_off(0);
    world.members[0].is_copied();
    world.switches_on(&[0]);
    world.publishes(0, "LAB-2");
    world.publishes(0, "LAB-3");
    world.agrees();
    let size = world.size(0);
    world.switches_off(0);
    world.members[0].is_put_back();

    // Nobody is there to be asked: it reads, and signs nothing.
    world.switches_off(1);
    world.switches_off(2);
    world.members[0].launches();
    world.members[0].serving().is_live();
    assert!(world.size(0) < size, "nothing was forgotten");
    is_read_only(&world);
    world.asks(0, "comity show LAB-1").exits(0);
    world.asks(0, "comity show LAB-3").exits(1);
    world.switches_off(0);

    // The mirrors are the backup.
    world.switches_on(&[1, 2, 0]);
    assert!(world.size(0) >= size, "{} of {size}", world.size(0));
    world.is_indexed();
    for number in ["LAB-2", "LAB-3"] {
        let signed = world.members[0].laboratory.reads(&format!("{number}.json"));
        let shown = world.asks(0, &format!("comity show {number} --raw"));
        assert_eq!(shown.exits(0).out, signed.trim_ascii_end());
    }
    let url = world.url(0);
    world
        .traveller
        .does(&format!("comity log verify {url}"))
        .exits(0);
    world.publishes(0, "LAB-4");
    world.agrees();
    for at in 1..3 {
        let log = world.log(at, 0).unwrap();
        assert_eq!(log["alarms"], serde_json::json!([]), "{log:#}");
    }
}

/// An operator who knows that nothing was forgotten may say so.
#[test]
fn an_operator_answers_for_a_node_whose_mirrors_are_gone() {
    let mut world = Federation::of(3);
    world.registers_laboratory(0);
    world.publishes(0, "LAB-1");
    world.agrees();
    for at in 0..3 {
        world.switches_off(at);
    }
    world.members[0].launches();
    world.members[0].serving().is_live();
    is_read_only(&world);
    world.switches_off(0);
    world.members[0].launches_with("--assume-latest");
    world.members[0].serving().is_ready();
    world.publishes(0, "LAB-2");
    world.switches_on(&[1, 2]);
    world.agrees();
}

/// It takes nothing, and says what to do.
fn is_read_only(world: &Federation) {
    world.comes_to("it says what to do", || {
        let ready = http::get(&format!("{}/health/ready", world.url(0))).unwrap();
        let said = String::from_utf8_lossy(&ready.body).into_owned();
        assert_eq!(ready.status, 503, "{said}");
        said.contains("--assume-latest")
    });
    let file = world.members[0].signs("LAB-9");
    let lab = &world.members[0].laboratory;
    let url = world.url(0);
    let said = lab.does(&format!("comity publish {file} --node {url}"));
    said.exits(5).warns("takes no records at present");
}
