"""CloudWatch Logs: pages of groups and metric filters, the class of a group.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ : API_DescribeLogGroups, API_DescribeMetricFilters, API_LogGroup
"""

import json

from moto.logs.exceptions import InvalidParameterException
from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

from accounts import ACCOUNTS


def install() -> None:
    filters, described = LogsResponse.describe_metric_filters, LogGroup.to_describe_dict

    def describe_metric_filters(self) -> str:
        told = json.loads(filters(self))["metricFilters"]
        return paged(self, "DescribeMetricFilters", "metricFilters", {f"{one['logGroupName']}\n{one['filterName']}": one for one in told})

    def to_describe_dict(self) -> dict:
        told = described(self)
        return {**told, "metricFilterCount": filters_of(self), "logGroupClass": getattr(self, "log_group_class", None) or "STANDARD"}

    LogsResponse.describe_log_groups = describe_log_groups
    LogsResponse.describe_metric_filters = describe_metric_filters
    LogGroup.to_describe_dict = to_describe_dict


def describe_log_groups(self) -> str:
    prefix = self._get_param("logGroupNamePrefix") or ""
    told = {name: group.to_describe_dict() for name, group in self.logs_backend.groups.items() if name.startswith(prefix)}
    return paged(self, "DescribeLogGroups", "logGroups", told)


def filters_of(group) -> int:
    from moto.logs.models import logs_backends

    return sum(one["logGroupName"] == group.name for one in logs_backends[group.account_id][group.region].filters.metric_filters)


def paged(self, operation: str, member: str, named: dict[str, dict]) -> str:
    """A page of what has these names; the token is the last one shown."""
    asked, limit = self._get_param("nextToken"), int(self._get_param("limit") or 50)
    limit = ACCOUNTS.account(self.current_account).page_size(operation, limit)
    if asked and asked not in named:
        raise InvalidParameterException(constraint="is not a token of this listing", parameter="nextToken", value=asked)
    rest = sorted(name for name in named if name > (asked or ""))
    more = {"nextToken": rest[limit - 1]} if len(rest) > limit else {}
    return json.dumps({member: [named[name] for name in rest[:limit]], **more})
