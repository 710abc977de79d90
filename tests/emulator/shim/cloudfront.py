"""CloudFront: pages of distributions with the members that AWS always sends.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/ : API_ListDistributions, API_DistributionSummary, API_DistributionConfig
"""

from moto.cloudfront.models import CacheBehaviour, DefaultCacheBehaviour
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.responses import ActionResult

from accounts import ACCOUNTS


def install() -> None:
    CloudFrontResponse.list_distributions = list_distributions
    for behavior in (DefaultCacheBehaviour, CacheBehaviour):
        without_unset(behavior)


def without_unset(behavior: type) -> None:
    """A behavior names a real-time log configuration only where it has one."""
    make = behavior.__init__

    def made(self, config: dict) -> None:
        make(self, config)
        self.realtime_log_config_arn = config.get("RealtimeLogConfigArn") or None

    behavior.__init__ = made


def list_distributions(self) -> ActionResult:
    marker, asked = self._get_param("Marker") or "", self._get_int_param("MaxItems") or 100
    limit = ACCOUNTS.account(self.current_account).page_size("ListDistributions", asked)
    found = sorted(self.backend.distributions.values(), key=lambda one: one.distribution_id)
    for distribution in found:
        distribution.advance()
        distribution.staging = getattr(distribution, "staging", False)
    rest = [one for one in found if one.distribution_id > marker]
    page = rest[:limit]
    more = {"NextMarker": page[-1].distribution_id} if len(rest) > limit else {}
    told = {"Marker": marker, **more, "MaxItems": asked, "IsTruncated": bool(more), "Quantity": len(page), "Items": page or None}
    return ActionResult({"DistributionList": told})
