//! Ids of what belongs to REST APIs. They have the form of API Gateway's documented ARNs; methods as deployed have none in AWS, so theirs
//! continue the stage's.

use crate::collect::apigatewayv2::ids::Ids;

/// A REST API.
pub fn api(ids: &Ids, api: &str) -> String {
    ids.at(&format!("/restapis/{api}"))
}

/// A method as edited.
pub fn method(ids: &Ids, api: &str, resource: &str, verb: &str) -> String {
    ids.at(&format!("/restapis/{api}/resources/{resource}/methods/{verb}"))
}

/// A stage.
pub fn stage(ids: &Ids, api: &str, stage: &str) -> String {
    ids.at(&format!("/restapis/{api}/stages/{stage}"))
}

/// A method as a stage, or its canary, serves it. `path` begins with a slash.
pub fn deployed_method(ids: &Ids, api: &str, stage: &str, canary: bool, verb: &str, path: &str) -> String {
    let canary = if canary { "/canary" } else { "" };
    ids.at(&format!("/restapis/{api}/stages/{stage}{canary}/methods/{verb}{path}"))
}

/// An authorizer.
pub fn authorizer(ids: &Ids, api: &str, authorizer: &str) -> String {
    ids.at(&format!("/restapis/{api}/authorizers/{authorizer}"))
}
