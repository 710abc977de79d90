//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use aws_sdk_securityhub::operation::describe_hub::DescribeHubOutput;
use aws_sdk_securityhub::types::StandardsSubscription;

use super::facts::{Hub, Standard};
use crate::collect::at::At;

/// A hub.
pub fn hub(at: At<'_>, told: &DescribeHubOutput) -> Hub {
    Hub {
        hub_arn: at.need(told.hub_arn.clone(), "HubArn"),
        subscribed_at: told.subscribed_at.clone().into(),
        auto_enable_controls: told.auto_enable_controls.into(),
        control_finding_generator: told.control_finding_generator.as_ref().map(|word| word.as_str().to_owned()).into(),
    }
}

/// Enabled standards, ordered by ARN.
pub fn standards(told: Vec<StandardsSubscription>) -> Vec<Standard> {
    let one = |told: StandardsSubscription| Standard {
        standards_arn: told.standards_arn.unwrap_or_default(),
        standards_subscription_arn: told.standards_subscription_arn.unwrap_or_default(),
        standards_status: told.standards_status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
    };
    let mut standards: Vec<Standard> = told.into_iter().map(one).collect();
    standards.sort_by(|a, b| a.standards_subscription_arn.cmp(&b.standards_subscription_arn));
    standards
}
