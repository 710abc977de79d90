//! S3. Requests go path-style to the bucket's own Region and name the expected owner, so that a bucket deleted and made anew by
//! somebody else is refused and not read.
//!
//! What is not configured is an error with a code of its own, but for versioning and logging, whose answer is then an empty
//! element. The answer of `GetBucketPolicy` is the policy itself, JSON; its row has no root element.
//! `GetBucketLocation` answers with its root element's text alone, empty for us-east-1.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[
    &LIST_BUCKETS,
    &GET_BUCKET_LOCATION,
    &GET_BUCKET_ENCRYPTION,
    &GET_PUBLIC_ACCESS_BLOCK,
    &GET_BUCKET_POLICY,
    &GET_BUCKET_POLICY_STATUS,
    &GET_BUCKET_ACL,
    &GET_BUCKET_OWNERSHIP_CONTROLS,
    &GET_BUCKET_VERSIONING,
    &GET_BUCKET_LOGGING,
    &GET_OBJECT_LOCK_CONFIGURATION,
    &GET_BUCKET_LIFECYCLE_CONFIGURATION,
    &GET_BUCKET_TAGGING,
];

/// `ListBuckets`.
pub static LIST_BUCKETS: Operation = Operation {
    service: "S3",
    name: "ListBuckets",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:ListAllMyBuckets"],
    resources: &["*"],
    root: "ListAllMyBucketsResult",
    required: &["Buckets.Bucket[].Name:text", "Buckets.Bucket[].CreationDate:date", "Buckets.Bucket[].BucketRegion?:text"],
    redact: &[],
    polled: false,
    cli: "s3api list-buckets",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html",
};

/// `GetBucketLocation`.
pub static GET_BUCKET_LOCATION: Operation = Operation {
    service: "S3",
    name: "GetBucketLocation",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetBucketLocation"],
    resources: &["arn:{partition}:s3:::*"],
    root: "LocationConstraint",
    required: &[":string"],
    redact: &[],
    polled: false,
    cli: "s3api get-bucket-location",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html",
};

/// `GetBucketEncryption`.
pub static GET_BUCKET_ENCRYPTION: Operation = Operation {
    service: "S3",
    name: "GetBucketEncryption",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetEncryptionConfiguration"],
    resources: &["arn:{partition}:s3:::*"],
    root: "ServerSideEncryptionConfiguration",
    required: &["Rule[].ApplyServerSideEncryptionByDefault.SSEAlgorithm:text", "Rule[].BucketKeyEnabled?:bool"],
    redact: &[],
    polled: false,
    cli: "s3api get-bucket-encryption",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html",
};

/// `GetPublicAccessBlock`.
pub static GET_PUBLIC_ACCESS_BLOCK: Operation = Operation {
    service: "S3",
    name: "GetPublicAccessBlock",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetBucketPublicAccessBlock"],
    resources: &["arn:{partition}:s3:::*"],
    root: "PublicAccessBlockConfiguration",
    required: &["BlockPublicAcls:bool", "IgnorePublicAcls:bool", "BlockPublicPolicy:bool", "RestrictPublicBuckets:bool"],
    redact: &[],
    polled: false,
    cli: "s3api get-public-access-block",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html",
};

/// `GetBucketPolicy`.
pub static GET_BUCKET_POLICY: Operation = Operation {
    service: "S3",
    name: "GetBucketPolicy",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetBucketPolicy"],
    resources: &["arn:{partition}:s3:::*"],
    root: "",
    required: &["Statement"],
    redact: &[],
    polled: false,
    cli: "s3api get-bucket-policy",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html",
};

/// `GetBucketPolicyStatus`.
pub static GET_BUCKET_POLICY_STATUS: Operation = Operation {
    service: "S3",
    name: "GetBucketPolicyStatus",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetBucketPolicyStatus"],
    resources: &["arn:{partition}:s3:::*"],
    root: "PolicyStatus",
    required: &["IsPublic:bool"],
    redact: &[],
    polled: false,
    cli: "s3api get-bucket-policy-status",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html",
};

