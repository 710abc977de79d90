//! What watches over an account, and the organization around it: four stories for each question.

use evidence::model::assessment::ItemResult::{Fail, Indeterminate, NothingToTest, Pass};
use serde_json::{Value, json};

use super::{Story, Told};

/// The controls that judge each Region, with the operation that tells them.
const REGIONAL: [(&str, &str, &str); 5] = [
    ("accessanalyzer-enabled", "access-analyzer", "ListAnalyzers"),
    ("securityhub-enabled", "securityhub", "DescribeHub"),
    ("guardduty-enabled", "guardduty", "ListDetectors"),
    ("inspector-enabled", "inspector2", "BatchGetAccountStatus"),
    ("macie-enabled", "macie2", "GetMacieSession"),
];
const FINDINGS: &str = "accessanalyzer-no-active-findings";

fn controls() -> [&'static str; 5] {
    REGIONAL.map(|(control, ..)| control)
}

fn denied(service: &str, operation: &str, region: Option<&str>) -> Value {
    let mut rule = json!({"service": service, "operation": operation, "answer": {"kind": "access_denied"}});
    if let Some(region) = region {
        rule["region"] = json!(region);
    }
    rule
}

/// How many lines of a control say what.
fn words(told: &Told, control: &str) -> Vec<String> {
    let mut words: Vec<String> = told.coded(control).into_iter().map(|(_, word)| word).collect();
    words.sort();
    words
}

#[test]
fn w24_a_service_that_is_off_in_every_region_fails_in_every_region() {
    let told = Story::of("posture.off").for_controls(&controls()).tell();
    for (control, ..) in REGIONAL {
        assert_eq!((told.own(control), words(&told, control).len()), (Fail, 2), "{control}");
        assert!(words(&told, control).iter().all(|word| word.starts_with("fail")), "{control} {:?}", words(&told, control));
    }
}

#[test]
fn w24_a_service_that_is_on_everywhere_passes_everywhere() {
    let told = Story::of("posture.on").for_controls(&controls()).tell();
    for (control, ..) in REGIONAL {
        assert_eq!((told.own(control), words(&told, control).len()), (Pass, 2), "{control}: {:?}", told.coded(control));
    }
}

#[test]
fn w24_a_service_that_may_not_be_asked_is_neither_off_nor_absent() {
    for (control, service, operation) in REGIONAL {
        let told = Story::of("posture.on").fault(denied(service, operation, None)).for_controls(&[control]).tell();
        assert_eq!(words(&told, control), ["indeterminate denied"; 2], "{control}");
        assert_eq!(told.own(control), Indeterminate, "{control}");
    }
}

#[test]
fn w24_one_region_that_may_not_be_asked_takes_the_pass_away_and_leaves_a_line() {
    for (control, service, operation) in REGIONAL {
        let told = Story::of("posture.on").fault(denied(service, operation, Some("eu-west-1"))).for_controls(&[control]).tell();
        assert_eq!(told.own(control), Indeterminate, "{control}");
        assert_eq!(words(&told, control).len(), 2, "{control}: {:?}", told.coded(control));
    }
}

#[test]
fn w24_an_endpoint_that_gives_no_answer_is_no_service_that_is_off() {
    for (control, service, operation) in REGIONAL {
        let silent = json!({"service": service, "operation": operation, "region": "eu-west-1", "answer": {"kind": "reset"}});
        let told = Story::of("posture.on").fault(silent).for_controls(&[control]).tell();
        assert_eq!(told.own(control), Indeterminate, "{control}");
        assert!(words(&told, control).contains(&"indeterminate failed".to_owned()), "{control}: {:?}", told.coded(control));
    }
}

#[test]
fn half_of_a_service_is_not_the_service() {
    let told = Story::of("posture.half").for_controls(&controls()).tell();
    for (control, ..) in REGIONAL {
        let words = words(&told, control);
        assert!(words.len() == 2 && words[0].starts_with("fail") && words[1].starts_with("pass"), "{control}: {words:?}");
    }
}

