//! The emulator itself: what it isolates, breaks and seeds, and that its answers are bodies the operation table accepts.

use std::io::{Read, Write};
use std::net::TcpStream;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use evidence::aws::check::check_body;
use evidence::aws::operation::{Effect, Operation};
use evidence::aws::operations::{apigateway, apigatewayv2, cloudtrail, ec2, iam, sts};
use evidence::recording::redact;
use serde_json::{Value, json};

use super::{Credentials, Emulator, from};

/// One request as the holder of the credentials; it signs nothing, but names itself as a client would. Status, head and body.
fn send(emulator: &Emulator, key: &Credentials, scope: (&str, &str), line: &str, headers: &str, body: &str) -> (u16, String, String) {
    let (region, service) = scope;
    let mut stream = TcpStream::connect(emulator.endpoint().trim_start_matches("http://")).unwrap();
    let text = format!(
        "{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\nContent-Length: {}\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential={}/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0\r\n\
         \r\n{body}",
        body.len(),
        key.access_key_id
    );
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_owned(), body.to_owned())
}

/// A request of the query protocol.
fn form(emulator: &Emulator, key: &Credentials, service: &str, body: &str) -> (u16, String) {
    let headers = "Content-Type: application/x-www-form-urlencoded";
    let (status, head, body) = send(emulator, key, ("us-east-1", service), "POST /", headers, body);
    (status, format!("{head}\r\n\r\n{body}"))
}

/// A read of CloudTrail.
fn trail(emulator: &Emulator, key: &Credentials, operation: &Operation, body: Value) -> Value {
    let target = format!("X-Amz-Target: com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.{}", operation.name);
    let headers = format!("{target}\r\nContent-Type: application/x-amz-json-1.1");
    accepted(operation, send(emulator, key, ("us-east-1", "cloudtrail"), "POST /", &headers, &body.to_string()))
}

/// A read of API Gateway.
fn gateway(emulator: &Emulator, key: &Credentials, operation: &Operation, path: &str) -> Value {
    let line = format!("GET /v2/{path}?maxResults=100");
    accepted(operation, send(emulator, key, ("us-east-1", "apigateway"), &line, "Accept: application/json", ""))
}

/// The body of an answer that the operation table accepts, as JSON where it is JSON.
fn accepted(operation: &Operation, (status, _, body): (u16, String, String)) -> Value {
    assert_eq!(status, 200, "{}: {body}", operation.name);
    let checked = check_body(operation, status, &[], body.as_bytes());
    assert_eq!(checked, Ok(()), "{}: {body}", operation.name);
    serde_json::from_str(&body).unwrap_or_default()
}

#[test]
fn every_answer_of_the_demo_is_one_that_the_operation_table_accepts() {
    let emulator = Emulator::start();
    let key = emulator.seed("demo").accounts.remove(0);
    emulator.clear_faults();
    let query = |service: &str, version: &str, row: &Operation| {
        let body = format!("Action={}&Version={version}", row.name);
        let headers = "Content-Type: application/x-www-form-urlencoded";
        accepted(row, send(&emulator, &key, ("us-east-1", service), "POST /", headers, &body));
    };
    iam::ROWS.iter().for_each(|row| query("iam", "2010-05-08", row));
    query("sts", "2011-06-15", &sts::GET_CALLER_IDENTITY);
    ec2::ROWS.iter().for_each(|row| query("ec2", "2016-11-15", row));
    let trails = trail(&emulator, &key, &cloudtrail::DESCRIBE_TRAILS, json!({}));
    for arn in trails["trailList"].as_array().unwrap().iter().map(|trail| &trail["TrailARN"]) {
        trail(&emulator, &key, &cloudtrail::GET_TRAIL_STATUS, json!({ "Name": arn }));
        trail(&emulator, &key, &cloudtrail::GET_EVENT_SELECTORS, json!({ "TrailName": arn }));
    }
    let organization = json!({"TrailName": "organization-trail"});
    trail(&emulator, &key, &cloudtrail::GET_INSIGHT_SELECTORS, organization);
    let apis = gateway(&emulator, &key, &apigatewayv2::GET_APIS, "apis");
    for api in apis["items"].as_array().unwrap().iter().map(|api| api["apiId"].as_str().unwrap()) {
        gateway(&emulator, &key, &apigatewayv2::GET_ROUTES, &format!("apis/{api}/routes"));
        gateway(&emulator, &key, &apigatewayv2::GET_AUTHORIZERS, &format!("apis/{api}/authorizers"));
        gateway(&emulator, &key, &apigatewayv2::GET_INTEGRATIONS, &format!("apis/{api}/integrations"));
        gateway(&emulator, &key, &apigatewayv2::GET_STAGES, &format!("apis/{api}/stages"));
    }
    gateway(&emulator, &key, &apigatewayv2::GET_DOMAIN_NAMES, "domainnames");
    gateway(&emulator, &key, &apigatewayv2::GET_API_MAPPINGS, "domainnames/api.example.com/apimappings");
}