/// `GetBucketAcl`.
pub static GET_BUCKET_ACL: Operation = Operation {
    service: "S3",
    name: "GetBucketAcl",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetBucketAcl"],
    resources: &["arn:{partition}:s3:::*"],
    root: "AccessControlPolicy",
    required: &["Owner.ID:text", "AccessControlList.Grant[].Grantee:object", "AccessControlList.Grant[].Permission:text"],
    redact: &[],
    polled: false,
    cli: "s3api get-bucket-acl",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html",
};

/// `GetBucketOwnershipControls`.
pub static GET_BUCKET_OWNERSHIP_CONTROLS: Operation = Operation {
    service: "S3",
    name: "GetBucketOwnershipControls",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetBucketOwnershipControls"],
    resources: &["arn:{partition}:s3:::*"],
    root: "OwnershipControls",
    required: &["Rule[].ObjectOwnership:text"],
    redact: &[],
    polled: false,
    cli: "s3api get-bucket-ownership-controls",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html",
};

/// `GetBucketVersioning`.
pub static GET_BUCKET_VERSIONING: Operation = Operation {
    service: "S3",
    name: "GetBucketVersioning",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetBucketVersioning"],
    resources: &["arn:{partition}:s3:::*"],
    root: "VersioningConfiguration",
    required: &["Status?:text", "MfaDelete?:text"],
    redact: &[],
    polled: false,
    cli: "s3api get-bucket-versioning",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html",
};

/// `GetBucketLogging`.
pub static GET_BUCKET_LOGGING: Operation = Operation {
    service: "S3",
    name: "GetBucketLogging",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetBucketLogging"],
    resources: &["arn:{partition}:s3:::*"],
    root: "BucketLoggingStatus",
    required: &["LoggingEnabled?.TargetBucket:text"],
    redact: &[],
    polled: false,
    cli: "s3api get-bucket-logging",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html",
};

/// `GetObjectLockConfiguration`.
pub static GET_OBJECT_LOCK_CONFIGURATION: Operation = Operation {
    service: "S3",
    name: "GetObjectLockConfiguration",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetBucketObjectLockConfiguration"],
    resources: &["arn:{partition}:s3:::*"],
    root: "ObjectLockConfiguration",
    required: &["ObjectLockEnabled:text", "Rule?.DefaultRetention.Mode:text", "Rule?.DefaultRetention.Days|Years:int"],
    redact: &[],
    polled: false,
    cli: "s3api get-object-lock-configuration",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html",
};

/// `GetBucketLifecycleConfiguration`.
pub static GET_BUCKET_LIFECYCLE_CONFIGURATION: Operation = Operation {
    service: "S3",
    name: "GetBucketLifecycleConfiguration",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetLifecycleConfiguration"],
    resources: &["arn:{partition}:s3:::*"],
    root: "LifecycleConfiguration",
    required: &["Rule[].Status:text", "Rule[].Expiration?.Days?:int", "Rule[].Expiration?.Date?:date"],
    redact: &[("Rule[].Filter.Tag.Value", Redact::Named), ("Rule[].Filter.And.Tag[].Value", Redact::Named)],
    polled: false,
    cli: "s3api get-bucket-lifecycle-configuration",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html",
};

/// `GetBucketTagging`.
pub static GET_BUCKET_TAGGING: Operation = Operation {
    service: "S3",
    name: "GetBucketTagging",
    wire: Wire::RestXml,
    effect: Effect::Read,
    actions: &["s3:GetBucketTagging"],
    resources: &["arn:{partition}:s3:::*"],
    root: "Tagging",
    required: &["TagSet.Tag[].Key:text", "TagSet.Tag[].Value:string"],
    redact: &[("TagSet.Tag[].Value", Redact::Named)],
    polled: false,
    cli: "s3api get-bucket-tagging",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html",
};
