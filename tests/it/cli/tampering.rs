//! Whatever is changed in a pack, `verify` names it and ends with status 1, and so does `sha256sum`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sha2::Digest as _;

use super::harness::{DEMO, Place, SMALL};
use crate::pack::reading::files;

/// A small pack of the demonstration's recording.
fn small() -> Place {
    let place = Place::without_aws();
    place.write("house/frameworks/own.toml", SMALL);
    place.run(&format!("build --framework own --controls house --from {} --out pack", DEMO.recording().display())).ends(4);
    place
}

/// The first and the last file, and the first of each kind: its folder and its ending.
fn sample(all: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let mut kinds = BTreeMap::new();
    for path in all.keys() {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        kinds.entry((folder, ending)).or_insert(path.clone());
    }
    let ends = [all.keys().next(), all.keys().next_back()].into_iter().flatten().cloned();
    let named = ["SHA256SUMS", "manifest.json", "assessment.json", "verdicts.jsonl"].map(str::to_owned);
    kinds.into_values().chain(ends).chain(named).collect()
}

#[test]
fn a_changed_removed_or_added_file_is_named() {
    let place = small();
    let pack = place.path("pack");
    let all = files(&pack);
    let sample = sample(&all);
    assert!(sample.len() > 12, "{sample:?}");
    for path in &sample {
        let mut bytes = all[path].clone();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(pack.join(path), &bytes).expect("can be written");
        place.run("verify pack").ends(1).shows(path).shows("does not hold");
        expect_sums(&place, path);
        std::fs::remove_file(pack.join(path)).expect("can be removed");
        let gone = place.run("verify pack").ends(1);
        assert!(gone.stdout.contains(path) || gone.stderr.contains(path), "{gone}");
        expect_sums(&place, path);
        std::fs::write(pack.join(path), &all[path]).expect("can be written");
    }
    for path in ["added.txt", "items/added.html", "recording/calls/added.jsonl.zst", "inputs/controls/iam/added.md"] {
        place.write(&format!("pack/{path}"), "added");
        place.run("verify pack").ends(1).shows(path);
        std::fs::remove_file(pack.join(path)).expect("can be removed");
    }
    place.run("verify pack").ends(0);
}

/// `sha256sum` finds it too: by the file's name, or, for the sums themselves, because a sum is no longer one.
fn expect_sums(place: &Place, path: &str) {
    if path == "SHA256SUMS" {
        return;
    }
    let checked = place.shell("cd pack && sha256sum --check --strict SHA256SUMS");
    assert!(checked.status == 1 && checked.stdout.contains(&format!("{path}: FAILED")), "{checked}");
}

#[test]
fn an_edited_verdict_is_found_though_all_sums_were_made_again() {
    let place = small();
    let pack = place.path("pack");
    // File, what is edited into what, and what `verify` must say of it.
    let edits: &[(&str, &str, &str, &[&str])] = &[
        ("verdicts.jsonl", r#""verdict":"fail""#, r#""verdict":"pass""#, &["verdicts.jsonl: "]),
        ("assessment.json", r#""disposition": "fail""#, r#""disposition": "pass""#, &["assessment.json: item own H-1: disposition"]),
        ("index.html", "fail", "pass", &["index.html: "]),
        ("inputs/settings.json", "2026", "2027", &["inputs/: is not what the assessment was made of", "assessment.json: "]),
        (
            "inputs/controls/iam/access-key-rotation.md",
            "default = 90",
            "default = 9999",
            &["inputs/: is not what the assessment was made of", "verdicts.jsonl: ", "assessment.json: item own H-1: "],
        ),
        ("inputs/controls/frameworks/own.toml", "are young", "are old", &["inputs/: is not", "assessment.json: item own H-1: title"]),
    ];
    for (path, from, to, named) in edits {
        let before = files(&pack);
        let text = String::from_utf8(before[*path].clone()).expect("UTF-8");
        let from = if text.contains(from) { (*from).to_owned() } else { from.replace(": ", ":") };
        assert!(text.contains(&from), "{path} has no {from}");
        place.write(&format!("pack/{path}"), &text.replacen(&from, to, 1));
        sum_again(&pack);
        let checked = place.shell("cd pack && sha256sum --check --strict --quiet SHA256SUMS");
        assert_eq!(checked.status, 0, "the sums alone do not tell: {checked}");
        let found = place.run("verify pack").ends(1).shows("does not hold");
        for name in *named {
            assert!(found.stdout.contains(name), "{path}: no `{name}` in {found}");
        }
        for (path, bytes) in before {
            std::fs::write(pack.join(path), bytes).expect("can be written");
        }
    }
    place.run("verify pack").ends(0);
}

#[test]
fn a_pack_of_another_version_is_compared_by_its_verdicts_and_that_is_said() {
    let place = small();
    let mut assessment = place.json("pack/assessment.json");
    assert_eq!(assessment["tool"]["version"], env!("CARGO_PKG_VERSION"));
    assessment["tool"]["version"] = "0.0.9".into();
    place.write("pack/assessment.json", &format!("{assessment:#}\n"));
    // Pages are laid out otherwise by another version.
    place.write("pack/index.html", "<!doctype html><title>pack</title>");
    sum_again(&place.path("pack"));
    let held = place.run("verify pack").ends(0);
    held.shows("made by 0.0.9").shows("pages were not").shows("holds: nothing differs");
    let verdicts = place.read("pack/verdicts.jsonl").replacen(r#""verdict":"fail""#, r#""verdict":"pass""#, 1);
    place.write("pack/verdicts.jsonl", &verdicts);
    sum_again(&place.path("pack"));
    place.run("verify pack").ends(1).shows("verdicts.jsonl: ").shows("does not hold");
}

/// Makes manifest and sums fit the files again, as whoever hides a change would.
fn sum_again(pack: &Path) {
    let hash = |bytes: &[u8]| hex::encode(sha2::Sha256::digest(bytes));
    let manifest = pack.join("manifest.json");
    let mut value: serde_json::Value = serde_json::from_slice(&std::fs::read(&manifest).expect("a manifest")).expect("JSON");
    for (path, entry) in value["files"].as_object_mut().expect("files") {
        let bytes = std::fs::read(pack.join(path)).expect("listed");
        entry["size"] = bytes.len().into();
        entry["sha256"] = hash(&bytes).into();
    }
    std::fs::write(&manifest, serde_json::to_string_pretty(&value).expect("JSON") + "\n").expect("can be written");
    let all = files(pack).into_iter().filter(|(path, _)| path != "SHA256SUMS");
    let sums: String = all.map(|(path, bytes)| format!("{}  {path}\n", hash(&bytes))).collect();
    std::fs::write(pack.join("SHA256SUMS"), sums).expect("can be written");
}
