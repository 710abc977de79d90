//! REST APIs: what is deployed stands apart from what is edited, and what cannot be read is nothing but unread.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{Question, Reply, Scripted, json as reply, json_error};

const API: &str = "AWS::ApiGateway::RestApi";
const METHOD: &str = "AWS::ApiGateway::Method";
const DEPLOYED: &str = "AWS::ApiGateway::DeployedMethod";
const STAGE: &str = "AWS::ApiGateway::Stage";
const AUTHORIZER: &str = "AWS::ApiGateway::Authorizer";
const KEY: &str = "AWS::ApiGateway::ApiKey";
const PLAN: &str = "AWS::ApiGateway::UsagePlan";
const DOMAIN: &str = "AWS::ApiGateway::DomainName";
const CERTIFICATE: &str = "AWS::ApiGateway::ClientCertificate";
const ACCOUNT: &str = "AWS::ApiGateway::Account";

fn page(items: &[Value], position: Option<&str>) -> Reply {
    let mut body = json!({"item": items});
    if let Some(position) = position {
        body["position"] = position.into();
    }
    reply(body.to_string())
}

fn v2_page(items: &[Value]) -> Reply {
    reply(json!({"items": items}).to_string())
}

fn api(id: &str, name: &str) -> Value {
    json!({"id": id, "name": name, "createdDate": 1_760_000_000, "disableExecuteApiEndpoint": id == "a1", "endpointConfiguration": {"types": ["REGIONAL"]}})
}

fn method(authorization: &str, integration: &str) -> Value {
    json!({"httpMethod": "X", "authorizationType": authorization, "apiKeyRequired": false, "methodIntegration": {"type": integration}})
}

fn stage(name: &str, deployment: &str) -> Value {
    json!({"stageName": name, "deploymentId": deployment, "createdDate": 1_760_000_000, "cacheClusterEnabled": false, "tracingEnabled": true})
}

fn entry(rate: f64) -> Value {
    json!({"metricsEnabled": true, "dataTraceEnabled": false, "throttlingBurstLimit": 10, "throttlingRateLimit": rate, "cachingEnabled": false,
        "cacheTtlInSeconds": 300, "cacheDataEncrypted": false, "requireAuthorizationForCacheControl": true, "loggingLevel": "ERROR"})
}

fn summary(methods: &[(&str, &str, &str)]) -> Reply {
    let mut paths = json!({});
    for (path, verb, authorization) in methods {
        paths[*path][*verb] = json!({"authorizationType": authorization, "apiKeyRequired": false});
    }
    reply(json!({"id": "d", "createdDate": 1_760_000_000, "apiSummary": paths}).to_string())
}

fn denied() -> Reply {
    json_error(403, "AccessDeniedException", "User: x is not authorized to perform: apigateway:GET on resource: y")
}

const OF_ALL: &str = "/restapis/a1/deployments/";

