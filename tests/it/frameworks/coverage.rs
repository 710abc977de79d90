//! How far tests reach into a framework, as the command line, a pack's first page and its report say it; and several frameworks
//! in one pack.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

const NAMES: [&str; 3] = ["cis", "pci-dss", "nist-800-53"];

/// Runs the binary; a demonstration with gaps ends with 4.
fn evidence(folder: &Path, line: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evidence"));
    let output = command.args(line.split_whitespace()).current_dir(folder).env_clear().env("HOME", folder).output().expect("it runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 4)), "{line}: {stderr}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Items of a framework in an assessment by what covers them, counted from what the pack tells machines.
fn counted(framework: &Value) -> Value {
    let mut counts = BTreeMap::from([("in_full", 0), ("in_part", 0), ("by_a_person", 0), ("no_test", 0)]);
    for item in framework["items"].as_array().expect("items") {
        let covers = item["controls"].as_array().into_iter().flatten().filter(|control| control["relation"] == "covers");
        let coverage: BTreeSet<&str> = covers.map(|control| control["coverage"].as_str().expect("coverage")).collect();
        let word = match (coverage.contains("full"), coverage.is_empty(), item["method"].as_str()) {
            (true, ..) => "in_full",
            (false, false, _) => "in_part",
            (false, true, Some("manual")) => "by_a_person",
            (false, true, _) => "no_test",
        };
        *counts.get_mut(word).expect("a word") += 1;
    }
    json!(counts)
}

#[test]
fn one_pack_of_three_frameworks_says_of_each_what_the_command_line_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let wanted: Vec<String> = NAMES.iter().map(|name| format!("--framework {name}")).collect();
    evidence(folder.path(), &format!("build --demo {} --out pack", wanted.join(" ")));
    let read = |name: &str| std::fs::read_to_string(folder.path().join("pack").join(name)).expect("a file of the pack");
    let (index, report, assessment) = (read("index.html"), read("report.md"), parsed(&read("assessment.json")));

    for (name, framework) in NAMES.iter().zip(assessment["frameworks"].as_array().expect("frameworks")) {
        let sentence = evidence(folder.path(), &format!("frameworks show {name} --coverage"));
        assert!(index.contains(sentence.trim()) && report.contains(sentence.trim()), "{name}: {sentence}");
        let shown = parsed(&evidence(folder.path(), &format!("frameworks show {name} --format json")));
        assert_eq!((&shown["id"], &shown["coverage"]), (&framework["id"], &counted(framework)), "{name}");
    }
    let numbers = |word: &str| {
        let each = assessment["frameworks"].as_array().expect("frameworks").iter().map(|one| counted(one)[word].to_string());
        each.collect::<Vec<_>>().join(" | ")
    };
    for (row, word) in [("in full", "in_full"), ("in part", "in_part"), ("not at all, and the framework says manual", "by_a_person")] {
        let line = format!("| tested: {row} | {} |", numbers(word));
        assert!(report.contains(&line), "no `{line}`");
    }
    assert!(index.contains("The frameworks side by side"));

    let populations = assessment["populations"].as_array().expect("populations");
    let places: BTreeSet<String> = populations.iter().map(|one| format!("{} {} {}", one["kind"], one["account"], one["region"])).collect();
    assert_eq!(places.len(), populations.len(), "a population stands twice");
}

#[test]
fn a_pack_of_one_framework_has_nothing_to_compare() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    evidence(folder.path(), "build --demo --framework pci-dss --out pack");
    let index = std::fs::read_to_string(folder.path().join("pack/index.html")).expect("the first page");
    let sentence = evidence(folder.path(), "frameworks show pci-dss --coverage");
    assert!(index.contains(sentence.trim()) && !index.contains("side by side"), "{sentence}");
}
