//! Collects Cognito in one Region: what kinds are wanted, and what they share.

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::operation::list_user_pools::ListUserPoolsOutput;
use aws_sdk_cognitoidentityprovider::types::UserPoolDescriptionType as Listed;

use super::kinds::{CLIENT, IDENTITY_POOL, SERVICE, USER_POOL};
use super::{clients, identity, pools};
use crate::aws::{Caller, Page};
use crate::collect::at::Operation;
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{CallId, Population};

const LIST_USER_POOLS: Operation = (SERVICE, "ListUserPools");
/// The largest page that Cognito gives, of any listing.
pub const RESULTS: i32 = 60;
/// Resources asked at the same time; the session's own limits decide how many calls are.
pub const AT_ONCE: usize = 16;

/// The user pools of a Region.
pub struct Pools {
    /// Each with the call that listed it; id and name are there.
    pub items: Vec<(CallId, Listed)>,
    /// Whether that is all.
    pub proof: Proof,
}

/// Collects Cognito's kinds in one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let identity = async { if run.wants(IDENTITY_POOL) { Some(identity::collect(caller, run).await) } else { None } };
    let user = async {
        if !run.wants_any(&[USER_POOL, CLIENT]) {
            return Vec::new();
        }
        let pools = list(caller).await;
        let of_pools = async { if run.wants(USER_POOL) { Some(pools::collect(caller, run, &pools).await) } else { None } };
        let of_clients = async { if run.wants(CLIENT) { Some(clients::collect(caller, run, &pools).await) } else { None } };
        let (pools, clients) = tokio::join!(of_pools, of_clients);
        pools.into_iter().chain(clients).collect()
    };
    let (user, identity) = tokio::join!(user, identity);
    user.into_iter().chain(identity).collect()
}

async fn list(caller: &Caller) -> Pools {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.list_user_pools().max_results(RESULTS).set_next_token(token).customize().interceptor(tap).send()
    };
    let page =
        |output: ListUserPoolsOutput| Page { items: output.user_pools.unwrap_or_default(), token: output.next_token, truncated: false };
    let listing = caller.list(LIST_USER_POOLS, send, page).await;
    let id = |pool: &Listed| pool.id.clone().filter(|_| pool.name.is_some());
    let (items, proof) = Proof::of(caller, LIST_USER_POOLS, listing, id);
    Pools { items, proof }
}

/// The ARN of a user pool.
pub fn arn(caller: &Caller, id: &str) -> String {
    format!("arn:{}:cognito-idp:{}:{}:userpool/{id}", caller.partition(), caller.endpoint_region(), caller.account())
}