/// Two APIs in eu-west-1, the second without stage; nothing elsewhere.
fn ordinary(question: &Question) -> Option<Reply> {
    if question.service != "apigateway" {
        return None;
    }
    let mut prod = stage("prod", "d1");
    prod["canarySettings"] = json!({"deploymentId": "d2", "percentTraffic": 12.5, "useStageCache": false, "stageVariableOverrides": {"password": "hunter2hunter2"}});
    prod["methodSettings"] = json!({"*/*": entry(100.0), "~1orders~1{id}/GET": entry(5.0)});
    prod["clientCertificateId"] = "c1".into();
    let here = question.region == "eu-west-1";
    let answer = match question.operation.as_str() {
        "GET /account" => reply(json!({"cloudwatchRoleArn": "arn:aws:iam::111122223333:role/logs", "throttleSettings": {"burstLimit": 5000, "rateLimit": 10000.0}}).to_string()),
        operation if operation.starts_with("GET /v2/") && !here => v2_page(&[]),
        _ if !here => page(&[], None),
        "GET /restapis" => page(&[api("a1", "orders"), api("a2", "users")], None),
        "GET /restapis/a1/resources" => page(
            &[
                json!({"id": "r0", "path": "/"}),
                json!({"id": "r1", "path": "/orders", "resourceMethods": {"GET": method("NONE", "AWS_PROXY"), "OPTIONS": method("NONE", "MOCK"),
                    "POST": {"httpMethod": "POST", "authorizationType": "CUSTOM", "apiKeyRequired": false, "authorizerId": "z1"}}}),
                json!({"id": "r2", "path": "/orders/{id}", "resourceMethods": {"GET": method("AWS_IAM", "HTTP_PROXY")}}),
            ],
            None,
        ),
        "GET /restapis/a2/resources" => page(&[json!({"id": "r0", "path": "/", "resourceMethods": {"ANY": method("NONE", "MOCK")}})], None),
        "GET /restapis/a1/stages" => page(&[prod, stage("test", "d3")], None),
        "GET /restapis/a1/deployments/d1" => summary(&[
            ("/orders", "GET", "AWS_IAM"),
            ("/orders", "OPTIONS", "NONE"),
            ("/orders/{id}", "GET", "AWS_IAM"),
            ("/gone", "OPTIONS", "NONE"),
        ]),
        "GET /restapis/a1/deployments/d2" => summary(&[("/orders", "POST", "NONE")]),
        "GET /restapis/a1/deployments/d3" => summary(&[("/orders", "GET", "NONE")]),
        "GET /restapis/a1/authorizers" => page(
            &[
                json!({"id": "z1", "name": "check", "type": "TOKEN", "identitySource": "method.request.header.A, context.identity.sourceIp", "authorizerUri": "arn:aws:x"}),
                json!({"id": "z2", "name": "unused", "type": "COGNITO_USER_POOLS", "providerARNs": ["arn:aws:cognito-idp:eu-west-1:111122223333:userpool/p"]}),
                json!({"id": "z3", "name": "new", "type": "JWT"}),
            ],
            None,
        ),
        "GET /apikeys" => page(&[json!({"id": "k1", "name": "partner", "enabled": true, "createdDate": 1_760_000_000})], None),
        "GET /usageplans" => page(&[json!({"id": "p1", "name": "partners"}), json!({"id": "p2", "name": "others"})], None),
        "GET /usageplans/p1/keys" => page(&[json!({"id": "k1", "type": "API_KEY", "value": "abcdefghijklmnopqrstuvwx"})], None),
        "GET /clientcertificates" => page(&[json!({"clientCertificateId": "c1", "createdDate": 1_760_000_000, "expirationDate": 1_791_536_000})], None),
        "GET /domainnames" => page(
            &[
                json!({"domainName": "api.example.com", "endpointConfiguration": {"types": ["REGIONAL"]}, "securityPolicy": "SecurityPolicy_TLS13_1_3_2025_09"}),
                json!({"domainName": "in.example.com", "domainNameId": "x9", "endpointConfiguration": {"types": ["PRIVATE"]}, "securityPolicy": "TLS_1_2"}),
            ],
            None,
        ),
        "GET /v2/apis" => v2_page(
            &[json!({"apiId": "h1", "name": "chat", "protocolType": "HTTP", "routeSelectionExpression": "x", "createdDate": "2026-01-02T03:04:05Z"})],
        ),
        "GET /v2/domainnames" => v2_page(&[json!({"domainName": "api.example.com", "domainNameConfigurations": [{"securityPolicy": "TLS_1_2"}]})]),
        "GET /v2/domainnames/api.example.com/apimappings" => v2_page(&[
            json!({"apiId": "a1", "stage": "prod", "apiMappingKey": "", "apiMappingId": "m1"}),
            json!({"apiId": "a2", "stage": "prod", "apiMappingKey": "users", "apiMappingId": "m2"}),
            json!({"apiId": "h1", "stage": "prod", "apiMappingKey": "chat", "apiMappingId": "m3"}),
        ]),
        operation if operation.starts_with("GET /v2/") => v2_page(&[]),
        _ => page(&[], None),
    };
    Some(answer)
}

