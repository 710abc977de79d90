//! Groups, roles and policies, from `GetAccountAuthorizationDetails`. What is joined over several of its pages (members of a group,
//! holders of a policy) is known only where the listing proved that it ended.

use std::collections::BTreeMap;

use super::details::{Details, GET_ACCOUNT_AUTHORIZATION_DETAILS, Group, Inline, Policy, Role, names};
use super::facts;
use super::kinds::{GROUP, GROUP_POLICY, MANAGED_POLICY, ROLE, ROLE_POLICY, USER_POLICY};
use crate::collect::at::{At, Notes, sources};
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Reason, Resource};

/// Hands on groups, roles and policies of an account, as far as they are wanted.
pub fn hand_on(notes: &dyn Notes, details: Details, run: &Run<'_>) -> Vec<Population> {
    let joined = Joined::of(notes, &details);
    let Details { users, groups, roles, policies, proof } = details;
    let mut counts = Counts { run, notes, counts: BTreeMap::new() };
    for (call, user) in users {
        counts.inline(USER_POLICY, call, (user.arn, user.name), user.inline);
    }
    for (call, group) in groups {
        let holder = (group.arn.clone(), group.name.clone());
        counts.found(GROUP, || joined.group(call, &group));
        counts.inline(GROUP_POLICY, call, holder, group.inline);
    }
    for (call, mut role) in roles {
        let (holder, inline) = ((role.arn.clone(), role.name.clone()), std::mem::take(&mut role.inline));
        counts.found(ROLE, || self::role(notes, call, role, &inline));
        counts.inline(ROLE_POLICY, call, holder, inline);
    }
    for (call, policy) in policies.into_iter().filter(|(_, policy)| policy.matters()) {
        counts.found(MANAGED_POLICY, || joined.policy(call, policy));
    }
    let count = |kind: &str| counts.counts.get(kind).copied().unwrap_or_default();
    let kinds = [GROUP, ROLE, MANAGED_POLICY, USER_POLICY, GROUP_POLICY, ROLE_POLICY];
    kinds.into_iter().filter(|kind| run.wants(kind)).map(|kind| proof.population(notes, kind, count(kind), None)).collect()
}

impl Policy {
    fn is_aws(&self) -> bool {
        self.arn.as_deref().is_some_and(|arn| arn.split(':').nth(4) == Some("aws"))
    }

    /// AWS's own policies that nobody uses are not the account's.
    fn matters(&self) -> bool {
        !self.is_aws() || self.attachments != Some(0) || self.boundaries.is_some_and(|count| count != 0)
    }
}

/// Hands on what is wanted and counts it.
struct Counts<'a> {
    run: &'a Run<'a>,
    notes: &'a dyn Notes,
    counts: BTreeMap<&'static str, u64>,
}

impl Counts<'_> {
    fn found(&mut self, kind: &'static str, resource: impl FnOnce() -> Resource) {
        if self.run.wants(kind) {
            self.run.found(&resource());
            *self.counts.entry(kind).or_default() += 1;
        }
    }

    fn inline(&mut self, kind: &'static str, call: CallId, (arn, name): (Option<String>, Option<String>), policies: Vec<Inline>) {
        let at = At::call(self.notes, GET_ACCOUNT_AUTHORIZATION_DETAILS, call);
        let (arn, name) = (arn.unwrap_or_default(), name.unwrap_or_default());
        for policy in policies {
            self.found(kind, || inline(at, call, kind, (&arn, &name), policy));
        }
    }
}

fn inline(at: At<'_>, call: CallId, kind: &str, (arn, holder): (&str, &str), policy: Inline) -> Resource {
    let name = policy.name.clone().unwrap_or_default();
    let shown = format!("{holder} / {name}");
    let facts = facts::InlinePolicy {
        policy_name: at.need(policy.name, "PolicyName"),
        holder_arn: arn.to_owned().into(),
        holder_name: at.text(holder.to_owned(), "the holder's name"),
        grants: policy.grants.facts(at, &shown),
    };
    Resource::new(at.place(), kind, format!("{arn}/policy/{name}"), shown, &facts, sources([("", vec![call])]))
}

fn role(notes: &dyn Notes, call: CallId, role: Role, inline: &[Inline]) -> Resource {
    let at = At::call(notes, GET_ACCOUNT_AUTHORIZATION_DETAILS, call);
    let (arn, name) = (role.arn.unwrap_or_default(), role.name.clone().unwrap_or_default());
    let path = at.need(role.path, "Path");
    let facts = facts::Role {
        role_name: at.need(role.name, "RoleName"),
        arn: arn.clone().into(),
        create_date: at.instant(role.created, "CreateDate"),
        service_linked: path.clone().map(|path| path.starts_with("/aws-service-role/")),
        identity_center: path.clone().map(|path| path.starts_with("/aws-reserved/sso.amazonaws.com/")),
        path,
        attached_managed_policies: at.read(role.attached),
        role_policy_list: at.read(names(inline)),
        last_used_date: at.instant_if_set(role.last_used, "LastUsedDate"),
        trust: role.trust.facts(at, &name),
        tags: role.tags.into(),
    };
    Resource::new(at.place(), ROLE, arn, name, &facts, sources([("", vec![call])]))
}

