//! The organization's service and resource control policies: which there are, what they are attached to, and what they deny.

use std::collections::BTreeMap;

use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::{PolicySummary, PolicyTargetSummary, PolicyType};
use futures::future::join_all;

use super::facts::{self, Target};
use super::kinds::{MEMBERSHIP, POLICY, SERVICE};
use super::member::Member;
use crate::aws::{Caller, Listing, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::reading::Reading;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};
use crate::policy::{Document, Effect};

const LIST_POLICIES: Operation = (SERVICE, "ListPolicies");
const LIST_TARGETS_FOR_POLICY: Operation = (SERVICE, "ListTargetsForPolicy");
const DESCRIBE_POLICY: Operation = (SERVICE, "DescribePolicy");
/// The types that bind what principals may do and what may be done to resources.
const TYPES: [PolicyType; 2] = [PolicyType::ServiceControlPolicy, PolicyType::ResourceControlPolicy];

/// A policy with its targets.
pub struct Found {
    pub call: CallId,
    pub told: PolicySummary,
    pub targets: Reading<Option<Vec<Target>>>,
}

/// The policies, as far as they are asked for.
pub struct Policies {
    pub found: Vec<Found>,
    pub proof: Proof,
}

/// Asks for policies and their targets, where wanted.
pub async fn ask(member: &Member<'_>, run: &Run<'_>) -> Option<Policies> {
    let bound = run.wants_fact(MEMBERSHIP, "guardrail_types");
    if !run.wants(POLICY) && !bound {
        return None;
    }
    let with_targets = bound || run.wants_fact(POLICY, "targets");
    let [one, other] = TYPES.map(|kind| list(member.caller, kind));
    let (one, other) = tokio::join!(one, other);
    let read = |listing| Proof::of(member.caller, LIST_POLICIES, listing, |policy: &PolicySummary| policy.id.clone());
    let ((mut told, proof), (more, rest)) = (read(one), read(other));
    told.extend(more);
    let proof = member.true_proof(proof).and(&member.true_proof(rest));
    let each = told.into_iter().map(|(call, told)| async move {
        let targets = targets(member, run, &told, with_targets).await;
        Found { call, told, targets }
    });
    Some(Policies { found: join_all(each).await, proof })
}

