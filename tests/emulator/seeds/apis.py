"""Tools of the seeds for API Gateway v2 and CloudTrail."""

from seeds.builder import Builder, ago

LOG_FORMAT = ('{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","time":"$context.requestTime",'
              '"method":"$context.httpMethod","route":"$context.routeKey","status":"$context.status",'
              '"caller":"$context.identity.userArn","authorizer":"$context.authorizer.error"}')  # fmt: skip
SHORT_FORMAT = '{"route":"$context.routeKey","status":"$context.status"}'


def log_group(account: str, region: str, name: str) -> str:
    """The ARN of a log group for access logs."""
    return f"arn:aws:logs:{region}:{account}:log-group:/aws/apigateway/{name}"


class ApiBuilder:
    """One HTTP or WebSocket API under construction."""

    def __init__(self, owner: Builder, region: str, name: str, protocol: str = "HTTP", age: float = 200, **more) -> None:
        self.owner, self.region, self.name = owner, region, name
        self.gateway = owner.client("apigatewayv2", region)
        selection = {"RouteSelectionExpression": "$request.body.action"} if protocol == "WEBSOCKET" else {}
        self.id = self.gateway.create_api(Name=name, ProtocolType=protocol, **selection, **more)["ApiId"]
        self.kept.created_date = ago(age)
        self.age = age

    @property
    def kept(self):
        from moto.apigatewayv2.models import apigatewayv2_backends

        return apigatewayv2_backends[self.owner.id][self.region].apis[self.id]

    def authorizer(self, name: str, **more) -> str:
        return self.gateway.create_authorizer(ApiId=self.id, Name=name, **more)["AuthorizerId"]

    def jwt(self, name: str, issuer: str, audience: tuple = ("orders",)) -> str:
        return self.authorizer(name, AuthorizerType="JWT", IdentitySource=["$request.header.Authorization"],
                               JwtConfiguration={"Issuer": issuer, "Audience": list(audience)})  # fmt: skip

    def request(self, name: str, sources: tuple = ("$request.header.Authorization",), ttl: int | None = 60, **more) -> str:
        lambda_arn = f"arn:aws:lambda:{self.region}:{self.owner.id}:function:{name}"
        uri = f"arn:aws:apigateway:{self.region}:lambda:path/2015-03-31/functions/{lambda_arn}/invocations"
        settings = {} if ttl is None else {"AuthorizerResultTtlInSeconds": ttl}
        if self.kept.protocol_type == "HTTP":
            settings["AuthorizerPayloadFormatVersion"] = "2.0"
        return self.authorizer(name, AuthorizerType="REQUEST", IdentitySource=list(sources), **{"AuthorizerUri": uri, **settings, **more})

    def function(self, name: str, **more) -> str:
        """An integration with a Lambda function."""
        uri = f"arn:aws:lambda:{self.region}:{self.owner.id}:function:{name}"
        return self.integration(IntegrationType="AWS_PROXY", IntegrationUri=uri, PayloadFormatVersion="2.0", **more)

    def backend(self, uri: str, **more) -> str:
        """An integration with an HTTP backend."""
        return self.integration(IntegrationType="HTTP_PROXY", IntegrationMethod="ANY", IntegrationUri=uri, PayloadFormatVersion="1.0", **more)

    def integration(self, **more) -> str:
        return self.gateway.create_integration(ApiId=self.id, **{"ConnectionType": "INTERNET", **more})["IntegrationId"]

    def route(self, key: str, authorization: str = "NONE", integration: str | None = None, **more) -> str:
        target = {"Target": f"integrations/{integration}"} if integration else {}
        return self.gateway.create_route(ApiId=self.id, RouteKey=key, AuthorizationType=authorization, **target, **more)["RouteId"]

    def stage(self, name: str = "prod", logs: str | None = LOG_FORMAT, age: float | None = None, **more) -> None:
        if logs is not None:
            destination = log_group(self.owner.id, self.region, self.name)
            more["AccessLogSettings"] = {"DestinationArn": destination, "Format": logs}
        self.gateway.create_stage(ApiId=self.id, StageName=name, **more)
        stage = self.kept.stages[name]
        stage.created = ago(self.age if age is None else age)
        stage.updated = ago(min(30, self.age))


