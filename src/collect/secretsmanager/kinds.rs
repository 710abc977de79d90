//! Secrets Manager's kind: its id, schema, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "Secrets Manager";

/// Secrets that are not scheduled for deletion.
pub const SECRET: &str = "AWS::SecretsManager::Secret";

/// All kinds of Secrets Manager.
pub const KINDS: &[Kind] = &[Kind {
    name: SECRET,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:secretsmanager:{region}:{account}:secret:{secret name}-{six characters}",
    schema: schema_of::<facts::Secret>,
    groups: &[
        FactGroup { facts: &[], operations: &[(SERVICE, "ListSecrets")] },
        FactGroup { facts: &["policy"], operations: &[(SERVICE, "GetResourcePolicy")] },
    ],
}];
