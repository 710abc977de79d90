//! What watches over an account: off is a fact in AWS's own words only, denied is a gap, and every Region has its line.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const CONTACTS: &str = "AWS::Account::AlternateContacts";
const PRIMARY: &str = "AWS::Account::ContactInformation";
const ANALYZER: &str = "AWS::AccessAnalyzer::Analyzer";
const FINDING: &str = "AWS::AccessAnalyzer::Finding";
const HUB: &str = "AWS::SecurityHub::RegionSetting";
const DETECTOR: &str = "AWS::GuardDuty::Detector";
const INSPECTOR: &str = "AWS::InspectorV2::RegionSetting";
const FLAW: &str = "AWS::InspectorV2::Finding";
const MACIE: &str = "AWS::Macie::RegionSetting";
const SHIELD: &str = "AWS::Shield::AccountSetting";
const AUDITS: &str = "AWS::AuditManager::RegionSetting";

fn refused(status: u16, code: &str, message: &str) -> Reply {
    json_error(status, code, message)
}

fn denied() -> Reply {
    refused(403, "AccessDeniedException", "no")
}

async fn asked(kinds: &[&str], script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(script);
    (gathered(&upstream, &all_of(kinds)).await, upstream)
}

fn body(question: &Question) -> Value {
    serde_json::from_str(&question.body).unwrap_or_default()
}

fn contact(question: &Question) -> Option<Reply> {
    let told = |kind: &str| json!({"AlternateContact": {"AlternateContactType": kind, "Name": "Annabel Seeded", "Title": "CISO", "EmailAddress": "annabel@example.org", "PhoneNumber": "+1 2"}});
    match (question.operation.as_str(), body(question)["AlternateContactType"].as_str()) {
        ("POST /getAlternateContact", Some("SECURITY")) => Some(reply(told("SECURITY").to_string())),
        ("POST /getAlternateContact", Some("BILLING")) => Some(refused(404, "ResourceNotFoundException", "No contact found")),
        ("POST /getAlternateContact", _) => Some(denied()),
        ("POST /getContactInformation", _) => Some(reply(
            r#"{"ContactInformation":{"FullName":"Annabel Seeded","AddressLine1":"1 Way","City":"Seededham","PostalCode":"1","CountryCode":"US","PhoneNumber":"+12"}}"#,
        )),
        _ => None,
    }
}

#[tokio::test]
async fn of_contacts_only_their_presence_is_kept() {
    let (found, upstream) = asked(&[CONTACTS, PRIMARY], contact).await;
    let facts = found.facts(CONTACTS, "alternate-contacts");
    let whole = json!({"name_present": true, "title_present": true, "email_address_present": true, "phone_number_present": true});
    assert_eq!((&facts["security"], &facts["billing"]), (&whole, &Value::Null));
    assert!(found.why(&facts["operations"]).starts_with("denied"), "a contact that may not be read is not missing");
    let present = &found.facts(PRIMARY, "contact-information")["present"];
    assert_eq!(*present, json!(["address_line1", "city", "country_code", "full_name", "phone_number", "postal_code"]));
    assert_eq!(upstream.count("POST /getAlternateContact"), 3);
}

#[tokio::test]
async fn another_code_than_the_exact_one_is_no_missing_contact() {
    for (status, code) in [(404, "NoSuchThing"), (400, "ValidationException"), (403, "AccessDeniedException")] {
        let (found, _) = asked(&[CONTACTS], move |question| {
            (question.service == "account").then(|| refused(status, code, "No contact of the inputted alternate contact type found"))
        })
        .await;
        assert!(found.facts(CONTACTS, "alternate-contacts")["security"]["$gap"].is_string(), "{code}");
    }
}

fn analyzer(question: &Question, name: &str, kind: &str) -> Value {
    json!({"arn": format!("arn:aws:access-analyzer:{}:{ACCOUNT}:analyzer/{name}", question.region), "name": name, "type": kind, "status": "ACTIVE",
        "createdAt": "2026-01-02T03:04:05Z", "tags": {}})
}

