//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use aws_sdk_rds::types::{DbCluster as Cluster, DbInstance as Instance, StorageEncryptionType, Tag, VpcSecurityGroupMembership};

use super::facts::{DbCluster, DbInstance, SubnetGroup};
use crate::collect::at::At;
use crate::model::{Fact, OpenMap};

/// The facts of an instance. `cluster_arn` makes the ARN of a cluster of the same account and Region.
pub fn instance(at: At<'_>, told: &Instance, cluster_arn: impl FnOnce(&str) -> String) -> DbInstance {
    let cluster = told.db_cluster_identifier.clone().filter(|identifier| !identifier.is_empty());
    let endpoint = told.endpoint.as_ref();
    DbInstance {
        db_instance_identifier: at.need(told.db_instance_identifier.clone(), "DBInstanceIdentifier"),
        db_instance_arn: at.need(told.db_instance_arn.clone(), "DBInstanceArn"),
        db_instance_status: at.need(told.db_instance_status.clone(), "DBInstanceStatus"),
        db_instance_class: at.need(told.db_instance_class.clone(), "DBInstanceClass"),
        engine: at.need(told.engine.clone(), "Engine"),
        engine_version: told.engine_version.clone().into(),
        instance_create_time: at.instant_if_set(told.instance_create_time, "InstanceCreateTime"),
        db_cluster_arn: cluster.as_deref().map(cluster_arn).into(),
        db_cluster_identifier: cluster.into(),
        storage_encrypted: at.need(told.storage_encrypted, "StorageEncrypted"),
        encryption_type: at.need(encryption_type(told.storage_encryption_type.as_ref(), told.storage_encrypted), "StorageEncrypted"),
        kms_key_id: told.kms_key_id.clone().into(),
        auto_minor_version_upgrade: at.need(told.auto_minor_version_upgrade, "AutoMinorVersionUpgrade"),
        preferred_maintenance_window: told.preferred_maintenance_window.clone().into(),
        publicly_accessible: at.need(told.publicly_accessible, "PubliclyAccessible"),
        multi_az: at.need(told.multi_az, "MultiAZ"),
        availability_zone: told.availability_zone.clone().into(),
        secondary_availability_zone: told.secondary_availability_zone.clone().into(),
        read_replica_source_db_instance_identifier: told.read_replica_source_db_instance_identifier.clone().into(),
        backup_retention_period_days: told.backup_retention_period.map(i64::from).into(),
        deletion_protection: told.deletion_protection.into(),
        vpc_security_group_ids: groups(told.vpc_security_groups.as_deref()).into(),
        db_subnet_group: told.db_subnet_group.as_ref().map(subnet_group).into(),
        endpoint_address: endpoint.and_then(|endpoint| endpoint.address.clone()).into(),
        endpoint_port: endpoint.and_then(|endpoint| endpoint.port).map(i64::from).into(),
        tags: tags(told.tag_list.as_deref()),
    }
}

/// The facts of a cluster.
pub fn cluster(at: At<'_>, told: &Cluster) -> DbCluster {
    let members = told.db_cluster_members.iter().flatten();
    DbCluster {
        db_cluster_identifier: at.need(told.db_cluster_identifier.clone(), "DBClusterIdentifier"),
        db_cluster_arn: at.need(told.db_cluster_arn.clone(), "DBClusterArn"),
        status: at.need(told.status.clone(), "Status"),
        engine: at.need(told.engine.clone(), "Engine"),
        engine_version: told.engine_version.clone().into(),
        engine_mode: told.engine_mode.clone().into(),
        cluster_create_time: at.instant_if_set(told.cluster_create_time, "ClusterCreateTime"),
        storage_encrypted: at.need(told.storage_encrypted, "StorageEncrypted"),
        encryption_type: at.need(encryption_type(told.storage_encryption_type.as_ref(), told.storage_encrypted), "StorageEncrypted"),
        kms_key_id: told.kms_key_id.clone().into(),
        multi_az: at.need(told.multi_az, "MultiAZ"),
        availability_zones: sorted(told.availability_zones.clone().unwrap_or_default()).into(),
        members: sorted(members.filter_map(|member| member.db_instance_identifier.clone()).collect()).into(),
        publicly_accessible: told.publicly_accessible.into(),
        internet_access_gateway_enabled: told.internet_access_gateway_enabled.into(),
        auto_minor_version_upgrade: told.auto_minor_version_upgrade.into(),
        backup_retention_period_days: told.backup_retention_period.map(i64::from).into(),
        deletion_protection: told.deletion_protection.into(),
        vpc_security_group_ids: groups(told.vpc_security_groups.as_deref()).into(),
        db_subnet_group: told.db_subnet_group.clone().into(),
        endpoint: told.endpoint.clone().into(),
        tags: tags(told.tag_list.as_deref()),
    }
}

