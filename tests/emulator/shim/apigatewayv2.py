"""API Gateway v2: GetAuthorizers, routing rules, pages everywhere, and no member that AWS would leave out.

https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/ : apis, apis-apiid-authorizers, -routes, -stages,
-integrations, domainnames, domainnames-domainname-apimappings, domainnames-domainname-routingrules
"""

import base64
import hashlib
import json

import moto.apigatewayv2.models as models
import moto.apigatewayv2.urls as urls
from moto.apigatewayv2.exceptions import ApiNotFound, BadRequestException, DomainNameNotFound
from moto.apigatewayv2.responses import ApiGatewayV2Response

from accounts import ACCOUNTS

# Empty ones of these are shown, all other empty or unset members are left out.
SHOWN_EMPTY = {"tags", "stageVariables", "routeSettings"}
PAGED = ("get_apis", "get_routes", "get_stages", "get_integrations", "get_authorizers", "get_domain_names",
         "get_api_mappings", "get_vpc_links")  # fmt: skip
PAGE = 25


def install() -> None:
    ApiGatewayV2Response.get_authorizers = get_authorizers
    ApiGatewayV2Response.list_routing_rules = list_routing_rules
    urls.url_paths["{0}/v2/domainnames/(?P<domain_name>[^/]+)/routingrules$"] = ApiGatewayV2Response.dispatch
    for name in PAGED:
        setattr(ApiGatewayV2Response, name, paged(getattr(ApiGatewayV2Response, name)))
    for cls in (models.Api, models.Route, models.Stage, models.Authorizer, models.Integration, models.DomainName, models.ApiMapping):
        cls.to_json = tidied(cls.to_json)
    models.DomainName.to_json = with_domain_defaults(models.DomainName.to_json)
    models.Stage.to_json = with_deployment(models.Stage.to_json)
    stage_init = models.Stage.__init__

    def init(self, api, config):
        stage_init(self, api, config)
        self.api_id = api.api_id

    models.Stage.__init__ = init


def paged(answer):
    """`maxResults` and `nextToken` of every listing."""

    def page(self):
        status, headers, body = answer(self)
        items = json.loads(body)["items"]
        operation = "".join(word.capitalize() for word in answer.__name__.split("_"))
        size = ACCOUNTS.account(self.current_account).page_size(operation, int(self._get_param("maxResults") or PAGE))
        start = start_of(self._get_param("nextToken"), len(items))
        shown = {"items": items[start : start + size]}
        if start + size < len(items):
            shown["nextToken"] = base64.b64encode(f"v2/{start + size}".encode()).decode()
        return status, {"Content-Type": "application/json", **headers}, json.dumps(shown)

    page.__name__ = answer.__name__
    return page


def start_of(token: str | None, count: int) -> int:
    if not token:
        return 0
    try:
        start = int(base64.b64decode(token).decode().removeprefix("v2/"))
    except ValueError:
        raise BadRequestException("Invalid next token") from None
    if start >= count:
        raise BadRequestException("Invalid next token")
    return start


def get_authorizers(self):
    api_id = self.path.split("/")[-2]
    api = self.apigatewayv2_backend.apis.get(api_id)
    if api is None:
        raise ApiNotFound(api_id)
    return 200, {}, json.dumps({"items": [a.to_json() for a in api.authorizers.values()]})


def list_routing_rules(self):
    """moto keeps no routing rules, so a domain has none."""
    if self.path.split("/")[-2] not in self.apigatewayv2_backend.domain_names:
        raise DomainNameNotFound
    return 200, {"Content-Type": "application/json"}, json.dumps({"routingRules": []})


def tidied(to_json):
    def tidy(self):
        return {k: v for k, v in to_json(self).items() if v not in (None, "", [], {}) or (k in SHOWN_EMPTY and v is not None)}

    return tidy


def with_domain_defaults(to_json):
    """What AWS adds to a domain's configurations, and the defaults of what was not asked for."""

    def defaulted(self):
        shown = to_json(self)
        region = self.domain_name_arn.split(":")[3]
        label = "d-" + hashlib.sha256(self.domain_name.encode()).hexdigest()[:10]
        added = {"apiGatewayDomainName": f"{label}.execute-api.{region}.amazonaws.com", "domainNameStatus": "AVAILABLE",
                 "endpointType": "REGIONAL", "hostedZoneId": "Z1UJRXOUMOOFQ8", "ipAddressType": "ipv4", "securityPolicy": "TLS_1_2"}  # fmt: skip
        shown["domainNameConfigurations"] = [{**added, **c} for c in shown.get("domainNameConfigurations", [])]
        shown.setdefault("routingMode", "API_MAPPING_ONLY")
        return shown

    return defaulted


def with_deployment(to_json):
    """A stage that serves something names its deployment; settings and variables are shown also where none was set."""

    def deployed(self):
        unset = {"defaultRouteSettings": {"detailedMetricsEnabled": False}, "routeSettings": {}, "stageVariables": {}}
        shown = {**unset, **to_json(self)}
        named = self.config.get("deploymentId")
        shown["deploymentId"] = named or hashlib.sha256(f"{self.api_id}/{self.name}".encode()).hexdigest()[:6]
        return shown

    return deployed
