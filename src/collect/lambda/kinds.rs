//! Lambda's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "Lambda";

/// Functions, as their unpublished version (`$LATEST`) is configured.
pub const FUNCTION: &str = "AWS::Lambda::Function";
/// URLs of functions and of their aliases.
pub const URL: &str = "AWS::Lambda::Url";

/// All kinds of Lambda.
pub const KINDS: &[Kind] = &[
    Kind {
        name: FUNCTION,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:lambda:{region}:{account}:function:{function name}",
        schema: schema_of::<facts::Function>,
        groups: &[
            FactGroup { facts: &[], operations: &[(SERVICE, "ListFunctions")] },
            FactGroup { facts: &["policy", "apigateway_grants"], operations: &[(SERVICE, "GetPolicy")] },
        ],
    },
    Kind {
        name: URL,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:lambda:{region}:{account}:function:{function name}[:{alias}]",
        schema: schema_of::<facts::Url>,
        groups: &[FactGroup { facts: &[], operations: &[(SERVICE, "ListFunctions"), (SERVICE, "ListFunctionUrlConfigs")] }],
    },
];
