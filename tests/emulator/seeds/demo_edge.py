"""The demonstration's web ACLs, certificates and pools: walls with rules, without any, and with rules that only watch."""

from seeds.builder import Builder
from seeds.edge import (PoolBuilder, certificate, common_rules, geo, group, header, identity_pool, managed, rate, acl_rule, rule_group, sqli,
                        web_acl)  # fmt: skip


def main(b: Builder) -> str:
    walls(b)
    certificates(b)
    people(b)
    return web_acl(b, "eu-central-1", "partners")


def walls(b: Builder) -> None:
    """`apis` is well kept; the stage of the portal stands before an empty one."""
    web_acl(b, "us-east-1")
    web_acl(b, "us-east-1", "edge", rules=common_rules(), scope="CLOUDFRONT", description="Before the distributions")
    trial = (group("common", 0, managed("AWSManagedRulesCommonRuleSet"), counts=True), group("sqli", 1, managed("AWSManagedRulesSQLiRuleSet"), counts=True),
             acl_rule("flood", 2, rate(100), "Count"))  # fmt: skip
    web_acl(b, "eu-west-1", "trial", rules=trial, logs=False, description="Count until the end of the month")
    editor = (
        acl_rule("partner-header", 0, header("x-partner", "Emulated-not-real-1618"), "Allow"),
        group("common", 1, managed("AWSManagedRulesCommonRuleSet", counted=("CrossSiteScripting_BODY", "SizeRestrictions_BODY"))),
        acl_rule("login-flood", 2, rate(100, ScopeDownStatement=geo("XX"))),
    )
    web_acl(b, "eu-west-1", "editor", rules=editor)
    own = rule_group(b, "us-east-1", "injection", (acl_rule("query", 0, sqli()), acl_rule("body", 1, sqli("Body"))))
    web_acl(b, "us-east-1", "own-rules", rules=(group("injection", 0, {"RuleGroupReferenceStatement": {"ARN": own}}), acl_rule("flood", 1, rate(1000))))


def certificates(b: Builder) -> None:
    certificate(b, "us-east-1", "old.example.com", algorithm="RSA_1024", kind="IMPORTED", ends=200)
    certificate(b, "eu-west-1", "forgotten.example.com", kind="IMPORTED", ends=-90)
    certificate(b, "eu-central-1", "new.example.com", status="PENDING_VALIDATION", algorithm="EC_prime256v1")


def people(b: Builder) -> None:
    """`customers` is well kept; `partners` began well and stopped half way; `trial` is as pools are made."""
    customers = PoolBuilder(b, "us-east-1", "customers")
    web_acl(b, "us-east-1", guards=(customers.arn,))
    customers.client("web", secret=True)
    customers.client("app", CallbackURLs=["orders://callback"])
    customers.client("machine", secret=True, AllowedOAuthFlows=["client_credentials"], CallbackURLs=None)
    partners = PoolBuilder(b, "eu-west-1", "partners", mfa="OPTIONAL", mode="AUDIT", policy={"MinimumLength": 12})
    web_acl(b, "eu-west-1", "trial", guards=(partners.arn,))
    partners.client("portal", PreventUserExistenceErrors="LEGACY", RefreshTokenValidity=3650, CallbackURLs=["https://portal.example.com/cb", "http://portal.example.com/cb"])
    partners.client("console", AllowedOAuthFlows=["implicit"], AccessTokenValidity=24, TokenValidityUnits={"AccessToken": "hours"}, EnableTokenRevocation=False)
    PoolBuilder(b, "eu-central-1", "trial", mfa="OFF", mode=None, compromised=None, policy={})
    identity_pool(b, "us-east-1", "app")
    identity_pool(b, "eu-west-1", "kiosk", guests=True)


def second(b: Builder) -> None:
    """A sandbox: a web ACL that blocks nothing, and a pool that nobody looked after."""
    web_acl(b, "us-east-1", "sandbox", rules=(acl_rule("everywhere", 0, geo("XX"), "Allow"),), logs=False)
    PoolBuilder(b, "us-east-1", "sandbox", mfa="OFF", mode=None, policy={"MinimumLength": 6, "RequireSymbols": False}).client("test", AllowedOAuthFlowsUserPoolClient=False)
