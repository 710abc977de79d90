//! Web ACLs, certificates and user pools.

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::Story;

const STAGE: &str = "apigateway-stage-waf";
const SQLI: &str = "wafv2-webacl-sqli-rule";
const XSS: &str = "wafv2-webacl-xss-rule";
const MODE: &str = "wafv2-webacl-blocking-mode";
const LOGGING: &str = "wafv2-webacl-logging";
const DOMAIN: &str = "apigateway-domain-certificate-expiry";
const MFA: &str = "cognito-pool-mfa";

/// A stage passes because an ARN stands in its settings, whatever lies behind it.
#[test]
fn w5_a_web_acl_that_is_empty_gone_or_of_waf_classic_does_not_count_as_set() {
    let told = Story::of("edge.walls").for_controls(&[STAGE]).tell();
    let expected = [("classic", "fail"), ("empty", "fail"), ("gone", "fail"), ("kept", "pass"), ("open", "fail")];
    for (api, verdict) in expected {
        let verdicts = told.on(STAGE, &format!("{api} / prod"));
        assert_eq!(verdicts[0].verdict.as_str(), verdict, "{api}");
    }
    assert_eq!(told.own(STAGE), ItemResult::Fail);
}

/// A web ACL that may not be read is neither a wall nor a hole; a listing that may not be read hides none that is gone.
#[test]
fn w10_a_web_acl_that_is_denied_leaves_its_stages_open() {
    for (operation, still_failing) in [("GetWebACL", 3), ("ListWebACLs", 2)] {
        let denied = json!({"service": "wafv2", "operation": operation, "answer": {"kind": "access_denied"}});
        let told = Story::of("edge.walls").fault(denied).for_controls(&[STAGE]).tell();
        let said = told.said(STAGE);
        let of = |verdict: &str| said.iter().filter(|(name, word)| name.ends_with("/ prod") && *word == verdict).count();
        assert_eq!((of("pass"), of("fail")), (0, still_failing), "{operation}: {said:?}");
        assert_eq!(of("indeterminate"), 5 - still_failing);
    }
}

/// "The rule is there" passes, whether it blocks, counts, or looks for the opposite.
#[test]
fn w1_a_rule_that_counts_is_weakened_negated_or_bypassed_does_not_block() {
    let told = Story::of("edge.modes").for_controls(&[SQLI, XSS, MODE]).tell();
    let said = |control: &str| told.said(control).into_iter().filter(|(name, _)| !name.starts_with("eu-")).collect::<Vec<_>>();
    let named = |pairs: [(&str, &'static str); 5]| pairs.map(|(name, verdict)| (name.to_owned(), verdict)).to_vec();
    let expected = named([("blocks", "pass"), ("counts", "fail"), ("let-past", "fail"), ("negated", "fail"), ("weakened", "fail")]);
    assert_eq!(said(SQLI), expected);
    assert_eq!(said(XSS), expected);
    let modes = named([("blocks", "pass"), ("counts", "fail"), ("let-past", "pass"), ("negated", "pass"), ("weakened", "pass")]);
    assert_eq!(said(MODE), modes);
}

/// "No configuration" and "not allowed to ask" are told apart.
#[test]
fn w16_logging_that_is_denied_is_not_logging_that_is_off() {
    let told = Story::seed("clean").for_controls(&[LOGGING]).tell();
    assert_eq!(told.own(LOGGING), ItemResult::Pass, "{:?}", told.said(LOGGING));
    let denied = json!({"service": "wafv2", "operation": "GetLoggingConfiguration", "answer": {"kind": "access_denied"}});
    let told = Story::seed("clean").fault(denied).for_controls(&[LOGGING]).tell();
    assert!(told.coded(LOGGING).iter().all(|(_, verdict)| verdict == "indeterminate denied"), "{:?}", told.coded(LOGGING));
    assert_eq!(told.own(LOGGING), ItemResult::Indeterminate);
}

/// A certificate of another account is not a missing one.
#[test]
fn w16_a_certificate_of_another_account_leaves_its_domain_open() {
    let told = Story::of("edge.domains").for_controls(&[DOMAIN]).tell();
    for (domain, verdict) in [("good.example.com", "pass"), ("soon.example.com", "fail"), ("shared.example.com", "indeterminate")] {
        assert_eq!(told.on(DOMAIN, domain)[0].verdict.as_str(), verdict, "{domain}");
    }
}

/// What a pool was made with is not what holds now.
#[test]
fn w7_the_second_factor_in_force_is_judged_and_not_the_one_a_pool_was_made_with() {
    let told = Story::of("edge.pools").for_controls(&[MFA]).tell();
    assert_eq!(told.on(MFA, "now-on")[0].verdict.as_str(), "pass");
    assert_eq!(told.on(MFA, "now-off")[0].verdict.as_str(), "fail");
    let denied = json!({"service": "cognito-idp", "operation": "GetUserPoolMfaConfig", "answer": {"kind": "access_denied"}});
    let told = Story::of("edge.pools").fault(denied).for_controls(&[MFA]).tell();
    assert_eq!(told.own(MFA), ItemResult::Indeterminate);
}

/// A service in which nothing is leaves a line, not a hole in the report.
#[test]
fn w24_an_account_without_web_acls_certificates_or_pools_says_so() {
    let controls =
        [SQLI, MODE, LOGGING, DOMAIN, MFA, STAGE, "acm-certificate-expiry", "cognito-pool-waf", "cognito-identity-pool-no-guest"];
    let told = Story::seed("empty").for_controls(&controls).tell();
    for control in controls {
        assert!(told.coded(control).iter().all(|(_, verdict)| verdict == "not_applicable empty_population"), "{:?}", told.coded(control));
        assert_eq!(told.own(control), ItemResult::NothingToTest, "{control}");
    }
}
