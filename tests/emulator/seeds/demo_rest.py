"""The demonstration's REST APIs: what is deployed and what is edited apart in both directions, a canary, and every way to let someone in."""

from seeds import edge
from seeds.builder import Builder, allow, document, trust
from seeds.rest import (CALL, KEPT, THROTTLED, RestBuilder, api_key, client_certificate, invoke, log_role, rest_domain, usage_plan,
                        web_acl)  # fmt: skip

VPCE = "vpce-0a1b2c3d4e5f60718"


def main(b: Builder) -> dict[str, str]:
    b.role("apigateway-logs", trust({"Service": "apigateway.amazonaws.com"}), inline={}, age=380, used=0.1)
    for region in ("us-east-1", "eu-west-1"):
        log_role(b, region, "apigateway-logs")
    shop, billing, tickets, events = shop_api(b), billing_api(b), tickets_api(b), events_api(b)
    legacy, portal, files, plans, ledger = legacy_api(b), portal_api(b), files_api(b), plans_api(b), ledger_api(b)
    rest_domain(b, "us-east-1", "shop.example.com", shop, policy="SecurityPolicy_TLS13_1_3_2025_09")
    rest_domain(b, "eu-west-1", "portal.example.com", portal, policy="TLS_1_0", kind="EDGE", ends=12)
    rest_domain(b, "eu-west-1", "files.internal.example.com", None, kind="PRIVATE")
    keys(b, shop, portal)
    return {api.name: api.id for api in (shop, billing, tickets, events, legacy, portal, files, plans, ledger)}


def shop_api(b: Builder) -> RestBuilder:
    """Well kept: a Lambda authorizer and a user pool, validation, logs, a web ACL, a client certificate; its preflight is a mock."""
    api = RestBuilder(b, "us-east-1", "shop-rest", disableExecuteApiEndpoint=True, tags={"owner": "shop", "data": "internal"})
    token, pool = api.authorizer("session-token", ttl=60), api.authorizer("customers", "COGNITO_USER_POOLS")
    validated = {"requestValidatorId": api.validator(), "requestModels": {"application/json": "Order"}}
    api.method("GET", "/orders", "CUSTOM", authorizerId=token)
    api.method("POST", "/orders", "COGNITO_USER_POOLS", authorizerId=pool, authorizationScopes=["shop/orders.write"], **validated)
    api.method("GET", "/orders/{id}", "COGNITO_USER_POOLS", "https://backend.example.com/orders", authorizerId=pool, authorizationScopes=["shop/orders.read"])
    api.preflight("/orders")
    certificate = client_certificate(b, "us-east-1", 100, "shop backends")
    api.stage("prod", tracingEnabled=True, webAclArn=web_acl(b, "us-east-1"), clientCertificateId=certificate, tags={"owner": "shop"})
    api.stage("test", settings={"*/*": {**KEPT["*/*"], "logging/dataTrace": "true"}, "~1orders/POST": {"throttling/rateLimit": "5000.0", "throttling/burstLimit": "4000"}})
    return api


def billing_api(b: Builder) -> RestBuilder:
    """Signed by IAM, without any authorizer; its canary serves a deployment that forgot one method."""
    api = RestBuilder(b, "us-east-1", "billing-rest", tags={"owner": "billing"})
    for verb, path in (("GET", "/invoices"), ("POST", "/invoices"), ("GET", "/invoices/{id}")):
        api.method(verb, path, "AWS_IAM")
    api.stage("prod", webAclArn=web_acl(b, "us-east-1"), tracingEnabled=True)
    api.method("POST", "/refunds", "NONE")
    canary = api.deploy(3)
    api.canary("prod", canary, 12.5)
    api.redo("POST", "/refunds", "AWS_IAM")
    return api


def tickets_api(b: Builder) -> RestBuilder:
    """Somebody closed it in the editor and never deployed: the stage still serves open methods, one of them gone from the draft."""
    api = RestBuilder(b, "us-east-1", "tickets-rest", age=500)
    staff = api.authorizer("staff", "REQUEST", source="method.request.header.X-Staff,context.identity.sourceIp", ttl=3600)
    api.method("GET", "/tickets", "NONE")
    api.method("POST", "/tickets", "NONE")
    api.method("GET", "/tickets/export", "NONE")
    api.method("OPTIONS", "/tickets", "NONE", "mock")
    api.method("OPTIONS", "/tickets/export", "NONE", "mock")
    api.stage("prod", logs=None, settings={})
    api.redo("GET", "/tickets", "CUSTOM", authorizer_id=staff)
    api.redo("POST", "/tickets", "CUSTOM", authorizer_id=staff)
    api.remove("GET", "/tickets/export")
    api.remove("OPTIONS", "/tickets/export")
    return api


