//! Collects the secrets of one Region: the listing, and the policy of each.

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::operation::list_secrets::ListSecretsOutput;
use aws_sdk_secretsmanager::types::SecretListEntry;
use futures::StreamExt as _;

use super::kinds::{SECRET, SERVICE};
use super::map;
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::reading::answered;
use crate::collect::resource_policy::{self, ResourcePolicy};
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};

const LIST_SECRETS: Operation = (SERVICE, "ListSecrets");
const GET_RESOURCE_POLICY: Operation = (SERVICE, "GetResourcePolicy");

/// Secrets asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 32;
/// The largest pages that Secrets Manager gives.
const PAGE: i32 = 100;

/// Collects the secrets of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(SECRET) {
        return Vec::new();
    }
    let (secrets, proof) = list(caller).await;
    let one = |(call, told): &'_ (CallId, SecretListEntry)| found(caller, run, *call, told.clone());
    futures::stream::iter(&secrets).for_each_concurrent(AT_ONCE, one).await;
    vec![proof.population(caller, SECRET, secrets.len() as u64, None)]
}

async fn list(caller: &Caller) -> (Vec<(CallId, SecretListEntry)>, Proof) {
    let client = caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.list_secrets().max_results(PAGE).set_next_token(token).customize().interceptor(tap).send();
    let page =
        |output: ListSecretsOutput| Page { items: output.secret_list.unwrap_or_default(), token: output.next_token, truncated: false };
    let listing = caller.list(LIST_SECRETS, send, page).await;
    Proof::of(caller, LIST_SECRETS, listing, |told: &SecretListEntry| told.arn.clone().filter(|_| told.name.is_some()))
}

async fn found(caller: &Caller, run: &Run<'_>, listed: CallId, told: SecretListEntry) {
    // The listing has left out what lacks either.
    let (name, arn) = (told.name.clone().unwrap_or_default(), told.arn.clone().unwrap_or_default());
    let (policy, calls) = policy(caller, run, &arn).await;
    let facts = map::secret(At::call(caller, LIST_SECRETS, listed), &told, caller.endpoint_region(), policy);
    let paths = [("", vec![listed]), ("policy", calls)];
    run.found(&Resource::new(caller.place(), SECRET, arn, name, &facts, sources(paths)));
}

async fn policy(caller: &Caller, run: &Run<'_>, arn: &str) -> (Fact<Option<ResourcePolicy>>, Vec<CallId>) {
    if !run.wants_fact(SECRET, "policy") {
        return (Fact::Absent(run.unasked(caller, SECRET, "policy")), Vec::new());
    }
    let client = caller.client(Client::new);
    let send = |tap| client.get_resource_policy().secret_id(arn).customize().interceptor(tap).send();
    let reply = caller.ask(GET_RESOURCE_POLICY, send).await;
    answered(caller, GET_RESOURCE_POLICY, reply, |at, output| {
        let text = output.resource_policy.filter(|text| !text.is_empty());
        let read = |text: String| resource_policy::read(at, &text, caller.account(), "the secret's policy").map(Some);
        text.map_or(Fact::Known(None), read)
    })
}
