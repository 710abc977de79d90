"""CloudTrail: shadow trails, organization trails in member accounts, selectors and status as AWS answers them.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/ : API_DescribeTrails, API_GetTrailStatus,
API_GetEventSelectors, API_GetInsightSelectors, API_PutEventSelectors
"""

import json
from datetime import datetime

import moto.cloudtrail.models as models
from moto.cloudtrail.exceptions import TrailNotFoundException
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError

from accounts import ACCOUNTS

DEFAULT_SELECTOR = {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [], "ExcludeManagementEventSources": []}


class InsightNotEnabled(JsonRESTError):
    code = 400

    def __init__(self, name: str) -> None:
        super().__init__("InsightNotEnabledException", f"Trail {name} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.")


def install() -> None:
    models.CloudTrailBackend.describe_trails = describe_trails
    put = models.Trail.put_event_selectors

    def put_event_selectors(self, event_selectors, advanced_event_selectors):
        self.advanced_event_selectors = []  # the two kinds replace each other
        put(self, event_selectors, advanced_event_selectors)

    models.Trail.put_event_selectors = put_event_selectors
    description = models.Trail.description
    models.Trail.description = lambda self, include_region=False: described(self, description(self, include_region))
    for answer in (get_trail_status, get_event_selectors, get_insight_selectors, get_trail):
        setattr(CloudTrailResponse, answer.__name__, answer)


def described(trail, shown: dict) -> dict:
    shown["HasCustomEventSelectors"] = bool(trail.event_selectors or trail.advanced_event_selectors)
    shown["HasInsightSelectors"] = bool(trail.insight_selectors)
    return {k: v for k, v in shown.items() if v not in (None, "")}


def trails_seen_by(account_id: str):
    """The account's own trails, and those of its organization's management account that cover it."""
    organization = ACCOUNTS.account(account_id).organization or {}
    for owner in {account_id, organization.get("management", account_id)}:
        for backend in list(models.cloudtrail_backends[owner].values()):
            yield from (t for t in backend.trails.values() if owner == account_id or t.is_org_trail)


def describe_trails(self, include_shadow_trails: bool) -> list:
    """Trails of this region, and shadows: of multi-region trails elsewhere, of organization trails of another account."""
    here = [t for t in trails_seen_by(self.account_id) if t.region_name == self.region_name and t.account_id == self.account_id]
    shadows = [t for t in trails_seen_by(self.account_id) if t not in here and (t.is_multi_region or t.region_name == self.region_name)]
    return sorted(here + (shadows if include_shadow_trails else []), key=lambda t: t.arn)


def trail_named(self, name: str):
    """By name in its home region only; a shadow must be asked for by ARN."""
    for trail in describe_trails(self.cloudtrail_backend, include_shadow_trails=True):
        own = trail.region_name == self.region and trail.account_id == self.current_account
        if trail.arn == name or (own and trail.trail_name == name):
            return trail
    arn = name if name.startswith("arn:") else f"arn:{self.partition}:cloudtrail:{self.region}:{self.current_account}:trail/{name}"
    raise TrailNotFoundException(account_id=self.current_account, name=arn)


def get_trail(self) -> str:
    return json.dumps({"Trail": trail_named(self, self._get_param("Name")).description(include_region=True)})


def get_trail_status(self) -> str:
    trail = trail_named(self, self._get_param("Name"))
    status = trail.status
    shown: dict = {"IsLogging": status.is_logging}
    if status.started:
        shown["StartLoggingTime"], shown["TimeLoggingStarted"] = epoch(status.started), text(status.started)
    if status.stopped:
        shown["StopLoggingTime"], shown["TimeLoggingStopped"] = epoch(status.stopped), text(status.stopped)
    shown.setdefault("TimeLoggingStarted", "")
    shown.setdefault("TimeLoggingStopped", "")
    for name in ("LatestDeliveryAttemptTime", "LatestNotificationAttemptTime", "LatestNotificationAttemptSucceeded", "LatestDeliveryAttemptSucceeded"):
        shown[name] = ""
    shown.update(ACCOUNTS.account(trail.account_id).trail_status.get(trail.arn, {}))
    return json.dumps(shown)


def epoch(moment: datetime) -> float:
    from calendar import timegm

    return float(timegm(moment.timetuple()))


def text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def get_event_selectors(self) -> str:
    trail = trail_named(self, json.loads(self.body).get("TrailName"))
    shown: dict = {"TrailARN": trail.arn}
    if trail.advanced_event_selectors:
        shown["AdvancedEventSelectors"] = trail.advanced_event_selectors
    else:
        shown["EventSelectors"] = [{**DEFAULT_SELECTOR, **s} for s in trail.event_selectors or [{}]]
    return json.dumps(shown)


def get_insight_selectors(self) -> str:
    trail = trail_named(self, self._get_param("TrailName"))
    if not trail.insight_selectors:
        raise InsightNotEnabled(trail.trail_name)
    return json.dumps({"TrailARN": trail.arn, "InsightSelectors": trail.insight_selectors})
