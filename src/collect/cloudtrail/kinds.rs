//! CloudTrail's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "CloudTrail";

/// Trails.
pub const TRAIL: &str = "AWS::CloudTrail::Trail";

/// All kinds of CloudTrail.
pub const KINDS: &[Kind] = &[Kind {
    name: TRAIL,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:cloudtrail:{home region}:{owner account}:trail/{name}",
    schema: schema_of::<facts::Trail>,
    groups: &[
        FactGroup { facts: &[], operations: &[(SERVICE, "DescribeTrails")] },
        FactGroup { facts: &["status"], operations: &[(SERVICE, "GetTrailStatus")] },
        FactGroup { facts: &["selection"], operations: &[(SERVICE, "GetEventSelectors")] },
        FactGroup { facts: &["insight_types"], operations: &[(SERVICE, "GetInsightSelectors")] },
    ],
}];
