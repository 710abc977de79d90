"""Tools of the seeds for what watches over an account: contacts, Access Analyzer, Security Hub, GuardDuty, Inspector, Macie, Shield,
Audit Manager, and the organization. None of it is in moto; see `shim/own.py`.
"""

import hashlib
from datetime import UTC

from seeds.builder import Builder, ago, allow, document
from shim.own import kept

PLANS = ("CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS", "S3_DATA_EVENTS", "LAMBDA_NETWORK_LOGS", "EKS_AUDIT_LOGS", "RDS_LOGIN_EVENTS")
SCANS = ("ec2", "ecr", "lambda", "lambdaCode")


def stamp(days: float) -> str:
    """So many days ago, as RFC 3339 writes it."""
    return ago(days).strftime("%Y-%m-%dT%H:%M:%SZ")


def epoch(days: float) -> int:
    return int(ago(days).replace(tzinfo=UTC).timestamp())


def ident(*of: str, length: int = 32) -> str:
    """A stable id in hexadecimal."""
    return hashlib.sha256("/".join(of).encode()).hexdigest()[:length]


def contact(b: Builder, kind: str = "SECURITY", **more: str) -> None:
    """An alternate contact, whole unless told otherwise."""
    whole = {"Name": "Security Team", "Title": "CISO", "EmailAddress": "security@example.com", "PhoneNumber": "+1 206 555 0142"}
    kept(b.id, "account")[kind] = {**whole, **more}


def primary(b: Builder, **more: str) -> None:
    """Members of the primary contact beside those that every account has."""
    kept(b.id, "account").setdefault("primary", {}).update(more)


def analyzer(b: Builder, region: str, name: str = "outside", kind: str = "ACCOUNT", status: str = "ACTIVE", findings: tuple = ()) -> str:
    """An analyzer; `findings` are (resource, type, status) each."""
    arn = f"arn:aws:access-analyzer:{region}:{b.id}:analyzer/{name}"
    summary = {"arn": arn, "name": name, "type": kind, "status": status, "createdAt": stamp(400), "lastResourceAnalyzedAt": stamp(0.1), "tags": {}}
    if status == "FAILED":
        summary["statusReason"] = {"code": "AWS_SERVICE_ACCESS_DISABLED"}
    found = [{"id": uuid(arn, resource), "resource": resource, "resourceType": of, "resourceOwnerAccount": b.id, "status": state, "findingType": "ExternalAccess",
              "createdAt": stamp(90), "analyzedAt": stamp(0.1), "updatedAt": stamp(30)} for resource, of, state in findings]  # fmt: skip
    kept(b.id, "access-analyzer", region).setdefault("analyzers", []).append({"summary": summary, "findings": found})
    return arn


def uuid(*of: str) -> str:
    told = ident(*of)
    return f"{told[:8]}-{told[8:12]}-4{told[13:16]}-a{told[17:20]}-{told[20:]}"


def hub(b: Builder, region: str, standards: dict[str, str] | None = None) -> None:
    """Security Hub with standards by name and status."""
    held = kept(b.id, "securityhub", region)
    held["hub"] = {"HubArn": f"arn:aws:securityhub:{region}:{b.id}:hub/default", "SubscribedAt": stamp(300), "AutoEnableControls": True, "ControlFindingGenerator": "SECURITY_CONTROL"}
    named = {"aws-foundational-security-best-practices/v/1.0.0": "READY"} if standards is None else standards
    held["standards"] = [
        {"StandardsSubscriptionArn": f"arn:aws:securityhub:{region}:{b.id}:subscription/{name}", "StandardsArn": f"arn:aws:securityhub:{region}::standards/{name}",
         "StandardsInput": {}, "StandardsStatus": status} for name, status in sorted(named.items())]  # fmt: skip


def detector(b: Builder, region: str, status: str = "ENABLED", on: tuple = PLANS) -> None:
    """GuardDuty with the plans that are on."""
    features = [{"name": name, "status": "ENABLED" if name in on else "DISABLED", "updatedAt": epoch(200)} for name in PLANS]
    role = f"arn:aws:iam::{b.id}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty"
    kept(b.id, "guardduty", region).setdefault("detectors", {})[ident(b.id, region)] = {
        "createdAt": stamp(300), "updatedAt": stamp(200), "findingPublishingFrequency": "SIX_HOURS", "serviceRole": role, "status": status, "tags": {}, "features": features}  # fmt: skip


def inspector(b: Builder, region: str, on: tuple = SCANS, findings: tuple = ()) -> None:
    """Inspector with the kinds of scan that are on; `findings` are (title, severity, age in days, resource) each."""
    held = kept(b.id, "inspector2", region)
    held["status"] = {kind: "ENABLED" for kind in on}
    held["findings"] = [
        {"findingArn": f"arn:aws:inspector2:{region}:{b.id}:finding/{ident(b.id, region, title)}", "awsAccountId": b.id, "type": "PACKAGE_VULNERABILITY", "title": title,
         "description": "A flaw was found", "severity": severity, "status": "ACTIVE", "firstObservedAt": epoch(age), "lastObservedAt": epoch(0.2), "fixAvailable": "YES",
         "remediation": {"recommendation": {"text": "None Provided"}}, "resources": [{"id": resource, "type": "AWS_EC2_INSTANCE"}],
         "packageVulnerabilityDetails": {"vulnerabilityId": title.split(" ")[0], "source": "NVD", "vulnerablePackages": []}} for title, severity, age, resource in findings]  # fmt: skip