async fn found(kinds: &[&str], spoil: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| spoil(question).or_else(|| ordinary(question)));
    (gathered(&upstream, &all_of(kinds)).await, upstream)
}

#[tokio::test]
async fn methods_are_found_as_deployed_and_as_edited_with_ids_of_their_own() {
    let (found, _) = found(&[METHOD, DEPLOYED], |_| None).await;
    let rest = |paths: &[&str]| paths.iter().map(|path| format!("arn:aws:apigateway:eu-west-1::/restapis/{path}")).collect::<Vec<_>>();
    assert_eq!(
        found.ids(DEPLOYED),
        rest(&[
            "a1/stages/prod/canary/methods/POST/orders",
            "a1/stages/prod/methods/GET/orders",
            "a1/stages/prod/methods/GET/orders/{id}",
            "a1/stages/prod/methods/OPTIONS/gone",
            "a1/stages/prod/methods/OPTIONS/orders",
            "a1/stages/test/methods/GET/orders",
        ])
    );
    assert_eq!(found.ids(METHOD).len(), 5);
    assert_eq!(found.resource(DEPLOYED, "canary/methods/POST/orders").name, "orders / prod canary / POST /orders");
    assert_eq!(found.resource(METHOD, "a1/resources/r2/methods/GET").name, "orders / draft / GET /orders/{id}");
    let undeployed = found.facts(METHOD, "a2/resources/r0/methods/ANY");
    assert_eq!((&undeployed["stage_names"], &undeployed["rest_api"]["name"]), (&json!([]), &json!("users")));
    assert_eq!((found.standing(DEPLOYED, "eu-west-1"), found.standing(METHOD, "eu-west-1")), ("complete".into(), "complete".into()));
    assert_eq!((found.population(DEPLOYED, "us-east-1").count, found.standing(DEPLOYED, "us-east-1")), (0, "complete".to_owned()));
}

#[tokio::test]
async fn drift_is_shown_both_ways_and_settings_of_a_method_win() {
    let (found, _) = found(&[DEPLOYED], |_| None).await;
    let of = |ending: &str| found.facts(DEPLOYED, ending);
    let opened = of("prod/methods/GET/orders");
    assert_eq!(
        (&opened["authorization_type"], &opened["draft_drift"]),
        (&json!("AWS_IAM"), &json!(["authorization_type: AWS_IAM deployed, NONE in the draft"]))
    );
    assert_eq!((&opened["percent_traffic"], &opened["method_settings"]["throttling_rate_limit"]), (&json!(87.5), &json!(100.0)));
    let canary = of("canary/methods/POST/orders");
    assert_eq!(canary["draft_drift"], json!(["authorization_type: NONE deployed, CUSTOM in the draft"]));
    assert_eq!((&canary["canary"], &canary["percent_traffic"], &canary["deployment_id"]), (&json!(true), &json!(12.5), &json!("d2")));
    let same = of("prod/methods/GET/orders/{id}");
    assert_eq!((&same["draft_drift"], &same["own_method_settings"]), (&json!([]), &json!(true)));
    assert_eq!(same["method_settings"]["throttling_rate_limit"], json!(5.0));
    assert_eq!(of("test/methods/GET/orders")["method_settings"]["throttling_rate_limit"], json!(null));
    let gone = of("prod/methods/OPTIONS/gone");
    assert_eq!((&gone["draft"], &gone["draft_drift"]), (&json!(null), &json!(["deployed, but gone from the draft"])));
    assert!(found.why(&gone["mock_preflight"]).starts_with("disputed: `OPTIONS /gone` is deployed but gone"), "{gone}");
    assert_eq!(of("prod/methods/OPTIONS/orders")["mock_preflight"], json!(true));
}

