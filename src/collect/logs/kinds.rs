//! CloudWatch Logs' kind: its id, schema, and the operation that fills it.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "CloudWatch Logs";

/// Log groups.
pub const LOG_GROUP: &str = "AWS::Logs::LogGroup";

/// All kinds of CloudWatch Logs.
pub const KINDS: &[Kind] = &[Kind {
    name: LOG_GROUP,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:logs:{region}:{account}:log-group:{name}",
    schema: schema_of::<facts::LogGroup>,
    groups: &[FactGroup { facts: &[], operations: &[(SERVICE, "DescribeLogGroups")] }],
}];
