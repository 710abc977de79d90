//! Verification: every change to a pack is named, also when the sums were made again.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use evidence::pack::{Performance, VerifyReport, What, verify};
use sha2::Digest as _;

use super::fixture::{Fixture, Wish};
use super::reading::files;

type Failure = Box<dyn Error + Send + Sync>;

struct Made {
    folder: tempfile::TempDir,
    pack: PathBuf,
}

fn made() -> Made {
    let folder = tempfile::tempdir().expect("folder");
    let pack = folder.path().join("pack");
    Fixture::new(Wish::default()).build(&pack).unwrap_or_else(|error| panic!("{error}"));
    Made { folder, pack }
}

/// What recording and inputs give: the fixture again.
fn again(_: &Path, out: &Path) -> Result<(), Failure> {
    Fixture::new(Wish::default()).build(out)?;
    Ok(())
}

/// For tests that look at the sums alone.
fn not_now(_: &Path, _: &Path) -> Result<(), Failure> {
    Err("not now".into())
}

impl Made {
    fn verify(&self) -> VerifyReport {
        verify(&self.pack, &again).unwrap_or_else(|error| panic!("{error}"))
    }

    fn sums(&self) -> VerifyReport {
        verify(&self.pack, &not_now).unwrap_or_else(|error| panic!("{error}"))
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.pack.join(path)).expect("file")
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::create_dir_all(self.pack.join(path).parent().expect("parent")).expect("folder");
        std::fs::write(self.pack.join(path), text).expect("file");
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Makes manifest and sums fit the files again, as whoever hides a change would.
    fn sum_again(&self) {
        let hash = |bytes: &[u8]| hex::encode(sha2::Sha256::digest(bytes));
        let mut manifest: serde_json::Value = serde_json::from_str(&self.text("manifest.json")).expect("manifest");
        let own = |path: &str| path != "manifest.json" && path != "SHA256SUMS";
        let old = manifest["files"].as_object().expect("files").clone();
        let mut entries = serde_json::Map::new();
        for (path, bytes) in files(&self.pack).into_iter().filter(|(path, _)| own(path)) {
            let mut entry = old.get(&path).cloned().unwrap_or_else(|| serde_json::json!({ "media_type": "text/plain", "what": "x" }));
            entry["size"] = bytes.len().into();
            entry["sha256"] = hash(&bytes).into();
            entries.insert(path, entry);
        }
        manifest["files"] = entries.into();
        self.write("manifest.json", &(serde_json::to_string_pretty(&manifest).expect("manifest") + "\n"));
        let all = files(&self.pack).into_iter().filter(|(path, _)| path != "SHA256SUMS");
        let sums: String = all.map(|(path, bytes)| format!("{}  {path}\n", hash(&bytes))).collect();
        self.write("SHA256SUMS", &sums);
    }
}

/// Differences in the form `kind file`.
fn named(differences: &[evidence::pack::Difference]) -> Vec<(What, &str)> {
    differences.iter().map(|one| (one.what, one.file.as_str())).collect()
}

fn details(report: &VerifyReport) -> String {
    report.differences.iter().map(|one| format!("{:?} {}: {}\n", one.what, one.file, one.detail)).collect()
}

#[test]
fn an_untouched_pack_holds() {
    let made = made();
    let report = made.verify();
    assert!(report.holds(), "{report:?}");
    let count = files(&made.pack).len() as u64;
    assert_eq!((report.files, report.performance.clone()), (count, Performance::SameVersion { files: count }));
    assert_eq!(report.sums_digest, hex::encode(sha2::Sha256::digest(made.text("SHA256SUMS"))));
    drop(made.folder);
}

#[test]
fn every_flipped_byte_and_every_removed_file_is_named() {
    let made = made();
    for (path, bytes) in files(&made.pack).into_iter().filter(|(path, _)| path != "SHA256SUMS") {
        let at = made.pack.join(&path);
        for place in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1;
            std::fs::write(&at, &flipped).expect("file");
            let report = made.sums();
            assert!(named(&report.sums).contains(&(What::Changed, path.as_str())), "{path}: {:?}", report.sums);
        }
        std::fs::remove_file(&at).expect("file");
        let report = made.sums();
        assert!(named(&report.sums).contains(&(What::Removed, path.as_str())), "{path}: {:?}", report.sums);
        std::fs::write(&at, &bytes).expect("file");
    }
    assert!(made.sums().sums.is_empty());
}

