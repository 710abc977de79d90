//! Custom domain names and what they are mapped to.

use std::collections::BTreeMap;

use aws_sdk_apigatewayv2::Client;
use aws_sdk_apigatewayv2::types::{ApiMapping, DomainName, DomainNameConfiguration, MutualTlsAuthentication};

use super::apis::{Apis, PAGE};
use super::facts;
use super::ids::Ids;
use super::kinds::{DOMAIN_NAME, SERVICE};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, lacks, sources};
use crate::collect::parts::{Parent, Part, of_each};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, GapId, OpenMap, Population, Resource};

const GET_DOMAIN_NAMES: Operation = (SERVICE, "GetDomainNames");
/// The listing of mappings.
pub const GET_API_MAPPINGS: Operation = (SERVICE, "GetApiMappings");

/// The domains of a Region.
pub struct Domains {
    items: Vec<(CallId, DomainName)>,
    proof: Proof,
    /// One for each of `items`; `None` where nobody wants mappings.
    mappings: Option<Vec<Part<ApiMapping>>>,
}

/// Lists domains, and where wanted their mappings.
pub async fn list(caller: &Caller, with_mappings: bool) -> Domains {
    let client = caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.get_domain_names().max_results(PAGE).set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_apigatewayv2::operation::get_domain_names::GetDomainNamesOutput| Page {
        items: output.items.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(GET_DOMAIN_NAMES, send, page).await;
    let (items, proof) = Proof::of(caller, GET_DOMAIN_NAMES, listing, |domain: &DomainName| domain.domain_name.clone());
    let names: Vec<&str> = items.iter().map(|(_, domain)| domain.domain_name.as_deref().unwrap_or_default()).collect();
    let mappings = if with_mappings { Some(mappings(caller, &names).await) } else { None };
    Domains { items, proof, mappings }
}

/// The mappings of each of these domains, to APIs of every protocol.
pub async fn mappings(caller: &Caller, names: &[&str]) -> Vec<Part<ApiMapping>> {
    let client = caller.client(Client::new);
    let parents: Vec<Parent<'_>> = names.iter().map(|name| Parent { id: name, shown: format!("domain `{name}`") }).collect();
    let page = |output: aws_sdk_apigatewayv2::operation::get_api_mappings::GetApiMappingsOutput| Page {
        items: output.items.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let id = |mapping: &ApiMapping| {
        let (api, key) = (mapping.api_id.as_deref()?, mapping.api_mapping_key.as_deref().unwrap_or_default());
        Some(format!("{api}\n{}\n{key}", mapping.stage.as_deref()?))
    };
    let list = |domain| {
        let request = client.get_api_mappings().domain_name(domain).max_results(PAGE);
        caller.list(GET_API_MAPPINGS, move |token, tap| request.clone().set_next_token(token).customize().interceptor(tap).send(), page)
    };
    of_each(caller, &parents, GET_API_MAPPINGS, list, id).await
}

/// Custom domains by API: known only where all domains and all their mappings are.
pub struct ByApi {
    /// Names of domains by API id.
    domains: Fact<BTreeMap<String, Vec<String>>>,
    /// The calls behind.
    pub calls: Vec<CallId>,
}

impl ByApi {
    /// The domains mapped to an API.
    pub fn of(&self, api: &str) -> Fact<Vec<String>> {
        match &self.domains {
            Fact::Absent(gap) => Fact::Absent(gap.clone()),
            Fact::Known(domains) => Fact::Known(domains.get(api).cloned().unwrap_or_default()),
        }
    }

    /// Where nobody asked.
    pub fn unasked(gap: GapId) -> Self {
        ByApi { domains: Fact::Absent(gap), calls: Vec::new() }
    }
}

impl Domains {
    /// Turns mappings around.
    pub fn by_api(&self, caller: &Caller) -> ByApi {
        let parts = self.mappings.as_deref().unwrap_or_default();
        let proof = parts.iter().fold(self.proof.clone(), |proof, part| proof.and(&part.proof));
        let calls = proof.calls.clone();
        if let Some(gap) = proof.noted(caller) {
            return ByApi { domains: Fact::Absent(gap), calls };
        }
        let mut domains: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for ((_, domain), part) in self.items.iter().zip(parts) {
            for (_, mapping) in &part.items {
                let mapped = domains.entry(mapping.api_id.clone().unwrap_or_default()).or_default();
                mapped.push(domain.domain_name.clone().unwrap_or_default());
            }
        }
        for names in domains.values_mut() {
            names.sort();
            names.dedup();
        }
        ByApi { domains: Fact::Known(domains), calls }
    }

    /// Hands on domain names. `apis` is `None` where nobody wants them.
    pub fn hand_on(self, caller: &Caller, apis: Option<&Apis>, run: &Run<'_>) -> Population {
        let count = self.items.len() as u64;
        let population = self.proof.population(caller, DOMAIN_NAME, count, None);
        let ids = Ids::new(caller);
        let mut parts = self.mappings.unwrap_or_default().into_iter();
        for (call, domain) in self.items {
            let part = parts.next();
            let name = domain.domain_name.clone().unwrap_or_default();
            let mapping_calls = part.as_ref().map(|part| part.proof.calls.clone()).unwrap_or_default();
            let joined = mapping_calls.iter().copied().chain(apis.iter().flat_map(|apis| apis.proof.calls.clone())).collect();
            let paths = [("", vec![call]), ("api_mappings", mapping_calls.clone()), ("mapped_apis_with_default_endpoint", joined)];
            let facts = facts(caller, call, domain, part.as_ref(), apis, run);
            run.found(&Resource::new(caller.place(), DOMAIN_NAME, ids.domain(&name), name, &facts, sources(paths)));
        }
        population
    }
}

fn facts(
    caller: &Caller,
    call: CallId,
    domain: DomainName,
    mappings: Option<&Part<ApiMapping>>,
    apis: Option<&Apis>,
    run: &Run<'_>,
) -> facts::DomainName {
    let at = At::call(caller, GET_DOMAIN_NAMES, call);
    let wanted = |fact: &str| mappings.filter(|_| run.wants_fact(DOMAIN_NAME, fact));
    let unasked = |fact: &str| run.unasked(caller, DOMAIN_NAME, fact);
    // AWS names the policy of every configuration; one that is missing is not known, and a list is known as a whole.
    let told = |list: &Vec<DomainNameConfiguration>| list.iter().all(|one| one.security_policy.is_some());
    let member = domain.domain_name_configurations.as_ref().map_or("DomainNameConfigurations", |_| "SecurityPolicy");
    let configurations = domain.domain_name_configurations.filter(told).map(|list| list.into_iter().map(configuration).collect());
    facts::DomainName {
        domain_name: at.need(domain.domain_name, "DomainName"),
        domain_name_configurations: at.need(configurations, member),
        mutual_tls_authentication: domain.mutual_tls_authentication.map(mutual_tls).into(),
        api_mappings: wanted("api_mappings").map_or_else(|| Fact::Absent(unasked("api_mappings")), |part| api_mappings(caller, part)),
        mapped_apis_with_default_endpoint: match wanted("mapped_apis_with_default_endpoint").zip(apis) {
            None => Fact::Absent(unasked("mapped_apis_with_default_endpoint")),
            Some((part, apis)) => with_default_endpoint(caller, part, apis),
        },
        tags: OpenMap(domain.tags.unwrap_or_default().into_iter().collect()).into(),
    }
}

fn configuration(configuration: DomainNameConfiguration) -> facts::DomainConfiguration {
    facts::DomainConfiguration {
        security_policy: configuration.security_policy.map(|word| word.as_str().to_owned()),
        endpoint_type: configuration.endpoint_type.map(|word| word.as_str().to_owned()),
        certificate_arn: configuration.certificate_arn,
        domain_name_status: configuration.domain_name_status.map(|word| word.as_str().to_owned()),
    }
}

fn mutual_tls(tls: MutualTlsAuthentication) -> facts::MutualTls {
    facts::MutualTls {
        truststore_uri: tls.truststore_uri,
        truststore_version: tls.truststore_version,
        truststore_warnings: tls.truststore_warnings.unwrap_or_default(),
    }
}

/// The fact about a domain's mappings.
pub fn api_mappings(caller: &Caller, part: &Part<ApiMapping>) -> Fact<Vec<facts::ApiMapping>> {
    if let Some(gap) = part.proof.noted(caller) {
        return Fact::Absent(gap);
    }
    let one = |mapping: &ApiMapping| {
        Some(facts::ApiMapping {
            api_id: mapping.api_id.clone()?,
            stage: mapping.stage.clone()?,
            api_mapping_key: mapping.api_mapping_key.clone().unwrap_or_default(),
        })
    };
    let mut mappings: Option<Vec<facts::ApiMapping>> = part.items.iter().map(|(_, mapping)| one(mapping)).collect();
    if let Some(mappings) = &mut mappings {
        mappings.sort_by(|a, b| (&a.api_mapping_key, &a.api_id, &a.stage).cmp(&(&b.api_mapping_key, &b.api_id, &b.stage)));
    }
    At::operation(caller, GET_API_MAPPINGS).need(mappings, "ApiId")
}

/// Names of mapped APIs whose default endpoint is on. A mapped API that is not among the Region's is a REST API, which is of another
/// kind; that it is not, only a complete list shows.
fn with_default_endpoint(caller: &Caller, part: &Part<ApiMapping>, apis: &Apis) -> Fact<Vec<String>> {
    if let Some(gap) = part.proof.noted(caller) {
        return Fact::Absent(gap);
    }
    let mut names = BTreeMap::new();
    for (call, mapping) in &part.items {
        let Some(id) = mapping.api_id.as_deref() else {
            return At::call(caller, GET_API_MAPPINGS, *call).absent(crate::model::Reason::Failed, lacks("ApiId"));
        };
        match apis.items.iter().find(|api| api.id == id) {
            Some(api) => match &api.core.disable_execute_api_endpoint {
                Fact::Absent(gap) => return Fact::Absent(gap.clone()),
                Fact::Known(true) => {}
                Fact::Known(false) => names.extend([(id.to_owned(), api.name.clone())]),
            },
            None => {
                if let Some(gap) = apis.proof.noted(caller) {
                    return Fact::Absent(gap);
                }
            }
        }
    }
    let mut names: Vec<String> = names.into_values().collect();
    names.sort();
    Fact::Known(names)
}