def domain(owner: Builder, region: str, name: str, api: ApiBuilder, stage: str, policy: str = "TLS_1_2", truststore: str | None = None, key: str = "",
           ends: float = 300) -> None:  # fmt: skip
    """A custom domain name that serves a stage; its certificate ends in so many days."""
    from seeds import edge

    gateway = owner.client("apigatewayv2", region)
    serial = sum(name.encode())
    certificate = f"arn:aws:acm:{region}:{owner.id}:certificate/00000000-0000-4000-a000-{serial:012d}"
    edge.domain_certificate(owner, region, name, certificate, ends=ends)
    more = {"MutualTlsAuthentication": {"TruststoreUri": truststore}} if truststore else {}
    gateway.create_domain_name(DomainName=name, DomainNameConfigurations=[
        {"CertificateArn": certificate, "EndpointType": "REGIONAL", "SecurityPolicy": policy}], **more)  # fmt: skip
    gateway.create_api_mapping(ApiId=api.id, DomainName=name, Stage=stage, ApiMappingKey=key)


class TrailBuilder:
    """One trail, with the times and errors that only deliveries would bring."""

    def __init__(self, owner: Builder, region: str, name: str, *, bucket: str | None = None, logging: bool = True, started: float = 300,
                 stopped: float | None = None, delivered: float | None = 0.01, error: str | None = None, tags: dict | None = None, **more) -> None:  # fmt: skip
        self.trail = owner.client("cloudtrail", region)
        self.name = name
        where = f"example-trail-logs-{owner.id}"
        make_bucket(owner, where)
        self.arn = self.trail.create_trail(Name=name, S3BucketName=where, TagsList=[{"Key": k, "Value": v} for k, v in (tags or {}).items()], **more)["TrailARN"]
        from moto.cloudtrail.models import cloudtrail_backends

        self.kept = cloudtrail_backends[owner.id][region].trails[name]
        self.kept.bucket_name = bucket or where  # moto knows only buckets that it has already
        self.kept.include_global_service_events = more.get("IncludeGlobalServiceEvents", True)  # moto loses a false
        status = self.kept.status
        status.is_logging, status.started = logging, ago(started)
        status.stopped = ago(stopped) if stopped is not None else None
        owner.settings.trail_status[self.arn] = delivery(delivered, error, more)

    def selectors(self, *selectors: dict) -> None:
        self.trail.put_event_selectors(TrailName=self.name, EventSelectors=list(selectors))

    def advanced(self, *selectors: dict) -> None:
        self.trail.put_event_selectors(TrailName=self.name, AdvancedEventSelectors=list(selectors))

    def insights(self, *types: str) -> None:
        self.trail.put_insight_selectors(TrailName=self.name, InsightSelectors=[{"InsightType": t} for t in types])


def delivery(delivered: float | None, error: str | None, settings: dict) -> dict:
    """What GetTrailStatus says about deliveries."""
    if delivered is None:
        return {}
    when, text = ago(delivered), ago(delivered).strftime("%Y-%m-%dT%H:%M:%SZ")
    seconds = (when - when.__class__(1970, 1, 1)).total_seconds()
    said = {"LatestDeliveryTime": seconds, "LatestDeliveryAttemptTime": text, "LatestDeliveryAttemptSucceeded": "" if error else text}
    if error:
        said["LatestDeliveryError"] = error
    if settings.get("EnableLogFileValidation"):
        said["LatestDigestDeliveryTime"] = seconds - 1800
    if settings.get("CloudWatchLogsLogGroupArn"):
        said["LatestCloudWatchLogsDeliveryTime"] = seconds
    return said


def make_bucket(owner: Builder, name: str) -> None:
    from moto.s3.models import s3_backends

    if name not in s3_backends[owner.id]["aws"].buckets:
        owner.client("s3").create_bucket(Bucket=name)


def advanced_selector(name: str, **fields) -> dict:
    """An advanced event selector; each field is (operator, values)."""
    return {"Name": name, "FieldSelectors": [{"Field": k.replace("_", ".", 1) if k.startswith("resources_") else k, op: list(values)} for k, (op, *values) in fields.items()]}
