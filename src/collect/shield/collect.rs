//! Collects Shield Advanced of one account.

use aws_sdk_shield::Client;
use aws_sdk_shield::types::Protection as Told;

use super::facts::{AccountSetting, Protection};
use super::kinds::{ACCOUNT, SERVICE};
use crate::aws::{Caller, Page};
use crate::collect::at::{Operation, sources};
use crate::collect::proof::{Proof, singleton};
use crate::collect::reading::Reading;
use crate::collect::scope::Run;
use crate::model::{Fact, Population, Resource};

const GET_SUBSCRIPTION_STATE: Operation = (SERVICE, "GetSubscriptionState");
const LIST_PROTECTIONS: Operation = (SERVICE, "ListProtections");

/// Collects Shield Advanced of one account.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(ACCOUNT) {
        return Vec::new();
    }
    let client = caller.client(Client::new);
    let reply = caller.ask(GET_SUBSCRIPTION_STATE, |tap| client.get_subscription_state().customize().interceptor(tap).send()).await;
    let state = Reading::of(caller, GET_SUBSCRIPTION_STATE, reply, |at, told| {
        at.text(told.subscription_state.as_str().to_owned(), "SubscriptionState")
    });
    let protections = protections(caller, run, &state.fact).await;
    let paths = [("", state.calls.clone()), ("protections", [state.calls.clone(), protections.calls].concat())];
    let facts = AccountSetting { subscription_state: state.fact, protections: protections.fact };
    let id = format!("arn:{}:shield::{}:account-setting", caller.partition(), caller.account());
    run.found(&Resource::new(caller.place(), ACCOUNT, id, "Shield Advanced".to_owned(), &facts, sources(paths)));
    vec![singleton(caller, ACCOUNT, state.calls)]
}

/// What is protected. Without a subscription nothing is, and nobody is asked.
async fn protections(caller: &Caller, run: &Run<'_>, state: &Fact<String>) -> Reading<Vec<Protection>> {
    if !run.wants_fact(ACCOUNT, "protections") {
        return Reading::unasked(caller, run, ACCOUNT, "protections");
    }
    match state {
        Fact::Absent(gap) => return Reading::absent(gap.clone(), Vec::new()),
        Fact::Known(state) if state == "INACTIVE" => return Reading::known(Vec::new(), Vec::new()),
        Fact::Known(_) => {}
    }
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.list_protections().set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_shield::operation::list_protections::ListProtectionsOutput| Page {
        items: output.protections.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(LIST_PROTECTIONS, send, page).await;
    Reading::of_list(caller, Proof::of(caller, LIST_PROTECTIONS, listing, |told: &Told| told.id.clone()), |told| {
        let mut protections: Vec<Protection> = told.into_iter().map(protection).collect();
        protections.sort_by(|a, b| a.id.cmp(&b.id));
        protections
    })
}

fn protection(told: Told) -> Protection {
    Protection { id: told.id.unwrap_or_default(), name: told.name.unwrap_or_default(), resource_arn: told.resource_arn.unwrap_or_default() }
}
