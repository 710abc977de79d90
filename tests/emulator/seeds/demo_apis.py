"""The demonstration's APIs: every kind of authorization, logging, backend and domain that a control tells apart."""

from seeds.apis import SHORT_FORMAT, ApiBuilder, domain
from seeds.builder import Builder

ISSUER = "https://login.example.com/pool-1"
THROTTLED = {"ThrottlingBurstLimit": 200, "ThrottlingRateLimit": 100.0, "DetailedMetricsEnabled": True}


def main(b: Builder) -> dict[str, str]:
    orders, payments, internal, chat = orders_api(b), payments_api(b), internal_api(b), chat_api(b)
    catalog, notify = catalog_api(b), notify_api(b)
    partner, reports = partner_api(b), reports_api(b)
    domain(b, "us-east-1", "api.example.com", orders, "prod", truststore="s3://example-truststore/ca.pem", key="orders")
    domain(b, "eu-west-1", "legacy.example.com", catalog, "prod", policy="TLS_1_0")
    domain(b, "eu-central-1", "partner.example.net", partner, "prod")
    return {api.name: api.id for api in (orders, payments, internal, chat, catalog, notify, partner, reports)}


def orders_api(b: Builder) -> ApiBuilder:
    """Well kept: JWT everywhere, full logs, throttled, default endpoint off."""
    api = ApiBuilder(b, "us-east-1", "orders-api", DisableExecuteApiEndpoint=True, Tags={"team": "orders", "data": "internal"})
    jwt = api.jwt("customers", ISSUER)
    function = api.function("orders")
    for key, scope in (("GET /orders", "orders:read"), ("GET /orders/{id}", "orders:read"), ("POST /orders", "orders:write"), ("DELETE /orders/{id}", "orders:write")):
        api.route(key, "JWT", function, AuthorizerId=jwt, AuthorizationScopes=[scope])
    api.stage("prod", DefaultRouteSettings=THROTTLED, AutoDeploy=True)
    api.stage("test", DefaultRouteSettings=THROTTLED, logs=SHORT_FORMAT)
    return api


def payments_api(b: Builder) -> ApiBuilder:
    """Signed by IAM, but for one open route; its variables hold something that looks like a secret."""
    api = ApiBuilder(b, "us-east-1", "payments-api", Tags={"team": "payments", "data": "cardholder"})
    function = api.function("payments")
    for key in ("POST /payments", "GET /payments/{id}", "POST /refunds"):
        api.route(key, "AWS_IAM", function)
    api.route("POST /webhooks/provider", "NONE", function)
    api.stage("prod", DefaultRouteSettings=THROTTLED, RouteSettings={"POST /payments": {"ThrottlingBurstLimit": 5000, "ThrottlingRateLimit": 10000.0}},
              StageVariables={"backend": "payments-v2", "provider_password": "Emulated-not-real-3141"})  # fmt: skip
    return api


def internal_api(b: Builder) -> ApiBuilder:
    """A Lambda authorizer and private backends over a VPC link, one verified, one in plain HTTP."""
    api = ApiBuilder(b, "us-east-1", "internal-api")
    gateway = api.gateway
    link = gateway.create_vpc_link(Name="internal", SubnetIds=["subnet-0a1b2c3d"], SecurityGroupIds=["sg-0a1b2c3d"])["VpcLinkId"]
    custom = api.request("staff-token", ttl=300, EnableSimpleResponses=True)
    listener = f"arn:aws:elasticloadbalancing:us-east-1:{b.id}:listener/app/internal/50dc6c495c0c9188/0467ef3c8400ae65"
    private = {"ConnectionType": "VPC_LINK", "ConnectionId": link}
    verified = api.backend(listener, TlsConfig={"ServerNameToVerify": "internal.example.com"}, **private)
    unverified = api.backend(listener.replace("0467", "0468"), **private)
    plain = api.backend("http://backend.example.com/reports")
    api.route("ANY /staff/{proxy+}", "CUSTOM", verified, AuthorizerId=custom)
    api.route("GET /inventory", "CUSTOM", unverified, AuthorizerId=custom)
    api.route("GET /reports", "CUSTOM", plain, AuthorizerId=custom)
    api.stage("$default", logs=None, AutoDeploy=True)
    return api


