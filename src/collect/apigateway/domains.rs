//! Custom domain names. API Gateway and API Gateway v2 show the same names through two operations; this one knows all of them, private ones
//! too, and says which security policy holds in full, so controls judge what it tells. Mappings are asked of v2, which knows those to
//! APIs of every protocol.

use std::collections::BTreeSet;

use aws_sdk_apigateway::types::{DomainName, EndpointType, MutualTlsAuthentication};
use aws_sdk_apigatewayv2::types::ApiMapping;

use super::apis::{Apis, endpoint};
use super::calls::{self, GET_DOMAIN_NAMES};
use super::kinds::DOMAIN_NAME;
use super::{facts, tls};
use crate::aws::Caller;
use crate::collect::apigatewayv2::apis::Apis as OtherApis;
use crate::collect::apigatewayv2::domains::{GET_API_MAPPINGS, api_mappings, mappings};
use crate::collect::apigatewayv2::facts::MutualTls;
use crate::collect::apigatewayv2::ids::Ids;
use crate::collect::at::{At, lacks, sources};
use crate::collect::parts::Part;
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, OpenMap, Population, Reason, Resource};

/// The domains of a Region.
pub struct Domains {
    items: Vec<(CallId, DomainName, Mappings)>,
    proof: Proof,
}

/// The mappings of a domain.
enum Mappings {
    /// Nobody wants them.
    Unasked,
    /// The name is private: no call that is made here knows its mappings.
    Private,
    /// As listed.
    Listed(Part<ApiMapping>),
}

/// The APIs of a Region, of every protocol.
#[derive(Clone, Copy)]
pub struct AllApis<'a> {
    /// REST APIs.
    pub rest: &'a Apis,
    /// HTTP and WebSocket APIs.
    pub other: &'a OtherApis,
}

/// Lists domains, and where wanted the mappings of public ones.
pub async fn list(caller: &Caller, with_mappings: bool) -> Domains {
    let id = |domain: &DomainName| Some(format!("{}+{}", domain.domain_name.as_deref()?, private_id(domain).unwrap_or_default()));
    let (items, proof) = Proof::of(caller, GET_DOMAIN_NAMES, calls::domain_names(caller).await, id);
    let public = items.iter().map(|(_, domain)| domain).filter(|domain| !is_private(domain));
    let names: Vec<&str> = public.map(|domain| domain.domain_name.as_deref().unwrap_or_default()).collect();
    let listed = if with_mappings { mappings(caller, &names).await } else { Vec::new() };
    let mut listed = listed.into_iter();
    let mapped = |(call, domain): (CallId, DomainName)| {
        let mappings = if is_private(&domain) { Mappings::Private } else { listed.next().map_or(Mappings::Unasked, Mappings::Listed) };
        (call, domain, mappings)
    };
    Domains { items: items.into_iter().map(mapped).collect(), proof }
}

fn is_private(domain: &DomainName) -> bool {
    domain.endpoint_configuration.as_ref().is_some_and(|configuration| configuration.types().contains(&EndpointType::Private))
}

/// Private names are told apart by their id; two may be alike.
fn private_id(domain: &DomainName) -> Option<&str> {
    domain.domain_name_id.as_deref().filter(|_| is_private(domain))
}

fn id(caller: &Caller, domain: &DomainName) -> String {
    let name = domain.domain_name.as_deref().unwrap_or_default();
    match private_id(domain) {
        None => Ids::new(caller).domain(name),
        Some(id) => {
            let (partition, region, account) = (caller.partition().id(), caller.endpoint_region(), caller.account());
            format!("arn:{partition}:apigateway:{region}:{account}:/domainnames/{name}+{id}")
        }
    }
}

impl Domains {
    /// Hands on domain names. `apis` is `None` where nobody wants them.
    pub fn hand_on(&self, caller: &Caller, apis: Option<AllApis<'_>>, run: &Run<'_>) -> Population {
        for (call, domain, mappings) in &self.items {
            let from = match mappings {
                Mappings::Listed(part) => part.proof.calls.clone(),
                Mappings::Unasked | Mappings::Private => Vec::new(),
            };
            let listings = apis.iter().flat_map(|apis| apis.rest.proof.calls.iter().chain(&apis.other.proof.calls)).copied();
            let joined = from.iter().copied().chain(listings).collect();
            let paths = [("", vec![*call]), ("api_mappings", from.clone()), ("mapped_apis_with_default_endpoint", joined)];
            let facts = facts(caller, *call, domain, (mappings, apis), run);
            let name = domain.domain_name.clone().unwrap_or_default();
            run.found(&Resource::new(caller.place(), DOMAIN_NAME, id(caller, domain), name, &facts, sources(paths)));
        }
        self.proof.population(caller, DOMAIN_NAME, self.items.len() as u64, None)
    }
}

