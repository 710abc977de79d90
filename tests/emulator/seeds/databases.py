"""Tools of the seeds for RDS, EFS and DynamoDB."""

from datetime import UTC

from seeds.builder import PASSWORD, Builder, ago

GROUP = "sg-0d1a2b3c4d5e6f708"
SUBNETS = {"DBSubnetGroupName": "private", "VpcId": "vpc-0a1b2c3d4e5f60718", "SubnetGroupStatus": "Complete",
           "Subnets": [{"SubnetIdentifier": f"subnet-0a1b2c3d4e5f6071{n}"} for n in (8, 9)]}  # fmt: skip


def instance(b: Builder, region: str, name: str, *, key: str | None = None, owned_key: bool = False, age: float = 200, tags: dict | None = None,
             groups: tuple[str, ...] = (GROUP,), **more) -> None:  # fmt: skip
    """An instance that stands alone, as RDS makes one for whom nothing is said but a key: private, upgrading itself, in one zone."""
    from moto.rds.models import rds_backends

    encrypted = {"StorageEncrypted": True, "KmsKeyId": key} if key else {}
    told = {"Engine": "postgres", "DBInstanceClass": "db.m6g.large", "AllocatedStorage": 100, "MasterUsername": "admin_", "MasterUserPassword": PASSWORD,
            "EngineVersion": "16.4", "PubliclyAccessible": False, "AutoMinorVersionUpgrade": True, "MultiAZ": False}  # fmt: skip
    b.client("rds", region).create_db_instance(DBInstanceIdentifier=name, VpcSecurityGroupIds=list(groups), Tags=tags_of(tags), **{**told, **encrypted, **more})
    kept = rds_backends[b.id][region].databases[name]
    kept.db_subnet_group, kept.owned_key = SUBNETS, "sse-rds" if owned_key else "none"
    kept.instance_create_time = ago(age)


def cluster(b: Builder, region: str, name: str, *zones: str, key: str | None = None, owned_key: bool = False, engine: str = "aurora-postgresql",
            age: float = 200, tags: dict | None = None, gateway: bool | None = None, members: dict | None = None, **more) -> None:  # fmt: skip
    """A cluster with an instance in each of the zones (`a`, `b`, …); `members` is said of all instances."""
    from moto.rds.models import rds_backends

    client, backend = b.client("rds", region), rds_backends[b.id][region]
    encrypted = {"StorageEncrypted": True, "KmsKeyId": key} if key else {}
    client.create_db_cluster(DBClusterIdentifier=name, Engine=engine, EngineVersion="16.4", MasterUsername="admin_", MasterUserPassword=PASSWORD,
                             VpcSecurityGroupIds=[GROUP], Tags=tags_of(tags), **encrypted, **more)  # fmt: skip
    kept = backend.clusters[name]
    kept.owned_key, kept.internet_access_gateway_enabled = "sse-rds" if owned_key else "none", gateway
    kept.cluster_create_time, kept.earliest_restorable_time, kept._status = ago(age), ago(1), "available"
    for number, zone in enumerate(zones, 1):
        said = {"AutoMinorVersionUpgrade": True, "PubliclyAccessible": False, **(members or {})}
        client.create_db_instance(DBInstanceIdentifier=f"{name}-{number}", DBClusterIdentifier=name, Engine=engine, DBInstanceClass="db.r6g.large",
                                  AvailabilityZone=f"{region}{zone}", **said)  # fmt: skip
        backend.databases[f"{name}-{number}"].instance_create_time = ago(age)
        backend.databases[f"{name}-{number}"].db_subnet_group = SUBNETS


def file_system(b: Builder, region: str, name: str, key: str | None = None, age: float = 200, **tags: str) -> None:
    """A file system, encrypted where a key is named."""
    from moto.efs.models import efs_backends

    encrypted = {"Encrypted": True, "KmsKeyId": key} if key else {"Encrypted": False}
    made = b.client("efs", region).create_file_system(CreationToken=name[:64], ThroughputMode="elastic", Tags=tags_of({"Name": name, **tags}), **encrypted)
    efs_backends[b.id][region].file_systems_by_id[made["FileSystemId"]].creation_time = int(ago(age).replace(tzinfo=UTC).timestamp())


def table(b: Builder, region: str, name: str, *, kms: bool = False, key: str | None = None, age: float = 200) -> None:
    """A table: with a key that AWS owns, the account's `aws/dynamodb` (`kms`), or one of the customer's."""
    from moto.dynamodb.models import dynamodb_backends

    named = {"KMSMasterKeyId": key} if key else {}
    encrypted = {"SSESpecification": {"Enabled": True, "SSEType": "KMS", **named}} if kms or key else {}
    b.client("dynamodb", region).create_table(
        TableName=name, KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST", **encrypted)  # fmt: skip
    dynamodb_backends[b.id][region].tables[name].created_at = ago(age).replace(tzinfo=UTC).timestamp()


def tags_of(tags: dict | None) -> list[dict]:
    return [{"Key": key, "Value": value} for key, value in (tags or {}).items()]