#[tokio::test]
async fn a_denied_deployment_leaves_exactly_its_stage_unknown() {
    let (found, _) = found(&[DEPLOYED, STAGE], |question| (question.operation == format!("GET {OF_ALL}d3")).then(denied)).await;
    assert_eq!(found.ids(DEPLOYED).len(), 5, "those of the other stage and its canary");
    let expected = "denied: stage `test` of API `orders` (`a1`): `apigateway:GET` is denied to arn:aws:iam::111122223333:user/auditor";
    assert_eq!(found.standing(DEPLOYED, "eu-west-1"), expected);
    assert_eq!((found.ids(STAGE).len(), found.standing(STAGE, "eu-west-1")), (2, "complete".to_owned()));
}

#[tokio::test]
async fn a_deployment_without_its_methods_is_not_one_that_has_none() {
    for body in [
        r#"{"id":"d3"}"#,
        r#"{"id":"d3","apiSummary":null}"#,
        r#"{"id":"d3","apiSummary":{"/a":{"GET":{"authorizationType":"AWS_IAM"}}}}"#,
        "{}",
        "",
    ] {
        let (found, _) = found(&[DEPLOYED], move |question| (question.operation == format!("GET {OF_ALL}d3")).then(|| reply(body))).await;
        assert_eq!(found.ids(DEPLOYED).len(), 5, "{body}");
        let standing = found.standing(DEPLOYED, "eu-west-1");
        assert!(standing.starts_with("failed: stage `test` of API `orders` (`a1`): "), "{body}: {standing}");
    }
}

#[tokio::test]
async fn a_denied_draft_takes_nothing_from_what_is_deployed() {
    let (found, _) =
        found(&[METHOD, DEPLOYED, AUTHORIZER, STAGE], |question| (question.operation == "GET /restapis/a1/resources").then(denied)).await;
    assert_eq!((found.ids(DEPLOYED).len(), found.standing(DEPLOYED, "eu-west-1")), (6, "complete".to_owned()));
    let (get, options) = (found.facts(DEPLOYED, "prod/methods/GET/orders"), found.facts(DEPLOYED, "prod/methods/OPTIONS/orders"));
    assert_eq!((&get["authorization_type"], &get["mock_preflight"]), (&json!("AWS_IAM"), &json!(false)));
    let expected = "denied: API `orders` (`a1`): `apigateway:GET` is denied to arn:aws:iam::111122223333:user/auditor";
    for fact in [&get["draft"], &get["draft_drift"], &options["mock_preflight"]] {
        assert_eq!(found.why(fact), expected);
    }
    assert_eq!(found.why(&found.facts(AUTHORIZER, "z1")["used_by_methods"]), expected);
    assert_eq!(found.why(&found.facts(STAGE, "stages/prod")["draft_http_integrations"]), expected);
    assert_eq!((found.ids(METHOD).len(), found.standing(METHOD, "eu-west-1")), (1, expected.to_owned()));
}