fn facts(
    caller: &Caller,
    call: CallId,
    domain: &DomainName,
    (mappings, apis): (&Mappings, Option<AllApis<'_>>),
    run: &Run<'_>,
) -> facts::DomainName {
    let at = At::call(caller, GET_DOMAIN_NAMES, call);
    let certificates: BTreeSet<String> =
        [&domain.certificate_arn, &domain.regional_certificate_arn].into_iter().flatten().cloned().collect();
    facts::DomainName {
        domain_name: at.need(domain.domain_name.clone(), "domainName"),
        endpoint_configuration: at.need(domain.endpoint_configuration.as_ref().map(endpoint), "endpointConfiguration"),
        security_policy: at.need(domain.security_policy.as_ref().map(|word| word.as_str().to_owned()), "securityPolicy"),
        minimum_tls_version: match &domain.security_policy {
            Some(policy) => tls::minimum_version(at, policy),
            None => at.need(None, "securityPolicy"),
        },
        endpoint_access_mode: domain.endpoint_access_mode.as_ref().map(|word| word.as_str().to_owned()).into(),
        domain_name_status: domain.domain_name_status.as_ref().map(|word| word.as_str().to_owned()).into(),
        certificate_arns: certificates.into_iter().collect::<Vec<_>>().into(),
        mutual_tls_authentication: domain.mutual_tls_authentication.as_ref().map(mutual_tls).into(),
        routing_mode: domain.routing_mode.as_ref().map(|word| word.as_str().to_owned()).into(),
        api_mappings: of_mappings(caller, mappings, "api_mappings", run, |part| api_mappings(caller, part)),
        mapped_apis_with_default_endpoint: match apis {
            None => Fact::Absent(run.unasked(caller, DOMAIN_NAME, "mapped_apis_with_default_endpoint")),
            Some(apis) => of_mappings(caller, mappings, "mapped_apis_with_default_endpoint", run, |part| open_apis(caller, part, apis)),
        },
        tags: OpenMap(domain.tags.clone().unwrap_or_default().into_iter().collect()).into(),
    }
}

fn mutual_tls(tls: &MutualTlsAuthentication) -> MutualTls {
    MutualTls {
        truststore_uri: tls.truststore_uri.clone(),
        truststore_version: tls.truststore_version.clone(),
        truststore_warnings: tls.truststore_warnings().to_vec(),
    }
}

/// A fact that a domain's mappings give.
fn of_mappings<T>(
    caller: &Caller,
    mappings: &Mappings,
    fact: &str,
    run: &Run<'_>,
    read: impl FnOnce(&Part<ApiMapping>) -> Fact<T>,
) -> Fact<T> {
    match mappings {
        Mappings::Listed(part) if run.wants_fact(DOMAIN_NAME, fact) => read(part),
        Mappings::Private if run.wants_fact(DOMAIN_NAME, fact) => {
            let why = "the mappings of private domain names are not read by this version";
            At::operation(caller, GET_API_MAPPINGS).absent(Reason::Failed, why)
        }
        _ => Fact::Absent(run.unasked(caller, DOMAIN_NAME, fact)),
    }
}

/// Names of mapped APIs whose default endpoint is on. One that no whole list of the Region's APIs holds cannot be judged.
fn open_apis(caller: &Caller, part: &Part<ApiMapping>, apis: AllApis<'_>) -> Fact<Vec<String>> {
    if let Some(gap) = part.proof.noted(caller) {
        return Fact::Absent(gap);
    }
    let mut open = BTreeSet::new();
    for (call, mapping) in &part.items {
        let at = At::call(caller, GET_API_MAPPINGS, *call);
        let Some(id) = mapping.api_id.as_deref() else { return at.absent(Reason::Failed, lacks("ApiId")) };
        match apis.find(id) {
            Some((_, Fact::Absent(gap))) => return Fact::Absent(gap.clone()),
            Some((_, Fact::Known(true))) => {}
            Some((name, Fact::Known(false))) => open.extend([(name.to_owned(), id)]),
            None => match apis.rest.proof.noted(caller).or_else(|| apis.other.proof.noted(caller)) {
                Some(gap) => return Fact::Absent(gap),
                None => return at.absent(Reason::Disputed, format!("the mapped API `{id}` is in no listing of the Region's APIs")),
            },
        }
    }
    Fact::Known(open.into_iter().map(|(name, _)| name).collect())
}

impl AllApis<'_> {
    /// Name of an API, and whether its default endpoint is off.
    fn find(&self, id: &str) -> Option<(&str, &Fact<bool>)> {
        let rest = self.rest.items.iter().find(|api| api.id == id).map(|api| (api.name.as_str(), &api.core.disable_execute_api_endpoint));
        let other = || self.other.items.iter().find(|api| api.id == id);
        rest.or_else(|| other().map(|api| (api.name.as_str(), &api.core.disable_execute_api_endpoint)))
    }
}
