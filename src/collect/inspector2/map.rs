//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use std::collections::BTreeMap;

use aws_sdk_inspector2::operation::batch_get_account_status::BatchGetAccountStatusOutput;
use aws_sdk_inspector2::types::{AccountState, Finding as Told, ResourceState, State};

use super::facts::Finding;
use crate::collect::at::At;
use crate::model::{Gap, Reason};

/// The state of one account among those that AWS tells of.
///
/// # Errors
/// The gap where AWS lists the account among those of which it could not tell, or not at all.
pub fn own<'a>(at: At<'_>, account: &str, told: &'a BatchGetAccountStatusOutput) -> Result<&'a AccountState, Gap> {
    if let Some(state) = told.accounts.iter().find(|state| state.account_id == account) {
        return Ok(state);
    }
    let failed = told.failed_accounts.iter().flatten().find(|failed| failed.account_id == account);
    Err(match failed.map(|failed| failed.error_code.as_str()) {
        Some("ACCESS_DENIED") => at.gap(Reason::Denied, "Inspector answers `ACCESS_DENIED` for the account"),
        Some(code) => at.gap(Reason::Failed, format!("Inspector answers `{code}` for the account")),
        None => at.gap(Reason::Failed, "the answer lacks the account that was asked about"),
    })
}

/// Status by kind of scan.
pub fn resource_status(told: &ResourceState) -> BTreeMap<String, String> {
    let states: [(&str, Option<&State>); 5] = [
        ("EC2", told.ec2()),
        ("ECR", told.ecr()),
        ("LAMBDA", told.lambda()),
        ("LAMBDA_CODE", told.lambda_code()),
        ("CODE_REPOSITORY", told.code_repository()),
    ];
    states.into_iter().filter_map(|(name, state)| Some((name.to_owned(), state?.status.as_str().to_owned()))).collect()
}

/// Kinds of scan that run.
pub fn enabled(status: &BTreeMap<String, String>) -> Vec<String> {
    status.iter().filter(|(_, status)| *status == "ENABLED").map(|(name, _)| name.clone()).collect()
}

/// A finding.
pub fn finding(at: At<'_>, told: &Told) -> Finding {
    let mut resources: Vec<String> = told.resources.iter().map(|resource| resource.id.clone()).collect();
    resources.sort();
    Finding {
        finding_arn: at.text(told.finding_arn.clone(), "findingArn"),
        title: told.title.clone().into(),
        r#type: at.text(told.r#type.as_str().to_owned(), "type"),
        severity: at.text(told.severity.as_str().to_owned(), "severity"),
        status: at.text(told.status.as_str().to_owned(), "status"),
        first_observed_at: at.instant(Some(told.first_observed_at), "firstObservedAt"),
        last_observed_at: at.instant(Some(told.last_observed_at), "lastObservedAt"),
        resource_ids: resources.into(),
        vulnerability_id: told.package_vulnerability_details.as_ref().map(|details| details.vulnerability_id.clone()).into(),
        fix_available: told.fix_available.as_ref().map(|word| word.as_str().to_owned()).into(),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_inspector2::types::{ErrorCode, FailedAccount, Status};

    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    fn failed(code: ErrorCode) -> FailedAccount {
        FailedAccount::builder().account_id("111122223333").error_code(code).error_message("no").build().expect("all members are set")
    }

    #[test]
    fn an_account_that_failed_or_lacks_is_a_gap_and_never_disabled() {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("Inspector2", "BatchGetAccountStatus"), CallId(1));
        let answer = |failed: Option<FailedAccount>| {
            BatchGetAccountStatusOutput::builder().set_accounts(Some(Vec::new())).set_failed_accounts(failed.map(|one| vec![one])).build()
        };
        let reason = |told: Option<FailedAccount>| {
            let told = answer(told).expect("all members are set");
            own(at, "111122223333", &told).map(|_| ()).map_err(|gap| gap.reason)
        };
        assert_eq!(reason(Some(failed(ErrorCode::AccessDenied))), Err(Reason::Denied));
        assert_eq!(reason(Some(failed(ErrorCode::InternalError))), Err(Reason::Failed));
        assert_eq!(reason(None), Err(Reason::Failed));
    }

    #[test]
    fn a_kind_of_scan_that_is_not_told_of_is_not_enabled_and_not_disabled_either() {
        let state = |status: Status| {
            State::builder().status(status).error_code(ErrorCode::InternalError).error_message("").build().expect("all members are set")
        };
        let told = ResourceState::builder().ec2(state(Status::Enabled)).ecr(state(Status::Suspended)).build();
        let status = resource_status(&told);
        assert_eq!(status.keys().collect::<Vec<_>>(), ["EC2", "ECR"]);
        assert_eq!(enabled(&status), ["EC2"]);
    }
}
