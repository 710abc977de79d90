//! The catalogue's files: what is read, what is refused and with which words, what a selection asks for.

use evidence::assess;
use evidence::catalog::{self, Catalog, Diagnostics, Files, Overrides};
use evidence::collect;
use serde_json::json;

use crate::fixture;

const CONTROL: &str = r#"+++
title = "Boxes are locked"
severity = "high"
resource = "Test::Box"
when = 'resource.kind == "chest"'
every = 'resource.locked && resource.age_days <= params.max_age'

[params.max_age]
default = 45
stricter = "lower"
unit = "days"

[columns]
Zeta = "resource.kind"
Alpha = "resource.locked"

[[example]]
verdict = "pass"
resource = { kind = "chest", locked = true, age_days = 1 }

[[example]]
verdict = "fail"
resource = { kind = "chest", locked = false, age_days = 1 }
+++
An open box invites everyone.

## Remediation
Lock it.

## Notes
None.
"#;

const FRAMEWORK: &str = r#"
title = "House rules"
version = "1"
aliases = ["house"]
notice = "Only a house."
full_coverage_allowed = true

[[item]]
id = "1.10"
title = "Lock boxes"
section = "Boxes"
method = "automated"

[[item.covers]]
control = "test-locked"
part = "all"
coverage = "full"
params = { max_age = 30 }

[[item]]
id = "1.1"
title = "Lock all"
section = "Boxes"
method = "manual"

[[item.covers]]
control = "test-locked"
part = "boxes"
coverage = "partial"
why = "Doors are not looked at."
"#;

fn files(entries: &[(&str, &str)]) -> Files {
    let mut files = Files::default();
    for (path, text) in entries {
        files.add(path, &format!("controls/{path}"), (*text).to_owned(), true);
    }
    files
}

fn load(entries: &[(&str, &str)]) -> Result<(Catalog, Diagnostics), Diagnostics> {
    catalog::load_files(&files(entries), fixture::kinds())
}

fn faults(entries: &[(&str, &str)]) -> String {
    load(entries).expect_err("the catalogue is faulty").render(false)
}

#[test]
fn a_control_file_is_read_whole() {
    let (catalog, warnings) = load(&[("test/locked.md", CONTROL), ("frameworks/house-1.toml", FRAMEWORK)]).expect("sound catalogue");
    assert!(warnings.is_empty(), "{warnings}");
    let control = catalog.control("test-locked").expect("read");
    let titles: Vec<&str> = control.judges[0].columns.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["Zeta", "Alpha"], "columns keep the file's order");
    assert_eq!(control.params["max_age"].default, json!(45));
    assert_eq!((control.why.as_str(), control.remediation.as_str()), ("An open box invites everyone.", "Lock it."));
    assert_eq!(control.sections, [("Notes".to_owned(), "None.".to_owned())]);
    assert_eq!(control.origin.path, "controls/test/locked.md");
    let items: Vec<&str> = catalog.framework("house").expect("by alias").items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(items, ["1.10", "1.1"], "items keep the file's order and ids stay text");
}

#[test]
fn a_selection_runs_a_control_once_for_each_set_of_parameters() {
    let (catalog, _) = load(&[("test/locked.md", CONTROL), ("frameworks/house-1.toml", FRAMEWORK)]).expect("sound catalogue");
    let selection = catalog.select(&["house".into()], &Overrides::default()).expect("known framework");
    let mut values: Vec<_> = selection.runs.iter().map(|run| (run.params["max_age"].value.clone(), run.asks[0].item.as_str())).collect();
    values.sort_by_key(|(value, _)| value.as_i64());
    assert_eq!(values, [(json!(30), "1.10"), (json!(45), "1.1")]);
    let local = Overrides { local: [("test-locked".into(), [("max_age".into(), json!(40))].into())].into(), ..Overrides::default() };
    let selection = catalog.select(&["house".into()], &local).expect("known framework");
    assert_eq!(selection.runs.len(), 1, "a local value holds for all items");
    let weak: Vec<_> = selection.runs[0].asks.iter().map(|ask| (ask.item.as_str(), ask.weaker.len())).collect();
    assert_eq!(weak, [("1.10", 1), ("1.1", 0)], "40 days are weaker than 30 and stricter than 45");
}

