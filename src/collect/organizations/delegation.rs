//! Who administers what for the organization: its resource policy, services with trusted access, delegated administrators.

use std::collections::BTreeSet;

use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::{DelegatedAdministrator as Told, DelegatedService, EnabledServicePrincipal, ResourcePolicy as Policy};
use futures::future::join_all;

use super::facts::{DelegatedAdministrator, ResourcePolicy};
use super::kinds::SERVICE;
use super::member::Member;
use crate::aws::{Caller, Listing, OrWhen as _, Page};
use crate::collect::at::{At, Operation};
use crate::collect::proof::Proof;
use crate::collect::reading::Reading;
use crate::model::{CallId, Fact, Reason};
use crate::policy::{Answer, Document, Trusted};

const DESCRIBE_RESOURCE_POLICY: Operation = (SERVICE, "DescribeResourcePolicy");
const LIST_TRUSTED: Operation = (SERVICE, "ListAWSServiceAccessForOrganization");
const LIST_ADMINISTRATORS: Operation = (SERVICE, "ListDelegatedAdministrators");
const LIST_SERVICES: Operation = (SERVICE, "ListDelegatedServicesForAccount");
/// The code with which AWS says that there is no resource policy.
const NO_POLICY: &str = "ResourcePolicyNotFoundException";

/// Actions of which each lets an account manage policies.
const POLICY_ACTIONS: [&str; 5] = [
    "organizations:CreatePolicy",
    "organizations:UpdatePolicy",
    "organizations:DeletePolicy",
    "organizations:AttachPolicy",
    "organizations:DetachPolicy",
];

/// Services that support a delegated administrator, by the principal under which they are trusted, as the Organizations User Guide says
/// on *AWS services that you can use with AWS Organizations*. A service that is not here is not asked to have one.
const DELEGABLE: [&str; 36] = [
    "access-analyzer.amazonaws.com",
    "account.amazonaws.com",
    "auditmanager.amazonaws.com",
    "backup.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "compute-optimizer.amazonaws.com",
    "config-multiaccountsetup.amazonaws.com",
    "config.amazonaws.com",
    "cost-optimization-hub.bcm.amazonaws.com",
    "detective.amazonaws.com",
    "devops-guru.amazonaws.com",
    "ec2.amazonaws.com",
    "fms.amazonaws.com",
    "guardduty.amazonaws.com",
    "health.amazonaws.com",
    "iam.amazonaws.com",
    "inspector2.amazonaws.com",
    "ipam.amazonaws.com",
    "license-manager.amazonaws.com",
    "macie.amazonaws.com",
    "malware-protection.guardduty.amazonaws.com",
    "member.org.stacksets.cloudformation.amazonaws.com",
    "networkmanager.amazonaws.com",
    "notifications.amazon.com",
    "reachabilityanalyzer.networkinsights.amazonaws.com",
    "reporting.trustedadvisor.amazonaws.com",
    "resource-explorer-2.amazonaws.com",
    "securityhub.amazonaws.com",
    "securitylake.amazonaws.com",
    "security-ir.amazonaws.com",
    "servicecatalog.amazonaws.com",
    "ssm-quicksetup.amazonaws.com",
    "ssm.amazonaws.com",
    "sso.amazonaws.com",
    "storage-lens.s3.amazonaws.com",
    "wellarchitected.amazonaws.com",
];

/// The organization's resource policy.
pub async fn resource_policy(member: &Member<'_>) -> Reading<Option<ResourcePolicy>> {
    let client = member.caller.client(Client::new);
    let send = |tap| client.describe_resource_policy().customize().interceptor(tap).send();
    let reply = member.caller.ask(DESCRIBE_RESOURCE_POLICY, send).await.map(|answer| answer.map(Some)).or_when(NO_POLICY, None);
    let reply = reply.map_err(|mut refusal| {
        refusal.gap = member.true_reason(refusal.gap);
        refusal
    });
    let manager = member.seen().map(|seen| seen.management_account_id.clone()).unwrap_or_default();
    Reading::of(member.caller, DESCRIBE_RESOURCE_POLICY, reply, |at, output| match output {
        None => Fact::Known(None),
        Some(output) => at.need(output.resource_policy, "ResourcePolicy").map(|policy| Some(read_policy(at, &policy, &manager))),
    })
}

fn read_policy(at: At<'_>, told: &Policy, manager: &str) -> ResourcePolicy {
    let id = told.resource_policy_summary.as_ref().and_then(|summary| summary.id.clone());
    let document = at.need(told.content.as_deref(), "Content").map(|text| Document::parse(text).map_err(|error| error.to_string()));
    let (policy_administrators, statements) = match document {
        Fact::Absent(gap) => (Fact::Absent(gap.clone()), Fact::Absent(gap)),
        Fact::Known(Err(error)) => {
            let gap = at.note(Reason::Failed, format!("the resource policy cannot be read: {error}"));
            (Fact::Absent(gap.clone()), Fact::Absent(gap))
        }
        Fact::Known(Ok(document)) => {
            let count = i64::try_from(document.statements.len()).unwrap_or(i64::MAX);
            (at.read(policy_administrators(&document, manager)), count.into())
        }
    };
    ResourcePolicy { id: at.need(id, "Id"), policy_administrators, statements }
}

/// Accounts beside the management account that may manage policies.
fn policy_administrators(document: &Document, manager: &str) -> Result<Vec<String>, String> {
    let trusted = Trusted { accounts: vec![manager.to_owned()], organizations: Vec::new() };
    let mut accounts = BTreeSet::new();
    for action in POLICY_ACTIONS {
        match document.allowing(action).outside_accounts(&trusted) {
            Answer::No => {}
            Answer::Unknown(why) => return Err(format!("the resource policy does not settle it: {why}")),
            Answer::Yes(outside) => accounts.extend(outside.iter().map(|one| one.who.account().unwrap_or("*").to_owned())),
        }
    }
    Ok(accounts.into_iter().collect())
}

