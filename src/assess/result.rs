//! From verdicts to items: results, dispositions, and one plain sentence why.

use std::collections::BTreeMap;

use super::tally::AccountTally;
use crate::catalog::Run;
use crate::model::assessment::{Disposition, ItemResult};
use crate::model::control::Evaluation;
use crate::model::framework::{Coverage, Item, Method, Relation};

/// What is known of an item besides its verdicts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// Whether any control covers it.
    pub tested: bool,
    /// Whether a control covers it in full and settles it.
    pub full: bool,
    /// Whether the framework leaves it to a person.
    pub manual: bool,
    /// Whether its covering controls only gather evidence: their failures are shown, and a person decides.
    pub evidence: bool,
    /// Settings weaker than the item's demand, in words.
    pub weaker: Vec<String>,
    /// Whether the item speaks of every Region, and Regions were left out.
    pub narrowed: bool,
}

/// The standing of an item, given the runs that it asks for.
pub fn standing(framework: &str, item: &Item, runs: &[&Run], narrowed: bool) -> Standing {
    let mut standing = Standing { manual: item.method == Method::Manual, narrowed, ..Standing::default() };
    let mut automated = false;
    for run in runs {
        for ask in run.asks.iter().filter(|ask| ask.framework == framework && ask.item == item.id && ask.relation == Relation::Covers) {
            standing.tested = true;
            automated |= run.control.evaluation == Evaluation::Automated;
            standing.full |= ask.coverage == Some(Coverage::Full) && run.control.evaluation == Evaluation::Automated;
            standing.weaker.extend(ask.weaker.iter().map(|weaker| {
                format!(
                    "{} setting `{}` of `{}` is {}, weaker than the {} demanded",
                    weaker.origin, weaker.param, run.control.id, weaker.used, weaker.demanded
                )
            }));
        }
    }
    standing.evidence = standing.tested && !automated;
    standing
}

/// The result of an item from the verdicts of its covering controls.
pub fn result(standing: &Standing, tally: &AccountTally) -> ItemResult {
    let counts = &tally.counts;
    if !standing.tested {
        ItemResult::None
    } else if counts.fail > 0 {
        ItemResult::Fail
    } else if counts.indeterminate > 0 || standing.narrowed || tally.total() == 0 {
        ItemResult::Indeterminate
    } else if counts.pass == 0 {
        ItemResult::NothingToTest
    } else {
        ItemResult::Pass
    }
}

/// What the item comes to with people.
pub fn disposition(standing: &Standing, result: ItemResult, stated: bool) -> Disposition {
    let open = standing.manual || !standing.full || !standing.tested || !standing.weaker.is_empty();
    match result {
        ItemResult::Fail if !standing.evidence => Disposition::Fail,
        ItemResult::Indeterminate => Disposition::Indeterminate,
        _ if open && stated => Disposition::Stated,
        ItemResult::None if !standing.manual => Disposition::NotTested,
        _ if open => Disposition::Manual,
        ItemResult::Pass => Disposition::Pass,
        ItemResult::NothingToTest => Disposition::NothingToTest,
        ItemResult::None | ItemResult::Fail => Disposition::Manual,
    }
}

/// One sentence (or two) why the item is what it is.
pub fn why(standing: &Standing, result: ItemResult, disposition: Disposition, tally: &AccountTally) -> String {
    let counts = &tally.counts;
    let total = tally.total();
    let mut words = match result {
        ItemResult::Fail if counts.indeterminate > 0 => {
            format!("{} of {total} verdicts fail; {} could not be decided ({})", counts.fail, counts.indeterminate, reasons(&tally.reasons))
        }
        ItemResult::Fail => format!("{} of {total} verdicts fail", counts.fail),
        ItemResult::Indeterminate if counts.indeterminate > 0 => {
            format!("{} of {total} verdicts could not be decided ({}); none fails", counts.indeterminate, reasons(&tally.reasons))
        }
        ItemResult::Indeterminate if standing.narrowed => {
            "the item speaks of every Region, and Regions were left out (out_of_scope)".to_owned()
        }
        ItemResult::Indeterminate => "nothing was judged".to_owned(),
        ItemResult::NothingToTest if total == 1 => "the one verdict is not applicable: there was nothing to judge".to_owned(),
        ItemResult::NothingToTest => format!("all {total} verdicts are not applicable: there was nothing to judge"),
        ItemResult::Pass if counts.not_applicable > 0 => {
            format!("{} of {total} verdicts pass, {} are not applicable; all populations are complete", counts.pass, counts.not_applicable)
        }
        ItemResult::Pass if total == 1 => "the one verdict passes; all populations are complete".to_owned(),
        ItemResult::Pass => format!("all {total} verdicts pass; all populations are complete"),
        ItemResult::None if standing.manual => "the framework leaves this to a person".to_owned(),
        ItemResult::None => "this tool has no test for it".to_owned(),
    };
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    let more = match disposition {
        Disposition::Stated => "; a valid statement speaks about it",
        Disposition::Manual if !standing.weaker.is_empty() => "; a person must decide",
        Disposition::Manual if standing.evidence => "; the control gathers evidence, a person decides",
        Disposition::Manual if standing.tested && standing.manual => "; the framework leaves the item to a person",
        Disposition::Manual if standing.tested => "; the tests answer only part of the item, a person must decide",
        _ => "",
    };
    let weaker: String = standing.weaker.iter().map(|weaker| format!("; {weaker}")).collect();
    format!("{words}{weaker}{more}.")
}

