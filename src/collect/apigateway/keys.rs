//! API keys and usage plans of a Region. Which keys a plan has is asked plan by plan, and only where a control reads it.

use std::collections::BTreeSet;

use aws_sdk_apigateway::types::{ApiKey, QuotaSettings, ThrottleSettings, UsagePlan, UsagePlanKey};

use super::calls::{self, GET_API_KEYS, GET_USAGE_PLAN_KEYS, GET_USAGE_PLANS};
use super::facts;
use super::kinds::{API_KEY, USAGE_PLAN};
use crate::aws::Caller;
use crate::collect::apigatewayv2::ids::Ids;
use crate::collect::at::{At, lacks, sources};
use crate::collect::parts::{Parent, Part, of_each};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, OpenMap, Population, Resource};

/// The usage plans of a Region.
struct Plans {
    items: Vec<(CallId, UsagePlan)>,
    proof: Proof,
    /// One for each of `items`; `None` where nobody wants keys.
    keys: Option<Vec<Part<UsagePlanKey>>>,
}

/// Collects API keys and usage plans.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let wants_plans_of_keys = run.wants_fact(API_KEY, "usage_plans");
    let wants_keys = wants_plans_of_keys || run.wants_fact(USAGE_PLAN, "key_ids");
    let plans = async { if run.wants(USAGE_PLAN) || wants_plans_of_keys { Some(plans(caller, wants_keys).await) } else { None } };
    let keys = async { if run.wants(API_KEY) { Some(calls::api_keys(caller).await) } else { None } };
    let (plans, keys) = tokio::join!(plans, keys);
    let mut populations = Vec::new();
    if let Some(listing) = keys {
        let (items, proof) = Proof::of(caller, GET_API_KEYS, listing, |key: &ApiKey| key.id.clone());
        let asked = plans.as_ref().filter(|_| wants_plans_of_keys);
        for (call, key) in &items {
            let (usage_plans, from) = match asked {
                None => (Fact::Absent(run.unasked(caller, API_KEY, "usage_plans")), Vec::new()),
                Some(plans) => plans.of_key(caller, key.id.as_deref().unwrap_or_default()),
            };
            hand_on_key(caller, *call, key, (usage_plans, from), run);
        }
        populations.push(proof.population(caller, API_KEY, items.len() as u64, None));
    }
    if let Some(plans) = plans.filter(|_| run.wants(USAGE_PLAN)) {
        populations.push(plans.hand_on(caller, run));
    }
    populations
}

fn hand_on_key(caller: &Caller, call: CallId, key: &ApiKey, (usage_plans, from): (Fact<Vec<String>>, Vec<CallId>), run: &Run<'_>) {
    let at = At::call(caller, GET_API_KEYS, call);
    let id = key.id.clone().unwrap_or_default();
    let name = key.name.clone().filter(|name| !name.is_empty());
    let mut stage_keys = key.stage_keys().to_vec();
    stage_keys.sort();
    let facts = facts::ApiKey {
        id: at.need(key.id.clone(), "id"),
        name: name.clone().into(),
        enabled: key.enabled.into(),
        created_date: at.instant(key.created_date, "createdDate"),
        last_updated_date: at.instant_if_set(key.last_updated_date, "lastUpdatedDate"),
        stage_keys: stage_keys.into(),
        usage_plans,
        tags: OpenMap(key.tags.clone().unwrap_or_default().into_iter().collect()).into(),
    };
    let name = name.unwrap_or_else(|| id.clone());
    let sources = sources([("", vec![call]), ("usage_plans", from)]);
    run.found(&Resource::new(caller.place(), API_KEY, Ids::new(caller).at(&format!("/apikeys/{id}")), name, &facts, sources));
}

async fn plans(caller: &Caller, with_keys: bool) -> Plans {
    let listing = calls::usage_plans(caller).await;
    let (items, proof) = Proof::of(caller, GET_USAGE_PLANS, listing, |plan: &UsagePlan| plan.id.clone());
    let parents: Vec<Parent<'_>> = items.iter().map(|(_, plan)| parent(plan)).collect();
    let list = |plan| calls::usage_plan_keys(caller, plan);
    let keys = if with_keys {
        Some(of_each(caller, &parents, GET_USAGE_PLAN_KEYS, list, |key: &UsagePlanKey| key.id.clone()).await)
    } else {
        None
    };
    drop(parents);
    Plans { items, proof, keys }
}

