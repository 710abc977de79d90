"""An account in which every control passes."""

from seeds import certificates
from seeds.alerting import PURPOSES, AlertBuilder, stage_alarms, topic
from seeds.apis import ApiBuilder, TrailBuilder, domain
from seeds.builder import Builder, ago, allow, document, trust
from seeds.compute import FunctionBuilder, SecretBuilder, from_source, queue
from seeds.demo_apis import ISSUER, THROTTLED
from seeds.databases import cluster, file_system, instance, table
from seeds.demo_trails import EVERY_OBJECT, KEY, kms
from seeds.networks import ANY, Network, profile, rule
from seeds.edge import PoolBuilder, certificate, common_rules, identity_pool, web_acl as acl
from seeds.fronts import distribution, load_balancer
from seeds.posture import watched
from seeds.rest import KEPT, RestBuilder, api_key, client_certificate, log_role, rest_domain, usage_plan, web_acl
from seeds.storage import BLOCKS, BucketBuilder, KeyBuilder, account_block, delivers, expiry, recorder


def seed(main: Builder, _second: Builder, _options: dict) -> None:
    main.root(mfa="hardware", created=ago(1500), mfa_enabled=ago(1490), password_last_used=ago(500))
    main.iam.create_account_alias(AccountAlias=f"clean-{main.id}")
    main.iam.update_account_password_policy(
        MinimumPasswordLength=16, PasswordReusePrevention=24, MaxPasswordAge=90, RequireSymbols=True, RequireNumbers=True,
        RequireUppercaseCharacters=True, RequireLowercaseCharacters=True, AllowUsersToChangePassword=True)  # fmt: skip
    identities(main)
    trail(main)
    alerting(main)
    storage(main)
    data(main)
    apis(main)
    rest_apis(main)
    networks(main)
    edge(main)
    functions(main)
    queues_and_secrets(main)
    watched(main, main.settings.regions)


def identities(b: Builder) -> None:
    b.policy("orders-deploy", allow(["ecs:UpdateService"], f"arn:aws:ecs:*:{b.id}:service/orders/*"))
    b.saml("workforce")
    b.group("readers", managed=("SecurityAudit",))
    b.user("user-01", age=200, password=200, changed=20, signed_in=1, mfa="hardware", groups=("readers",))
    b.user("user-02", age=200, password=200, changed=30, signed_in=2, mfa="virtual", groups=("readers",))
    b.user("svc-orders", age=200, keys=((20, 0.2, True),), groups=("readers",))
    b.auditor()
    b.role("orders-task", trust({"Service": "ecs-tasks.amazonaws.com"}), inline={"queue": document(allow("sqs:ReceiveMessage", f"arn:aws:sqs:*:{b.id}:orders"))}, used=0.1)
    b.role("deploy", trust({"AWS": f"arn:aws:iam::{b.id}:root"}), managed=("orders-deploy",), used=3)
    b.role("apigateway-logs", trust({"Service": "apigateway.amazonaws.com"}), used=0.1)
    b.role("support", trust({"AWS": f"arn:aws:iam::{b.id}:root"}), managed=("AWSSupportAccess",), used=30)
    certificates.upload(b, "orders", ago(60), ago(-300))


def trail(b: Builder) -> None:
    made = TrailBuilder(
        b, "us-east-1", "everything", IsMultiRegionTrail=True, EnableLogFileValidation=True, KmsKeyId=kms(b.id, "us-east-1"),
        CloudWatchLogsLogGroupArn=f"arn:aws:logs:us-east-1:{b.id}:log-group:trail:*",
        CloudWatchLogsRoleArn=f"arn:aws:iam::{b.id}:role/trail-to-logs", tags={"owner": "platform"})  # fmt: skip
    made.selectors({"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [
        EVERY_OBJECT, {"Type": "AWS::Lambda::Function", "Values": ["arn:aws:lambda"]}]})  # fmt: skip
    made.insights("ApiCallRateInsight", "ApiErrorRateInsight")


def alerting(b: Builder) -> None:
    """Whatever the trail records that somebody should know of reaches the duty officer; a composite alarm sums it up."""
    alerts = AlertBuilder(b, "us-east-1", key=kms(b.id, "us-east-1"), days=400)
    security = alerts.topic("security", "duty@example.com")
    for purpose in PURPOSES:
        alerts.whole(purpose, security)
    alerts.cloudwatch.put_composite_alarm(AlarmName="any-change", AlarmRule="ALARM(vpc-changes) OR ALARM(nacl-changes)", AlarmActions=[security])


