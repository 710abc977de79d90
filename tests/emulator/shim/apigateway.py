"""API Gateway (REST APIs): deployments as snapshots, canaries, client certificates, pages, and no member that AWS would leave out.

https://docs.aws.amazon.com/apigateway/latest/api/ : API_GetDeployment, API_GetResources, API_GetStages, API_CreateDeployment,
API_UpdateStage, API_GetClientCertificates, API_GetDomainNames, API_GetRestApis and the other listings
"""

import base64
import hashlib
import json
import time

import moto.apigateway.models as models
import moto.apigateway.urls as urls
from moto.apigateway.exceptions import BadRequestException, NotFoundException
from moto.apigateway.responses import APIGatewayResponse
from moto.apigatewayv2.models import ApiGatewayV2Backend, apigatewayv2_backends
from moto.apigatewayv2.models import DomainName as DomainNameOfV2

from accounts import ACCOUNTS

# Empty ones of these are shown, all other empty or unset members are left out.
SHOWN_EMPTY = {"methodSettings", "apiSummary", "stageKeys", "apiStages", "targetArns"}
PAGED = ("get_rest_apis", "get_resources", "get_authorizers", "get_request_validators", "get_gateway_responses", "get_api_keys",
         "get_usage_plans", "get_usage_plan_keys", "get_domain_names", "get_client_certificates", "get_vpc_links")  # fmt: skip
PAGE, LARGEST = 25, 500
YEAR = 365 * 24 * 3600


def install() -> None:
    APIGatewayResponse.generate_client_certificate = generate_client_certificate
    APIGatewayResponse.get_client_certificates = get_client_certificates
    urls.url_paths["{0}/clientcertificates$"] = APIGatewayResponse.dispatch
    APIGatewayResponse.get_resources = get_resources
    APIGatewayResponse.get_deployment = get_deployment
    APIGatewayResponse.get_domain_names = get_domain_names
    for name in PAGED:
        setattr(APIGatewayResponse, name, paged(getattr(APIGatewayResponse, name)))
    APIGatewayResponse.create_deployment = with_canary(APIGatewayResponse.create_deployment)
    APIGatewayResponse.create_stage = with_stage_settings(APIGatewayResponse.create_stage)
    APIGatewayResponse.put_integration = with_connection(APIGatewayResponse.put_integration)
    APIGatewayResponse.create_domain_name = shared_with_v2(APIGatewayResponse.create_domain_name)
    models.Integration.to_json = shown_connection(models.Integration.to_json)
    models.RestAPI.update_integration_mocks = lambda *_: None  # it would answer the API's own callers, of whom there are none
    models.RestAPI.create_deployment = snapshot(models.RestAPI.create_deployment)
    models.RestAPI.to_dict = tidied(with_policy(models.RestAPI.to_dict))
    models.Deployment.to_json = tidied(without_stage(models.Deployment.to_json))
    models.Stage.to_json = tidied(with_defaults(models.Stage.to_json))
    models.Stage.apply_operations = with_operations(models.Stage.apply_operations)
    models.Stage._get_default_method_settings = default_method_settings
    for cls in (models.Authorizer, models.ApiKey, models.UsagePlan, models.UsagePlanKey, models.VpcLink, models.Account, models.GatewayResponse, models.DomainName):
        cls.to_json = tidied(cls.to_json)
    models.RequestValidator.to_dict = tidied(with_false(models.RequestValidator.to_dict))
    models.Resource.to_dict = tidied(models.Resource.to_dict)
    ApiGatewayV2Backend.create_api_mapping = to_rest_apis_too(ApiGatewayV2Backend.create_api_mapping)


class Missing(NotFoundException):
    code = 404


def tidy(value, name: str = ""):
    """The value without members that are unset, to its depths."""
    if isinstance(value, dict):
        members = {k: tidy(v, k) for k, v in value.items()}
        return {k: v for k, v in members.items() if v not in (None, "", [], {}) or (k in SHOWN_EMPTY and v is not None)}
    return [tidy(v) for v in value] if isinstance(value, list) else value


def tidied(to_json):
    return lambda self: tidy(to_json(self))


