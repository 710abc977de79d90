//! APIs of a Region.

use aws_sdk_apigatewayv2::Client;
use aws_sdk_apigatewayv2::types::{Api, Cors};

use super::facts::{self, ApiCore};
use super::kinds::SERVICE;
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation};
use crate::collect::parts::Parent;
use crate::collect::proof::Proof;
use crate::model::{CallId, Fact, OpenMap};

/// The listing.
pub const GET_APIS: Operation = (SERVICE, "GetApis");

/// How many members a page may have. AWS documents no largest page; this one is served.
pub const PAGE: &str = "100";

/// An API as listed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// `ApiId`.
    pub id: String,
    /// `Name`, or the id where AWS gave none.
    pub name: String,
    /// The call of its page.
    pub call: CallId,
    /// What its children carry.
    pub core: ApiCore,
    /// As AWS gave it.
    pub api: Api,
}

/// The APIs of a Region.
#[derive(Clone, Debug)]
pub struct Apis {
    /// In AWS's order.
    pub items: Vec<Listed>,
    /// Whether that is all.
    pub proof: Proof,
}

/// Lists the APIs.
pub async fn list(caller: &Caller) -> Apis {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.get_apis().max_results(PAGE).set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_apigatewayv2::operation::get_apis::GetApisOutput| Page {
        items: output.items.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(GET_APIS, send, page).await;
    let (items, proof) = Proof::of(caller, GET_APIS, listing, |api: &Api| api.api_id.clone());
    Apis { items: items.into_iter().filter_map(|(call, api)| listed(caller, call, api)).collect(), proof }
}

/// `None` only for an API without id, which [`Proof::of`] has left out already.
fn listed(caller: &Caller, call: CallId, api: Api) -> Option<Listed> {
    let id = api.api_id.clone()?;
    let name = api.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| id.clone());
    Some(Listed { core: core(At::call(caller, GET_APIS, call), &api), id, name, call, api })
}

fn core(at: At<'_>, api: &Api) -> ApiCore {
    ApiCore {
        api_id: at.need(api.api_id.clone(), "ApiId"),
        name: at.need(api.name.clone(), "Name"),
        protocol_type: at.need(api.protocol_type.as_ref().map(|word| word.as_str().to_owned()), "ProtocolType"),
        disable_execute_api_endpoint: api.disable_execute_api_endpoint.unwrap_or(false).into(),
        api_gateway_managed: api.api_gateway_managed.unwrap_or(false).into(),
        tags: OpenMap(api.tags.clone().unwrap_or_default().into_iter().collect()).into(),
    }
}

/// The facts of an API.
pub fn facts(caller: &Caller, listed: Listed, custom_domains: Fact<Vec<String>>, route_keys: Fact<Vec<String>>) -> facts::Api {
    let at = At::call(caller, GET_APIS, listed.call);
    facts::Api {
        core: listed.core,
        api_endpoint: listed.api.api_endpoint.into(),
        cors_configuration: listed.api.cors_configuration.map(cors).into(),
        route_selection_expression: listed.api.route_selection_expression.into(),
        created_date: at.instant_if_set(listed.api.created_date, "CreatedDate"),
        custom_domains,
        route_keys,
    }
}

fn cors(cors: Cors) -> facts::Cors {
    facts::Cors {
        allow_origins: cors.allow_origins.unwrap_or_default(),
        allow_credentials: cors.allow_credentials.unwrap_or(false),
        allow_methods: cors.allow_methods.unwrap_or_default(),
        allow_headers: cors.allow_headers.unwrap_or_default(),
        expose_headers: cors.expose_headers.unwrap_or_default(),
        max_age: cors.max_age.map(i64::from),
    }
}

impl Listed {
    /// The API as a parent.
    pub fn parent(&self) -> Parent<'_> {
        Parent { id: &self.id, shown: format!("API `{}` (`{}`)", self.name, self.id) }
    }
}
