//! GuardDuty's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "GuardDuty";

/// Detectors.
pub const DETECTOR: &str = "AWS::GuardDuty::Detector";

/// Facts that the description of a detector fills.
pub const DESCRIBED: &[&str] = &["status", "finding_publishing_frequency", "service_role", "features", "enabled_features"];

const LIST: (&str, &str) = (SERVICE, "ListDetectors");

/// All kinds of GuardDuty.
pub const KINDS: &[Kind] = &[Kind {
    name: DETECTOR,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:guardduty:{region}:{account}:detector/{detector id}",
    schema: schema_of::<facts::Detector>,
    groups: &[FactGroup { facts: &[], operations: &[LIST] }, FactGroup { facts: DESCRIBED, operations: &[(SERVICE, "GetDetector")] }],
}];
