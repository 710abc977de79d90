//! The lists that every REST API has, all read at once. An API costs four calls: resources with their methods, stages, authorizers, and one
//! deployment for each that its stages serve.

use aws_sdk_apigateway::types::{Authorizer, GatewayResponse, RequestValidator, Resource, Stage};

use super::apis::{Apis, Listed};
use super::calls::{self, GET_AUTHORIZERS, GET_GATEWAY_RESPONSES, GET_REQUEST_VALIDATORS, GET_RESOURCES, GET_STAGES};
use super::deployed::{self, Served};
use super::draft::{self, Edited};
use super::kinds::{AUTHORIZER, CLIENT_CERTIFICATE, DEPLOYED_METHOD, METHOD, REST_API, STAGE};
use crate::aws::Caller;
use crate::collect::parts::{Parent, Part, of_each};
use crate::collect::scope::Run;

/// What APIs have; each list has one part for each API, in the same order, and is `None` where nobody wants it.
pub struct Children {
    /// Stages.
    pub stages: Option<Vec<Part<Stage>>>,
    /// Methods as edited.
    pub methods: Option<Vec<Part<Edited>>>,
    /// Authorizers.
    pub authorizers: Option<Vec<Part<Authorizer>>>,
    /// Request validators.
    pub validators: Option<Vec<Part<RequestValidator>>>,
    /// Gateway responses.
    pub gateway_responses: Option<Vec<Part<GatewayResponse>>>,
    /// Deployments that stages serve.
    pub served: Option<Vec<Vec<Served>>>,
}

impl Children {
    /// Reads what a run wants of the children of all APIs.
    pub async fn list(caller: &Caller, apis: &Apis, run: &Run<'_>) -> Self {
        let parents: Vec<Parent<'_>> = apis.items.iter().map(Listed::parent).collect();
        let (served, methods, authorizers, validators, gateway_responses) = tokio::join!(
            stages_and_deployments(caller, &parents, run),
            methods(caller, &parents, run),
            authorizers(caller, &parents, run),
            validators(caller, &parents, run),
            gateway_responses(caller, &parents, run),
        );
        let (stages, served) = served;
        Children { stages, methods, authorizers, validators, gateway_responses, served }
    }
}

async fn stages_and_deployments(
    caller: &Caller,
    parents: &[Parent<'_>],
    run: &Run<'_>,
) -> (Option<Vec<Part<Stage>>>, Option<Vec<Vec<Served>>>) {
    let joined = [(REST_API, "stage_names"), (METHOD, "stage_names"), (CLIENT_CERTIFICATE, "used_by_stages")];
    if !run.wants_any(&[STAGE, DEPLOYED_METHOD]) && !joined.iter().any(|(kind, fact)| run.wants_fact(kind, fact)) {
        return (None, None);
    }
    let list = |api| calls::stages(caller, api);
    let stages = of_each(caller, parents, GET_STAGES, list, |stage: &Stage| stage.stage_name.clone()).await;
    let served = if run.wants(DEPLOYED_METHOD) { Some(deployed::read(caller, parents, &stages).await) } else { None };
    (Some(stages), served)
}

async fn methods(caller: &Caller, parents: &[Parent<'_>], run: &Run<'_>) -> Option<Vec<Part<Edited>>> {
    let joined = [(DEPLOYED_METHOD, "draft"), (STAGE, "draft_http_integrations"), (AUTHORIZER, "used_by_methods")];
    if !run.wants(METHOD) && !joined.iter().any(|(kind, fact)| run.wants_fact(kind, fact)) {
        return None;
    }
    let list = |api| calls::resources(caller, api);
    let resources = of_each(caller, parents, GET_RESOURCES, list, |resource: &Resource| resource.id.clone()).await;
    Some(resources.iter().map(draft::methods).collect())
}

async fn authorizers(caller: &Caller, parents: &[Parent<'_>], run: &Run<'_>) -> Option<Vec<Part<Authorizer>>> {
    if !run.wants(AUTHORIZER) && !run.wants_fact(METHOD, "authorizer") {
        return None;
    }
    let list = |api| calls::authorizers(caller, api);
    Some(of_each(caller, parents, GET_AUTHORIZERS, list, |authorizer: &Authorizer| authorizer.id.clone()).await)
}

async fn validators(caller: &Caller, parents: &[Parent<'_>], run: &Run<'_>) -> Option<Vec<Part<RequestValidator>>> {
    if !run.wants_fact(METHOD, "request_validator") {
        return None;
    }
    let list = |api| calls::request_validators(caller, api);
    Some(of_each(caller, parents, GET_REQUEST_VALIDATORS, list, |validator: &RequestValidator| validator.id.clone()).await)
}

async fn gateway_responses(caller: &Caller, parents: &[Parent<'_>], run: &Run<'_>) -> Option<Vec<Part<GatewayResponse>>> {
    if !run.wants_fact(REST_API, "gateway_response_allow_origins") {
        return None;
    }
    let list = |api| calls::gateway_responses(caller, api);
    let id = |response: &GatewayResponse| response.response_type.as_ref().map(|word| word.as_str().to_owned());
    Some(of_each(caller, parents, GET_GATEWAY_RESPONSES, list, id).await)
}
