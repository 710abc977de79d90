//! HTTP and WebSocket APIs: who is let in is the word of each route.

use std::collections::BTreeSet;

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::Story;

const ROUTES: &str = "apigateway-http-route-authorization";
const CONNECT: &str = "apigateway-websocket-connect-authorization";

fn said(lines: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    lines.iter().map(|(name, verdict)| ((*name).to_owned(), *verdict)).collect()
}

#[test]
fn w3_an_http_api_does_not_pass_because_it_has_an_authorizer() {
    let told = Story::of("apis_v2.unused_authorizer").tell();
    assert_eq!(told.on(ROUTES, "GET /orders")[0].verdict.as_str(), "pass");
    assert_eq!(told.on(ROUTES, "DELETE /orders")[0].verdict.as_str(), "fail");
    assert_eq!(told.api("2.2"), ItemResult::Fail);
}

#[test]
fn w4_an_http_route_with_aws_iam_and_no_authorizer_object_passes() {
    let told = Story::of("apis_v2.signed_routes").tell();
    for route in ["GET /orders", "POST /orders"] {
        let verdict = told.on(ROUTES, route)[0];
        assert_eq!((verdict.verdict.as_str(), &verdict.observed["authorization_type"]), ("pass", &json!("AWS_IAM")));
    }
    assert_eq!(told.api("2.2"), ItemResult::Pass);
    assert_eq!(told.api("2.5"), ItemResult::NothingToTest, "there is no authorizer to judge, and that is no failure");
}

#[test]
fn w5_the_string_none_is_no_authorization() {
    let told = Story::of("apis_v2.open_route").tell();
    let verdict = told.on(ROUTES, "GET /orders")[0];
    assert_eq!((verdict.verdict.as_str(), &verdict.observed["authorization_type"]), ("fail", &json!("NONE")));
    assert_eq!(told.api("2.2"), ItemResult::Fail);
}

#[test]
fn a_websocket_api_is_judged_on_connect() {
    let told = Story::of("apis_v2.sockets").tell();
    let verdict = |route: &str| told.on(CONNECT, route)[0].verdict.as_str();
    assert_eq!((verdict("signed / $connect"), verdict("open / $connect")), ("pass", "fail"));
    assert_eq!(
        (verdict("signed / $default"), verdict("signed / send")),
        ("not_applicable", "not_applicable"),
        "nothing can be asked there"
    );
    assert_eq!((verdict("signed"), verdict("bare")), ("pass", "fail"), "without a connect route everyone is let in");
    assert_eq!(told.api("2.3"), ItemResult::Fail);
    assert_eq!(Story::of("apis_v2.signed_socket").tell().api("2.3"), ItemResult::Pass);
}

#[test]
fn w10_one_api_that_cannot_be_read_takes_no_other_with_it() {
    let story = Story::of("apis_v2.many");
    let id = story.said()["ids"]["api-2"].as_str().expect("the seed says it").to_owned();
    let rule = json!({"service": "apigatewayv2", "operation": "GetRoutes", "match": format!("/apis/{id}/routes"), "answer": {"kind": "server_error"}});
    let told = story.fault(rule).tell();
    let routes = told.said(ROUTES);
    let expected = said(&[("api-1 / GET /", "pass"), ("api-3 / GET /", "pass"), ("api-4 / GET /", "pass"), ("api-5 / GET /", "fail")]);
    let resources: Vec<_> = routes.into_iter().filter(|(name, _)| name.starts_with("api-")).collect();
    assert_eq!(resources, expected);
    let lines = told.lines(ROUTES);
    assert!(lines.contains(&("us-east-1".into(), "indeterminate", "failed".into())), "{lines:?}");
    assert_eq!(told.api("2.2"), ItemResult::Fail, "what was read fails already");
}

#[test]
fn w10_later_pages_are_read() {
    let told = Story::of("apis_v2.many").tell();
    assert_eq!(told.on(ROUTES, "api-5 / GET /")[0].verdict.as_str(), "fail");
    assert_eq!(told.said(ROUTES).iter().filter(|(name, _)| name.starts_with("api-")).count(), 5);
}

#[test]
fn w10_a_later_page_that_fails_leaves_the_item_open() {
    let rule = json!({"service": "apigatewayv2", "operation": "GetApis", "match": "nextToken", "answer": {"kind": "throttling"}});
    let told = Story::of("apis_v2.many").fault(rule).tell();
    let passed: Vec<_> = told.said(ROUTES).into_iter().filter(|(name, _)| name.starts_with("api-")).collect();
    assert_eq!(passed, said(&[("api-1 / GET /", "pass"), ("api-2 / GET /", "pass")]));
    assert!(told.lines(ROUTES).contains(&("us-east-1".into(), "indeterminate", "throttled".into())), "{:?}", told.lines(ROUTES));
    assert_eq!(told.api("2.2"), ItemResult::Indeterminate);
}

#[test]
fn w11_resources_of_one_name_have_ids_of_their_own() {
    let told = Story::of("apis_v2.namesakes").tell();
    let routes = told.on(ROUTES, "orders / GET /orders");
    let ids: BTreeSet<&str> = routes.iter().filter_map(|verdict| verdict.resource.id.as_deref()).collect();
    assert_eq!((routes.len(), ids.len()), (4, 4), "{ids:?}");
    let every: BTreeSet<&str> = told.verdicts().iter().map(|verdict| verdict.verdict_id.as_str()).collect();
    assert_eq!(every.len(), told.verdicts().len());
}