fn reasons(reasons: &BTreeMap<String, u64>) -> String {
    reasons.iter().map(|(reason, number)| format!("{reason} {number}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assessment::Counts;

    fn tally(pass: u64, fail: u64, not_applicable: u64, indeterminate: u64) -> AccountTally {
        AccountTally {
            counts: Counts { pass, fail, not_applicable, indeterminate },
            reasons: [("denied".to_owned(), indeterminate)].into(),
        }
    }

    fn tested() -> Standing {
        Standing { tested: true, full: true, ..Standing::default() }
    }

    #[test]
    fn results_follow_the_order_of_the_design() {
        let of = |tally| result(&tested(), &tally);
        assert_eq!(of(tally(9, 1, 1, 1)), ItemResult::Fail);
        assert_eq!(of(tally(9, 0, 1, 1)), ItemResult::Indeterminate);
        assert_eq!(of(tally(0, 0, 2, 0)), ItemResult::NothingToTest);
        assert_eq!(of(tally(1, 0, 2, 0)), ItemResult::Pass);
        assert_eq!(of(tally(0, 0, 0, 0)), ItemResult::Indeterminate, "no result from silence");
        assert_eq!(result(&Standing::default(), &tally(0, 0, 0, 0)), ItemResult::None);
        assert_eq!(result(&Standing { narrowed: true, ..tested() }, &tally(1, 0, 0, 0)), ItemResult::Indeterminate);
        assert_eq!(result(&Standing { narrowed: true, ..tested() }, &tally(1, 1, 0, 0)), ItemResult::Fail);
    }

    #[test]
    fn only_a_full_automated_test_settles_an_item() {
        let partial = Standing { full: false, ..tested() };
        let manual = Standing { manual: true, ..tested() };
        let weaker = Standing { weaker: vec!["x".into()], ..tested() };
        let untested = Standing::default();
        let untested_manual = Standing { manual: true, ..Standing::default() };
        assert_eq!(disposition(&tested(), ItemResult::Pass, true), Disposition::Pass);
        assert_eq!(disposition(&tested(), ItemResult::NothingToTest, false), Disposition::NothingToTest);
        for open in [&partial, &manual, &weaker] {
            assert_eq!(disposition(open, ItemResult::Pass, false), Disposition::Manual);
            assert_eq!(disposition(open, ItemResult::Pass, true), Disposition::Stated);
            assert_eq!(disposition(open, ItemResult::NothingToTest, false), Disposition::Manual);
            assert_eq!(disposition(open, ItemResult::Fail, true), Disposition::Fail);
            assert_eq!(disposition(open, ItemResult::Indeterminate, true), Disposition::Indeterminate);
        }
        let evidence = Standing { full: false, evidence: true, ..tested() };
        assert_eq!(disposition(&evidence, ItemResult::Fail, false), Disposition::Manual);
        assert_eq!(disposition(&evidence, ItemResult::Fail, true), Disposition::Stated);
        assert_eq!(disposition(&evidence, ItemResult::Indeterminate, true), Disposition::Indeterminate);
        assert_eq!(disposition(&untested, ItemResult::None, false), Disposition::NotTested);
        assert_eq!(disposition(&untested, ItemResult::None, true), Disposition::Stated);
        assert_eq!(disposition(&untested_manual, ItemResult::None, false), Disposition::Manual);
    }

    #[test]
    fn the_sentence_counts_and_names_reasons() {
        let say = |standing: &Standing, tally: AccountTally| {
            let result = result(standing, &tally);
            why(standing, result, disposition(standing, result, false), &tally)
        };
        assert_eq!(say(&tested(), tally(3, 2, 0, 1)), "2 of 6 verdicts fail; 1 could not be decided (denied 1).");
        assert_eq!(say(&tested(), tally(3, 0, 0, 2)), "2 of 5 verdicts could not be decided (denied 2); none fails.");
        assert_eq!(say(&tested(), tally(3, 0, 0, 0)), "All 3 verdicts pass; all populations are complete.");
        let partial = Standing { full: false, ..tested() };
        assert_eq!(
            say(&partial, tally(3, 0, 0, 0)),
            "All 3 verdicts pass; all populations are complete; the tests answer only part of the item, a person must decide."
        );
        assert_eq!(say(&Standing::default(), tally(0, 0, 0, 0)), "This tool has no test for it.");
        let evidence = Standing { full: false, evidence: true, ..tested() };
        assert_eq!(say(&evidence, tally(1, 2, 0, 0)), "2 of 3 verdicts fail; the control gathers evidence, a person decides.");
    }
}
