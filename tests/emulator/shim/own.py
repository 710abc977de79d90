"""Operations that the emulator answers itself, because moto lacks them or keeps too little: a table by service and operation.

A handler takes a `Question` and returns the members of AWS's answer, or raises `Refused`. What the accounts hold is in
`accounts.Account.kept`, by service and Region, filled by the seeds.
"""

import json
from collections.abc import Callable
from urllib.parse import parse_qs, unquote

from accounts import ACCOUNTS
from answer import Answer, error

HANDLERS: dict[tuple[str, str], Callable] = {}


class Refused(Exception):
    """An error that AWS documents for the operation."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class Question:
    """One request, with its members wherever the protocol puts them."""

    def __init__(self, operation) -> None:
        self.account, self.region, self.name = operation.account, operation.region, operation.name
        self.service, self.path = operation.service, unquote(operation.path)
        query = {name: values[-1] for name, values in parse_qs(operation.query).items()}
        body = json.loads(operation.body or b"{}")
        self.members = {**query, **body}

    def get(self, name: str, default=None):
        return self.members.get(name, default)

    @property
    def settings(self):
        return ACCOUNTS.account(self.account)

    @property
    def kept(self) -> dict:
        """What the account has of the service in this Region."""
        return kept(self.account, self.service, self.region)

    def page(self, member: str, items: list, usual: int = 100, token: str = "nextToken", limit: str = "maxResults") -> dict:
        """A page of at most so many; the token is the number of those shown already."""
        size = self.settings.page_size(self.name, int(self.get(limit) or usual))
        start = int(self.get(token) or 0)
        more = {token: str(start + size)} if start + size < len(items) else {}
        return {member: items[start : start + size], **more}


def kept(account: str, service: str, region: str = "") -> dict:
    """What an account has of a service in a Region; of a global one without."""
    return ACCOUNTS.account(account).kept.setdefault(f"{service}/{region}", {})


def answers(service: str, name: str):
    """Registers a handler."""

    def register(handler):
        HANDLERS[(service, name)] = handler
        return handler

    return register


def answer(operation, request_id: str) -> Answer | None:
    """The answer of our own, where there is one."""
    handler = HANDLERS.get((operation.service, operation.name))
    if handler is None:
        return None
    try:
        body = json.dumps(handler(Question(operation)))
    except Refused as refused:
        return error(operation, request_id, refused.status, refused.code, refused.message)
    kind = "application/x-amz-json-1.1" if operation.protocol == "json" else "application/json"
    return Answer(200, {"Content-Type": kind}, body.encode())