def chat_api(b: Builder) -> ApiBuilder:
    """A WebSocket API that authorizes on `$connect`."""
    api = ApiBuilder(b, "us-east-1", "chat-api", "WEBSOCKET")
    custom = api.request("chat-token", sources=("route.request.querystring.token",), ttl=None)
    function = api.integration(IntegrationType="AWS_PROXY", IntegrationUri=f"arn:aws:lambda:us-east-1:{b.id}:function:chat")
    api.route("$connect", "CUSTOM", function, AuthorizerId=custom)
    for key in ("$disconnect", "$default", "send"):
        api.route(key, "NONE", function)
    api.stage("prod", DefaultRouteSettings={**THROTTLED, "LoggingLevel": "ERROR", "DataTraceEnabled": False})
    return api


def catalog_api(b: Builder) -> ApiBuilder:
    """Open to everyone, with wildcards in its cross-origin rules."""
    cors = {"AllowOrigins": ["*"], "AllowMethods": ["*"], "AllowHeaders": ["*"], "MaxAge": 86400}
    api = ApiBuilder(b, "eu-west-1", "catalog-api", CorsConfiguration=cors, age=900)
    function = api.function("catalog")
    for key in ("GET /items", "GET /items/{id}", "POST /items", "$default"):
        api.route(key, "NONE", function)
    api.stage("prod", logs=None)
    api.stage("beta", logs=SHORT_FORMAT, DefaultRouteSettings={"DetailedMetricsEnabled": False})
    return api


def notify_api(b: Builder) -> ApiBuilder:
    """A WebSocket API that lets anyone connect and traces whole messages."""
    api = ApiBuilder(b, "eu-west-1", "notify-api", "WEBSOCKET")
    mock = api.integration(IntegrationType="MOCK", RequestTemplates={"$default": '{"statusCode":200}'})
    for key in ("$connect", "$disconnect", "subscribe"):
        api.route(key, "NONE", mock)
    api.stage("prod", DefaultRouteSettings={"LoggingLevel": "INFO", "DataTraceEnabled": True, "DetailedMetricsEnabled": False})
    return api


def partner_api(b: Builder) -> ApiBuilder:
    """Several authorizers: a good one, one that caches for an hour, one that accepts any audience."""
    cors = {"AllowOrigins": ["https://partner.example.net"], "AllowMethods": ["GET", "POST"], "AllowCredentials": True}
    api = ApiBuilder(b, "eu-central-1", "partner-api", CorsConfiguration=cors, Tags={"team": "partners"})
    good = api.jwt("partners", ISSUER.replace("pool-1", "pool-2"), ("partners",))
    cached = api.request("partner-key", sources=("$request.header.X-Partner-Key",), ttl=3600)
    loose = api.jwt("legacy-issuer", "https://login.example.net", ())
    function, other = api.function("partner"), api.backend("https://backend.example.net/v1")
    api.route("GET /offers", "JWT", function, AuthorizerId=good)
    api.route("POST /offers", "JWT", function, AuthorizerId=good, AuthorizationScopes=["offers:write"])
    api.route("GET /terms", "CUSTOM", other, AuthorizerId=cached)
    api.route("GET /legacy", "JWT", other, AuthorizerId=loose)
    api.stage("prod", DefaultRouteSettings=THROTTLED)
    return api


def reports_api(b: Builder) -> ApiBuilder:
    """Its routes may not be read in the demonstration."""
    api = ApiBuilder(b, "eu-central-1", "reports-api")
    function = api.function("reports")
    api.route("GET /reports", "AWS_IAM", function)
    api.route("GET /reports/public", "NONE", function)
    api.stage("prod")
    return api


def second(b: Builder) -> None:
    sandbox = ApiBuilder(b, "us-east-1", "sandbox-api", age=60)
    function = sandbox.function("sandbox")
    sandbox.route("ANY /{proxy+}", "NONE", function)
    sandbox.route("GET /health", "NONE", function)
    sandbox.stage("$default", logs=None, AutoDeploy=True, StageVariables={"mode": "debug"})
    events = ApiBuilder(b, "eu-west-1", "events-api", "WEBSOCKET", age=80)
    target = events.integration(IntegrationType="AWS_PROXY", IntegrationUri=f"arn:aws:lambda:eu-west-1:{b.id}:function:events")
    events.route("$connect", "AWS_IAM", target)
    events.route("$default", "NONE", target)
    events.stage("dev", logs=SHORT_FORMAT, DefaultRouteSettings={"LoggingLevel": "OFF", "DataTraceEnabled": False})
