"""Elastic Load Balancing v2: pages, and the attributes that a load balancer of its type has, with AWS's defaults.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/ : API_DescribeLoadBalancers, API_LoadBalancerAttribute,
API_DescribeListeners
"""

from moto.core.responses import ActionResult
from moto.elbv2.responses import ELBV2Response

from accounts import ACCOUNTS

EVERY = {"deletion_protection.enabled": "false", "load_balancing.cross_zone.enabled": "false"}
LOGGED = {"access_logs.s3.enabled": "false", "access_logs.s3.bucket": "", "access_logs.s3.prefix": ""}
DEFAULTS = {
    "application": {**EVERY, **LOGGED, "load_balancing.cross_zone.enabled": "true", "idle_timeout.timeout_seconds": "60",
                    "routing.http.drop_invalid_header_fields.enabled": "false", "routing.http2.enabled": "true"},
    "network": {**EVERY, **LOGGED, "dns_record.client_routing_policy": "any_availability_zone"},
    "gateway": EVERY,
}  # fmt: skip


def install() -> None:
    ELBV2Response.describe_load_balancers = describe_load_balancers
    ELBV2Response.describe_load_balancer_attributes = describe_load_balancer_attributes
    ELBV2Response.describe_listeners = describe_listeners


def describe_load_balancers(self) -> ActionResult:
    found = self.elbv2_backend.describe_load_balancers(self._get_param("LoadBalancerArns", []), self._get_param("Names", []))
    return paged(self, "DescribeLoadBalancers", "LoadBalancers", sorted(found, key=lambda one: one.arn))


def describe_load_balancer_attributes(self) -> ActionResult:
    arn = self._get_param("LoadBalancerArn")
    kept = self.elbv2_backend.describe_load_balancer_attributes(arn)
    defaults = DEFAULTS[self.elbv2_backend.load_balancers[arn].type]
    return ActionResult({"Attributes": {name: kept.get(name) or value for name, value in {**kept, **defaults}.items() if name in defaults}})


def describe_listeners(self) -> ActionResult:
    found = self.elbv2_backend.describe_listeners(self._get_param("LoadBalancerArn"), self._get_param("ListenerArns", []))
    return paged(self, "DescribeListeners", "Listeners", sorted(found, key=lambda one: one.arn))


def paged(self, operation: str, member: str, items: list) -> ActionResult:
    """A page of at most `PageSize`; the marker is the last ARN shown."""
    marker, limit = self._get_param("Marker"), self._get_int_param("PageSize", 400)
    limit = ACCOUNTS.account(self.current_account).page_size(operation, limit)
    rest = [item for item in items if item.arn > (marker or "")]
    return ActionResult({member: rest[:limit], "NextMarker": rest[limit - 1].arn if len(rest) > limit else None})
