"""The demonstration's alerts: some chains whole, each of the others with another link missing; topics open and closed."""

from seeds.alerting import AlertBuilder, alarm, log_group, pattern, stage_alarms, topic
from seeds.builder import Builder, allow, document
from seeds.demo_trails import kms


def main(b: Builder) -> None:
    alerts = AlertBuilder(b, "us-east-1", key=kms(b.id, "us-east-1"), days=400, age=800)
    security = alerts.topic("security-alerts", "duty@example.com")
    unheard = alerts.topic("network-alerts", "former-colleague@example.com", confirmed=False)
    for purpose in ("root-usage", "iam-policy-changes", "cloudtrail-changes", "kms-key-removal", "organizations-changes"):
        alerts.whole(purpose, security)
    alerts.whole("vpc-changes", unheard)
    alerts.filter("s3-policy-changes", pattern("s3-policy-changes", 3))
    alerts.alarm("s3-policy-changes", security)
    alerts.filter("console-auth-failures", pattern("console-auth-failures"))
    alerts.filter("config-changes", pattern("config-changes"))
    alerts.alarm("config-changes", security, on=False)
    alerts.filter("security-group-changes", pattern("security-group-changes"))
    alerts.alarm("security-group-changes")
    # Somebody searched for words instead of fields: what it matches is not read.
    alerts.filter("nacl-changes", "NetworkAcl")
    alerts.alarm("nacl-changes", security)
    alerts.whole("route-table-changes", "arn:aws:sns:us-east-1:777788889999:central-alerts")
    alerts.cloudwatch.put_composite_alarm(AlarmName="anything-serious", AlarmRule="ALARM(root-usage) OR ALARM(cloudtrail-changes)", AlarmActions=[security])
    stage_alarms(b, "us-east-1", ("ApiName", "billing-rest"), "prod", security, client="4XXError", server="5XXError")
    alarm(b, "eu-west-1", "orders-backlog", "AWS/SQS", "ApproximateAgeOfOldestMessage")
    for name, days in (("/aws/lambda/orders", 14), ("/aws/lambda/reports", None)):
        log_group(b, "us-east-1", name, days=days)
    everybody = allow(["sns:Publish", "sns:Subscribe"], f"arn:aws:sns:eu-west-1:{b.id}:shop-news", Sid="Anyone", Principal="*")
    topic(b, "eu-west-1", "shop-news", policy=document(everybody))


def second(b: Builder) -> None:
    log_group(b, "us-east-1", "/aws/lambda/experiment", days=3)
    topic(b, "us-east-1", "sandbox")
