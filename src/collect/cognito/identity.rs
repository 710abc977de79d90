//! Identity pools: the listing, and a description of each.

use aws_sdk_cognitoidentity::Client;
use aws_sdk_cognitoidentity::operation::describe_identity_pool::DescribeIdentityPoolOutput;
use aws_sdk_cognitoidentity::operation::list_identity_pools::ListIdentityPoolsOutput;
use aws_sdk_cognitoidentity::types::IdentityPoolShortDescription;
use futures::StreamExt as _;

use super::collect::{AT_ONCE, RESULTS};
use super::facts;
use super::kinds::{IDENTITY, IDENTITY_POOL};
use crate::aws::{Caller, Page};
use crate::collect::at::Operation;
use crate::collect::at::sources;
use crate::collect::proof::Proof;
use crate::collect::reading::answered;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, OpenMap, Population, Resource};

const LIST_IDENTITY_POOLS: Operation = (IDENTITY, "ListIdentityPools");
const DESCRIBE_IDENTITY_POOL: Operation = (IDENTITY, "DescribeIdentityPool");

/// Collects the identity pools of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Population {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.list_identity_pools().max_results(RESULTS).set_next_token(token).customize().interceptor(tap).send()
    };
    let page = |output: ListIdentityPoolsOutput| Page {
        items: output.identity_pools.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(LIST_IDENTITY_POOLS, send, page).await;
    let id = |pool: &IdentityPoolShortDescription| pool.identity_pool_id.clone().filter(|_| pool.identity_pool_name.is_some());
    let (items, proof) = Proof::of(caller, LIST_IDENTITY_POOLS, listing, id);
    let each = |(call, pool): &(CallId, IdentityPoolShortDescription)| {
        // The listing has left out what lacks either.
        let (call, id, name) =
            (*call, pool.identity_pool_id.clone().unwrap_or_default(), pool.identity_pool_name.clone().unwrap_or_default());
        async move { one(caller, run, call, (id, name)).await }
    };
    futures::stream::iter(&items).for_each_concurrent(AT_ONCE, each).await;
    proof.population(caller, IDENTITY_POOL, items.len() as u64, None)
}

async fn one(caller: &Caller, run: &Run<'_>, listed: CallId, (id, name): (String, String)) {
    let (told, calls) = describe(caller, run, &id).await;
    let (partition, region, account) = (caller.partition(), caller.endpoint_region(), caller.account());
    let arn = format!("arn:{partition}:cognito-identity:{region}:{account}:identitypool/{id}");
    let facts = facts::IdentityPool {
        identity_pool_id: id.into(),
        identity_pool_name: name.clone().into(),
        allow_unauthenticated_identities: of(&told, |told| told.allow_unauthenticated_identities),
        allow_classic_flow: of(&told, |told| told.allow_classic_flow.unwrap_or(false)),
        tags: of(&told, |told| OpenMap(told.identity_pool_tags.clone().unwrap_or_default().into_iter().collect())),
    };
    let all = std::iter::once(listed).chain(calls).collect();
    let paths = [("", all), ("identity_pool_id", vec![listed]), ("identity_pool_name", vec![listed])];
    run.found(&Resource::new(caller.place(), IDENTITY_POOL, arn, name, &facts, sources(paths)));
}

async fn describe(caller: &Caller, run: &Run<'_>, id: &str) -> (Fact<DescribeIdentityPoolOutput>, Vec<CallId>) {
    if !run.wants_fact(IDENTITY_POOL, "tags") {
        return (Fact::Absent(run.unasked(caller, IDENTITY_POOL, "tags")), Vec::new());
    }
    let client = caller.client(Client::new);
    let send = |tap| client.describe_identity_pool().identity_pool_id(id).customize().interceptor(tap).send();
    let reply = caller.ask(DESCRIBE_IDENTITY_POOL, send).await;
    answered(caller, DESCRIBE_IDENTITY_POOL, reply, |_, output| Fact::Known(output))
}

fn of<T>(told: &Fact<DescribeIdentityPoolOutput>, read: impl FnOnce(&DescribeIdentityPoolOutput) -> T) -> Fact<T> {
    match told {
        Fact::Known(told) => Fact::Known(read(told)),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    }
}
