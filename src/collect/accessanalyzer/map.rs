//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use aws_sdk_accessanalyzer::types::{AnalyzerSummary, FindingSummaryV2};

use super::facts::{Analyzer, Finding, FindingAnalyzer};
use crate::collect::at::At;
use crate::model::Fact;

/// Whether an analyzer of this type looks for access from outside of the account or organization.
pub fn looks_outside(kind: &str) -> bool {
    matches!(kind, "ACCOUNT" | "ORGANIZATION")
}

/// An analyzer.
pub fn analyzer(at: At<'_>, told: &AnalyzerSummary, active_findings: Fact<Option<i64>>) -> Analyzer {
    let kind = at.text(told.r#type.as_str().to_owned(), "type");
    Analyzer {
        arn: at.text(told.arn.clone(), "arn"),
        name: at.text(told.name.clone(), "name"),
        external_access: kind.clone().map(|kind| looks_outside(&kind)),
        r#type: kind,
        status: at.text(told.status.as_str().to_owned(), "status"),
        status_reason: told.status_reason.as_ref().map(|reason| reason.code.as_str().to_owned()).into(),
        created_at: at.instant(Some(told.created_at), "createdAt"),
        last_resource_analyzed_at: at.instant_if_set(told.last_resource_analyzed_at, "lastResourceAnalyzedAt"),
        active_findings,
    }
}

/// A finding of an analyzer.
pub fn finding(at: At<'_>, analyzer: &AnalyzerSummary, told: &FindingSummaryV2) -> Finding {
    Finding {
        finding_id: at.text(told.id.clone(), "id"),
        analyzer: FindingAnalyzer {
            arn: at.text(analyzer.arn.clone(), "arn"),
            name: at.text(analyzer.name.clone(), "name"),
            r#type: at.text(analyzer.r#type.as_str().to_owned(), "type"),
        },
        resource: told.resource.clone().into(),
        resource_type: at.text(told.resource_type.as_str().to_owned(), "resourceType"),
        resource_owner_account: at.text(told.resource_owner_account.clone(), "resourceOwnerAccount"),
        status: at.text(told.status.as_str().to_owned(), "status"),
        finding_type: told.finding_type.as_ref().map(|kind| kind.as_str().to_owned()).into(),
        created_at: at.instant(Some(told.created_at), "createdAt"),
        analyzed_at: at.instant(Some(told.analyzed_at), "analyzedAt"),
        updated_at: at.instant(Some(told.updated_at), "updatedAt"),
        error: told.error.clone().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_analyzers_of_accounts_and_organizations_look_outside() {
        let looks =
            ["ACCOUNT", "ORGANIZATION", "ACCOUNT_UNUSED_ACCESS", "ORGANIZATION_UNUSED_ACCESS", "ACCOUNT_INTERNAL_ACCESS", "account"];
        assert_eq!(looks.map(looks_outside), [true, true, false, false, false, false]);
    }
}
