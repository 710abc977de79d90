//! Packs: budgets, determinism, hostile text, links, the machine contract, atomic output. Sums and re-performance are in
//! `verify`.

mod fixture;
pub mod reading;
mod verify;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use evidence::model::assessment::RecordingOrigin;
use evidence::pack::{INDEX_BUDGET, PAGE_BUDGET, PackError, TICKET_BUDGET, Templates};
use fixture::{Fixture, Wish};
use reading::{check_links, csv_rows, files};

fn built(wish: Wish<'_>) -> (tempfile::TempDir, BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().expect("folder");
    let out = folder.path().join("pack");
    Fixture::new(wish).build(&out).unwrap_or_else(|error| panic!("{error}"));
    let files = files(&out);
    (folder, files)
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(files.get(path).unwrap_or_else(|| panic!("no {path}"))).expect("UTF-8")
}

#[test]
fn every_link_leads_to_a_file_and_every_page_is_reachable() {
    let (_folder, files) = built(Wish { resources: 2_500, calls: 20, ..Wish::default() });
    let linked = check_links(&files);
    for page in files.keys().filter(|path| path.ends_with(".html")) {
        assert!(linked.contains(page), "no page links to {page}");
    }
    assert!(files.contains_key("controls/iam-user-keys--aaaa0000.3.html"), "2,500 rows stand on three pages");
}

#[test]
fn same_input_gives_the_same_bytes_and_modes() {
    let wish = Wish { resources: 300, ..Wish::default() };
    let ((one, first), (two, second)) = (built(wish), built(wish));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, bytes) in &first {
        assert!(second[path] == *bytes, "{path} differs");
    }
    #[cfg(unix)]
    for folder in [one.path(), two.path()] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).expect("file").permissions().mode() & 0o777;
        assert_eq!(
            (mode(&folder.join("pack")), mode(&folder.join("pack/controls")), mode(&folder.join("pack/index.html"))),
            (0o700, 0o700, 0o600)
        );
    }
    drop((one, two));
}

#[test]
fn budgets_hold_for_twenty_thousand_resources() {
    let (_folder, files) = built(Wish { resources: 20_000, calls: 6_000, items: 1_300, ..Wish::default() });
    for (path, bytes) in &files {
        let budget = match path.as_str() {
            "index.html" => INDEX_BUDGET,
            "ticket.md" => TICKET_BUDGET,
            _ if path.ends_with(".html") => PAGE_BUDGET,
            _ => u64::MAX,
        };
        assert!(bytes.len() as u64 <= budget, "{path} has {} bytes", bytes.len());
    }
    assert!(files.contains_key("exhibits/006/E-6001.html"), "many exhibits stand in folders");
    let rows = csv_rows("populations", &files["populations/iam-user-keys--aaaa0000.csv"]);
    assert_eq!(rows.len(), 20_000);
    assert!(rows.iter().enumerate().all(|(at, row)| row[0] == (at + 1).to_string()));
    check_links(&files);
}

#[test]
fn long_text_in_every_field_keeps_the_budgets() {
    let long = "&\u{1b}x".repeat(4_000);
    let wish = Wish { resources: 700, items: 300, ..Wish::default() };
    // Ids become file names and row ids; only what AWS or users can make long is made long here.
    let mut fixture = Fixture::new(wish);
    for (verdict, shown) in fixture.verdicts.0.values_mut().flatten() {
        verdict.resource.name = Some(long.clone());
        verdict.observed.insert("resource.long".into(), serde_json::json!(long));
        shown[1] = serde_json::json!(long);
    }
    for control in &mut fixture.controls {
        control.why.clone_from(&long);
        control.remediation.clone_from(&long);
    }
    for item in &mut fixture.assessment.frameworks[0].items {
        item.why.clone_from(&long);
        item.title.clone_from(&long);
    }
    let folder = tempfile::tempdir().expect("folder");
    fixture.build(&folder.path().join("pack")).unwrap_or_else(|error| panic!("{error}"));
}

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></pre></code></table><h1>ZZ</h1>",
    "[ZZ](javascript:alert(1)) ![ZZ](http://e.example/x)",
    "**ZZ** _ZZ_ ~~ZZ~~ `ZZ` <b>ZZ</b> <https://ZZ.example> www.ZZ.example ZZ@e.example @ZZ #12",
    "\n\n# ZZ\n\n- ZZ\n1. ZZ\n> ZZ\n\n```\nZZ\n```\n| ZZ | ZZ |\n| --- | --- |\n",
    "=cmd|'/c calc'!A0",
    "@SUM(1)\t+1",
    "\u{202e}gnp.exe\u{2066}\u{1b}[31m\u{7f}\u{0}",
    "../../../etc/passwd\\..\\x",
    "CON.aux:stream*?|\"<>",
    "{{ 7 * 7 }}{% raw %}${x}",
    "日本語 ünïcode ✓ 👩‍💻",
];

