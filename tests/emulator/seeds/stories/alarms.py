"""Alerts on what trails record: whole chains, and chains that lack one link each."""

from seeds.alerting import PURPOSES, AlertBuilder, pattern, topic
from seeds.apis import TrailBuilder
from seeds.builder import Builder, allow, document

REGION = "us-east-1"


def trail(b: Builder, group_account: str | None = None, **more) -> TrailBuilder:
    settings = {"IsMultiRegionTrail": True, **more}
    arn = f"arn:aws:logs:{REGION}:{group_account or b.id}:log-group:trail:*"
    return TrailBuilder(b, REGION, "everything", CloudWatchLogsLogGroupArn=arn, CloudWatchLogsRoleArn=f"arn:aws:iam::{b.id}:role/trail-to-logs", **settings)


def chains(b: Builder, **more) -> tuple[AlertBuilder, str]:
    trail(b, **more)
    alerts = AlertBuilder(b, REGION)
    return alerts, alerts.topic("security", "duty@example.com")


def whole(main: Builder, _second: Builder) -> None:
    """Everything is alerted."""
    alerts, security = chains(main)
    for purpose in PURPOSES:
        alerts.whole(purpose, security)


def no_action(main: Builder, _second: Builder) -> None:
    """Every purpose has its filter and its alarm, and no alarm does anything."""
    alerts, _ = chains(main)
    for purpose in PURPOSES:
        alerts.whole(purpose)


def one_link_less(main: Builder, _second: Builder) -> None:
    """Each of these chains lacks another link."""
    alerts, security = chains(main)
    pending = alerts.topic("pending", "gone@example.com", confirmed=False)
    alerts.filter("cloudtrail-changes", pattern("cloudtrail-changes", 1))
    alerts.alarm("cloudtrail-changes", security)
    alerts.filter("kms-key-removal", pattern("kms-key-removal"))
    alerts.filter("root-usage", pattern("root-usage"))
    alerts.alarm("root-usage", security, on=False)
    alerts.whole("config-changes", pending)
    alerts.whole("vpc-changes", f"arn:aws:sns:{REGION}:{main.id}:deleted")
    alerts.filter("nacl-changes", "ReplaceNetworkAclEntry")
    alerts.alarm("nacl-changes", security)
    alerts.whole("route-table-changes", f"arn:aws:sns:{REGION}:999988887777:central")
    # Two filters share the work, and a third one counts for both.
    alerts.filter("iam-a", pattern("iam-policy-changes", 8), "iam")
    alerts.filter("iam-b", '{ $.eventSource = iam.amazonaws.com && $.eventName = "*Policy*" }', "iam")
    alerts.alarm("iam", security)
    alerts.whole("s3-policy-changes", security)


def stopped(main: Builder, _second: Builder) -> None:
    """All is set up behind a trail that was stopped."""
    alerts, security = chains(main, logging=False, stopped=20)
    alerts.whole("root-usage", security)


def without_kms(main: Builder, _second: Builder) -> None:
    """The trail leaves KMS out."""
    trail(main).selectors({"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [], "ExcludeManagementEventSources": ["kms.amazonaws.com"]})
    alerts = AlertBuilder(main, REGION)
    security = alerts.topic("security", "duty@example.com")
    for purpose in ("kms-key-removal", "config-changes"):
        alerts.whole(purpose, security)


def elsewhere(main: Builder, _second: Builder) -> None:
    """The trail streams to another account."""
    trail(main, "999988887777")


def beside(main: Builder, second: Builder) -> dict:
    """The trail streams to the other account of the run, where everything is alerted."""
    trail(main, second.id)
    alerts = AlertBuilder(second, REGION)
    security = alerts.topic("security", "duty@example.com")
    for purpose in PURPOSES:
        alerts.whole(purpose, security)
    return {"accounts": 2}


def topics(main: Builder, _second: Builder) -> None:
    """Topics open and closed."""
    topic(main, REGION, "usual", "duty@example.com")
    everybody = allow(["sns:Publish", "sns:Subscribe"], f"arn:aws:sns:{REGION}:{main.id}:open", Sid="Anyone", Principal="*")
    topic(main, REGION, "open", policy=document(everybody))
    partner = allow("sns:Publish", f"arn:aws:sns:{REGION}:{main.id}:partner", Principal={"AWS": "arn:aws:iam::777788889999:root"})
    topic(main, "eu-west-1", "partner", policy=document(partner))
