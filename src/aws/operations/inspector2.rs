//! Amazon Inspector. What an account has switched on is told of each account, or the account is among those that failed.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&BATCH_GET_ACCOUNT_STATUS, &LIST_FINDINGS];

/// `BatchGetAccountStatus`.
pub static BATCH_GET_ACCOUNT_STATUS: Operation = Operation {
    service: "Inspector2",
    name: "BatchGetAccountStatus",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["inspector2:BatchGetAccountStatus"],
    resources: &["*"],
    root: "",
    required: &[
        "accounts[].accountId:text",
        "accounts[].state.status:text",
        "accounts[].resourceState.ec2.status:text",
        "accounts[].resourceState.ecr.status:text",
        "failedAccounts?[].accountId:text",
        "failedAccounts?[].errorCode:text",
    ],
    redact: &[],
    polled: false,
    cli: "inspector2 batch-get-account-status",
    reference: "https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetAccountStatus.html",
};

/// `ListFindings`.
pub static LIST_FINDINGS: Operation = Operation {
    service: "Inspector2",
    name: "ListFindings",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["inspector2:ListFindings"],
    resources: &["*"],
    root: "",
    required: &[
        "findings[].findingArn:arn",
        "findings[].awsAccountId:text",
        "findings[].type:text",
        "findings[].severity:text",
        "findings[].status:text",
        "findings[].firstObservedAt:date",
        "findings[].lastObservedAt:date",
        "findings[].resources[].id:text",
        "findings[].resources[].type:text",
    ],
    redact: &[],
    polled: false,
    cli: "inspector2 list-findings",
    reference: "https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListFindings.html",
};