#[test]
fn unknown_frameworks_and_parameters_get_a_hint() {
    let (catalog, _) = load(&[("test/locked.md", CONTROL), ("frameworks/house-1.toml", FRAMEWORK)]).expect("sound catalogue");
    let error = catalog.select(&["hous".into()], &Overrides::default()).expect_err("misspelt");
    assert_eq!((error.to_string().as_str(), error.hint()), ("unknown framework `hous`", Some("did you mean `house`?")));
    let local = Overrides { local: [("test-locked".into(), [("max_age".into(), json!("x"))].into())].into(), ..Overrides::default() };
    let error = catalog.select(&["house".into()], &local).expect_err("mistyped");
    assert_eq!(error.to_string(), "cannot set parameter `max_age` of control `test-locked`: it is an integer, not a string");
}

#[test]
fn all_faults_of_all_files_are_reported_at_once() {
    let control = CONTROL.replace("severity = \"high\"", "severty = \"hihg\"").replace("## Remediation", "## Remedy");
    let framework = FRAMEWORK.replace("control = \"test-locked\"\npart = \"all\"", "control = \"test-lockd\"\npart = \"all\"");
    insta::assert_snapshot!(faults(&[("test/locked.md", &control), ("test/other.md", CONTROL), ("frameworks/house-1.toml", &framework)]));
}

#[test]
fn frameworks_that_do_not_hold_together_are_refused() {
    let framework = FRAMEWORK
        .replace("id = \"1.1\"", "id = \"1.10\"")
        .replace("params = { max_age = 30 }", "params = { max_age = \"30\", min_age = 1 }")
        .replace("full_coverage_allowed = true", "full_coverage_allowed = false");
    let second = FRAMEWORK.replace("params = { max_age = 30 }", "");
    let all = [("test/locked.md", CONTROL), ("frameworks/house-1.toml", framework.as_str()), ("frameworks/house-2.toml", second.as_str())];
    insta::assert_snapshot!(faults(&all));
}

#[test]
fn a_reason_used_on_more_than_three_pairs_is_refused() {
    let pair = "[[item.related]]\ncontrol = \"test-locked\"\nwhy = \"It is a box!\"\n";
    let three = format!("{FRAMEWORK}{}", pair.repeat(3));
    assert!(load(&[("test/locked.md", CONTROL), ("frameworks/house-1.toml", &three)]).is_ok());
    let four = format!("{three}{}", pair.replace("It is a box!", "it is  a box"));
    assert!(faults(&[("test/locked.md", CONTROL), ("frameworks/house-1.toml", &four)]).contains("the same reason stands at 4 pairs"));
}

#[test]
fn a_control_that_no_framework_cites_is_a_warning() {
    let (_, warnings) = load(&[("test/locked.md", CONTROL)]).expect("usable");
    assert_eq!(warnings.warnings(), 1);
    assert!(warnings.to_string().contains("no framework cites control `test-locked`"));
}

#[test]
fn the_users_folder_replaces_and_adds_files() {
    let folder = tempfile::tempdir().expect("temporary folder");
    std::fs::create_dir(folder.path().join("test")).expect("folder");
    std::fs::write(folder.path().join("test/locked.md"), CONTROL.replace("Boxes are locked", "Mine")).expect("write");
    std::fs::write(folder.path().join("test/new.md"), CONTROL).expect("write");
    let mut all = Files::default();
    all.add("test/locked.md", "controls/test/locked.md", CONTROL, false);
    all.add("frameworks/house-1.toml", "controls/frameworks/house-1.toml", FRAMEWORK, true);
    all.overlay(folder.path(), &|_| true).expect("readable");
    let (catalog, _) = catalog::load_files(&all, fixture::kinds()).expect("sound");
    assert_eq!(catalog.control("test-locked").map(|control| (control.title.as_str(), control.origin.local)), Some(("Mine", true)));
    assert!(catalog.control("test-new").is_some());
}

#[test]
fn the_embedded_catalogue_holds_together() {
    let (catalog, warnings) = catalog::load(None, collect::kinds()).unwrap_or_else(|error| panic!("{error}"));
    println!("{warnings}");
    for framework in catalog.frameworks() {
        let selection = catalog.select(std::slice::from_ref(&framework.id), &Overrides::default()).expect("known framework");
        let wanted = selection.wanted(collect::kinds());
        assert!(selection.runs.iter().flat_map(|run| &run.control.judges).all(|judge| wanted.kind(&judge.resource)));
        assert!(selection.runs.is_empty() || !catalog::select::operations(&wanted, collect::kinds()).is_empty());
    }
}

