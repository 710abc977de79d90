//! Settings of which an account has exactly one: root, the password policy, the organization's root features. What could not be read
//! of them is absent; they exist all the same.

use aws_sdk_iam::Client;
use aws_sdk_iam::operation::list_organizations_features::ListOrganizationsFeaturesOutput;
use aws_sdk_iam::types::{PasswordPolicy, SummaryKeyType};

use super::credentials::GET_CREDENTIAL_REPORT;
use super::devices::Devices;
use super::facts::{self, RootReport};
use super::kinds::{ORGANIZATIONS_FEATURES, PASSWORD_POLICY, ROOT_USER, SERVICE};
use super::users::{ReportOrGap, observed};
use crate::aws::{Answer, Caller, OrWhen as _, Refusal, Reply};
use crate::collect::at::{At, Operation, lacks, sources};
use crate::collect::proof::singleton;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Reason, Resource, Source};

const GET_ACCOUNT_SUMMARY: Operation = (SERVICE, "GetAccountSummary");
const GET_ACCOUNT_PASSWORD_POLICY: Operation = (SERVICE, "GetAccountPasswordPolicy");
const LIST_ORGANIZATIONS_FEATURES: Operation = (SERVICE, "ListOrganizationsFeatures");
const LIST_VIRTUAL_MFA_DEVICES: Operation = super::devices::LIST_VIRTUAL_MFA_DEVICES;

/// `arn:aws:iam::111122223333:` and what follows.
fn id(caller: &Caller, rest: &str) -> String {
    format!("arn:{}:iam::{}:{rest}", caller.partition(), caller.account())
}

/// The summary's numbers by AWS's names.
pub type Summary = std::collections::BTreeMap<String, i32>;

/// Asks for the summary.
pub async fn summary(caller: &Caller) -> Reply<Summary> {
    let client = caller.client(Client::new);
    let reply = caller.ask(GET_ACCOUNT_SUMMARY, |tap| client.get_account_summary().customize().interceptor(tap).send()).await;
    let named = |(name, count): (SummaryKeyType, i32)| (name.as_str().to_owned(), count);
    reply.map(|answer| answer.map(|output| output.summary_map.unwrap_or_default().into_iter().map(named).collect()))
}

/// Hands on root. `devices` and `report` are `None` where nobody wants them.
pub fn hand_on_root(
    caller: &Caller,
    summary: Reply<Summary>,
    devices: Option<&Devices>,
    report: Option<ReportOrGap<'_>>,
    run: &Run<'_>,
) -> Population {
    let id = id(caller, "root");
    let calls: Vec<CallId> = call_of(&summary).into_iter().collect();
    let numbers = Numbers { caller, summary };
    let (virtual_mfa_device, from) = root_device(caller, &id, devices, run);
    let (credential_report, more) = root_report(caller, report, run);
    let facts = facts::RootUser {
        account_mfa_enabled: numbers.need("AccountMFAEnabled", flag),
        account_access_keys_present: numbers.need("AccountAccessKeysPresent", |count| Ok(i64::from(count))),
        account_password_present: numbers.if_set("AccountPasswordPresent", flag),
        account_signing_certificates_present: numbers.if_set("AccountSigningCertificatesPresent", |count| Ok(i64::from(count))),
        virtual_mfa_device,
        credential_report,
    };
    let sources = sources([("", calls.clone()), ("virtual_mfa_device", from)]).into_iter().chain(more).collect();
    run.found(&Resource::new(caller.place(), ROOT_USER, id, "root".to_owned(), &facts, sources));
    singleton(caller, ROOT_USER, calls)
}

fn call_of<T>(reply: &Reply<T>) -> Option<CallId> {
    match reply {
        Ok(answer) => Some(answer.call),
        Err(refusal) => refusal.gap.call,
    }
}

fn flag(number: i32) -> Result<bool, String> {
    match number {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(format!("the summary says {other} where AWS documents 0 or 1")),
    }
}

/// The summary, as facts.
struct Numbers<'a> {
    caller: &'a Caller,
    summary: Reply<Summary>,
}

