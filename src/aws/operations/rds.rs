//! RDS. Lists are elements named after their members, and are there also where they are empty. What a single instance leaves out is
//! absent in its facts and spoils nothing else. A password that waits to be changed is hidden by AWS; the row hides it once more.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&DESCRIBE_DB_INSTANCES, &DESCRIBE_DB_CLUSTERS];

/// `DescribeDBInstances`.
pub static DESCRIBE_DB_INSTANCES: Operation = Operation {
    service: "RDS",
    name: "DescribeDBInstances",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["rds:DescribeDBInstances"],
    resources: &["*"],
    root: "DescribeDBInstancesResponse",
    required: &[
        "DescribeDBInstancesResult.DBInstances.DBInstance[].DBInstanceIdentifier:text",
        "DescribeDBInstancesResult.DBInstances.DBInstance[].DBInstanceArn:arn",
        "DescribeDBInstancesResult.DBInstances.DBInstance[].DBInstanceClass:text",
        "DescribeDBInstancesResult.DBInstances.DBInstance[].DBInstanceStatus:text",
        "DescribeDBInstancesResult.DBInstances.DBInstance[].Engine:text",
        "DescribeDBInstancesResult.DBInstances.DBInstance[].StorageEncrypted?:bool",
        "DescribeDBInstancesResult.DBInstances.DBInstance[].AutoMinorVersionUpgrade?:bool",
        "DescribeDBInstancesResult.DBInstances.DBInstance[].PubliclyAccessible?:bool",
        "DescribeDBInstancesResult.DBInstances.DBInstance[].MultiAZ?:bool",
        "DescribeDBInstancesResult.DBInstances.DBInstance[].InstanceCreateTime?:date",
    ],
    redact: &[
        ("DescribeDBInstancesResult.DBInstances.DBInstance[].PendingModifiedValues.MasterUserPassword", Redact::Value),
        ("DescribeDBInstancesResult.DBInstances.DBInstance[].TagList.Tag[].Value", Redact::Named),
    ],
    polled: false,
    cli: "rds describe-db-instances",
    reference: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html",
};

/// `DescribeDBClusters`.
pub static DESCRIBE_DB_CLUSTERS: Operation = Operation {
    service: "RDS",
    name: "DescribeDBClusters",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["rds:DescribeDBClusters"],
    resources: &["*"],
    root: "DescribeDBClustersResponse",
    required: &[
        "DescribeDBClustersResult.DBClusters.DBCluster[].DBClusterIdentifier:text",
        "DescribeDBClustersResult.DBClusters.DBCluster[].DBClusterArn:arn",
        "DescribeDBClustersResult.DBClusters.DBCluster[].Status:text",
        "DescribeDBClustersResult.DBClusters.DBCluster[].Engine:text",
        "DescribeDBClustersResult.DBClusters.DBCluster[].StorageEncrypted?:bool",
        "DescribeDBClustersResult.DBClusters.DBCluster[].MultiAZ?:bool",
        "DescribeDBClustersResult.DBClusters.DBCluster[].ClusterCreateTime?:date",
        "DescribeDBClustersResult.DBClusters.DBCluster[].PubliclyAccessible?:bool",
        "DescribeDBClustersResult.DBClusters.DBCluster[].InternetAccessGatewayEnabled?:bool",
    ],
    redact: &[
        ("DescribeDBClustersResult.DBClusters.DBCluster[].PendingModifiedValues.MasterUserPassword", Redact::Value),
        ("DescribeDBClustersResult.DBClusters.DBCluster[].TagList.Tag[].Value", Redact::Named),
    ],
    polled: false,
    cli: "rds describe-db-clusters",
    reference: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html",
};