/// Tests that go over the catalogue do not notice a control that is gone.
#[test]
fn the_embedded_catalogue_holds_every_control_there_has_to_be() {
    let (catalog, _) = catalog::load(None, collect::kinds()).unwrap_or_else(|error| panic!("{error}"));
    let found: Vec<&str> = catalog.controls().map(|control| control.id.as_str()).collect();
    assert_eq!(found, include_str!("control_ids.txt").lines().collect::<Vec<_>>());
}

#[test]
fn only_groups_that_an_expression_reads_are_wanted() {
    let (catalog, _) = load(&[("test/locked.md", CONTROL), ("frameworks/house-1.toml", FRAMEWORK)]).expect("sound catalogue");
    let selection = catalog.select(&["house".into()], &Overrides::default()).expect("known framework");
    let operations = catalog::select::operations(&selection.wanted(fixture::kinds()), fixture::kinds());
    assert_eq!(operations.keys().collect::<Vec<_>>(), [&("Test", "ListBoxes")]);
    let control = CONTROL.replace("resource.locked &&", "get(resource.tags, \"a\") == null && resource.locked &&");
    let (catalog, _) = load(&[("test/locked.md", &control), ("frameworks/house-1.toml", FRAMEWORK)]).expect("sound catalogue");
    let selection = catalog.select(&["house".into()], &Overrides::default()).expect("known framework");
    let operations = catalog::select::operations(&selection.wanted(fixture::kinds()), fixture::kinds());
    assert_eq!(operations.keys().collect::<Vec<_>>(), [&("Test", "ListBoxes"), &("Test", "ListTags")]);
}

#[test]
fn faults_of_a_control_point_into_its_file() {
    let control = CONTROL
        .replace("when = 'resource.kind == \"chest\"'", "when = \"\"\"\nresource.kind == 'chest' &&\nresource.owner == 'me'\"\"\"")
        .replace("params.max_age'", "params.maxage'")
        .replace(
            "verdict = \"fail\"\nresource = { kind = \"chest\", locked = false, age_days = 1 }",
            "verdict = \"pass\"\nresource = { kinds = \"chest\", locked = 3 }",
        );
    insta::assert_snapshot!(faults(&[("test/locked.md", &control)]));
}

#[test]
fn every_example_of_the_embedded_catalogue_comes_to_its_verdict_and_no_lost_fact_turns_it() {
    let (catalog, _) = catalog::load(None, collect::kinds()).unwrap_or_else(|error| panic!("{error}"));
    let (run, faults) = assess::selftest::run(&catalog);
    assert!(faults.is_empty(), "{faults}");
    assert!(run.controls > 0 && run.examples >= 2 * run.controls && run.trials > run.examples, "{run:?}");
}

#[test]
fn examples_that_come_to_something_else_are_named() {
    let control = CONTROL
        .replace(
            "verdict = \"fail\"\nresource = { kind = \"chest\", locked = false",
            "verdict = \"fail\"\nresource = { kind = \"chest\", locked = true",
        )
        .replace("resource = { kind = \"chest\", locked = true, age_days = 1 }\n\n", "resource = { kind = \"chest\", age_days = 1 }\n\n");
    let (catalog, _) = load(&[("test/locked.md", &control), ("frameworks/house-1.toml", FRAMEWORK)]).expect("sound catalogue");
    let (run, faults) = assess::selftest::run(&catalog);
    assert_eq!((run.controls, run.examples), (1, 2));
    insta::assert_snapshot!(faults.render(false));
}

#[test]
fn a_new_control_passes_every_check_as_it_stands() {
    for kinds in [fixture::kinds(), collect::kinds()] {
        let shapes = catalog::shape::Shapes::of(kinds);
        for kind in kinds {
            let text = catalog::skeleton::text(kind.name, &shapes).expect("a known kind");
            let mut files = Files::default();
            files.add("test/new.md", "controls/test/new.md", text, true);
            let (catalog, _) = catalog::load_files(&files, kinds).unwrap_or_else(|faults| panic!("{}: {faults}", kind.name));
            let (_, faults) = assess::selftest::run(&catalog);
            assert!(faults.is_empty(), "{}: {faults}", kind.name);
        }
    }
    let error = catalog::skeleton::text("AWS::IAM::Usr", &catalog::shape::Shapes::of(collect::kinds())).expect_err("misspelt");
    assert_eq!((error.to_string().as_str(), error.hint()), ("unknown kind `AWS::IAM::Usr`", Some("did you mean `AWS::IAM::User`?")));
}