def storage(b: Builder) -> None:
    """Four buckets, one of which takes the access logs of all; a key and a recorder in each Region."""
    account_block(b, *BLOCKS)
    regions = ("us-east-1", "eu-west-1", "eu-central-1")
    for number, region in enumerate(regions):
        KeyBuilder(b, region, "data", key_id=KEY if number == 0 else None, rotates=365)
        recorder(b, region, f"example-config-{b.id}", allSupported=True, includeGlobalResourceTypes=number == 0)
    access = tidy(BucketBuilder(b, "us-east-1", f"example-access-logs-{b.id}"), kms(b.id, "us-east-1"), "logging.s3.amazonaws.com")
    for name, service in (("trail-logs", "cloudtrail.amazonaws.com"), ("config", "config.amazonaws.com"), ("orders", None)):
        tidy(BucketBuilder(b, "us-east-1", f"example-{name}-{b.id}"), kms(b.id, "us-east-1"), service).logs_to(access)


def tidy(bucket: BucketBuilder, key: str, service: str | None) -> BucketBuilder:
    bucket.tls(*(delivers(bucket, service) if service else ())).encrypted(key).versioned(mfa=True).locked(400)
    return bucket.lifecycle(expiry("two-years", "", 730)).tags(team="orders")


def data(b: Builder) -> None:
    key, logs = kms(b.id, "us-east-1"), f"example-access-logs-{b.id}"
    instance(b, "us-east-1", "orders", key=key, MultiAZ=True, tags={"team": "orders"})
    cluster(b, "us-east-1", "payments", "a", "b", key=key, tags={"team": "payments"})
    file_system(b, "us-east-1", "uploads", key, team="orders")
    table(b, "us-east-1", "sessions", key=key)
    load_balancer(b, "us-east-1", "orders-web", "application", (443, "HTTPS"), logs=logs, prefix="orders-web")
    load_balancer(b, "us-east-1", "partner-tls", "network", (443, "TLS"), logs=logs)
    distribution(b, "shop.example.com", "orders-web.example.com", delivered=True, web_acl=f"arn:aws:wafv2:us-east-1:{b.id}:global/webacl/shop/0f9e8d7c")


def apis(b: Builder) -> None:
    orders = ApiBuilder(b, "us-east-1", "orders-api", DisableExecuteApiEndpoint=True, Tags={"team": "orders"})
    jwt = orders.jwt("customers", ISSUER)
    function = orders.function("orders")
    for key in ("GET /orders", "POST /orders"):
        orders.route(key, "JWT", function, AuthorizerId=jwt, AuthorizationScopes=["orders"])
    orders.stage("prod", DefaultRouteSettings=THROTTLED, AutoDeploy=True, Tags={"team": "orders"})
    duty = topic(b, "us-east-1", "duty", "duty@example.com")
    stage_alarms(b, "us-east-1", ("ApiId", orders.id), "prod", duty, client="4xx", server="5xx")
    domain(b, "us-east-1", "api.example.com", orders, "prod", truststore="s3://example-truststore/ca.pem")
    chat = ApiBuilder(b, "eu-west-1", "chat-api", "WEBSOCKET", DisableExecuteApiEndpoint=True, Tags={"team": "orders"})
    target = chat.integration(IntegrationType="AWS_PROXY", IntegrationUri=f"arn:aws:lambda:eu-west-1:{b.id}:function:chat")
    for key, authorization in (("$connect", "AWS_IAM"), ("$disconnect", "NONE"), ("$default", "NONE")):
        chat.route(key, authorization, target)
    chat.stage("prod", DefaultRouteSettings={**THROTTLED, "LoggingLevel": "ERROR", "DataTraceEnabled": False}, Tags={"team": "orders"})
    duty = topic(b, "eu-west-1", "duty", "duty@example.com")
    stage_alarms(b, "eu-west-1", ("ApiId", chat.id), "prod", duty, client="ClientError", server="IntegrationError")
    domain(b, "eu-west-1", "chat.example.com", chat, "prod")


