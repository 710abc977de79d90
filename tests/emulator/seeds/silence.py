"""Two accounts in two Regions, small: in the first nearly every control finds both what passes and what fails, in the second, which is
that of the seed `clean`, everything passes.

The golden recording of the silence test is made from it (`tests/recordings/README.md`). Pages are kept short, so that listings have
several; the second account's credential report has to be asked for twice.
"""

from seeds import certificates, clean
from seeds.alerting import AlertBuilder, alarm, log_group, stage_alarms, topic
from seeds.apis import SHORT_FORMAT, ApiBuilder, TrailBuilder, domain
from seeds.builder import Builder, ago, allow, document, trust
from seeds.compute import FunctionBuilder, SecretBuilder, from_source, queue
from seeds.demo_apis import ISSUER, THROTTLED
from seeds.databases import cluster, file_system, instance, table
from seeds.demo_trails import EVERY_OBJECT, KEY, kms
from seeds.networks import ANY, ANY6, Network, one_api, profile, rule
from seeds.edge import PoolBuilder, certificate, common_rules, group, identity_pool, managed, rate, acl_rule, rule_group, sqli, web_acl
from seeds.fronts import distribution, load_balancer
from seeds.posture import OrganizationBuilder, analyzer, audit_manager, contact, deny, detector, hub, inspector, macie, policy_managers, shield
from seeds.rest import KEPT, RestBuilder, api_key, client_certificate, invoke, log_role, usage_plan
from seeds.storage import BucketBuilder, KeyBuilder, delivers, expiry, recorder

