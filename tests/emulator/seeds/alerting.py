"""Tools of the seeds for CloudWatch, CloudWatch Logs and SNS: from a log group to somebody who is told."""

from seeds.builder import Builder, ago

# A pattern for each thing that somebody wants to be told of, as the remediations of our controls have them, in words of our own.
CALLS = {
    "iam-policy-changes": ("iam", "AttachGroupPolicy AttachRolePolicy AttachUserPolicy CreatePolicy CreatePolicyVersion DeleteGroupPolicy DeletePolicy DeletePolicyVersion DeleteRolePolicy DeleteUserPolicy DetachGroupPolicy DetachRolePolicy DetachUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy"),
    "cloudtrail-changes": ("cloudtrail", "CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging"),
    "kms-key-removal": ("kms", "DisableKey ScheduleKeyDeletion"),
    "s3-policy-changes": ("s3", "PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication"),
    "config-changes": ("config", "StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder"),
    "security-group-changes": ("ec2", "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup"),
    "nacl-changes": ("ec2", "CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation"),
    "network-gateway-changes": ("ec2", "CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway"),
    "route-table-changes": ("ec2", "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable"),
    "vpc-changes": ("ec2", "CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink"),
}  # fmt: skip
FIELDS = {
    "unauthorized-api-calls": '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
    "console-sign-in-without-mfa": '{ $.eventName = ConsoleLogin && $.userIdentity.type = IAMUser && $.additionalEventData.MFAUsed != Yes }',
    "root-usage": "{ $.userIdentity.type = Root && $.userIdentity.invokedBy NOT EXISTS && $.eventType != AwsServiceEvent }",
    "console-auth-failures": '{ $.eventName = ConsoleLogin && $.errorMessage = "Failed authentication" }',
    "organizations-changes": "{ $.eventSource = organizations.amazonaws.com && $.readOnly IS FALSE }",
    "apigateway-changes": "{ $.eventSource = apigateway.amazonaws.com && $.readOnly IS FALSE }",
}  # fmt: skip
PURPOSES = sorted([*CALLS, *FIELDS])


def pattern(purpose: str, without: int = 0) -> str:
    """The pattern of a purpose; of calls, without the first so many."""
    if purpose in FIELDS:
        return FIELDS[purpose]
    service, names = CALLS[purpose]
    tests = " || ".join(f"($.eventName = {name})" for name in names.split()[without:])
    return f"{{ ($.eventSource = {service}.amazonaws.com) && ({tests}) }}"


class AlertBuilder:
    """One log group with its filters, alarms and topics."""

    def __init__(self, owner: Builder, region: str, group: str = "trail", **settings) -> None:
        self.owner, self.region, self.group = owner, region, group
        self.logs, self.cloudwatch, self.sns = (owner.client(name, region) for name in ("logs", "cloudwatch", "sns"))
        log_group(owner, region, group, **settings)

    def topic(self, name: str, *endpoints: str, confirmed: bool = True, policy: str | None = None) -> str:
        """A topic with e-mail subscriptions."""
        return topic(self.owner, self.region, name, *endpoints, confirmed=confirmed, policy=policy)

    def filter(self, name: str, text: str, metric: str | None = None, **more) -> None:
        one = {"metricName": metric or name, "metricNamespace": "Trail", "metricValue": "1", **more}
        self.logs.put_metric_filter(logGroupName=self.group, filterName=name, filterPattern=text, metricTransformations=[one])

    def alarm(self, name: str, *actions: str, metric: str | None = None, **more) -> None:
        alarm(self.owner, self.region, name, "Trail", metric or name, *actions, **more)

    def whole(self, purpose: str, *actions: str) -> None:
        """A filter for the purpose and an alarm on it."""
        self.filter(purpose, pattern(purpose))
        self.alarm(purpose, *actions)


def topic(b: Builder, region: str, name: str, *endpoints: str, confirmed: bool = True, policy: str | None = None) -> str:
    from moto.sns.models import sns_backends

    sns = b.client("sns", region)
    arn = sns.create_topic(Name=name)["TopicArn"]
    if policy:
        sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=policy)
    for endpoint in endpoints:
        sns.subscribe(TopicArn=arn, Protocol="email", Endpoint=endpoint)
        if confirmed:
            sns_backends[b.id][region].confirm(endpoint)
    return arn


def alarm(b: Builder, region: str, name: str, namespace: str, metric: str, *actions: str, on: bool = True, **more) -> None:
    from moto.cloudwatch.models import cloudwatch_backends

    settings = {"Statistic": "Sum", "Period": 300, "EvaluationPeriods": 1, "Threshold": 1.0, "ComparisonOperator": "GreaterThanOrEqualToThreshold", **more}
    b.client("cloudwatch", region).put_metric_alarm(
        AlarmName=name, Namespace=namespace, MetricName=metric, AlarmActions=list(actions), ActionsEnabled=on, **settings)  # fmt: skip
    kept = cloudwatch_backends[b.id][region].alarms[name]
    kept.state_updated_timestamp = kept.configuration_updated_timestamp = ago(30)


def stage_alarms(b: Builder, region: str, api: tuple[str, str], stage: str, *actions: str, client: str, server: str) -> None:
    """Alarms on the errors of a stage; `api` is the dimension that names the API."""
    dimensions = [{"Name": api[0], "Value": api[1]}, {"Name": "Stage", "Value": stage}]
    for metric in (client, server):
        alarm(b, region, f"{api[1]}-{stage}-{metric}", "AWS/ApiGateway", metric, *actions, Dimensions=dimensions)


def log_group(b: Builder, region: str, name: str, key: str | None = None, days: int | None = None, age: float = 300) -> None:
    from moto.logs.models import logs_backends

    logs = b.client("logs", region)
    kept = logs_backends[b.id][region].groups
    if name not in kept:
        logs.create_log_group(logGroupName=name, **({"kmsKeyId": key} if key else {}))
    if days:
        logs.put_retention_policy(logGroupName=name, retentionInDays=days)
    kept[name].creation_time = ago(age)