/// What is joined over the whole listing.
struct Joined<'a> {
    notes: &'a dyn Notes,
    calls: Vec<CallId>,
    /// Users by group name.
    members: Fact<BTreeMap<String, Vec<String>>>,
    /// Holders by policy ARN.
    holders: Fact<BTreeMap<String, Vec<String>>>,
}

impl<'a> Joined<'a> {
    fn of(notes: &'a dyn Notes, details: &Details) -> Self {
        let gap = details.proof.noted(notes);
        let calls = details.proof.calls.clone();
        if let Some(gap) = gap {
            return Joined { notes, calls, members: Fact::Absent(gap.clone()), holders: Fact::Absent(gap) };
        }
        let at = At::operation(notes, GET_ACCOUNT_AUTHORIZATION_DETAILS);
        let (members, holders) = (members(details), holders(details));
        let whole = |result: Result<_, String>| result.map_or_else(|why| at.absent(Reason::Failed, why), Fact::Known);
        Joined { notes, calls, members: whole(members), holders: whole(holders) }
    }

    fn group(&self, call: CallId, group: &Group) -> Resource {
        let at = At::call(self.notes, GET_ACCOUNT_AUTHORIZATION_DETAILS, call);
        let (arn, name) = (group.arn.clone().unwrap_or_default(), group.name.clone().unwrap_or_default());
        let facts = facts::Group {
            group_name: at.need(group.name.clone(), "GroupName"),
            arn: arn.clone().into(),
            create_date: at.instant(group.created, "CreateDate"),
            attached_managed_policies: at.read(group.attached.clone()),
            group_policy_list: at.read(names(&group.inline)),
            members: of_one(&self.members, &name),
        };
        let sources = sources([("", vec![call]), ("members", self.calls.clone())]);
        Resource::new(at.place(), GROUP, arn, name, &facts, sources)
    }

    fn policy(&self, call: CallId, policy: Policy) -> Resource {
        let at = At::call(self.notes, GET_ACCOUNT_AUTHORIZATION_DETAILS, call);
        let (aws_managed, name) = (policy.is_aws(), policy.name.clone().unwrap_or_default());
        let arn = policy.arn.unwrap_or_default();
        let facts = facts::ManagedPolicy {
            policy_name: at.need(policy.name, "PolicyName"),
            arn: arn.clone().into(),
            aws_managed: aws_managed.into(),
            attachment_count: at.need(policy.attachments.map(i64::from), "AttachmentCount"),
            permissions_boundary_usage_count: at.need(policy.boundaries.map(i64::from), "PermissionsBoundaryUsageCount"),
            attached_to: of_one(&self.holders, &arn),
            default_version_id: at.need(policy.default_version, "DefaultVersionId"),
            update_date: at.instant(policy.updated, "UpdateDate"),
            grants: policy.grants.facts(at, &name),
        };
        let sources = sources([("", vec![call]), ("attached_to", self.calls.clone())]);
        Resource::new(at.place(), MANAGED_POLICY, arn, name, &facts, sources)
    }
}

/// What a join holds for one key; nothing is known to be there where it lacks the key.
fn of_one(joined: &Fact<BTreeMap<String, Vec<String>>>, key: &str) -> Fact<Vec<String>> {
    match joined {
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
        Fact::Known(map) => Fact::Known(map.get(key).cloned().unwrap_or_default()),
    }
}

fn members(details: &Details) -> Result<BTreeMap<String, Vec<String>>, String> {
    let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, user) in &details.users {
        let authorization = user.authorization.as_ref().map_err(Clone::clone)?;
        for group in &authorization.group_list {
            members.entry(group.clone()).or_default().push(user.name.clone().unwrap_or_default());
        }
    }
    members.values_mut().for_each(|names| names.sort());
    Ok(members)
}

fn holders(details: &Details) -> Result<BTreeMap<String, Vec<String>>, String> {
    let of_users = details.users.iter().map(|(_, user)| {
        let authorization = user.authorization.as_ref().map_err(Clone::clone);
        (&user.arn, authorization.map(|authorization| &authorization.attached_managed_policies))
    });
    let of_groups = details.groups.iter().map(|(_, group)| (&group.arn, group.attached.as_ref().map_err(Clone::clone)));
    let of_roles = details.roles.iter().map(|(_, role)| (&role.arn, role.attached.as_ref().map_err(Clone::clone)));
    let mut holders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (arn, attached) in of_users.chain(of_groups).chain(of_roles) {
        for policy in attached? {
            holders.entry(policy.policy_arn.clone()).or_default().push(arn.clone().unwrap_or_default());
        }
    }
    holders.values_mut().for_each(|arns| arns.sort());
    Ok(holders)
}