US, EU = "us-east-1", "eu-west-1"
OWNED = {"owner": "orders"}
VPCE = "vpce-0a1b2c3d4e5f60718"
SOME_OBJECTS = {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::example-orders/"]}


def seed(main: Builder, second: Builder, options: dict) -> dict:
    mixed(main)
    tidy(second, options)
    return {"accounts": 2}


def tidy(second: Builder, options: dict) -> None:
    settings = second.settings
    settings.regions = (US, EU)
    settings.report_polls = 1
    settings.page_sizes = {"*": 2, "GetAccountAuthorizationDetails": 7}
    clean.seed(second, second, options)
    spare(second)


def spare(b: Builder) -> None:
    """A second trail that records everything: what one proves, the other proves too."""
    both = TrailBuilder(
        b, EU, "spare", IsMultiRegionTrail=True, EnableLogFileValidation=True, KmsKeyId=kms(b.id, EU),
        CloudWatchLogsLogGroupArn=f"arn:aws:logs:{EU}:{b.id}:log-group:trail:*", CloudWatchLogsRoleArn=f"arn:aws:iam::{b.id}:role/trail-to-logs")  # fmt: skip
    both.selectors({"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [EVERY_OBJECT]})


def mixed(main: Builder) -> None:
    settings = main.settings
    settings.regions = (US, EU)
    settings.report_polls = 0
    settings.page_sizes = {"*": 2, "GetAccountAuthorizationDetails": 11, "ListAliases": 100}
    settings.organization = {"id": "o-exampleorgid", "management": main.id, "features": ["RootCredentialsManagement"]}
    main.root(mfa="virtual", mfa_enabled=ago(1490), password_last_used=ago(12),
              access_keys=[{"active": True, "last_rotated": ago(580), "last_used": ago(15), "region": US, "service": "s3"}])  # fmt: skip
    main.iam.create_account_alias(AccountAlias=f"silence-{main.id}")
    main.iam.update_account_password_policy(
        MinimumPasswordLength=14, PasswordReusePrevention=5, MaxPasswordAge=90, RequireSymbols=False, RequireNumbers=True,
        RequireUppercaseCharacters=True, RequireLowercaseCharacters=True, AllowUsersToChangePassword=True)  # fmt: skip
    policies(main)
    identities(main)
    trails(main)
    storage(main)
    databases(main)
    fronts(main)
    orders(main)
    chat(main)
    catalog(main)
    notify(main)
    billing(main)
    legacy(main)
    files(main)
    ledger(main)
    keys(main)
    networks(main)
    walls(main)
    people(main)
    functions(main)
    queues(main)
    kept_secrets(main)
    watchers(main)
    organization(main)
    alerting(main)


def alerting(b: Builder) -> None:
    """Groups, filters, alarms and topics that are well kept, and others; the trail itself records too little to be alerted on."""
    alerts = AlertBuilder(b, US, key=kms(b.id, US), days=400)
    security = alerts.topic("security", "duty@example.com", "spare@example.com", "third@example.com")
    everybody = document(allow("sns:Publish", f"arn:aws:sns:{US}:{b.id}:open", Principal="*"))
    topic(b, US, "open", policy=everybody)
    topic(b, US, "waiting", "gone@example.com", confirmed=False)
    for purpose in ("root-usage", "vpc-changes", "kms-key-removal"):
        alerts.whole(purpose, security)
    alarm(b, US, "silent", "AWS/EC2", "CPUUtilization")
    alarm(b, US, "paused", "AWS/EC2", "StatusCheckFailed", security, on=False)
    for name, actions in (("all", [security]), ("none", []), ("some", [security])):
        alerts.cloudwatch.put_composite_alarm(AlarmName=f"composite-{name}", AlarmRule="ALARM(silent)", AlarmActions=actions)
    stage_alarms(b, US, ("ApiName", "billing-rest"), "prod", security, client="4XXError", server="5XXError")
    log_group(b, US, "/aws/lambda/orders", days=90)
    log_group(b, US, "/aws/lambda/chat")


def policies(b: Builder) -> None:
    b.policy("orders-deploy", allow("ecs:UpdateService", f"arn:aws:ecs:*:{b.id}:service/orders/*"))
    b.policy("storage-all", allow("s3:*"))
    b.policy("legacy-admin", allow("*"), age=1200)
    b.policy("invoke-any-api", allow("execute-api:Invoke", "arn:aws:execute-api:*:*:*"))
    b.policy("decrypt-any", allow(["kms:Decrypt", "kms:ReEncryptFrom"]))


def identities(b: Builder) -> None:
    narrow = document(allow("sqs:ReceiveMessage", f"arn:aws:sqs:*:{b.id}:orders"))
    everything = document(allow("*"))
    b.saml("workforce")
    b.saml("expired")
    b.backend.saml_providers["expired"].valid_until = ago(5)
    b.group("admins", managed=("AdministratorAccess",), inline={"everything": everything})
    b.group("readers", managed=("AWSLambdaBasicExecutionRole",), inline={"narrow": narrow})
    b.user("ann", age=200, password=200, changed=20, signed_in=1, mfa="virtual", groups=("readers",), keys=((20, 1, True),))
    b.user("bob", age=300, password=300, signed_in=100, managed=("AWSCloudShellFullAccess",), inline={"everything": everything, "narrow": narrow},
           keys=((300, None, True), (120, 2, True)))  # fmt: skip
    b.user("svc-orders", age=200, keys=((30, 0.2, True),), groups=("readers",))
    b.role("orders-task", trust({"Service": "ecs-tasks.amazonaws.com"}), inline={"narrow": narrow}, managed=("orders-deploy",), used=0.1)
    b.role("vendor-legacy", trust({"AWS": "arn:aws:iam::777788889999:root"}), managed=("legacy-admin", "decrypt-any", "invoke-any-api"),
           inline={"everything": everything}, used=210)  # fmt: skip
    saml = {"Federated": f"arn:aws:iam::{b.id}:saml-provider/workforce"}
    signed = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    reserved = "/aws-reserved/sso.amazonaws.com/"
    b.role("AWSReservedSSO_Admin_0123456789abcdef", trust(saml, "sts:AssumeRoleWithSAML", Condition=signed), path=reserved, used=2)
    b.role("AWSReservedSSO_Open_0123456789abcdef", trust({"AWS": "*"}), path=reserved)
    certificates.upload(b, "orders", ago(60), ago(-300))
    certificates.upload(b, "www", ago(200), ago(-100))
    certificates.upload(b, "www-legacy", ago(800), ago(70))


def trails(b: Builder) -> None:
    good = TrailBuilder(
        b, US, "everything", IsMultiRegionTrail=True, EnableLogFileValidation=True, KmsKeyId=kms(b.id, US),
        CloudWatchLogsLogGroupArn=f"arn:aws:logs:{US}:{b.id}:log-group:trail:*", CloudWatchLogsRoleArn=f"arn:aws:iam::{b.id}:role/trail-to-logs")  # fmt: skip
    good.selectors({"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True, "DataResources": []})
    good.insights("ApiCallRateInsight")
    writes = TrailBuilder(b, EU, "writes", bucket=f"example-old-logs-{b.id}", IsMultiRegionTrail=True, delivered=9, error="AccessDenied")
    writes.selectors({"ReadWriteType": "WriteOnly", "IncludeManagementEvents": False, "DataResources": [SOME_OBJECTS]})
    TrailBuilder(b, EU, "stopped", IsMultiRegionTrail=False, logging=False, stopped=20, delivered=20)


def storage(b: Builder) -> None:
    """A good log bucket, one from the old days that lets everybody in, one that nobody looked after; keys and recorders likewise."""
    key = KeyBuilder(b, US, "trail-logs", key_id=KEY, rotates=365)
    KeyBuilder(b, US, "payments", statements=(allow("kms:Decrypt", Principal={"AWS": "*"}),))
    KeyBuilder(b, EU, "retired").deleted()
    old = BucketBuilder(b, EU, f"example-old-logs-{b.id}", age=2500).old().public_read()
    partner = allow("s3:PutBucketPolicy", old.arn, Principal={"AWS": "arn:aws:iam::777788889999:root"})
    old.policy(allow("s3:GetObject", f"{old.arn}/*", Principal="*"), partner).lifecycle(expiry("quarter", "", 90))
    site = BucketBuilder(b, EU, f"example-old-site-{b.id}", age=2500).old()  # public by its policy alone
    site.policy(allow("s3:GetObject", f"{site.arn}/*", Principal="*"))
    BucketBuilder(b, EU, f"example-old-share-{b.id}", age=2500).old().public_read()  # public by its ACL alone
    good = BucketBuilder(b, US, f"example-trail-logs-{b.id}")
    good.tls(*delivers(good, "cloudtrail.amazonaws.com")).encrypted(key.arn).versioned(mfa=True).locked(400).logs_to(old)
    good.lifecycle(expiry("two-years", "AWSLogs/", 730))
    BucketBuilder(b, EU, f"example-notes-{b.id}")
    recorder(b, US, good.name, allSupported=True, includeGlobalResourceTypes=True)
    recorder(b, EU, good.name, recording=False, allSupported=True)


def databases(b: Builder) -> None:
    """Of each kind one that is as it should be, and others for each thing that may be wrong."""
    key = kms(b.id, US)
    instance(b, US, "orders", key=key, MultiAZ=True)
    instance(b, US, "legacy", PubliclyAccessible=True, AutoMinorVersionUpgrade=False)
    cluster(b, US, "payments", "a", "b", key=key)
    cluster(b, US, "analytics", "a")
    cluster(b, US, "sessions", "a", owned_key=True, gateway=True)
    file_system(b, US, "uploads", key)
    file_system(b, US, "scratch")
    file_system(b, US, "archive", key)
    table(b, US, "orders", key=key)
    table(b, US, "flags")
    table(b, US, "shared", key=key.replace(b.id, "777788889999"))


def fronts(b: Builder) -> None:
    logs = f"example-trail-logs-{b.id}"
    load_balancer(b, US, "web", "application", (443, "HTTPS"), (80, "HTTP"), (8443, "HTTPS"), logs=logs)
    load_balancer(b, US, "old", "application", (80, "HTTP"))
    load_balancer(b, US, "tls", "network", (443, "TLS"), (80, "TCP"), (5432, "TCP"))
    for name in ("shop", "docs", "media"):
        distribution(b, f"{name}.example.com", "origin.example.com", delivered=True)
    distribution(b, "www.example.com", "origin.example.com", logs=logs)
    distribution(b, "live.example.com", "origin.example.com", real_time=(True, True))
    distribution(b, "beta.example.com", "origin.example.com", real_time=(True, False))


def orders(b: Builder) -> None:
    """Well kept, HTTP."""
    cors = {"AllowOrigins": ["https://orders.example.com"], "AllowMethods": ["GET"]}
    api = ApiBuilder(b, US, "orders-api", DisableExecuteApiEndpoint=True, CorsConfiguration=cors, Tags=OWNED)
    jwt, caching = api.jwt("customers", ISSUER), api.request("staff", ttl=60)
    function, backend = api.function("orders"), api.backend("https://backend.example.com/orders")
    api.route("GET /orders", "JWT", function, AuthorizerId=jwt, AuthorizationScopes=["orders"])
    api.route("POST /orders", "AWS_IAM", function)
    api.route("DELETE /orders", "CUSTOM", backend, AuthorizerId=caching)
    stage_alarms(b, US, ("ApiId", api.id), "prod", topic(b, US, "security"), client="4xx", server="5xx")
    api.stage("prod", DefaultRouteSettings=THROTTLED, RouteSettings={"GET /orders": {"ThrottlingBurstLimit": 10, "ThrottlingRateLimit": 5.0}},
              StageVariables={"backend": "orders-v2"}, Tags=OWNED)  # fmt: skip
    domain(b, US, "api.example.com", api, "prod", truststore="s3://example-truststore/ca.pem", key="orders")


def chat(b: Builder) -> None:
    """Well kept, WebSocket; one route asks for nothing but an API key, which only `$connect` could."""
    api = ApiBuilder(b, US, "chat-api", "WEBSOCKET", Tags=OWNED)
    target = api.integration(IntegrationType="AWS_PROXY", IntegrationUri=f"arn:aws:lambda:{US}:{b.id}:function:chat")
    api.route("$connect", "AWS_IAM", target, ApiKeyRequired=True)
    api.route("$default", "NONE", target)
    api.stage("prod", DefaultRouteSettings={**THROTTLED, "LoggingLevel": "ERROR", "DataTraceEnabled": False}, Tags=OWNED)


def catalog(b: Builder) -> None:
    """Open to everyone, HTTP."""
    cors = {"AllowOrigins": ["*"], "AllowMethods": ["*"], "AllowHeaders": ["*"]}
    api = ApiBuilder(b, US, "catalog-api", CorsConfiguration=cors, age=900)
    loose, hourly = api.jwt("legacy-issuer", "http://login.example.net", ()), api.request("partner", sources=(), ttl=3600)
    plain = api.backend("http://backend.example.com/items")
    api.route("GET /items", "NONE", plain)
    api.route("GET /terms", "JWT", plain, AuthorizerId=loose)
    api.route("GET /offers", "CUSTOM", plain, AuthorizerId=hourly)
    api.stage("prod", logs=None, RouteSettings={"GET /items": {"ThrottlingBurstLimit": 9000, "ThrottlingRateLimit": 90000.0}},
              DefaultRouteSettings={"ThrottlingBurstLimit": 50, "ThrottlingRateLimit": 10.0},
              StageVariables={"provider_password": "Emulated-not-real-3141"})  # fmt: skip
    api.stage("beta", logs=SHORT_FORMAT)
    domain(b, US, "legacy.example.com", api, "prod", policy="TLS_1_0", ends=10)
    domain(b, US, "shop.example.com", api, "beta")


def notify(b: Builder) -> None:
    """A WebSocket API that lets anyone with a key connect and traces whole messages, and one without any connect route."""
    api = ApiBuilder(b, EU, "notify-api", "WEBSOCKET")
    mock = api.integration(IntegrationType="MOCK", RequestTemplates={"$default": '{"statusCode":200}'})
    api.route("$connect", "NONE", mock, ApiKeyRequired=True)
    api.route("subscribe", "NONE", mock)
    api.stage("prod", DefaultRouteSettings={"LoggingLevel": "OFF", "DataTraceEnabled": True, "DetailedMetricsEnabled": False})
    bare = ApiBuilder(b, EU, "bare-api", "WEBSOCKET")
    bare.route("$default", "NONE", bare.integration(IntegrationType="MOCK"))


def billing(b: Builder) -> None:
    """A well kept REST API for one office, signed by IAM with a mock preflight; its canary forgot one method."""
    office = invoke({"IpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}})
    api = RestBuilder(b, US, "billing-rest", policy=office, tags={**OWNED, "exposure": "internal"})
    api.kept.security_policy = "SecurityPolicy_TLS13_1_3_2025_09"
    validated = {"requestValidatorId": api.validator(), "requestModels": {"application/json": "Invoice"}}
    api.method("GET", "/invoices", "AWS_IAM", "https://backend.example.com/invoices")
    api.method("POST", "/invoices", "AWS_IAM", **validated)
    api.preflight("/invoices")
    cached = {"caching/enabled": "true", "caching/dataEncrypted": "true", "caching/requireAuthorizationForCacheControl": "true",
              "caching/unauthorizedCacheControlHeaderStrategy": "FAIL_WITH_403"}  # fmt: skip
    api.stage("prod", settings={"*/*": {**KEPT["*/*"], **cached}}, tags=OWNED, tracingEnabled=True, cacheClusterEnabled=True,
              cacheClusterSize="0.5", clientCertificateId=client_certificate(b, US, 100), webAclArn=web_acl(b, US))  # fmt: skip
    api.method("POST", "/refunds", "NONE")
    api.canary("prod", api.deploy(), 10.0)


def legacy(b: Builder) -> None:
    """A REST API that admits everyone, with an authorizer that nothing uses; its preflight runs code."""
    api = RestBuilder(b, EU, "legacy-rest", "EDGE", policy=invoke(), age=900)
    api.kept.security_policy = "TLS_1_0"
    api.authorizer("forgotten")
    api.method("ANY", "/", "NONE", "http://legacy.example.com/")
    api.method("OPTIONS", "/old", "NONE", "lambda")
    careless = {"caching/enabled": "true", "caching/requireAuthorizationForCacheControl": "false"}
    api.stage("v1", logs=None, settings={"*/*": careless}, cacheClusterEnabled=True, cacheClusterSize="0.5")


def files(b: Builder) -> None:
    """Private, for one VPC endpoint; its Region has no role for logs, and its certificate is about to end."""
    api = RestBuilder(b, EU, "files-rest", "PRIVATE", policy=invoke({"StringEquals": {"aws:SourceVpce": VPCE}}), vpce=(VPCE,))
    api.method("GET", "/files", "AWS_IAM", "https://files.internal.example.com/")
    api.stage("prod", clientCertificateId=client_certificate(b, EU, 350))


def ledger(b: Builder) -> None:
    """Private, called internal, and open to another account from wherever it likes; nothing is deployed."""
    policy = invoke(principal={"AWS": "arn:aws:iam::444455556666:root"})
    RestBuilder(b, US, "ledger-rest", "PRIVATE", policy=policy, tags={"exposure": "internal"})


def keys(b: Builder) -> None:
    """A young key in a plan with limits, an old one in none; the role that writes logs in one of two Regions."""
    fresh = api_key(b, US, "partner", 20)
    api_key(b, US, "nobody", 700)
    usage_plan(b, US, "partners", keys=(fresh,), throttle={"rateLimit": 10.0, "burstLimit": 20}, quota={"limit": 10000, "period": "DAY"})
    usage_plan(b, US, "unlimited")
    b.role("apigateway-logs", trust({"Service": "apigateway.amazonaws.com"}), used=0.1)
    log_role(b, US, "apigateway-logs")


def networks(b: Builder) -> None:
    """One Region with good and bad beside each other, three of everything, and one as AWS made it."""
    Network(b, EU)
    network = Network(b, US).tidy_default().encrypted()
    for name, role in (("web", "web"), ("batch", "batch"), ("empty", None)):
        profile(b, name, role)
    apps, data = network.vpc("apps", "10.1.0.0/16").closed().logged().all_services(), network.vpc("data", "10.2.0.0/16").logged("ACCEPT")
    apps.subnet("10.1.0.0/24")
    web, admin = apps.group("web", rule(443, ANY)), apps.group("admin", rule((20, 25), ANY, ANY6), rule(445, ANY))
    apps.group("listed", rule(22, "pl-0a1b2c3d4e5f67890"))
    apps.instance("web", web, profile="web")
    apps.instance("batch", admin, tokens="optional", profile="empty")
    apps.instance("asleep", web, tokens="optional", stopped=True)
    narrow, wide = network.peer(apps, data), network.peer(data, apps)
    network.peer(apps, network.vpc("spare", "10.3.0.0/16").closed().logged(), accepted=False)
    apps.route(narrow, "10.2.4.0/24")
    data.route(wide, "10.1.0.0/16")
    data.endpoint("execute-api")
    data.endpoint("execute-api", one_api(network))


def walls(b: Builder) -> None:
    """Web ACLs: a good one, an empty one, one that watches, one whose rule stands in a group of the account; certificates."""
    web_acl(b, US, "empty", rules=(), logs=False)
    counted = (group("common", 0, managed("AWSManagedRulesCommonRuleSet"), counts=True), group("sqli", 1, managed("AWSManagedRulesSQLiRuleSet"), counts=True),
               group("bad-inputs", 2, managed("AWSManagedRulesKnownBadInputsRuleSet"), counts=True), acl_rule("flood", 3, rate(500), "Count"))  # fmt: skip
    web_acl(b, EU, "watching", rules=counted, logs=False)
    own = rule_group(b, US, "injection", (acl_rule("query", 0, sqli()), acl_rule("body", 1, sqli("Body"))))
    web_acl(b, US, "own", rules=(group("injection", 0, {"RuleGroupReferenceStatement": {"ARN": own}}), acl_rule("flood", 1, rate(1000))))
    web_acl(b, US, "edge", rules=common_rules(), scope="CLOUDFRONT")
    certificate(b, US, "old.example.com", algorithm="RSA_1024", kind="IMPORTED")
    certificate(b, EU, "unused.example.com", algorithm="EC_prime256v1")


def people(b: Builder) -> None:
    """Pools: as they should be behind a web ACL, as they are made, half done; clients likewise; identity pools."""
    good = PoolBuilder(b, US, "customers")
    web_acl(b, US, guards=(good.arn,))
    good.client("web", secret=True)
    good.client("machine", AllowedOAuthFlows=["client_credentials"], CallbackURLs=None)
    good.client("old", PreventUserExistenceErrors="LEGACY", EnableTokenRevocation=False, RefreshTokenValidity=3650, AllowedOAuthFlows=["implicit"])
    PoolBuilder(b, US, "trial", mfa="OFF", policy={"MinimumLength": 6}, mode=None)
    PoolBuilder(b, US, "partners", mfa="OPTIONAL", mode="AUDIT")
    identity_pool(b, US, "app")
    identity_pool(b, US, "kiosk", guests=True)
    identity_pool(b, US, "reports")


def functions(b: Builder) -> None:
    """A good one behind an API, one for any API with a password beside, one open to everybody by its URL; another Region with three."""
    orders = FunctionBuilder(b, US, "orders", variables={"TABLE": "orders"}, key=kms(b.id, US)).from_api("a1b2c3d4e5", "*/*/orders")
    orders.url("AWS_IAM").url("AWS_IAM", alias="blue").url("AWS_IAM", alias="green")
    FunctionBuilder(b, US, "catalog", "nodejs18.x", variables={"DB_PASSWORD": "Emulated-not-real-2718"}).from_api()
    FunctionBuilder(b, US, "webhook").open_url()
    for name in ("notify", "resize", "thumbnail"):
        FunctionBuilder(b, EU, name, "python3.14")


def queues(b: Builder) -> None:
    """One for a topic, one for everybody, one without a policy; none in the other Region."""
    queue(b, US, "orders", from_source(f"arn:aws:sns:{US}:{b.id}:orders"))
    queue(b, US, "open", {"Principal": "*"})
    queue(b, US, "plain")


def kept_secrets(b: Builder) -> None:
    """One that rotates, one whose rotations fail and whose policy lets everybody in, one that nobody ever changed."""
    SecretBuilder(b, US, "prod/orders/db", statements=({"Principal": {"AWS": f"arn:aws:iam::{b.id}:role/orders-task"}},)).rotates()
    SecretBuilder(b, US, "prod/shared", statements=({"Principal": "*"},)).rotates(last=130, due=-40)
    SecretBuilder(b, US, "prod/partner", age=900)
    for name in ("a", "b", "c"):
        SecretBuilder(b, EU, f"young/{name}", age=5).rotates(last=None, schedule="rate(30 days)", days=None)


def watchers(b: Builder) -> None:
    """On in one Region, off or half on in the other; nobody to write to about security."""
    contact(b, "BILLING")
    buckets = tuple((f"arn:aws:s3:::example-{name}", "AWS::S3::Bucket", "ACTIVE") for name in ("old-logs", "notes", "site"))
    analyzer(b, US, findings=buckets)
    analyzer(b, US, "quiet")
    analyzer(b, US, "unused", "ACCOUNT_UNUSED_ACCESS")
    analyzer(b, EU, "unused", "ACCOUNT_UNUSED_ACCESS")
    hub(b, US, {"aws-foundational-security-best-practices/v/1.0.0": "INCOMPLETE", "cis-aws-foundations-benchmark/v/3.0.0": "PENDING", "pci-dss/v/4.0.1": "READY"})
    detector(b, US, on=("CLOUD_TRAIL",))
    detector(b, EU, status="DISABLED")
    inspector(b, US, findings=tuple((f"CVE-2026-100{number} - openssl", "CRITICAL", 20.0 * number, "i-0aa1bb2cc3dd4ee5f") for number in range(1, 4)))
    inspector(b, EU, on=())
    macie(b, US, jobs=("uploads", "archive", "exports"))
    shield(b, *(f"arn:aws:cloudfront::{b.id}:distribution/E{number}EXAMPLE" for number in range(3)))
    audit_manager(b, US, "cards", "foundations", "privacy")


def organization(b: Builder) -> None:
    """Three of everything; one service is left to the management account, and one account lies directly under the root."""
    made = OrganizationBuilder(b)
    units = [made.unit(name) for name in ("Security", "Workloads", "Sandbox")]
    for number, (name, unit) in enumerate((("tools", units[0]), ("orders", units[1]), ("payments", units[1]), ("shop", units[1]), ("legacy", None), ("old", None))):
        made.account(f"55556666777{number}", name, unit)
    made.policy("stay", on=(None,)).policy("trail", deny("cloudtrail:StopLogging", Sid="Trail"), on=tuple(units)).policy("nowhere", deny("ec2:*"))
    made.delegates(policy_managers("555566667770"))
    made.trusts("cloudtrail.amazonaws.com", "guardduty.amazonaws.com", "securityhub.amazonaws.com")
    made.administrator("555566667770", "config.amazonaws.com", "guardduty.amazonaws.com", "securityhub.amazonaws.com")
    made.administrator("555566667771", "cloudtrail.amazonaws.com").administrator("555566667772", "macie.amazonaws.com")
