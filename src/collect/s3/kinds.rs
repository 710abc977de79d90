//! S3's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "S3";
/// SDK service id of the account's settings.
pub const CONTROL: &str = "S3 Control";

/// Buckets.
pub const BUCKET: &str = "AWS::S3::Bucket";
/// The account's public access block.
pub const ACCOUNT_BLOCK: &str = "AWS::S3::AccountPublicAccessBlock";

const fn group(facts: &'static [&'static str], operations: &'static [(&'static str, &'static str)]) -> FactGroup {
    FactGroup { facts, operations }
}

/// All kinds of S3.
pub const KINDS: &[Kind] = &[
    Kind {
        name: BUCKET,
        scope: KindScope::Global,
        singleton: false,
        id_grammar: "arn:{partition}:s3:::{bucket}",
        schema: schema_of::<facts::Bucket>,
        groups: &[
            group(&[], &[(SERVICE, "ListBuckets"), (SERVICE, "GetBucketLocation")]),
            group(&["encryption"], &[(SERVICE, "GetBucketEncryption")]),
            group(&["public_access_block"], &[(SERVICE, "GetPublicAccessBlock")]),
            group(&["effective_public_access_block"], &[(CONTROL, "GetPublicAccessBlock"), (SERVICE, "GetPublicAccessBlock")]),
            group(&["policy"], &[(SERVICE, "GetBucketPolicy")]),
            group(&["policy_status"], &[(SERVICE, "GetBucketPolicyStatus")]),
            group(&["acl"], &[(SERVICE, "GetBucketAcl")]),
            group(&["public_grants"], &[(CONTROL, "GetPublicAccessBlock"), (SERVICE, "GetPublicAccessBlock"), (SERVICE, "GetBucketAcl")]),
            group(&["object_ownership"], &[(SERVICE, "GetBucketOwnershipControls")]),
            group(&["versioning"], &[(SERVICE, "GetBucketVersioning")]),
            group(&["logging"], &[(SERVICE, "GetBucketLogging")]),
            group(&["receives_access_logs"], &[(SERVICE, "GetBucketLogging")]),
            group(&["object_lock"], &[(SERVICE, "GetObjectLockConfiguration")]),
            group(&["lifecycle_rules"], &[(SERVICE, "GetBucketLifecycleConfiguration")]),
            group(&["tags"], &[(SERVICE, "GetBucketTagging")]),
        ],
    },
    Kind {
        name: ACCOUNT_BLOCK,
        scope: KindScope::Global,
        singleton: true,
        id_grammar: "arn:{partition}:s3::{account}:account-public-access-block",
        schema: schema_of::<facts::AccountPublicAccessBlock>,
        groups: &[group(&[], &[(CONTROL, "GetPublicAccessBlock")])],
    },
];
