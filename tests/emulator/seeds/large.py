"""A generated account of any size, for benchmarks: `users`, `roles`, `trails`, `apis` and their `routes`, `rest_apis` and
their `methods`, `buckets`, and `keys` of KMS, spread over so many `regions`.

Users, roles and routes go straight into moto's dictionaries; through the API 20,000 users would take minutes.
"""

from datetime import timedelta

import moto.apigatewayv2.models as gateway
import moto.iam.models as iam

from seeds.apis import TrailBuilder
from seeds.builder import PASSWORD, Builder, ago, document, trust

DEFAULTS = {"users": 1000, "roles": 50, "trails": 4, "apis": 20, "routes": 50, "rest_apis": 0, "methods": 10, "buckets": 0, "keys": 0, "regions": 3}
REGIONS = ("us-east-1", "eu-west-1", "eu-central-1", "eu-north-1")


def seed(main: Builder, _second: Builder, options: dict) -> dict:
    asked = {**DEFAULTS, **{k: int(v) for k, v in options.items() if k in DEFAULTS}}
    unknown = set(options) - set(DEFAULTS)
    if unknown:
        raise ValueError(f"unknown options of the seed `large`: {', '.join(sorted(unknown))}")
    if not 1 <= asked["regions"] <= len(REGIONS):
        raise ValueError(f"`regions` of the seed `large` is 1 to {len(REGIONS)}")
    regions = main.settings.regions = REGIONS[: asked["regions"]]
    main.root(mfa="hardware", password_last_used=ago(100))
    main.auditor()
    main.group("readers", managed=("ReadOnlyAccess",))
    users(main, asked["users"])
    roles(main, asked["roles"])
    made_keys = [key(main, regions[number % len(regions)], number) for number in range(asked["keys"])]
    for number in range(asked["buckets"]):
        bucket(main, regions[number % len(regions)], number, made_keys)
    for number in range(asked["trails"]):
        TrailBuilder(main, regions[number % len(regions)], f"trail-{number}", IsMultiRegionTrail=number == 0, EnableLogFileValidation=number < 2)
    for number in range(asked["apis"]):
        api(main, regions[number % len(regions)], number, asked["routes"])
    for number in range(asked["rest_apis"]):
        rest_api(main, regions[number % len(regions)], number, asked["methods"])
    return {"made": asked}


def users(b: Builder, count: int) -> None:
    backend, group = b.backend, b.backend.groups["readers"]
    for number in range(count):
        user = iam.User(b.id, "aws", f"user-{number:06d}")
        user.create_date = ago(300 + number % 700)
        backend.users[user.name] = user
        group.users.append(user)
        if number % 2 == 0:
            user.password, user.password_last_used = PASSWORD, ago(number % 90)
            user.password_last_changed = ago(100 + number % 200)
        if number % 4 == 0:
            user.mfa_devices[f"GAHT{number:08d}"] = iam.MFADevice(f"GAHT{number:08d}", "0", "0")
        for _ in range(1 + (number % 10 == 0)):
            add_key(backend, user, number)


def add_key(backend, user, number: int) -> None:
    key = user.create_access_key(prefix="AKIA")
    key.create_date = ago(number % 200)
    key.last_used = iam.AccessKeyLastUsed(ago(number % 100), "s3", "us-east-1") if number % 5 else None
    backend.access_keys[key.access_key_id] = key


def roles(b: Builder, count: int) -> None:
    for number in range(count):
        statement = trust({"Service": "lambda.amazonaws.com"} if number % 3 else {"AWS": f"arn:aws:iam::{b.id}:root"})
        role_id = iam.random_role_id(b.id)
        role = iam.Role(b.id, "aws", role_id, f"role-{number:05d}", document(statement), "/", None, "", [], "3600")
        role.create_date = ago(200 + number % 300)
        b.backend.roles[role.id] = role


def api(b: Builder, region: str, number: int, routes: int) -> None:
    made = gateway.apigatewayv2_backends[b.id][region].create_api(
        api_key_selection_expression=None, cors_configuration=None, description=None, disable_schema_validation=None,
        disable_execute_api_endpoint=False, name=f"api-{number:04d}", protocol_type="HTTP", route_selection_expression=None, tags={}, version=None)  # fmt: skip
    made.created_date = ago(100) + timedelta(seconds=number)
    target = made.create_integration("INTERNET", None, "POST", "AWS_PROXY", f"arn:aws:lambda:{region}:{b.id}:function:f{number}", payload_format_version="2.0")
    for position in range(routes):
        made.create_route(api_key_required=False, authorization_scopes=[], authorization_type="AWS_IAM" if position % 10 else "NONE",
                          route_key=f"GET /things/{position:04d}", target=f"integrations/{target.id}")  # fmt: skip
    stage = made.create_stage({"stageName": "prod", "autoDeploy": True})
    stage.created = stage.updated = ago(50)


def rest_api(b: Builder, region: str, number: int, methods: int) -> None:
    gateway = b.client("apigateway", region)
    made = gateway.create_rest_api(name=f"rest-{number:04d}", endpointConfiguration={"types": ["REGIONAL"]})
    for position in range(methods):
        path = gateway.create_resource(restApiId=made["id"], parentId=made["rootResourceId"], pathPart=f"things-{position:04d}")["id"]
        where = {"restApiId": made["id"], "resourceId": path, "httpMethod": "GET"}
        gateway.put_method(**where, authorizationType="AWS_IAM" if (number + position) % 10 else "NONE", apiKeyRequired=False)
        gateway.put_integration(**where, type="HTTP_PROXY", integrationHttpMethod="GET", uri=f"https://backend.example/{position}")
    gateway.create_deployment(restApiId=made["id"], stageName="prod")


def bucket(b: Builder, region: str, number: int, keys: list[str]) -> None:
    s3, name = b.client("s3", region), f"bucket-{b.id}-{number:05d}"
    s3.create_bucket(Bucket=name, **({} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}))
    if number % 2 == 0:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    if number % 3 and keys:
        default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": keys[number % len(keys)]}
        s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": default}]})
    arns = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    tls = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": arns, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    if number % 4:
        s3.put_bucket_policy(Bucket=name, Policy=document(tls))


def key(b: Builder, region: str, number: int) -> str:
    kms = b.client("kms", region)
    made = kms.create_key(Description=f"key {number}")["KeyMetadata"]
    if number % 3:
        kms.enable_key_rotation(KeyId=made["KeyId"])
    return made["Arn"]
