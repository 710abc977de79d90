"""What a request asks: service, operation, account, region and principal, worked out as AWS's front ends do.

The service and region come from the credential scope of the signature, the operation from `Action`,
`X-Amz-Target` or the REST method and path against botocore's models.
"""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs

from accounts import ACCOUNTS, Principal

SCOPE = re.compile(r"Credential=([^/,\s]+)/\d{8}/([^/]+)/([^/]+)/aws4_request")
PROTOCOLS = {"iam": "query", "sts": "query", "sns": "query", "ec2": "ec2", "cloudtrail": "json", "kms": "json",
             "logs": "json", "config": "json", "cloudwatch": "cbor", "organizations": "json", "shield": "json", "lambda": "rest-json", "sqs": "json", "secretsmanager": "json", "apigatewayv2": "rest-json", "apigateway": "rest-json", "s3": "rest-xml", "s3control": "rest-xml",
             "rds": "query", "elasticloadbalancing": "query", "elasticfilesystem": "rest-json", "dynamodb": "json", "cloudfront": "rest-xml"}  # fmt: skip
# Services whose models botocore keeps under another name than they sign with.
MODELS = {"elasticfilesystem": "efs", "access-analyzer": "accessanalyzer"}
# Services that sign with a name that IAM does not use.
SIGNED = {"monitoring": "cloudwatch"}
# Services that sign with another's name, told apart by their paths.
APART = {("apigateway", "/v2/"): "apigatewayv2", ("s3", "/v20180820/"): "s3control"}
APART_PATHS = ("/v2/", "/v20180820/")
# Services whose one endpoint stands for every region.
GLOBAL = {"iam", "sts", "organizations", "cloudfront", "route53", "s3", "s3control", "account", "shield"}


# IAM actions that are not named as their operation.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
ACTIONS = {
    ("s3", "ListBuckets"): "s3:ListAllMyBuckets",
    ("s3", "GetBucketEncryption"): "s3:GetEncryptionConfiguration",
    ("s3", "GetPublicAccessBlock"): "s3:GetBucketPublicAccessBlock",
    ("s3", "GetObjectLockConfiguration"): "s3:GetBucketObjectLockConfiguration",
    ("s3", "GetBucketLifecycleConfiguration"): "s3:GetLifecycleConfiguration",
    ("s3control", "GetPublicAccessBlock"): "s3:GetAccountPublicAccessBlock",
    ("access-analyzer", "ListFindingsV2"): "access-analyzer:ListFindings",
}


@dataclass(frozen=True)
class Operation:
    """One request, named."""

    service: str
    name: str
    region: str
    access_key: str
    principal: Principal | None
    method: str
    path: str
    query: str
    body: bytes

    @property
    def account(self) -> str | None:
        return self.principal.account if self.principal else None

    @property
    def protocol(self) -> str:
        protocol = PROTOCOLS.get(self.service) or model_protocol(self.service)
        return "json" if protocol == "cbor" and not self.path.startswith("/service/") else protocol

    @property
    def text(self) -> str:
        """What a fault rule's `match` is held against."""
        return f"{self.method} {self.path}?{self.query}\n{self.body.decode('utf-8', 'replace')}"

    @property
    def action(self) -> str:
        """The IAM action that the operation needs; API Gateway's are HTTP verbs."""
        if self.service in ("apigateway", "apigatewayv2"):
            return f"apigateway:{self.method}"
        if self.service == "s3control" or (self.service, self.name) in ACTIONS:
            return ACTIONS.get((self.service, self.name), f"s3:{self.name}")
        return f"{self.service}:{self.name}"

    @property
    def resource(self) -> str:
        """A resource ARN as AWS prints it in a refusal."""
        if self.service in ("apigateway", "apigatewayv2"):
            return f"arn:aws:apigateway:{self.region}::{self.path.removeprefix('/v2')}"
        if self.service == "iam":
            return f"arn:aws:iam::{self.account}:*"
        if self.service == "s3":
            return f"arn:aws:s3:::{self.path.split('/')[1]}" if self.path.strip("/") else "arn:aws:s3:::*"
        return f"arn:aws:{self.service}:{self.region}:{self.account}:*"


def identify(method: str, path: str, query: str, headers, body: bytes) -> Operation:
    """Names a request; `name` is "?" where no model knows it."""
    scope = SCOPE.search(headers.get("Authorization", ""))
    access_key, region, signed_for = scope.groups() if scope else ("", "us-east-1", "")
    signed_for = SIGNED.get(signed_for, signed_for)
    service = APART.get((signed_for, next((p for p in APART_PATHS if path.startswith(p)), "")), signed_for)
    name = operation_name(service, method, path, query, headers, body)
    return Operation(service or "?", name, region, access_key, ACCOUNTS.principal(access_key), method, path, query, body)


def operation_name(service: str, method: str, path: str, query: str, headers, body: bytes) -> str:
    target = headers.get("X-Amz-Target")
    if target:
        return target.rsplit(".", 1)[-1]
    if headers.get("smithy-protocol") == "rpc-v2-cbor":
        return path.rsplit("/", 1)[-1]
    if headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
        return parse_qs(body.decode("utf-8", "replace")).get("Action", ["?"])[0]
    action = parse_qs(query).get("Action")
    return action[0] if action else routed_name(service, method, path, query, headers)


def routed_name(service: str, method: str, path: str, query: str, headers) -> str:
    from moto.core.request import Request
    from moto.core.routing import get_service_router

    try:
        request = Request.from_primitives(method, f"http://localhost{path}" + (f"?{query}" if query else ""), dict(headers.items()))
        return get_service_router(MODELS.get(service, service)).match(request)[0].name
    except Exception:  # an unknown service or path has no name; the answer to it will say so
        return "?"


@cache
def model_protocol(service: str) -> str:
    import botocore.session

    try:
        return botocore.session.get_session().get_service_model(service).protocol
    except Exception:
        return "rest-json"
