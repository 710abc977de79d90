"""WAF: pages, no member that AWS would leave out, and what a web ACL guards.

https://docs.aws.amazon.com/waf/latest/APIReference/ : API_ListWebACLs, API_GetWebACL, API_GetRuleGroup,
API_GetLoggingConfiguration, API_ListResourcesForWebACL
"""

import json

from moto.wafv2.exceptions import WAFNonexistentItemException
from moto.wafv2.models import GLOBAL_REGION, FakeLoggingConfiguration, FakeRule, FakeWebACL
from moto.wafv2.responses import WAFV2Response

from accounts import ACCOUNTS

# What an ARN says of the types that ListResourcesForWebACL asks for.
TYPES = {"COGNITO_USER_POOL": ":cognito-idp:", "API_GATEWAY": ":apigateway:", "APPLICATION_LOAD_BALANCER": ":loadbalancer/app/",
         "APPSYNC": ":appsync:", "APP_RUNNER_SERVICE": ":apprunner:", "VERIFIED_ACCESS_INSTANCE": ":verified-access-instance/", "AMPLIFY": ":amplify:"}  # fmt: skip


def install() -> None:
    to_dict = FakeWebACL.to_dict
    FakeRule.to_dict = without_unset(FakeRule.to_dict)
    FakeWebACL.to_dict = without_unset(lambda self: {**to_dict(self), **getattr(self, "managed", {})})
    FakeLoggingConfiguration.to_dict = without_unset(FakeLoggingConfiguration.to_dict)
    WAFV2Response.list_web_ac_ls = list_web_acls
    WAFV2Response.get_logging_configuration = of_its_scope(WAFV2Response.get_logging_configuration)
    WAFV2Response.get_rule_group = get_rule_group
    WAFV2Response.list_resources_for_web_acl = list_resources_for_web_acl


def without_unset(to_dict):
    return lambda self: {k: v for k, v in to_dict(self).items() if v is not None}


def backend_of(self):
    """Web ACLs and rule groups for CloudFront are kept apart."""
    if self._get_param("Scope") == "CLOUDFRONT" or ":global/" in (self._get_param("ARN") or self._get_param("ResourceArn") or ""):
        self.region = GLOBAL_REGION
    return self.wafv2_backend


def of_its_scope(answer):
    """The same answer, from where web ACLs of that scope are kept."""

    def answered(self):
        backend_of(self)
        return answer(self)

    return answered


def list_web_acls(self):
    """By name; the marker is the last one shown. AWS gives a marker with a full last page too, which leads to an empty one."""
    told = sorted((acl.to_short_dict() for acl in backend_of(self).wacls.values()), key=lambda acl: acl["Name"])
    marker, limit = self._get_param("NextMarker") or "", int(self._get_param("Limit") or 100)
    limit = ACCOUNTS.account(self.current_account).page_size("ListWebACLs", limit)
    page = [acl for acl in told if acl["Name"] > marker][:limit]
    more = {"NextMarker": page[-1]["Name"]} if len(page) == limit else {}
    return json.dumps({"WebACLs": page, **more})


def get_rule_group(self):
    """By ARN, or by scope, name and id."""
    backend, arn, name, group_id = backend_of(self), self._get_param("ARN"), self._get_param("Name"), self._get_param("Id")
    for group in backend.rule_groups.values():
        if group.arn == arn or (group.name, group.id) == (name, group_id):
            told = {k: v for k, v in group.to_dict().items() if v is not None}
            return json.dumps({"RuleGroup": told, "LockToken": group.lock_token})
    raise WAFNonexistentItemException


def list_resources_for_web_acl(self):
    """Missing in moto. Without a type, load balancers."""
    acl = self.wafv2_backend.wacls.get(self._get_param("WebACLArn"))
    if acl is None:
        raise WAFNonexistentItemException
    kind = TYPES[self._get_param("ResourceType") or "APPLICATION_LOAD_BALANCER"]
    return json.dumps({"ResourceArns": sorted(arn for arn in acl.associated_resources if kind in arn)})
