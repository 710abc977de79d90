"""SQS: URLs in AWS's form, no list where there is no queue, pages only where a size is asked for, every documented attribute.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/ : API_ListQueues, API_GetQueueAttributes
"""

import base64

from moto.core.responses import ActionResult
from moto.sqs.exceptions import SQSException
from moto.sqs.models import Queue, SQSBackend
from moto.sqs.responses import SQSResponse

from accounts import ACCOUNTS

PAGE = 1000


class InvalidToken(SQSException):
    code = "InvalidParameterValue"

    def __init__(self) -> None:
        super().__init__("Invalid or expired next token.")


def install() -> None:
    Queue.url = lambda self, _request_url: f"https://sqs.{self.region}.amazonaws.com/{self.account_id}/{self.name}"
    SQSBackend.get_queue_attributes = get_queue_attributes
    SQSResponse.list_queues = list_queues


def get_queue_attributes(self, queue_name: str, attribute_names: list[str]) -> dict:
    """The attributes that were asked for and are set."""
    attributes = self.get_queue(queue_name).attributes
    return attributes if "All" in attribute_names else {name: attributes[name] for name in attribute_names if name in attributes}


def list_queues(self) -> ActionResult:
    """AWS leaves `QueueUrls` out where it would be empty."""
    prefix, size, token = (self._get_param(name) for name in ("QueueNamePrefix", "MaxResults", "NextToken"))
    urls = sorted(queue.url(None) for queue in self.sqs_backend.list_queues(prefix))
    size_of_page = ACCOUNTS.account(self.current_account).page_size("ListQueues", int(size)) if size else PAGE
    start = start_of(token)
    shown = {"QueueUrls": urls[start : start + size_of_page]} if urls else {}
    if size and start + size_of_page < len(urls):
        shown["NextToken"] = base64.b64encode(f"sqs/{start + size_of_page}".encode()).decode()
    return ActionResult(shown)


def start_of(token: str | None) -> int:
    if not token:
        return 0
    try:
        return int(base64.b64decode(token).decode().removeprefix("sqs/"))
    except ValueError:
        raise InvalidToken from None
