//! GuardDuty.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_DETECTORS, &GET_DETECTOR];

/// `ListDetectors`.
pub static LIST_DETECTORS: Operation = Operation {
    service: "GuardDuty",
    name: "ListDetectors",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["guardduty:ListDetectors"],
    resources: &["*"],
    root: "",
    required: &["detectorIds[]:text"],
    redact: &[],
    polled: false,
    cli: "guardduty list-detectors",
    reference: "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ListDetectors.html",
};

/// `GetDetector`.
pub static GET_DETECTOR: Operation = Operation {
    service: "GuardDuty",
    name: "GetDetector",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["guardduty:GetDetector"],
    resources: &["*"],
    root: "",
    required: &["status:text", "serviceRole:text", "features?[].name:text", "features?[].status:text"],
    redact: &[],
    polled: false,
    cli: "guardduty get-detector",
    reference: "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html",
};
