//! APIs of a Region, and the lists that each of them has. One API whose list cannot be read leaves the others' lists whole; the
//! Region's population then names that API in its gap.

use std::error::Error;

use aws_sdk_apigatewayv2::Client;
use aws_sdk_apigatewayv2::types::{Api, Cors};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use super::facts::{self, ApiCore};
use super::kinds::SERVICE;
use crate::aws::{Caller, Page, Tap};
use crate::collect::at::{At, Operation};
use crate::collect::proof::Proof;
use crate::model::population::Ended;
use crate::model::{CallId, Fact, Gap, OpenMap, Population};

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
    let client = Client::new(caller.sdk());
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

/// A list that belongs to one parent.
#[derive(Clone, Debug)]
pub struct Part<I> {
    /// Its members.
    pub items: Vec<(CallId, I)>,
    /// Whether that is all; a gap names the parent.
    pub proof: Proof,
}

/// What a list hangs on, as people know it: ``API `orders` (`ab12`)``.
pub struct Parent<'a> {
    /// For requests.
    pub id: &'a str,
    /// For gaps.
    pub shown: String,
}

impl Listed {
    /// The API as a parent.
    pub fn parent(&self) -> Parent<'_> {
        Parent { id: &self.id, shown: format!("API `{}` (`{}`)", self.name, self.id) }
    }
}

/// Reads a list of each parent, all at once.
pub async fn of_each<T, E, F, I>(
    caller: &Caller,
    parents: &[Parent<'_>],
    operation: Operation,
    send: impl Fn(&str, Option<String>, Tap) -> F,
    page: impl Fn(T) -> Page<I>,
    id: impl Fn(&I) -> Option<String>,
) -> Vec<Part<I>>
where
    F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    E: Error + Send + Sync + 'static,
{
    let (send, page, id) = (&send, &page, &id);
    let one = async |parent: &Parent<'_>| {
        let listing = caller.list(operation, |token, tap| send(parent.id, token, tap), page).await;
        let (items, mut proof) = Proof::of(caller, operation, listing, id);
        proof.gap = proof.gap.map(|gap| Gap { detail: format!("{}: {}", parent.shown, gap.detail), ..gap });
        Part { items, proof }
    };
    futures::future::join_all(parents.iter().map(one)).await
}

/// The population of a kind whose members are listed parent by parent: as complete as the list of parents and each of theirs.
pub fn population<I>(caller: &Caller, kind: &str, parents: &Proof, parts: &[Part<I>]) -> Population {
    let count = parts.iter().map(|part| part.items.len() as u64).sum();
    let mut proof = parts.iter().fold(parents.clone(), |proof, part| proof.and(&part.proof));
    let gaps: Vec<&Gap> = parts.iter().filter_map(|part| part.proof.gap.as_ref()).collect();
    for gap in &gaps {
        caller.note((*gap).clone());
    }
    if let (None, [first, _, ..]) = (&parents.gap, gaps.as_slice()) {
        let details: Vec<&str> = gaps.iter().map(|gap| gap.detail.as_str()).collect();
        proof.gap = Some(Gap { detail: format!("{} lists could not be read: {}", gaps.len(), details.join("; ")), ..(*first).clone() });
    }
    if proof.gap.is_some() {
        proof.ended = Ended::NotProven;
    }
    proof.population(caller, kind, count, None)
}
