//! Hostile text in every field of an account: inert in HTML, CSV, Markdown and on the terminal, and never part of a file's name.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::harness::{Place, Ran};
use crate::emulator::Emulator;
use crate::pack::reading::{check_links, csv_rows, files};

#[test]
fn hostile_names_come_out_inert_everywhere() {
    let emulator = Emulator::start();
    let seeded = emulator.seed("hostile");
    let place = Place::with_accounts(&emulator, &seeded);
    let built = place.run("build --framework cis --framework api-gateway --out pack -vv");
    assert!([0, 4].contains(&built.status), "{built}");
    let verified = place.run("verify pack").ends(0);
    let from = place.run(&format!("build --framework cis --from {} --out again --format json", built.recording()));
    from.json();
    for ran in [&built, &verified, &from] {
        terminal(ran);
    }
    let pack = files(&place.path("pack"));
    let read = |path: &str| std::str::from_utf8(&pack[path]).unwrap_or_else(|error| panic!("{path}: {error}"));
    // Reads every page strictly: elements, attributes, links, hidden characters.
    check_links(&pack);
    let mut cells = 0;
    for path in pack.keys().filter(|path| path.ends_with(".csv")) {
        cells += csv_rows(path, &pack[path]).iter().map(Vec::len).sum::<usize>();
    }
    assert!(cells > 1000, "{cells}");
    for path in pack.keys().filter(|path| path.ends_with(".md") && !path.starts_with("inputs/")) {
        markdown(path, read(path), &pack);
    }
    for path in pack.keys().filter(|path| path.ends_with(".json")) {
        serde_json::from_str::<serde_json::Value>(read(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    for line in read("verdicts.jsonl").lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    }
    pack.keys().for_each(|path| name(path));
    let shown = |text: &str| pack.iter().any(|(path, bytes)| path.ends_with(".csv") && String::from_utf8_lossy(bytes).contains(text));
    assert!(shown("HYPERLINK") && shown("user,with,commas") && shown("<script>"), "the seed is in the pack");
}

/// No control characters but line feeds, no direction marks.
fn terminal(ran: &Ran) {
    for text in [&ran.stdout, &ran.stderr] {
        let hidden = text.chars().find(|c| *c != '\n' && evidence::pack::text::is_hidden(*c));
        assert_eq!(hidden, None, "{ran}");
    }
}

/// As CommonMark with tables: no HTML, no images, and links only to files of the pack or to what the tool itself names.
fn markdown(path: &str, text: &str, pack: &std::collections::BTreeMap<String, Vec<u8>>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut columns = 0;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{path}: HTML {html:?}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("{path}: image {dest_url}"),
            Event::Start(Tag::FootnoteDefinition(name)) => panic!("{path}: footnote {name}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let file = dest_url.split('#').next().unwrap_or_default();
                let target = if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") };
                assert!(pack.contains_key(&target) || file.is_empty(), "{path}: link {dest_url}");
            }
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Text(text) => assert!(!text.chars().any(|c| c != '\n' && evidence::pack::text::is_hidden(c)), "{path}: {text:?}"),
            _ => {}
        }
    }
    assert!(columns > 0 || !text.contains("| --- |"), "{path}: its tables are tables");
}

/// Safe on every file system and in every shell. A recording writes the space of a service's name as `%20`.
fn name(path: &str) {
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    for part in path.split('/') {
        let plain = part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c) || c == '%' && path.starts_with("recording/"));
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let sane = !part.starts_with(['.', '-']) && !part.ends_with('.') && part.len() < 120;
        assert!(plain && sane && !RESERVED.contains(&stem.as_str()), "{path}");
    }
}
