//! Which accounts and Regions a run observes, and how a pack says what was left out.

use serde_json::Value;

use super::harness::Place;
use crate::emulator::Emulator;

fn items(assessment: &Value) -> Vec<&Value> {
    assessment["frameworks"][0]["items"].as_array().expect("items").iter().collect()
}

#[test]
fn a_narrowed_run_says_so_on_its_cover_and_passes_nothing_that_speaks_of_every_region() {
    let emulator = Emulator::start();
    let place = Place::with_accounts(&emulator, &emulator.seed("clean"));
    place.run("build --framework cis --region eu-wst-1").refuses(1, "region `eu-wst-1` does not exist", "did you mean `eu-west-1`?");
    place.run("build --framework cis --region af-south-1").refuses(1, "region `af-south-1` is not enabled", "leave it out");
    let narrow = place.run("build --framework cis --region eu-west-1 --out narrow").ends(4).says("left out by --region: us-east-1");
    place.run("build --framework cis --out wide").ends(0);
    let (narrowed, wide) = (place.json("narrow/assessment.json"), place.json("wide/assessment.json"));
    let excluded: Vec<&str> =
        narrowed["scope"]["excluded"].as_array().expect("a list").iter().map(|one| one["region"].as_str().expect("text")).collect();
    assert!(excluded.contains(&"us-east-1") && !excluded.contains(&"eu-west-1"), "{excluded:?}");
    assert_eq!(wide["scope"]["excluded"], Value::Array(Vec::new()));
    let index = place.read("narrow/index.html");
    assert!(index.contains("--region") && index.contains("us-east-1"), "the cover says what was left out");
    let mut lost = Vec::new();
    for (narrowed, wide) in items(&narrowed).into_iter().zip(items(&wide)) {
        let (now, before) = (narrowed["result"].as_str().unwrap_or_default(), wide["result"].as_str().unwrap_or_default());
        if now != before {
            assert_eq!(now, "indeterminate", "{narrowed}");
            lost.push(narrowed["id"].as_str().expect("id"));
        }
    }
    // CloudTrail is enabled in all Regions (4.1) and what else is read in each Region.
    assert!(lost.contains(&"4.1"), "{lost:?}: {narrow}");
    assert!(place.read("narrow/verdicts.jsonl").contains(r#""code":"out_of_scope""#));
    place.run("verify narrow").ends(0);
}

#[test]
fn settings_name_accounts_to_enter_by_role_and_one_that_cannot_be_entered_is_a_gap() {
    let emulator = Emulator::start();
    let seeded = emulator.seed("demo");
    let place = Place::with_accounts(&emulator, &seeded);
    let arn = |index: usize, name: &str| format!("arn:aws:iam::{}:role/{name}", seeded.accounts[index].account);
    place.write(
        "evidence.toml",
        &format!(
            "frameworks = [\"cis\"]\n\n[[account]]\nname = \"production\"\nrole_arn = \"{}\"\n\n[[account]]\nname = \"sandbox\"\nrole_arn = \"{}\"\n",
            arn(0, "evidence-auditor"),
            arn(1, "nobody")
        ),
    );
    let built = place.run("build --out pack").ends(4);
    assert!(built.stderr.contains(&format!("account {} could not be entered", seeded.accounts[1].account)), "{built}");
    let assessment = place.json("pack/assessment.json");
    let accounts = assessment["scope"]["accounts"].as_array().expect("accounts");
    assert_eq!(accounts.iter().map(|one| one["entered"].as_bool()).collect::<Vec<_>>(), [Some(true), Some(false)]);
    assert!(items(&assessment).iter().all(|item| item["disposition"] != "pass"), "nothing passes over an account that was not seen");
    // A provider's answer is told in its own words, not as the SDK prints its values.
    let recording = place.names("recordings").pop().expect("a recording");
    for folder in [format!("recordings/{recording}"), "pack".to_owned()] {
        for (path, bytes) in crate::pack::reading::files(&place.path(&folder)) {
            let text = String::from_utf8_lossy(&bytes);
            for debug in ["ServiceError(", "ErrorMetadata {", "Extensions {", "SdkBody"] {
                assert!(!text.contains(debug), "{path} holds the debug form `{debug}`");
            }
        }
    }
    assert!(place.read(&format!("recordings/{recording}/recording.json")).contains("not authorized to perform: sts:AssumeRole"));
    place.run("verify pack").ends(0);
    let collected = place.run("collect --framework cis --out recording").ends(4);
    assert!(collected.last().ends_with(&format!("could not be entered: {}", seeded.accounts[1].account)), "{collected}");
    let same = place.run("build --profile production --profile default --out other");
    same.refuses(1, "profile `production` and profile `default` both reach account", "remove one of the two");
}
