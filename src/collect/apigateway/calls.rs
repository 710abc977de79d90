//! Every call of this collector, once. The largest page that AWS documents is asked for, so most listings are one call; `GetStages` knows
//! no pages.

use aws_sdk_apigateway::Client;
use aws_sdk_apigateway::operation as op;
use aws_sdk_apigateway::types::{
    ApiKey, Authorizer, ClientCertificate, DomainName, GatewayResponse, MethodSnapshot, RequestValidator, Resource, RestApi, Stage,
    UsagePlan, UsagePlanKey, VpcLink,
};

use super::kinds::SERVICE;
use crate::aws::{Caller, Listing, Page, Reply};
use crate::collect::at::Operation;

/// The listing of APIs.
pub const GET_REST_APIS: Operation = (SERVICE, "GetRestApis");
/// Methods as edited.
pub const GET_RESOURCES: Operation = (SERVICE, "GetResources");
/// Stages.
pub const GET_STAGES: Operation = (SERVICE, "GetStages");
/// What a stage serves.
pub const GET_DEPLOYMENT: Operation = (SERVICE, "GetDeployment");
/// Authorizers.
pub const GET_AUTHORIZERS: Operation = (SERVICE, "GetAuthorizers");
/// Request validators.
pub const GET_REQUEST_VALIDATORS: Operation = (SERVICE, "GetRequestValidators");
/// Gateway responses.
pub const GET_GATEWAY_RESPONSES: Operation = (SERVICE, "GetGatewayResponses");
/// API keys.
pub const GET_API_KEYS: Operation = (SERVICE, "GetApiKeys");
/// Usage plans.
pub const GET_USAGE_PLANS: Operation = (SERVICE, "GetUsagePlans");
/// Keys of a usage plan.
pub const GET_USAGE_PLAN_KEYS: Operation = (SERVICE, "GetUsagePlanKeys");
/// Custom domain names.
pub const GET_DOMAIN_NAMES: Operation = (SERVICE, "GetDomainNames");
/// Client certificates.
pub const GET_CLIENT_CERTIFICATES: Operation = (SERVICE, "GetClientCertificates");
/// VPC links.
pub const GET_VPC_LINKS: Operation = (SERVICE, "GetVpcLinks");
/// The account's settings.
pub const GET_ACCOUNT: Operation = (SERVICE, "GetAccount");

/// The largest page.
const LIMIT: i32 = 500;

/// Lists to the end, by `position`.
macro_rules! paged {
    ($caller:expr, $operation:expr, $output:ty, $request:expr) => {{
        let send = |token: Option<String>, tap| $request.limit(LIMIT).set_position(token).customize().interceptor(tap).send();
        let page = |output: $output| Page { items: output.items.unwrap_or_default(), token: output.position, truncated: false };
        $caller.list($operation, send, page).await
    }};
}

/// Lists the APIs of the Region.
pub async fn rest_apis(caller: &Caller) -> Listing<RestApi> {
    let client = caller.client(Client::new);
    paged!(caller, GET_REST_APIS, op::get_rest_apis::GetRestApisOutput, client.get_rest_apis())
}

/// Lists the resources of an API with their methods.
pub async fn resources(caller: &Caller, api: &str) -> Listing<Resource> {
    let client = caller.client(Client::new);
    let request = || client.get_resources().rest_api_id(api).embed("methods");
    paged!(caller, GET_RESOURCES, op::get_resources::GetResourcesOutput, request())
}

/// Lists the stages of an API.
pub async fn stages(caller: &Caller, api: &str) -> Listing<Stage> {
    let client = caller.client(Client::new);
    let send = |tap| client.get_stages().rest_api_id(api).customize().interceptor(tap).send();
    caller.list_whole(GET_STAGES, send, |output| output.item.unwrap_or_default()).await
}

/// Path, verb, and what the deployment knows of the method.
pub type Summary = Vec<(String, String, MethodSnapshot)>;