#[tokio::test]
async fn resources_are_read_to_their_last_page_and_a_broken_one_proves_no_absence() {
    let rest = json!({"id": "r9", "path": "/gone", "resourceMethods": {"OPTIONS": method("NONE", "MOCK")}});
    let paged = move |second: Reply| {
        let rest = rest.clone();
        move |question: &Question| match (question.operation == "GET /restapis/a1/resources", question.target.contains("position=two")) {
            (true, false) => {
                Some(page(&[json!({"id": "r1", "path": "/orders", "resourceMethods": {"GET": method("AWS_IAM", "MOCK")}})], Some("two")))
            }
            (true, true) => Some(match &second {
                Reply::Break => page(std::slice::from_ref(&rest), Some("two")),
                other => other.clone(),
            }),
            _ => None,
        }
    };
    let (whole, _) = found(
        &[DEPLOYED],
        paged(page(&[json!({"id": "r9", "path": "/gone", "resourceMethods": {"OPTIONS": method("NONE", "MOCK")}})], None)),
    )
    .await;
    assert_eq!(whole.facts(DEPLOYED, "OPTIONS/gone")["mock_preflight"], json!(true));
    let (cut, _) = found(&[DEPLOYED], paged(denied())).await;
    assert!(cut.why(&cut.facts(DEPLOYED, "OPTIONS/gone")["mock_preflight"]).starts_with("denied: "));
    assert_eq!(
        cut.facts(DEPLOYED, "prod/methods/GET/orders")["draft"]["authorization_type"],
        "AWS_IAM",
        "what the first page shows is known"
    );
    let (looping, _) = found(&[METHOD], paged(Reply::Break)).await;
    assert!(looping.standing(METHOD, "eu-west-1").starts_with("truncated: API `orders` (`a1`): "));
}

#[tokio::test]
async fn an_api_costs_four_calls_and_each_deployment_one() {
    let (_, upstream) = found(&[METHOD, DEPLOYED, STAGE, AUTHORIZER], |_| None).await;
    let asked: Vec<String> = upstream
        .questions()
        .into_iter()
        .filter(|question| question.region == "eu-west-1" && question.service == "apigateway")
        .map(|question| question.operation)
        .collect();
    let count = |ending: &str| asked.iter().filter(|operation| operation.ends_with(ending)).count();
    assert_eq!((count("/restapis"), count("/resources"), count("/stages"), count("/authorizers")), (1, 2, 2, 2));
    assert_eq!(asked.iter().filter(|operation| operation.contains("/deployments/")).count(), 3);
    assert_eq!(asked.len(), 1 + 6 + 3 + 2 + 1, "two lists of validators and the account's limits, which some facts need: {asked:?}");
    let whole = |operation: &str| {
        upstream.questions().iter().filter(|question| question.operation == operation).all(|question| question.target.contains("limit=500"))
    };
    assert!(whole("GET /restapis") && whole("GET /restapis/a1/resources"));
    assert!(upstream.questions().iter().any(|question| question.target.contains("embed=methods")));
    assert!(upstream.questions().iter().any(|question| question.target.contains("embed=apisummary")));
}

#[tokio::test]
async fn authorizers_are_judged_by_kind_and_by_who_uses_them() {
    let (found, _) = found(&[AUTHORIZER, METHOD], |_| None).await;
    let token = found.facts(AUTHORIZER, "z1");
    assert_eq!(
        (&token["used_by_methods"], &token["provider_arns"], &token["jwt_configuration"]),
        (&json!(["POST /orders"]), &json!([]), &json!(null))
    );
    assert_eq!(token["identity_source"], json!(["method.request.header.A", "context.identity.sourceIp"]));
    assert_eq!(found.facts(AUTHORIZER, "z2")["used_by_methods"], json!([]));
    assert_eq!(
        found.why(&found.facts(AUTHORIZER, "z3")["jwt_configuration"]),
        "failed: the members of a `JWT` authorizer are not read by this version"
    );
    assert_eq!(found.facts(METHOD, "r1/methods/POST")["authorizer"], json!({"name": "check", "type": "TOKEN"}));
}

#[tokio::test]
async fn values_of_keys_and_variables_are_neither_asked_for_nor_kept() {
    let (found, upstream) = found(&[KEY, PLAN, STAGE], |_| None).await;
    let keys = upstream.questions().into_iter().filter(|question| question.operation == "GET /apikeys").collect::<Vec<_>>();
    assert!(!keys.is_empty() && keys.iter().all(|question| question.target.contains("includeValues=false")), "{keys:?}");
    assert_eq!(found.facts(KEY, "apikeys/k1")["usage_plans"], json!(["partners"]));
    assert_eq!(found.facts(PLAN, "usageplans/p2")["key_ids"], json!([]));
    let stage = found.facts(STAGE, "stages/prod");
    assert_eq!((&stage["variable_names"], &stage["secret_variables"]), (&json!(["password"]), &json!(["password"])));
    assert!(found.resources.values().all(|resource| !resource.facts.contains("abcdefghij") && !resource.facts.contains("hunter2")));
}

