"""CloudWatch: alarms of the types asked for, in pages; composite alarms.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/ : API_DescribeAlarms, API_CompositeAlarm, API_PutCompositeAlarm
"""

from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult, EmptyResult

from accounts import ACCOUNTS


def install() -> None:
    CloudWatchResponse.describe_alarms = describe_alarms
    CloudWatchResponse.put_composite_alarm = put_composite_alarm


def describe_alarms(self) -> ActionResult:
    """Metric alarms alone unless other types are asked for; by name; the token is the last name shown."""
    types = self._get_param("AlarmTypes", []) or ["MetricAlarm"]
    asked, limit = self._get_param("NextToken"), int(self._get_param("MaxRecords") or 50)
    limit = ACCOUNTS.account(self.current_account).page_size("DescribeAlarms", limit)
    kind = lambda alarm: "MetricAlarm" if alarm.rule is None else "CompositeAlarm"  # noqa: E731
    alarms = sorted((a for a in self.cloudwatch_backend.describe_alarms() if kind(a) in types), key=lambda a: a.name)
    rest = [a for a in alarms if not asked or a.name > asked]
    page = rest[:limit]
    more = {"NextToken": page[-1].name} if len(rest) > limit else {}
    return ActionResult({"MetricAlarms": [a for a in page if a.rule is None], "CompositeAlarms": [composite(a) for a in page if a.rule is not None], **more})


def composite(alarm) -> dict:
    return {
        "AlarmName": alarm.name, "AlarmArn": alarm.alarm_arn, "AlarmRule": alarm.rule, "ActionsEnabled": alarm.actions_enabled,
        "AlarmActions": alarm.alarm_actions, "OKActions": alarm.ok_actions, "InsufficientDataActions": alarm.insufficient_data_actions,
        "StateValue": alarm.state_value, "StateReason": alarm.state_reason, "StateUpdatedTimestamp": alarm.state_updated_timestamp,
    }  # fmt: skip


def put_composite_alarm(self) -> EmptyResult:
    """Missing in moto: kept as an alarm with a rule, which moto's alarms have a place for."""
    self.cloudwatch_backend.put_metric_alarm(
        name=self._get_param("AlarmName"), rule=self._get_param("AlarmRule"), alarm_actions=self._get_param("AlarmActions", []),
        actions_enabled=self._get_param("ActionsEnabled", True), description=self._get_param("AlarmDescription"), namespace=None, metric_name=None,
        comparison_operator=None, evaluation_periods=None, period=None, threshold=None, statistic=None, dimensions=[])  # fmt: skip
    return EmptyResult()