async fn list(caller: &Caller, kind: PolicyType) -> Listing<PolicySummary> {
    let client = caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.list_policies().filter(kind.clone()).set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_organizations::operation::list_policies::ListPoliciesOutput| Page {
        items: output.policies.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    caller.list(LIST_POLICIES, send, page).await
}

async fn targets(member: &Member<'_>, run: &Run<'_>, told: &PolicySummary, wanted: bool) -> Reading<Option<Vec<Target>>> {
    if !wanted {
        return Reading::unasked(member.caller, run, POLICY, "targets");
    }
    if told.aws_managed {
        return Reading::known(None, Vec::new());
    }
    let client = member.caller.client(Client::new);
    let id = told.id.clone().unwrap_or_default();
    let send = |token: Option<String>, tap| {
        client.list_targets_for_policy().policy_id(&id).set_next_token(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_organizations::operation::list_targets_for_policy::ListTargetsForPolicyOutput| Page {
        items: output.targets.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = member.caller.list(LIST_TARGETS_FOR_POLICY, send, page).await;
    let (found, proof) = Proof::of(member.caller, LIST_TARGETS_FOR_POLICY, listing, |told: &PolicyTargetSummary| told.target_id.clone());
    Reading::of_list(member.caller, (found, member.true_proof(proof)), |told| Some(sorted(told)))
}

fn sorted(told: Vec<PolicyTargetSummary>) -> Vec<Target> {
    let one = |told: PolicyTargetSummary| {
        let id = told.target_id.unwrap_or_default();
        let kind = told.r#type.map(|word| word.as_str().to_owned()).unwrap_or_default();
        (id.clone(), Target { target_id: id, name: told.name.unwrap_or_default(), r#type: kind })
    };
    told.into_iter().map(one).collect::<BTreeMap<_, _>>().into_values().collect()
}

/// Hands on the policies, with their documents where wanted.
pub async fn hand_on(member: &Member<'_>, run: &Run<'_>, policies: &Policies) -> Population {
    let documents = join_all(policies.found.iter().map(|found| document(member, run, &found.told))).await;
    for (found, document) in policies.found.iter().zip(documents) {
        let at = At::call(member.caller, LIST_POLICIES, found.call);
        let told = &found.told;
        let facts = facts::Policy {
            policy_id: at.need(told.id.clone(), "Id"),
            arn: at.need(told.arn.clone(), "Arn"),
            name: at.need(told.name.clone(), "Name"),
            r#type: at.need(told.r#type.as_ref().map(|word| word.as_str().to_owned()), "Type"),
            aws_managed: told.aws_managed.into(),
            targets: found.targets.fact.clone(),
            statements: document.fact.clone().map(|(count, _)| count),
            denying_statements: document.fact.map(|(_, denying)| denying),
        };
        let paths = [
            ("", vec![found.call]),
            ("targets", found.targets.calls.clone()),
            ("statements", document.calls.clone()),
            ("denying_statements", document.calls),
        ];
        let id = told.arn.clone().or_else(|| told.id.clone()).unwrap_or_default();
        let name = told.name.clone().unwrap_or_default();
        run.found(&Resource::new(member.caller.place(), POLICY, id, name, &facts, sources(paths)));
    }
    policies.proof.population(member.caller, POLICY, policies.found.len() as u64, None)
}

async fn document(member: &Member<'_>, run: &Run<'_>, told: &PolicySummary) -> Reading<(i64, Vec<String>)> {
    if !run.wants_fact(POLICY, "statements") {
        return Reading::unasked(member.caller, run, POLICY, "statements");
    }
    let client = member.caller.client(Client::new);
    let id = told.id.clone().unwrap_or_default();
    let reply = member.caller.ask(DESCRIBE_POLICY, |tap| client.describe_policy().policy_id(id).customize().interceptor(tap).send()).await;
    let reply = reply.map_err(|mut refusal| {
        refusal.gap = member.true_reason(refusal.gap);
        refusal
    });
    Reading::of(member.caller, DESCRIBE_POLICY, reply, |at, output| {
        let Some(text) = output.policy.and_then(|policy| policy.content) else { return at.need(None, "Content") };
        at.read(denying(&text))
    })
}

/// Number of statements, and those that deny.
fn denying(text: &str) -> Result<(i64, Vec<String>), String> {
    let document = Document::parse(text).map_err(|error| format!("the policy cannot be read: {error}"))?;
    let trouble = document.statements.iter().filter_map(|statement| statement.trouble.clone()).next();
    if let Some(why) = document.trouble.or(trouble) {
        return Err(format!("the policy is not understood: {why}"));
    }
    let deny = document.statements.iter().filter(|statement| statement.effect == Some(Effect::Deny));
    let named = deny.map(|statement| statement.shown.to_string()).collect();
    Ok((i64::try_from(document.statements.len()).unwrap_or(i64::MAX), named))
}

/// Known targets of the organization's own policies, by type; absent where any is not known.
pub fn attached(member: &Member<'_>, policies: &Policies) -> Reading<Vec<(String, Vec<Target>)>> {
    let mut calls = policies.proof.calls.clone();
    calls.extend(policies.found.iter().flat_map(|found| found.targets.calls.iter().copied()));
    if let Some(gap) = policies.proof.noted(member.caller) {
        return Reading::absent(gap, calls);
    }
    let mut all = Vec::new();
    for found in policies.found.iter().filter(|found| !found.told.aws_managed) {
        let kind = found.told.r#type.as_ref().map(|word| word.as_str().to_owned()).unwrap_or_default();
        match &found.targets.fact {
            Fact::Absent(gap) => return Reading::absent(gap.clone(), calls),
            Fact::Known(targets) => all.push((kind, targets.clone().unwrap_or_default())),
        }
    }
    Reading::known(all, calls)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_denies_is_counted_and_what_is_not_understood_is_no_answer() {
        let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
            {"Sid":"StayIn","Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}]}"#;
        let (count, denying_ones) = denying(policy).expect("a policy");
        assert_eq!((count, denying_ones.len()), (2, 1));
        assert!(denying_ones[0].contains("StayIn"), "{denying_ones:?}");
        assert!(denying("no JSON").is_err());
        assert!(denying(r#"{"Version":"2012-10-17","Statement":[{"Effect":"Refuse","Action":"*","Resource":"*"}]}"#).is_err());
    }
}
