//! Facts of Security Hub's kind. Member names are its API's in snake case.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Fact;

/// A hub.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct Hub {
    /// `HubArn`.
    pub hub_arn: Fact<String>,
    /// `SubscribedAt`, as AWS writes it; null where not given.
    pub subscribed_at: Fact<Option<String>>,
    /// `AutoEnableControls`: new controls of enabled standards are switched on by themselves; null where not given.
    pub auto_enable_controls: Fact<Option<bool>>,
    /// `ControlFindingGenerator`: `STANDARD_CONTROL` or `SECURITY_CONTROL`; null where not given.
    pub control_finding_generator: Fact<Option<String>>,
}

/// A standard that the hub judges by.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Standard {
    /// `StandardsArn`.
    pub standards_arn: String,
    /// `StandardsSubscriptionArn`.
    pub standards_subscription_arn: String,
    /// `StandardsStatus`: `READY`, `PENDING`, `INCOMPLETE`, `DELETING`, `FAILED`.
    pub standards_status: String,
}

/// `AWS::SecurityHub::RegionSetting`: whether Security Hub is on in a Region. Each observed Region has one, also without a hub.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RegionSetting {
    /// There is a hub.
    pub enabled: Fact<bool>,
    /// The hub; null where AWS says that the account is not subscribed to Security Hub here.
    pub hub: Fact<Option<Hub>>,
    /// The enabled standards, ordered by ARN; none where there is no hub.
    pub enabled_standards: Fact<Vec<Standard>>,
}
