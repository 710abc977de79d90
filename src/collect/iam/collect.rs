//! Collects IAM: asks everything that is wanted at once, joins, hands on.

use super::kinds::{
    ACCESS_KEY, GROUP, GROUP_POLICY, INSTANCE_PROFILE, MANAGED_POLICY, OIDC_PROVIDER, ORGANIZATIONS_FEATURES, PASSWORD_POLICY, ROLE,
    ROLE_POLICY, ROOT_USER, SAML_PROVIDER, SERVER_CERTIFICATE, USER, USER_POLICY, VIRTUAL_MFA_DEVICE,
};
use super::{account, credentials, details, devices, principals, users};
use crate::aws::Caller;
use crate::collect::scope::Run;
use crate::model::Population;

/// Runs a future where it is wanted.
async fn when<F: Future>(wanted: bool, future: F) -> Option<F::Output> {
    if wanted { Some(future.await) } else { None }
}

/// Collects the kinds of IAM of one account.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let wants_report = run.wants(ACCESS_KEY) || [USER, ROOT_USER].iter().any(|kind| run.wants_fact(kind, "credential_report"));
    let wants_details =
        run.wants_fact(USER, "authorization") || run.wants_any(&[GROUP, ROLE, MANAGED_POLICY, USER_POLICY, GROUP_POLICY, ROLE_POLICY]);
    let wants_devices = run.wants(VIRTUAL_MFA_DEVICE) || run.wants_fact(ROOT_USER, "virtual_mfa_device");
    let asked = async {
        tokio::join!(
            when(run.wants_any(&[USER, ACCESS_KEY]), users::list(caller)),
            when(wants_report, credentials::fetch(caller)),
            when(wants_details, details::list(caller)),
            when(wants_devices, devices::list(caller)),
            when(run.wants(ROOT_USER), account::summary(caller)),
        )
    };
    let others = async {
        tokio::join!(
            when(run.wants(PASSWORD_POLICY), account::password_policy(caller, run)),
            when(run.wants(ORGANIZATIONS_FEATURES), account::organizations_features(caller, run)),
            when(run.wants(SERVER_CERTIFICATE), devices::server_certificates(caller, run)),
            when(run.wants(INSTANCE_PROFILE), devices::instance_profiles(caller, run)),
            when(run.wants(SAML_PROVIDER), devices::saml_providers(caller, run)),
            when(run.wants(OIDC_PROVIDER), devices::oidc_providers(caller, run)),
        )
    };
    let ((users, report, details, devices, summary), (policy, features, certificates, profiles, saml, oidc)) = tokio::join!(asked, others);
    let report = report.as_ref().map(Result::as_ref);
    let mut populations: Vec<Population> = [policy, features, certificates, profiles, saml, oidc].into_iter().flatten().collect();
    if let Some(summary) = summary {
        populations.push(account::hand_on_root(caller, summary, devices.as_ref(), report, run));
    }
    if let Some(devices) = devices.filter(|_| run.wants(VIRTUAL_MFA_DEVICE)) {
        populations.push(devices::hand_on(caller, &devices, run));
    }
    if let Some(users) = users {
        if let (true, Some(report)) = (run.wants(ACCESS_KEY), report) {
            populations.push(users::hand_on_keys(caller, &users, report, run));
        }
        if run.wants(USER) {
            populations.push(users::hand_on(caller, &users, report, details.as_ref(), run));
        }
    }
    if let Some(details) = details {
        populations.extend(principals::hand_on(caller, details, run));
    }
    populations
}