def paged(answer):
    """`limit` and `position` of a listing."""
    operation = "".join(word.title() for word in answer.__name__.split("_"))

    def page(self):
        given = answer(self)
        body = given if isinstance(given, str) else given[2]
        items = json.loads(body)["item"]
        start, size = start_of(self._get_param("position"), len(items)), int(self._get_param("limit") or PAGE)
        if not 1 <= size <= LARGEST:
            raise BadRequestException(f"Invalid limit {size}")
        size = ACCOUNTS.account(self.current_account).page_size(operation, size)
        shown = {"item": items[start : start + size]}
        if start + size < len(items):
            shown["position"] = base64.b64encode(f"v1/{start + size}".encode()).decode()
        return 200, {"Content-Type": "application/json"}, json.dumps(shown)

    page.__name__ = answer.__name__
    return page


def start_of(position: str | None, count: int) -> int:
    if not position:
        return 0
    try:
        start = int(base64.b64decode(position).decode().removeprefix("v1/"))
    except ValueError:
        raise BadRequestException("Invalid position parameter") from None
    if start >= count:
        raise BadRequestException("Invalid position parameter")
    return start


def embeds(self, what: str) -> bool:
    return what in [part for value in self.querystring.get("embed", []) for part in value.split(",")]


def get_resources(self):
    """Without `embed=methods` only the verbs are shown."""
    api_id = self.path.split("/")[2]
    resources = [r.to_dict() for r in self.backend.get_resources(api_id)]
    if not embeds(self, "methods"):
        for resource in resources:
            if "resourceMethods" in resource:
                resource["resourceMethods"] = {verb: {} for verb in resource["resourceMethods"]}
    return json.dumps({"item": resources})


def get_deployment(self):
    """`apiSummary` where it is asked for; a deployment that does not exist is none."""
    _, _, api_id, _, deployment_id = self.path.split("/")[:5]
    deployment = self.backend.get_rest_api(api_id).deployments.get(deployment_id)
    if deployment is None:
        raise Missing("Invalid Deployment identifier specified")
    shown = deployment.to_json()
    if embeds(self, "apisummary"):
        shown["apiSummary"] = getattr(deployment, "summary", {})
    return 200, {"Content-Type": "application/json"}, json.dumps(shown)


def snapshot(create_deployment):
    """A deployment keeps the methods that the API had when it was made, and leaves the settings of a stage as they are."""

    def create(self, name, description, stage_variables=None):
        kept = self.stages.get(name)
        deployment = create_deployment(self, name, description, stage_variables)
        deployment.summary = {
            resource.get_path(): {
                verb: {"authorizationType": method.authorization_type, "apiKeyRequired": bool(method.api_key_required)}
                for verb, method in resource.resource_methods.items()
            }
            for resource in self.resources.values()
            if resource.resource_methods
        }
        if kept is not None:
            self.stages[name] = kept
            kept.deployment_id = deployment.id
        return deployment

    return create


def with_canary(create_deployment):
    """With `canarySettings` the stage keeps its deployment, and its canary serves the new one."""

    def create(self):
        canary, name = self._get_param("canarySettings"), self._get_param("stageName")
        api = self.backend.get_rest_api(self.path.split("/")[2])
        before = api.stages[name].deployment_id if canary and name in api.stages else None
        status, headers, body = create_deployment(self)
        if before:
            stage, made = api.stages[name], json.loads(body)["id"]
            stage.deployment_id = before
            stage.canary_settings = {"percentTraffic": 0.0, "useStageCache": False, **canary, "deploymentId": made}
        return status, headers, body

    create.__name__ = "create_deployment"
    return create


def with_stage_settings(create_stage):
    def create(self):
        given = create_stage(self)
        _, _, api_id = self.path.split("/")[:3]
        stage = self.backend.get_rest_api(api_id).stages[self._get_param("stageName")]
        canary = self._get_param("canarySettings")
        if canary:
            stage.canary_settings = {"percentTraffic": 0.0, "useStageCache": False, "deploymentId": stage.deployment_id, **canary}
        return given[0], given[1], json.dumps(stage.to_json())

    create.__name__ = "create_stage"
    return create


