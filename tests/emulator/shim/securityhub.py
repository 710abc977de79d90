"""Security Hub: the hub, and the enabled standards, which moto lacks. Where it is off, AWS refuses with the account's number.

https://docs.aws.amazon.com/securityhub/1.0/APIReference/ : API_DescribeHub, API_GetEnabledStandards
"""

from shim.own import Question, Refused, answers


def hub(asked: Question) -> dict:
    if "hub" not in asked.kept:
        raise Refused(401, "InvalidAccessException", f"Account {asked.account} is not subscribed to AWS Security Hub")
    return asked.kept


@answers("securityhub", "DescribeHub")
def describe_hub(asked: Question) -> dict:
    return hub(asked)["hub"]


@answers("securityhub", "GetEnabledStandards")
def get_enabled_standards(asked: Question) -> dict:
    return asked.page("StandardsSubscriptions", hub(asked)["standards"], token="NextToken", limit="MaxResults")