#[test]
fn added_files_are_named_wherever_they_lie() {
    let made = made();
    for path in ["note.txt", "recording/calls/x.jsonl.zst", "inputs/controls/x.md", "controls/new/deep.html", ".hidden", "Signatures/x"] {
        made.write(path, "x");
        assert!(named(&made.sums().sums).contains(&(What::Added, path)), "{path}");
        std::fs::remove_file(made.pack.join(path)).expect("file");
    }
    made.write("signatures/SHA256SUMS.sig", "x");
    let report = made.verify();
    assert!(report.holds());
    assert_eq!(report.signatures, ["signatures/SHA256SUMS.sig"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_named_and_not_followed() {
    let made = made();
    std::os::unix::fs::symlink("/etc/hostname", made.pack.join("exhibits/E-9999.html")).expect("link");
    std::os::unix::fs::symlink("/", made.pack.join("root")).expect("link");
    let report = made.sums();
    assert_eq!(named(&report.sums), [(What::Added, "exhibits/E-9999.html"), (What::Added, "root")]);
}

#[test]
fn tricks_in_the_sums_themselves_are_named() {
    let made = made();
    let sums = made.text("SHA256SUMS");
    let first = sums.lines().next().expect("line").to_owned();
    let tricks: [(&str, String); 9] = [
        ("malformed line", format!("{sums}hello\n")),
        ("climbing path", format!("{sums}{}  ../outside\n", "0".repeat(64))),
        ("absolute path", format!("{sums}{}  /etc/passwd\n", "0".repeat(64))),
        ("duplicate", format!("{sums}{first}\n")),
        ("no last line end", sums.trim_end().to_owned()),
        ("upper case", sums.to_uppercase()),
        ("comment", format!("# all good\n{sums}")),
        ("itself", format!("{sums}{}  SHA256SUMS\n", "0".repeat(64))),
        ("order", sums.lines().rev().map(|line| format!("{line}\n")).collect()),
    ];
    for (name, text) in tricks {
        made.write("SHA256SUMS", &text);
        let report = made.sums();
        assert!(report.sums.iter().any(|one| one.what == What::Malformed), "{name}: {:?}", report.sums);
    }
    made.write("SHA256SUMS", &sums.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>());
    assert_eq!(named(&made.sums().sums).len(), 1, "a line taken out");
    std::fs::write(made.pack.join("SHA256SUMS"), [0xff, 0xfe]).expect("file");
    assert!(made.sums().sums.iter().any(|one| one.what == What::Malformed));
    std::fs::remove_file(made.pack.join("SHA256SUMS")).expect("file");
    assert!(verify(&made.pack, &again).expect_err("no sums").to_string().contains("is not an evidence pack"));
}

#[test]
fn a_verdict_that_was_edited_is_named_although_the_sums_fit() {
    let made = made();
    made.replace("verdicts.jsonl", "\"verdict\":\"fail\"", "\"verdict\":\"pass\"");
    made.sum_again();
    let report = made.verify();
    assert!(report.sums.is_empty(), "{:?}", report.sums);
    assert!(!report.holds());
    let first = &report.differences[0];
    assert_eq!((first.what, first.file.as_str()), (What::Verdict, "verdicts.jsonl"));
    assert!(first.detail.contains("the pack says `pass`, recording and inputs give `fail`"), "{}", first.detail);
    assert!(first.detail.contains("u-00000") && first.detail.contains("edited by hand"), "{}", first.detail);
}

#[test]
fn edited_facts_results_pages_and_tables_are_named_although_the_sums_fit() {
    let edits: [(&str, &str, &str, What, &str); 6] = [
        ("verdicts.jsonl", "\"resource.keys\":0", "\"resource.keys\":9", What::Verdict, "fact `resource.keys`"),
        ("verdicts.jsonl", "\"exhibits\":[\"E-0001\"]", "\"exhibits\":[]", What::Verdict, "exhibits differ"),
        ("assessment.json", "\"result\": \"fail\"", "\"result\": \"pass\"", What::Assessment, "item cis-aws-7.0.0 1.0: result"),
        ("populations/iam-user-keys--aaaa0000.csv", "fail,", "pass,", What::Fact, "column `verdict`: the pack says `pass`"),
        ("index.html", "item with a failed test", "item that is fine", What::Changed, "is not what recording and inputs give"),
        ("README.md", "does not prove", "proves", What::Changed, "is not what recording and inputs give"),
    ];
    for (path, from, to, what, says) in edits {
        let made = made();
        made.replace(path, from, to);
        made.sum_again();
        let report = made.verify();
        assert!(report.sums.is_empty() && !report.holds(), "{path}");
        let found = report.differences.iter().find(|one| one.what == what && one.file == path);
        assert!(found.is_some_and(|one| one.detail.contains(says)), "{path}: {}", details(&report));
        assert!(named(&report.differences).contains(&(What::Changed, path)), "{path}: {}", details(&report));
    }
}

#[test]
fn verdicts_taken_out_put_in_or_put_elsewhere_are_named() {
    let made = made();
    let original = made.text("verdicts.jsonl");
    let lines: Vec<&str> = original.lines().collect();
    let joined = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let invented = lines[0].replace("u-000000", "u-999999");
    let cases: BTreeMap<&str, String> = BTreeMap::from([
        ("but is missing", joined(&lines[1..])),
        ("no such verdict follows", joined(&[&lines[..], &[invented.as_str()]].concat())),
        ("not a verdict", joined(&[&lines[..], &["{}"]].concat())),
    ]);
    for (says, text) in cases {
        made.write("verdicts.jsonl", &text);
        made.sum_again();
        let report = made.verify();
        assert!(
            report.differences.iter().any(|one| one.what == What::Verdict && one.detail.contains(says)),
            "{says}: {}",
            details(&report)
        );
    }
    made.write("verdicts.jsonl", &joined(&lines.iter().rev().copied().collect::<Vec<_>>()));
    made.sum_again();
    assert!(named(&made.verify().differences).contains(&(What::Changed, "verdicts.jsonl")), "another order");
}

#[test]
fn files_added_with_fitting_sums_are_named_by_the_second_performance() {
    let made = made();
    made.write("controls/extra.html", "<p>all fine</p>");
    made.sum_again();
    let report = made.verify();
    assert!(report.sums.is_empty());
    assert!(named(&report.differences).contains(&(What::Added, "controls/extra.html")), "{}", details(&report));
}

#[test]
fn a_changed_input_is_named_as_the_cause() {
    let made = made();
    let other_inputs = |_: &Path, out: &Path| -> Result<(), Failure> {
        let mut fixture = Fixture::new(Wish::default());
        fixture.assessment.inputs_digest = "9".repeat(64);
        fixture.verdicts.0.values_mut().flatten().for_each(|(verdict, _)| verdict.verdict = evidence::model::Outcome::Pass);
        fixture.build(out)?;
        Ok(())
    };
    let report = verify(&made.pack, &other_inputs).expect("report");
    assert_eq!((report.differences[0].what, report.differences[0].file.as_str()), (What::Source, "inputs/"));
    assert!(report.differences[1].detail.contains("inputs/ changed after the assessment was made"), "{}", details(&report));
}

/// The fixture as another version of the tool would build it.
fn by_another_version(_: &Path, out: &Path) -> Result<(), Failure> {
    let mut fixture = Fixture::new(Wish::default());
    fixture.assessment.tool.version = "0.2.0".into();
    fixture.build(out)?;
    Ok(())
}

#[test]
fn another_version_compares_verdicts_and_facts_and_says_so() {
    let made = made();
    let report = verify(&made.pack, &by_another_version).expect("report");
    assert!(report.holds(), "{}", details(&report));
    let performance = Performance::OtherVersion { made_by: "0.1.0".into(), compared_by: "0.2.0".into(), verdicts: 122 };
    assert_eq!(report.performance, performance);
    made.replace("verdicts.jsonl", "\"verdict\":\"fail\"", "\"verdict\":\"pass\"");
    made.replace("populations/iam-user-keys--bbbb1111.csv", "u-0,", "u-x,");
    made.sum_again();
    let report = verify(&made.pack, &by_another_version).expect("report");
    let text = details(&report);
    assert!(text.contains("the pack says `pass`") && text.contains("judged otherwise by 0.1.0 than by 0.2.0"), "{text}");
    assert!(report.differences.iter().any(|one| one.what == What::Fact && one.detail.contains("column `User`")), "{text}");
}

#[test]
fn a_second_performance_that_fails_or_writes_nothing_never_holds() {
    let made = made();
    let report = made.sums();
    assert!(!report.holds());
    assert_eq!(report.performance, Performance::Failed { why: "not now".into() });
    let nothing = |_: &Path, _: &Path| -> Result<(), Failure> { Ok(()) };
    assert!(!verify(&made.pack, &nothing).expect("report").holds());
}
