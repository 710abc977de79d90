//! `GetAccountAuthorizationDetails`: users, groups, roles and policies on common pages. Documents are judged page by page and
//! dropped, so that memory holds answers, not documents.

use aws_sdk_iam::Client;
use aws_sdk_iam::operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput;
use aws_sdk_iam::types::{AttachedPolicy, GroupDetail, ManagedPolicyDetail, PolicyDetail, RoleDetail, Tag, UserDetail};
use aws_smithy_types::DateTime;

use super::facts;
use super::kinds::SERVICE;
use super::policies::{Grants, Reader, Trust};
use crate::aws::{Caller, Page};
use crate::collect::at::{Operation, lacks};
use crate::collect::proof::Proof;
use crate::model::{CallId, OpenMap};

/// The listing.
pub const GET_ACCOUNT_AUTHORIZATION_DETAILS: Operation = (SERVICE, "GetAccountAuthorizationDetails");

/// Largest page that AWS documents.
const PAGE: i32 = 1000;

/// Everything the listing gave, each with the call of its page.
#[derive(Debug)]
pub struct Details {
    /// Users.
    pub users: Vec<(CallId, User)>,
    /// Groups.
    pub groups: Vec<(CallId, Group)>,
    /// Roles.
    pub roles: Vec<(CallId, Role)>,
    /// Managed policies.
    pub policies: Vec<(CallId, Policy)>,
    /// Whether that is all.
    pub proof: Proof,
}

/// A user.
#[derive(Debug)]
pub struct User {
    pub arn: Option<String>,
    pub name: Option<String>,
    pub authorization: Result<facts::UserAuthorization, String>,
    pub inline: Vec<Inline>,
}

/// A group.
#[derive(Debug)]
pub struct Group {
    pub arn: Option<String>,
    pub name: Option<String>,
    pub created: Option<DateTime>,
    pub attached: Result<Vec<facts::AttachedPolicy>, String>,
    pub inline: Vec<Inline>,
}

/// A role.
#[derive(Debug)]
pub struct Role {
    pub arn: Option<String>,
    pub name: Option<String>,
    pub path: Option<String>,
    pub created: Option<DateTime>,
    pub last_used: Option<DateTime>,
    pub attached: Result<Vec<facts::AttachedPolicy>, String>,
    pub trust: Trust,
    pub tags: OpenMap<String>,
    pub inline: Vec<Inline>,
}

/// A managed policy.
#[derive(Debug)]
pub struct Policy {
    pub arn: Option<String>,
    pub name: Option<String>,
    pub attachments: Option<i32>,
    pub boundaries: Option<i32>,
    pub default_version: Option<String>,
    pub updated: Option<DateTime>,
    pub grants: Grants,
}

/// An inline policy of a user, group or role.
#[derive(Debug)]
pub struct Inline {
    pub name: Option<String>,
    pub grants: Grants,
}

enum Member {
    User(User),
    Group(Group),
    Role(Role),
    Policy(Policy),
}

impl Member {
    fn arn(&self) -> Option<String> {
        match self {
            Member::User(user) => user.arn.clone(),
            Member::Group(group) => group.arn.clone(),
            Member::Role(role) => role.arn.clone(),
            Member::Policy(policy) => policy.arn.clone(),
        }
    }
}

/// Reads everything.
pub async fn list(caller: &Caller) -> Details {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.get_account_authorization_details().max_items(PAGE).set_marker(token).customize().interceptor(tap).send()
    };
    let mut reader = Reader::new(caller.account());
    let listing = caller.list(GET_ACCOUNT_AUTHORIZATION_DETAILS, send, |output| page(output, &mut reader)).await;
    let (members, proof) = Proof::of(caller, GET_ACCOUNT_AUTHORIZATION_DETAILS, listing, Member::arn);
    let mut details = Details { users: Vec::new(), groups: Vec::new(), roles: Vec::new(), policies: Vec::new(), proof };
    for (call, member) in members {
        match member {
            Member::User(user) => details.users.push((call, user)),
            Member::Group(group) => details.groups.push((call, group)),
            Member::Role(role) => details.roles.push((call, role)),
            Member::Policy(policy) => details.policies.push((call, policy)),
        }
    }
    details
}

