//! DynamoDB's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::collect::kms;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "DynamoDB";

/// Tables.
pub const TABLE: &str = "AWS::DynamoDB::Table";

const DESCRIBE_TABLE: (&str, &str) = (SERVICE, "DescribeTable");

/// All kinds of DynamoDB.
pub const KINDS: &[Kind] = &[Kind {
    name: TABLE,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:dynamodb:{region}:{account}:table/{table name}",
    schema: schema_of::<facts::Table>,
    groups: &[
        FactGroup { facts: &[], operations: &[(SERVICE, "ListTables")] },
        FactGroup {
            facts: &[
                "table_status",
                "creation_date_time",
                "billing_mode",
                "deletion_protection_enabled",
                "sse_description",
                "replica_regions",
            ],
            operations: &[DESCRIBE_TABLE],
        },
        FactGroup { facts: &["key_type"], operations: &[DESCRIBE_TABLE, (kms::kinds::SERVICE, "DescribeKey")] },
    ],
}];
