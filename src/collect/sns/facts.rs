//! Facts of SNS's kind. Names are those of topic attributes in snake case.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Fact;

/// `AWS::SNS::Topic`: a topic of the account.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Topic {
    /// `TopicArn`.
    pub topic_arn: Fact<String>,
    /// Last part of the ARN.
    pub topic_name: Fact<String>,
    /// `Owner`: the account's id.
    pub owner: Fact<String>,
    /// What the topic's policy says.
    pub policy: Fact<Policy>,
    /// `KmsMasterKeyId`; null where messages at rest are not encrypted with a key.
    pub kms_master_key_id: Fact<Option<String>>,
    /// `SubscriptionsConfirmed`.
    pub subscriptions_confirmed: Fact<i64>,
    /// `SubscriptionsPending`.
    pub subscriptions_pending: Fact<i64>,
}

/// What a topic policy says. What the document does not settle is absent, with the reason.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Policy {
    /// A statement lets in everybody, without a condition that keeps strangers out.
    pub public: Fact<bool>,
    /// The statements that do: `statement 2 ("Publish")`.
    pub public_statements: Fact<Vec<String>>,
    /// Accounts other than the topic's own that the policy lets in, sorted; `*` for a condition that lets in more than one.
    pub outside_accounts: Fact<Vec<String>>,
    /// Number of statements.
    pub statements: i64,
}
