"""Shield Advanced: the state of the subscription, and what is protected.

https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/ : API_GetSubscriptionState, API_ListProtections
"""

from shim.own import Question, Refused, answers, kept


@answers("shield", "GetSubscriptionState")
def get_subscription_state(asked: Question) -> dict:
    return {"SubscriptionState": "ACTIVE" if "protections" in kept(asked.account, "shield") else "INACTIVE"}


@answers("shield", "ListProtections")
def list_protections(asked: Question) -> dict:
    held = kept(asked.account, "shield")
    if "protections" not in held:
        raise Refused(400, "ResourceNotFoundException", "The subscription does not exist.")
    return asked.page("Protections", held["protections"], token="NextToken", limit="MaxResults")
