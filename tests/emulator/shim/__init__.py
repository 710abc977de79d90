"""What moto lacks or answers unlike AWS, for the services that `evidence` reads.

Each module patches moto's own response classes, so that moto's serializers write the documents. The rule: only
AWS's documented form, with the API reference page named beside each answer; never a convenience for our product.
"""

from shim import accessanalyzer, account, auditmanager, guardduty, inspector2, macie2, organizations, securityhub, shield  # noqa: F401, they register themselves
from shim import acm, apigateway, apigatewayv2, awslambda, cloudfront, cloudtrail, cloudwatch, cognito, config, dynamodb, ec2, efs, elbv2, iam
from shim import iam_listings, identity, kept, kms, log_deliveries, logs, rds, s3, secretsmanager, sns, sqs, wafv2

MODULES = (
    identity, iam, iam_listings, cloudtrail, apigateway, apigatewayv2, ec2, s3, kms, config, cloudwatch, logs, sns, wafv2, acm, cognito, awslambda,
    sqs, secretsmanager, rds, efs, dynamodb, elbv2, cloudfront, log_deliveries, kept,
)  # fmt: skip


def install() -> None:
    """Applies every patch, once, before the first request."""
    for module in MODULES:
        module.install()
