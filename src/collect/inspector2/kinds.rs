//! Amazon Inspector's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "Inspector2";

/// What is scanned in a Region, also where nothing is.
pub const REGION: &str = "AWS::InspectorV2::RegionSetting";
/// Serious findings that are open.
pub const FINDING: &str = "AWS::InspectorV2::Finding";

const STATUS: (&str, &str) = (SERVICE, "BatchGetAccountStatus");

/// All kinds of Amazon Inspector.
pub const KINDS: &[Kind] = &[
    Kind {
        name: REGION,
        scope: KindScope::Regional,
        singleton: true,
        id_grammar: "arn:{partition}:inspector2:{region}:{account}:region-setting",
        schema: schema_of::<facts::RegionSetting>,
        groups: &[FactGroup { facts: &[], operations: &[STATUS] }],
    },
    Kind {
        name: FINDING,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:inspector2:{region}:{account}:finding/{finding id}",
        schema: schema_of::<facts::Finding>,
        groups: &[FactGroup { facts: &[], operations: &[STATUS, (SERVICE, "ListFindings")] }],
    },
];
