//! Amazon Macie's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "Macie2";

/// The state of Macie in a Region, also where it is off.
pub const REGION: &str = "AWS::Macie::RegionSetting";

const SESSION: (&str, &str) = (SERVICE, "GetMacieSession");

/// All kinds of Amazon Macie.
pub const KINDS: &[Kind] = &[Kind {
    name: REGION,
    scope: KindScope::Regional,
    singleton: true,
    id_grammar: "arn:{partition}:macie2:{region}:{account}:region-setting",
    schema: schema_of::<facts::RegionSetting>,
    groups: &[
        FactGroup { facts: &[], operations: &[SESSION] },
        FactGroup { facts: &["automated_discovery"], operations: &[SESSION, (SERVICE, "GetAutomatedDiscoveryConfiguration")] },
        FactGroup { facts: &["classification_jobs"], operations: &[SESSION, (SERVICE, "ListClassificationJobs")] },
    ],
}];