/// How storage is encrypted. `StorageEncrypted` says nothing of keys that AWS owns: it is false with them, and the type tells.
fn encryption_type(told: Option<&StorageEncryptionType>, encrypted: Option<bool>) -> Option<String> {
    match (told.map(StorageEncryptionType::as_str).filter(|word| !word.is_empty()), encrypted) {
        (Some(word), _) => Some(word.to_owned()),
        (None, Some(true)) => Some("sse-kms".to_owned()),
        (None, Some(false)) => Some("none".to_owned()),
        (None, None) => None,
    }
}

fn groups(told: Option<&[VpcSecurityGroupMembership]>) -> Vec<String> {
    sorted(told.unwrap_or_default().iter().filter_map(|group| group.vpc_security_group_id.clone()).collect())
}

fn subnet_group(told: &aws_sdk_rds::types::DbSubnetGroup) -> SubnetGroup {
    let subnets = told.subnets.iter().flatten().filter_map(|subnet| subnet.subnet_identifier.clone());
    SubnetGroup { name: told.db_subnet_group_name.clone(), vpc_id: told.vpc_id.clone(), subnet_ids: sorted(subnets.collect()) }
}

fn tags(told: Option<&[Tag]>) -> Fact<OpenMap<String>> {
    let pair = |tag: &Tag| Some((tag.key.clone()?, tag.value.clone().unwrap_or_default()));
    OpenMap(told.unwrap_or_default().iter().filter_map(pair).collect()).into()
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    fn read(told: &Instance) -> (DbInstance, Vec<String>) {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("RDS", "DescribeDBInstances"), CallId(1));
        (instance(at, told, |identifier| format!("arn:of:{identifier}")), noted.details())
    }

    #[test]
    fn a_key_that_aws_owns_is_encryption_although_storage_encrypted_is_false() {
        let by = |told: Option<&str>, encrypted| encryption_type(told.map(StorageEncryptionType::from).as_ref(), encrypted);
        assert_eq!(by(Some("sse-rds"), Some(false)).as_deref(), Some("sse-rds"));
        assert_eq!(by(Some("none"), Some(false)).as_deref(), Some("none"));
        assert_eq!(by(Some("sse-kms"), Some(true)).as_deref(), Some("sse-kms"));
        assert_eq!(by(None, Some(true)).as_deref(), Some("sse-kms"));
        assert_eq!(by(None, Some(false)).as_deref(), Some("none"));
        assert_eq!(by(None, None), None);
    }

    #[test]
    fn an_instance_of_a_cluster_names_it_and_one_that_stands_alone_names_none() {
        let alone = read(&Instance::builder().db_instance_identifier("orders").build()).0;
        assert_eq!((alone.db_cluster_identifier, alone.db_cluster_arn), (Fact::Known(None), Fact::Known(None)));
        let of = read(&Instance::builder().db_instance_identifier("orders-1").db_cluster_identifier("orders").build()).0;
        assert_eq!(of.db_cluster_arn, Fact::Known(Some("arn:of:orders".to_owned())));
    }

    #[test]
    fn what_an_instance_does_not_tell_is_absent_and_never_false() {
        let (silent, details) = read(&Instance::builder().db_instance_identifier("orders").build());
        assert!(silent.publicly_accessible.known().is_none() && silent.multi_az.known().is_none());
        assert!(silent.storage_encrypted.known().is_none() && silent.auto_minor_version_upgrade.known().is_none());
        assert!(details.contains(&"failed: the answer lacks `PubliclyAccessible`".to_owned()), "{details:?}");
    }

    #[test]
    fn lists_are_sorted() {
        let group = |id: &str| VpcSecurityGroupMembership::builder().vpc_security_group_id(id).build();
        assert_eq!(groups(Some(&[group("sg-b"), group("sg-a")])), ["sg-a", "sg-b"]);
        let tag = Tag::builder().key("team").value("orders").build();
        assert_eq!(tags(Some(&[tag])), Fact::Known(OpenMap([("team".to_owned(), "orders".to_owned())].into())));
    }
}
