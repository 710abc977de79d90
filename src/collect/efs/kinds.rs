//! EFS's kind: its id, schema, and which operation fills its facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "EFS";

/// File systems.
pub const FILE_SYSTEM: &str = "AWS::EFS::FileSystem";

/// All kinds of EFS.
pub const KINDS: &[Kind] = &[Kind {
    name: FILE_SYSTEM,
    scope: KindScope::Regional,
    singleton: false,
    id_grammar: "arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{file system id}",
    schema: schema_of::<facts::FileSystem>,
    groups: &[FactGroup { facts: &[], operations: &[(SERVICE, "DescribeFileSystems")] }],
}];
