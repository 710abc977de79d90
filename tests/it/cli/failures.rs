//! What goes wrong before or during a build: each with its error, its hint, its exit status, and nothing left that looks finished.

use std::time::{Duration, Instant};

use super::harness::{DEMO, Place, SMALL, copy};
use crate::emulator::Emulator;

#[test]
fn credentials_and_endpoints_that_do_not_work_are_told_at_once() {
    let mut place = Place::without_aws();
    let begun = Instant::now();
    place.run("build --framework cis").refuses(1, "no AWS credentials found", "set AWS_PROFILE or pass `--profile`").says("--demo");
    place.run("build --framework cis --profile audti").refuses(1, "profile `audti` does not exist", "list the profiles");
    place.write(
        ".home/.aws/config",
        "[profile audit]\nsso_session = house\nsso_account_id = 111122223333\nsso_role_name = audit\nregion = eu-west-1\n\n\
         [sso-session house]\nsso_start_url = https://house.invalid/start\nsso_region = eu-west-1\n\
         sso_registration_scopes = sso:account:access\n",
    );
    place.run("build --framework cis --profile audti").refuses(1, "profile `audti` does not exist", "did you mean `audit`?");
    let never = place.run("build --framework cis --profile audit");
    never.refuses(1, "the single-sign-on session of profile `audit` is over", "run `aws sso login --profile audit`");
    // The SDK looks for the token under the SHA-1 of the session's name.
    let expired = r#"{"accessToken": "EXAMPLE", "expiresAt": "2020-01-01T00:00:00Z", "region": "eu-west-1", "startUrl": "https://house.invalid/start"}"#;
    place.write(".home/.aws/sso/cache/token.json", expired);
    let moved = place.shell("cd .home/.aws/sso/cache && mv token.json $(printf house | sha1sum | cut -d' ' -f1).json");
    assert_eq!(moved.status, 0, "{moved}");
    let over = place.run("build --framework cis --profile audit");
    over.refuses(1, "the single-sign-on session of profile `audit` is over", "run `aws sso login --profile audit`");
    assert!(begun.elapsed() < Duration::from_secs(60), "nobody waits for what cannot come: {:?}", begun.elapsed());

    place.write(".home/.aws/credentials", "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = EXAMPLE\n");
    place.environment.insert("AWS_ENDPOINT_URL".into(), "http://127.0.0.1:1".into());
    place.run("build --framework cis").refuses(1, "cannot reach 127.0.0.1:1", "check the network");
    let unknown = Emulator::start();
    place.environment.insert("AWS_ENDPOINT_URL".into(), unknown.endpoint());
    place.run("build --framework cis").ends(1).says("error: AWS does not accept the credentials").says("InvalidClientTokenId");
    assert!(place.names("").is_empty(), "nothing is written before an account is entered: {:?}", place.names(""));
}

#[test]
fn what_is_typed_wrong_is_told_with_the_nearest_that_is_right() {
    let place = Place::without_aws();
    place.run("build").refuses(2, "no framework given", "pass `--framework cis`");
    place.run("build --framework ciss").refuses(2, "unknown framework `ciss`", "did you mean `cis`?");
    place.run("controls show iam-root-mfas").refuses(2, "unknown control `iam-root-mfas`", "did you mean `iam-root-mfa`?");
    place.run("frameworks show pci-ds").ends(2).says("unknown framework `pci-ds`");
    place.run("build --framework cis --as-of yesterday --demo").ends(2).says("write 2026-11-20T08:00:00Z or 2026-11-20");
    place.run("build --config nowhere.toml").refuses(2, "cannot read settings file `nowhere.toml`", "check the path");
    place.write("evidence.toml", "frameworks = [\"cis\"]\n\nregion = [\"eu-west-1\"]\n");
    let wrong = place.run("build --demo").refuses(2, "1 error in `evidence.toml`", "did you mean `regions`?");
    insta::assert_snapshot!(place.normalised(&wrong));
    place.write("evidence.toml", "[params.iam-access-key-rotation]\nmax_days = 3\n");
    place.run("build --framework cis --demo").ends(2).says("max_days");
    place.write("evidence.toml", "[[account]]\nname = \"x\"\nrole_arn = \"arn:aws:iam::1:role/x\"\n");
    place.run("build --framework cis").refuses(1, "`arn:aws:iam::1:role/x` is not the ARN of an IAM role", "write it as");
    assert_eq!(place.names(""), ["evidence.toml"]);
}

