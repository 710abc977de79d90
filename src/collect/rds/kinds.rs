//! RDS's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "RDS";

/// Instances, those of clusters included.
pub const INSTANCE: &str = "AWS::RDS::DBInstance";
/// Clusters: Aurora, Multi-AZ DB clusters, Neptune and DocumentDB.
pub const CLUSTER: &str = "AWS::RDS::DBCluster";

/// All kinds of RDS.
pub const KINDS: &[Kind] = &[
    Kind {
        name: INSTANCE,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:rds:{region}:{account}:db:{identifier}",
        schema: schema_of::<facts::DbInstance>,
        groups: &[FactGroup { facts: &[], operations: &[(SERVICE, "DescribeDBInstances")] }],
    },
    Kind {
        name: CLUSTER,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:rds:{region}:{account}:cluster:{identifier}",
        schema: schema_of::<facts::DbCluster>,
        groups: &[FactGroup { facts: &[], operations: &[(SERVICE, "DescribeDBClusters")] }],
    },
];