#[test]
fn two_emulators_see_their_own_accounts_calls_and_faults() {
    let (one, two) = (Emulator::start(), Emulator::start());
    let (first, other) = (one.seed("no-trail").accounts.remove(0), two.seed("empty").accounts.remove(0));
    one.fault(json!({"service": "iam", "operation": "ListUsers", "answer": {"kind": "access_denied"}}));
    let users = "Action=ListUsers&Version=2010-05-08";
    assert_eq!(form(&one, &first, "iam", users).0, 403);
    assert_eq!(form(&two, &other, "iam", users).0, 200);
    one.clear_faults();
    let (status, answer) = form(&one, &first, "iam", users);
    assert_eq!(status, 200);
    assert!(answer.contains("<UserName>user-01</UserName>") && answer.contains("\r\nDate: "), "{answer}");
    assert_eq!(one.calls().iter().map(|call| call.status).collect::<Vec<_>>(), [Some(403), Some(200)]);
    assert_eq!(two.calls().len(), 1);
    one.reset();
    assert!(one.calls().is_empty());
}

#[test]
fn the_caller_is_the_auditor_and_an_unknown_key_is_nobody() {
    let emulator = Emulator::start();
    let mut auditor = emulator.seed("empty").accounts.remove(0);
    let who = "Action=GetCallerIdentity&Version=2011-06-15";
    let (_, answer) = form(&emulator, &auditor, "sts", who);
    assert!(answer.contains(&format!("<Arn>{}</Arn>", auditor.principal)), "{answer}");
    auditor.access_key_id = "AKIAAAAAAAAAAAAAAAAA".into();
    assert_eq!(form(&emulator, &auditor, "sts", who).0, 403);
}

#[test]
fn a_fault_applies_after_skipping_and_only_so_often() {
    let emulator = Emulator::start();
    let auditor = emulator.seed("empty").accounts.remove(0);
    emulator.fault(json!({"service": "iam", "skip": 1, "times": 2, "answer": {"kind": "server_error"}}));
    let statuses: Vec<u16> = (0..4).map(|_| form(&emulator, &auditor, "iam", "Action=ListGroups").0).collect();
    assert_eq!(statuses, [200, 500, 500, 200]);
}

#[test]
fn every_seed_fills_its_accounts() {
    let emulator = Emulator::start();
    for (name, accounts) in [("demo", 2), ("clean", 1), ("empty", 1), ("no-trail", 1), ("hostile", 1), ("secrets", 1)] {
        assert_eq!(emulator.seed(name).accounts.len(), accounts, "{name}");
        emulator.reset();
    }
    let large = emulator.seed_with("large", &[("users", "250"), ("apis", "3"), ("routes", "4")]);
    assert_eq!(large.said["made"]["users"], 250);
}

#[test]
fn a_seed_gives_the_same_resources_every_time() {
    let emulator = Emulator::start();
    let details = || {
        let seeded = emulator.seed_with("demo", &[("now", "2026-11-20T08:00:00+00:00")]);
        let details = form(&emulator, &seeded.accounts[0], "iam", "Action=GetAccountAuthorizationDetails&MaxItems=1000").1;
        emulator.reset();
        // The head holds the date.
        details.split_once("\r\n\r\n").map(|(_, body)| body.to_owned())
    };
    let (first, second) = (details(), details());
    assert!(first.as_ref().is_some_and(|body| body.contains("<UserName>svc-legacy</UserName>")), "{first:?}");
    assert_eq!(first, second);
}