#[test]
fn faulty_controls_and_frameworks_are_told_with_file_line_and_hint() {
    let place = Place::without_aws();
    let control = |expression: &str| {
        let text = "+++\ntitle = \"Keys are right\"\nseverity = \"low\"\nresource = \"AWS::IAM::AccessKey\"\nevery = 'EXPRESSION'\n\n[columns]\nUser = \"resource.user.user_name\"\n\n\
             [[example]]\nverdict = \"pass\"\nresource = { active = true, user = { user_name = \"a\" } }\n\n[[example]]\nverdict = \"fail\"\n\
             resource = { active = false, user = { user_name = \"a\" } }\n+++\nWhy.\n\n## Remediation\nHow.\n";
        text.replace("EXPRESSION", expression)
    };
    for (expression, error, hint) in [
        ("has(resource.active)", "`has()` would turn what could not be read", "drop it"),
        ("resource.last_usd_date == null", "unknown fact `last_usd_date`", "did you mean `last_used_date`?"),
        ("resource.last_used_date < timestamp(\"2026-01-01T00:00:00Z\")", "`resource.last_used_date` can be null here", "guard it"),
    ] {
        place.write("house/iam/own.md", &control(expression));
        for command in ["controls check house", "build --framework cis --controls house --demo --out pack"] {
            let refused = place.run(command).ends(1).says(&format!("error: {error}")).says("house/iam/own.md:5:").says(hint);
            assert_eq!(refused.stdout, "", "{refused}");
        }
    }
    place.write("house/iam/own.md", "+++\ntitle = \n+++\n");
    insta::assert_snapshot!(place.normalised(&place.run("controls check house").ends(1)));
    place.write("house/iam/own.md", &control("resource.active"));
    place.run("controls check house").ends_quietly();
    place.write("house/frameworks/own.toml", &SMALL.replace("iam-access-key-rotation", "iam-access-key-rotatio"));
    let unknown = place.run("build --framework own --controls house --demo").ends(1);
    assert!(unknown.stderr.contains("iam-access-key-rotation") && unknown.stderr.contains("house/frameworks/own.toml:13"), "{unknown}");
    place.write("house/frameworks/own.toml", "title = \n");
    place.run("build --framework own --controls house --demo").ends(1).says("house/frameworks/own.toml:1:").says("not TOML");
    place.run("build --framework cis --controls nowhere --demo").refuses(1, "cannot read `nowhere`", "check the folder");
    place.run("controls new iam-own --kind AWS::IAM::AccessKey --dir house").refuses(
        1,
        "`house/iam/own.md` exists already",
        "choose another id",
    );
    place.run("controls new iam-other --kind AWS::IAM::AccesKey").refuses(2, "unknown kind `AWS::IAM::AccesKey`", "did you mean");
    place.run("controls new IAM --kind AWS::IAM::AccessKey").refuses(2, "`IAM` is not the id of a control", "name it");
    assert_eq!(place.names(""), ["house"]);
}

