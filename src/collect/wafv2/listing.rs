//! Listings that other services join: the web ACLs of a Region, and which user pools each of them guards.

use aws_sdk_wafv2::Client;
use aws_sdk_wafv2::operation::list_web_acls::ListWebAcLsOutput;
use aws_sdk_wafv2::types::{ResourceType, Scope, WebAclSummary};
use futures::future::join_all;

use super::kinds::SERVICE;
use crate::aws::{Caller, Page};
use crate::collect::at::Operation;
use crate::collect::proof::Proof;
use crate::model::{CallId, GapId, Partition};

/// `ListWebACLs`.
pub const LIST_WEB_ACLS: Operation = (SERVICE, "ListWebACLs");
/// `ListResourcesForWebACL`.
pub const LIST_RESOURCES_FOR_WEB_ACL: Operation = (SERVICE, "ListResourcesForWebACL");
/// The largest page that WAF gives.
const LIMIT: i32 = 100;

/// The scopes that WAF answers for at a Region's endpoint.
pub fn scopes(caller: &Caller) -> &'static [Scope] {
    const BOTH: &[Scope] = &[Scope::Regional, Scope::Cloudfront];
    let speaks_for_cloudfront = caller.partition() == Partition::Aws && caller.endpoint_region() == Partition::Aws.home_region();
    if speaks_for_cloudfront { BOTH } else { &BOTH[..1] }
}

/// The web ACLs of a scope.
pub async fn web_acls(caller: &Caller, scope: &Scope) -> (Vec<(CallId, WebAclSummary)>, Proof) {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        let request = client.list_web_acls().scope(scope.clone()).limit(LIMIT).set_next_marker(token);
        request.customize().interceptor(tap).send()
    };
    let page = |output: ListWebAcLsOutput| Page { items: output.web_acls.unwrap_or_default(), token: output.next_marker, truncated: false };
    let listing = caller.list(LIST_WEB_ACLS, send, page).await;
    let id = |acl: &WebAclSummary| acl.arn.clone().filter(|_| acl.name.is_some() && acl.id.is_some());
    Proof::of(caller, LIST_WEB_ACLS, listing, id)
}

/// Which regional web ACL guards which user pool: pairs of the pool's ARN and the web ACL's, or why that is not known, with the calls.
pub async fn of_user_pools(caller: &Caller) -> (Result<Vec<(String, String)>, GapId>, Vec<CallId>) {
    let (acls, mut proof) = web_acls(caller, &Scope::Regional).await;
    let arns: Vec<String> = acls.into_iter().filter_map(|(_, acl)| acl.arn).collect();
    let mut pairs = Vec::new();
    for (acl, (pools, own)) in arns.iter().zip(join_all(arns.iter().map(|acl| pools_of(caller, acl))).await) {
        proof = proof.and(&own);
        pairs.extend(pools.into_iter().map(|(_, pool)| (pool, acl.clone())));
    }
    (proof.noted(caller).map_or(Ok(pairs), Err), proof.calls)
}

async fn pools_of(caller: &Caller, acl: &str) -> (Vec<(CallId, String)>, Proof) {
    let client = caller.client(Client::new);
    let send = |tap| {
        let request = client.list_resources_for_web_acl().web_acl_arn(acl).resource_type(ResourceType::CognitioUserPool);
        request.customize().interceptor(tap).send()
    };
    let listing = caller.list_whole(LIST_RESOURCES_FOR_WEB_ACL, send, |output| output.resource_arns.unwrap_or_default()).await;
    Proof::of(caller, LIST_RESOURCES_FOR_WEB_ACL, listing, |arn: &String| Some(arn.clone()))
}