fn page(output: GetAccountAuthorizationDetailsOutput, reader: &mut Reader<'_>) -> Page<Member> {
    let mut items = Vec::new();
    items.extend(output.user_detail_list.unwrap_or_default().into_iter().map(|detail| Member::User(user(detail, reader))));
    items.extend(output.group_detail_list.unwrap_or_default().into_iter().map(|detail| Member::Group(group(detail, reader))));
    items.extend(output.role_detail_list.unwrap_or_default().into_iter().map(|detail| Member::Role(role(detail, reader))));
    items.extend(output.policies.unwrap_or_default().into_iter().map(|detail| Member::Policy(policy(detail, reader))));
    Page { items, token: output.marker, truncated: output.is_truncated }
}

fn user(detail: UserDetail, reader: &mut Reader<'_>) -> User {
    let inline = inline(detail.user_policy_list, reader);
    let boundary =
        detail.permissions_boundary.map(|boundary| boundary.permissions_boundary_arn.ok_or_else(|| lacks("PermissionsBoundaryArn")));
    let group_list = detail.group_list.ok_or_else(|| lacks("GroupList"));
    let authorization = || {
        Ok(facts::UserAuthorization {
            attached_managed_policies: attached(detail.attached_managed_policies)?,
            user_policy_list: names(&inline)?,
            group_list: sorted(group_list?),
            permissions_boundary_arn: boundary.transpose()?,
            tags: tags(detail.tags),
        })
    };
    User { arn: detail.arn, name: detail.user_name, authorization: authorization(), inline }
}

fn group(detail: GroupDetail, reader: &mut Reader<'_>) -> Group {
    Group {
        arn: detail.arn,
        name: detail.group_name,
        created: detail.create_date,
        attached: attached(detail.attached_managed_policies),
        inline: inline(detail.group_policy_list, reader),
    }
}

fn role(detail: RoleDetail, reader: &mut Reader<'_>) -> Role {
    Role {
        arn: detail.arn,
        name: detail.role_name,
        path: detail.path,
        created: detail.create_date,
        last_used: detail.role_last_used.and_then(|used| used.last_used_date),
        attached: attached(detail.attached_managed_policies),
        trust: reader.trust(detail.assume_role_policy_document.as_deref()),
        tags: tags(detail.tags),
        inline: inline(detail.role_policy_list, reader),
    }
}

fn policy(detail: ManagedPolicyDetail, reader: &mut Reader<'_>) -> Policy {
    let versions = detail.policy_version_list.unwrap_or_default();
    let default = versions.iter().find(|version| version.is_default_version && version.version_id == detail.default_version_id);
    Policy {
        arn: detail.arn,
        name: detail.policy_name,
        attachments: detail.attachment_count,
        boundaries: detail.permissions_boundary_usage_count,
        grants: reader.grants(default.and_then(|version| version.document.as_deref())),
        default_version: detail.default_version_id,
        updated: detail.update_date,
    }
}

fn inline(list: Option<Vec<PolicyDetail>>, reader: &mut Reader<'_>) -> Vec<Inline> {
    let mut one = |detail: PolicyDetail| Inline { grants: reader.grants(detail.policy_document.as_deref()), name: detail.policy_name };
    list.unwrap_or_default().into_iter().map(&mut one).collect()
}

/// Names of inline policies, sorted.
pub fn names(inline: &[Inline]) -> Result<Vec<String>, String> {
    let names: Option<Vec<String>> = inline.iter().map(|policy| policy.name.clone()).collect();
    let mut names = names.ok_or_else(|| lacks("PolicyName"))?;
    names.sort();
    Ok(names)
}

/// AWS sends the list also where it is empty.
fn attached(list: Option<Vec<AttachedPolicy>>) -> Result<Vec<facts::AttachedPolicy>, String> {
    let one = |policy: AttachedPolicy| {
        let policy_arn = policy.policy_arn.ok_or_else(|| lacks("PolicyArn"))?;
        let policy_name = policy.policy_name.ok_or_else(|| lacks("PolicyName"))?;
        Ok(facts::AttachedPolicy { policy_name, policy_arn })
    };
    let mut policies = list.ok_or_else(|| lacks("AttachedManagedPolicies"))?.into_iter().map(one).collect::<Result<Vec<_>, String>>()?;
    policies.sort_by(|a, b| a.policy_arn.cmp(&b.policy_arn));
    Ok(policies)
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

fn tags(list: Option<Vec<Tag>>) -> OpenMap<String> {
    OpenMap(list.unwrap_or_default().into_iter().map(|tag| (tag.key, tag.value)).collect())
}
