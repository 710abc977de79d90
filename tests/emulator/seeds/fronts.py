"""Tools of the seeds for load balancers and CloudFront."""

from seeds.builder import Builder, ago

VPC = "vpc-0a1b2c3d4e5f60718"
KINDS = {"application": "app", "network": "net", "gateway": "gwy"}


def load_balancer(b: Builder, region: str, name: str, kind: str = "application", *listeners: tuple[int, str], logs: str | None = None, prefix: str = "",
                  scheme: str | None = "internet-facing", age: float = 200) -> None:  # fmt: skip
    """A load balancer with listeners of (port, protocol). It is put straight into moto, which would ask for subnets."""
    from moto.elbv2.models import FakeListener, FakeLoadBalancer, elbv2_backends
    from moto.moto_api._internal import mock_random

    path = f"{KINDS[kind]}/{name}/{mock_random.get_random_hex(16)}"
    start = f"arn:aws:elasticloadbalancing:{region}:{b.id}"
    dns = None if kind == "gateway" else f"{name}-1234567890.{region}.elb.amazonaws.com"
    kept = FakeLoadBalancer(name, ["sg-0d1a2b3c4d5e6f708"] if kind == "application" else [], [], VPC, f"{start}:loadbalancer/{path}", dns, "active", scheme, kind)
    kept.created_time = f"{ago(age).isoformat()}.000Z"
    kept.attrs["load_balancing.cross_zone.enabled"] = "true" if kind == "application" else "false"
    if logs:
        kept.attrs |= {"access_logs.s3.enabled": "true", "access_logs.s3.bucket": logs, "access_logs.s3.prefix": prefix}
    backend = elbv2_backends[b.id][region]
    backend.load_balancers[kept.arn] = kept
    for port, protocol in listeners:
        policy = "ELBSecurityPolicy-TLS13-1-2-2021-06" if protocol in ("HTTPS", "TLS") else None
        arn = f"{start}:listener/{path}/{mock_random.get_random_hex(16)}"
        kept.listeners[arn] = FakeListener(kept.arn, arn, protocol, port, policy, None, [], None)


def distribution(b: Builder, alias: str, origin: str, *, logs: str | None = None, prefix: str = "", delivered: bool = False, real_time: tuple[bool, ...] = (),
                 web_acl: str = "", comment: str = "", header: str | None = None, enabled: bool = True, age: float = 100) -> str:  # fmt: skip
    """A distribution. `logs` is the bucket of legacy logging; `delivered` gives it a delivery of CloudWatch Logs; `real_time` says of
    the default behavior and of each further one whether it logs in real time. Returns its ARN."""
    from moto.cloudfront.models import cloudfront_backends

    log = f"arn:aws:cloudfront::{b.id}:realtime-log-config/requests"
    said = [{"RealtimeLogConfigArn": log} if on else {} for on in real_time] or [{}]
    behaviors = [{"TargetOriginId": "origin", "ViewerProtocolPolicy": "https-only", "PathPattern": f"/p{n}/*", **one} for n, one in enumerate(said)]
    headers = {"CustomHeaders": {"Quantity": 1, "Items": [{"HeaderName": "x-origin-verify", "HeaderValue": header}]}} if header else {}
    settings = {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only", "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1.2"]}}
    config = {
        "CallerReference": alias, "Comment": comment, "Enabled": enabled, "WebACLId": web_acl, "Aliases": {"Quantity": 1, "Items": [alias]},
        "Origins": {"Quantity": 1, "Items": [{"Id": "origin", "DomainName": origin, "CustomOriginConfig": settings, **headers}]},
        "DefaultCacheBehavior": {k: v for k, v in behaviors[0].items() if k != "PathPattern"},
        "CacheBehaviors": {"Quantity": len(behaviors) - 1, **({"Items": behaviors[1:]} if behaviors[1:] else {})},
        "Logging": {"Enabled": bool(logs), "IncludeCookies": False, "Bucket": f"{logs}.s3.amazonaws.com" if logs else "", "Prefix": prefix},
    }  # fmt: skip
    made = b.client("cloudfront").create_distribution(DistributionConfig=config)["Distribution"]
    cloudfront_backends[b.id]["aws"].distributions[made["Id"]].last_modified_time = ago(age)
    if delivered:
        deliver(b, made["ARN"])
    return made["ARN"]


def deliver(b: Builder, arn: str, delivery: bool = True) -> None:
    """Standard logging (v2) of a distribution: a source and, unless told otherwise, the delivery that it feeds."""
    logs, name = b.client("logs"), f"cf-{arn.rsplit('/', 1)[-1]}"
    logs.put_delivery_source(name=name, resourceArn=arn, logType="ACCESS_LOGS")
    if delivery:
        made = logs.put_delivery_destination(name=name, deliveryDestinationConfiguration={"destinationResourceArn": f"arn:aws:s3:::example-cdn-logs-{b.id}"})
        logs.create_delivery(deliverySourceName=name, deliveryDestinationArn=made["deliveryDestination"]["arn"])
