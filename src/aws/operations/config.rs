//! AWS Config. The lists are there also where a Region has no recorder or channel. A recorder of another AWS service has no
//! recording group.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[
    &DESCRIBE_CONFIGURATION_RECORDERS,
    &DESCRIBE_CONFIGURATION_RECORDER_STATUS,
    &DESCRIBE_DELIVERY_CHANNELS,
    &GET_DISCOVERED_RESOURCE_COUNTS,
];

/// `DescribeConfigurationRecorders`.
pub static DESCRIBE_CONFIGURATION_RECORDERS: Operation = Operation {
    service: "Config Service",
    name: "DescribeConfigurationRecorders",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["config:DescribeConfigurationRecorders"],
    resources: &["*"],
    root: "",
    required: &[
        "ConfigurationRecorders[].name:text",
        "ConfigurationRecorders[].recordingGroup?.allSupported:bool",
        "ConfigurationRecorders[].recordingGroup?.includeGlobalResourceTypes:bool",
    ],
    redact: &[],
    polled: false,
    cli: "configservice describe-configuration-recorders",
    reference: "https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigurationRecorders.html",
};

/// `DescribeConfigurationRecorderStatus`.
pub static DESCRIBE_CONFIGURATION_RECORDER_STATUS: Operation = Operation {
    service: "Config Service",
    name: "DescribeConfigurationRecorderStatus",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["config:DescribeConfigurationRecorderStatus"],
    resources: &["*"],
    root: "",
    required: &[
        "ConfigurationRecordersStatus[].name:text",
        "ConfigurationRecordersStatus[].recording:bool",
        "ConfigurationRecordersStatus[].lastStartTime?:date",
        "ConfigurationRecordersStatus[].lastStatusChangeTime?:date",
    ],
    redact: &[],
    polled: false,
    cli: "configservice describe-configuration-recorder-status",
    reference: "https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigurationRecorderStatus.html",
};

/// `DescribeDeliveryChannels`.
pub static DESCRIBE_DELIVERY_CHANNELS: Operation = Operation {
    service: "Config Service",
    name: "DescribeDeliveryChannels",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["config:DescribeDeliveryChannels"],
    resources: &["*"],
    root: "",
    required: &["DeliveryChannels[].name:text"],
    redact: &[],
    polled: false,
    cli: "configservice describe-delivery-channels",
    reference: "https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeDeliveryChannels.html",
};

/// `GetDiscoveredResourceCounts`.
pub static GET_DISCOVERED_RESOURCE_COUNTS: Operation = Operation {
    service: "Config Service",
    name: "GetDiscoveredResourceCounts",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["config:GetDiscoveredResourceCounts"],
    resources: &["*"],
    root: "",
    required: &["totalDiscoveredResources:int", "resourceCounts?[].resourceType:text", "resourceCounts?[].count:int"],
    redact: &[],
    polled: false,
    cli: "configservice get-discovered-resource-counts",
    reference: "https://docs.aws.amazon.com/config/latest/APIReference/API_GetDiscoveredResourceCounts.html",
};