#[test]
fn recordings_that_cannot_be_used_are_refused_and_torn_ones_say_what_is_lost() {
    let place = Place::without_aws();
    let build = |from: &str| place.run(&format!("build --framework cis --from {from} --out {from}-pack"));
    build("nowhere").refuses(1, "cannot open `nowhere`", "check the path of the recording");
    place.write("empty/notes.txt", "nothing");
    build("empty").refuses(1, "`empty` is not a recording", "name the folder that holds `recording.json`");
    for name in ["newer", "broken", "flipped", "lost", "torn"] {
        copy(&DEMO.recording(), &place.path(name));
    }
    let mut header = place.json("newer/recording.json");
    header["format"] = 9.into();
    header["tool"]["version"] = "9.1.0".into();
    place.write("newer/recording.json", &header.to_string());
    build("newer").refuses(1, "the recording is in format 9, written by `evidence` 9.1.0", "use the version");
    place.write("broken/recording.json", "{");
    build("broken").refuses(1, "the recording is damaged: `recording.json`", "restore the recording");
    let calls = format!("calls/{}/us-east-1/IAM.jsonl.zst", DEMO.seeded.accounts[0].account);
    let whole = std::fs::read(place.path(&format!("flipped/{calls}"))).expect("calls of IAM");
    let mut flipped = whole.clone();
    flipped[200] ^= 0xff;
    std::fs::write(place.path(&format!("flipped/{calls}")), flipped).expect("can be written");
    build("flipped").refuses(1, &format!("the recording is damaged: `{calls}`"), "restore the recording");
    std::fs::write(place.path(&format!("torn/{calls}")), &whole[..whole.len() - 10]).expect("can be written");
    std::fs::remove_file(place.path(&format!("lost/{calls}"))).expect("can be removed");
    for name in ["torn", "lost"] {
        let built = build(name).ends(4).says(&calls);
        assert!(built.stderr.contains("warning"), "{built}");
        let reasons = place.read(&format!("{name}-pack/gaps.csv"));
        assert!(reasons.contains("not_recorded"), "{reasons}");
        place.run(&format!("verify {name}-pack")).ends(0);
    }
    let passed = |assessment: serde_json::Value| {
        let items = assessment["frameworks"][0]["items"].as_array().expect("items").clone();
        items
            .iter()
            .filter(|item| item["disposition"] == "pass")
            .map(|item| item["id"].as_str().expect("id").to_owned())
            .collect::<Vec<_>>()
    };
    let (live, lost) =
        (passed(DEMO.place.json(&format!("{}/assessment.json", DEMO.built.pack()))), passed(place.json("lost-pack/assessment.json")));
    assert!(lost.iter().all(|item| live.contains(item)), "what was lost made {lost:?} pass, beyond {live:?}");
    assert!(!lost.iter().any(|item| item.starts_with("2.")), "no item on identities passes without its IAM: {lost:?}");
    assert_eq!(place.names(""), ["broken", "empty", "flipped", "lost", "lost-pack", "newer", "torn", "torn-pack"]);
}

#[test]
fn faulty_waivers_statements_and_templates_are_told_before_anything_is_asked() {
    let emulator = Emulator::start();
    let place = Place::with_accounts(&emulator, &emulator.seed("empty"));
    emulator.forget_calls();
    place.write("waivers/old-keys.toml", "control = \"iam-access-key-rotatio\"\n");
    place.write("statements/reviews.toml", "framework = \"ciss\"\n");
    place.write("templates/html/index.html", "{% if %}");
    for (folder, file, what) in [
        ("waivers", "waivers/old-keys.toml:1:", "did you mean `iam-access-key-rotation`?"),
        ("statements", "statements/reviews.toml:1:", "did you mean `cis"),
        ("templates", "html/index.html", "1"),
    ] {
        let refused = place.run(&format!("build --framework cis --{folder} {folder} --out pack")).ends(1).says(file).says(what);
        assert_eq!(refused.stdout, "", "{refused}");
    }
    assert!(emulator.calls().is_empty(), "AWS was asked for nothing");
    assert_eq!(place.names(""), ["statements", "templates", "waivers"]);
}