def rest_apis(b: Builder) -> None:
    for region in b.settings.regions:
        log_role(b, region, "apigateway-logs")
    tags = {"team": "billing", "owner": "billing"}
    api = RestBuilder(b, "us-east-1", "billing-rest", disableExecuteApiEndpoint=True, tags=tags)
    pool = api.authorizer("customers", "COGNITO_USER_POOLS", ttl=60)
    api.method("GET", "/invoices", "AWS_IAM")
    api.method("POST", "/invoices", "COGNITO_USER_POOLS", authorizerId=pool, authorizationScopes=["invoices.write"], requestValidatorId=api.validator(),
               requestModels={"application/json": "Invoice"}, key=True)  # fmt: skip
    api.method("GET", "/invoices/{id}", "AWS_IAM", "https://backend.example.com/invoices")
    api.preflight("/invoices")
    api.stage("prod", tracingEnabled=True, webAclArn=web_acl(b, "us-east-1"), clientCertificateId=client_certificate(b, "us-east-1", 30, "backends"), tags=tags,
              settings={"*/*": KEPT["*/*"], "~1invoices/POST": {**KEPT["*/*"], "throttling/rateLimit": "10.0", "throttling/burstLimit": "20"}})  # fmt: skip
    stage_alarms(b, "us-east-1", ("ApiName", "billing-rest"), "prod", topic(b, "us-east-1", "duty"), client="4XXError", server="5XXError")
    usage_plan(b, "us-east-1", "partners", ((api, "prod"),), (api_key(b, "us-east-1", "partner", 20),), {"rateLimit": 10.0, "burstLimit": 20}, {"limit": 10000, "period": "DAY"})
    rest_domain(b, "us-east-1", "billing.example.com", api, tags=tags)


def networks(b: Builder) -> None:
    """AWS's default VPCs put in order in every Region, and one network with servers, joined to another by a narrow route."""
    for region in b.settings.regions:
        Network(b, region).tidy_default().encrypted()
    network = Network(b, "us-east-1")
    profile(b, "orders-web", "orders-web")
    orders, data = (network.vpc(name, block).closed().logged().all_services() for name, block in (("orders", "10.1.0.0/16"), ("data", "10.2.0.0/16")))
    orders.subnet("10.1.0.0/24")
    orders.instance("orders-web", orders.group("web", rule(443, ANY)), profile="orders-web")
    orders.route(network.peer(orders, data), "10.2.4.0/24")


def edge(b: Builder) -> None:
    """In each Region a pool behind a web ACL; one web ACL for CloudFront."""
    for region in b.settings.regions:
        pool = PoolBuilder(b, region, "customers")
        pool.client("web", secret=True)
        pool.client("machine", AllowedOAuthFlows=["client_credentials"], CallbackURLs=None)
        acl(b, region, "sign-in", guards=(pool.arn,))
        certificate(b, region, "unused.example.com", algorithm="EC_prime256v1")
        identity_pool(b, region, "app")
    acl(b, "us-east-1", "edge", rules=common_rules(), scope="CLOUDFRONT")


def functions(b: Builder) -> None:
    """One function behind an API and one behind a URL, one in a container; none where no Region of ours has any."""
    key = kms(b.id, "us-east-1")
    orders = FunctionBuilder(b, "us-east-1", "orders", variables={"TABLE": "orders", "LOG_LEVEL": "info"}, key=key)
    orders.from_api(b.client("apigatewayv2", "us-east-1").get_apis()["Items"][0]["ApiId"], "*/*/orders")
    FunctionBuilder(b, "us-east-1", "webhooks", "nodejs24.x").url("AWS_IAM").url("AWS_IAM", alias="live")
    FunctionBuilder(b, "eu-west-1", "chat", None)


def queues_and_secrets(b: Builder) -> None:
    """A queue for one topic and one without a policy; a secret that rotates, with a copy, and one that a service keeps."""
    queue(b, "us-east-1", "orders", from_source(f"arn:aws:sns:us-east-1:{b.id}:orders"))
    queue(b, "us-east-1", "orders-dead-letters")
    queue(b, "eu-west-1", "chat")
    own = {"Principal": {"AWS": f"arn:aws:iam::{b.id}:role/orders"}}
    SecretBuilder(b, "us-east-1", "prod/orders/db", statements=(own,)).rotates().replicated("eu-west-1")
    SecretBuilder(b, "us-east-1", "rds!cluster-0a1b2c3d", service="rds").rotates(7, last=3, due=4)
