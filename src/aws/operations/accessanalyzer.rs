//! IAM Access Analyzer. The action of both ways to list findings is `access-analyzer:ListFindings`.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_ANALYZERS, &LIST_FINDINGS_V2];

/// `ListAnalyzers`.
pub static LIST_ANALYZERS: Operation = Operation {
    service: "AccessAnalyzer",
    name: "ListAnalyzers",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["access-analyzer:ListAnalyzers"],
    resources: &["*"],
    root: "",
    required: &[
        "analyzers[].arn:arn",
        "analyzers[].name:text",
        "analyzers[].type:text",
        "analyzers[].status:text",
        "analyzers[].createdAt:date",
        "analyzers[].lastResourceAnalyzedAt?:date",
    ],
    redact: &[],
    polled: false,
    cli: "accessanalyzer list-analyzers",
    reference: "https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListAnalyzers.html",
};

/// `ListFindingsV2`.
pub static LIST_FINDINGS_V2: Operation = Operation {
    service: "AccessAnalyzer",
    name: "ListFindingsV2",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["access-analyzer:ListFindings"],
    resources: &["*"],
    root: "",
    required: &[
        "findings[].id:text",
        "findings[].resourceType:text",
        "findings[].resourceOwnerAccount:text",
        "findings[].status:text",
        "findings[].createdAt:date",
        "findings[].analyzedAt:date",
        "findings[].updatedAt:date",
    ],
    redact: &[],
    polled: false,
    cli: "accessanalyzer list-findings-v2",
    reference: "https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListFindingsV2.html",
};
