//! APIs and what belongs to them: one that cannot be read leaves the others whole.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{Question, Reply, Scripted, json as reply, json_error};

const API: &str = "AWS::ApiGatewayV2::Api";
const ROUTE: &str = "AWS::ApiGatewayV2::Route";
const AUTHORIZER: &str = "AWS::ApiGatewayV2::Authorizer";
const STAGE: &str = "AWS::ApiGatewayV2::Stage";
const DOMAIN: &str = "AWS::ApiGatewayV2::DomainName";

fn items(items: &[Value], token: Option<&str>) -> Reply {
    reply(json!({"items": items, "nextToken": token}).to_string())
}

fn api(id: &str, name: &str, open: bool) -> Value {
    json!({"apiId": id, "name": name, "protocolType": "HTTP", "routeSelectionExpression": "$request.method $request.path",
        "createdDate": "2026-01-02T03:04:05Z", "disableExecuteApiEndpoint": !open})
}

fn route(id: &str, key: &str, authorizer: Option<&str>) -> Value {
    let kind = if authorizer.is_some() { "JWT" } else { "NONE" };
    json!({"routeId": id, "routeKey": key, "authorizationType": kind, "authorizerId": authorizer, "apiKeyRequired": false})
}

fn denied() -> Reply {
    json_error(403, "AccessDeniedException", "User: x is not authorized to perform: apigateway:GET on resource: y")
}

/// Two APIs in eu-west-1, nothing elsewhere.
fn ordinary(question: &Question) -> Option<Reply> {
    if question.service != "apigateway" {
        return None;
    }
    let answer = match question.operation.as_str() {
        _ if question.region != "eu-west-1" => items(&[], None),
        "GET /v2/apis" => items(&[api("a1", "orders", true), api("a2", "users", false)], None),
        "GET /v2/apis/a1/routes" if question.target.contains("nextToken=more") => items(&[route("r2", "POST /orders", Some("z1"))], None),
        "GET /v2/apis/a1/routes" => items(&[route("r1", "GET /orders", Some("z1"))], Some("more")),
        "GET /v2/apis/a2/routes" => items(&[route("r1", "$default", None)], None),
        "GET /v2/apis/a1/authorizers" => items(
            &[
                json!({"authorizerId": "z1", "name": "jwt", "authorizerType": "JWT", "identitySource": ["$request.header.Authorization"], "jwtConfiguration": {"issuer": "https://i", "audience": ["a"]}}),
            ],
            None,
        ),
        "GET /v2/apis/a1/stages" => items(
            &[json!({"stageName": "$default", "createdDate": "2026-01-02T03:04:05Z", "autoDeploy": true,
            "defaultRouteSettings": {"detailedMetricsEnabled": false}, "routeSettings": {}, "stageVariables": {"host": "db.example.com", "password": "hunter2hunter2"},
            "accessLogSettings": {"destinationArn": "arn:x", "format": "$context.requestId $context.status"}})],
            None,
        ),
        "GET /v2/domainnames" => {
            items(&[json!({"domainName": "api.example.com", "domainNameConfigurations": [{"securityPolicy": "TLS_1_2"}]})], None)
        }
        "GET /v2/domainnames/api.example.com/apimappings" => items(
            &[
                json!({"apiId": "a1", "stage": "$default", "apiMappingKey": "", "apiMappingId": "m1"}),
                json!({"apiId": "a2", "stage": "prod", "apiMappingKey": "users", "apiMappingId": "m2"}),
                json!({"apiId": "rest1", "stage": "prod", "apiMappingKey": "rest", "apiMappingId": "m3"}),
            ],
            None,
        ),
        _ => items(&[], None),
    };
    Some(answer)
}

async fn found(kinds: &[&str], spoil: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| spoil(question).or_else(|| ordinary(question)));
    (gathered(&upstream, &all_of(kinds)).await, upstream)
}

#[tokio::test]
async fn routes_are_named_with_their_whole_path_and_lead_to_their_pages() {
    let (found, _) = found(&[API, ROUTE, AUTHORIZER], |_| None).await;
    assert_eq!(
        found.ids(ROUTE),
        ["a1/routes/r1", "a1/routes/r2", "a2/routes/r1"].map(|rest| format!("arn:aws:apigateway:eu-west-1::/apis/{rest}"))
    );
    let resource = found.resource(ROUTE, "a1/routes/r2");
    assert_eq!(resource.name, "orders / POST /orders");
    let population = found.population(ROUTE, "eu-west-1");
    assert_eq!((population.count, population.pages, population.calls.len()), (3, 4, 4), "one page of APIs, two and one of routes");
    assert_eq!((resource.sources[0].call, resource.sources[1].path.as_str()), (population.calls[2], "api"));
    assert_eq!(found.facts(ROUTE, "a1/routes/r2")["api"]["name"], "orders");
    assert_eq!(found.facts(AUTHORIZER, "z1")["used_by_routes"], json!(["GET /orders", "POST /orders"]));
    assert_eq!(found.facts(API, "apis/a1")["route_keys"], json!(["GET /orders", "POST /orders"]));
    assert_eq!(found.facts(API, "apis/a2")["custom_domains"], json!(["api.example.com"]));
    assert_eq!(found.standing(ROUTE, "us-east-1"), "complete");
}