fn parent(plan: &UsagePlan) -> Parent<'_> {
    let id = plan.id.as_deref().unwrap_or_default();
    Parent { id, shown: format!("usage plan `{}` (`{id}`)", plan.name.as_deref().unwrap_or_default()) }
}

impl Plans {
    /// The plans that a key belongs to: known only where all plans and all their keys are.
    fn of_key(&self, caller: &Caller, id: &str) -> (Fact<Vec<String>>, Vec<CallId>) {
        let parts = self.keys.as_deref().unwrap_or_default();
        let proof = parts.iter().fold(self.proof.clone(), |proof, part| proof.and(&part.proof));
        if let Some(gap) = proof.noted(caller) {
            return (Fact::Absent(gap), proof.calls);
        }
        let has = |part: &Part<UsagePlanKey>| part.items.iter().any(|(_, key)| key.id.as_deref() == Some(id));
        let with_key = self.items.iter().zip(parts).filter(|(_, part)| has(part));
        let names: Option<BTreeSet<String>> = with_key.map(|((_, plan), _)| plan.name.clone()).collect();
        let names = names.map(|names| names.into_iter().collect()).ok_or_else(|| lacks("name"));
        (At::operation(caller, GET_USAGE_PLANS).read(names), proof.calls)
    }

    fn hand_on(self, caller: &Caller, run: &Run<'_>) -> Population {
        let ids = Ids::new(caller);
        let wanted = self.keys.as_deref().filter(|_| run.wants_fact(USAGE_PLAN, "key_ids"));
        for (index, (call, plan)) in self.items.iter().enumerate() {
            let part = wanted.and_then(|parts| parts.get(index));
            let from = part.map(|part| part.proof.calls.clone()).unwrap_or_default();
            let key_ids = match part {
                None => Fact::Absent(run.unasked(caller, USAGE_PLAN, "key_ids")),
                Some(part) => key_ids(caller, part),
            };
            let id = plan.id.clone().unwrap_or_default();
            let name = plan.name.clone().unwrap_or_else(|| id.clone());
            let facts = plan_facts(At::call(caller, GET_USAGE_PLANS, *call), plan, key_ids);
            let sources = sources([("", vec![*call]), ("key_ids", from)]);
            run.found(&Resource::new(caller.place(), USAGE_PLAN, ids.at(&format!("/usageplans/{id}")), name, &facts, sources));
        }
        self.proof.population(caller, USAGE_PLAN, self.items.len() as u64, None)
    }
}

fn key_ids(caller: &Caller, part: &Part<UsagePlanKey>) -> Fact<Vec<String>> {
    if let Some(gap) = part.proof.noted(caller) {
        return Fact::Absent(gap);
    }
    let mut ids: Vec<String> = part.items.iter().filter_map(|(_, key)| key.id.clone()).collect();
    ids.sort();
    Fact::Known(ids)
}

fn plan_facts(at: At<'_>, plan: &UsagePlan, key_ids: Fact<Vec<String>>) -> facts::UsagePlan {
    let stage = |stage: &aws_sdk_apigateway::types::ApiStage| facts::ApiStage { api_id: stage.api_id.clone(), stage: stage.stage.clone() };
    facts::UsagePlan {
        id: at.need(plan.id.clone(), "id"),
        name: at.need(plan.name.clone(), "name"),
        throttle: plan.throttle.as_ref().map(throttle).into(),
        quota: plan.quota.as_ref().map(quota).into(),
        api_stages: plan.api_stages().iter().map(stage).collect::<Vec<_>>().into(),
        key_ids,
        tags: OpenMap(plan.tags.clone().unwrap_or_default().into_iter().collect()).into(),
    }
}

/// Limits of a plan or of the account.
pub fn throttle(throttle: &ThrottleSettings) -> facts::Throttle {
    facts::Throttle { burst_limit: i64::from(throttle.burst_limit), rate_limit: throttle.rate_limit }
}

fn quota(quota: &QuotaSettings) -> facts::Quota {
    facts::Quota { limit: i64::from(quota.limit), period: quota.period.as_ref().map(|word| word.as_str().to_owned()) }
}
