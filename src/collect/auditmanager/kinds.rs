//! Audit Manager's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "AuditManager";

/// The use of Audit Manager in a Region, also where it has none.
pub const REGION: &str = "AWS::AuditManager::RegionSetting";

const STATUS: (&str, &str) = (SERVICE, "GetAccountStatus");

/// All kinds of Audit Manager.
pub const KINDS: &[Kind] = &[Kind {
    name: REGION,
    scope: KindScope::Regional,
    singleton: true,
    id_grammar: "arn:{partition}:auditmanager:{region}:{account}:region-setting",
    schema: schema_of::<facts::RegionSetting>,
    groups: &[
        FactGroup { facts: &[], operations: &[STATUS] },
        FactGroup { facts: &["assessments"], operations: &[STATUS, (SERVICE, "ListAssessments")] },
    ],
}];
