"""Strings in the shape of well-known secrets, pasted wherever people paste them. None was ever real.

They are put together from pieces, so that no scanner of source code takes this file for a leak.
"""

import base64

from seeds.alerting import AlertBuilder
from seeds.apis import ApiBuilder, TrailBuilder
from seeds.builder import Builder, ago, allow, document, trust
from seeds.networks import ANY, Network, rule
from seeds.edge import PoolBuilder, header, acl_rule, rule_group, web_acl
from seeds.edge import group as refers
from seeds.compute import FunctionBuilder, SecretBuilder, queue
from seeds.databases import file_system, instance
from seeds.fronts import distribution, load_balancer
from seeds.posture import OrganizationBuilder, audit_manager, contact, deny, macie, primary
from seeds.rest import RestBuilder, api_key, client_certificate, usage_plan
from seeds.storage import BucketBuilder, KeyBuilder, expiry, recorder

PIECES = {
    "aws_key_id": ("AKIA", "Z7EXAMPLE4SEEDED"),
    "aws_secret": ("kR8vEXAMPLE/0bq3dXw+", "Jx5TfLm2NcYhQ7UzPaSe"),
    "aws_session_token": ("FwoGZXIvYXdzE", "EXAMPLESEEDEDTOKEN" + "a1B2c3D4" * 12 + "=="),
    "github_token": ("ghp", "_EXAMPLEseeded0123456789abcdefABCDEF01"),
    "github_fine": ("github_pat", "_11EXAMPLE0seeded0123_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX"),
    "slack_token": ("xoxb", "-123456789012-1234567890123-EXAMPLEseededabcdef01234"),
    "stripe_key": ("sk_live", "_EXAMPLEseeded0123456789abcdef"),
    "google_key": ("AIza", "SyEXAMPLEseeded0123456789abcdefghijk0"),
    "jwt": ("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiJzZWVkZWQiLCJleGFtcGxlIjp0cnVlfQ.c2VlZGVkLWV4YW1wbGUtc2lnbmF0dXJlLTAxMjM0NTY3"),
    "private_key": ("-----BEGIN RSA PRIVATE", " KEY-----\nMIIEXAMPLEseeded0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL\n-----END RSA PRIVATE KEY-----"),
    "password": ("password=", "Seeded-Example-Passw0rd-9931"),
    "basic_url": ("https://seeded-user:", "Seeded-Url-Passw0rd-4412@backend.example.com/v1"),
    "connection": ("postgres://orders:", "Seeded-Db-Passw0rd-7720@db.example.com:5432/orders"),
    "bearer": ("Bearer ", "seededbearerEXAMPLE0123456789abcdefghijklmnop"),
    "presigned": ("https://drop.s3.amazonaws.com/orders?X-Amz-Signature=", "5eeded00" * 8),
}
# The value of an API key; its form gives nothing away.
KEY_VALUE = "seeded" + "ApiKeyValue0123456789abcdefghijkl"
# What a web ACL looks for in a header; AWS shows it in base64.
HEADER_VALUE = "seeded" + "-origin-verify-5512"
# The secret of an app client, of no known form.
CLIENT_SECRET = "seeded" + "clientvalue0123456789abcdefghijklmnopqrstuvwxyz"
# Who answers for an account; not a secret, and nobody's business in a pack.
PERSON = {"Name": "Seeded-Person Annabel", "Title": "Seeded-Title Keeper", "EmailAddress": "seeded.person@example.org", "PhoneNumber": "+49 30 5550 4711 99"}
ADDRESS = {"FullName": "Seeded-Owner Barnaby", "AddressLine1": "17 Seeded-Street", "AddressLine2": "Seeded-Yard", "City": "Seededham", "StateOrRegion": "Seededshire",
           "PostalCode": "SE3D 9ZZ", "PhoneNumber": "+49 30 5550 4712 98", "CompanyName": "Seeded-Company Ltd", "WebsiteUrl": "https://seeded-site.example.org"}  # fmt: skip
# What must be found nowhere: the secret part, not the harmless words around it.
HARMLESS = {"password": "password=", "basic_url": "https://seeded-user:", "connection": "postgres://orders:", "bearer": "Bearer ",
            "presigned": "https://drop.s3.amazonaws.com/orders?X-Amz-Signature="}  # fmt: skip


def secrets() -> dict[str, str]:
    return {name: "".join(pieces) for name, pieces in PIECES.items()}


