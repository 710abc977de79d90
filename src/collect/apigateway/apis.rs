//! REST APIs of a Region.

use aws_sdk_apigateway::types::{EndpointConfiguration, GatewayResponse, RestApi, Stage};

use super::calls::{self, GET_REST_APIS};
use super::facts::{self, RestApiCore};
use super::{draft, policy, tls};
use crate::aws::Caller;
use crate::collect::at::At;
use crate::collect::parts::Parent;
use crate::collect::proof::Proof;
use crate::model::{CallId, Fact, OpenMap};

/// An API as listed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// `id`.
    pub id: String,
    /// `name`, or the id where AWS gave none.
    pub name: String,
    /// The call of its page.
    pub call: CallId,
    /// What its children carry.
    pub core: RestApiCore,
    /// As AWS gave it.
    pub api: RestApi,
}

impl Listed {
    /// The API as a parent.
    pub fn parent(&self) -> Parent<'_> {
        Parent { id: &self.id, shown: format!("API `{}` (`{}`)", self.name, self.id) }
    }
}

/// The REST APIs of a Region.
#[derive(Clone, Debug)]
pub struct Apis {
    /// In AWS's order.
    pub items: Vec<Listed>,
    /// Whether that is all.
    pub proof: Proof,
}

/// Lists the APIs.
pub async fn list(caller: &Caller) -> Apis {
    let listing = calls::rest_apis(caller).await;
    let (items, proof) = Proof::of(caller, GET_REST_APIS, listing, |api: &RestApi| api.id.clone());
    Apis { items: items.into_iter().filter_map(|(call, api)| listed(caller, call, api)).collect(), proof }
}

/// `None` only for an API without id, which [`Proof::of`] has left out already.
fn listed(caller: &Caller, call: CallId, api: RestApi) -> Option<Listed> {
    let id = api.id.clone()?;
    let name = api.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| id.clone());
    Some(Listed { core: core(At::call(caller, GET_REST_APIS, call), &api), id, name, call, api })
}

fn core(at: At<'_>, api: &RestApi) -> RestApiCore {
    RestApiCore {
        id: at.need(api.id.clone(), "id"),
        name: at.need(api.name.clone(), "name"),
        endpoint_configuration: at.need(api.endpoint_configuration.as_ref().map(endpoint), "endpointConfiguration"),
        disable_execute_api_endpoint: api.disable_execute_api_endpoint.into(),
        tags: OpenMap(api.tags.clone().unwrap_or_default().into_iter().collect()).into(),
    }
}

/// `endpointConfiguration` of an API or a domain.
pub fn endpoint(configuration: &EndpointConfiguration) -> facts::EndpointConfiguration {
    facts::EndpointConfiguration {
        types: configuration.types().iter().map(|word| word.as_str().to_owned()).collect(),
        vpc_endpoint_ids: configuration.vpc_endpoint_ids().to_vec(),
        ip_address_type: configuration.ip_address_type.as_ref().map(|word| word.as_str().to_owned()),
    }
}

/// Facts of an API that other lists give.
pub struct More {
    /// Names of stages.
    pub stage_names: Fact<Vec<String>>,
    /// Names of domains.
    pub custom_domains: Fact<Vec<String>>,
    /// Origins.
    pub gateway_response_allow_origins: Fact<Vec<String>>,
}

/// The facts of an API.
pub fn facts(caller: &Caller, listed: &Listed, more: More) -> facts::RestApi {
    let at = At::call(caller, GET_REST_APIS, listed.call);
    let api = &listed.api;
    let policy = api.policy.as_deref().filter(|text| !text.is_empty());
    facts::RestApi {
        core: listed.core.clone(),
        description: api.description.clone().into(),
        created_date: at.instant(api.created_date, "createdDate"),
        api_key_source: api.api_key_source.as_ref().map(|word| word.as_str().to_owned()).into(),
        minimum_compression_size: api.minimum_compression_size.map(i64::from).into(),
        security_policy: api.security_policy.as_ref().map(|word| word.as_str().to_owned()).into(),
        minimum_tls_version: api.security_policy.as_ref().map_or(Fact::Known(None), |policy| tls::minimum_version(at, policy).map(Some)),
        endpoint_access_mode: api.endpoint_access_mode.as_ref().map(|word| word.as_str().to_owned()).into(),
        policy: at.read(policy.map(|text| policy::read(at, text, caller.account(), &listed.name)).transpose()),
        stage_names: more.stage_names,
        custom_domains: more.custom_domains,
        gateway_response_allow_origins: more.gateway_response_allow_origins,
    }
}

/// Names of stages, sorted.
///
/// # Errors
/// When a stage has no name.
pub fn stage_names(stages: Vec<Stage>) -> Result<Vec<String>, String> {
    let names: Option<Vec<String>> = stages.into_iter().map(|stage| stage.stage_name).collect();
    let mut names = names.ok_or_else(|| crate::collect::at::lacks("stageName"))?;
    names.sort();
    Ok(names)
}

/// Origins that gateway responses allow, sorted.
pub fn gateway_origins(responses: &[GatewayResponse]) -> Vec<String> {
    let headers = responses.iter().filter_map(|response| response.response_parameters.as_ref()).flatten();
    draft::origins(headers.map(|(name, value)| (name.as_str(), value.as_str())), "gatewayresponse.header.")
}
