//! Certificates: of every key type, with what a description tells, and without a date where there is none.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const CERTIFICATE: &str = "AWS::CertificateManager::Certificate";

fn arn(question: &Question, id: &str) -> String {
    format!("arn:aws:acm:{}:{ACCOUNT}:certificate/{id}", question.region)
}

/// In eu-west-1 a certificate `c1` in use; `script` speaks first.
async fn found(script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        if question.service != "acm" {
            return None;
        }
        let usual = || match question.operation.as_str() {
            "ListCertificates" => {
                let here: Vec<Value> =
                    if question.region == "eu-west-1" { vec![json!({"CertificateArn": arn(question, "c1")})] } else { Vec::new() };
                reply(json!({"CertificateSummaryList": here}).to_string())
            }
            _ => described(question, json!({"Status": "ISSUED", "NotBefore": 1.76E9, "NotAfter": 1.8E9, "KeyAlgorithm": "RSA-2048"})),
        };
        Some(script(question).unwrap_or_else(usual))
    });
    (gathered(&upstream, &all_of(&[CERTIFICATE])).await, upstream)
}

fn described(question: &Question, more: Value) -> Reply {
    let mut told = json!({"CertificateArn": arn(question, "c1"), "DomainName": "api.example.com", "Type": "AMAZON_ISSUED",
        "InUseBy": ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/b/1"]});
    for (name, value) in more.as_object().expect("an object") {
        told[name] = value.clone();
    }
    reply(json!({ "Certificate": told }).to_string())
}

#[tokio::test]
async fn a_certificate_is_found_with_its_end_and_its_algorithm_in_one_spelling() {
    let (found, upstream) = found(|_| None).await;
    let facts = found.facts(CERTIFICATE, "certificate/c1");
    assert_eq!((&facts["not_after"], &facts["key_algorithm"]), (&json!("2027-01-15T08:00:00Z"), &json!("RSA_2048")));
    assert_eq!((&facts["status"], &facts["renewal_status"], &facts["type"]), (&json!("ISSUED"), &Value::Null, &json!("AMAZON_ISSUED")));
    assert_eq!(found.resource(CERTIFICATE, "certificate/c1").name, "api.example.com");
    assert_eq!((found.population(CERTIFICATE, "us-east-1").count, found.standing(CERTIFICATE, "us-east-1")), (0, "complete".to_owned()));
    let asked = upstream.questions().into_iter().find(|question| question.operation == "ListCertificates").expect("it was asked");
    for kind in ["RSA_1024", "RSA_4096", "EC_prime256v1", "EC_secp521r1"] {
        assert!(asked.body.contains(kind), "{}", asked.body);
    }
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn one_that_was_never_issued_has_no_dates_and_that_is_no_gap() {
    let pending = |question: &Question| {
        let told = json!({"Status": "PENDING_VALIDATION", "KeyAlgorithm": "EC_prime256v1", "InUseBy": []});
        (question.operation == "DescribeCertificate").then(|| described(question, told))
    };
    let (found, _) = found(pending).await;
    let facts = found.facts(CERTIFICATE, "certificate/c1");
    assert_eq!((&facts["not_after"], &facts["in_use_by"], found.gaps.len()), (&Value::Null, &json!([]), 0));
}

#[tokio::test]
async fn what_may_not_be_described_is_absent_and_an_answer_without_its_users_is_none() {
    let (denied, _) =
        found(|question| (question.operation == "DescribeCertificate").then(|| json_error(400, "AccessDeniedException", "no"))).await;
    let facts = denied.facts(CERTIFICATE, "certificate/c1");
    for fact in ["status", "not_after", "key_algorithm", "in_use_by"] {
        assert!(denied.why(&facts[fact]).starts_with("denied"), "{fact}");
    }
    let cut = |question: &Question| {
        let told = json!({"Certificate": {"CertificateArn": arn(question, "c1"), "Status": "ISSUED", "Type": "IMPORTED", "KeyAlgorithm": "RSA_2048"}});
        (question.operation == "DescribeCertificate").then(|| reply(told.to_string()))
    };
    let (cut, _) = found(cut).await;
    assert!(cut.why(&cut.facts(CERTIFICATE, "certificate/c1")["in_use_by"]).starts_with("failed"));
    let (listing, _) =
        found(|question| (question.operation == "ListCertificates").then(|| json_error(400, "AccessDeniedException", "no"))).await;
    assert!(listing.standing(CERTIFICATE, "eu-west-1").starts_with("denied"));
}
