"""The demonstration's functions: well kept ones behind APIs, and what was forgotten, pasted or opened in a hurry."""

from seeds.builder import Builder
from seeds.compute import FunctionBuilder, SecretBuilder, from_source, queue

PARTNER = "777788889999"
OFFICE = {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}}


def main(b: Builder, keys: dict[str, str], apis: dict[str, str]) -> None:
    functions(b, keys, apis)
    queues(b)
    kept_secrets(b)


def functions(b: Builder, keys: dict[str, str], apis: dict[str, str]) -> None:
    us, eu, middle = "us-east-1", "eu-west-1", "eu-central-1"
    orders = FunctionBuilder(b, us, "orders", "python3.13", variables={"TABLE": "orders", "LOG_LEVEL": "info"}, key=keys["orders"])
    orders.from_api(apis.get("orders-api", "a1b2c3d4e5"), "*/*/orders").url("AWS_IAM", alias="live")
    # Any API of the account may call it, and its database password lies open.
    FunctionBuilder(b, us, "catalog", "nodejs18.x", age=900, variables={"DB_HOST": "db.example.com", "DB_PASSWORD": "Emulated-not-real-1618"}).from_api()
    # Everybody of the organization, and nobody else.
    FunctionBuilder(b, us, "lookup", "java21", statements=({"Sid": "organization", "Principal": "*", **OFFICE},))
    # Open to the internet by its URL; a partner's webhook besides.
    FunctionBuilder(b, eu, "webhook-receiver", "nodejs22.x", variables={"PARTNER": "example"}).open_url()
    # What its policy says may not be read in the demonstration: see the seed's faults.
    FunctionBuilder(b, eu, "refunds", "python3.12", statements=({"Sid": "hurry", "Principal": "*"},))
    FunctionBuilder(b, eu, "thumbnail", None, variables={"BUCKET": "example-uploads"}, key=keys["payments"])
    # Its key does not let the auditor look into the environment.
    FunctionBuilder(b, eu, "payroll", "python3.14", variables={"TABLE": "payroll"}, key=keys["payments"]).undecryptable()
    # A partner's account, by name; encrypted with a key that is about to be deleted.
    FunctionBuilder(b, middle, "partner-sync", "python3.9", age=1300, variables={"BUCKET": "example-exchange"}, key=keys["before-migration"],
                    statements=({"Sid": "partner", "Principal": {"AWS": f"arn:aws:iam::{PARTNER}:root"}},))  # fmt: skip
    # A runtime that no list knows yet.
    FunctionBuilder(b, middle, "experiments", "python3.19")


def second(b: Builder) -> None:
    FunctionBuilder(b, "us-east-1", "sandbox", "nodejs16.x", age=700, variables={"API_TOKEN": "Emulated-not-real-5772"})
    queue(b, "us-east-1", "sandbox-jobs", {"Sid": "__sender_statement", "Principal": "*"})
    SecretBuilder(b, "us-east-1", "sandbox/token", age=400)


def queues(b: Builder) -> None:
    us, eu = "us-east-1", "eu-west-1"
    queue(b, us, "orders", from_source(f"arn:aws:sns:{us}:{b.id}:orders"))
    queue(b, us, "orders-dead-letters")
    queue(b, eu, "partner-inbox", {"Sid": "partner", "Principal": {"AWS": f"arn:aws:iam::{PARTNER}:root"}})
    # Whatever knows its name may send.
    queue(b, eu, "webhook-events", {"Sid": "__sender_statement", "Principal": "*"})
    # Open like the last, only that its attributes may not be read in the demonstration: see the seed's faults.
    queue(b, eu, "payroll-jobs", {"Sid": "hurry", "Principal": {"AWS": "*"}})


def kept_secrets(b: Builder) -> None:
    us, eu, middle = "us-east-1", "eu-west-1", "eu-central-1"
    own = {"Principal": {"AWS": f"arn:aws:iam::{b.id}:role/orders-task"}}
    SecretBuilder(b, us, "prod/orders/db", statements=(own,), tags={"team": "orders"}).rotates().replicated(middle)
    SecretBuilder(b, us, "rds!cluster-0a1b2c3d", service="rds").rotates(7, last=3, due=4)
    # Rotations fail since five weeks; a cron schedule before its first rotation; a key that a partner changes once in a while, by hand.
    SecretBuilder(b, eu, "prod/reports/db", age=700).rotates(last=65, due=-35)
    SecretBuilder(b, eu, "prod/search/key", age=3).rotates(None, last=None, schedule="cron(0 4 1 * ? *)")
    SecretBuilder(b, eu, "prod/partner/key", age=800, changed=120)
    # Every account of AWS may ask for it.
    SecretBuilder(b, eu, "shared/license", age=500, changed=30, statements=({"Sid": "everybody", "Principal": "*"},))