def needles() -> list[str]:
    """The strings to search for; a key's lines one by one."""
    found = []
    for name, text in secrets().items():
        core = text.removeprefix(HARMLESS.get(name, "")).split("@")[0]
        found += [line for line in core.split("\n") if "---" not in line]
    hidden = [base64.b64encode(text.encode()).decode() for text in (HEADER_VALUE, HEADER_VALUE + "2")]
    people = [*PERSON.values(), *ADDRESS.values(), "root+600000000001"]
    return [*found, KEY_VALUE, HEADER_VALUE, CLIENT_SECRET, *hidden, *people]


def seed(main: Builder, _second: Builder, _options: dict) -> dict:
    main.root(mfa="hardware", password_last_used=ago(300))
    main.auditor()
    identities(main)
    TrailBuilder(main, "us-east-1", "main-trail", IsMultiRegionTrail=True, tags={"note": secrets()["github_token"]})
    alerting(main)
    storage(main)
    data(main)
    watchers(main)
    for region in ("us-east-1", "eu-west-1"):
        api(main, region)
        rest_api(main, region)
        edge(main, region)
        functions(main, region)
        queues_and_secrets(main, region)
    network(main)
    return {"strings": needles()}


def identities(b: Builder) -> None:
    for name, text in secrets().items():
        slug = name.replace("_", "-")
        b.policy(f"policy-{slug}", allow("s3:GetObject", "*", Condition={"StringEquals": {"aws:UserAgent": text}}), description=text.split("\n")[0][:1000])
        b.role(f"role-{slug}", trust({"AWS": "*"}, Condition={"StringEquals": {"sts:ExternalId": text}}), inline={"pasted": document(allow("s3:GetObject", f"arn:aws:s3:::bucket/{text}"))})
        b.backend.get_role(f"role-{slug}").description = text
        b.user(f"user-{slug}", inline={"pasted": document(allow("execute-api:Invoke", "*", Condition={"StringLike": {"aws:Referer": text}}))})
        b.backend.tagger.tag_resource(b.backend.users[f"user-{slug}"].arn, [{"Key": "note", "Value": text[:256]}])


def alerting(b: Builder) -> None:
    """Descriptions of alarms, addresses of subscriptions, texts in patterns."""
    alerts = AlertBuilder(b, "us-east-1")
    topic = alerts.topic("pasted", *(f"https://hooks.example.com/{text.split(chr(10))[0]}" for text in secrets().values()))
    for name, text in secrets().items():
        line = text.split("\n")[0]
        alerts.filter(name, f'{{ $.requestParameters.note = "{line}" }}')
        alerts.alarm(name, topic, AlarmDescription=text[:1000])


def storage(b: Builder) -> None:
    """Free text of buckets and keys: tags, policies, rules, prefixes, descriptions, error messages."""
    for number, (name, text) in enumerate(secrets().items()):
        line = text.split("\n")[0]
        bucket = BucketBuilder(b, ("us-east-1", "eu-west-1")[number % 2], f"example-pasted-{number}-{b.id}")
        condition = {"Condition": {"StringEquals": {"aws:Referer": text}}}
        bucket.tls(allow("s3:GetObject", f"{bucket.arn}/*", Principal="*", Sid=line, **condition)).tags(note=line[:256])
        bucket.lifecycle(expiry(line[:200], f"pasted/{line}", 30)).logs_to(bucket, f"pasted/{line}")
        KeyBuilder(b, "us-east-1", f"pasted-{name.replace('_', '-')}", Description=text[:8000], statements=(
            allow("kms:Decrypt", Principal={"AWS": "*"}, Condition={"StringEquals": {"kms:EncryptionContext:note": text}}),))  # fmt: skip
    recorder(b, "us-east-1", f"example-pasted-0-{b.id}", allSupported=True, status="FAILURE", error=secrets()["password"])


def data(b: Builder) -> None:
    """Tags, comments, prefixes, and the headers by which a distribution proves itself to its origin."""
    for number, text in enumerate(secrets().values()):
        line, region = text.split("\n")[0], ("us-east-1", "eu-west-1")[number % 2]
        instance(b, region, f"pasted-{number}", tags={"note": line[:256]})
        file_system(b, region, f"pasted-{number}", note=line[:256])
        load_balancer(b, region, f"pasted-{number}", "application", (80, "HTTP"), logs="example-logs", prefix=line)
        distribution(b, f"p{number}.example.com", "origin.example.com", logs="example-logs", prefix=line[:200], comment=line[:128], header=text)
    distribution(b, "plain.example.com", "origin.example.com", header=KEY_VALUE + "cloudfront")


