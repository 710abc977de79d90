//! Security Hub's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "SecurityHub";

/// The state of Security Hub in a Region, also where it is off.
pub const REGION: &str = "AWS::SecurityHub::RegionSetting";

const HUB: (&str, &str) = (SERVICE, "DescribeHub");

/// All kinds of Security Hub.
pub const KINDS: &[Kind] = &[Kind {
    name: REGION,
    scope: KindScope::Regional,
    singleton: true,
    id_grammar: "arn:{partition}:securityhub:{region}:{account}:region-setting",
    schema: schema_of::<facts::RegionSetting>,
    groups: &[
        FactGroup { facts: &[], operations: &[HUB] },
        FactGroup { facts: &["enabled_standards"], operations: &[HUB, (SERVICE, "GetEnabledStandards")] },
    ],
}];