#[test]
fn findings_behind_the_first_page_count_and_archived_ones_do_not() {
    let told = Story::of("posture.found").for_controls(&[FINDINGS, "inspector-findings-age"]).tell();
    let active: Vec<_> = told.verdicts().iter().filter(|verdict| verdict.resource.kind == "AWS::AccessAnalyzer::Finding").collect();
    assert_eq!(active.iter().filter(|verdict| verdict.verdict.as_str() == "fail").count(), 5);
    let analyzers: Vec<_> = told
        .verdicts()
        .iter()
        .filter(|verdict| verdict.resource.kind == "AWS::AccessAnalyzer::Analyzer")
        .map(|verdict| (verdict.region.as_str(), verdict.verdict.as_str()))
        .collect();
    assert_eq!(analyzers, [("eu-west-1", "pass"), ("us-east-1", "fail")]);
    let mut flaws: Vec<_> = told
        .verdicts()
        .iter()
        .filter(|verdict| verdict.resource.kind == "AWS::InspectorV2::Finding" && verdict.resource.id.is_some())
        .map(|verdict| (verdict.resource.name.as_deref().unwrap_or_default(), verdict.verdict.as_str()))
        .collect();
    // The emulator draws the identifiers that verdicts are ordered by.
    flaws.sort_unstable();
    assert_eq!(flaws, [("CVE-2026-0001 - openssl", "fail"), ("CVE-2026-0002 - curl", "pass")]);
}

/// An account without any analyzer has no finding either: nobody looked.
#[test]
fn w24_no_finding_is_no_pass_where_nobody_looks_or_nobody_may_read() {
    assert_eq!(Story::of("posture.off").for_controls(&[FINDINGS]).tell().own(FINDINGS), Fail);
    assert_eq!(Story::of("posture.on").for_controls(&[FINDINGS]).tell().own(FINDINGS), Pass);
    let unread = Story::of("posture.on").fault(denied("access-analyzer", "ListFindingsV2", None)).for_controls(&[FINDINGS]).tell();
    assert_eq!(unread.own(FINDINGS), Indeterminate);
    assert!(words(&unread, FINDINGS).iter().all(|word| word == "indeterminate denied"), "{:?}", unread.coded(FINDINGS));
}

#[test]
fn a_plan_that_is_missing_in_one_region_fails_there() {
    const PLANS: &str = "guardduty-protection-plans";
    let told = Story::of("posture.without_plans").for_controls(&[PLANS, "guardduty-enabled"]).tell();
    assert_eq!((told.own(PLANS), told.own("guardduty-enabled")), (Fail, Pass));
    let silent = json!({"service": "guardduty", "operation": "GetDetector", "answer": {"kind": "empty_object"}});
    let told = Story::of("posture.on").fault(silent).for_controls(&[PLANS]).tell();
    assert_eq!(told.own(PLANS), Indeterminate);
}

#[test]
fn the_security_contact_is_recorded_missing_or_not_to_be_read() {
    const CONTACT: &str = "account-security-contact";
    assert_eq!(Story::of("posture.on").for_controls(&[CONTACT]).tell().own(CONTACT), Pass);
    assert_eq!(Story::of("posture.off").for_controls(&[CONTACT]).tell().own(CONTACT), Fail);
    let closed = Story::of("posture.on").fault(denied("account", "GetAlternateContact", None)).for_controls(&[CONTACT]).tell();
    assert_eq!(closed.own(CONTACT), Indeterminate);
}

const ORGANIZATION: [&str; 4] =
    ["organizations-policy-delegation", "organizations-delegated-administrators", "organizations-guardrails", "organizations-ou-structure"];

#[test]
fn an_organization_is_judged_once_in_its_management_account() {
    let told = Story::of("posture.managed").for_controls(&ORGANIZATION).tell();
    for control in ORGANIZATION {
        assert_eq!(told.own(control), Pass, "{control}: {:?}", told.coded(control));
        assert!(words(&told, control).iter().all(|word| !word.starts_with("indeterminate")), "{control}: {:?}", told.coded(control));
    }
    let loose = Story::of("posture.loose").for_controls(&ORGANIZATION).tell();
    for control in ORGANIZATION {
        assert_eq!(loose.own(control), Fail, "{control}: {:?}", loose.coded(control));
    }
}

#[test]
fn w24_a_member_alone_says_that_it_is_not_the_management_account() {
    let told = Story::of("posture.member").for_controls(&ORGANIZATION).tell();
    for control in ORGANIZATION {
        assert_eq!(told.own(control), Indeterminate, "{control}");
        assert!(
            words(&told, control).iter().all(|word| word == "indeterminate not_management_account"),
            "{control}: {:?}",
            told.coded(control)
        );
    }
}

