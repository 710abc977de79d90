//! RDS: instances and clusters, each told whole by its listing.

use serde_json::json;

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, query_error, xml};

const INSTANCE: &str = "AWS::RDS::DBInstance";
const CLUSTER: &str = "AWS::RDS::DBCluster";

fn instance(name: &str, more: &str) -> String {
    format!(
        "<DBInstance><DBInstanceIdentifier>{name}</DBInstanceIdentifier><DBInstanceArn>arn:aws:rds:eu-west-1:{ACCOUNT}:db:{name}</DBInstanceArn><DBInstanceClass>db.m6g.large</DBInstanceClass><DBInstanceStatus>available</DBInstanceStatus><Engine>postgres</Engine>{more}</DBInstance>"
    )
}

const TIDY: &str = "<StorageEncrypted>true</StorageEncrypted><KmsKeyId>arn:aws:kms:eu-west-1:111122223333:key/k1</KmsKeyId><AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade><PubliclyAccessible>false</PubliclyAccessible><MultiAZ>true</MultiAZ><VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-b</VpcSecurityGroupId></VpcSecurityGroupMembership><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-a</VpcSecurityGroupId></VpcSecurityGroupMembership></VpcSecurityGroups><DBSubnetGroup><DBSubnetGroupName>private</DBSubnetGroupName><VpcId>vpc-1</VpcId><Subnets><Subnet><SubnetIdentifier>subnet-2</SubnetIdentifier></Subnet><Subnet><SubnetIdentifier>subnet-1</SubnetIdentifier></Subnet></Subnets></DBSubnetGroup><TagList><Tag><Key>team</Key><Value>orders</Value></Tag></TagList>";

fn instances(all: &[String], marker: Option<&str>) -> Reply {
    let marker = marker.map(|marker| format!("<Marker>{marker}</Marker>")).unwrap_or_default();
    let all = all.concat();
    xml(format!(
        "<DescribeDBInstancesResponse><DescribeDBInstancesResult>{marker}<DBInstances>{all}</DBInstances></DescribeDBInstancesResult></DescribeDBInstancesResponse>"
    ))
}

fn clusters(all: &str) -> Reply {
    xml(format!(
        "<DescribeDBClustersResponse><DescribeDBClustersResult><DBClusters>{all}</DBClusters></DescribeDBClustersResult></DescribeDBClustersResponse>"
    ))
}

/// `script` speaks first in eu-west-1; elsewhere, and after it, there is nothing.
async fn found(script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        let usual = || match question.operation.as_str() {
            "DescribeDBInstances" => Some(instances(&[], None)),
            "DescribeDBClusters" => Some(clusters("")),
            _ => None,
        };
        (question.region == "eu-west-1").then(|| script(question)).flatten().or_else(usual)
    });
    (gathered(&upstream, &all_of(&[INSTANCE, CLUSTER])).await, upstream)
}

