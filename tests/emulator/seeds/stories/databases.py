"""Databases, file systems and tables."""

from seeds.builder import Builder
from seeds.databases import GROUP, cluster, file_system, instance, table
from seeds.stories import EU, US

KEY = "0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b"


def key(b: Builder, region: str) -> str:
    return f"arn:aws:kms:{region}:{b.id}:key/{KEY}"


def tidy(b: Builder, _second: Builder) -> None:
    """An instance, a cluster and a file system as they should be, and nothing else."""
    instance(b, US, "orders", key=key(b, US), MultiAZ=True)
    cluster(b, EU, "payments", "a", "b", key=key(b, EU))
    file_system(b, US, "uploads", key(b, US))


def careless(b: Builder, _second: Builder) -> None:
    """The same beside an instance and a file system that nobody looked after."""
    tidy(b, b)
    instance(b, EU, "legacy", PubliclyAccessible=True, AutoMinorVersionUpgrade=False)
    file_system(b, EU, "scratch")


def none(_b: Builder, _second: Builder) -> None:
    """No database and no file system."""


def closed_port(b: Builder, _second: Builder) -> None:
    """Publicly accessible, behind a security group without any rule."""
    from moto.ec2.models import ec2_backends

    backend = ec2_backends[b.id][US]
    group = backend.create_security_group("closed", "Lets nobody in", vpc_id=next(iter(backend.vpcs)))
    instance(b, US, "orders", key=key(b, US), MultiAZ=True, PubliclyAccessible=True, groups=(group.id,))


def clusters(b: Builder, _second: Builder) -> None:
    """An unencrypted cluster of three instances in one zone; one encrypted with a key that AWS owns, and open by a gateway; and an
    instance on its own."""
    cluster(b, US, "bare", "a", "a", "a")
    cluster(b, US, "owned", "a", "b", owned_key=True, gateway=True)
    instance(b, US, "alone", owned_key=True, groups=(GROUP,))


def many(b: Builder, _second: Builder) -> None:
    """More instances than a page shows; the last of all is the only one that is public and unencrypted."""
    b.settings.page_sizes = {"*": 2}
    for number in range(4):
        instance(b, US, f"db-{number}", key=key(b, US), MultiAZ=True)
    instance(b, US, "zz-forgotten", PubliclyAccessible=True)


def tables(b: Builder, _second: Builder) -> None:
    """A table under each kind of key; the last is a partner's."""
    from seeds.storage import KeyBuilder

    own = KeyBuilder(b, US, "orders", rotates=365)
    KeyBuilder(b, US, "aws/dynamodb", manager="AWS")
    table(b, US, "a-owned")
    table(b, US, "b-managed", kms=True)
    table(b, US, "c-customer", key=own.arn)
    table(b, US, "d-partner", key=f"arn:aws:kms:{US}:777788889999:key/{KEY}")
