"""What watches over an account, and the organization around it."""

from seeds.apis import ApiBuilder
from seeds.builder import Builder
from seeds.compute import FunctionBuilder
from seeds.databases import instance
from seeds.networks import Network
from seeds.posture import PLANS, OrganizationBuilder, analyzer, contact, detector, hub, inspector, macie, policy_managers, watched
from seeds.rest import RestBuilder
from seeds.storage import BucketBuilder
from seeds.stories import EU, US

TOOLS, PROD = "555566667777", "666677778888"
OPEN = ("arn:aws:s3:::example-open", "AWS::S3::Bucket", "ACTIVE")
SETTLED = ("arn:aws:s3:::example-website", "AWS::S3::Bucket", "ARCHIVED")


def off(_b: Builder, _second: Builder) -> None:
    """Nothing was ever switched on."""


def on(b: Builder, _second: Builder) -> None:
    """Everything is on in both Regions, and what was found is settled."""
    watched(b, (US,))
    contact(b)
    analyzer(b, EU, findings=(SETTLED,))
    for turn_on in (hub, detector, inspector, macie):
        turn_on(b, EU)


def half(b: Builder, _second: Builder) -> None:
    """Switched on in one Region and half on in the other: wrong analyzer, no standard ready, suspended, one kind of scan."""
    watched(b, (US,))
    analyzer(b, EU, "unused", "ACCOUNT_UNUSED_ACCESS")
    hub(b, EU, {"pci-dss/v/4.0.1": "PENDING"})
    detector(b, EU, status="DISABLED")
    inspector(b, EU, on=("ec2",))
    macie(b, EU, status="PAUSED")


def found(b: Builder, _second: Builder) -> None:
    """Analyzers whose findings fill pages of two; the last one is active. Inspector knows an old flaw and a new one."""
    b.settings.page_sizes = {"*": 2}
    settled = tuple((f"arn:aws:s3:::example-{number}", "AWS::S3::Bucket", "ACTIVE") for number in range(4))
    analyzer(b, US, findings=(*settled, OPEN))
    analyzer(b, EU, findings=(SETTLED,))
    inspector(b, US, findings=(("CVE-2026-0001 - openssl", "CRITICAL", 31, "i-1"), ("CVE-2026-0002 - curl", "HIGH", 29, "i-1"),
                               ("CVE-2025-0003 - vim", "MEDIUM", 400, "i-1")))  # fmt: skip
    inspector(b, EU)


def without_plans(b: Builder, _second: Builder) -> None:
    """GuardDuty is on, but for one plan in one Region."""
    detector(b, US)
    detector(b, EU, on=tuple(plan for plan in PLANS if plan != "S3_DATA_EVENTS"))


def managed(b: Builder, second: Builder) -> dict:
    """A management account and a member; policies bind all, and others administer."""
    well_run(b, second)
    return {"accounts": 2}


def well_run(b: Builder, second: Builder) -> OrganizationBuilder:
    made = OrganizationBuilder(b, second)
    tools, work = made.unit("Tools"), made.unit("Workloads")
    made.account(TOOLS, "tools", tools).account(PROD, "orders", work).account(second.id, "payments", made.unit("Production", work))
    made.policy("stay-in-the-organization", on=(tools, work))
    made.delegates(policy_managers(TOOLS)).trusts("guardduty.amazonaws.com", "ram.amazonaws.com")
    return made.administrator(TOOLS, "guardduty.amazonaws.com")


def member(b: Builder, second: Builder) -> None:
    """The first account is a mere member; its management account is the second, which is not part of the run."""
    well_run(second, b)


def administrator(b: Builder, second: Builder) -> None:
    """The first account is a delegated administrator; the management account is not part of the run."""
    well_run(second, b).administrator(b.id, "securityhub.amazonaws.com")


def loose(b: Builder, second: Builder) -> dict:
    """A management account that does everything itself, with a member directly under the root."""
    made = OrganizationBuilder(b, second).account(second.id, "payments")
    made.policy("forgotten").trusts("guardduty.amazonaws.com")
    return {"accounts": 2}


def works(b: Builder, second: Builder) -> dict:
    """A management account with a stopped server, a function, APIs of both generations, a database and a bucket."""
    well_run(b, second)
    vpc = Network(b, EU).vpc("shop", "10.1.0.0/16")
    vpc.subnet("10.1.1.0/24")
    vpc.instance("batch", vpc.group("batch"), stopped=True)
    FunctionBuilder(b, EU, "orders")
    RestBuilder(b, US, "orders")
    ApiBuilder(b, US, "chat", "WEBSOCKET")
    instance(b, US, "orders")
    BucketBuilder(b, US, f"example-costs-{b.id}")
    return {"accounts": 2}


def keeps_costs(b: Builder, second: Builder) -> dict:
    """A management account with nothing but the bucket of cost reports."""
    well_run(b, second)
    BucketBuilder(b, US, f"example-costs-{b.id}")
    return {"accounts": 2}
