//! Facts of S3's kinds. Member names are the S3 API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant, OpenMap};

/// `AWS::S3::Bucket`: a bucket, in the Region where it lies. Buckets are listed once per account.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Bucket {
    /// `Name`.
    pub name: Fact<String>,
    /// `BucketRegion`; where the listing does not tell, what S3 says when the bucket is asked.
    pub bucket_region: Fact<String>,
    /// `CreationDate`.
    pub creation_date: Fact<Instant>,
    /// Default encryption of new objects; null where there is no configuration (`ServerSideEncryptionConfigurationNotFoundError`).
    pub encryption: Fact<Option<Encryption>>,
    /// The bucket's own settings; all false where there are none (`NoSuchPublicAccessBlockConfiguration`).
    pub public_access_block: Fact<PublicAccessBlock>,
    /// What is in force: each setting is true where it is true on the bucket or on the account.
    pub effective_public_access_block: Fact<PublicAccessBlock>,
    /// What the bucket policy says; null where there is none (`NoSuchBucketPolicy`).
    pub policy: Fact<Option<Policy>>,
    /// AWS's own verdict on the policy; null where there is no policy, or none of its statements allows anything, so that there is
    /// nothing for AWS to say.
    pub policy_status: Fact<Option<PolicyStatus>>,
    /// The access control list.
    pub acl: Fact<Acl>,
    /// The grants of the access control list to `AllUsers` or `AuthenticatedUsers` that are in force: none where public ACLs are
    /// ignored (`IgnorePublicAcls` of the bucket or the account).
    pub public_grants: Fact<Vec<String>>,
    /// `ObjectOwnership`; null where there are no ownership controls (`OwnershipControlsNotFoundError`).
    pub object_ownership: Fact<Option<String>>,
    /// Versioning and MFA delete.
    pub versioning: Fact<Versioning>,
    /// Where access logs go; null where none are written.
    pub logging: Fact<Option<Logging>>,
    /// Whether a bucket of this account, also this one itself, writes its access logs here.
    pub receives_access_logs: Fact<bool>,
    /// Object Lock; null where it is not enabled (`ObjectLockConfigurationNotFoundError`), as in every bucket without versioning.
    pub object_lock: Fact<Option<ObjectLock>>,
    /// Lifecycle rules in AWS's order; empty where there are none (`NoSuchLifecycleConfiguration`).
    pub lifecycle_rules: Fact<Vec<LifecycleRule>>,
    /// Tags; empty where there are none (`NoSuchTagSet`).
    pub tags: Fact<OpenMap<String>>,
}

/// The rule for new objects without encryption of their own.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Encryption {
    /// `SSEAlgorithm`: `AES256`, `aws:kms` or `aws:kms:dsse`.
    pub sse_algorithm: String,
    /// `KMSMasterKeyID`, as written; null for the AWS managed key, and for `AES256`.
    pub kms_master_key_id: Option<String>,
    /// `BucketKeyEnabled`, null where not given.
    pub bucket_key_enabled: Option<bool>,
    /// `BlockedEncryptionTypes`, sorted.
    pub blocked_encryption_types: Vec<String>,
}

/// The four settings.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PublicAccessBlock {
    /// `BlockPublicAcls`.
    pub block_public_acls: Fact<bool>,
    /// `IgnorePublicAcls`.
    pub ignore_public_acls: Fact<bool>,
    /// `BlockPublicPolicy`.
    pub block_public_policy: Fact<bool>,
    /// `RestrictPublicBuckets`.
    pub restrict_public_buckets: Fact<bool>,
}

/// What a bucket policy says. What the document does not settle is absent, with the reason.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Policy {
    /// A statement lets in everybody, without a condition that keeps strangers out.
    pub public: Fact<bool>,
    /// The statements that do: `statement 2 ("Read")`.
    pub public_statements: Fact<Vec<String>>,
    /// Requests without TLS are refused to everybody, for every action on the bucket and on its objects.
    pub tls_only: Fact<bool>,
    /// The same for reading and writing objects (`s3:GetObject`, `s3:PutObject`) alone.
    pub tls_only_for_objects: Fact<bool>,
    /// Sensitive action to the accounts outside of this one that the policy lets do it; sorted, `*` for a condition that lets in
    /// more than one. An action that nobody outside may do is not in the map.
    pub outside_accounts: OpenMap<Fact<Vec<String>>>,
    /// Number of statements.
    pub statements: i64,
    /// Those of them that allow something.
    pub allowing_statements: i64,
}

/// `GetBucketPolicyStatus`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PolicyStatus {
    /// `IsPublic`.
    pub is_public: bool,
}

/// `GetBucketAcl`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Acl {
    /// Canonical id of the owner.
    pub owner: String,
    /// Each grant: `READ to AllUsers`, `FULL_CONTROL to 79a5…`; in AWS's order.
    pub grants: Vec<String>,
    /// Those to `AllUsers` or `AuthenticatedUsers`.
    pub public_grants: Vec<String>,
}

/// `GetBucketVersioning`.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Versioning {
    /// `Status`: `Enabled` or `Suspended`; null where versioning was never on.
    pub status: Option<String>,
    /// `MfaDelete`: `Enabled` or `Disabled`; null where it was never set.
    pub mfa_delete: Option<String>,
}

/// `GetBucketLogging`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Logging {
    /// `TargetBucket`.
    pub target_bucket: String,
    /// `TargetPrefix`.
    pub target_prefix: String,
}

/// `GetObjectLockConfiguration`.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ObjectLock {
    /// `Mode` of the default retention: `GOVERNANCE` or `COMPLIANCE`; null where there is no default retention.
    pub mode: Option<String>,
    /// Default retention in days, a year counted as 365; null where there is none.
    pub retention_days: Option<i64>,
}

/// A lifecycle rule.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct LifecycleRule {
    /// `ID`, null where AWS gives none.
    pub id: Option<String>,
    /// Whether `Status` is `Enabled`.
    pub enabled: bool,
    /// Beginning of the names of the objects it is for; empty for all.
    pub prefix: String,
    /// `Expiration.Days`: how old current versions get; null where the rule does not end them by age.
    pub expiration_days: Option<i64>,
    /// `Expiration.Date`: from then on every object ends at once; null where there is none.
    pub expiration_date: Option<Instant>,
    /// `NoncurrentVersionExpiration.NoncurrentDays`; null where the rule keeps old versions.
    pub noncurrent_days: Option<i64>,
}

/// `AWS::S3::AccountPublicAccessBlock`: the account's own settings, which hold for all its buckets. All false where there are none
/// (`NoSuchPublicAccessBlockConfiguration`).
#[derive(Debug, Serialize, JsonSchema)]
pub struct AccountPublicAccessBlock {
    /// The settings.
    #[serde(flatten)]
    pub settings: PublicAccessBlock,
}
