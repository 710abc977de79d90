//! The invariants of ARCHITECTURE.md that a test can hold, over the source tree itself.

use std::path::{Path, PathBuf};

/// Every Rust source file under a folder with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("source folder").map(|entry| entry.expect("entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&entry).expect("UTF-8 source");
                found.push((entry, text));
            }
        }
    }
    assert!(!found.is_empty(), "no sources under {folder}");
    found
}

/// The part of a file that is not its `#[cfg(test)]` module.
fn product(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or(text)
}

/// Lines of product code under `src/<folder>` that hold one of the words, but for comments.
fn offenders(folder: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources(folder) {
        for (number, line) in product(&text).lines().enumerate() {
            let code = line.split("//").next().unwrap_or(line);
            if words.iter().any(|word| code.contains(word)) {
                found.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    found
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent: Vec<_> = sources("src").into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "without a //! header: {silent:?}");
}

#[test]
fn the_model_imports_nothing_of_ours() {
    let modules =
        ["assess", "aws", "catalog", "cli", "collect", "pack", "pattern", "policy", "recording"].map(|name| format!("crate::{name}"));
    let words: Vec<&str> = modules.iter().map(String::as_str).collect();
    assert_eq!(offenders("src/model", &words), Vec::<String>::new());
}

#[test]
fn only_the_command_line_sees_everything() {
    for folder in ["aws", "recording", "collect", "pattern", "policy", "catalog", "assess", "pack"] {
        assert_eq!(offenders(&format!("src/{folder}"), &["crate::cli"]), Vec::<String>::new());
    }
    for folder in ["catalog", "assess", "pattern", "policy", "pack"] {
        assert_eq!(
            offenders(&format!("src/{folder}"), &["aws_sdk_", "crate::aws::session", "crate::aws::transport"]),
            Vec::<String>::new()
        );
    }
}

#[test]
fn nothing_after_collection_looks_at_the_clock() {
    for folder in ["model", "catalog", "assess", "pattern", "policy", "pack", "collect"] {
        let clocks = ["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "rand::"];
        assert_eq!(offenders(&format!("src/{folder}"), &clocks), Vec::<String>::new(), "in {folder}");
    }
}

#[test]
fn sdk_paginators_are_not_used() {
    assert_eq!(offenders("src", &["into_paginator"]), Vec::<String>::new());
}

#[test]
fn pure_modules_do_no_network_and_start_no_processes() {
    for folder in ["model", "catalog", "assess", "pattern", "policy", "pack", "recording"] {
        assert_eq!(
            offenders(&format!("src/{folder}"), &["std::net::Tcp", "std::net::Udp", "TcpStream", "tokio::net", "std::process::Command"]),
            Vec::<String>::new()
        );
    }
}

#[test]
fn results_are_printed_in_one_place() {
    let printing = ["println!", "eprintln!", "print!(", "dbg!"];
    assert_eq!(offenders("src", &printing), Vec::<String>::new());
}

/// Each wrong answer that tools for this work have been seen to give has a test that bears its number.
#[test]
fn every_wrong_answer_is_a_test_named_after_it() {
    let mut named = std::collections::BTreeSet::new();
    for (_, text) in sources("tests/it/wrong_answers") {
        for name in text.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split('(').next()) {
            let words = name.split('_').take_while(|word| *word == "and" || word.starts_with('w'));
            named.extend(words.filter_map(|word| word.strip_prefix('w')?.parse::<u32>().ok()));
        }
    }
    assert_eq!(named, (1..=24).collect());
}