/// Reads the methods of a deployment. `None` is an answer without them, which proves nothing.
pub async fn deployment(caller: &Caller, api: &str, deployment: &str) -> Reply<Option<Summary>> {
    let client = caller.client(Client::new);
    let request = client.get_deployment().rest_api_id(api).deployment_id(deployment).embed("apisummary");
    let reply = caller.ask(GET_DEPLOYMENT, |tap| request.customize().interceptor(tap).send()).await;
    reply.map(|answer| answer.map(|output| output.api_summary.map(|summary| summary.into_iter().flat_map(of_path).collect())))
}

fn of_path((path, methods): (String, std::collections::HashMap<String, MethodSnapshot>)) -> Summary {
    methods.into_iter().map(|(verb, method)| (path.clone(), verb, method)).collect()
}

/// Lists the authorizers of an API.
pub async fn authorizers(caller: &Caller, api: &str) -> Listing<Authorizer> {
    let client = caller.client(Client::new);
    paged!(caller, GET_AUTHORIZERS, op::get_authorizers::GetAuthorizersOutput, client.get_authorizers().rest_api_id(api))
}

/// Lists the request validators of an API.
pub async fn request_validators(caller: &Caller, api: &str) -> Listing<RequestValidator> {
    let client = caller.client(Client::new);
    let request = || client.get_request_validators().rest_api_id(api);
    paged!(caller, GET_REQUEST_VALIDATORS, op::get_request_validators::GetRequestValidatorsOutput, request())
}

/// Lists the gateway responses of an API.
pub async fn gateway_responses(caller: &Caller, api: &str) -> Listing<GatewayResponse> {
    let client = caller.client(Client::new);
    let request = || client.get_gateway_responses().rest_api_id(api);
    paged!(caller, GET_GATEWAY_RESPONSES, op::get_gateway_responses::GetGatewayResponsesOutput, request())
}

/// Lists the API keys of the Region, without their values.
pub async fn api_keys(caller: &Caller) -> Listing<ApiKey> {
    let client = caller.client(Client::new);
    paged!(caller, GET_API_KEYS, op::get_api_keys::GetApiKeysOutput, client.get_api_keys().include_values(false))
}

/// Lists the usage plans of the Region.
pub async fn usage_plans(caller: &Caller) -> Listing<UsagePlan> {
    let client = caller.client(Client::new);
    paged!(caller, GET_USAGE_PLANS, op::get_usage_plans::GetUsagePlansOutput, client.get_usage_plans())
}

/// Lists the keys of a usage plan.
pub async fn usage_plan_keys(caller: &Caller, plan: &str) -> Listing<UsagePlanKey> {
    let client = caller.client(Client::new);
    paged!(caller, GET_USAGE_PLAN_KEYS, op::get_usage_plan_keys::GetUsagePlanKeysOutput, client.get_usage_plan_keys().usage_plan_id(plan))
}

/// Lists the custom domain names of the Region.
pub async fn domain_names(caller: &Caller) -> Listing<DomainName> {
    let client = caller.client(Client::new);
    paged!(caller, GET_DOMAIN_NAMES, op::get_domain_names::GetDomainNamesOutput, client.get_domain_names())
}

/// Lists the client certificates of the Region.
pub async fn client_certificates(caller: &Caller) -> Listing<ClientCertificate> {
    let client = caller.client(Client::new);
    paged!(caller, GET_CLIENT_CERTIFICATES, op::get_client_certificates::GetClientCertificatesOutput, client.get_client_certificates())
}

/// Lists the VPC links of the Region.
pub async fn vpc_links(caller: &Caller) -> Listing<VpcLink> {
    let client = caller.client(Client::new);
    paged!(caller, GET_VPC_LINKS, op::get_vpc_links::GetVpcLinksOutput, client.get_vpc_links())
}

/// Reads the account's settings.
pub async fn account(caller: &Caller) -> Reply<op::get_account::GetAccountOutput> {
    let client = caller.client(Client::new);
    caller.ask(GET_ACCOUNT, |tap| client.get_account().customize().interceptor(tap).send()).await
}
