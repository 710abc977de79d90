"""Web ACLs, certificates, user pools."""

from seeds.apis import ApiBuilder, domain
from seeds.builder import Builder
from seeds.edge import PoolBuilder, certificate, common_rules, geo, group, managed, acl_rule, sqli, web_acl
from seeds.rest import RestBuilder
from seeds.stories import EU, US


def walls(b: Builder, _second: Builder) -> None:
    """Stages before a web ACL with rules, before an empty one, before one that is gone, before WAF Classic, before none."""
    gone = f"arn:aws:wafv2:{US}:{b.id}:regional/webacl/gone/11111111-2222-4333-a444-000000000000"
    classic = f"arn:aws:waf-regional:{US}:{b.id}:webacl/11111111-2222-4333-a444-000000000000"
    for name, acl in (("kept", web_acl(b, US)), ("empty", web_acl(b, US, "empty", rules=())), ("gone", gone), ("classic", classic), ("open", None)):
        api = RestBuilder(b, US, name)
        api.method("GET", "/", "AWS_IAM")
        api.stage("prod", webAclArn=acl)


def modes(b: Builder, _second: Builder) -> None:
    """A group counts as a whole, by one override, not at all; a rule looks for the opposite; a header lets past."""
    crs, injection = managed("AWSManagedRulesCommonRuleSet"), managed("AWSManagedRulesSQLiRuleSet")
    web_acl(b, US, "blocks", rules=(group("sqli", 0, injection), group("common", 1, crs)))
    web_acl(b, US, "counts", rules=(group("sqli", 0, injection, counts=True), group("common", 1, crs, counts=True)))
    web_acl(b, US, "weakened", rules=(group("common", 0, managed("AWSManagedRulesCommonRuleSet", counted=("CrossSiteScripting_BODY",))),))
    web_acl(b, US, "negated", rules=(acl_rule("not", 0, {"NotStatement": {"Statement": sqli()}}),))
    web_acl(b, US, "let-past", rules=(acl_rule("country", 0, geo("XX"), "Allow"), group("sqli", 1, injection)))


def domains(b: Builder, _second: Builder) -> None:
    """Domains with a certificate that is good, that ends soon, that lies in another account."""
    api = ApiBuilder(b, US, "orders")
    api.route("GET /", "AWS_IAM", api.function("f"))
    api.stage("prod")
    domain(b, US, "good.example.com", api, "prod")
    domain(b, US, "soon.example.com", api, "prod", ends=5)
    shared = f"arn:aws:acm:{US}:777788889999:certificate/00000000-0000-4000-a000-000000000001"
    gateway = b.client("apigateway", US)
    gateway.create_domain_name(domainName="shared.example.com", securityPolicy="TLS_1_2", endpointConfiguration={"types": ["REGIONAL"]}, regionalCertificateArn=shared)
    certificate(b, EU, "strong.example.com", algorithm="EC_secp384r1")


def pools(b: Builder, _second: Builder) -> None:
    """A pool that was made without a second factor and demands one since, and one where it is the other way round."""
    PoolBuilder(b, US, "now-on", mfa="ON", MfaConfiguration="OFF")
    PoolBuilder(b, US, "now-off", mfa="OFF", MfaConfiguration="ON", SmsConfiguration={"SnsCallerArn": f"arn:aws:iam::{b.id}:role/sms"})
    web_acl(b, US, rules=common_rules())
