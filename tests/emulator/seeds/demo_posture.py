"""The demonstration's watchers: good in one Region, half on in the next, forgotten in the third; and its organization."""

from seeds.builder import Builder
from seeds.posture import (
    PLANS,
    OrganizationBuilder,
    analyzer,
    audit_manager,
    contact,
    deny,
    detector,
    hub,
    inspector,
    macie,
    policy_managers,
    primary,
    shield,
)

US, EU, DE = "us-east-1", "eu-west-1", "eu-central-1"
SECURITY, PROD, LEGACY = "555566667777", "666677778888", "777788880000"


def main(b: Builder, second: Builder) -> None:
    contact(b)
    contact(b, "BILLING", Name="Accounts Payable", Title="Clerk", EmailAddress="billing@example.com")
    primary(b, CompanyName="Example Corp.", WebsiteUrl="https://www.example.com")
    regions(b)
    shield(b, f"arn:aws:cloudfront::{b.id}:distribution/E1EXAMPLEWWW", f"arn:aws:cloudfront::{b.id}:distribution/E2EXAMPLEAPI")
    audit_manager(b, US, "cards-2026", "foundations")
    organization(b, second)


def regions(b: Builder) -> None:
    site = ("arn:aws:s3:::example-old-site-" + b.id, "AWS::S3::Bucket", "ACTIVE")
    share = (f"arn:aws:kms:{US}:{b.id}:key/0a1b2c3d-0000-4000-8000-000000000001", "AWS::KMS::Key", "ARCHIVED")
    analyzer(b, US, findings=(site, share))
    analyzer(b, US, "unused", "ACCOUNT_UNUSED_ACCESS")
    analyzer(b, EU, "organization", "ORGANIZATION")
    analyzer(b, DE, "unused", "ACCOUNT_UNUSED_ACCESS")
    hub(b, US)
    hub(b, EU, {"pci-dss/v/4.0.1": "PENDING"})
    hub(b, DE)
    detector(b, US)
    detector(b, EU, status="DISABLED")
    detector(b, DE, on=tuple(plan for plan in PLANS if plan != "LAMBDA_NETWORK_LOGS"))
    inspector(b, US, findings=(
        ("CVE-2026-1001 - openssl", "CRITICAL", 45, "i-0aa1bb2cc3dd4ee5f"), ("CVE-2026-1002 - curl", "HIGH", 10, "i-0aa1bb2cc3dd4ee5f")))  # fmt: skip
    inspector(b, EU, on=("ec2",))
    macie(b, US, jobs=("uploads-2026", "archive-2025"))
    macie(b, EU, status="PAUSED", discovery="DISABLED")


def organization(b: Builder, second: Builder) -> None:
    made = OrganizationBuilder(b, second)
    security, workloads = made.unit("Security"), made.unit("Workloads")
    prod, sandbox = made.unit("Production", workloads), made.unit("Sandbox")
    made.account(SECURITY, "security", security).account(PROD, "orders-production", prod).account(second.id, "sandbox", sandbox)
    made.account(LEGACY, "legacy")
    made.policy("stay-in-the-organization", on=(None,))
    made.policy("keep-the-trail", deny(["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"], Sid="KeepTheTrail"), on=(workloads,))
    made.policy("nowhere-yet", deny("ec2:RunInstances", Sid="NoInstances"))
    made.delegates(policy_managers(SECURITY))
    made.trusts("cloudtrail.amazonaws.com", "guardduty.amazonaws.com", "ram.amazonaws.com", "securityhub.amazonaws.com")
    made.administrator(SECURITY, "guardduty.amazonaws.com", "securityhub.amazonaws.com")


def second(b: Builder) -> None:
    analyzer(b, US, status="FAILED")
    analyzer(b, EU, findings=((f"arn:aws:iam::{b.id}:role/vendor", "AWS::IAM::Role", "ACTIVE"),))
    detector(b, US)