#[test]
fn hostile_text_in_every_field_is_inert_everywhere() {
    for hostile in HOSTILE {
        let (_folder, files) = built(Wish { text: hostile, ..Wish::default() });
        let mut lower = BTreeSet::new();
        for path in files.keys() {
            evidence::pack::names::check_path(path).unwrap_or_else(|error| panic!("{hostile:?}: {error}"));
            assert!(path.is_ascii() && lower.insert(path.to_lowercase()), "{path}");
        }
        check_links(&files);
        for (path, bytes) in &files {
            match path.rsplit('.').next() {
                Some("csv") => drop(csv_rows(path, bytes)),
                Some("md") => check_markdown(path, std::str::from_utf8(bytes).expect("UTF-8")),
                Some("json" | "jsonl") => {
                    let text = std::str::from_utf8(bytes).expect("UTF-8");
                    assert!(!text.chars().any(evidence::pack::text::is_hidden), "{path} holds hidden characters");
                }
                _ => {}
            }
        }
    }
}

/// No text of ours bears `ZZ`: it may stand in plain text, code and table cells, and in nothing that a renderer would act on.
fn check_markdown(path: &str, markdown: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    assert!(!markdown.chars().any(evidence::pack::text::is_hidden), "{path} holds hidden characters");
    let mut open: Vec<Tag<'_>> = Vec::new();
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{path}: HTML {html:?}"),
            Event::Start(tag) => {
                assert!(!matches!(tag, Tag::Link { .. } | Tag::Image { .. }), "{path}: {tag:?}");
                open.push(tag);
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) if text.contains("ZZ") => {
                let acts = |tag: &Tag<'_>| {
                    matches!(tag, Tag::Emphasis | Tag::Strikethrough | Tag::CodeBlock(_) | Tag::Superscript | Tag::Subscript)
                };
                assert!(!open.iter().any(acts), "{path}: {text:?} within {open:?}");
                for word in text.split_whitespace().filter(|word| word.contains("ZZ")) {
                    assert!(!word.contains('@') && !word.contains("://") && !word.contains("www."), "{path}: {word:?} would be linked");
                }
            }
            _ => {}
        }
    }
}

#[test]
fn tables_of_the_report_keep_their_columns_whatever_the_text() {
    for hostile in HOSTILE {
        let (_folder, files) = built(Wish { text: hostile, ..Wish::default() });
        let (_plain_folder, plain) = built(Wish::default());
        let cells = |files: &BTreeMap<String, Vec<u8>>| {
            let options = pulldown_cmark::Options::ENABLE_TABLES;
            let events = pulldown_cmark::Parser::new_ext(text(files, "report.md"), options);
            events.filter(|event| matches!(event, pulldown_cmark::Event::Start(pulldown_cmark::Tag::TableCell))).count()
        };
        assert_eq!(cells(&files), cells(&plain), "{hostile:?}");
    }
}

#[test]
fn the_machine_contract_follows_its_schemas() {
    for hostile in ["", HOSTILE[9]] {
        let (_folder, files) = built(Wish { text: hostile, ..Wish::default() });
        let json = |path: &str| serde_json::from_str::<serde_json::Value>(text(&files, path)).expect("JSON");
        let schema = jsonschema::validator_for(&json("schemas/assessment.schema.json")).expect("schema");
        let assessment = json("assessment.json");
        assert!(schema.iter_errors(&assessment).map(|error| error.to_string()).collect::<Vec<_>>().is_empty());
        let schema = jsonschema::validator_for(&json("schemas/verdict.schema.json")).expect("schema");
        let mut keys = Vec::new();
        for line in text(&files, "verdicts.jsonl").lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
            assert!(schema.is_valid(&value), "{line}");
            keys.push(serde_json::from_value::<evidence::model::Verdict>(value).expect("verdict"));
        }
        assert!(keys.is_sorted_by(|a, b| a.sort_key() <= b.sort_key()));
        for evidence in assessment["frameworks"][0]["items"]
            .as_array()
            .expect("items")
            .iter()
            .flat_map(|item| item["evidence"].as_array().expect("list"))
        {
            assert!(files.contains_key(evidence.as_str().expect("path")), "{evidence} is not in the pack");
        }
    }
}

#[test]
fn the_manifest_and_the_sums_name_every_file() {
    let (folder, files) = built(Wish::default());
    let manifest: serde_json::Value = serde_json::from_str(text(&files, "manifest.json")).expect("JSON");
    let named: BTreeSet<&str> = manifest["files"].as_object().expect("files").keys().map(String::as_str).collect();
    let expected: BTreeSet<&str> =
        files.keys().map(String::as_str).filter(|path| *path != "manifest.json" && *path != "SHA256SUMS").collect();
    assert_eq!(named, expected);
    let mut check = std::process::Command::new("sha256sum");
    check.args(["-c", "--quiet", "--strict", "SHA256SUMS"]).current_dir(folder.path().join("pack"));
    let status = check.status().expect("sha256sum");
    assert!(status.success());
    assert_eq!(text(&files, "SHA256SUMS").lines().count(), files.len() - 1);
}