#[tokio::test]
async fn instances_and_clusters_are_found_and_an_account_without_is_complete() {
    let (found, _) = found(|question| match question.operation.as_str() {
        "DescribeDBInstances" => {
            let member = "<DBClusterIdentifier>payments</DBClusterIdentifier><StorageEncrypted>false</StorageEncrypted>";
            Some(instances(&[instance("orders", TIDY), instance("payments-1", member)], None))
        }
        "DescribeDBClusters" => Some(clusters(&format!(
            "<DBCluster><DBClusterIdentifier>payments</DBClusterIdentifier><DBClusterArn>arn:aws:rds:eu-west-1:{ACCOUNT}:cluster:payments</DBClusterArn><Status>available</Status><Engine>aurora-mysql</Engine><StorageEncrypted>false</StorageEncrypted><StorageEncryptionType>sse-rds</StorageEncryptionType><MultiAZ>false</MultiAZ><DBClusterMembers><DBClusterMember><DBInstanceIdentifier>payments-1</DBInstanceIdentifier></DBClusterMember></DBClusterMembers><InternetAccessGatewayEnabled>true</InternetAccessGatewayEnabled></DBCluster>"
        ))),
        _ => None,
    })
    .await;
    let facts = found.facts(INSTANCE, ":db:orders");
    assert_eq!(
        (&facts["encryption_type"], &facts["publicly_accessible"], &facts["multi_az"]),
        (&json!("sse-kms"), &json!(false), &json!(true))
    );
    assert_eq!(facts["vpc_security_group_ids"], json!(["sg-a", "sg-b"]));
    assert_eq!(facts["db_subnet_group"], json!({"name": "private", "vpc_id": "vpc-1", "subnet_ids": ["subnet-1", "subnet-2"]}));
    assert_eq!((&facts["db_cluster_arn"], &facts["tags"]), (&json!(null), &json!({"team": "orders"})));
    let cluster = found.resource(CLUSTER, "cluster:payments");
    assert_eq!(found.facts(INSTANCE, ":db:payments-1")["db_cluster_arn"], json!(cluster.key.id));
    let facts = found.facts(CLUSTER, "cluster:payments");
    assert_eq!((&facts["encryption_type"], &facts["internet_access_gateway_enabled"]), (&json!("sse-rds"), &json!(true)));
    assert_eq!((&facts["members"], &facts["publicly_accessible"]), (&json!(["payments-1"]), &json!(null)));
    for (kind, region) in [(INSTANCE, "eu-west-1"), (CLUSTER, "eu-west-1"), (INSTANCE, "us-east-1"), (CLUSTER, "us-east-1")] {
        assert_eq!(found.standing(kind, region), "complete");
    }
    assert_eq!((found.population(INSTANCE, "eu-west-1").count, found.population(INSTANCE, "us-east-1").count), (2, 0));
}

#[tokio::test]
async fn what_an_instance_leaves_out_is_absent_and_the_others_are_whole() {
    let (found, _) = found(|question| {
        let both = [instance("new", ""), instance("orders", TIDY)];
        (question.operation == "DescribeDBInstances").then(|| instances(&both, None))
    })
    .await;
    let facts = found.facts(INSTANCE, ":db:new");
    for (fact, member) in [
        ("publicly_accessible", "PubliclyAccessible"),
        ("multi_az", "MultiAZ"),
        ("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
        ("storage_encrypted", "StorageEncrypted"),
        ("encryption_type", "StorageEncrypted"),
    ] {
        assert_eq!(found.why(&facts[fact]), format!("failed: the answer lacks `{member}`"));
    }
    assert_eq!(found.facts(INSTANCE, ":db:orders")["multi_az"], json!(true));
    assert_eq!(found.standing(INSTANCE, "eu-west-1"), "complete");
}

#[tokio::test]
async fn a_denied_listing_closes_its_own_kind_alone() {
    let (found, _) = found(|question| (question.operation == "DescribeDBClusters").then(|| query_error(403, "AccessDenied", "no"))).await;
    assert!(found.standing(CLUSTER, "eu-west-1").starts_with("denied"));
    assert_eq!((found.standing(CLUSTER, "us-east-1"), found.standing(INSTANCE, "eu-west-1")), ("complete".into(), "complete".into()));
}

#[tokio::test]
async fn a_second_page_that_is_denied_or_leads_back_leaves_the_instances_unproven() {
    let paged = |second: fn() -> Reply| {
        move |question: &Question| {
            (question.operation == "DescribeDBInstances").then(|| match question.body.contains("Marker=") {
                false => instances(&[instance("orders", TIDY)], Some("orders")),
                true => second(),
            })
        }
    };
    let (denied, _) = found(paged(|| query_error(403, "AccessDenied", "no"))).await;
    assert!(denied.standing(INSTANCE, "eu-west-1").starts_with("denied"));
    assert_eq!(denied.ids(INSTANCE).len(), 1, "what was shown is kept");
    let (back, _) = found(paged(|| instances(&[], Some("orders")))).await;
    assert!(back.standing(INSTANCE, "eu-west-1").starts_with("truncated"));
    let (whole, upstream) = found(paged(|| instances(&[instance("reports", TIDY)], None))).await;
    assert_eq!((whole.standing(INSTANCE, "eu-west-1"), whole.ids(INSTANCE).len()), ("complete".into(), 2));
    assert_eq!(upstream.count("DescribeDBInstances"), 3);
}