fn finding(id: &str) -> Value {
    json!({"id": id, "resource": format!("arn:aws:s3:::{id}"), "resourceType": "AWS::S3::Bucket", "resourceOwnerAccount": ACCOUNT, "status": "ACTIVE",
        "findingType": "ExternalAccess", "createdAt": "2026-01-02T03:04:05Z", "analyzedAt": "2026-01-02T03:04:05Z", "updatedAt": "2026-01-02T03:04:05Z"})
}

/// An analyzer for external and one for unused access in each Region; findings on two pages in eu-west-1.
fn analyzed(question: &Question) -> Option<Reply> {
    match (question.operation.as_str(), question.region.as_str()) {
        ("GET /analyzer", _) => Some(reply(
            json!({"analyzers": [analyzer(question, "outside", "ACCOUNT"), analyzer(question, "unused", "ACCOUNT_UNUSED_ACCESS")]})
                .to_string(),
        )),
        ("POST /findingv2", "eu-west-1") if body(question)["nextToken"].is_null() => {
            Some(reply(json!({"findings": [finding("a")], "nextToken": "2"}).to_string()))
        }
        ("POST /findingv2", "eu-west-1") => Some(reply(json!({"findings": [finding("b")]}).to_string())),
        ("POST /findingv2", _) => Some(reply(json!({"findings": []}).to_string())),
        _ => None,
    }
}

