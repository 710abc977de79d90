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
        ("inputs/settings.json", "2026", "2027", &["source: inputs/settings.json: was changed after", "assessment.json: "]),
        (
            "inputs/controls/iam/access-key-rotation.md",
            "default = 90",
            "default = 9999",
            &[
                "source: inputs/controls/iam/access-key-rotation.md: was changed after",
                "verdicts.jsonl: ",
                "assessment.json: item own H-1: ",
            ],
        ),
        (
            "inputs/controls/frameworks/own.toml",
            "are young",
            "are old",
            &["source: inputs/controls/frameworks/own.toml: was changed after", "assessment.json: item own H-1: title"],
        ),
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

/// What `verify` says of sources, where all sums were made again.
fn sources(place: &Place) -> Vec<String> {
    sum_again(&place.path("pack"));
    let found = place.run("verify pack").ends(1).shows("does not hold");
    found.stdout.lines().filter_map(|line| line.strip_prefix("source: ")).map(str::to_owned).collect()
}

#[test]
fn the_very_source_is_named_also_where_nothing_can_be_performed_again() {
    let place = small();
    let before = files(&place.path("pack"));
    let (control, recorded) = ("pack/inputs/controls/iam/access-key-rotation.md", "pack/recording/recording.json");
    let (text, header) = (place.read(control), place.read(recorded));
    place.write(control, &text.replace("every = '", "every = 'nothing_of_the_kind && "));
    place.write(recorded, &header.replacen("arn:aws:sts", "arn:aws:iam", 1));
    place.write("pack/inputs/controls/iam/added.md", "added");
    let said = sources(&place);
    let expected = [
        "inputs/controls/iam/access-key-rotation.md: was changed after the assessment was made: `inputs.sha256` says ",
        "inputs/controls/iam/added.md: was added after the assessment was made",
        "recording/recording.json: was changed after the assessment was made: `recording.sha256` says ",
    ];
    assert!(said.len() == 3 && said.iter().zip(expected).all(|(said, expected)| said.starts_with(expected)), "{said:#?}");
    place.run("verify pack").ends(1).shows("could not be performed again: ");

    place.write(recorded, &header);
    std::fs::remove_file(place.path("pack/inputs/controls/iam/added.md")).expect("can be removed");
    std::fs::remove_file(place.path(control)).expect("can be removed");
    let said = sources(&place);
    assert!(said.len() == 1 && said[0].starts_with("inputs/controls/iam/access-key-rotation.md: was removed after"), "{said:#?}");

    for (path, bytes) in before {
        std::fs::write(place.path("pack").join(path), bytes).expect("can be written");
    }
    place.run("verify pack").ends(0);
}

#[test]
fn a_list_that_was_made_again_gives_no_names_and_hides_nothing() {
    let place = small();
    let control = "pack/inputs/controls/iam/access-key-rotation.md";
    place.write(control, &place.read(control).replace("default = 90", "default = 9999"));
    assert_eq!(
        place.shell("cd pack/inputs && find . -type f -printf '%P\\n' | LC_ALL=C sort | xargs sha256sum > ../inputs.sha256").status,
        0
    );
    let said = sources(&place);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].starts_with("inputs/: is not what the assessment was made of"), "{said:#?}");
    assert!(said[0].contains("which file cannot be told, since `inputs.sha256` is not the list it names"), "{said:#?}");
    assert!(said[1].starts_with("inputs/controls/iam/access-key-rotation.md: passes for built in"), "{said:#?}");
    place.run("verify pack").ends(1).shows("verdict: verdicts.jsonl: ").shows("inputs/ changed after the assessment was made");
}

#[test]
fn the_digests_of_recording_and_inputs_are_those_of_lists_that_sha256sum_reads() {
    let place = small();
    let assessment = place.json("pack/assessment.json");
    for (folder, digest) in [("recording", &assessment["recording"]["digest"]), ("inputs", &assessment["inputs_digest"])] {
        let list = place.read(&format!("pack/{folder}.sha256"));
        assert_eq!(digest, &hex::encode(sha2::Sha256::digest(&list)), "{folder}");
        let checked = place.shell(&format!("cd pack/{folder} && sha256sum --check --strict ../{folder}.sha256"));
        assert_eq!(checked.status, 0, "{checked}");
        assert_eq!(checked.stdout.lines().count(), files(&place.path(&format!("pack/{folder}"))).len(), "{checked}");
    }
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
    let listed = value["files"].as_object_mut().expect("files");
    listed.retain(|path, _| pack.join(path).exists());
    for (path, bytes) in files(pack).iter().filter(|(path, _)| !["manifest.json", "SHA256SUMS"].contains(&path.as_str())) {
        let entry = listed.entry(path).or_insert_with(|| serde_json::json!({"media_type": "text/plain", "what": "x"}));
        entry["size"] = bytes.len().into();
        entry["sha256"] = hash(bytes).into();
    }
    std::fs::write(&manifest, serde_json::to_string_pretty(&value).expect("JSON") + "\n").expect("can be written");
    let all = files(pack).into_iter().filter(|(path, _)| path != "SHA256SUMS");
    let sums: String = all.map(|(path, bytes)| format!("{}  {path}\n", hash(&bytes))).collect();
    std::fs::write(pack.join("SHA256SUMS"), sums).expect("can be written");
}
