//! Baselines: the items of a framework that a run takes, and how it says so.

use evidence::catalog::{self, Diagnostics, Files, Overrides, Selection};

use super::embedded;
use crate::fixture;

fn nist(baseline: Option<&str>) -> Selection {
    embedded().select_baseline(&["nist-800-53".into()], baseline, &Overrides::default()).expect("known baseline")
}

#[test]
fn baselines_of_nist_have_the_published_numbers_of_items() {
    let numbers = [(Some("low"), 149), (Some("moderate"), 287), (Some("high"), 370), (Some("all"), 1014), (None, 287)];
    for (baseline, items) in numbers {
        assert_eq!(nist(baseline).frameworks[0].items.len(), items, "{baseline:?}");
    }
}

#[test]
fn each_baseline_of_nist_holds_the_narrower_one() {
    let ids = |name| nist(Some(name)).frameworks[0].items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    let (low, moderate, high) = (ids("low"), ids("moderate"), ids("high"));
    assert!(low.iter().all(|id| moderate.contains(id)) && moderate.iter().all(|id| high.contains(id)));
}

#[test]
fn a_narrowed_framework_says_how_much_of_it_is_there() {
    assert_eq!(nist(None).frameworks[0].version, "Revision 5 (5.2.0), moderate baseline: 287 of 1014 items");
    assert_eq!(nist(Some("all")).frameworks[0].version, "Revision 5 (5.2.0)");
}

#[test]
fn only_controls_of_the_chosen_items_are_run() {
    let reuse = |selection: &Selection| selection.runs.iter().any(|run| run.asks.iter().any(|ask| ask.item == "AU-9(3)"));
    assert!(!reuse(&nist(Some("moderate"))) && reuse(&nist(Some("high"))));
}

#[test]
fn other_frameworks_of_the_run_stay_whole() {
    let names = ["cis".to_owned(), "nist".to_owned()];
    let selection = embedded().select_baseline(&names, Some("low"), &Overrides::default()).expect("known baseline");
    let items: Vec<usize> = selection.frameworks.iter().map(|framework| framework.items.len()).collect();
    assert_eq!(items, [70, 149]);
}

#[test]
fn a_baseline_that_no_framework_has_is_refused() {
    let refused = |name: &str, baseline| {
        let error = embedded().select_baseline(&[name.into()], Some(baseline), &Overrides::default()).expect_err("no such baseline");
        (error.to_string(), error.hint().unwrap_or_default().to_owned())
    };
    let hint = "choose one of: all, high, low, moderate".to_owned();
    assert_eq!(refused("nist", "medium"), ("unknown baseline `medium`".into(), hint));
    let hint = "leave `--baseline` out: the chosen frameworks have no baselines".to_owned();
    assert_eq!(refused("cis", "all"), ("unknown baseline `all`".into(), hint));
}

fn faults(baselines: &str, level: &str) -> Diagnostics {
    let item = format!("[[item]]\nid = \"1\"\ntitle = \"Lock\"\nlevel = \"{level}\"\nsection = \"All\"\nmethod = \"manual\"\n");
    let text = format!("title = \"House\"\nversion = \"1\"\nnotice = \"Only a house.\"\n{baselines}\n{item}");
    let mut files = Files::default();
    files.add("frameworks/house.toml", "controls/frameworks/house.toml", text, true);
    catalog::load_files(&files, fixture::kinds()).expect_err("the framework is faulty")
}

#[test]
fn baselines_that_do_not_hold_together_are_refused() {
    let unknown = faults("baselines = [\"small\", \"large\"]", "small;larg").to_string();
    assert!(unknown.contains("item `1` is in baseline `larg`, which the framework does not have"), "{unknown}");
    assert!(unknown.contains("did you mean `large`?"), "{unknown}");
    let default = faults("baselines = [\"small\"]\ndefault_baseline = \"middle\"", "small").to_string();
    assert!(default.contains("`middle` is not one of the framework's baselines"), "{default}");
    let reserved = faults("baselines = [\"all\"]", "all").to_string();
    assert!(reserved.contains("`all` cannot be the name of a baseline"), "{reserved}");
}