impl Numbers<'_> {
    fn if_set<T>(&self, name: &str, read: impl FnOnce(i32) -> Result<T, String>) -> Fact<Option<T>> {
        match &self.summary {
            Err(refusal) => Fact::Absent(self.caller.note(refusal.gap.clone())),
            Ok(answer) => self.at(answer).read(answer.value.get(name).copied().map(read).transpose()),
        }
    }

    fn need<T>(&self, name: &str, read: impl FnOnce(i32) -> Result<T, String>) -> Fact<T> {
        match &self.summary {
            Err(refusal) => Fact::Absent(self.caller.note(refusal.gap.clone())),
            Ok(answer) => self.at(answer).read(answer.value.get(name).copied().ok_or_else(|| lacks(name)).and_then(read)),
        }
    }

    fn at(&self, answer: &Answer<Summary>) -> At<'_> {
        At::call(self.caller, GET_ACCOUNT_SUMMARY, answer.call)
    }
}

/// The virtual device bound to root: known as soon as it is seen, known to be none only where all devices were seen.
fn root_device(caller: &Caller, root: &str, devices: Option<&Devices>, run: &Run<'_>) -> (Fact<Option<String>>, Vec<CallId>) {
    const PATH: &str = "virtual_mfa_device";
    let Some(devices) = devices.filter(|_| run.wants_fact(ROOT_USER, PATH)) else {
        return (Fact::Absent(run.unasked(caller, ROOT_USER, PATH)), Vec::new());
    };
    let is_roots = |user: Option<&aws_sdk_iam::types::User>| user.is_some_and(|user| user.arn == root);
    if let Some((call, device)) = devices.items.iter().find(|(_, device)| is_roots(device.user())) {
        let at = At::call(caller, LIST_VIRTUAL_MFA_DEVICES, *call);
        return (at.text(device.serial_number.clone(), "SerialNumber").map(Some), vec![*call]);
    }
    let fact = devices.proof.noted(caller).map_or(Fact::Known(None), Fact::Absent);
    (fact, devices.proof.calls.clone())
}

fn root_report(caller: &Caller, report: Option<ReportOrGap<'_>>, run: &Run<'_>) -> (Fact<RootReport>, Vec<Source>) {
    const PATH: &str = "credential_report";
    match report.filter(|_| run.wants_fact(ROOT_USER, PATH)) {
        None => (Fact::Absent(run.unasked(caller, ROOT_USER, PATH)), Vec::new()),
        Some(Err(gap)) => (Fact::Absent(caller.note(gap.clone())), sources([(PATH, gap.call.into_iter().collect())])),
        Some(Ok(fetched)) => {
            let at = At::call(caller, GET_CREDENTIAL_REPORT, fetched.call);
            (at.read(fetched.report.root.clone()), vec![observed(PATH, fetched)])
        }
    }
}

/// Collects the password policy.
pub async fn password_policy(caller: &Caller, run: &Run<'_>) -> Population {
    let client = caller.client(Client::new);
    let send = |tap| client.get_account_password_policy().customize().interceptor(tap).send();
    let reply = caller.ask(GET_ACCOUNT_PASSWORD_POLICY, send).await;
    let calls: Vec<CallId> = call_of(&reply).into_iter().collect();
    let answer = reply.and_then(|answer| read_policy(caller, answer)).or_when("NoSuchEntity", None);
    let facts = match answer {
        Ok(answer) => policy_facts(answer.value),
        Err(refusal) => no_policy_facts(&Fact::Absent(caller.note(refusal.gap))),
    };
    let id = id(caller, "account-password-policy");
    let sources = sources([("", calls.clone())]);
    run.found(&Resource::new(caller.place(), PASSWORD_POLICY, id, "password policy".to_owned(), &facts, sources));
    singleton(caller, PASSWORD_POLICY, calls)
}

fn read_policy(
    caller: &Caller,
    answer: Answer<aws_sdk_iam::operation::get_account_password_policy::GetAccountPasswordPolicyOutput>,
) -> Reply<Option<PasswordPolicy>> {
    let Answer { value, call, received } = answer;
    match value.password_policy {
        Some(policy) => Ok(Answer { value: Some(policy), call, received }),
        None => {
            let gap = At::call(caller, GET_ACCOUNT_PASSWORD_POLICY, call).gap(Reason::Failed, lacks("PasswordPolicy"));
            Err(Refusal { status: None, code: None, message: None, received: Some(received), bucket_region: None, gap })
        }
    }
}

