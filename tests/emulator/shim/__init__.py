"""What moto lacks or answers unlike AWS, for the services that `evidence` reads.

Each module patches moto's own response classes, so that moto's serializers write the documents. The rule: only
AWS's documented form, with the API reference page named beside each answer; never a convenience for our product.
"""

from shim import acm, apigateway, apigatewayv2, awslambda, cloudfront, cloudtrail, cognito, config, dynamodb, ec2, efs, elbv2, iam, iam_listings
from shim import identity, kms, log_deliveries, rds, s3, secretsmanager, sqs, wafv2


def install() -> None:
    """Applies every patch, once, before the first request."""
    modules = (
        identity, iam, iam_listings, cloudtrail, apigateway, apigatewayv2, ec2, s3, kms, config, wafv2, acm,
        cognito, awslambda, sqs, secretsmanager, rds, efs, dynamodb, elbv2, cloudfront, log_deliveries,
    )  # fmt: skip
    for module in modules:
        module.install()
