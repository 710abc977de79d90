"""What moto lacks or answers unlike AWS, for the services that `evidence` reads.

Each module patches moto's own response classes, so that moto's serializers write the documents. The rule: only
AWS's documented form, with the API reference page named beside each answer; never a convenience for our product.
"""

from shim import apigateway, apigatewayv2, cloudtrail, cloudwatch, config, ec2, iam, iam_listings, identity, kms, logs, s3, sns


def install() -> None:
    """Applies every patch, once, before the first request."""
    for module in (identity, iam, iam_listings, cloudtrail, apigateway, apigatewayv2, ec2, s3, kms, config, cloudwatch, logs, sns):
        module.install()