#[test]
fn the_secrets_of_the_seed_are_really_there() {
    let emulator = Emulator::start();
    let seeded = emulator.seed("secrets");
    let strings: Vec<String> = from(seeded.said["strings"].clone());
    let details = "Action=GetAccountAuthorizationDetails&MaxItems=1000";
    let answer = form(&emulator, &seeded.accounts[0], "iam", details).1;
    let answer = percent_encoding::percent_decode_str(&answer).decode_utf8_lossy();
    let keys = send(
        &emulator,
        &seeded.accounts[0],
        ("us-east-1", "apigateway"),
        "GET /apikeys?includeValues=true",
        "Accept: application/json",
        "",
    )
    .2;
    let answers = [answer.into_owned(), keys, elsewhere(&emulator, &seeded.accounts[0])].concat();
    // What a web ACL searches for is told in base64.
    let told = |text: &str| answers.contains(text) || answers.contains(&STANDARD.encode(text));
    let missing: Vec<_> = strings.iter().filter(|text| !told(text)).collect();
    assert!(!strings.is_empty() && missing.is_empty(), "{missing:?}");
}

/// What web ACLs, app clients, contacts and the organization tell, as it came.
fn elsewhere(emulator: &Emulator, key: &Credentials) -> String {
    let mut told = String::new();
    let mut ask = |service: &str, line: &str, target: &str, body: Value| -> Value {
        let headers = match target {
            "" => "Content-Type: application/json".to_owned(),
            target => format!("Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: {target}"),
        };
        let (_, _, answer) = send(emulator, key, ("us-east-1", service), line, &headers, &body.to_string());
        told.push_str(&answer);
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{service} {line} {target}: {error}: {answer}"))
    };
    let each = |answer: &Value, list: &str| answer[list].as_array().cloned().unwrap_or_default();
    let acls = ask("wafv2", "POST /", "AWSWAF_20190729.ListWebACLs", json!({ "Scope": "REGIONAL" }));
    for acl in each(&acls, "WebACLs") {
        let body = json!({ "Scope": "REGIONAL", "Name": acl["Name"], "Id": acl["Id"] });
        ask("wafv2", "POST /", "AWSWAF_20190729.GetWebACL", body);
    }
    let cognito = |name: &str| format!("AWSCognitoIdentityProviderService.{name}");
    for pool in each(&ask("cognito-idp", "POST /", &cognito("ListUserPools"), json!({ "MaxResults": 60 })), "UserPools") {
        for client in
            each(&ask("cognito-idp", "POST /", &cognito("ListUserPoolClients"), json!({ "UserPoolId": pool["Id"] })), "UserPoolClients")
        {
            let body = json!({ "UserPoolId": pool["Id"], "ClientId": client["ClientId"] });
            ask("cognito-idp", "POST /", &cognito("DescribeUserPoolClient"), body);
        }
    }
    ask("account", "POST /getContactInformation", "", json!({}));
    for kind in ["BILLING", "OPERATIONS", "SECURITY"] {
        ask("account", "POST /getAlternateContact", "", json!({ "AlternateContactType": kind }));
    }
    let organizations = |name: &str| format!("AWSOrganizationsV20161128.{name}");
    let mut parents = each(&ask("organizations", "POST /", &organizations("ListRoots"), json!({})), "Roots");
    while let Some(parent) = parents.pop() {
        let below = json!({ "ParentId": parent["Id"] });
        ask("organizations", "POST /", &organizations("ListAccountsForParent"), below.clone());
        parents.extend(each(
            &ask("organizations", "POST /", &organizations("ListOrganizationalUnitsForParent"), below),
            "OrganizationalUnits",
        ));
    }
    told
}

