//! The exit statuses, their precedence, the last line on stderr, and the forms of output that scripts rely on.

use super::harness::{DEMO, Place};
use crate::emulator::Emulator;

/// A house control over access keys, with an expression and a parameter.
fn control(expression: &str, param: &str) -> String {
    format!(
        r#"+++
title = "Access keys are as the house wants them"
severity = "low"
resource = "AWS::IAM::AccessKey"
every = '{expression}'

[params.limit]
default = {param}
stricter = "none"

[columns]
User = "resource.user.user_name"

[[example]]
verdict = "pass"
resource = {{ slot = 2, user = {{ user_name = "deploy" }} }}

[[example]]
verdict = "fail"
resource = {{ slot = 1, user = {{ user_name = "deploy" }} }}
+++
Why it matters.

## Remediation
What to do.
"#
    )
}

const FRAMEWORK: &str = r#"
title = "House rules"
version = "1"
notice = "Rules of our own."

[[item]]
id = "H-1"
title = "Access keys are as the house wants them"
section = "Identities"
method = "automated"

[[item.covers]]
control = "iam-house"
part = "Keys"
coverage = "full"
"#;

#[test]
fn a_clean_account_ends_with_0_and_fail_on_with_3_before_4() {
    let emulator = Emulator::start();
    let seeded = emulator.seed("clean");
    let place = Place::with_accounts(&emulator, &seeded);
    let clean = place.run("build --framework cis --out clean --fail-on indeterminate").ends(0);
    assert!(!clean.stdout.contains("  fail"), "{clean}");
    assert_eq!(clean.last(), "exit 0 (done, nothing missing): every verdict could be decided");

    let from = format!("build --framework cis --quiet --from {}", DEMO.recording().display());
    place.run(&format!("{from} --out a")).ends(4);
    let failed = place.run(&format!("{from} --out b --fail-on fail")).ends(3);
    assert_eq!(failed.stderr.lines().count(), 1, "quiet leaves the last line alone: {failed}");
    assert!(failed.last().contains("items failed"), "{failed}");
    place.run(&format!("{from} --out c --fail-on indeterminate")).ends(3);
    // A pack of an unseen account has nothing that fails, but something that could not be seen.
    emulator.fault(serde_json::json!({"service": "iam", "operation": "GetAccountPasswordPolicy", "answer": {"kind": "access_denied"}}));
    let unseen = place.run("build --framework cis --out d --fail-on fail").ends(4);
    insta::assert_snapshot!(place.normalised(&unseen));
    place.run(&format!("build --framework cis --from {} --out e --fail-on indeterminate", unseen.recording())).ends(3);
    place.run("build --framework cis --from e --out f --fail-on sometimes").ends(2);
    place.run("verify e").ends(0);
    place.run("verify clean --format json").ends(0);
}

#[test]
fn a_verdict_that_cannot_be_computed_ends_with_1_before_all_others() {
    let place = Place::without_aws();
    place.write("house/iam/house.md", &control("resource.slot + params.limit > 1", "0"));
    place.write("house/frameworks/house.toml", FRAMEWORK);
    place.write("evidence.toml", "controls = \"house\"\nframeworks = [\"house\"]\n\n[params.iam-house]\nlimit = 9223372036854775807\n");
    let from = format!("build --from {}", DEMO.recording().display());
    place.run("controls check house").ends_quietly();
    place.run(&format!("{from} --fail-on fail")).ends(1).says("could not be computed");
}

/// A framework of one item for each of these controls of the house.
fn house(place: &Place, controls: &[(&str, &str, &str)]) {
    let mut framework = "title = \"House rules\"\nversion = \"1\"\nnotice = \"Rules of our own.\"\n".to_owned();
    for (number, (id, kind, expression)) in controls.iter().enumerate() {
        let (service, name) = id.split_once('-').expect("an id");
        let (resource, column) = match *kind {
            "AWS::IAM::Role" => (["{ role_name = \"a\" }", "{ role_name = \"bbbbbbbbbbbbbbbbbbbb\" }"], "resource.role_name"),
            _ => {
                (["{ name = \"a\", status = { is_logging = true } }", "{ name = \"b\", status = { is_logging = false } }"], "resource.name")
            }
        };
        let text = format!(
            "+++\ntitle = \"Rule {number} of the house holds\"\nseverity = \"low\"\nresource = \"{kind}\"\nevery = '{expression}'\n\n\
             [columns]\nName = \"{column}\"\n\n[[example]]\nverdict = \"pass\"\nresource = {}\n\n[[example]]\nverdict = \"fail\"\n\
             resource = {}\n+++\nWhy.\n\n## Remediation\nHow.\n",
            resource[0], resource[1]
        );
        place.write(&format!("house/{service}/{name}.md"), &text);
        framework += &format!(
            "\n[[item]]\nid = \"H-{number}\"\ntitle = \"Rule {number}\"\nsection = \"House\"\nmethod = \"automated\"\n\n\
             [[item.covers]]\ncontrol = \"{id}\"\npart = \"All\"\ncoverage = \"full\"\n"
        );
    }
    place.write("house/frameworks/house.toml", &framework);
}