def events_api(b: Builder) -> RestBuilder:
    """Somebody is opening it in the editor: what the stage serves is still signed by IAM."""
    api = RestBuilder(b, "us-east-1", "events-rest")
    api.method("POST", "/events", "AWS_IAM")
    api.method("GET", "/events", "AWS_IAM", "http://events.example.com/list")
    api.stage("prod", cacheClusterEnabled=True, cacheClusterSize="0.5",
              settings={"*/*": KEPT["*/*"], "~1events/GET": {**THROTTLED, "caching/enabled": "true", "caching/requireAuthorizationForCacheControl": "false", "logging/loglevel": "INFO"}})  # fmt: skip
    api.redo("POST", "/events", "NONE")
    return api


def legacy_api(b: Builder) -> RestBuilder:
    """An authorizer that no method uses, in front of nothing."""
    api = RestBuilder(b, "eu-west-1", "legacy-rest", "EDGE", age=1500)
    api.authorizer("forgotten", ttl=300)
    for verb, path in (("ANY", "/"), ("ANY", "/{proxy+}")):
        api.method(verb, path, "NONE", "http://legacy.example.com/")
    api.stage("v1", logs='{"path":"$context.resourcePath"}', settings={"*/*": {"logging/loglevel": "OFF"}}, variables={"mode": "live", "db_password": "Emulated-not-real-2718"})
    return api


def portal_api(b: Builder) -> RestBuilder:
    """Open to everyone by policy, behind API keys alone; its preflight runs code."""
    api = RestBuilder(b, "eu-west-1", "portal-rest", policy=invoke(), apiKeySource="HEADER")
    api.method("GET", "/reports", "NONE", key=True)
    api.method("POST", "/reports", "NONE", key=True)
    api.method("OPTIONS", "/reports", "NONE", "lambda")
    api.preflight("/", origin="'*'")
    api.method("GET", "/", "NONE", "mock")
    api.stage("prod", webAclArn=edge.web_acl(b, "eu-west-1", "portal", rules=()))
    return api


def files_api(b: Builder) -> RestBuilder:
    """Private, for one VPC endpoint."""
    elsewhere = {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": {"StringNotEquals": {"aws:SourceVpce": VPCE}}}
    policy = document(CALL, elsewhere)
    api = RestBuilder(b, "eu-west-1", "files-rest", "PRIVATE", policy=policy, vpce=(VPCE,), tags={"exposure": "internal"})
    link = api.gateway.create_vpc_link(name="files", targetArns=[f"arn:aws:elasticloadbalancing:eu-west-1:{b.id}:loadbalancer/net/files/50dc6c495c0c9188"])["id"]
    private = {"connectionType": "VPC_LINK", "connectionId": link}
    api.method("GET", "/files/{id}", "AWS_IAM", "https://files.internal.example.com/", **private)
    api.method("PUT", "/files/{id}", "AWS_IAM", "https://files.internal.example.com/", tlsConfig={"insecureSkipVerification": True}, **private)
    api.stage("prod")
    return api


def plans_api(b: Builder) -> RestBuilder:
    """Being built: nothing of it is deployed."""
    api = RestBuilder(b, "eu-west-1", "plans-rest", age=4)
    api.method("GET", "/plans", "NONE")
    api.method("POST", "/plans", "NONE", None)
    return api


def ledger_api(b: Builder) -> RestBuilder:
    """What its stage serves may not be read in the demonstration."""
    api = RestBuilder(b, "eu-central-1", "ledger-rest", policy=invoke({"StringEquals": {"aws:PrincipalAccount": [b.id]}}, principal={"AWS": ["arn:aws:iam::444455556666:root", b.id]}))
    api.method("GET", "/entries", "AWS_IAM")
    api.stage("prod")
    return api


def keys(b: Builder, shop: RestBuilder, portal: RestBuilder) -> None:
    fresh, old = api_key(b, "eu-west-1", "partner-2026", 20), api_key(b, "eu-west-1", "partner-2024", 700)
    api_key(b, "eu-west-1", "nobody", 120)
    api_key(b, "eu-west-1", "retired", 900, enabled=False)
    usage_plan(b, "eu-west-1", "partners", ((portal, "prod"),), (fresh, old), {"rateLimit": 10.0, "burstLimit": 20}, {"limit": 10000, "period": "DAY"})
    usage_plan(b, "us-east-1", "unlimited", ((shop, "test"),), (api_key(b, "us-east-1", "load-test", 60),))
    client_certificate(b, "eu-west-1", 350, "about to end")


def second(b: Builder) -> None:
    sandbox = RestBuilder(b, "us-east-1", "sandbox-rest", age=60)
    sandbox.method("ANY", "/{proxy+}", "NONE")
    sandbox.stage("dev", logs=None, settings={})
    namesake = RestBuilder(b, "us-east-1", "sandbox-rest", age=40)
    namesake.method("ANY", "/{proxy+}", "AWS_IAM")
    namesake.stage("dev", logs=None, settings={})
    b.policy("invoke-sandbox", allow("execute-api:Invoke", f"arn:aws:execute-api:us-east-1:{b.id}:{sandbox.id}/dev/*"), age=60)