def api(b: Builder, region: str) -> None:
    kept = secrets()
    made = ApiBuilder(b, region, "leaky-api", Description=f"deploy with {kept['github_fine']}", Tags={"token": kept["slack_token"]})
    lambda_uri = f"arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/arn:aws:lambda:{region}:{b.id}:function:check/invocations"
    authorizer = made.request("check", sources=("$request.header.Authorization",), AuthorizerUri=f"{lambda_uri}?key={kept['stripe_key']}")
    made.kept.authorizers[authorizer].identity_validation_expr = kept["bearer"]
    target = made.backend(kept["basic_url"], Description=kept["private_key"], RequestParameters={
        "overwrite:header.Authorization": kept["bearer"], "append:header.x-api-key": kept["google_key"], "overwrite:querystring.token": kept["jwt"]})  # fmt: skip
    made.kept.integrations[target].request_templates = {"application/json": '{"password": "' + kept["password"] + '"}'}
    made.route("GET /orders", "CUSTOM", target, AuthorizerId=authorizer, OperationName=kept["github_token"])
    variables = {name: text for name, text in kept.items()} | {"harmless": "blue"}
    made.stage("prod", Description=kept["connection"], StageVariables=variables, Tags={"note": kept["aws_secret"]},
               logs='{"id":"$context.requestId","k":"' + kept["aws_key_id"] + '"}')  # fmt: skip


def rest_api(b: Builder, region: str) -> None:
    kept = secrets()
    policy = document(allow("execute-api:Invoke", "execute-api:/*", Principal="*", Condition={"StringEquals": {"aws:UserAgent": kept["password"]}}))
    made = RestBuilder(b, region, "leaky-rest", description=f"deploy with {kept['github_fine']}", policy=policy, tags={"token": kept["slack_token"]})
    token = made.authorizer("check", authorizerUri=f"{made.lambda_uri('check')}?key={kept['stripe_key']}", identityValidationExpression=kept["bearer"])
    made.method("GET", "/orders", "CUSTOM", kept["basic_url"], authorizerId=token, operationName=kept["github_token"], requestParameters={
        "integration.request.header.Authorization": "'" + kept["bearer"] + "'", "integration.request.header.x-api-key": "'" + kept["google_key"] + "'"})  # fmt: skip
    made.kept.resources[made.resource("/orders")].resource_methods["GET"].method_integration.request_templates = {"application/json": '{"password": "' + kept["password"] + '"}'}
    variables = {name: text for name, text in kept.items()} | {"harmless": "green"}
    made.stage("prod", description=kept["connection"], variables=variables, tags={"note": kept["aws_secret"]}, logs='{"id":"$context.requestId","k":"' + kept["aws_key_id"] + '"}')
    made.canary("prod", made.deploy(), 5.0, stageVariableOverrides={"only-here": kept["jwt"], "plain": "Seeded-Example-Passw0rd-9931"})
    key = api_key(b, region, "partner", 10, description=kept["aws_session_token"], value=KEY_VALUE + region)
    usage_plan(b, region, "partners", ((made, "prod"),), (key,))
    client_certificate(b, region, 10, kept["connection"])


def network(b: Builder) -> None:
    """Descriptions of groups and of their rules, tags of servers, policies of endpoints, what went wrong with a flow log."""
    made = Network(b, "eu-west-1")
    vpc = made.vpc("pasted", "10.1.0.0/16").logged(status="FAILED")
    vpc.subnet("10.1.0.0/24")
    next(iter(made.kept.flow_logs.values())).deliver_logs_error_message = secrets()["connection"]
    for name, text in secrets().items():
        line = text.split("\n")[0]
        pasted = rule(22, ANY)
        group = vpc.group(name, pasted)
        made.kept.groups[vpc.id][group].description = text
        made.kept.groups[vpc.id][group].ingress_rules[0].ip_range["Description"] = line
        made.kept.tags[group]["note"] = line
        condition = {"StringEquals": {"aws:UserAgent": line}}
        vpc.endpoint("execute-api", {"Statement": [allow("*", Principal="*", Condition=condition)]})
    server = vpc.instance("pasted", group)
    made.kept.tags[server]["db_password"] = PIECES["password"][1]


