"""CloudWatch Logs, deliveries: pages, without members that are unset.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ : API_DescribeDeliverySources, API_DescribeDeliveries
"""

import json

from moto.logs.responses import LogsResponse

from accounts import ACCOUNTS


def install() -> None:
    LogsResponse.describe_delivery_sources = describe_delivery_sources
    LogsResponse.describe_deliveries = describe_deliveries


def describe_delivery_sources(self) -> str:
    return paged(self, "DescribeDeliverySources", "deliverySources", self.logs_backend.describe_delivery_sources(), "name")


def describe_deliveries(self) -> str:
    return paged(self, "DescribeDeliveries", "deliveries", self.logs_backend.describe_deliveries(), "id")


def paged(self, operation: str, member: str, items: list, by: str) -> str:
    """A page of at most `limit`; the token names the last one shown."""
    token, limit = self._get_param("nextToken"), int(self._get_param("limit") or 50)
    limit = ACCOUNTS.account(self.current_account).page_size(operation, limit)
    told = sorted(({k: v for k, v in one.to_dict().items() if v is not None} for one in items), key=lambda one: one[by])
    rest = [one for one in told if one[by] > (token or "")]
    more = {"nextToken": rest[limit - 1][by]} if len(rest) > limit else {}
    return json.dumps({member: rest[:limit], **more})