def with_operations(apply_operations):
    """Client certificate and canary of a stage."""

    def apply(self, patch_operations):
        rest = []
        for op in patch_operations:
            path, value = op["path"], op.get("value")
            if path == "/clientCertificateId":
                self.client_certificate_id = value if op["op"] == "replace" else None
            elif path == "/canarySettings" and op["op"] == "remove":
                self.canary_settings = None
            elif path.startswith("/canarySettings/"):
                member = path.split("/")[2]
                canary = self.canary_settings = getattr(self, "canary_settings", None) or {
                    "percentTraffic": 0.0, "useStageCache": False, "deploymentId": self.deployment_id}  # fmt: skip
                canary[member] = {"percentTraffic": float, "useStageCache": lambda v: v == "true"}.get(member, str)(value)
            else:
                rest.append(op)
        return apply_operations(self, rest)

    return apply


def with_defaults(to_json):
    """What AWS shows of every stage."""

    def shown(self):
        stage = to_json(self)
        stage.setdefault("tracingEnabled", False)
        stage["cacheClusterEnabled"] = bool(stage.get("cacheClusterEnabled"))
        stage.setdefault("cacheClusterStatus", "NOT_AVAILABLE")
        created = self.__dict__.setdefault("created", int(time.time()))
        stage["createdDate"], stage["lastUpdatedDate"] = created, self.__dict__.get("updated", created)
        stage["canarySettings"] = getattr(self, "canary_settings", None)
        stage["clientCertificateId"] = getattr(self, "client_certificate_id", None)
        return stage

    return shown


def default_method_settings(self) -> dict:
    return {
        "throttlingRateLimit": 10000.0, "throttlingBurstLimit": 5000, "dataTraceEnabled": False, "metricsEnabled": False, "loggingLevel": "OFF",
        "unauthorizedCacheControlHeaderStrategy": "SUCCEED_WITH_RESPONSE_HEADER", "cacheTtlInSeconds": 300, "cacheDataEncrypted": False,
        "cachingEnabled": False, "requireAuthorizationForCacheControl": True}  # fmt: skip


def without_stage(to_json):
    """A deployment does not name a stage."""

    def shown(self):
        deployment = to_json(self)
        deployment.pop("stageName", None)
        return deployment

    return shown


def with_policy(to_dict):
    """The policy as AWS shows it: the inside of a JSON string, and an IP address type for every endpoint."""

    def shown(self):
        api = to_dict(self)
        if api.get("policy"):
            api["policy"] = json.dumps(api["policy"])[1:-1]
        kinds = api["endpointConfiguration"]["types"]
        api["endpointConfiguration"] = {"ipAddressType": "dualstack" if kinds == ["PRIVATE"] else "ipv4", **api["endpointConfiguration"]}
        api["disableExecuteApiEndpoint"] = str(api["disableExecuteApiEndpoint"]).lower() == "true"
        api["securityPolicy"] = getattr(self, "security_policy", None)
        return api

    return shown


def with_false(to_dict):
    def shown(self):
        validator = to_dict(self)
        for member in ("validateRequestBody", "validateRequestParameters"):
            validator[member] = bool(validator.get(member))
        return validator

    return shown


def certificates_of(backend) -> dict:
    return backend.__dict__.setdefault("client_certificates", {})


def generate_client_certificate(self):
    """Valid for a year, as AWS makes them; the certificate itself is filler."""
    kept = certificates_of(self.backend)
    name = hashlib.sha256(f"{self.backend.account_id}/{self.backend.region_name}/{len(kept)}".encode()).hexdigest()[:6]
    now = int(time.time())
    pem = "-----BEGIN CERTIFICATE-----\n" + base64.b64encode(f"filler of {name}".encode()).decode() + "\n-----END CERTIFICATE-----"
    kept[name] = {"clientCertificateId": name, "description": self._get_param("description"), "pemEncodedCertificate": pem,
                  "createdDate": now, "expirationDate": now + YEAR, "tags": self._get_param("tags")}  # fmt: skip
    return 201, {"Content-Type": "application/json"}, json.dumps(tidy(kept[name]))


def get_client_certificates(self):
    return json.dumps({"item": [tidy(c) for c in certificates_of(self.backend).values()]})


def with_connection(put_integration):
    """The VPC link of a private integration."""

    def put(self):
        given = put_integration(self)
        _, _, api_id, _, resource_id, _, verb = self.path.split("/")[:7]
        kept = self.backend.get_integration(api_id, resource_id, verb)
        kept.connection_id = self._get_param("connectionId")
        return given[0], given[1], json.dumps(tidy(kept.to_json()))

    put.__name__ = "put_integration"
    return put