#[test]
fn a_folder_that_is_taken_or_cannot_be_made_is_refused_before_anything_is_asked() {
    let emulator = Emulator::start();
    let place = Place::with_accounts(&emulator, &emulator.seed("empty"));
    emulator.forget_calls();
    place.write("taken/notes.txt", "mine");
    for taken in ["taken", "taken/notes.txt"] {
        place.run(&format!("build --framework cis --out {taken}")).refuses(
            1,
            &format!("`{taken}` exists and is not an empty"),
            "name another",
        );
        place.run(&format!("collect --framework cis --out {taken}")).refuses(
            1,
            &format!("`{taken}` exists and is not an empty"),
            "name another",
        );
    }
    for unusable in ["taken/notes.txt/pack", "/proc/nowhere/pack"] {
        place.run(&format!("build --framework cis --out {unusable}")).refuses(1, &format!("`{unusable}` cannot be made"), "name a folder");
    }
    assert!(emulator.calls().is_empty(), "AWS was asked for nothing");
    assert_eq!(place.read("taken/notes.txt"), "mine");
    assert_eq!(place.names(""), ["taken"]);
    std::fs::create_dir(place.path("free")).expect("a folder");
    place.run("build --framework cis --demo --out free").ends(4);
    place.run("verify free").ends(0);
}

#[test]
fn a_disk_that_is_full_leaves_nothing_that_looks_finished() {
    let place = Place::with_accounts(&DEMO.emulator, &DEMO.seeded);
    // Every write past 48 KiB of a file fails, as on a full disk.
    let full = "ulimit -f 48; trap '' XFSZ;";
    let build = place.shell(&format!("{full} evidence build --framework cis --from '{}' --out pack", DEMO.recording().display()));
    assert!(build.status == 1 && build.stderr.contains("error: cannot write"), "{build}");
    assert!(place.names("").is_empty(), "no pack and nothing beside it: {:?}", place.names(""));
    let full = "ulimit -f 24; trap '' XFSZ;";
    let collect = place.shell(&format!("{full} evidence collect --framework cis --profile production --out recording"));
    assert!(collect.status == 1 && collect.stderr.contains("error: cannot"), "{collect}");
    assert_ne!(place.json("recording/recording.json")["state"], "complete");
    place.run("build --framework cis --from recording --out part").ends(4).says("the recording is not complete");
    let resumed = place.run("collect --resume recording").ends(0);
    assert_eq!(place.json("recording/recording.json")["state"], "complete", "{resumed}");
}

#[test]
fn a_result_that_cannot_be_written_ends_with_1_and_a_reader_that_has_gone_changes_nothing() {
    let place = Place::without_aws();
    let full = place.shell("evidence plan --framework cis --iam-policy >/dev/full");
    full.ends(1).says("error: cannot write the result: No space left on device");
    // `true` reads nothing; the status of the first command is what counts.
    let gone = place.shell("evidence frameworks show cis | true; exit ${PIPESTATUS[0]}");
    assert_eq!((gone.status, gone.stderr.as_str()), (0, ""), "{gone}");
    copy(&DEMO.pack(), &place.path("pack"));
    place.write("pack/index.html", "another");
    place.shell("evidence verify pack | true; exit ${PIPESTATUS[0]}").ends(1);
}

#[test]
fn an_as_of_far_from_the_recording_is_told() {
    let place = Place::without_aws();
    place.write("house/frameworks/own.toml", SMALL);
    let build = format!("build --framework own --controls house --from {}", DEMO.recording().display());
    place.run(&format!("{build} --out late --as-of 2030-01-01")).ends(4);
    assert!(place.read("late/verdicts.jsonl").lines().all(|line| line.contains(r#""code":"stale""#) || !line.contains("indeterminate")));
    assert!(place.read("late/verdicts.jsonl").contains(r#""code":"stale""#));
    let accepted = place.run(&format!("{build} --out accepted --as-of 2030-01-01 --accept-stale"));
    let old = place.read("accepted/verdicts.jsonl");
    let stale = old.lines().filter(|line| line.contains(r#""code":"stale""#)).count();
    assert!(stale < place.read("late/verdicts.jsonl").lines().filter(|line| line.contains(r#""code":"stale""#)).count(), "{accepted}");
    place.run("verify accepted").ends(0);
    place.run(&format!("{build} --out early --as-of 2020-01-01")).says("warning: --as-of lies before the recording's end");
}
