//! Collects API Gateway v2 in one Region: the APIs, then everything they have at once.

use aws_sdk_apigatewayv2::Client;
use aws_sdk_apigatewayv2::types::{Authorizer, Integration, Route, Stage};

use super::apis::{self, Apis, Listed, PAGE};
use super::domains::{self, ByApi};
use super::ids::Ids;
use super::kinds::{API, AUTHORIZER, DOMAIN_NAME, INTEGRATION, ROUTE, SERVICE, STAGE};
use super::{children, stages};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::cloudwatch::watching::Watching;
use crate::collect::parts::{Parent, Part, of_each, population};
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};

const GET_ROUTES: Operation = (SERVICE, "GetRoutes");
const GET_AUTHORIZERS: Operation = (SERVICE, "GetAuthorizers");
const GET_INTEGRATIONS: Operation = (SERVICE, "GetIntegrations");
const GET_STAGES: Operation = (SERVICE, "GetStages");

/// Lists of each API, through one of the four operations that are all alike.
macro_rules! lists {
    ($caller:expr, $wanted:expr, $parents:expr, $operation:expr, $call:ident, $output:ty, $id:ident) => {
        async {
            if !$wanted {
                return None;
            }
            let client = $caller.client(Client::new);
            let page = |output: $output| Page { items: output.items.unwrap_or_default(), token: output.next_token, truncated: false };
            let list = |api| {
                let request = client.$call().api_id(api).max_results(PAGE);
                $caller.list($operation, move |token, tap| request.clone().set_next_token(token).customize().interceptor(tap).send(), page)
            };
            Some(of_each($caller, $parents, $operation, list, |item| item.$id.clone()).await)
        }
    };
}

/// Collects the kinds of API Gateway v2 in one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let wants_mapped = run.wants_fact(DOMAIN_NAME, "mapped_apis_with_default_endpoint");
    let wants_domains = run.wants_fact(API, "custom_domains");
    let wants_mappings = wants_domains || wants_mapped || run.wants_fact(DOMAIN_NAME, "api_mappings");
    let wants_apis = wants_mapped || run.wants_any(&[API, ROUTE, AUTHORIZER, INTEGRATION, STAGE]);
    let domains = async { if wants_domains || run.wants(DOMAIN_NAME) { Some(domains::list(caller, wants_mappings).await) } else { None } };
    let with_children = async {
        if !wants_apis {
            return None;
        }
        let apis = apis::list(caller).await;
        let children = Children::list(caller, &apis, run).await;
        Some((apis, children))
    };
    let watching = async {
        match run.wants_fact(STAGE, "client_error_alarms") {
            true => Watching::list(caller).await,
            false => Watching::unasked(run.unasked(caller, STAGE, "client_error_alarms")),
        }
    };
    let (domains, apis, watching) = tokio::join!(domains, with_children, watching);
    let mut populations = Vec::new();
    if let Some((apis, children)) = &apis {
        populations.extend(children.hand_on(caller, apis, run, &watching));
    }
    if let Some((apis, children)) = apis.as_ref().filter(|_| run.wants(API)) {
        let asked = domains.as_ref().filter(|_| wants_domains);
        let by_api = asked.map_or_else(|| ByApi::unasked(run.unasked(caller, API, "custom_domains")), |domains| domains.by_api(caller));
        populations.push(children.hand_on_apis(caller, apis, &by_api, run));
    }
    if let Some(domains) = domains.filter(|_| run.wants(DOMAIN_NAME)) {
        populations.push(domains.hand_on(caller, apis.as_ref().map(|(apis, _)| apis), run));
    }
    populations
}

/// What APIs have; each list has one part for each API, in the same order, and is `None` where nobody wants it.
struct Children {
    routes: Option<Vec<Part<Route>>>,
    authorizers: Option<Vec<Part<Authorizer>>>,
    integrations: Option<Vec<Part<Integration>>>,
    stages: Option<Vec<Part<Stage>>>,
}

impl Children {
    async fn list(caller: &Caller, apis: &Apis, run: &Run<'_>) -> Self {
        use aws_sdk_apigatewayv2::operation as op;
        let parents: Vec<Parent<'_>> = apis.items.iter().map(Listed::parent).collect();
        let wants_routes = run.wants(ROUTE) || run.wants_fact(AUTHORIZER, "used_by_routes") || run.wants_fact(API, "route_keys");
        let (routes, authorizers, integrations, stages) = tokio::join!(
            lists!(caller, wants_routes, &parents, GET_ROUTES, get_routes, op::get_routes::GetRoutesOutput, route_id),
            lists!(
                caller,
                run.wants(AUTHORIZER),
                &parents,
                GET_AUTHORIZERS,
                get_authorizers,
                op::get_authorizers::GetAuthorizersOutput,
                authorizer_id
            ),
            lists!(
                caller,
                run.wants(INTEGRATION),
                &parents,
                GET_INTEGRATIONS,
                get_integrations,
                op::get_integrations::GetIntegrationsOutput,
                integration_id
            ),
            lists!(caller, run.wants(STAGE), &parents, GET_STAGES, get_stages, op::get_stages::GetStagesOutput, stage_name),
        );
        Children { routes, authorizers, integrations, stages }
    }

