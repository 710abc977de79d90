//! Credentials that nobody ever used, and accounts with nothing in them.

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::Story;

const UNUSED: &str = "iam-user-unused-credentials";

#[test]
fn w12_an_access_key_never_used_is_judged_by_its_age() {
    let told = Story::of("iam.unused_keys").tell();
    let verdict = |user: &str| told.on(UNUSED, user)[0].verdict.as_str();
    assert_eq!((verdict("old-key"), verdict("new-key"), verdict("spare-key")), ("fail", "pass", "fail"));
    let observed = &told.on(UNUSED, "old-key")[0].observed;
    assert_eq!(observed["credential_report.access_key_1_last_used_date"], json!(null), "AWS knows of no use");
    assert_eq!(told.cis("2.11"), ItemResult::Fail);
}

#[test]
fn w13_a_console_password_never_used_is_judged_by_its_age() {
    let told = Story::of("iam.unused_passwords").tell();
    let verdict = |user: &str| told.on(UNUSED, user)[0].verdict.as_str();
    assert_eq!((verdict("old-password"), verdict("new-password"), verdict("renewed-password")), ("fail", "pass", "pass"));
    assert_eq!(told.cis("2.11"), ItemResult::Fail);
}

#[test]
fn w10_users_of_later_pages_are_judged() {
    let told = Story::of("iam.many_users").tell();
    assert_eq!(told.said(UNUSED).len(), 5);
    assert_eq!(told.on(UNUSED, "user-5")[0].verdict.as_str(), "fail");
}

#[test]
fn w10_a_later_page_of_users_that_is_denied_leaves_the_item_open() {
    let told = Story::of("iam.many_users")
        .fault(json!({"service": "iam", "operation": "ListUsers", "match": "Marker=", "answer": {"kind": "access_denied"}}))
        .tell();
    let lines = told.lines("iam-user-console-mfa");
    assert!(lines.contains(&("global".into(), "indeterminate", "denied".into())), "{lines:?}");
    assert_eq!(told.cis("2.10"), ItemResult::Indeterminate, "those on the first page all have MFA");
}

#[test]
fn an_empty_account_gives_the_right_results() {
    let told = Story::seed("empty").tell();
    assert_eq!(told.cis("4.2"), ItemResult::Fail, "no trail at all is no case of nothing to test");
    assert_eq!(told.cis("4.1"), ItemResult::Fail);
    assert_eq!(told.cis("2.5"), ItemResult::Fail, "root has no MFA");
    assert_eq!(told.cis("2.8"), ItemResult::Fail, "no password policy is AWS's weak default");
    for item in ["2.10", "2.11", "2.12"] {
        assert_eq!(told.cis(item), ItemResult::NothingToTest, "{item}: there is no user");
    }
    for item in ["2.2", "2.3", "2.5"] {
        assert_eq!(told.api(item), ItemResult::NothingToTest, "{item}: there is no API");
    }
    assert!(told.verdicts().iter().all(|verdict| verdict.verdict.as_str() != "indeterminate"), "all of it was seen");
}

#[test]
fn a_fact_from_several_pages_names_them_all() {
    let told = Story::of("iam.attached_over_pages").tell();
    let pages = told.population_calls("AWS::IAM::ManagedPolicy");
    assert!(pages.len() > 2, "{pages:?}");
    let support = told.verdicts().iter().find(|verdict| verdict.control == "iam-support-role" && verdict.resource.id.is_some());
    let support = support.expect("a role for support is there");
    assert!(pages.iter().all(|page| support.calls.contains(page)), "read from {pages:?}, named {:?}", support.calls);
}