#[test]
fn every_exhibit_named_anywhere_exists() {
    let (_folder, files) = built(Wish { calls: 30, ..Wish::default() });
    let numbers: BTreeSet<String> = csv_rows("exhibits.csv", &files["exhibits/exhibits.csv"])
        .into_iter()
        .inspect(|row| assert!(files.contains_key(&row[1]), "{} is not in the pack", row[1]))
        .map(|row| row[0].clone())
        .collect();
    assert_eq!(numbers.len(), 37);
    for line in text(&files, "verdicts.jsonl").lines() {
        let verdict: evidence::model::Verdict = serde_json::from_str(line).expect("verdict");
        assert!(verdict.exhibits.iter().all(|exhibit| numbers.contains(exhibit)));
    }
}

#[test]
fn a_demonstration_says_so_on_every_page() {
    let (_folder, files) = built(Wish { origin: RecordingOrigin::Emulated, ..Wish::default() });
    let (_other, real) = built(Wish::default());
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".md")) {
        let says = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("DEMONSTRATION, not evidence");
        assert!(says(bytes), "{path} does not say it");
        assert!(!says(&real[path]), "{path} says it of real evidence");
    }
}

#[test]
fn no_page_says_compliant() {
    let (_folder, files) = built(Wish::default());
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".md")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for word in ["compliant", "compliance", "in place", "operated effectively", "sealed"] {
            assert!(!text.contains(word), "{path} says {word}");
        }
    }
}

#[test]
fn a_taken_folder_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("folder");
    let out = folder.path().join("pack");
    std::fs::create_dir(&out).expect("folder");
    std::fs::write(out.join("mine.txt"), "x").expect("file");
    let error = Fixture::new(Wish::default()).build(&out).expect_err("taken");
    assert!(matches!(error, PackError::OutTaken(_)), "{error}");
    assert_eq!(files(folder.path()).keys().collect::<Vec<_>>(), ["pack/mine.txt"]);
}

#[test]
fn an_empty_folder_is_taken_over() {
    let folder = tempfile::tempdir().expect("folder");
    let out = folder.path().join("pack");
    std::fs::create_dir(&out).expect("folder");
    Fixture::new(Wish::default()).build(&out).expect("pack");
    assert!(out.join("index.html").exists());
}

#[test]
fn a_pack_that_fails_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("folder");
    let mut fixture = Fixture::new(Wish::default());
    fixture.controls.clear();
    let error = fixture.build(&folder.path().join("pack")).expect_err("control without file");
    assert!(matches!(error, PackError::Inconsistent(_)), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 0);
}

#[test]
fn a_parent_that_is_a_file_is_a_clear_error() {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "x").expect("file");
    let error = Fixture::new(Wish::default()).build(&file.join("pack")).expect_err("no folder");
    assert!(error.to_string().contains("file"), "{error}");
}

#[test]
fn a_template_of_the_users_replaces_ours_and_its_faults_have_a_place() {
    let folder = tempfile::tempdir().expect("folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join("templates").join(path);
        std::fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        std::fs::write(path, text).expect("file");
    };
    write("markdown/ticket.md", "Ours: {{ cover.title }}\n");
    let load = || Templates::load(&folder.path().join("templates"));
    let out = folder.path().join("pack");
    evidence::pack::build(&Fixture::new(Wish::default()).input(), load().expect("templates"), &out).expect("pack");
    assert_eq!(std::fs::read_to_string(out.join("ticket.md")).expect("ticket"), "Ours: CIS AWS Foundations 7.0.0&#32;\n");
    write("markdown/ticket.md", "one\n{{ cover.titel }}\n");
    let error = evidence::pack::build(&Fixture::new(Wish::default()).input(), load().expect("templates"), &folder.path().join("two"));
    let error = error.expect_err("unknown field").to_string();
    assert!(error.contains("markdown/ticket.md") && error.contains('2') && error.contains("titel"), "{error}");
    write("markdown/ticket.md", "{% if %}");
    assert!(load().expect_err("syntax").to_string().contains("markdown/ticket.md"));
    write("markdown/ticket.md", "{{ cover.title | safe }}");
    let error = evidence::pack::build(&Fixture::new(Wish::default()).input(), load().expect("templates"), &folder.path().join("three"));
    assert!(error.expect_err("safe").to_string().contains("safe"));
    write("markdown/tickets.md", "x");
    assert!(load().expect_err("unknown").to_string().contains("replaces no template"));
}
