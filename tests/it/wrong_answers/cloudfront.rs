//! CloudFront.

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::{Story, Told};

const CONTROL: &str = "cloudfront-access-logging";
const NAMES: [&str; 6] = ["a-legacy", "b-delivered", "c-real-time", "d-partly", "e-source-only", "f-silent"];

fn verdicts(told: &Told) -> [&'static str; 6] {
    NAMES.map(|alias| {
        let of: Vec<_> = told.said(CONTROL).into_iter().filter(|(name, _)| name.starts_with(alias)).collect();
        assert_eq!(of.len(), 1, "{alias}");
        of[0].1
    })
}

#[test]
fn each_way_to_log_passes_and_each_way_only_to_seem_to_fails() {
    let told = Story::of("fronts.distributions").for_controls(&[CONTROL]).tell();
    assert_eq!(verdicts(&told), ["pass", "pass", "pass", "fail", "fail", "fail"]);
}

/// What CloudFront itself does not tell cannot be taken for "no".
#[test]
fn w24_deliveries_that_may_not_be_listed_fail_nothing() {
    let denied = json!({"service": "logs", "operation": "DescribeDeliveries", "answer": {"kind": "access_denied"}});
    let told = Story::of("fronts.distributions").fault(denied).for_controls(&[CONTROL]).tell();
    let unknown = "indeterminate";
    assert_eq!(verdicts(&told), ["pass", unknown, "pass", unknown, unknown, unknown]);
    assert_eq!(told.own(CONTROL), ItemResult::Indeterminate);
}

#[test]
fn w24_a_denied_list_of_distributions_is_a_row_and_an_empty_account_has_nothing_to_test() {
    let denied = json!({"service": "cloudfront", "operation": "ListDistributions", "answer": {"kind": "access_denied"}});
    let told = Story::of("fronts.distributions").fault(denied).for_controls(&[CONTROL]).tell();
    assert!(told.lines(CONTROL).contains(&("global".to_owned(), "indeterminate", "denied".to_owned())));
    assert_eq!(Story::of("databases.none").for_controls(&[CONTROL]).tell().own(CONTROL), ItemResult::NothingToTest);
}
