//! Collects the instances and clusters of one Region: two listings that tell everything there is to ask.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbCluster, DbInstance};

use super::kinds::{CLUSTER, INSTANCE, SERVICE};
use super::map;
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{CallId, Population, Resource};

const DESCRIBE_DB_INSTANCES: Operation = (SERVICE, "DescribeDBInstances");
const DESCRIBE_DB_CLUSTERS: Operation = (SERVICE, "DescribeDBClusters");

/// The largest pages that RDS gives.
const RECORDS: i32 = 100;

/// Collects RDS's kinds in one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let (instances, clusters) = tokio::join!(instances(caller, run), clusters(caller, run));
    instances.into_iter().chain(clusters).collect()
}

/// Lists the DB instances of a Region.
pub async fn list_instances(caller: &Caller) -> (Vec<(CallId, DbInstance)>, Proof) {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.describe_db_instances().max_records(RECORDS).set_marker(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_rds::operation::describe_db_instances::DescribeDbInstancesOutput| Page {
        items: output.db_instances.unwrap_or_default(),
        token: output.marker,
        truncated: false,
    };
    let listing = caller.list(DESCRIBE_DB_INSTANCES, send, page).await;
    Proof::of(caller, DESCRIBE_DB_INSTANCES, listing, |one: &DbInstance| one.db_instance_arn.clone())
}

async fn instances(caller: &Caller, run: &Run<'_>) -> Option<Population> {
    if !run.wants(INSTANCE) {
        return None;
    }
    let (items, proof) = list_instances(caller).await;
    let cluster_arn =
        |identifier: &str| format!("arn:{}:rds:{}:{}:cluster:{identifier}", caller.partition(), caller.endpoint_region(), caller.account());
    for (call, told) in &items {
        let facts = map::instance(At::call(caller, DESCRIBE_DB_INSTANCES, *call), told, cluster_arn);
        // The listing has left out what lacks an ARN.
        let id = told.db_instance_arn.clone().unwrap_or_default();
        let name = told.db_instance_identifier.clone().unwrap_or_else(|| id.clone());
        run.found(&Resource::new(caller.place(), INSTANCE, id, name, &facts, sources([("", vec![*call])])));
    }
    Some(proof.population(caller, INSTANCE, items.len() as u64, None))
}

/// Lists the DB clusters of a Region.
pub async fn list_clusters(caller: &Caller) -> (Vec<(CallId, DbCluster)>, Proof) {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.describe_db_clusters().max_records(RECORDS).set_marker(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_rds::operation::describe_db_clusters::DescribeDbClustersOutput| Page {
        items: output.db_clusters.unwrap_or_default(),
        token: output.marker,
        truncated: false,
    };
    let listing = caller.list(DESCRIBE_DB_CLUSTERS, send, page).await;
    Proof::of(caller, DESCRIBE_DB_CLUSTERS, listing, |one: &DbCluster| one.db_cluster_arn.clone())
}

async fn clusters(caller: &Caller, run: &Run<'_>) -> Option<Population> {
    if !run.wants(CLUSTER) {
        return None;
    }
    let (items, proof) = list_clusters(caller).await;
    for (call, told) in &items {
        let facts = map::cluster(At::call(caller, DESCRIBE_DB_CLUSTERS, *call), told);
        // The listing has left out what lacks an ARN.
        let id = told.db_cluster_arn.clone().unwrap_or_default();
        let name = told.db_cluster_identifier.clone().unwrap_or_else(|| id.clone());
        run.found(&Resource::new(caller.place(), CLUSTER, id, name, &facts, sources([("", vec![*call])])));
    }
    Some(proof.population(caller, CLUSTER, items.len() as u64, None))
}
