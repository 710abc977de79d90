//! Facts of Secrets Manager's kind. Member names are the API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::collect::resource_policy::ResourcePolicy;
use crate::model::{Fact, Instant};

/// `AWS::SecretsManager::Secret`: a secret that is not scheduled for deletion; a replica is a secret of its own Region.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Secret {
    /// `Name`.
    pub name: Fact<String>,
    /// `ARN`.
    pub arn: Fact<String>,
    /// `OwningService`: the AWS service that keeps the secret for itself; null for the account's own.
    pub owning_service: Fact<Option<String>>,
    /// `PrimaryRegion`; null where the secret was never replicated.
    pub primary_region: Fact<Option<String>>,
    /// The primary lies in another Region: rotation is its own affair, and its policy is copied here.
    pub replica: Fact<bool>,
    /// `RotationEnabled`; false where rotation was never set up.
    pub rotation_enabled: Fact<bool>,
    /// `RotationRules.ScheduleExpression`; null where the schedule is given in days, or there is none.
    pub schedule_expression: Fact<Option<String>>,
    /// Days from one rotation to the next: `RotationRules.AutomaticallyAfterDays`, which Secrets Manager computes from the schedule
    /// after each rotation, or before the first one what `rate(…)` says, in days begun. Null where rotation is off; absent where only a `cron(…)` is
    /// told.
    pub rotation_interval_days: Fact<Option<i64>>,
    /// `NextRotationDate`, by which the next rotation is due; in the past where rotations fail. Null where none is due.
    pub next_rotation_date: Fact<Option<Instant>>,
    /// `LastRotatedDate`; null for a secret that was never rotated.
    pub last_rotated_date: Fact<Option<Instant>>,
    /// `LastChangedDate`: when anything of the secret changed last, its value or only its description; null where nothing ever did.
    pub last_changed_date: Fact<Option<Instant>>,
    /// `CreatedDate`.
    pub created_date: Fact<Instant>,
    /// What the resource policy says; null where the secret has none.
    pub policy: Fact<Option<ResourcePolicy>>,
}
