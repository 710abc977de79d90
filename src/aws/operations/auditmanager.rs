//! Audit Manager. Members of assessments that name people's roles are removed before anything is stored.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&GET_ACCOUNT_STATUS, &LIST_ASSESSMENTS];

/// `GetAccountStatus`.
pub static GET_ACCOUNT_STATUS: Operation = Operation {
    service: "AuditManager",
    name: "GetAccountStatus",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["auditmanager:GetAccountStatus"],
    resources: &["*"],
    root: "",
    required: &["status:text"],
    redact: &[],
    polled: false,
    cli: "auditmanager get-account-status",
    reference: "https://docs.aws.amazon.com/audit-manager/latest/APIReference/API_GetAccountStatus.html",
};

/// `ListAssessments`.
pub static LIST_ASSESSMENTS: Operation = Operation {
    service: "AuditManager",
    name: "ListAssessments",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["auditmanager:ListAssessments"],
    resources: &["*"],
    root: "",
    required: &[
        "assessmentMetadata[].id:text",
        "assessmentMetadata[].name:text",
        "assessmentMetadata[].status:text",
        "assessmentMetadata[].creationTime:date",
    ],
    redact: &[],
    polled: false,
    cli: "auditmanager list-assessments",
    reference: "https://docs.aws.amazon.com/audit-manager/latest/APIReference/API_ListAssessments.html",
};