#[tokio::test]
async fn keys_of_a_plan_that_is_denied_leave_every_keys_plans_unknown() {
    let (found, _) = found(&[KEY, PLAN], |question| (question.operation == "GET /usageplans/p2/keys").then(denied)).await;
    let expected = "denied: usage plan `others` (`p2`): `apigateway:GET` is denied to arn:aws:iam::111122223333:user/auditor";
    assert_eq!(found.why(&found.facts(KEY, "apikeys/k1")["usage_plans"]), expected, "a plan that is not read may hold the key");
    assert_eq!(found.facts(PLAN, "usageplans/p1")["key_ids"], json!(["k1"]));
}

#[tokio::test]
async fn domains_show_their_whole_policy_and_open_default_endpoints_of_every_protocol() {
    let (found, upstream) = found(&[DOMAIN, API], |_| None).await;
    let public = found.facts(DOMAIN, "::/domainnames/api.example.com");
    assert_eq!(public["security_policy"], "SecurityPolicy_TLS13_1_3_2025_09");
    assert_eq!(public["minimum_tls_version"], "1.3");
    assert_eq!(public["mapped_apis_with_default_endpoint"], json!(["chat", "users"]));
    let private = found.facts(DOMAIN, "eu-west-1:111122223333:/domainnames/in.example.com+x9");
    assert_eq!(found.why(&private["api_mappings"]), "failed: the mappings of private domain names are not read by this version");
    assert_eq!(found.facts(API, "restapis/a1")["custom_domains"], json!(["api.example.com"]));
    assert_eq!(upstream.questions().iter().filter(|question| question.operation.contains("/in.example.com/")).count(), 0);
}

#[tokio::test]
async fn a_denied_listing_of_other_apis_leaves_their_endpoints_unknown() {
    let (found, _) = found(&[DOMAIN], |question| (question.operation == "GET /v2/apis").then(denied)).await;
    let why = found.why(&found.facts(DOMAIN, "::/domainnames/api.example.com")["mapped_apis_with_default_endpoint"]);
    assert!(why.starts_with("denied: "), "{why}");
}

#[tokio::test]
async fn what_a_region_has_once_is_there_in_each_and_absent_where_denied() {
    let (found, _) =
        found(&[ACCOUNT, CERTIFICATE], |question| (question.operation == "GET /account" && question.region == "us-east-1").then(denied))
            .await;
    assert_eq!(found.facts(ACCOUNT, "eu-west-1::/account")["throttle_settings"]["burst_limit"], 5000);
    let denied = found.facts(ACCOUNT, "us-east-1::/account");
    assert!(found.why(&denied["cloudwatch_role_arn"]).starts_with("denied: "));
    assert_eq!(found.standing(ACCOUNT, "us-east-1"), "complete", "the settings exist");
    assert_eq!(found.facts(CERTIFICATE, "clientcertificates/c1")["used_by_stages"], json!(["a1/prod"]));
}

#[tokio::test]
async fn a_stage_whose_numbers_are_missing_is_not_read_with_zeros() {
    let mut broken = stage("prod", "d1");
    broken["methodSettings"] = json!({"*/*": {"metricsEnabled": true}});
    let (found, _) = found(&[STAGE], move |question| {
        (question.operation == "GET /restapis/a1/stages").then(|| page(std::slice::from_ref(&broken), None))
    })
    .await;
    assert_eq!(found.ids(STAGE), [""; 0]);
    assert!(found.standing(STAGE, "eu-west-1").starts_with("failed: API `orders` (`a1`): "), "{}", found.standing(STAGE, "eu-west-1"));
}