#[test]
fn no_secret_of_the_seed_survives_redaction() {
    let emulator = Emulator::start();
    let seeded = emulator.seed("secrets");
    let (key, strings) = (&seeded.accounts[0], from::<Vec<String>>(seeded.said["strings"].clone()));
    let clean = |row: &Operation, body: &str| {
        let redacted = String::from_utf8(redact(row, body.as_bytes()).body).unwrap();
        let decoded = percent_encoding::percent_decode_str(&redacted).decode_utf8_lossy().replace("\\n", "\n").replace("\\/", "/");
        let left: Vec<_> = strings.iter().filter(|text| redacted.contains(text.as_str()) || decoded.contains(text.as_str())).collect();
        assert!(left.is_empty(), "{}: {left:?}", row.name);
        assert_eq!(check_body(row, 200, &[], redacted.as_bytes()), Ok(()), "{}", row.name);
        strings.iter().any(|text| percent_encoding::percent_decode_str(body).decode_utf8_lossy().contains(text.as_str()))
    };
    let mut leaky = Vec::new();
    for row in iam::ROWS.iter().filter(|row| row.effect == Effect::Read) {
        let (_, answer) = form(&emulator, key, "iam", &format!("Action={}&Version=2010-05-08&MaxItems=1000", row.name));
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        if check_body(row, 200, &[], body.as_bytes()).is_ok() && clean(row, body) {
            leaky.push(row.name);
        }
    }
    let path = |path: &str| send(&emulator, key, ("us-east-1", "apigateway"), &format!("GET /v2/{path}"), "Accept: application/json", "").2;
    let apis: Value = serde_json::from_str(&path("apis")).unwrap();
    let api = apis["items"][0]["apiId"].as_str().unwrap().to_owned();
    let rows = [
        (&apigatewayv2::GET_APIS, "apis".to_owned()),
        (&apigatewayv2::GET_ROUTES, format!("apis/{api}/routes")),
        (&apigatewayv2::GET_AUTHORIZERS, format!("apis/{api}/authorizers")),
        (&apigatewayv2::GET_INTEGRATIONS, format!("apis/{api}/integrations")),
        (&apigatewayv2::GET_STAGES, format!("apis/{api}/stages")),
    ];
    for (row, at) in rows {
        assert!(clean(row, &path(&at)), "{} holds no secret of the seed", row.name);
    }
    assert_eq!(leaky, ["GetAccountAuthorizationDetails"]);
    let path = |path: &str| send(&emulator, key, ("us-east-1", "apigateway"), &format!("GET /{path}"), "Accept: application/json", "").2;
    let id = |list: &str| serde_json::from_str::<Value>(&path(list)).unwrap()["item"][0]["id"].as_str().unwrap().to_owned();
    let (api, plan) = (id("restapis"), id("usageplans"));
    let rows = [
        (&apigateway::GET_REST_APIS, "restapis".to_owned()),
        (&apigateway::GET_RESOURCES, format!("restapis/{api}/resources?embed=methods")),
        (&apigateway::GET_STAGES, format!("restapis/{api}/stages")),
        (&apigateway::GET_AUTHORIZERS, format!("restapis/{api}/authorizers")),
        (&apigateway::GET_API_KEYS, "apikeys?includeValues=true".to_owned()),
        (&apigateway::GET_USAGE_PLAN_KEYS, format!("usageplans/{plan}/keys")),
        (&apigateway::GET_CLIENT_CERTIFICATES, "clientcertificates".to_owned()),
    ];
    for (row, at) in rows {
        assert!(clean(row, &path(&at)), "{} holds no secret of the seed", row.name);
    }
}

#[test]
fn a_deployment_stays_what_it_was_when_it_was_made() {
    let emulator = Emulator::start();
    let seeded = emulator.seed("demo");
    let path = |path: &str| -> Value {
        let body =
            send(&emulator, &seeded.accounts[0], ("us-east-1", "apigateway"), &format!("GET /{path}"), "Accept: application/json", "").2;
        serde_json::from_str(&body).unwrap()
    };
    let apis = path("restapis?limit=500");
    let tickets =
        apis["item"].as_array().unwrap().iter().find(|api| api["name"] == "tickets-rest").unwrap()["id"].as_str().unwrap().to_owned();
    let deployment = path(&format!("restapis/{tickets}/stages"))["item"][0]["deploymentId"].as_str().unwrap().to_owned();
    let plain = path(&format!("restapis/{tickets}/deployments/{deployment}"));
    assert!(plain["apiSummary"].is_null(), "{plain}");
    let whole = path(&format!("restapis/{tickets}/deployments/{deployment}?embed=apisummary"));
    assert_eq!(whole["apiSummary"]["/tickets/export"]["GET"], json!({"authorizationType": "NONE", "apiKeyRequired": false}));
    let drafts = path(&format!("restapis/{tickets}/resources?limit=500&embed=methods")).to_string();
    assert!(drafts.contains("\"authorizationType\":\"CUSTOM\""), "{drafts}");
    let verbs = path(&format!("restapis/{tickets}/resources?limit=500")).to_string();
    assert!(verbs.contains("\"GET\":{}") && !verbs.contains("authorizationType"), "{verbs}");
    let first = path("restapis?limit=2");
    let rest = path(&format!(
        "restapis?limit=2&position={}",
        percent_encoding::utf8_percent_encode(first["position"].as_str().unwrap(), percent_encoding::NON_ALPHANUMERIC)
    ));
    assert_eq!((first["item"].as_array().unwrap().len(), rest["item"].as_array().unwrap().len(), rest["position"].is_null()), (2, 2, true));
}