def edge(b: Builder, region: str) -> None:
    """A header that a distribution adds, in a rule, deep in another and in a group; the secret of a client; the external id of a role."""
    plain, other = header("x-origin-verify", HEADER_VALUE), header("x-origin-verify", HEADER_VALUE + "2")
    deep = {"NotStatement": {"Statement": {"AndStatement": {"Statements": [plain, {"NotStatement": {"Statement": other}}]}}}}
    own = rule_group(b, region, "origin", (acl_rule("origin", 0, plain),))
    adds = {**acl_rule("adds", 2, plain), "Action": {"Allow": {"CustomRequestHandling": {"InsertHeaders": [{"Name": "x-key", "Value": CLIENT_SECRET}]}}}}
    web_acl(b, region, "origin", description=secrets()["github_token"], rules=(
        acl_rule("plain", 0, plain, "Allow"), acl_rule("deep", 1, deep), adds, refers("own", 3, {"RuleGroupReferenceStatement": {"ARN": own}})))  # fmt: skip
    pool = PoolBuilder(b, region, "leaky", UserPoolTags={"token": secrets()["slack_token"]})
    pool.kept.sms_mfa_config = {"SmsConfiguration": {"SnsCallerArn": f"arn:aws:iam::{b.id}:role/sms", "ExternalId": CLIENT_SECRET}}
    pool.kept.extended_config["SmsConfiguration"] = pool.kept.sms_mfa_config["SmsConfiguration"]
    pool.kept.clients[pool.client("web", secret=True)].secret = CLIENT_SECRET
    details = {"client_id": "orders", "client_secret": CLIENT_SECRET, "oidc_issuer": "https://login.example.com", "authorize_scopes": "openid"}
    pool.idp.create_identity_provider(UserPoolId=pool.id, ProviderName="workforce", ProviderType="OIDC", ProviderDetails=details)
    pool.client("federated", SupportedIdentityProviders=["COGNITO", "workforce"])


def functions(b: Builder, region: str) -> None:
    """Environments as people fill them: under telling names, under innocent ones, in names; and what else takes free text."""
    kept = secrets()
    telling = {f"APP_{name.upper()}": text for name, text in kept.items()}
    innocent = {f"VALUE_{number}": text for number, text in enumerate(kept.values())}
    bare = {"plain": "Seeded-Example-Passw0rd-9931", f"x{kept['github_token']}": "1", "BLOB": '{"password": "' + kept["password"] + '"}'}
    FunctionBuilder(b, region, "leaky-function", variables={**telling, **innocent, **bare, "harmless": "blue"}, Description=kept["connection"])
    pasted = FunctionBuilder(b, region, "pasted-function", Description=kept["github_fine"])
    pasted.allow(*({"Sid": f"s{number}", "Principal": "*", "Condition": {"StringEquals": {"aws:UserAgent": text}}} for number, text in enumerate(kept.values())))
    pasted.url("NONE", Cors={"AllowOrigins": [kept["basic_url"]]})


def queues_and_secrets(b: Builder, region: str) -> None:
    """Free text around queues and secrets; what the secrets hold is never asked for."""
    for number, (name, text) in enumerate(secrets().items()):
        queue(b, region, f"pasted-{number}", {"Sid": text, "Principal": "*", "Condition": {"StringEquals": {"aws:UserAgent": text}}})
        tags = {"note": text[:256], f"{name}_password": "Seeded-Example-Passw0rd-9931"}
        SecretBuilder(b, region, f"pasted/{number}", description=text, tags=tags, statements=({"Sid": text, "Principal": "*"},))


def watchers(b: Builder) -> None:
    """People's data in contacts, secrets in what people name and write themselves."""
    kept = secrets()
    contact(b, **PERSON)
    primary(b, **ADDRESS)
    macie(b, "us-east-1", jobs=tuple(text for text in kept.values()))
    audit_manager(b, "us-east-1", *kept.values())
    made = OrganizationBuilder(b)
    unit = made.unit(kept["github_token"])
    made.account("600000000001", kept["slack_token"], unit)
    made.policy("pasted", deny("s3:GetObject", Condition={"StringEquals": {"aws:UserAgent": kept["aws_secret"]}}, Sid="Pasted"), on=(None,))
    made.kept["policies"][next(iter(made.kept["policies"]))]["description"] = kept["connection"]
