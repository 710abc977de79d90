"""The demonstration's databases, file systems, tables, load balancers and distributions."""

from seeds.builder import Builder
from seeds.databases import GROUP, cluster, file_system, instance, table
from seeds.fronts import deliver, distribution, load_balancer
from seeds.storage import KeyBuilder

CLOSED = "sg-0c1d2e3f4a5b6c7d8"


def main(b: Builder, keys: dict[str, str], api: str) -> None:
    databases(b, keys["orders"])
    tables_and_files(b, keys)
    fronts(b, api)


def databases(b: Builder, key: str) -> None:
    instance(b, "us-east-1", "orders", key=key, MultiAZ=True, tags={"team": "orders"})
    instance(b, "us-east-1", "catalog", owned_key=True, MultiAZ=True, tags={"team": "orders"})
    instance(b, "us-east-1", "reports", key=key, AutoMinorVersionUpgrade=False, tags={"team": "data"})
    # Open to the internet by its own setting; today its group closes the port.
    instance(b, "eu-west-1", "legacy-shop", Engine="mysql", EngineVersion="8.0.36", PubliclyAccessible=True, AutoMinorVersionUpgrade=False, groups=(CLOSED,), age=1900)
    instance(b, "eu-west-1", "scheduling", Engine="custom-sqlserver-se", EngineVersion="15.00.4249.2", Port=1433, key=key.replace("us-east-1", "eu-west-1"),
             AutoMinorVersionUpgrade=False, groups=(GROUP, CLOSED))  # fmt: skip
    cluster(b, "us-east-1", "payments", "a", "b", key=key, tags={"team": "payments"})
    cluster(b, "eu-west-1", "analytics", "a", members={"AutoMinorVersionUpgrade": False}, age=900)
    cluster(b, "eu-central-1", "sessions", "a", "b", owned_key=True, gateway=True)


def tables_and_files(b: Builder, keys: dict[str, str]) -> None:
    KeyBuilder(b, "us-east-1", "aws/dynamodb", manager="AWS", Description="Default key that protects my DynamoDB data when no other key is defined")
    table(b, "us-east-1", "orders", key=keys["orders"])
    table(b, "us-east-1", "sessions", kms=True)
    table(b, "us-east-1", "feature-flags")
    table(b, "eu-west-1", "shared-ledger", key="arn:aws:kms:eu-west-1:777788889999:key/0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b")
    table(b, "eu-central-1", "quarterly-results", key=keys["partner-exchange"])
    file_system(b, "us-east-1", "orders-uploads", keys["orders"], team="orders")
    file_system(b, "eu-west-1", "build-cache", age=1400)


def fronts(b: Builder, api: str) -> None:
    logs = f"example-access-logs-{b.id}"
    load_balancer(b, "us-east-1", "orders-web", "application", (443, "HTTPS"), (80, "HTTP"), logs=logs, prefix="orders-web")
    load_balancer(b, "us-east-1", "chat-tcp", "network", (5222, "TCP"))
    load_balancer(b, "eu-west-1", "legacy-shop", "application", (80, "HTTP"), age=1900)
    load_balancer(b, "eu-west-1", "partner-tls", "network", (443, "TLS"), (80, "TCP"), scheme="internal")
    load_balancer(b, "eu-central-1", "inspection", "gateway", scheme=None)
    distribution(b, "www.example.com", f"example-old-site-{b.id}.s3.amazonaws.com", logs=logs, prefix="www/")
    distribution(b, "shop.example.com", f"{api}.execute-api.us-east-1.amazonaws.com", delivered=True,
                 web_acl=f"arn:aws:wafv2:us-east-1:{b.id}:global/webacl/shop/0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b", header="Emulated-only-1")  # fmt: skip
    distribution(b, "media.example.com", f"example-orders-uploads-{b.id}.s3.amazonaws.com", real_time=(True, False))
    deliver(b, distribution(b, "beta.example.com", "beta.internal.example.com", enabled=False), delivery=False)


def second(b: Builder) -> None:
    instance(b, "us-east-1", "playground", PubliclyAccessible=True, age=30)
    table(b, "eu-west-1", "scratch")
    load_balancer(b, "us-east-1", "sandbox", "application", (80, "HTTP"))
