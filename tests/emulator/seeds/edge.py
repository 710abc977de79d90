"""Tools of the seeds for WAF, Certificate Manager and Cognito."""

import hashlib

from seeds.builder import Builder, ago
from seeds.rest import epoch

VISIBLE = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True}
STRONG = {"MinimumLength": 14, "RequireUppercase": True, "RequireLowercase": True, "RequireNumbers": True, "RequireSymbols": True, "TemporaryPasswordValidityDays": 7}
BRIEF = {"AccessTokenValidity": 60, "IdTokenValidity": 60, "RefreshTokenValidity": 30,
         "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"}}  # fmt: skip


def identity(*words: str) -> str:
    """An id in the form of UUIDs, of these words."""
    digest = hashlib.sha256("/".join(words).encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"


def acl_rule(name: str, priority: int, statement: dict, action: str = "Block") -> dict:
    """A rule with an action of its own."""
    return {"Name": name, "Priority": priority, "Statement": statement, "Action": {action: {}}, "VisibilityConfig": {**VISIBLE, "MetricName": name}}


def group(name: str, priority: int, statement: dict, counts: bool = False) -> dict:
    """A rule that stands for a rule group."""
    return {"Name": name, "Priority": priority, "Statement": statement, "OverrideAction": {"Count" if counts else "None": {}},
            "VisibilityConfig": {**VISIBLE, "MetricName": name}}  # fmt: skip


def managed(name: str, vendor: str = "AWS", counted: tuple = (), **more) -> dict:
    """A managed rule group; `counted` are rules of it that are overridden to count."""
    overrides = {"RuleActionOverrides": [{"Name": one, "ActionToUse": {"Count": {}}} for one in counted]} if counted else {}
    return {"ManagedRuleGroupStatement": {"VendorName": vendor, "Name": name, **overrides, **more}}


def sqli(part: str = "QueryString") -> dict:
    return {"SqliMatchStatement": {"FieldToMatch": {part: {}}, "TextTransformations": [{"Priority": 0, "Type": "URL_DECODE"}], "SensitivityLevel": "HIGH"}}


def rate(limit: int, **more) -> dict:
    return {"RateBasedStatement": {"Limit": limit, "EvaluationWindowSec": 300, "AggregateKeyType": "IP", **more}}


def header(name: str, value: str) -> dict:
    """A rule about the exact value of a header; boto3 takes bytes."""
    return {"ByteMatchStatement": {"SearchString": value.encode(), "FieldToMatch": {"SingleHeader": {"Name": name}}, "PositionalConstraint": "EXACTLY",
                                   "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}  # fmt: skip


def geo(*countries: str) -> dict:
    return {"GeoMatchStatement": {"CountryCodes": list(countries)}}


def common_rules() -> tuple:
    """What a well kept web ACL has."""
    return (
        group("reputation", 0, managed("AWSManagedRulesAmazonIpReputationList")),
        group("common", 1, managed("AWSManagedRulesCommonRuleSet")),
        group("bad-inputs", 2, managed("AWSManagedRulesKnownBadInputsRuleSet")),
        group("sqli", 3, managed("AWSManagedRulesSQLiRuleSet")),
        acl_rule("flood", 4, rate(2000)),
    )


def web_acl(owner: Builder, region: str, name: str = "apis", rules: tuple | None = None, logs: bool = True, scope: str = "REGIONAL",
            default: str = "Allow", guards: tuple = (), description: str = "", manager: dict | None = None) -> str:  # fmt: skip
    """A web ACL, made once; returns its ARN. `guards` are ARNs of what it stands before, `manager` the groups of Firewall Manager."""
    from moto.wafv2.models import wafv2_backends

    backend = wafv2_backends[owner.id]["global" if scope == "CLOUDFRONT" else region]
    known = next((arn for arn, acl in backend.wacls.items() if acl.name == name), None)
    if known is None:
        known = create(owner, region, backend, name, common_rules() if rules is None else rules, scope, default, description)
        backend.wacls[known].managed = {"ManagedByFirewallManager": bool(manager), **(manager or {})}
        if logs:
            log_group = f"arn:aws:logs:{region}:{owner.id}:log-group:aws-waf-logs-{name}"
            backend.put_logging_configuration(known, [log_group], None, False, None)
    backend.wacls[known].associated_resources.extend(guards)
    return known


def create(owner: Builder, region: str, backend, name: str, rules: tuple, scope: str, default: str, description: str) -> str:
    made = owner.client("wafv2", region).create_web_acl(
        Name=name, Scope=scope, DefaultAction={default: {}}, Rules=list(rules), VisibilityConfig={**VISIBLE, "MetricName": "acl"},
        **({"Description": description} if description else {}))["Summary"]  # fmt: skip
    acl = backend.wacls.pop(made["ARN"])
    acl.id = identity(owner.id, region, scope, name)
    acl.arn = made["ARN"].replace(made["Id"], acl.id)
    backend.wacls[acl.arn] = acl
    return acl.arn


def rule_group(owner: Builder, region: str, name: str, rules: tuple) -> str:
    """A rule group of one's own; returns its ARN."""
    made = owner.client("wafv2", region).create_rule_group(
        Name=name, Scope="REGIONAL", Capacity=100, Rules=list(rules), VisibilityConfig={**VISIBLE, "MetricName": "group"})["Summary"]  # fmt: skip
    return made["ARN"]


def certificate(owner: Builder, region: str, domain: str, ends: float = 300, arn: str | None = None, algorithm: str = "RSA_2048", kind: str = "AMAZON_ISSUED",
                status: str | None = None, used_by: tuple = ()) -> str:  # fmt: skip
    """A certificate that ends in so many days; returns its ARN."""
    from moto.acm.models import acm_backends
    from shim.acm import certificates_of

    arn = arn or f"arn:aws:acm:{region}:{owner.id}:certificate/{identity(owner.id, region, domain)}"
    status = status or ("ISSUED" if ends > 0 else "EXPIRED")
    issued = status != "PENDING_VALIDATION"
    dates = {"NotBefore": epoch(395 - ends), "NotAfter": epoch(-ends)} if issued else {}
    certificates_of(acm_backends[owner.id][region])[arn] = {
        "CertificateArn": arn, "DomainName": domain, "SubjectAlternativeNames": [domain], "Type": kind, "Status": status, "KeyAlgorithm": algorithm,
        "InUseBy": list(used_by), "RenewalEligibility": "ELIGIBLE" if kind == "AMAZON_ISSUED" and used_by else "INELIGIBLE",
        "ImportedAt" if kind == "IMPORTED" else "CreatedAt": epoch(395 - ends), **dates}  # fmt: skip
    return arn


def domain_certificate(owner: Builder, region: str, domain: str, arn: str, **more) -> str:
    """The certificate that a custom domain shows."""
    front = f"arn:aws:elasticloadbalancing:{region}:{owner.id}:loadbalancer/app/{domain.replace('.', '-')}/50dc6c495c0c9188"
    return certificate(owner, region, domain, arn=arn, used_by=(front,), **more)


class PoolBuilder:
    """One user pool under construction."""

    def __init__(self, owner: Builder, region: str, name: str, mfa: str = "ON", policy: dict | None = None, mode: str | None = "ENFORCED",
                 compromised: str | None = "BLOCK", age: float = 300, **more) -> None:  # fmt: skip
        from moto.cognitoidp.models import cognitoidp_backends

        self.owner, self.region, self.name = owner, region, name
        self.idp = owner.client("cognito-idp", region)
        add_ons = {"UserPoolAddOns": {"AdvancedSecurityMode": mode}, "UserPoolTier": "PLUS"} if mode else {}
        made = self.idp.create_user_pool(PoolName=name, Policies={"PasswordPolicy": STRONG if policy is None else policy}, **add_ons, **more)["UserPool"]
        pools = cognitoidp_backends[owner.id][region].user_pools
        self.kept = pools.pop(made["Id"])
        digest = hashlib.sha256(f"{owner.id}/{region}/{name}".encode()).hexdigest()
        self.id = self.kept.id = f"{region}_{digest[:9]}"
        self.arn = self.kept.arn = f"arn:aws:cognito-idp:{region}:{owner.id}:userpool/{self.id}"
        pools[self.id] = self.kept
        self.kept.creation_date = self.kept.last_modified_date = ago(age)
        # The setting in force, which the pool's creation does not tell.
        self.kept.mfa_config = mfa
        self.kept.token_mfa_config = {"Enabled": True} if mfa != "OFF" else None
        if compromised:
            self.kept.risk = {"CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": compromised}},
                              "AccountTakeoverRiskConfiguration": {"Actions": {"HighAction": {"Notify": False, "EventAction": "BLOCK"}}}}  # fmt: skip

    def client(self, name: str, secret: bool = False, **more) -> str:
        """An app client; as it should be, unless told otherwise."""
        kept = {**BRIEF, "EnableTokenRevocation": True, "PreventUserExistenceErrors": "ENABLED", "SupportedIdentityProviders": ["COGNITO"],
                "AllowedOAuthFlowsUserPoolClient": True, "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"],
                "CallbackURLs": ["https://app.example.com/cb"], **more}  # fmt: skip
        made = self.idp.create_user_pool_client(UserPoolId=self.id, ClientName=name, GenerateSecret=secret, **{k: v for k, v in kept.items() if v is not None})
        client = self.kept.clients.pop(made["UserPoolClient"]["ClientId"])
        client.id = hashlib.sha256(f"{self.id}/{name}".encode()).hexdigest()[:26]
        self.kept.clients[client.id] = client
        return client.id


def identity_pool(owner: Builder, region: str, name: str, guests: bool = False, **more) -> str:
    from moto.cognitoidentity.models import cognitoidentity_backends

    made = owner.client("cognito-identity", region).create_identity_pool(IdentityPoolName=name, AllowUnauthenticatedIdentities=guests, **more)["IdentityPoolId"]
    pools = cognitoidentity_backends[owner.id][region].identity_pools
    kept = pools.pop(made)
    kept.identity_pool_id = f"{region}:{identity(owner.id, region, name)}"
    pools[kept.identity_pool_id] = kept
    return kept.identity_pool_id
