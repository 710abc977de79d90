//! Every command that README.md shows in a console block is run here, in the order of the page.

use super::harness::{Place, Ran};
use crate::emulator::{Emulator, MAIN};

/// The commands of the page's console blocks, comments taken off.
fn commands(page: &str) -> Vec<String> {
    let blocks = page.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let lines = blocks.flat_map(str::lines).filter_map(|line| line.strip_prefix("$ "));
    lines.map(|line| line.split("  #").next().unwrap_or(line).trim().to_owned()).collect()
}

/// The account of the page: the demonstration's, under the profile that the page names.
fn audited(emulator: &Emulator) -> Place {
    let seeded = emulator.seed("demo");
    let mut place = Place::with_accounts(emulator, &seeded);
    let credentials = place.read(".home/.aws/credentials").replace("[production]", "[audit]");
    place.write(".home/.aws/credentials", &credentials);
    place.environment.insert("AWS_PROFILE".into(), "audit".into());
    place
}

#[test]
fn every_command_of_the_readme_does_what_it_says() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("README.md")).expect("README.md");
    let emulator = Emulator::own();
    let place = audited(&emulator);
    let mut built: Option<Ran> = None;
    for command in commands(&page) {
        let line = command.replace("cargo run --release --", "evidence");
        match line.as_str() {
            "evidence build --framework cis --demo" => {
                let ran = place.shell(&line).ends(4);
                assert!(place.path(&ran.pack()).join("index.html").exists(), "{ran}");
            }
            "evidence plan --framework cis --iam-policy" => drop(place.shell(&line).ends_quietly().json()),
            // The demonstration's first account has a trail whose status is denied, which a probe cannot foresee.
            "evidence plan --framework cis --check" => assert!([0, 4].contains(&place.shell(&line).status)),
            "evidence build --framework cis --profile audit" => built = Some(place.shell(&line).ends(4)),
            "evidence controls check controls" => {
                place.write("controls/frameworks/own.toml", super::harness::SMALL);
                place.shell(&line).ends_quietly();
            }
            // Runs this test among all others.
            "tests/run" => assert!(root.join("tests/run").is_file()),
            line if line.starts_with("evidence verify packs/") => {
                let pack = built.as_ref().expect("built above").pack();
                assert_eq!(shape(&pack), shape(line.trim_start_matches("evidence verify ")), "the name of a pack is as the page shows it");
                assert!(pack.contains(MAIN));
                place.shell(&format!("evidence verify {pack}")).ends(0);
            }
            other => panic!("the page shows `{other}`; say here how it is run"),
        }
    }
    let built = built.expect("the page builds a pack");
    inline(&page, &place, &built);
    layout(&page, &place, &built.pack());
}

/// A name with its digits made alike.
fn shape(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// Commands within sentences.
fn inline(page: &str, place: &Place, built: &Ran) {
    let recording = built.recording();
    for text in
        ["evidence build --resume RECORDING", "evidence build --framework cis --from RECORDING", "evidence init", "evidence verify PACK"]
    {
        assert!(page.contains(&format!("`{text}`")), "the page no longer shows `{text}`");
        let line = text.replace("RECORDING", &recording).replace("PACK", &built.pack());
        let line = if text.contains("--from") { format!("{line} --out again") } else { line };
        let ran = place.shell(&line);
        match text {
            "evidence build --resume RECORDING" => {
                drop(ran.refuses(1, &format!("the recording in `{recording}` is complete"), "build from it"))
            }
            "evidence build --framework cis --from RECORDING" => drop(ran.ends(4)),
            "evidence init" => drop(ran.ends_quietly()),
            _ => drop(ran.ends(0)),
        }
    }
}

/// The files that the page names are in the pack.
fn layout(page: &str, place: &Place, pack: &str) {
    let listing = page.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the layout of a pack");
    let words = listing.split_whitespace().filter(|word| {
        let file = [".md", ".html", ".json", ".jsonl", "/"].iter().any(|ending| word.ends_with(ending));
        file || *word == "SHA256SUMS"
    });
    let named: Vec<&str> = words.collect();
    assert!(named.len() > 12, "{named:?}");
    for name in named {
        assert!(place.path(pack).join(name).exists(), "{pack} has no {name}");
    }
}
