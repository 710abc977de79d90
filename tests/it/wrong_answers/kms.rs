//! KMS.

use std::collections::BTreeMap;

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::Story;

const ROTATION: &str = "kms-key-rotation";

/// Where rotation may not be read nothing is "disabled"; keys that cannot rotate themselves are not asked to.
#[test]
fn w15_a_denied_rotation_is_indeterminate_and_keys_that_cannot_rotate_are_not_judged() {
    let told = Story::seed("demo").for_controls(&[ROTATION]).tell();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, verdict) in told.coded(ROTATION) {
        *counts.entry(verdict).or_default() += 1;
    }
    let expected = [
        ("fail", 2),                            // payments, and the sandbox's
        ("indeterminate denied", 2),            // reports, and the sandbox's Region whose keys may not be listed
        ("not_applicable empty_population", 1), // the sandbox's Region without keys
        ("not_applicable not_selected", 7),     // AWS's two, signing, imported, replica, awaiting deletion, disabled
        ("pass", 6),
    ];
    assert_eq!(counts, expected.map(|(verdict, count)| (verdict.to_owned(), count)).into(), "{:#?}", told.coded(ROTATION));
    assert_eq!(told.own(ROTATION), ItemResult::Fail);
}

/// The same over every key at once: not one of them fails.
#[test]
fn w15_no_key_fails_where_all_rotations_are_denied() {
    let denied = json!({"service": "kms", "operation": "GetKeyRotationStatus", "answer": {"kind": "access_denied"}});
    let told = Story::seed("clean").fault(denied).for_controls(&[ROTATION]).tell();
    let verdicts: Vec<String> = told.coded(ROTATION).into_iter().map(|(_, verdict)| verdict).collect();
    assert_eq!(verdicts, ["indeterminate denied"; 3]);
    assert_eq!(told.own(ROTATION), ItemResult::Indeterminate);
}