def macie(b: Builder, region: str, status: str = "ENABLED", discovery: str = "ENABLED", jobs: tuple[str, ...] = ()) -> None:
    """Macie with automated discovery and one-time jobs by name."""
    role = f"arn:aws:iam::{b.id}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie"
    held = kept(b.id, "macie2", region)
    held["session"] = {"createdAt": stamp(250), "updatedAt": stamp(250), "findingPublishingFrequency": "SIX_HOURS", "serviceRole": role, "status": status}
    held["discovery"] = {"status": discovery, "firstEnabledAt": stamp(250), "lastUpdatedAt": stamp(200), "autoEnableOrganizationMembers": "NONE"}
    held["jobs"] = [{"jobId": ident(b.id, region, name), "name": name, "jobStatus": "COMPLETE", "jobType": "ONE_TIME", "createdAt": stamp(100)} for name in jobs]


def shield(b: Builder, *resources: str) -> None:
    """A subscription to Shield Advanced that protects these."""
    kept(b.id, "shield")["protections"] = [
        {"Id": uuid(b.id, arn), "Name": arn.rsplit("/", 1)[-1], "ResourceArn": arn, "ProtectionArn": f"arn:aws:shield::{b.id}:protection/{uuid(b.id, arn)}"} for arn in resources]  # fmt: skip


def audit_manager(b: Builder, region: str, *names: str) -> None:
    """Audit Manager, set up, with assessments by name."""
    kept(b.id, "auditmanager", region)["assessments"] = [
        {"id": uuid(b.id, region, name), "name": name, "complianceType": "PCI DSS V4.0", "status": "ACTIVE", "creationTime": epoch(150), "lastUpdated": epoch(1), "roles": [], "delegations": []}
        for name in names]  # fmt: skip


def watched(b: Builder, regions: tuple[str, ...]) -> None:
    """Everything on, nothing found."""
    contact(b)
    primary(b, CompanyName="Example Corp.")
    for region in regions:
        analyzer(b, region)
        hub(b, region)
        detector(b, region)
        inspector(b, region)
        macie(b, region)
        audit_manager(b, region, "foundations")


class OrganizationBuilder:
    """An organization under construction, from its management account."""

    def __init__(self, owner: Builder, *members: Builder, features: tuple[str, ...] = ()) -> None:
        self.owner = owner
        told = owner.settings.organization or {"id": "o-exampleorgid", "management": owner.id, "features": list(features)}
        for one in (owner, *members):
            one.settings.organization = told
        self.kept = kept(owner.id, "organizations")
        self.kept["policy_types"] = ["SERVICE_CONTROL_POLICY"]
        self.account(owner.id, "management")

    def account(self, number: str, name: str, unit: str | None = None) -> "OrganizationBuilder":
        """An account in a unit, or directly under the root."""
        self.kept.setdefault("accounts", {})[number] = {"name": name, "parent": unit, "joined": epoch(700)}
        return self

    def unit(self, name: str, above: str | None = None) -> str:
        """A unit; returns its id."""
        made = f"ou-exam-{ident(name, above or '', length=8)}"
        self.kept.setdefault("units", {})[made] = {"name": name, "parent": above}
        return made

    def policy(self, name: str, *statements: dict, on: tuple = (), kind: str = "SERVICE_CONTROL_POLICY") -> "OrganizationBuilder":
        """A policy on units or accounts; `None` is the root."""
        self.kept.setdefault("policies", {})[f"p-{ident(name, length=8)}"] = {
            "name": name, "type": kind, "targets": list(on), "content": document(*(statements or (deny("organizations:LeaveOrganization"),)))}  # fmt: skip
        return self

    def delegates(self, *statements: dict) -> "OrganizationBuilder":
        """The organization's resource policy."""
        self.kept["resource_policy"] = document(*statements)
        return self

    def trusts(self, *services: str) -> "OrganizationBuilder":
        self.kept.setdefault("trusted", {}).update({service: epoch(600) for service in services})
        return self

    def administrator(self, number: str, *services: str) -> "OrganizationBuilder":
        """Makes a member the delegated administrator of services."""
        self.kept.setdefault("administrators", {})[number] = list(services)
        return self


def deny(actions, **more) -> dict:
    return {"Effect": "Deny", "Action": actions, "Resource": "*", **more}


def policy_managers(account: str) -> dict:
    """A statement by which an account may manage policies."""
    return allow(["organizations:CreatePolicy", "organizations:UpdatePolicy", "organizations:AttachPolicy", "organizations:DetachPolicy"],
                 Sid="Policies", Principal={"AWS": f"arn:aws:iam::{account}:root"})  # fmt: skip


