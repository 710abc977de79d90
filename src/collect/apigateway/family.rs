//! Hands on REST APIs and what belongs to them, with the facts that are joined from their other lists.

use aws_sdk_apigateway::operation::get_account::GetAccountOutput;

use super::apis::{self, Apis, Listed};
use super::calls::{GET_AUTHORIZERS, GET_DEPLOYMENT, GET_GATEWAY_RESPONSES, GET_REQUEST_VALIDATORS, GET_RESOURCES, GET_STAGES};
use super::children::Children;
use super::deployed::{self, Served};
use super::draft::{self, Edited};
use super::facts::{self, Draft};
use super::joined::{Joined, Joiner};
use super::kinds::{AUTHORIZER, DEPLOYED_METHOD, METHOD, REST_API, STAGE};
use super::{authorizers, ids, region, settings, stages};
use crate::aws::{Caller, Reply};
use crate::collect::apigatewayv2::domains::ByApi;
use crate::collect::apigatewayv2::ids::Ids;
use crate::collect::at::{At, sources};
use crate::collect::cloudwatch::watching::Watching;
use crate::collect::parts::{Part, population};
use crate::collect::scope::Run;
use crate::model::{CallId, Population, Resource};

/// The REST APIs of a Region with everything read of them.
pub struct Family<'a> {
    joiner: Joiner<'a>,
    ids: Ids,
    apis: &'a Apis,
    children: &'a Children,
}

/// The part of the API at an index.
fn of<I>(parts: Option<&Vec<Part<I>>>, index: usize) -> Option<&Part<I>> {
    parts.and_then(|parts| parts.get(index))
}

impl<'a> Family<'a> {
    /// Binds APIs to what they have.
    pub fn new(caller: &'a Caller, run: &'a Run<'a>, apis: &'a Apis, children: &'a Children) -> Self {
        Family { joiner: Joiner { caller, run }, ids: Ids::new(caller), apis, children }
    }