#[tokio::test]
async fn only_analyzers_for_external_access_are_asked_for_findings_and_to_the_last_page() {
    let (found, upstream) = asked(&[ANALYZER, FINDING], analyzed).await;
    assert_eq!(found.facts(ANALYZER, "eu-west-1:111122223333:analyzer/outside")["active_findings"], json!(2));
    assert_eq!(found.facts(ANALYZER, "us-east-1:111122223333:analyzer/outside")["active_findings"], json!(0));
    let unused = found.facts(ANALYZER, "eu-west-1:111122223333:analyzer/unused");
    assert_eq!((&unused["active_findings"], &unused["external_access"]), (&Value::Null, &json!(false)));
    assert_eq!(found.ids(FINDING).len(), 2);
    assert_eq!(found.resource(FINDING, "analyzer/outside/finding/b").name, "arn:aws:s3:::b");
    assert_eq!(upstream.count("POST /findingv2"), 3);
    let asked: Vec<Value> = upstream.questions().iter().filter(|q| q.operation == "POST /findingv2").map(body).collect();
    assert!(asked.iter().all(|asked| asked["filter"] == json!({"status": {"eq": ["ACTIVE"]}})), "{asked:?}");
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn findings_that_are_denied_or_cut_are_never_none() {
    let (closed, _) =
        asked(&[ANALYZER, FINDING], |question| if question.operation == "POST /findingv2" { Some(denied()) } else { analyzed(question) })
            .await;
    let facts = closed.facts(ANALYZER, "eu-west-1:111122223333:analyzer/outside");
    assert!(closed.why(&facts["active_findings"]).starts_with("denied"));
    assert!(closed.standing(FINDING, "eu-west-1").starts_with("denied"));
    let (cut, _) = asked(&[ANALYZER, FINDING], |question| {
        let again = question.operation == "POST /findingv2" && question.region == "eu-west-1";
        if again { Some(reply(json!({"findings": [finding("a")], "nextToken": "2"}).to_string())) } else { analyzed(question) }
    })
    .await;
    assert!(cut.standing(FINDING, "eu-west-1").starts_with("truncated"), "{}", cut.standing(FINDING, "eu-west-1"));
    let facts = cut.facts(ANALYZER, "eu-west-1:111122223333:analyzer/outside");
    assert!(cut.why(&facts["active_findings"]).starts_with("truncated"));
    let (unlisted, _) = asked(&[ANALYZER, FINDING], |question| (question.operation == "GET /analyzer").then(denied)).await;
    assert!(
        unlisted.standing(ANALYZER, "eu-west-1").starts_with("denied") && unlisted.standing(FINDING, "eu-west-1").starts_with("denied")
    );
}

#[tokio::test]
async fn a_region_without_security_hub_is_a_fact_only_in_aws_words() {
    let (off, upstream) = asked(&[HUB], |question| {
        (question.operation == "GET /accounts")
            .then(|| refused(401, "InvalidAccessException", "Account 111122223333 is not subscribed to AWS Security Hub"))
    })
    .await;
    assert_eq!(off.facts(HUB, "eu-west-1:111122223333:region-setting"), json!({"enabled": false, "hub": null, "enabled_standards": []}));
    assert_eq!((off.gaps.len(), upstream.count("POST /standards/get")), (0, 0));
    for (status, code, message) in [
        (401, "InvalidAccessException", "The account may not use this API"),
        (403, "AccessDeniedException", "Account 111122223333 is not subscribed to AWS Security Hub"),
        (404, "ResourceNotFoundException", "not found"),
    ] {
        let (found, _) = asked(&[HUB], move |question| (question.service == "securityhub").then(|| refused(status, code, message))).await;
        let facts = found.facts(HUB, "eu-west-1:111122223333:region-setting");
        assert!(facts["hub"]["$gap"].is_string() && facts["enabled_standards"]["$gap"].is_string(), "{code} {message}");
    }
}

#[tokio::test]
async fn an_endpoint_that_does_not_answer_is_a_gap_in_its_region_and_no_service_that_is_off() {
    let kinds = [HUB, DETECTOR, INSPECTOR, FLAW, MACIE, AUDITS, ANALYZER, FINDING];
    let (found, _) = asked(&kinds, |question| (question.region == "eu-west-1").then_some(Reply::Break)).await;
    for kind in [HUB, INSPECTOR, MACIE, AUDITS] {
        let facts = found.facts(kind, "eu-west-1:111122223333:region-setting");
        let members = facts.as_object().expect("facts");
        for (fact, value) in members {
            assert!(found.why(value).starts_with("failed: the connection failed"), "{kind} {fact}: {value}");
        }
    }
    for kind in [DETECTOR, FLAW, ANALYZER, FINDING] {
        assert!(found.standing(kind, "eu-west-1").starts_with("failed: the connection failed"), "{kind}");
    }
}

#[tokio::test]
async fn a_region_without_a_detector_is_complete_and_empty_and_a_detector_that_is_not_described_is_there() {
    let (none, _) = asked(&[DETECTOR], |question| (question.operation == "GET /detector").then(|| reply(r#"{"detectorIds":[]}"#))).await;
    assert_eq!((none.population(DETECTOR, "eu-west-1").count, none.standing(DETECTOR, "eu-west-1")), (0, "complete".to_owned()));
    let (closed, _) = asked(&[DETECTOR], |question| match question.operation.as_str() {
        "GET /detector" => Some(reply(r#"{"detectorIds":["d1"]}"#)),
        _ if question.service == "guardduty" => Some(denied()),
        _ => None,
    })
    .await;
    let facts = closed.facts(DETECTOR, "guardduty:eu-west-1:111122223333:detector/d1");
    for fact in ["status", "features", "enabled_features"] {
        assert!(closed.why(&facts[fact]).starts_with("denied"), "{fact}");
    }
    assert_eq!(facts["detector_id"], json!("d1"));
}

fn state(on: bool) -> Value {
    let status = if on { "ENABLED" } else { "DISABLED" };
    json!({"accounts": [{"accountId": ACCOUNT, "state": {"status": status}, "resourceState": {"ec2": {"status": status}, "ecr": {"status": "DISABLED"}}}], "failedAccounts": []})
}

#[tokio::test]
async fn inspector_that_is_off_has_no_findings_and_one_that_cannot_tell_leaves_both_open() {
    let (off, upstream) =
        asked(&[INSPECTOR, FLAW], |question| (question.operation == "POST /status/batch/get").then(|| reply(state(false).to_string())))
            .await;
    let facts = off.facts(INSPECTOR, "eu-west-1:111122223333:region-setting");
    assert_eq!((&facts["status"], &facts["enabled_resource_types"]), (&json!("DISABLED"), &json!([])));
    assert_eq!((off.standing(FLAW, "eu-west-1"), upstream.count("POST /findings/list")), ("complete".to_owned(), 0));
    let failed = json!({"accounts": [], "failedAccounts": [{"accountId": ACCOUNT, "errorCode": "ACCESS_DENIED", "errorMessage": "no"}]});
    let (unknown, _) =
        asked(&[INSPECTOR, FLAW], move |question| (question.operation == "POST /status/batch/get").then(|| reply(failed.to_string())))
            .await;
    let facts = unknown.facts(INSPECTOR, "eu-west-1:111122223333:region-setting");
    assert!(unknown.why(&facts["enabled_resource_types"]).starts_with("denied"));
    assert!(unknown.standing(FLAW, "eu-west-1").starts_with("denied"));
}

#[tokio::test]
async fn findings_of_inspector_are_asked_for_the_own_account_alone() {
    let (found, upstream) = asked(&[INSPECTOR, FLAW], |question| match question.operation.as_str() {
        "POST /status/batch/get" => Some(reply(state(true).to_string())),
        "POST /findings/list" => Some(reply(r#"{"findings":[]}"#)),
        _ => None,
    })
    .await;
    assert_eq!(found.standing(FLAW, "eu-west-1"), "complete");
    let questions = upstream.questions();
    let criteria = questions.iter().find(|q| q.operation == "POST /findings/list").map(body).expect("a question")["filterCriteria"].clone();
    assert_eq!(criteria["awsAccountId"], json!([{"comparison": "EQUALS", "value": ACCOUNT}]));
    assert_eq!(criteria["severity"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn macie_is_off_where_aws_says_so_and_denied_where_it_only_denies() {
    let (off, upstream) = asked(&[MACIE], |question| {
        (question.operation == "GET /macie").then(|| refused(403, "AccessDeniedException", "Macie is not enabled."))
    })
    .await;
    let facts = off.facts(MACIE, "eu-west-1:111122223333:region-setting");
    assert_eq!(facts, json!({"enabled": false, "session": null, "automated_discovery": null, "classification_jobs": []}));
    assert_eq!((upstream.count("POST /jobs/list"), off.gaps.len()), (0, 0));
    let (closed, _) = asked(&[MACIE], |question| (question.service == "macie2").then(denied)).await;
    let facts = closed.facts(MACIE, "eu-west-1:111122223333:region-setting");
    for fact in ["session", "automated_discovery", "classification_jobs"] {
        assert!(closed.why(&facts[fact]).starts_with("denied"), "{fact}");
    }
}

#[tokio::test]
async fn without_a_subscription_and_without_set_up_nothing_more_is_asked() {
    let (found, upstream) = asked(&[SHIELD, AUDITS], |question| match question.operation.as_str() {
        "GetSubscriptionState" => Some(reply(r#"{"SubscriptionState":"INACTIVE"}"#)),
        "GET /account/status" => Some(reply(r#"{"status":"INACTIVE"}"#)),
        _ => None,
    })
    .await;
    assert_eq!(found.facts(SHIELD, "account-setting"), json!({"subscription_state": "INACTIVE", "protections": []}));
    assert_eq!(found.facts(AUDITS, "eu-west-1:111122223333:region-setting"), json!({"status": "INACTIVE", "assessments": []}));
    assert_eq!((upstream.count("ListProtections"), upstream.count("GET /assessments"), found.gaps.len()), (0, 0, 0));
}

#[tokio::test]
async fn empty_bodies_are_no_answers() {
    let kinds = [CONTACTS, PRIMARY, HUB, DETECTOR, INSPECTOR, FLAW, MACIE, AUDITS, SHIELD, ANALYZER, FINDING];
    let services = ["account", "securityhub", "guardduty", "inspector2", "macie2", "auditmanager", "shield", "access-analyzer"];
    let (found, _) = asked(&kinds, move |question| services.contains(&question.service.as_str()).then(|| reply("{}"))).await;
    assert!(found.gaps.iter().all(|gap| gap.reason.as_str() == "failed"), "{:#?}", found.gaps);
    assert!(found.facts(CONTACTS, "alternate-contacts")["security"]["$gap"].is_string());
    assert!(found.facts(SHIELD, "account-setting")["subscription_state"]["$gap"].is_string());
    for kind in [DETECTOR, FLAW, ANALYZER, FINDING] {
        assert!(found.standing(kind, "eu-west-1").starts_with("failed"), "{kind}");
    }
}
