"""SNS: subscriptions that wait for their confirmation, pages.

https://docs.aws.amazon.com/sns/latest/api/ : API_Subscribe, API_ListSubscriptionsByTopic, API_ListTopics, API_GetTopicAttributes
"""

from moto.core.responses import ActionResult
from moto.sns.models import SNSBackend
from moto.sns.responses import SNSResponse

from accounts import ACCOUNTS

# Protocols whose endpoint has to confirm; the others are confirmed by AWS itself within the account.
CONFIRMED_BY_PEOPLE = ("email", "email-json", "http", "https")
PAGE = 100


def install() -> None:
    attributes = SNSResponse.get_topic_attributes

    def get_topic_attributes(self) -> ActionResult:
        answer = attributes(self)
        told = answer.result["Attributes"]
        subscriptions = self.backend._get_topic_subscriptions(self.backend.get_topic(told["TopicArn"]))
        waiting = sum(arn_of(one) == "PendingConfirmation" for one in subscriptions)
        told |= {"SubscriptionsPending": waiting, "SubscriptionsConfirmed": len(subscriptions) - waiting}
        answer.result["Attributes"] = {k: v for k, v in told.items() if v not in (None, "") or k == "DisplayName"}
        return answer

    SNSResponse.get_topic_attributes = get_topic_attributes
    SNSResponse.list_subscriptions_by_topic = list_subscriptions_by_topic
    SNSResponse.list_topics = list_topics
    SNSBackend.confirm = confirm


def confirm(self, endpoint: str) -> None:
    """What a person does who follows the link in the message; only seeds call it."""
    for one in self.subscriptions.values():
        if one.endpoint == endpoint:
            one.confirmed = True


def arn_of(one) -> str:
    return one.arn if one.confirmed or one.protocol not in CONFIRMED_BY_PEOPLE else "PendingConfirmation"


def paged(self, operation: str, items: list) -> tuple[list, dict]:
    """A page; the token is the number of those shown so far."""
    start = int(self._get_param("NextToken") or 0)
    limit = ACCOUNTS.account(self.current_account).page_size(operation, PAGE)
    more = {"NextToken": str(start + limit)} if len(items) > start + limit else {}
    return items[start : start + limit], more


def list_subscriptions_by_topic(self) -> ActionResult:
    found = self.backend._get_topic_subscriptions(self.backend.get_topic(self._get_param("TopicArn")))
    told = [{"SubscriptionArn": arn_of(one), "Owner": one.owner, "Protocol": one.protocol, "Endpoint": one.endpoint, "TopicArn": one.topic_arn} for one in found]
    page, more = paged(self, "ListSubscriptionsByTopic", told)
    return ActionResult({"Subscriptions": page, **more})


def list_topics(self) -> ActionResult:
    page, more = paged(self, "ListTopics", [{"TopicArn": topic.arn} for topic in self.backend.topics.values()])
    return ActionResult({"Topics": page, **more})
