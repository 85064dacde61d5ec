//! Which roots sign an economy's keys, by the files at hand: the walk of format.md 2.11.

use anyhow::Result;
use comity_model::date::Instant;
use comity_model::federation::{MemberKeys, Roots};

use super::Paper;
use crate::exit::Failure;

/// Roots that are named from an instant on.
struct Segment<'a> {
    list: &'a Paper,
    from: Instant,
    roots: Roots,
}

/// Roots in the order of their spelling: two that are equal are the same set with one threshold.
pub(crate) fn as_set(roots: &Roots) -> Roots {
    let mut keys = roots.keys.clone();
    keys.sort_unstable();
    Roots {
        keys,
        threshold: roots.threshold.max(1),
    }
}

/// The roots that sign `new`, a version of the keys of `authority`: those that the newest of the
/// versions before it puts in force, unless a later list names others than the list before it.
/// `None` where no file names any.
///
/// `earlier` and `lists` are in the order of their versions, each the one right after the other.
///
/// # Errors
/// The lists begin too late to tell whether the first of them names others than the one before.
pub(crate) fn in_force(
    new: &MemberKeys,
    authority: &str,
    earlier: &[&Paper],
    lists: &[&Paper],
) -> Result<Option<Roots>> {
    let segments = segments(new, authority, lists);
    let mut segment = 0;
    let mut roots = segments.first().map(|first| first.roots.clone());
    let mut stated: Option<(&Paper, Instant)> = None;
    let before = earlier
        .iter()
        .filter_map(|paper| Some((Some(*paper), paper.keys()?)));
    for (paper, version) in before.chain([(None, new)]) {
        let in_effect = |one: &Segment<'_>| one.from <= version.effective_from;
        let of = segments.iter().rposition(in_effect).unwrap_or(0);
        if of > segment {
            segment = of;
            roots = segments.get(of).map(|later| later.roots.clone());
        }
        if let (Some(paper), Some(own)) = (paper, &version.roots) {
            roots = Some(as_set(own));
            stated = Some((paper, version.effective_from));
        }
    }
    let complete = lists.first().is_none_or(|list| list.version() <= 1);
    if let (Some((paper, at)), Some(first), 0, false) =
        (stated, segments.first(), segment, complete)
        && at < first.from
        && first.from <= new.effective_from
        && roots.as_ref() != Some(&first.roots)
    {
        let what = format!(
            "{} names other roots of {} than {}, and whether it resets them is not known",
            first.list.name, new.economy, paper.name
        );
        return Err(Failure::usage(what)
            .help("give the list before it, too: --list once for each")
            .into());
    }
    Ok(roots)
}

/// The roots that the lists name over time: a new segment begins where a list names others.
/// None if no list names the authority for this economy.
fn segments<'a>(new: &MemberKeys, authority: &str, lists: &[&'a Paper]) -> Vec<Segment<'a>> {
    let mut segments: Vec<Segment<'_>> = Vec::new();
    let mut of_economy = false;
    for paper in lists {
        let Some(list) = paper.list() else { continue };
        let mut members = list.members.iter();
        let Some(member) = members.find(|member| member.authority == authority) else {
            continue;
        };
        of_economy |= member.economy == new.economy;
        let roots = as_set(&Roots {
            keys: member.root_keys.clone(),
            threshold: member.root_threshold,
        });
        if segments.last().is_none_or(|last| last.roots != roots) {
            segments.push(Segment {
                list: paper,
                from: list.effective_from,
                roots,
            });
        }
    }
    if of_economy { segments } else { Vec::new() }
}
