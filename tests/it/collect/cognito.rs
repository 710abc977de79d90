//! Pools and clients: the setting in force, seconds whatever the unit, no secret, and the web ACL in front.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const POOL: &str = "AWS::Cognito::UserPool";
const CLIENT: &str = "AWS::Cognito::UserPoolClient";
const IDENTITY: &str = "AWS::Cognito::IdentityPool";
const SECRET: &str = "no-known-form-of-a-secret-0123456789";

fn described(more: &Value) -> Reply {
    let policy = json!({"MinimumLength": 14, "RequireUppercase": true, "RequireLowercase": true, "RequireNumbers": true, "RequireSymbols": true, "TemporaryPasswordValidityDays": 3});
    let mut pool = json!({"Id": "eu-west-1_P", "Name": "customers", "Arn": format!("arn:aws:cognito-idp:eu-west-1:{ACCOUNT}:userpool/eu-west-1_P"),
        "CreationDate": 1.7E9, "MfaConfiguration": "OFF", "Policies": {"PasswordPolicy": policy}, "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}});
    for (name, value) in more.as_object().expect("an object") {
        pool[name] = value.clone();
    }
    reply(json!({ "UserPool": pool }).to_string())
}

fn client(more: &Value) -> Reply {
    let mut client = json!({"UserPoolId": "eu-west-1_P", "ClientId": "c1", "ClientName": "web", "ClientSecret": SECRET, "CreationDate": 1.7E9, "RefreshTokenValidity": 30});
    for (name, value) in more.as_object().expect("an object") {
        client[name] = value.clone();
    }
    reply(json!({ "UserPoolClient": client }).to_string())
}

fn list(member: &str, items: &[Value]) -> Reply {
    reply(json!({ member: items }).to_string())
}

/// In eu-west-1 a pool with a client behind a web ACL, and an identity pool; `script` speaks first.
async fn found(kinds: &[&str], script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        if !["cognito-idp", "cognito-identity", "wafv2"].contains(&question.service.as_str()) {
            return None;
        }
        let here = |items: Vec<Value>| if question.region == "eu-west-1" { items } else { Vec::new() };
        let usual = || match question.operation.as_str() {
            "ListUserPools" => list("UserPools", &here(vec![json!({"Id": "eu-west-1_P", "Name": "customers"})])),
            "DescribeUserPool" => described(&json!({})),
            "GetUserPoolMfaConfig" => reply(r#"{"MfaConfiguration":"ON","SoftwareTokenMfaConfiguration":{"Enabled":true}}"#),
            "DescribeRiskConfiguration" => reply(
                r#"{"RiskConfiguration":{"UserPoolId":"eu-west-1_P","CompromisedCredentialsRiskConfiguration":{"Actions":{"EventAction":"BLOCK"}}}}"#,
            ),
            "ListUserPoolClients" => {
                list("UserPoolClients", &[json!({"ClientId": "c1", "ClientName": "web", "UserPoolId": "eu-west-1_P"})])
            }
            "DescribeUserPoolClient" => client(&json!({})),
            "ListWebACLs" => list("WebACLs", &here(vec![json!({"Name": "w", "Id": "i", "ARN": acl("w")})])),
            "ListResourcesForWebACL" => {
                list("ResourceArns", &[json!(format!("arn:aws:cognito-idp:eu-west-1:{ACCOUNT}:userpool/eu-west-1_P"))])
            }
            "ListIdentityPools" => list("IdentityPools", &here(vec![json!({"IdentityPoolId": "eu-west-1:1", "IdentityPoolName": "app"})])),
            "DescribeIdentityPool" => {
                reply(r#"{"IdentityPoolId":"eu-west-1:1","IdentityPoolName":"app","AllowUnauthenticatedIdentities":true}"#)
            }
            _ => Reply::Break,
        };
        Some(script(question).unwrap_or_else(usual))
    });
    (gathered(&upstream, &all_of(kinds)).await, upstream)
}

fn acl(name: &str) -> String {
    format!("arn:aws:wafv2:eu-west-1:{ACCOUNT}:regional/webacl/{name}/i")
}

fn refuse(operation: &'static str) -> impl Fn(&Question) -> Option<Reply> + Send + Sync {
    move |question| (question.operation == operation).then(|| json_error(400, "AccessDeniedException", "no"))
}

#[tokio::test]
async fn a_pool_shows_the_second_factor_in_force_and_the_web_acl_in_front() {
    let (found, _) = found(&[POOL], |_| None).await;
    let facts = found.facts(POOL, "userpool/eu-west-1_P");
    assert_eq!(facts["mfa_configuration"], json!("ON"), "what the description says of it is what the pool was made with");
    assert_eq!(facts["password_policy"]["temporary_password_validity_days"], json!(3));
    assert_eq!(facts["risk_configuration"]["compromised_credentials_action"], json!("BLOCK"));
    assert_eq!(facts["web_acl_arn"], json!(acl("w")));
    assert_eq!((found.population(POOL, "us-east-1").count, found.standing(POOL, "us-east-1")), (0, "complete".to_owned()));
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn no_web_acl_is_known_only_where_every_one_of_the_region_has_said_what_it_guards() {
    let (none, _) = found(&[POOL], |question| (question.operation == "ListResourcesForWebACL").then(|| list("ResourceArns", &[]))).await;
    assert_eq!(none.facts(POOL, "userpool/eu-west-1_P")["web_acl_arn"], Value::Null);
    let (empty, _) = found(&[POOL], |question| (question.operation == "ListResourcesForWebACL").then(|| reply("{}"))).await;
    assert!(empty.why(&empty.facts(POOL, "userpool/eu-west-1_P")["web_acl_arn"]).starts_with("failed"));
    for operation in ["ListWebACLs", "ListResourcesForWebACL"] {
        let (denied, _) = found(&[POOL], refuse(operation)).await;
        assert!(denied.why(&denied.facts(POOL, "userpool/eu-west-1_P")["web_acl_arn"]).starts_with("denied"), "{operation}");
    }
}

#[tokio::test]
async fn threat_protection_is_asked_about_only_where_it_is_on() {
    let off = |question: &Question| {
        (question.operation == "DescribeUserPool").then(|| described(&json!({"UserPoolAddOns": {"AdvancedSecurityMode": "OFF"}})))
    };
    let (found_off, upstream) = found(&[POOL], off).await;
    let facts = found_off.facts(POOL, "userpool/eu-west-1_P");
    assert_eq!((&facts["risk_configuration"], &facts["advanced_security_mode"]), (&Value::Null, &json!("OFF")));
    assert_eq!(upstream.count("DescribeRiskConfiguration"), 0);
    let without = |question: &Question| {
        let code = "UserPoolAddOnNotEnabledException";
        (question.operation == "DescribeRiskConfiguration").then(|| json_error(400, code, "not enabled"))
    };
    let (plain, _) = found(&[POOL], without).await;
    assert_eq!((&plain.facts(POOL, "userpool/eu-west-1_P")["risk_configuration"], plain.gaps.len()), (&Value::Null, 0));
    let (denied, _) = found(&[POOL], refuse("DescribeRiskConfiguration")).await;
    assert!(denied.why(&denied.facts(POOL, "userpool/eu-west-1_P")["risk_configuration"]).starts_with("denied"));
}

#[tokio::test]
async fn a_client_is_found_in_seconds_and_its_secret_nowhere() {
    let more = json!({"AccessTokenValidity": 2, "IdTokenValidity": 5, "TokenValidityUnits": {"IdToken": "minutes", "RefreshToken": "hours"},
        "AllowedOAuthFlows": ["implicit", "code"], "AllowedOAuthFlowsUserPoolClient": true,
        "CallbackURLs": ["http://localhost/cb", "http://app.example.com/cb", "https://app.example.com/cb"]});
    let script = move |question: &Question| (question.operation == "DescribeUserPoolClient").then(|| client(&more));
    let (found, _) = found(&[CLIENT], script).await;
    let facts = found.facts(CLIENT, "userpool/eu-west-1_P/client/c1");
    let seconds = ["access_token_seconds", "id_token_seconds", "refresh_token_seconds"].map(|fact| facts[fact].clone());
    assert_eq!(seconds, [json!(7200), json!(300), json!(108_000)]);
    assert_eq!((&facts["has_secret"], &facts["enable_token_revocation"]), (&json!(true), &json!(false)));
    assert_eq!(facts["prevent_user_existence_errors"], Value::Null);
    assert_eq!(facts["plain_http_callback_urls"], json!(["http://app.example.com/cb"]));
    assert_eq!(found.resource(CLIENT, "client/c1").name, "customers / web");
    assert!(!facts.to_string().contains(SECRET) && found.gaps.is_empty());
}

#[tokio::test]
async fn a_pool_that_may_not_be_described_is_there_and_its_clients_too() {
    let (pool, upstream) = found(&[POOL], refuse("DescribeUserPool")).await;
    let facts = pool.facts(POOL, "userpool/eu-west-1_P");
    for fact in ["password_policy", "advanced_security_mode", "risk_configuration", "tags"] {
        assert!(pool.why(&facts[fact]).starts_with("denied"), "{fact}");
    }
    assert_eq!((&facts["mfa_configuration"], upstream.count("DescribeRiskConfiguration")), (&json!("ON"), 0));
    let (mfa, _) = found(&[POOL], refuse("GetUserPoolMfaConfig")).await;
    assert!(mfa.why(&mfa.facts(POOL, "userpool/eu-west-1_P")["mfa_configuration"]).starts_with("denied"));
    let (client, _) = found(&[CLIENT], refuse("DescribeUserPoolClient")).await;
    assert!(client.why(&client.facts(CLIENT, "client/c1")["has_secret"]).starts_with("denied"));
    let (clients, _) = found(&[CLIENT], refuse("ListUserPoolClients")).await;
    assert!(clients.standing(CLIENT, "eu-west-1").starts_with("denied: user pool `customers` (`eu-west-1_P`)"));
    let (pools, _) = found(&[POOL, CLIENT], refuse("ListUserPools")).await;
    assert!(pools.standing(POOL, "eu-west-1").starts_with("denied") && pools.standing(CLIENT, "eu-west-1").starts_with("denied"));
}

#[tokio::test]
async fn an_identity_pool_tells_whether_guests_are_let_in() {
    let (open, _) = found(&[IDENTITY], |_| None).await;
    let facts = open.facts(IDENTITY, "identitypool/eu-west-1:1");
    assert_eq!((&facts["allow_unauthenticated_identities"], &facts["allow_classic_flow"]), (&json!(true), &json!(false)));
    let cut = |question: &Question| {
        (question.operation == "DescribeIdentityPool").then(|| reply(r#"{"IdentityPoolId":"eu-west-1:1","IdentityPoolName":"app"}"#))
    };
    let (cut, _) = found(&[IDENTITY], cut).await;
    let fact = &cut.facts(IDENTITY, "identitypool/eu-west-1:1")["allow_unauthenticated_identities"];
    assert!(cut.why(fact).starts_with("failed"), "the switch is not off because it is missing");
}
