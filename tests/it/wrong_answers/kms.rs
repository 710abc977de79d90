//! KMS.

use serde_json::json;

use super::Account;

const ROTATION: &str = "kms-key-rotation";

/// Where rotation may not be read nothing is "disabled"; keys that cannot rotate themselves are not asked to.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w15_a_denied_rotation_is_indeterminate_and_keys_that_cannot_rotate_are_not_judged() {
    let account = Account::seeded("demo");
    let judged = account.judged(&[ROTATION]).await;
    let mut counts = std::collections::BTreeMap::new();
    for (_, verdict) in judged.of_control(ROTATION) {
        *counts.entry(verdict).or_insert(0) += 1;
    }
    let expected = [
        ("fail", 2),                            // payments, and the sandbox's
        ("indeterminate denied", 2),            // reports, and the sandbox's Region whose keys may not be listed
        ("not_applicable empty_population", 1), // the sandbox's Region without keys
        ("not_applicable not_selected", 6),     // AWS's, signing, imported, replica, awaiting deletion, disabled
        ("pass", 6),
    ];
    assert_eq!(counts, expected.map(|(verdict, count)| (verdict.to_owned(), count)).into(), "{:#?}", judged.of_control(ROTATION));
    assert_eq!(judged.item(ROTATION), "fail");
}

/// The same over every key at once: not one of them fails.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w15_no_key_fails_where_all_rotations_are_denied() {
    let account = Account::seeded("clean");
    account.emulator.fault(json!({"service": "kms", "operation": "GetKeyRotationStatus", "answer": {"kind": "access_denied"}}));
    let judged = account.judged(&[ROTATION]).await;
    let verdicts: Vec<String> = judged.of_control(ROTATION).into_iter().map(|(_, verdict)| verdict).collect();
    assert_eq!(verdicts, ["indeterminate denied"; 3]);
    assert_eq!(judged.item(ROTATION), "indeterminate");
}
