//! EFS. `FileSystems` is there also where it is empty.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&DESCRIBE_FILE_SYSTEMS];

/// `DescribeFileSystems`.
pub static DESCRIBE_FILE_SYSTEMS: Operation = Operation {
    service: "EFS",
    name: "DescribeFileSystems",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["elasticfilesystem:DescribeFileSystems"],
    resources: &["*"],
    root: "",
    required: &[
        "FileSystems[].FileSystemId:text",
        "FileSystems[].CreationTime:date",
        "FileSystems[].LifeCycleState:text",
        "FileSystems[].NumberOfMountTargets:int",
        "FileSystems[].PerformanceMode:text",
        "FileSystems[].Encrypted?:bool",
        "FileSystems[].FileSystemArn?:arn",
    ],
    redact: &[("FileSystems[].Tags[].Value", Redact::Named)],
    polled: false,
    cli: "efs describe-file-systems",
    reference: "https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystems.html",
};
