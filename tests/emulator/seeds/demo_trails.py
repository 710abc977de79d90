"""The demonstration's trails: the organization's good one, a weak one, a stopped one, one whose deliveries fail."""

from seeds.apis import TrailBuilder, advanced_selector
from seeds.builder import Builder

EVERY_OBJECT = {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}


KEY = "00000000-0000-4000-a000-00000000c1d2"


def kms(account: str, region: str) -> str:
    return f"arn:aws:kms:{region}:{account}:key/{KEY}"


def main(b: Builder) -> dict[str, str]:
    organization = TrailBuilder(
        b, "us-east-1", "organization-trail", bucket="example-log-archive", IsMultiRegionTrail=True, IsOrganizationTrail=True,
        EnableLogFileValidation=True, KmsKeyId=kms(b.id, "us-east-1"), IncludeGlobalServiceEvents=True, tags={"owner": "platform"},
        CloudWatchLogsLogGroupArn=f"arn:aws:logs:us-east-1:{b.id}:log-group:trail:*",
        CloudWatchLogsRoleArn=f"arn:aws:iam::{b.id}:role/trail-to-logs")  # fmt: skip
    organization.selectors({"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [EVERY_OBJECT]})
    organization.insights("ApiCallRateInsight", "ApiErrorRateInsight")
    weak = TrailBuilder(b, "eu-west-1", "regional-weak", bucket=f"example-old-trail-logs-{b.id}", IsMultiRegionTrail=False, IncludeGlobalServiceEvents=False, started=700)
    stopped = TrailBuilder(b, "eu-central-1", "before-migration", IsMultiRegionTrail=True, EnableLogFileValidation=True, logging=False, stopped=20, delivered=20)
    stopped.selectors({"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True, "DataResources": []})
    data = TrailBuilder(b, "us-east-1", "data-events", IsMultiRegionTrail=False, EnableLogFileValidation=True, KmsKeyId=kms(b.id, "us-east-1"))
    data.advanced(
        advanced_selector("S3 writes", eventCategory=("Equals", "Data"), resources_type=("Equals", "AWS::S3::Object"), readOnly=("Equals", "false")),
        advanced_selector("Function calls", eventCategory=("Equals", "Data"), resources_type=("Equals", "AWS::Lambda::Function")),
    )
    failing = TrailBuilder(b, "eu-west-1", "delivery-failing", IsMultiRegionTrail=True, EnableLogFileValidation=True, delivered=9, error="AccessDenied")
    return {t.name: t.arn for t in (organization, weak, stopped, data, failing)}


def second(b: Builder) -> None:
    TrailBuilder(b, "eu-west-1", "sandbox-trail", IsMultiRegionTrail=False, logging=False, started=400, stopped=90, delivered=90)