/// Services with trusted access.
pub async fn trusted_services(member: &Member<'_>) -> Reading<Vec<String>> {
    let client = member.caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.list_aws_service_access_for_organization().set_next_token(token).customize().interceptor(tap).send()
    };
    type Output = aws_sdk_organizations::operation::list_aws_service_access_for_organization::ListAwsServiceAccessForOrganizationOutput;
    let page =
        |output: Output| Page { items: output.enabled_service_principals.unwrap_or_default(), token: output.next_token, truncated: false };
    let listing = member.caller.list(LIST_TRUSTED, send, page).await;
    let (found, proof) = Proof::of(member.caller, LIST_TRUSTED, listing, |one: &EnabledServicePrincipal| one.service_principal.clone());
    Reading::of_list(member.caller, (found, member.true_proof(proof)), |told| {
        let names: BTreeSet<String> = told.into_iter().filter_map(|one| one.service_principal).collect();
        names.into_iter().collect()
    })
}

/// Accounts that administer services, each with these.
pub async fn administrators(member: &Member<'_>) -> Reading<Vec<DelegatedAdministrator>> {
    let client = member.caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.list_delegated_administrators().set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_organizations::operation::list_delegated_administrators::ListDelegatedAdministratorsOutput| Page {
        items: output.delegated_administrators.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = member.caller.list(LIST_ADMINISTRATORS, send, page).await;
    let (found, proof) = Proof::of(member.caller, LIST_ADMINISTRATORS, listing, |one: &Told| one.id.clone());
    let mut whole = member.true_proof(proof);
    let ids: Vec<(CallId, String)> = found.into_iter().filter_map(|(call, one)| Some((call, one.id?))).collect();
    let lists = join_all(ids.iter().map(|(_, id)| services(member.caller, id))).await;
    let mut all = Vec::new();
    for ((call, id), listing) in ids.into_iter().zip(lists) {
        let (services, proof) = Proof::of(member.caller, LIST_SERVICES, listing, |one: &DelegatedService| one.service_principal.clone());
        whole = whole.and(&member.true_proof(proof));
        let names: BTreeSet<String> = services.into_iter().filter_map(|(_, one)| one.service_principal).collect();
        all.push((call, DelegatedAdministrator { account_id: id, services: names.into_iter().collect() }));
    }
    Reading::of_list(member.caller, (all, whole), |mut told| {
        told.sort_by(|a, b| a.account_id.cmp(&b.account_id));
        told
    })
}

async fn services(caller: &Caller, account: &str) -> Listing<DelegatedService> {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.list_delegated_services_for_account().account_id(account).set_next_token(token).customize().interceptor(tap).send()
    };
    type Output = aws_sdk_organizations::operation::list_delegated_services_for_account::ListDelegatedServicesForAccountOutput;
    let page = |output: Output| Page { items: output.delegated_services.unwrap_or_default(), token: output.next_token, truncated: false };
    caller.list(LIST_SERVICES, send, page).await
}

/// Trusted services that support a delegated administrator and have none beside the management account.
pub fn without_delegate(trusted: &[String], administrators: &[DelegatedAdministrator], manager: &str) -> Vec<String> {
    let others = administrators.iter().filter(|one| one.account_id != manager);
    let delegated: BTreeSet<&String> = others.flat_map(|one| &one.services).collect();
    trusted.iter().filter(|service| DELEGABLE.contains(&service.as_str()) && !delegated.contains(service)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANAGER: &str = "111122223333";

    fn administrators_of(text: &str) -> Result<Vec<String>, String> {
        policy_administrators(&Document::parse(text).expect("a policy"), MANAGER)
    }

    #[test]
    fn only_who_may_manage_policies_is_their_administrator() {
        let policy = |principal: &str, action: &str| {
            format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":{action},"Resource":"*"}}]}}"#
            )
        };
        let tools = "arn:aws:iam::444455556666:root";
        assert_eq!(administrators_of(&policy(tools, r#""organizations:AttachPolicy""#)), Ok(vec!["444455556666".to_owned()]));
        assert_eq!(administrators_of(&policy(tools, r#"["organizations:Describe*","organizations:List*"]"#)), Ok(vec![]));
        assert_eq!(administrators_of(&policy("arn:aws:iam::111122223333:root", r#""organizations:*""#)), Ok(vec![]));
    }

    #[test]
    fn a_service_counts_as_delegated_only_to_another_account_and_only_where_it_can_be() {
        let administrator =
            |account: &str, service: &str| DelegatedAdministrator { account_id: account.to_owned(), services: vec![service.to_owned()] };
        let trusted = ["guardduty.amazonaws.com", "ram.amazonaws.com", "securityhub.amazonaws.com"].map(str::to_owned);
        let own = administrator(MANAGER, "securityhub.amazonaws.com");
        let other = administrator("444455556666", "guardduty.amazonaws.com");
        assert_eq!(without_delegate(&trusted, &[own, other], MANAGER), ["securityhub.amazonaws.com"]);
        assert!(without_delegate(&[], &[], MANAGER).is_empty());
    }

    #[test]
    fn the_table_of_services_has_each_once() {
        let unique: BTreeSet<&str> = DELEGABLE.into_iter().collect();
        assert_eq!(unique.len(), DELEGABLE.len());
    }
}
