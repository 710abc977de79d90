"""Trails."""

from seeds.apis import TrailBuilder
from seeds.builder import Builder
from seeds.demo_trails import EVERY_OBJECT, kms
from seeds.stories import EU, US

EVERY_FUNCTION = {"Type": "AWS::Lambda::Function", "Values": ["arn:aws:lambda"]}


def whole(b: Builder, region: str, name: str, **more) -> TrailBuilder:
    """A trail of all Regions that selects everything, and whose settings are as they should be."""
    trail = TrailBuilder(
        b, region, name, IsMultiRegionTrail=True, EnableLogFileValidation=True, KmsKeyId=kms(b.id, region),
        CloudWatchLogsLogGroupArn=f"arn:aws:logs:{region}:{b.id}:log-group:trail:*",
        CloudWatchLogsRoleArn=f"arn:aws:iam::{b.id}:role/trail-to-logs", **more)  # fmt: skip
    trail.selectors({"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [EVERY_OBJECT, EVERY_FUNCTION]})
    return trail


def running(b: Builder, _second: Builder) -> None:
    """One trail that records everything."""
    whole(b, US, "everything")


def stopped(b: Builder, _second: Builder) -> None:
    """One trail that would record everything, and was stopped three weeks ago."""
    whole(b, US, "everything", logging=False, stopped=21, delivered=21)


def none(_b: Builder, _second: Builder) -> None:
    """No trail."""


def unchecked(b: Builder, _second: Builder) -> None:
    """A trail that can prove its files and one, in the other Region, that cannot."""
    whole(b, US, "everything")
    TrailBuilder(b, EU, "local", IsMultiRegionTrail=False, EnableLogFileValidation=False)
