//! KMS's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "KMS";

/// Keys.
pub const KEY: &str = "AWS::KMS::Key";

/// All kinds of KMS.
pub const KINDS: &[Kind] = &[Kind {
    name: KEY,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:kms:{region}:{account}:key/{key id}",
    schema: schema_of::<facts::Key>,
    groups: &[
        FactGroup { facts: &[], operations: &[(SERVICE, "ListKeys")] },
        FactGroup {
            facts: &[
                "key_manager",
                "key_state",
                "enabled",
                "key_spec",
                "key_usage",
                "origin",
                "creation_date",
                "deletion_date",
                "description",
                "multi_region",
                "multi_region_key_type",
                "custom_key_store_id",
                "rotates_itself",
            ],
            operations: &[(SERVICE, "DescribeKey")],
        },
        FactGroup { facts: &["rotation"], operations: &[(SERVICE, "DescribeKey"), (SERVICE, "GetKeyRotationStatus")] },
        FactGroup { facts: &["policy"], operations: &[(SERVICE, "DescribeKey"), (SERVICE, "GetKeyPolicy")] },
        FactGroup { facts: &["aliases"], operations: &[(SERVICE, "ListAliases")] },
    ],
}];
