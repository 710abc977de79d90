//! Facts of SQS's kind. Member names are the SQS API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::collect::resource_policy::ResourcePolicy;
use crate::model::Fact;

/// `AWS::SQS::Queue`: a queue.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Queue {
    /// `QueueUrl`.
    pub queue_url: Fact<String>,
    /// The last step of the URL.
    pub queue_name: Fact<String>,
    /// The ARN, made from Region, account and name as SQS makes it.
    pub queue_arn: Fact<String>,
    /// What the attribute `Policy` says; null where the queue has none, so that the account's own policies decide alone.
    pub policy: Fact<Option<ResourcePolicy>>,
}
