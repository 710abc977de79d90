//! EC2: the Regions of the account, each with its status.

use crate::aws::operation::{Effect, Operation, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&DESCRIBE_REGIONS];

/// `DescribeRegions`.
pub static DESCRIBE_REGIONS: Operation = Operation {
    service: "EC2",
    name: "DescribeRegions",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeRegions"],
    resources: &["*"],
    root: "DescribeRegionsResponse",
    required: &["regionInfo.item[].regionName:text", "regionInfo.item[].optInStatus:text"],
    redact: &[],
    polled: false,
    cli: "ec2 describe-regions",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html",
};
