//! Collects the functions of one Region: the listing, the policy of each, and the URLs of each.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::operation::list_function_url_configs::ListFunctionUrlConfigsOutput;
use aws_sdk_lambda::operation::list_functions::ListFunctionsOutput;
use aws_sdk_lambda::types::{FunctionConfiguration, FunctionUrlConfig};
use futures::StreamExt as _;

use super::kinds::{FUNCTION, SERVICE, URL};
use super::map::{self, Said};
use crate::aws::{Caller, Listing, OrWhen as _, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::parts::{self, Parent, Part};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};

const LIST_FUNCTIONS: Operation = (SERVICE, "ListFunctions");
const GET_POLICY: Operation = (SERVICE, "GetPolicy");
const LIST_FUNCTION_URL_CONFIGS: Operation = (SERVICE, "ListFunctionUrlConfigs");

/// Functions asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 32;
/// The largest pages that Lambda gives.
const PAGE: i32 = 50;
/// What Lambda answers about a function without a policy.
const NO_POLICY: &str = "ResourceNotFoundException";

/// Collects Lambda's kinds in one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let (functions, proof) = list(caller).await;
    let urls = async { if run.wants(URL) { Some(urls(caller, run, &functions, &proof).await) } else { None } };
    let judged = async {
        if !run.wants(FUNCTION) {
            return None;
        }
        let one = |(call, told): &'_ (CallId, FunctionConfiguration)| function(caller, run, *call, told.clone());
        futures::stream::iter(&functions).for_each_concurrent(AT_ONCE, one).await;
        Some(proof.population(caller, FUNCTION, functions.len() as u64, None))
    };
    let (functions, urls) = tokio::join!(judged, urls);
    functions.into_iter().chain(urls).collect()
}

/// Lists the functions of a Region.
pub async fn list(caller: &Caller) -> (Vec<(CallId, FunctionConfiguration)>, Proof) {
    let client = caller.client(Client::new);
    let send = |marker: Option<String>, tap| client.list_functions().max_items(PAGE).set_marker(marker).customize().interceptor(tap).send();
    let page =
        |output: ListFunctionsOutput| Page { items: output.functions.unwrap_or_default(), token: output.next_marker, truncated: false };
    let listing = caller.list(LIST_FUNCTIONS, send, page).await;
    let id = |told: &FunctionConfiguration| told.function_arn.clone().filter(|_| told.function_name.is_some());
    Proof::of(caller, LIST_FUNCTIONS, listing, id)
}

async fn function(caller: &Caller, run: &Run<'_>, listed: CallId, told: FunctionConfiguration) {
    // The listing has left out what lacks either.
    let (name, arn) = (told.function_name.clone().unwrap_or_default(), told.function_arn.clone().unwrap_or_default());
    let (said, asked) = policy(caller, run, &name).await;
    let facts = map::function(At::call(caller, LIST_FUNCTIONS, listed), &told, said);
    let paths = [("", vec![listed]), ("policy", asked.clone()), ("apigateway_grants", asked)];
    run.found(&Resource::new(caller.place(), FUNCTION, arn, name, &facts, sources(paths)));
}

/// The policy of a function, with the call; none only where Lambda says so.
async fn policy(caller: &Caller, run: &Run<'_>, name: &str) -> (Said, Vec<CallId>) {
    if !run.wants_fact(FUNCTION, "policy") {
        let gap = run.unasked(caller, FUNCTION, "policy");
        return ((Fact::Absent(gap.clone()), Fact::Absent(gap)), Vec::new());
    }
    let client = caller.client(Client::new);
    let send = |tap| client.get_policy().function_name(name).customize().interceptor(tap).send();
    let reply = caller.ask(GET_POLICY, send).await.map(|answer| answer.map(|output| Some(output.policy)));
    match reply.or_when(NO_POLICY, None) {
        Err(refusal) => {
            let calls = refusal.gap.call.into_iter().collect();
            let gap = caller.note(refusal.gap);
            ((Fact::Absent(gap.clone()), Fact::Absent(gap)), calls)
        }
        Ok(answer) => {
            let at = At::call(caller, GET_POLICY, answer.call);
            let said = match answer.value {
                None => (Fact::Known(None), Fact::Known(Vec::new())),
                Some(Some(text)) => map::policy(at, &text, caller.account()),
                Some(None) => (at.need(None, "Policy"), at.need(None, "Policy")),
            };
            (said, vec![answer.call])
        }
    }
}

/// The URLs of all functions.
async fn urls(caller: &Caller, run: &Run<'_>, functions: &[(CallId, FunctionConfiguration)], proof: &Proof) -> Population {
    let parent = |(_, told): &'_ (CallId, FunctionConfiguration)| {
        let name = told.function_name.clone().unwrap_or_default();
        (format!("function `{name}`"), name)
    };
    let names: Vec<(String, String)> = functions.iter().map(parent).collect();
    let parents: Vec<Parent<'_>> = names.iter().map(|(shown, name)| Parent { id: name, shown: shown.clone() }).collect();
    let id = |told: &FunctionUrlConfig| Some(told.function_arn.clone());
    let lists = parts::of_each(caller, &parents, LIST_FUNCTION_URL_CONFIGS, |name| list_urls(caller, name), id).await;
    for ((listed, told), part) in functions.iter().zip(&lists) {
        found_urls(caller, run, (*listed, told), part);
    }
    parts::population(caller, URL, proof, &lists)
}

async fn list_urls(caller: &Caller, name: &str) -> Listing<FunctionUrlConfig> {
    let client = caller.client(Client::new);
    let send = |marker: Option<String>, tap| {
        let request = client.list_function_url_configs().function_name(name).max_items(PAGE).set_marker(marker);
        request.customize().interceptor(tap).send()
    };
    let page =
        |output: ListFunctionUrlConfigsOutput| Page { items: output.function_url_configs, token: output.next_marker, truncated: false };
    caller.list(LIST_FUNCTION_URL_CONFIGS, send, page).await
}

fn found_urls(caller: &Caller, run: &Run<'_>, (listed, told): (CallId, &FunctionConfiguration), part: &Part<FunctionUrlConfig>) {
    for (call, url) in &part.items {
        let core = map::core(At::call(caller, LIST_FUNCTIONS, listed), told);
        let facts = map::url(At::call(caller, LIST_FUNCTION_URL_CONFIGS, *call), core, url);
        let name = told.function_name.as_deref().unwrap_or_default();
        let shown = map::alias(&url.function_arn).map_or_else(|| name.to_owned(), |alias| format!("{name} / {alias}"));
        let paths = [("", vec![*call]), ("function", vec![listed])];
        run.found(&Resource::new(caller.place(), URL, url.function_arn.clone(), shown, &facts, sources(paths)));
    }
}
