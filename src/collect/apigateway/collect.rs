//! Collects API Gateway in one Region: REST APIs with all they have, and the lists that the Region has once.

use super::apis::{self, Apis};
use super::children::Children;
use super::domains::{self, AllApis};
use super::family::Family;
use super::kinds::{ACCOUNT, AUTHORIZER, CLIENT_CERTIFICATE, DEPLOYED_METHOD, DOMAIN_NAME, METHOD, REST_API, STAGE, VPC_LINK};
use super::{calls, keys, region};
use crate::aws::Caller;
use crate::collect::apigatewayv2::{apis as other_apis, domains as other_domains};
use crate::collect::cloudwatch::watching::Watching;
use crate::collect::scope::Run;
use crate::model::Population;

/// Collects the kinds of API Gateway in one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let wants_mapped = run.wants_fact(DOMAIN_NAME, "mapped_apis_with_default_endpoint");
    let wants_limits = run.wants_fact(STAGE, "account_throttle_settings");
    let family = [REST_API, METHOD, DEPLOYED_METHOD, STAGE, AUTHORIZER];
    let wants_apis = wants_mapped || run.wants_any(&family) || run.wants_fact(CLIENT_CERTIFICATE, "used_by_stages");
    let with_mappings = wants_mapped || run.wants_fact(DOMAIN_NAME, "api_mappings");
    let (apis, by_api, others, domains, keys, certificates, links, account, watching) = tokio::join!(
        asked(wants_apis, with_children(caller, run)),
        asked(run.wants_fact(REST_API, "custom_domains"), by_api(caller)),
        asked(wants_mapped, other_apis::list(caller)),
        asked(run.wants(DOMAIN_NAME), domains::list(caller, with_mappings)),
        keys::collect(caller, run),
        asked(run.wants(CLIENT_CERTIFICATE), region::client_certificates(caller)),
        asked(run.wants(VPC_LINK), region::vpc_links(caller, run)),
        asked(wants_limits || run.wants(ACCOUNT), calls::account(caller)),
        asked(run.wants_fact(STAGE, "client_error_alarms"), Watching::list(caller)),
    );
    let watching = watching.unwrap_or_else(|| Watching::unasked(run.unasked(caller, STAGE, "client_error_alarms")));
    let mut populations = keys;
    if let Some((apis, children)) = &apis {
        let family = Family::new(caller, run, apis, children);
        populations.extend(run.wants(REST_API).then(|| family.rest_apis(by_api.as_ref())));
        populations.extend(run.wants(METHOD).then(|| family.methods()));
        populations.extend(run.wants(DEPLOYED_METHOD).then(|| family.deployed_methods()));
        populations.extend(run.wants(STAGE).then(|| family.stages(account.as_ref().filter(|_| wants_limits), &watching)));
        populations.extend(run.wants(AUTHORIZER).then(|| family.authorizers()));
    }
    if let Some(domains) = domains {
        let apis = apis.as_ref().zip(others.as_ref()).map(|((rest, _), other)| AllApis { rest, other });
        populations.push(domains.hand_on(caller, apis, run));
    }
    if let Some(certificates) = certificates {
        let used = apis.as_ref().and_then(|(apis, children)| Some((apis, children.stages.as_deref()?)));
        populations.push(region::hand_on_certificates(caller, certificates, used, run));
    }
    populations.extend(links);
    if let Some(account) = account.filter(|_| run.wants(ACCOUNT)) {
        populations.push(region::hand_on_account(caller, &account, run));
    }
    populations
}

/// Does what is wanted.
async fn asked<T>(wanted: bool, work: impl Future<Output = T>) -> Option<T> {
    if wanted { Some(work.await) } else { None }
}

async fn with_children(caller: &Caller, run: &Run<'_>) -> (Apis, Children) {
    let apis = apis::list(caller).await;
    let children = Children::list(caller, &apis, run).await;
    (apis, children)
}

async fn by_api(caller: &Caller) -> other_domains::ByApi {
    other_domains::list(caller, true).await.by_api(caller)
}
