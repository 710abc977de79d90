"""Tools of the seeds for API Gateway's REST APIs."""

from calendar import timegm

from seeds.apis import log_group
from seeds.builder import Builder, ago, document

REST_FORMAT = ('{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","time":"$context.requestTime",'
               '"method":"$context.httpMethod","path":"$context.resourcePath","status":"$context.status",'
               '"caller":"$context.identity.caller"}')  # fmt: skip
THROTTLED = {"throttling/rateLimit": "100.0", "throttling/burstLimit": "200"}
KEPT = {"*/*": {**THROTTLED, "logging/loglevel": "ERROR", "metrics/enabled": "true"}}
CALL = {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}


def epoch(days: float) -> int:
    return timegm(ago(days).timetuple())


def invoke(*conditions: dict, principal="*") -> str:
    """A resource policy that lets a principal call the API, with one statement for each condition, or one without."""
    one = {**CALL, "Principal": principal}
    return document(*([{**one, "Condition": condition} for condition in conditions] or [one]))


class RestBuilder:
    """One REST API under construction."""

    def __init__(self, owner: Builder, region: str, name: str, kind: str = "REGIONAL", policy: str | None = None, age: float = 200, vpce: tuple = (), **more) -> None:
        self.owner, self.region, self.name, self.age = owner, region, name, age
        self.gateway = owner.client("apigateway", region)
        endpoint = {"types": [kind], **({"vpcEndpointIds": list(vpce)} if vpce else {})}
        more = {**more, **({"policy": policy} if policy else {})}
        made = self.gateway.create_rest_api(name=name, endpointConfiguration=endpoint, **more)
        self.id, self.resources = made["id"], {"/": made["rootResourceId"]}
        self.kept.create_date = epoch(age)

    @property
    def kept(self):
        from moto.apigateway.models import apigateway_backends

        return apigateway_backends[self.owner.id][self.region].apis[self.id]

    def resource(self, path: str) -> str:
        """The id of a resource, made with all above it."""
        if path not in self.resources:
            above, _, part = path.rpartition("/")
            made = self.gateway.create_resource(restApiId=self.id, parentId=self.resource(above or "/"), pathPart=part)
            self.resources[path] = made["id"]
        return self.resources[path]

    def lambda_uri(self, name: str) -> str:
        function = f"arn:aws:lambda:{self.region}:{self.owner.id}:function:{name}"
        return f"arn:aws:apigateway:{self.region}:lambda:path/2015-03-31/functions/{function}/invocations"

    def method(self, verb: str, path: str, authorization: str = "NONE", target: str | None = "lambda", key: bool = False, **more) -> None:
        """A method; `target` is `lambda`, `mock`, an HTTP address, or None for no integration yet."""
        where = {"restApiId": self.id, "resourceId": self.resource(path), "httpMethod": verb}
        integration = {name: more.pop(name) for name in ("connectionType", "connectionId", "tlsConfig", "requestParameters") if name in more}
        self.gateway.put_method(**where, authorizationType=authorization, apiKeyRequired=key, **more)
        if target == "mock":
            integration |= {"type": "MOCK", "requestTemplates": {"application/json": '{"statusCode": 200}'}}
        elif target == "lambda":
            integration |= {"type": "AWS_PROXY", "integrationHttpMethod": "POST", "uri": self.lambda_uri(self.name)}
        elif target:
            integration |= {"type": "HTTP_PROXY", "integrationHttpMethod": verb if verb != "ANY" else "ANY", "uri": target}
        if target:
            self.gateway.put_integration(**where, **integration)

    def preflight(self, path: str, origin: str = "'https://shop.example.com'") -> None:
        """An `OPTIONS` that API Gateway answers itself."""
        self.method("OPTIONS", path, target="mock")
        where = {"restApiId": self.id, "resourceId": self.resource(path), "httpMethod": "OPTIONS", "statusCode": "200"}
        self.gateway.put_method_response(**where, responseParameters={"method.response.header.Access-Control-Allow-Origin": True})
        self.gateway.put_integration_response(**where, responseParameters={"method.response.header.Access-Control-Allow-Origin": origin})

    def redo(self, verb: str, path: str, authorization: str, **more) -> None:
        """Changes the authorization of a method of the draft."""
        method = self.kept.resources[self.resource(path)].resource_methods[verb]
        method.authorization_type = authorization
        for name, value in more.items():
            setattr(method, name, value)

    def remove(self, verb: str, path: str) -> None:
        self.gateway.delete_method(restApiId=self.id, resourceId=self.resource(path), httpMethod=verb)

    def authorizer(self, name: str, kind: str = "TOKEN", source: str = "method.request.header.Authorization", ttl: int = 300, **more) -> str:
        settings = {"providerARNs": [f"arn:aws:cognito-idp:{self.region}:{self.owner.id}:userpool/{self.region}_EXAMPLE"]} if kind == "COGNITO_USER_POOLS" else {
            "authorizerUri": self.lambda_uri(name)}  # fmt: skip
        sources = {"identitySource": source} if source else {}
        made = self.gateway.create_authorizer(restApiId=self.id, name=name, type=kind, authorizerResultTtlInSeconds=ttl, **sources, **{**settings, **more})
        return made["id"]

    def validator(self, name: str = "all") -> str:
        return self.gateway.create_request_validator(restApiId=self.id, name=name, validateRequestBody=True, validateRequestParameters=True)["id"]

    def deploy(self, age: float | None = None) -> str:
        """A deployment of the methods as they are now."""
        made = self.gateway.create_deployment(restApiId=self.id)["id"]
        self.kept.deployments[made].created_date = epoch(self.age if age is None else age)
        return made

    def stage(self, name: str = "prod", deployment: str | None = None, logs: str | None = REST_FORMAT, settings: dict | None = None, **more) -> None:
        """A stage; `settings` are by method path and setting, and of `more` what no creation takes is patched in."""
        patches = [{"op": "replace", "path": f"/{method}/{key}", "value": value} for method, entry in (KEPT if settings is None else settings).items() for key, value in entry.items()]
        if logs is not None:
            destination = log_group(self.owner.id, self.region, self.name)
            patches += [{"op": "replace", "path": "/accessLogSettings/destinationArn", "value": destination}, {"op": "replace", "path": "/accessLogSettings/format", "value": logs}]
        certificate, acl = more.pop("clientCertificateId", None), more.pop("webAclArn", None)
        if certificate:
            patches.append({"op": "replace", "path": "/clientCertificateId", "value": certificate})
        self.gateway.create_stage(restApiId=self.id, stageName=name, deploymentId=deployment or self.deploy(), **more)
        if patches:
            self.gateway.update_stage(restApiId=self.id, stageName=name, patchOperations=patches)
        stage = self.kept.stages[name]
        stage.created, stage.updated, stage.web_acl_arn = epoch(self.age), epoch(min(30, self.age)), acl

    def canary(self, stage: str, deployment: str, percent: float, **more) -> None:
        """Lets a share of the stage's requests go to another deployment."""
        self.kept.stages[stage].canary_settings = {"percentTraffic": percent, "useStageCache": False, "deploymentId": deployment, **more}


