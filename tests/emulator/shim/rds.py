"""RDS: pages of instances and clusters, how storage is encrypted, and members that AWS always sends.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/ : API_DescribeDBInstances, API_DBInstance, API_DescribeDBClusters,
API_DBCluster
"""

from moto.core.responses import ActionResult
from moto.rds.models import DBCluster, DBInstance
from moto.rds.responses import RDSResponse

from accounts import ACCOUNTS


def install() -> None:
    for kind in (DBInstance, DBCluster):
        kind.latest_restorable_time = property(restorable)
    RDSResponse.describe_db_instances = describe_db_instances
    RDSResponse.describe_db_clusters = describe_db_clusters


def restorable(self) -> None:
    """Not told, as of a database without backups; moto would tell the clock."""


def describe_db_instances(self) -> ActionResult:
    found = self.backend.describe_db_instances(self.params.get("DBInstanceIdentifier"), filters=filters_of(self))
    for instance in found:
        instance.publicly_accessible = bool(instance.publicly_accessible)
        instance.storage_encryption_type = mended(getattr(instance, "cluster", instance))
    return paged(self, "DescribeDBInstances", "DBInstances", sorted(found, key=lambda one: one.db_instance_identifier), "db_instance_identifier")


def describe_db_clusters(self) -> ActionResult:
    found = self.backend.describe_db_clusters(db_cluster_identifier=self.params.get("DBClusterIdentifier"), filters=filters_of(self))
    for cluster in found:
        cluster.storage_encryption_type = mended(cluster)
        cluster.publicly_accessible = None if cluster.engine.startswith("aurora") else bool(cluster.publicly_accessible)
    return paged(self, "DescribeDBClusters", "DBClusters", sorted(found, key=lambda one: one.db_cluster_identifier), "db_cluster_identifier")


def mended(kept) -> str:
    """How storage is encrypted; moto names a key also where it is not. With a key that AWS owns `StorageEncrypted` is false, and only
    the type tells."""
    kept.kms_key_id = kept.kms_key_id if kept.storage_encrypted else None
    return "sse-kms" if kept.storage_encrypted else getattr(kept, "owned_key", "none")


def filters_of(self) -> dict:
    return {one["Name"]: one["Values"] for one in self.params.get("Filters", [])}


def paged(self, operation: str, member: str, items: list, by: str) -> ActionResult:
    """A page of at most `MaxRecords`; the marker is the last one shown."""
    marker, limit = self.params.get("Marker"), int(self.params.get("MaxRecords") or 100)
    limit = ACCOUNTS.account(self.current_account).page_size(operation, limit)
    rest = [item for item in items if getattr(item, by) > (marker or "")]
    return ActionResult({member: rest[:limit], "Marker": getattr(rest[limit - 1], by) if len(rest) > limit else None})
