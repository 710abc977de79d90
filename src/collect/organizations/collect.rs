//! Collects what one account can tell of its organization.

use super::delegation;
use super::facts::{DelegatedAdministrator, Membership, ResourcePolicy};
use super::guardrails::{Shape, binding_types};
use super::kinds::{ACCOUNT, MEMBERSHIP, POLICY, UNIT};
use super::member::{Member, Seen};
use super::policies::{self, Policies};
use super::tree::{self, Tree};
use crate::aws::Caller;
use crate::collect::at::sources;
use crate::collect::proof::singleton;
use crate::collect::reading::{Reading, part};
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};

/// Collects the kinds of one account. `accounts` are those of the run that were entered.
pub async fn collect(caller: &Caller, accounts: &[String], run: &Run<'_>) -> Vec<Population> {
    let member = Member::ask(caller, accounts).await;
    let asks = member.seen().is_some() && !member.managed_here;
    let (tree, policies) = if asks { tokio::join!(tree::ask(&member, run), policies::ask(&member, run)) } else { (None, None) };
    let mut populations = Vec::new();
    if run.wants(MEMBERSHIP) {
        populations.push(membership(&member, run, tree.as_ref(), policies.as_ref()).await);
    }
    for kind in [UNIT, ACCOUNT, POLICY].into_iter().filter(|kind| run.wants(kind)) {
        let found = match (member.settled_population(kind), &tree, &policies) {
            (Some(population), ..) => Some(population),
            (None, Some(tree), _) if kind == UNIT => Some(tree::hand_on_units(&member, run, tree)),
            (None, Some(tree), _) if kind == ACCOUNT => Some(tree::hand_on_accounts(&member, run, tree)),
            (None, _, Some(policies)) => Some(policies::hand_on(&member, run, policies).await),
            (None, ..) => None,
        };
        populations.extend(found.map(|population| because_of(&member, population)));
    }
    populations
}

/// Cites, before the calls that listed a population, what says that this account may list it.
fn because_of(member: &Member<'_>, mut population: Population) -> Population {
    let first = member.organization.calls.iter().filter(|call| !population.calls.contains(call)).copied().collect::<Vec<_>>();
    population.calls.splice(0..0, first);
    population
}

async fn membership(member: &Member<'_>, run: &Run<'_>, tree: Option<&Tree>, policies: Option<&Policies>) -> Population {
    let caller = member.caller;
    let (policy, trusted, administrators) =
        tokio::join!(resource_policy(member, run), trusted_services(member, run), administrators(member, run));
    let types = answered(member, run, "enabled_policy_types", || enabled_policy_types(member, tree));
    let guardrails = answered(member, run, "guardrail_types", || guardrail_types(member, tree, policies));
    let alone = answered(member, run, "services_without_delegate", || without_delegate(member, &trusted, &administrators));
    let organization = &member.organization;
    let of = |text: fn(&Seen) -> &String| part(&organization.fact, |seen| seen.as_ref().map(|seen| text(seen).clone()));
    let is_manager = part(&organization.fact, |seen| seen.as_ref().is_some_and(|seen| seen.management_account_id == caller.account()));
    let calls = |more: &[CallId]| [organization.calls.as_slice(), more].concat();
    let paths = [
        ("", calls(&[])),
        ("enabled_policy_types", calls(&types.calls)),
        ("guardrail_types", calls(&guardrails.calls)),
        ("resource_policy", calls(&policy.calls)),
        ("trusted_services", calls(&trusted.calls)),
        ("delegated_administrators", calls(&administrators.calls)),
        ("services_without_delegate", calls(&alone.calls)),
    ];
    let facts = Membership {
        in_organization: part(&organization.fact, Option::is_some),
        organization_id: of(|seen| &seen.id),
        feature_set: of(|seen| &seen.feature_set),
        management_account_id: of(|seen| &seen.management_account_id),
        speaks_for_organization: part(&organization.fact, |seen| seen.is_some() && !member.managed_here),
        is_management_account: is_manager,
        enabled_policy_types: types.fact,
        guardrail_types: guardrails.fact,
        resource_policy: policy.fact,
        trusted_services: trusted.fact,
        delegated_administrators: administrators.fact,
        services_without_delegate: alone.fact,
    };
    let id = format!("arn:{}:organizations::{}:membership", caller.partition(), caller.account());
    run.found(&Resource::new(caller.place(), MEMBERSHIP, id, "membership in an organization".to_owned(), &facts, sources(paths)));
    singleton(caller, MEMBERSHIP, organization.calls.clone())
}

/// What stands in place of a fact that is not asked for, if it is not.
fn settled<T>(member: &Member<'_>, run: &Run<'_>, fact: &str) -> Option<Reading<Option<T>>> {
    if !run.wants_fact(MEMBERSHIP, fact) {
        return Some(Reading::unasked(member.caller, run, MEMBERSHIP, fact));
    }
    match &member.organization.fact {
        Fact::Absent(gap) => Some(Reading::absent(gap.clone(), Vec::new())),
        Fact::Known(None) => Some(Reading::known(None, Vec::new())),
        Fact::Known(Some(_)) if member.managed_here => Some(Reading::absent(member.caller.note(member.left_to_manager()), Vec::new())),
        Fact::Known(Some(_)) => None,
    }
}