#[tokio::test]
async fn one_api_that_is_denied_leaves_the_others_routes_judged() {
    let (found, _) = found(&[API, ROUTE, AUTHORIZER], |question| (question.operation == "GET /v2/apis/a1/routes").then(denied)).await;
    assert_eq!(found.ids(ROUTE), ["arn:aws:apigateway:eu-west-1::/apis/a2/routes/r1"]);
    let expected = "denied: API `orders` (`a1`): `apigateway:GET` is denied to arn:aws:iam::111122223333:user/auditor";
    assert_eq!(found.standing(ROUTE, "eu-west-1"), expected);
    assert_eq!(found.why(&found.facts(AUTHORIZER, "z1")["used_by_routes"]), expected);
    assert_eq!(found.why(&found.facts(API, "apis/a1")["route_keys"]), expected);
    assert_eq!(found.facts(API, "apis/a2")["route_keys"], json!(["$default"]));
    assert_eq!((found.standing(API, "eu-west-1"), found.standing(AUTHORIZER, "eu-west-1")), ("complete".into(), "complete".into()));
}

#[tokio::test]
async fn several_apis_that_are_denied_are_all_named() {
    let (found, _) = found(&[ROUTE], |question| question.operation.ends_with("/routes").then(denied)).await;
    let standing = found.standing(ROUTE, "eu-west-1");
    assert!(standing.starts_with("denied: 2 lists could not be read: API `orders` (`a1`): "), "{standing}");
    assert!(standing.contains("API `users` (`a2`): "), "{standing}");
}

#[tokio::test]
async fn a_second_page_of_apis_that_fails_leaves_every_child_population_open() {
    let (found, _) = found(&[API, ROUTE, STAGE], |question| {
        let first = question.operation == "GET /v2/apis" && question.region == "eu-west-1";
        match (first, question.target.contains("nextToken=")) {
            (true, false) => Some(items(&[api("a1", "orders", true)], Some("more"))),
            (true, true) => Some(json_error(500, "InternalFailure", "broken")),
            _ => None,
        }
    })
    .await;
    for kind in [API, ROUTE, STAGE] {
        assert!(found.standing(kind, "eu-west-1").starts_with("failed: "), "{kind}");
        assert_eq!(found.standing(kind, "us-east-1"), "complete", "{kind}");
    }
    assert_eq!(found.ids(ROUTE).len(), 2, "routes of the API that was seen");
}

#[tokio::test]
async fn stage_variables_are_known_by_name_and_secrets_among_them_too() {
    let (found, _) = found(&[STAGE], |_| None).await;
    let stage = found.facts(STAGE, "stages/$default");
    assert_eq!(stage["stage_variable_names"], json!(["host", "password"]));
    assert_eq!(stage["secret_stage_variables"], json!(["password"]));
    assert_eq!(stage["access_log_settings"]["context_variables"], json!(["$context.requestId", "$context.status"]));
    assert_eq!(found.resource(STAGE, "stages/$default").name, "orders / $default");
    assert!(!format!("{found:?}").contains("hunter2"), "no value gets here");
}

#[tokio::test]
async fn mapped_apis_with_a_default_endpoint_are_named_and_rest_apis_are_not_among_them() {
    let (whole, _) = found(&[DOMAIN], |_| None).await;
    let domain = whole.facts(DOMAIN, "domainnames/api.example.com");
    assert_eq!(domain["mapped_apis_with_default_endpoint"], json!(["orders"]));
    assert_eq!(domain["api_mappings"].as_array().map(Vec::len), Some(3));
    let (mappings, _) = found(&[API, DOMAIN], |question| question.operation.ends_with("/apimappings").then(denied)).await;
    let expected = "denied: domain `api.example.com`: `apigateway:GET` is denied to arn:aws:iam::111122223333:user/auditor";
    let domain = mappings.facts(DOMAIN, "domainnames/api.example.com");
    assert_eq!(
        (mappings.why(&domain["api_mappings"]), mappings.why(&domain["mapped_apis_with_default_endpoint"])),
        (expected.into(), expected.into())
    );
    assert_eq!(mappings.why(&mappings.facts(API, "apis/a1")["custom_domains"]), expected);
    assert_eq!(mappings.standing(DOMAIN, "eu-west-1"), "complete");
    let (apis, _) = found(&[DOMAIN], |question| (question.operation == "GET /v2/apis").then(denied)).await;
    assert!(apis.why(&apis.facts(DOMAIN, "domainnames/api.example.com")["mapped_apis_with_default_endpoint"]).starts_with("denied: "));
}

#[tokio::test]
async fn only_what_is_wanted_is_asked() {
    let mut wanted = evidence::model::kind::Wanted::default();
    wanted.add(API, 0);
    let upstream = Scripted::new(ordinary);
    let found = gathered(&upstream, &wanted).await;
    let asked: Vec<String> =
        upstream.questions().into_iter().filter(|question| question.service == "apigateway").map(|question| question.operation).collect();
    assert_eq!(asked, ["GET /v2/apis", "GET /v2/apis"], "once in each Region");
    let facts = found.facts(API, "apis/a1");
    assert_eq!(found.why(&facts["custom_domains"]), "not_recorded: not asked for by the chosen controls");
    assert_eq!(found.why(&facts["route_keys"]), "not_recorded: not asked for by the chosen controls");
}