    fn hand_on(&self, caller: &Caller, apis: &Apis, run: &Run<'_>, watching: &Watching) -> Vec<Population> {
        let family = Family { caller, apis, ids: Ids::new(caller), run };
        let routes = self.routes.as_ref().filter(|_| run.wants(ROUTE)).map(|parts| {
            let facts = |at: At<'_>, api: &Listed, route: Route, _: usize| (children::route(at, api.core.clone(), route), Vec::new());
            family.hand_on((ROUTE, "routes", GET_ROUTES), parts, |route| (route.route_id.clone(), route.route_key.clone()), facts)
        });
        let authorizers = self.authorizers.as_ref().map(|parts| {
            let facts = |at: At<'_>, api: &Listed, authorizer: Authorizer, index: usize| {
                let id = authorizer.authorizer_id.clone().unwrap_or_default();
                let used = |routes: Vec<Route>| children::used_by(routes, &id);
                let (used, calls) = self.of_routes(caller, index, (AUTHORIZER, "used_by_routes"), run, used);
                (children::authorizer(at, api.core.clone(), authorizer, used), vec![("used_by_routes", calls)])
            };
            let named = |authorizer: &Authorizer| (authorizer.authorizer_id.clone(), authorizer.name.clone());
            family.hand_on((AUTHORIZER, "authorizers", GET_AUTHORIZERS), parts, named, facts)
        });
        let integrations = self.integrations.as_ref().map(|parts| {
            let facts = |at: At<'_>, api: &Listed, integration: Integration, _: usize| {
                (children::integration(at, api.core.clone(), integration), Vec::new())
            };
            let named = |integration: &Integration| {
                let id = integration.integration_id.clone();
                (id.clone(), id.map(|id| format!("integration {id}")))
            };
            family.hand_on((INTEGRATION, "integrations", GET_INTEGRATIONS), parts, named, facts)
        });
        let stages = self.stages.as_ref().map(|parts| {
            let facts = |at: At<'_>, api: &Listed, stage: Stage, _: usize| {
                let protocol = api.core.protocol_type.known().map_or("", String::as_str);
                let name = stage.stage_name.clone().unwrap_or_default();
                let alarms = watching.v2_errors(caller, protocol, &api.id, &name);
                let from = ["client_error_alarms", "server_error_alarms"].map(|fact| (fact, watching.calls.clone()));
                (stages::facts(at, api.core.clone(), stage, alarms), from.into())
            };
            family.hand_on((STAGE, "stages", GET_STAGES), parts, |stage| (stage.stage_name.clone(), stage.stage_name.clone()), facts)
        });
        [routes, authorizers, integrations, stages].into_iter().flatten().collect()
    }

    fn hand_on_apis(&self, caller: &Caller, apis: &Apis, by_api: &ByApi, run: &Run<'_>) -> Population {
        let ids = Ids::new(caller);
        for (index, api) in apis.items.iter().enumerate() {
            let (route_keys, calls) = self.of_routes(caller, index, (API, "route_keys"), run, children::keys);
            let facts = apis::facts(caller, api.clone(), by_api.of(&api.id), route_keys);
            let paths = [("", vec![api.call]), ("custom_domains", by_api.calls.clone()), ("route_keys", calls)];
            run.found(&Resource::new(caller.place(), API, ids.api(&api.id), api.name.clone(), &facts, sources(paths)));
        }
        apis.proof.population(caller, API, apis.items.len() as u64, None)
    }

    /// A fact that is read from all routes of the API at `index`: known only where they are.
    fn of_routes(
        &self,
        caller: &Caller,
        index: usize,
        (kind, fact): (&str, &str),
        run: &Run<'_>,
        read: impl FnOnce(Vec<Route>) -> Result<Vec<String>, String>,
    ) -> (Fact<Vec<String>>, Vec<CallId>) {
        let Some(part) = self.routes.as_ref().filter(|_| run.wants_fact(kind, fact)).and_then(|parts| parts.get(index)) else {
            return (Fact::Absent(run.unasked(caller, kind, fact)), Vec::new());
        };
        let calls = part.proof.calls.clone();
        if let Some(gap) = part.proof.noted(caller) {
            return (Fact::Absent(gap), calls);
        }
        let routes = part.items.iter().map(|(_, route)| route.clone()).collect();
        (At::operation(caller, GET_ROUTES).read(read(routes)), calls)
    }
}

/// Hands on what belongs to APIs.
struct Family<'a> {
    caller: &'a Caller,
    apis: &'a Apis,
    ids: Ids,
    run: &'a Run<'a>,
}

/// Paths of facts with the calls behind them.
type Paths = Vec<(&'static str, Vec<CallId>)>;

impl Family<'_> {
    /// Hands on all members of one list of each API; `named` gives id and name, `facts` the facts and where they come from.
    fn hand_on<I: Clone, F: serde::Serialize>(
        &self,
        (kind, collection, operation): (&str, &str, Operation),
        parts: &[Part<I>],
        named: impl Fn(&I) -> (Option<String>, Option<String>),
        facts: impl Fn(At<'_>, &Listed, I, usize) -> (F, Paths),
    ) -> Population {
        for (index, (api, part)) in self.apis.items.iter().zip(parts).enumerate() {
            for (call, item) in &part.items {
                let (id, name) = named(item);
                let id = id.unwrap_or_default();
                let name = format!("{} / {}", api.name, name.unwrap_or_else(|| id.clone()));
                let (facts, more) = facts(At::call(self.caller, operation, *call), api, item.clone(), index);
                let paths = [("", vec![*call]), ("api", vec![api.call])].into_iter().chain(more);
                let id = self.ids.child(&api.id, collection, &id);
                self.run.found(&Resource::new(self.caller.place(), kind, id, name, &facts, sources(paths)));
            }
        }
        population(self.caller, kind, &self.apis.proof, parts)
    }
}
