//! Trails: what is recorded, and what only looks like it.

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::Story;

const EVERYWHERE: &str = "cloudtrail-multi-region";
const VALIDATION: &str = "cloudtrail-log-validation";

#[test]
fn a_running_trail_proves_logging() {
    let told = Story::of("trails.running").tell();
    assert_eq!(told.cis("4.2"), ItemResult::Pass);
    assert_eq!(told.said(EVERYWHERE), [("everything".to_owned(), "pass")]);
}

#[test]
fn a_stopped_trail_proves_no_logging() {
    let told = Story::of("trails.stopped").tell();
    assert_eq!(told.said(EVERYWHERE), [("global".to_owned(), "fail")]);
    assert_eq!(told.cis("4.1"), ItemResult::Fail);
    for (item, what) in [("4.8", "writes to objects"), ("4.9", "reads of objects")] {
        assert_eq!(told.cis(item), ItemResult::Fail, "{what} are selected and not recorded");
    }
}

#[test]
fn an_account_without_any_trail_fails_log_validation() {
    let told = Story::of("trails.none").tell();
    let nothing = |region: &str, verdict| (region.to_owned(), verdict, "empty_population".to_owned());
    let regions = [nothing("eu-west-1", "not_applicable"), nothing("us-east-1", "not_applicable")];
    assert_eq!(told.lines(VALIDATION), regions.into_iter().chain([nothing("global", "fail")]).collect());
    assert_eq!((told.cis("4.1"), told.cis("4.2")), (ItemResult::Fail, ItemResult::Fail));
}

/// Regions that were left out may hold what is not in the others: absence is shown by a look everywhere only.
#[test]
fn no_trail_in_the_regions_observed_is_no_failure_where_others_were_left_out() {
    let told = Story::of("trails.none").narrowed_to(&["eu-west-1"]).tell();
    for control in [VALIDATION, EVERYWHERE] {
        let of_account: Vec<_> = told.lines(control).into_iter().filter(|(region, ..)| region == "global").collect();
        assert_eq!(of_account, [("global".to_owned(), "indeterminate", "out_of_scope".to_owned())], "{control}");
    }
    assert_eq!((told.cis("4.1"), told.cis("4.2")), (ItemResult::Indeterminate, ItemResult::Indeterminate));
}

#[test]
fn a_trail_of_one_region_is_judged_beside_the_one_of_all() {
    let told = Story::of("trails.unchecked").tell();
    let verdict = |name: &str| told.on(VALIDATION, name)[0].verdict.as_str();
    assert_eq!((verdict("everything"), verdict("local")), ("pass", "fail"));
    assert_eq!(told.said(VALIDATION).len(), 2, "the shadow of a trail in the other Region is no second trail");
    assert_eq!(told.cis("4.2"), ItemResult::Fail);
}

#[test]
fn an_unreachable_home_region_leaves_its_trails_open() {
    let rule = json!({"service": "cloudtrail", "region": "us-east-1", "operation": "*", "answer": {"kind": "server_error"}});
    let told = Story::of("trails.running").fault(rule).tell();
    assert_eq!(told.on(VALIDATION, "everything")[0].verdict.as_str(), "pass", "the other Region shows the trail's settings");
    assert_eq!(
        told.lines(VALIDATION),
        [("eu-west-1".into(), "not_applicable", "empty_population".into()), ("us-east-1".into(), "indeterminate", "failed".into())].into()
    );
    assert_eq!(told.cis("4.2"), ItemResult::Indeterminate, "there may be others at home");
    let logging: Vec<&str> = told.said(EVERYWHERE).into_iter().map(|(_, verdict)| verdict).collect();
    assert!(!logging.is_empty() && logging.iter().all(|verdict| *verdict == "indeterminate"), "{logging:?}");
    assert_eq!(told.cis("4.1"), ItemResult::Indeterminate);
}

#[test]
fn a_denied_status_is_neither_logging_nor_stopped() {
    let rule = json!({"service": "cloudtrail", "operation": "GetTrailStatus", "answer": {"kind": "access_denied"}});
    let told = Story::of("trails.running").fault(rule).tell();
    let logging: Vec<&str> = told.said(EVERYWHERE).into_iter().map(|(_, verdict)| verdict).collect();
    assert_eq!(logging, ["indeterminate"]);
    assert_eq!((told.cis("4.1"), told.cis("4.2")), (ItemResult::Indeterminate, ItemResult::Pass));
}

#[test]
fn a_home_region_that_was_left_out_is_out_of_scope() {
    let told = Story::of("trails.running").narrowed_to(&["eu-west-1"]).tell();
    assert_eq!(
        told.lines(VALIDATION),
        [("eu-west-1".into(), "not_applicable", "empty_population".into()), ("us-east-1".into(), "indeterminate", "out_of_scope".into())]
            .into()
    );
    assert_eq!(told.on(VALIDATION, "everything")[0].verdict.as_str(), "pass");
    let reasons: Vec<String> = told
        .verdicts()
        .iter()
        .filter(|verdict| verdict.control == EVERYWHERE)
        .map(|verdict| verdict.reason.as_ref().map(|why| why.code.clone()).unwrap_or_default())
        .collect();
    assert!(!reasons.is_empty() && reasons.iter().all(|code| code == "out_of_scope"), "{reasons:?}");
    assert_eq!((told.cis("4.1"), told.cis("4.2")), (ItemResult::Indeterminate, ItemResult::Indeterminate));
}
