//! Amazon Macie. Names of jobs are the customer's own text.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&GET_MACIE_SESSION, &GET_AUTOMATED_DISCOVERY_CONFIGURATION, &LIST_CLASSIFICATION_JOBS];

/// `GetMacieSession`.
pub static GET_MACIE_SESSION: Operation = Operation {
    service: "Macie2",
    name: "GetMacieSession",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["macie2:GetMacieSession"],
    resources: &["*"],
    root: "",
    required: &["status:text", "createdAt:date", "findingPublishingFrequency:text"],
    redact: &[],
    polled: false,
    cli: "macie2 get-macie-session",
    reference: "https://docs.aws.amazon.com/macie/latest/APIReference/macie.html",
};

/// `GetAutomatedDiscoveryConfiguration`.
pub static GET_AUTOMATED_DISCOVERY_CONFIGURATION: Operation = Operation {
    service: "Macie2",
    name: "GetAutomatedDiscoveryConfiguration",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["macie2:GetAutomatedDiscoveryConfiguration"],
    resources: &["*"],
    root: "",
    required: &["status:text", "firstEnabledAt?:date", "disabledAt?:date"],
    redact: &[],
    polled: false,
    cli: "macie2 get-automated-discovery-configuration",
    reference: "https://docs.aws.amazon.com/macie/latest/APIReference/automated-discovery-configuration.html",
};

/// `ListClassificationJobs`.
pub static LIST_CLASSIFICATION_JOBS: Operation = Operation {
    service: "Macie2",
    name: "ListClassificationJobs",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["macie2:ListClassificationJobs"],
    resources: &["*"],
    root: "",
    required: &["items[].jobId:text", "items[].name:text", "items[].jobStatus:text", "items[].jobType:text", "items[].createdAt:date"],
    redact: &[],
    polled: false,
    cli: "macie2 list-classification-jobs",
    reference: "https://docs.aws.amazon.com/macie/latest/APIReference/jobs-list.html",
};
