//! No secret reaches the disk or a terminal, at any verbosity: neither those pasted into an account nor those that sign requests.

use super::harness::Place;
use crate::emulator::Emulator;
use crate::pack::reading::files;

#[test]
fn seeded_secrets_and_credentials_are_found_nowhere() {
    let emulator = Emulator::start();
    let seeded = emulator.seed("secrets");
    let mut place = Place::with_accounts(&emulator, &seeded);
    place.environment.insert("RUST_LOG".into(), "trace".into());
    place.environment.insert("AWS_ACCESS_KEY_ID".into(), seeded.accounts[0].access_key_id.clone());
    place.environment.insert("AWS_SECRET_ACCESS_KEY".into(), seeded.accounts[0].secret_access_key.clone());
    place.environment.insert("AWS_SESSION_TOKEN".into(), seeded.accounts[0].session_token.clone());
    let frameworks = "--framework cis --framework api-gateway";
    let built = place.run(&format!("build {frameworks} -vvv --out pack"));
    assert!([0, 4].contains(&built.status), "{built}");
    assert!(built.stderr.contains("GetStages"), "calls are logged at this verbosity: {built}");
    let checked = place.run("plan --framework cis --check -vvv --format json");
    let mut secrets: Vec<String> = serde_json::from_value(seeded.said["strings"].clone()).expect("the seed names its secrets");
    let account = &seeded.accounts[0];
    secrets.extend([account.secret_access_key.clone(), account.session_token.clone()]);
    let mut texts: Vec<(String, String)> = vec![
        ("stdout of build".into(), built.stdout),
        ("stderr of build".into(), built.stderr),
        ("stdout of plan".into(), checked.stdout),
        ("stderr of plan".into(), checked.stderr),
    ];
    for folder in ["pack", "recordings", ".tmp"] {
        texts.extend(files(&place.path(folder)).into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), readable(&path, bytes))));
    }
    assert!(texts.iter().filter(|(_, text)| text.contains("leaky-api")).count() > 2, "the seed was read and is shown");
    assert!(texts.iter().any(|(path, text)| path.contains("recording/") && text.contains("[redacted:")), "something was redacted");
    let mut leaks = Vec::new();
    for secret in &secrets {
        for form in forms(secret) {
            leaks.extend(texts.iter().filter(|(_, text)| text.contains(&form)).map(|(path, _)| format!("{path} holds {form}")));
        }
    }
    assert_eq!(leaks, Vec::<String>::new());
}

#[test]
fn a_credential_process_that_answers_nonsense_is_told_without_its_answer() {
    let place = Place::without_aws();
    place.write(
        ".home/process",
        "#!/bin/sh\nprintf '{\"Version\": 1, \"SecretAccessKey\": \"EXAMPLE-not-for-logs\", '\necho EXAMPLE-not-for-logs >&2\n",
    );
    let process = place.path(".home/process");
    place.write(".home/.aws/config", &format!("[default]\nregion = us-east-1\ncredential_process = sh {}\n", process.display()));
    for line in ["build --framework cis", "build --framework cis -vvv", "plan --framework cis --check -vvv"] {
        let refused = place.run(line).ends(1).says("error: ").says("hint: ");
        assert!(!refused.stderr.contains("not-for-logs") && refused.stdout.is_empty(), "{refused}");
    }
    assert!(place.names("").is_empty(), "{:?}", place.names(""));
}

#[test]
fn logs_hold_no_terminal_escapes_in_a_pipe() {
    let emulator = Emulator::start();
    let place = Place::with_accounts(&emulator, &emulator.seed("clean"));
    let ran = place.run("plan --framework cis --check -vv").ends(0);
    assert!(ran.stderr.contains("DEBUG") && !ran.stderr.contains('\x1b'), "{ran}");
}

/// A file's text; calls decompressed.
fn readable(path: &str, bytes: Vec<u8>) -> String {
    let bytes = if path.ends_with(".zst") { zstd::decode_all(bytes.as_slice()).expect("whole frames") } else { bytes };
    String::from_utf8_lossy(&bytes).into_owned()
}

/// How a secret could stand in a text: as it is, percent-encoded once or twice, in JSON, in HTML, in base64 at the start of a body.
fn forms(secret: &str) -> Vec<String> {
    let percent = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let json = serde_json::to_string(secret).expect("JSON");
    let html = secret.replace('&', "&amp;").replace('"', "&quot;").replace('/', "&#x2F;");
    let mut forms = vec![secret.to_owned(), percent(secret), percent(&percent(secret)), json.trim_matches('"').to_owned(), html];
    for start in 0..3.min(secret.len()) {
        use base64::Engine as _;
        // Any three bytes in a row become the same four letters wherever they begin at a multiple of three.
        let whole = (secret.len() - start) / 3 * 3;
        forms.push(base64::engine::general_purpose::STANDARD.encode(&secret.as_bytes()[start..start + whole]));
    }
    forms.sort();
    forms.dedup();
    forms
}
