use std::collections::BTreeSet;

use comity_model::fault::Fault;
use comity_node::error::{Error, Refusal, RefusalReason};

use super::{Asked, MAX_LISTED_FAULTS, Problem, ProblemKind};

#[test]
fn slugs_are_plain_and_unique() {
    let slugs: BTreeSet<_> = ProblemKind::ALL.iter().map(|kind| kind.slug()).collect();
    assert_eq!(slugs.len(), ProblemKind::ALL.len());
    for kind in ProblemKind::ALL {
        assert_eq!(ProblemKind::of_slug(kind.slug()), Some(*kind));
        assert!((400..600).contains(&kind.status()));
    }
}

#[test]
fn causes_are_not_sent() {
    let secret = "/secret/place";
    for error in [
        Error::ReadOnly(secret.to_owned()),
        Error::Busy(secret.to_owned()),
        Error::Setup(secret.to_owned()),
        Error::Remote(secret.to_owned()),
        Error::File {
            path: secret.to_owned(),
            source: std::io::Error::other(secret),
        },
    ] {
        let document = Problem::from(error).document(&Asked::default());
        let text = serde_json::to_string(&document).unwrap();
        assert!(document.status >= 500 && !text.contains(secret), "{text}");
    }
}

#[test]
fn at_most_so_many_faults_are_listed() {
    for (faults, listed) in [
        (MAX_LISTED_FAULTS, MAX_LISTED_FAULTS),
        (MAX_LISTED_FAULTS + 1, MAX_LISTED_FAULTS),
    ] {
        let refusal = Refusal {
            reason: RefusalReason::Rules,
            faults: vec![Fault::new("/name", "text", "expected a name"); faults],
        };
        let document = Problem::from(refusal).document(&Asked::default());
        assert_eq!(document.errors.len(), listed);
        assert!(
            document
                .detail
                .contains(&format!("{} faults more", faults - 1))
        );
    }
}

#[test]
fn what_the_node_could_not_check_is_no_fault_of_the_record() {
    let fault = Fault::new("", "interrupted", "send the record again");
    let problem = Problem::from(Refusal::one(RefusalReason::Form, fault));
    assert_eq!(problem.kind(), ProblemKind::Unavailable);
}
