//! Facts of Shield's kind. Member names are its API's in snake case.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Fact;

/// A protection of Shield Advanced.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Protection {
    /// `Id`.
    pub id: String,
    /// `Name`.
    pub name: String,
    /// `ResourceArn`.
    pub resource_arn: String,
}

/// `AWS::Shield::AccountSetting`: the account's use of Shield Advanced. Each account has one, also without a subscription.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AccountSetting {
    /// `SubscriptionState`: `ACTIVE` or `INACTIVE`.
    pub subscription_state: Fact<String>,
    /// What is protected, ordered by id; none without a subscription.
    pub protections: Fact<Vec<Protection>>,
}