#[test]
fn a_delegated_administrator_tells_for_the_organization() {
    let told = Story::of("posture.administrator").for_controls(&ORGANIZATION).tell();
    for control in ORGANIZATION {
        assert_eq!(told.own(control), Pass, "{control}: {:?}", told.coded(control));
    }
}

#[test]
fn an_account_without_an_organization_has_nothing_to_test_and_one_that_may_not_ask_does() {
    let told = Story::of("posture.off").for_controls(&ORGANIZATION).tell();
    let closed = Story::of("posture.off").fault(denied("organizations", "DescribeOrganization", None)).for_controls(&ORGANIZATION).tell();
    for control in ORGANIZATION {
        assert_eq!((told.own(control), closed.own(control)), (NothingToTest, Indeterminate), "{control}");
    }
}

const WORKLOADS: &str = "organizations-management-account-workloads";
/// What lists the workloads of an account, by service and operation.
const LISTINGS: [(&str, &str); 7] = [
    ("ec2", "DescribeInstances"),
    ("lambda", "ListFunctions"),
    ("apigateway", "GetRestApis"),
    ("apigatewayv2", "GetApis"),
    ("rds", "DescribeDBInstances"),
    ("rds", "DescribeDBClusters"),
    ("s3", "ListBuckets"),
];

fn workloads(story: &str) -> Story {
    Story::of(story).for_controls(&[WORKLOADS])
}

#[test]
fn a_management_account_passes_only_where_it_carries_nothing() {
    let idle = workloads("posture.managed").tell();
    assert_eq!(idle.own(WORKLOADS), Pass);
    let told =
        [("-", "not_applicable empty_population"), ("management-account", "pass")].map(|(id, word)| (id.to_owned(), word.to_owned()));
    let mut coded = idle.coded(WORKLOADS);
    coded.sort();
    assert_eq!(coded, told, "a member has none of its own");
    let works = workloads("posture.works").tell();
    assert_eq!(works.own(WORKLOADS), Fail);
    assert_eq!(workloads("posture.keeps_costs").tell().own(WORKLOADS), Fail, "a bucket is one workload too many until it is exempt");
}

#[test]
fn a_listing_that_is_refused_never_shows_an_empty_management_account() {
    for (service, operation) in LISTINGS {
        let told = workloads("posture.managed").fault(denied(service, operation, Some("us-east-1"))).tell();
        assert_eq!(told.own(WORKLOADS), Indeterminate, "{operation}");
        assert!(words(&told, WORKLOADS).contains(&"indeterminate denied".to_owned()), "{operation}: {:?}", told.coded(WORKLOADS));
        let works = workloads("posture.works").fault(denied(service, operation, Some("us-east-1"))).tell();
        assert_eq!(works.own(WORKLOADS), Fail, "{operation}: what else is seen decides");
    }
    let empty = json!({"service": "lambda", "operation": "ListFunctions", "answer": {"kind": "empty_object"}});
    assert_eq!(workloads("posture.managed").fault(empty).tell().own(WORKLOADS), Indeterminate);
}

#[test]
fn a_region_that_was_left_out_may_hold_the_workloads() {
    let idle = workloads("posture.managed").narrowed_to(&["us-east-1"]).tell();
    assert_eq!(idle.own(WORKLOADS), Indeterminate);
    assert!(words(&idle, WORKLOADS).contains(&"indeterminate out_of_scope".to_owned()), "{:?}", idle.coded(WORKLOADS));
    assert_eq!(workloads("posture.works").narrowed_to(&["eu-west-1"]).tell().own(WORKLOADS), Fail);
}

#[test]
fn workloads_of_a_management_account_outside_of_the_run_are_not_known_to_a_member() {
    for story in ["posture.member", "posture.administrator"] {
        let told = workloads(story).tell();
        assert_eq!(
            (told.own(WORKLOADS), words(&told, WORKLOADS)),
            (Indeterminate, vec!["indeterminate not_management_account".to_owned()])
        );
    }
    let closed = workloads("posture.off").fault(denied("organizations", "DescribeOrganization", None)).tell();
    assert_eq!((workloads("posture.off").tell().own(WORKLOADS), closed.own(WORKLOADS)), (NothingToTest, Indeterminate));
}