def shown_connection(to_json):
    return lambda self: {**to_json(self), "connectionId": getattr(self, "connection_id", None)}


def shared_with_v2(create_domain_name):
    """A public name is also one of API Gateway v2, which knows no finer policies than its two."""

    def create(self):
        given = create_domain_name(self)
        name = self._get_param("domainName")
        kept = self.backend.get_domain_name(name)
        kept.mutual_tls = self._get_param("mutualTlsAuthentication")
        endpoint = (kept.endpoint_configuration or {"types": ["EDGE"]})["types"][0]
        if endpoint != "PRIVATE":
            other = apigatewayv2_backends[self.backend.account_id][self.backend.region_name]
            policy = "TLS_1_0" if kept.security_policy == "TLS_1_0" else "TLS_1_2"
            arn = kept.regional_certificate_arn or kept.certificate_arn
            configuration = {"certificateArn": arn, "endpointType": endpoint, "securityPolicy": policy}
            other.domain_names[name] = DomainNameOfV2(name, [configuration], kept.mutual_tls, kept.tags or {}, other)
        return given[0], given[1], json.dumps(tidy(with_domain_defaults(self, kept)))

    create.__name__ = "create_domain_name"
    return create


def get_domain_names(self):
    """The names of the Region, also those made by API Gateway v2: both operations show the same ones."""
    own = {d.domain_name: d for d in self.backend.get_domain_names()}
    other = apigatewayv2_backends[self.backend.account_id][self.backend.region_name].domain_names.values()
    shown = [with_domain_defaults(self, d) for d in own.values()] + [from_v2(d.to_json()) for d in other if d.domain_name not in own]
    return json.dumps({"item": [tidy(d) for d in shown]})


def with_domain_defaults(self, kept) -> dict:
    domain = {**kept.to_json(), "mutualTlsAuthentication": getattr(kept, "mutual_tls", None)}
    endpoint = domain.get("endpointConfiguration") or {"types": ["EDGE"]}
    of_kind = {"EDGE": ("regional",), "REGIONAL": ("distribution", "certificateUploadDate"), "PRIVATE": ("regional", "distribution", "certificateUploadDate")}
    absent = of_kind[endpoint["types"][0]]
    shown = {k: v for k, v in domain.items() if not k.startswith(absent)}
    private = {}
    if endpoint["types"] == ["PRIVATE"]:
        name = hashlib.sha256(domain["domainName"].encode()).hexdigest()[:10]
        arn = f"arn:aws:apigateway:{self.backend.region_name}:{self.backend.account_id}:/domainnames/{domain['domainName']}+{name}"
        private = {"domainNameId": name, "domainNameArn": arn}
    return {"securityPolicy": "TLS_1_2", "routingMode": "BASE_PATH_MAPPING_ONLY", **shown, **private, "endpointConfiguration": {"ipAddressType": "ipv4", **endpoint}}


def from_v2(domain: dict) -> dict:
    """A domain of API Gateway v2 in the members of this API."""
    first = domain["domainNameConfigurations"][0]
    mutual = domain.get("mutualTlsAuthentication")
    return {
        "domainName": domain["domainName"], "domainNameArn": domain.get("domainNameArn"), "domainNameStatus": first["domainNameStatus"],
        "regionalDomainName": first["apiGatewayDomainName"], "regionalHostedZoneId": first["hostedZoneId"],
        "regionalCertificateArn": first.get("certificateArn"), "securityPolicy": first["securityPolicy"],
        "endpointConfiguration": {"types": [first["endpointType"]], "ipAddressType": first["ipAddressType"]},
        "mutualTlsAuthentication": mutual, "routingMode": "BASE_PATH_MAPPING_ONLY", "tags": domain.get("tags")}  # fmt: skip


def to_rest_apis_too(create_api_mapping):
    """A mapping may lead to a stage of a REST API."""

    def create(self, api_id, *args, **kwargs):
        rest = models.apigateway_backends[self.account_id][self.region_name].apis
        if api_id not in rest or api_id in self.apis:
            return create_api_mapping(self, api_id, *args, **kwargs)
        self.apis[api_id] = None  # moto looks no further than whether it is there
        try:
            return create_api_mapping(self, api_id, *args, **kwargs)
        finally:
            del self.apis[api_id]

    return create