    fn caller(&self) -> &'a Caller {
        self.joiner.caller
    }

    fn found(&self, kind: &str, id: String, name: String, facts: &impl serde::Serialize, paths: Vec<(&str, Vec<CallId>)>) {
        self.joiner.run.found(&Resource::new(self.caller().place(), kind, id, name, facts, sources(paths)));
    }

    fn stage_names(&self, index: usize, kind: &str) -> Joined<Vec<String>> {
        self.joiner.whole(GET_STAGES, (kind, "stage_names"), of(self.children.stages.as_ref(), index), apis::stage_names)
    }

    /// Hands on APIs. `by_api` is `None` where nobody wants custom domains.
    pub fn rest_apis(&self, by_api: Option<&ByApi>) -> Population {
        for (index, api) in self.apis.items.iter().enumerate() {
            let (stage_names, stages_from) = self.stage_names(index, REST_API);
            let responses = of(self.children.gateway_responses.as_ref(), index);
            let origins = |responses: Vec<_>| Ok(apis::gateway_origins(&responses));
            let fact = (REST_API, "gateway_response_allow_origins");
            let (gateway_response_allow_origins, origins_from) = self.joiner.whole(GET_GATEWAY_RESPONSES, fact, responses, origins);
            let (custom_domains, domains_from) = match by_api {
                Some(by_api) => (by_api.of(&api.id), by_api.calls.clone()),
                None => self.joiner.unasked((REST_API, "custom_domains")),
            };
            let more = apis::More { stage_names, custom_domains, gateway_response_allow_origins };
            let facts = apis::facts(self.caller(), api, more);
            let paths = vec![
                ("", vec![api.call]),
                ("stage_names", stages_from),
                ("custom_domains", domains_from),
                ("gateway_response_allow_origins", origins_from),
            ];
            self.found(REST_API, ids::api(&self.ids, &api.id), api.name.clone(), &facts, paths);
        }
        self.apis.proof.population(self.caller(), REST_API, self.apis.items.len() as u64, None)
    }

    /// Hands on methods as edited.
    pub fn methods(&self) -> Population {
        let parts = self.children.methods.as_deref().unwrap_or_default();
        for (index, (api, part)) in self.apis.items.iter().zip(parts).enumerate() {
            let (stage_names, stages_from) = self.stage_names(index, METHOD);
            for (call, edited) in &part.items {
                let (authorizer, authorizers_from) = self.authorizer(index, edited);
                let (request_validator, validators_from) = self.validator(index, edited);
                let more = draft::More { authorizer, request_validator, stage_names: stage_names.clone() };
                let facts = draft::facts(At::call(self.caller(), GET_RESOURCES, *call), api.core.clone(), edited, more);
                let id = ids::method(&self.ids, &api.id, edited.resource_id.as_deref().unwrap_or_default(), &edited.verb);
                let paths = vec![
                    ("", vec![*call]),
                    ("rest_api", vec![api.call]),
                    ("authorizer", authorizers_from),
                    ("request_validator", validators_from),
                    ("stage_names", stages_from.clone()),
                ];
                self.found(METHOD, id, format!("{} / draft / {}", api.name, edited.shown()), &facts, paths);
            }
        }
        population(self.caller(), METHOD, &self.apis.proof, parts)
    }

    fn authorizer(&self, index: usize, edited: &Edited) -> Joined<Option<facts::NamedAuthorizer>> {
        let id = edited.method.authorizer_id.as_deref().filter(|id| !id.is_empty());
        let part = of(self.children.authorizers.as_ref(), index);
        self.joiner.member(GET_AUTHORIZERS, (METHOD, "authorizer"), part, id, |one| one.id.as_deref(), draft::named_authorizer)
    }

    fn validator(&self, index: usize, edited: &Edited) -> Joined<Option<facts::RequestValidator>> {
        let id = edited.method.request_validator_id.as_deref().filter(|id| !id.is_empty());
        let part = of(self.children.validators.as_ref(), index);
        let read = |validator: &_| Ok(draft::validator(validator));
        self.joiner.member(GET_REQUEST_VALIDATORS, (METHOD, "request_validator"), part, id, |one| one.id.as_deref(), read)
    }

    /// Hands on methods as deployed. The population is as whole as the stages and each deployment that they serve.
    pub fn deployed_methods(&self) -> Population {
        let served = self.children.served.as_deref().unwrap_or_default();
        let mut parts: Vec<Part<_>> = Vec::new();
        for (index, (api, served)) in self.apis.items.iter().zip(served).enumerate() {
            parts.extend(of(self.children.stages.as_ref(), index).map(|stages| Part { items: Vec::new(), proof: stages.proof.clone() }));
            for served in served {
                self.deployed(index, api, served);
                parts.push(served.methods.clone());
            }
        }
        population(self.caller(), DEPLOYED_METHOD, &self.apis.proof, &parts)
    }

    fn deployed(&self, index: usize, api: &Listed, served: &Served) {
        let at_stage = At::call(self.caller(), GET_STAGES, served.stage_call);
        let no_settings = settings::Settings::new();
        let entries = served.stage.method_settings.as_ref().unwrap_or(&no_settings);
        let stage = served.stage.stage_name.clone().unwrap_or_default();
        for (call, (path, verb, snapshot)) in &served.methods.items {
            let at = At::call(self.caller(), GET_DEPLOYMENT, *call);
            let (draft, drafts_from) = self.draft(index, path, verb);
            let effective = settings::effective(entries, path, verb);
            let facts = facts::DeployedMethod {
                rest_api: api.core.clone(),
                stage_name: at_stage.need(served.stage.stage_name.clone(), "stageName"),
                deployment_id: at_stage.need(Some(served.deployment.clone()).filter(|id| !id.is_empty()), "deploymentId"),
                canary: served.canary.into(),
                percent_traffic: served.percent.into(),
                path: path.clone().into(),
                http_method: verb.clone().into(),
                authorization_type: at.need(snapshot.authorization_type.clone(), "authorizationType"),
                api_key_required: snapshot.api_key_required.into(),
                draft_drift: draft.clone().map(|draft| deployed::drift(snapshot, draft.as_ref())),
                mock_preflight: deployed::mock_preflight(at, path, verb, &draft),
                draft,
                method_settings: at_stage.read(effective.clone().map(|(settings, _)| settings)),
                own_method_settings: at_stage.read(effective.map(|(_, own)| own)),
            };
            let from_stage = ["stage_name", "deployment_id", "canary", "percent_traffic", "method_settings", "own_method_settings"];
            let paths = [("", vec![*call]), ("rest_api", vec![api.call]), ("draft", drafts_from.clone())];
            let both: Vec<CallId> = std::iter::once(*call).chain(drafts_from).collect();
            let joined = [("draft_drift", both.clone()), ("mock_preflight", both)];
            let paths = paths.into_iter().chain(joined).chain(from_stage.map(|fact| (fact, vec![served.stage_call]))).collect();
            let id = ids::deployed_method(&self.ids, &api.id, &stage, served.canary, verb, path);
            self.found(DEPLOYED_METHOD, id, format!("{} / {} / {verb} {path}", api.name, served.shown()), &facts, paths);
        }
    }

    fn draft(&self, index: usize, path: &str, verb: &str) -> Joined<Option<Draft>> {
        let wanted = of(self.children.methods.as_ref(), index).filter(|_| self.joiner.run.wants_fact(DEPLOYED_METHOD, "draft"));
        match wanted {
            None => self.joiner.unasked((DEPLOYED_METHOD, "draft")),
            Some(drafts) => (deployed::draft(self.caller(), GET_RESOURCES, drafts, path, verb), drafts.proof.calls.clone()),
        }
    }

    /// Hands on stages. `account` is `None` where nobody wants the account's limits or its role for logs; `watching` are the Region's
    /// alarms.
    pub fn stages(&self, account: Option<&Reply<GetAccountOutput>>, watching: &Watching) -> Population {
        let parts = self.children.stages.as_deref().unwrap_or_default();
        let limits_from: Vec<CallId> = account.and_then(region::call_of).into_iter().collect();
        for (index, (api, part)) in self.apis.items.iter().zip(parts).enumerate() {
            let methods = of(self.children.methods.as_ref(), index);
            let over_http = |methods: Vec<Edited>| Ok(draft::over_http(&methods));
            let (over_http, methods_from) = self.joiner.whole(GET_RESOURCES, (STAGE, "draft_http_integrations"), methods, over_http);
            for (call, stage) in &part.items {
                let of_account = match account {
                    None => {
                        let unasked = (STAGE, "account_throttle_settings");
                        (self.joiner.unasked(unasked).0, self.joiner.unasked((STAGE, "account_cloudwatch_role_arn")).0)
                    }
                    Some(reply) => (region::limits(self.caller(), reply), region::log_role(self.caller(), reply)),
                };
                let at = At::call(self.caller(), GET_STAGES, *call);
                let name = stage.stage_name.clone().unwrap_or_default();
                let alarms = watching.rest_errors(self.caller(), &api.name, &name);
                let facts = stages::facts(at, api.core.clone(), stage, over_http.clone(), of_account, alarms);
                let paths = vec![
                    ("", vec![*call]),
                    ("rest_api", vec![api.call]),
                    ("draft_http_integrations", methods_from.clone()),
                    ("account_throttle_settings", limits_from.clone()),
                    ("account_cloudwatch_role_arn", limits_from.clone()),
                    ("client_error_alarms", watching.calls.clone()),
                    ("server_error_alarms", watching.calls.clone()),
                ];
                self.found(STAGE, ids::stage(&self.ids, &api.id, &name), format!("{} / {name}", api.name), &facts, paths);
            }
        }
        population(self.caller(), STAGE, &self.apis.proof, parts)
    }

    /// Hands on authorizers.
    pub fn authorizers(&self) -> Population {
        let parts = self.children.authorizers.as_deref().unwrap_or_default();
        for (index, (api, part)) in self.apis.items.iter().zip(parts).enumerate() {
            for (call, authorizer) in &part.items {
                let id = authorizer.id.clone().unwrap_or_default();
                let methods = of(self.children.methods.as_ref(), index);
                let used = |methods: Vec<Edited>| Ok(draft::used_by(&methods, &id));
                let (used, methods_from) = self.joiner.whole(GET_RESOURCES, (AUTHORIZER, "used_by_methods"), methods, used);
                let facts = authorizers::facts(At::call(self.caller(), GET_AUTHORIZERS, *call), api.core.clone(), authorizer, used);
                let name = authorizer.name.clone().unwrap_or_else(|| id.clone());
                let paths = vec![("", vec![*call]), ("rest_api", vec![api.call]), ("used_by_methods", methods_from)];
                self.found(AUTHORIZER, ids::authorizer(&self.ids, &api.id, &id), format!("{} / {name}", api.name), &facts, paths);
            }
        }
        population(self.caller(), AUTHORIZER, &self.apis.proof, parts)
    }
}
