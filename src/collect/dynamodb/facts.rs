//! Facts of DynamoDB's kind. Member names are the DynamoDB API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant};

/// `AWS::DynamoDB::Table`: a table; a replica of a global table is a table of its own Region.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Table {
    /// `TableName`.
    pub table_name: Fact<String>,
    /// The ARN, made from account, Region and name as DynamoDB does.
    pub table_arn: Fact<String>,
    /// `TableStatus`: `ACTIVE`, `CREATING`, `INACCESSIBLE_ENCRYPTION_CREDENTIALS`, `ARCHIVED`, …
    pub table_status: Fact<String>,
    /// `CreationDateTime`; null while the table is being made.
    pub creation_date_time: Fact<Option<Instant>>,
    /// `BillingModeSummary.BillingMode`: `PROVISIONED`, `PAY_PER_REQUEST`; null for a table that was always provisioned.
    pub billing_mode: Fact<Option<String>>,
    /// `DeletionProtectionEnabled`; null where not given.
    pub deletion_protection_enabled: Fact<Option<bool>>,
    /// `SSEDescription`; null for a table that is encrypted with a key that AWS owns.
    pub sse_description: Fact<Option<SseDescription>>,
    /// Regions of `Replicas`, sorted; empty for a table of one Region.
    pub replica_regions: Fact<Vec<String>>,
    /// Whose key encrypts the table: `AWS_OWNED` (a key of AWS's own, in nobody's account), `AWS_MANAGED` (the account's
    /// `aws/dynamodb`), `CUSTOMER_MANAGED`. A key in KMS is asked about (`DescribeKey`); one of another account can only be
    /// customer managed.
    pub key_type: Fact<String>,
}

/// Encryption with a key in KMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SseDescription {
    /// `Status`: `ENABLED`, `UPDATING`, …; null where not given.
    pub status: Option<String>,
    /// `SSEType`: `KMS`; null where not given.
    pub sse_type: Option<String>,
    /// `KMSMasterKeyArn`; null where not given.
    pub kms_master_key_arn: Option<String>,
    /// `InaccessibleEncryptionDateTime`: since when DynamoDB cannot use the key; null where it can.
    pub inaccessible_encryption_date_time: Option<Instant>,
}