fn answered<T>(member: &Member<'_>, run: &Run<'_>, fact: &str, read: impl FnOnce() -> Option<Reading<T>>) -> Reading<Option<T>> {
    if let Some(reading) = settled(member, run, fact) {
        return reading;
    }
    match read() {
        Some(reading) => Reading { fact: reading.fact.map(Some), calls: reading.calls },
        None => Reading::unasked(member.caller, run, MEMBERSHIP, fact),
    }
}

async fn resource_policy(member: &Member<'_>, run: &Run<'_>) -> Reading<Option<ResourcePolicy>> {
    match settled(member, run, "resource_policy") {
        Some(reading) => reading,
        None => delegation::resource_policy(member).await,
    }
}

/// Asked for itself, and for what is computed from it.
async fn trusted_services(member: &Member<'_>, run: &Run<'_>) -> Reading<Option<Vec<String>>> {
    let fact = if run.wants_fact(MEMBERSHIP, "trusted_services") { "trusted_services" } else { "services_without_delegate" };
    if let Some(reading) = settled(member, run, fact) {
        return reading;
    }
    let told = delegation::trusted_services(member).await;
    Reading { fact: told.fact.map(Some), calls: told.calls }
}

/// As [`trusted_services`].
async fn administrators(member: &Member<'_>, run: &Run<'_>) -> Reading<Option<Vec<DelegatedAdministrator>>> {
    let fact =
        if run.wants_fact(MEMBERSHIP, "delegated_administrators") { "delegated_administrators" } else { "services_without_delegate" };
    if let Some(reading) = settled(member, run, fact) {
        return reading;
    }
    let told = delegation::administrators(member).await;
    Reading { fact: told.fact.map(Some), calls: told.calls }
}

/// Types that are enabled at every root.
fn enabled_policy_types(member: &Member<'_>, tree: Option<&Tree>) -> Option<Reading<Vec<String>>> {
    let (roots, proof) = &tree?.roots;
    Some(Reading::of_list(member.caller, (roots.clone(), proof.clone()), |roots| {
        let enabled = |root: &aws_sdk_organizations::types::Root| -> std::collections::BTreeSet<String> {
            let on = root.policy_types().iter().filter(|kind| kind.status().is_some_and(|status| status.as_str() == "ENABLED"));
            on.filter_map(|kind| kind.r#type()).map(|kind| kind.as_str().to_owned()).collect()
        };
        let all = roots.iter().map(enabled).reduce(|one, other| one.intersection(&other).cloned().collect());
        all.unwrap_or_default().into_iter().collect()
    }))
}

fn guardrail_types(member: &Member<'_>, tree: Option<&Tree>, policies: Option<&Policies>) -> Option<Reading<Vec<String>>> {
    let (tree, attached) = (tree?, policies::attached(member, policies?));
    let proof = tree::accounts_proof(tree);
    let calls = [proof.calls.clone(), attached.calls].concat();
    if let Some(gap) = proof.noted(member.caller) {
        return Some(Reading::absent(gap, calls));
    }
    Some(Reading { fact: attached.fact.map(|attached| binding_types(&shape(member, tree), &attached)), calls })
}

fn shape(member: &Member<'_>, tree: &Tree) -> Shape {
    let roots: Vec<String> = tree.roots.0.iter().filter_map(|(_, root)| root.id.clone()).collect();
    let manager = member.seen().map(|seen| seen.management_account_id.clone()).unwrap_or_default();
    let top = tree.units.iter().filter(|(_, _, node)| node.parent.as_ref().is_some_and(|parent| roots.contains(parent)));
    let under = tree.accounts.iter().filter(|(node, ..)| node.parent.is_none()).flat_map(|(_, accounts, _)| accounts);
    Shape {
        top_units: top.map(|(_, _, node)| node.id.clone()).collect(),
        root_accounts: under.filter_map(|(_, account)| account.id.clone()).filter(|id| *id != manager).collect(),
        roots,
    }
}

fn without_delegate(
    member: &Member<'_>,
    trusted: &Reading<Option<Vec<String>>>,
    administrators: &Reading<Option<Vec<DelegatedAdministrator>>>,
) -> Option<Reading<Vec<String>>> {
    let calls = [trusted.calls.clone(), administrators.calls.clone()].concat();
    let manager = &member.seen()?.management_account_id;
    Some(match (&trusted.fact, &administrators.fact) {
        (Fact::Absent(gap), _) | (_, Fact::Absent(gap)) => Reading::absent(gap.clone(), calls),
        (Fact::Known(trusted), Fact::Known(administrators)) => {
            let (trusted, administrators) = (trusted.as_deref().unwrap_or_default(), administrators.as_deref().unwrap_or_default());
            Reading::known(delegation::without_delegate(trusted, administrators, manager), calls)
        }
    })
}
