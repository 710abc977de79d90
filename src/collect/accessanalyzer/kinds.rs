//! IAM Access Analyzer's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "AccessAnalyzer";

/// Analyzers.
pub const ANALYZER: &str = "AWS::AccessAnalyzer::Analyzer";
/// Findings of external access.
pub const FINDING: &str = "AWS::AccessAnalyzer::Finding";

const ANALYZERS: (&str, &str) = (SERVICE, "ListAnalyzers");
const FINDINGS: (&str, &str) = (SERVICE, "ListFindingsV2");

/// All kinds of IAM Access Analyzer.
pub const KINDS: &[Kind] = &[
    Kind {
        name: ANALYZER,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:access-analyzer:{region}:{account}:analyzer/{name}",
        schema: schema_of::<facts::Analyzer>,
        groups: &[
            FactGroup { facts: &[], operations: &[ANALYZERS] },
            FactGroup { facts: &["active_findings"], operations: &[ANALYZERS, FINDINGS] },
        ],
    },
    Kind {
        name: FINDING,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:access-analyzer:{region}:{account}:analyzer/{name}/finding/{finding id}",
        schema: schema_of::<facts::Finding>,
        groups: &[FactGroup { facts: &[], operations: &[ANALYZERS, FINDINGS] }],
    },
];