#[test]
fn every_fail_on_with_every_outcome_ends_by_precedence() {
    // In the demonstration one trail's status is denied, all others log; its roles are all read, and
    // `evidence-auditor`, of sixteen letters, is one of them.
    let holds = ("iam-holds", "AWS::IAM::Role", r#"resource.role_name != "bbbbbbbbbbbbbbbbbbbb""#);
    let fails = ("iam-fails", "AWS::IAM::Role", r#"resource.role_name == "a""#);
    let unseen = (
        "cloudtrail-unseen",
        "AWS::CloudTrail::Trail",
        r#"(resource.status.is_logging || !resource.status.is_logging) && resource.name != "b""#,
    );
    let broken = ("iam-broken", "AWS::IAM::Role", "100 / (size(resource.role_name) - 16) < 0");
    let cases: [(&str, &[(&str, &str, &str)], [i32; 3]); 7] = [
        ("clean", &[holds], [0, 0, 0]),
        ("fails", &[holds, fails], [0, 3, 3]),
        ("unseen", &[holds, unseen], [4, 4, 3]),
        ("both", &[fails, unseen], [4, 3, 3]),
        ("broken", &[holds, broken], [1, 1, 1]),
        ("broken-and-fails", &[fails, broken], [1, 1, 1]),
        ("broken-and-unseen", &[fails, unseen, broken], [1, 1, 1]),
    ];
    for (name, controls, statuses) in cases {
        let place = Place::without_aws();
        house(&place, controls);
        let build = format!("build --framework house --controls house --from {}", DEMO.recording().display());
        for (fail_on, status) in ["never", "fail", "indeterminate"].iter().zip(statuses) {
            let ran = place.run(&format!("{build} --fail-on {fail_on} --out {name}-{fail_on}"));
            assert_eq!(ran.status, status, "{name} with {fail_on}: {ran}");
            ran.ends(status);
        }
        let plain = place.run(&format!("{build} --out {name}"));
        assert_eq!(plain.status, statuses[0], "nothing typed is `never`: {plain}");
        // What is typed wrong is told whatever would come out.
        place.run(&format!("{build} --fail-on sometimes --out {name}-wrong")).ends(2);
        assert!(!place.path(&format!("{name}-wrong")).exists());
    }
}

#[test]
fn results_are_on_stdout_and_json_is_one_document() {
    let place = Place::without_aws();
    let built = place.run(&format!("build --framework cis --format json --from {} --out pack", DEMO.recording().display())).ends(4).json();
    assert_eq!(built["pack"], "pack");
    assert_eq!(built["frameworks"][0]["items"], 70);
    let sums = place.read("pack/SHA256SUMS");
    let digest = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(sums));
    assert_eq!(built["sums_digest"], digest.as_str());
    assert_eq!(place.run("verify pack --format json").ends(0).json()["sums_digest"], digest.as_str());
    for line in [
        "controls list",
        "controls list --framework cis",
        "controls show iam-root-mfa",
        "controls check",
        "frameworks list",
        "frameworks show cis",
        "plan --framework cis",
        "plan --framework cis --iam-policy",
    ] {
        let ran = place.run(&format!("{line} --format json"));
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{ran}");
        assert!(!ran.json().is_null());
        let text = place.run(&format!("{line} --quiet"));
        assert!(text.status == 0 && text.stderr.is_empty() && !text.stdout.is_empty(), "{text}");
    }
    let broken = place.run("verify pack/items --format json").ends(1);
    assert_eq!(broken.stdout, "", "an error is no result: {broken}");
}

#[test]
fn nothing_typed_and_help_and_version_are_answered() {
    let place = Place::without_aws();
    let help = place.run("--help");
    assert_eq!((help.status, help.stderr.as_str()), (0, ""));
    for command in ["build", "collect", "plan", "verify", "controls", "frameworks", "init", "completions"] {
        assert!(help.stdout.contains(&format!("\n  {command} ")), "{help}");
    }
    assert!(help.stdout.contains("Exit status"), "{help}");
    assert_eq!(place.run("--version").stdout, format!("evidence {}\n", env!("CARGO_PKG_VERSION")));
    for wrong in ["", "bild", "build --demo --from x", "build --frameworks cis", "verify", "completions tcsh-like"] {
        assert_eq!(place.run(wrong).ends(2).stdout, "", "{wrong}");
    }
}