fn policy_facts(policy: Option<PasswordPolicy>) -> facts::AccountPasswordPolicy {
    let number = |pick: fn(&PasswordPolicy) -> Option<i32>| Fact::Known(policy.as_ref().and_then(pick).map(i64::from));
    let claim = |pick: fn(&PasswordPolicy) -> bool| Fact::Known(policy.as_ref().map(pick));
    facts::AccountPasswordPolicy {
        exists: policy.is_some().into(),
        minimum_password_length: number(|policy| policy.minimum_password_length),
        require_symbols: claim(|policy| policy.require_symbols),
        require_numbers: claim(|policy| policy.require_numbers),
        require_uppercase_characters: claim(|policy| policy.require_uppercase_characters),
        require_lowercase_characters: claim(|policy| policy.require_lowercase_characters),
        allow_users_to_change_password: claim(|policy| policy.allow_users_to_change_password),
        expire_passwords: claim(|policy| policy.expire_passwords),
        max_password_age: number(|policy| policy.max_password_age),
        password_reuse_prevention: number(|policy| policy.password_reuse_prevention),
        hard_expiry: Fact::Known(policy.as_ref().and_then(|policy| policy.hard_expiry)),
    }
}

fn no_policy_facts(absent: &Fact<()>) -> facts::AccountPasswordPolicy {
    fn like<T>(absent: &Fact<()>) -> Fact<Option<T>> {
        absent.clone().map(|()| None)
    }
    facts::AccountPasswordPolicy {
        exists: absent.clone().map(|()| false),
        minimum_password_length: like(absent),
        require_symbols: like(absent),
        require_numbers: like(absent),
        require_uppercase_characters: like(absent),
        require_lowercase_characters: like(absent),
        allow_users_to_change_password: like(absent),
        expire_passwords: like(absent),
        max_password_age: like(absent),
        password_reuse_prevention: like(absent),
        hard_expiry: like(absent),
    }
}

/// Collects the organization's central management of root.
pub async fn organizations_features(caller: &Caller, run: &Run<'_>) -> Population {
    let client = caller.client(Client::new);
    let send = |tap| client.list_organizations_features().customize().interceptor(tap).send();
    let reply = caller.ask(LIST_ORGANIZATIONS_FEATURES, send).await;
    let calls: Vec<CallId> = call_of(&reply).into_iter().collect();
    let facts = match reply {
        Ok(answer) => features(At::call(caller, LIST_ORGANIZATIONS_FEATURES, answer.call), answer.value),
        Err(refusal) => refused_features(caller, refusal),
    };
    let id = id(caller, "organizations-features");
    let sources = sources([("", calls.clone())]);
    run.found(&Resource::new(caller.place(), ORGANIZATIONS_FEATURES, id, "organizations features".to_owned(), &facts, sources));
    singleton(caller, ORGANIZATIONS_FEATURES, calls)
}

fn features(at: At<'_>, output: ListOrganizationsFeaturesOutput) -> facts::OrganizationsFeatures {
    let mut enabled: Vec<String> =
        output.enabled_features.unwrap_or_default().into_iter().map(|feature| feature.as_str().to_owned()).collect();
    enabled.sort();
    facts::OrganizationsFeatures {
        in_organization: true.into(),
        organization_id: at.need(output.organization_id, "OrganizationId").map(Some),
        enabled_features: enabled.into(),
    }
}

/// What AWS's errors say: outside an organization there is nothing to enable; without trusted access, or with consolidated billing
/// alone, nothing can be enabled; and who may not ask is in an organization.
fn refused_features(caller: &Caller, refusal: Refusal) -> facts::OrganizationsFeatures {
    let code = refusal.code.as_deref().filter(|_| matches!(refusal.status, Some(400..500))).unwrap_or_default();
    let (in_organization, enabled) = match code {
        "OrganizationNotFoundException" => (Some(false), Some(Vec::new())),
        "ServiceAccessNotEnabledException" | "OrganizationNotInAllFeaturesModeException" => (Some(true), Some(Vec::new())),
        "AccountNotManagementOrDelegatedAdministratorException" => (Some(true), None),
        _ => (None, None),
    };
    let organization_id = if in_organization == Some(false) { Some(None) } else { None };
    let gap = || caller.note(refusal.gap.clone());
    facts::OrganizationsFeatures {
        in_organization: in_organization.map_or_else(|| Fact::Absent(gap()), Fact::Known),
        organization_id: organization_id.map_or_else(|| Fact::Absent(gap()), Fact::Known),
        enabled_features: enabled.map_or_else(|| Fact::Absent(gap()), Fact::Known),
    }
}