def web_acl(owner: Builder, region: str) -> str:
    """The Region's well kept web ACL, which stands before APIs."""
    from seeds import edge

    return edge.web_acl(owner, region)


def client_certificate(owner: Builder, region: str, age: float, description: str = "") -> str:
    """A certificate so many days old; it is valid for a year."""
    made = owner.client("apigateway", region).generate_client_certificate(description=description)["clientCertificateId"]
    from moto.apigateway.models import apigateway_backends

    kept = apigateway_backends[owner.id][region].client_certificates[made]
    kept["createdDate"], kept["expirationDate"] = epoch(age), epoch(age - 365)
    return made


def api_key(owner: Builder, region: str, name: str, age: float, enabled: bool = True, **more) -> str:
    """A key; its value is filler of the form that AWS makes."""
    gateway = owner.client("apigateway", region)
    made = gateway.create_api_key(name=name, enabled=enabled, **more)["id"]
    from moto.apigateway.models import apigateway_backends

    kept = apigateway_backends[owner.id][region].keys[made]
    kept.created_date = kept.last_updated_date = epoch(age)
    return made


def usage_plan(owner: Builder, region: str, name: str, stages: tuple = (), keys: tuple = (), throttle: dict | None = None, quota: dict | None = None) -> str:
    gateway = owner.client("apigateway", region)
    limits = {**({"throttle": throttle} if throttle else {}), **({"quota": quota} if quota else {})}
    made = gateway.create_usage_plan(name=name, apiStages=[{"apiId": api.id, "stage": stage} for api, stage in stages], **limits)["id"]
    for key in keys:
        gateway.create_usage_plan_key(usagePlanId=made, keyId=key, keyType="API_KEY")
    return made


def rest_domain(owner: Builder, region: str, name: str, api: RestBuilder | None, stage: str = "prod", policy: str = "TLS_1_2", kind: str = "REGIONAL", ends: float = 300, **more) -> None:
    """A custom domain name made by this API, which serves a stage of a REST API; its certificate ends in so many days."""
    from seeds import edge

    home = region if kind != "EDGE" else "us-east-1"
    certificate = f"arn:aws:acm:{home}:{owner.id}:certificate/00000000-0000-4000-b000-{sum(name.encode()):012d}"
    edge.domain_certificate(owner, home, name, certificate, ends=ends)
    arn = {"certificateArn" if kind != "REGIONAL" else "regionalCertificateArn": certificate}
    owner.client("apigateway", region).create_domain_name(domainName=name, securityPolicy=policy, endpointConfiguration={"types": [kind]}, **arn, **more)
    if api:
        owner.client("apigatewayv2", region).create_api_mapping(ApiId=api.id, DomainName=name, Stage=stage)


def log_role(owner: Builder, region: str, role: str | None) -> None:
    """The role that writes logs in a Region."""
    if role:
        value = f"arn:aws:iam::{owner.id}:role/{role}"
        owner.client("apigateway", region).update_account(patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": value}])


