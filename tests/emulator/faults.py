"""Faults on demand: which requests are answered wrongly, and how.

A rule names requests (service, operation, account, region, a regular expression over the request), may let
the first `skip` of them pass and may apply only `times` times. Its `answer` is a preset (`kind`), an error of
its own, or a change to the real answer. Rules are tried in the order given; the first that applies wins.
"""

import fnmatch
import itertools
import re
import threading

from answer import REFUSALS, Answer, error, refusal

RULE_FIELDS = {"service", "operation", "account", "region", "match", "skip", "times", "answer"}
ANSWER_FIELDS = {"kind", "deny", "status", "code", "message", "body", "headers", "delay_seconds", "hang_seconds",
                 "cut_at", "edit", "reset", "close_after"}  # fmt: skip
KINDS = {*REFUSALS, "hang", "reset", "empty_body", "empty_object", "html"}
HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>"


class Faults:
    """The rules in force."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.rules: list[dict] = []
        self.numbers = itertools.count(1)

    def add(self, rules: list[dict]) -> list[str]:
        for rule in rules:
            check(rule)
        with self.lock:
            added = [{**rule, "id": f"fault-{next(self.numbers)}", "seen": 0, "hits": 0} for rule in rules]
            self.rules.extend(added)
        return [rule["id"] for rule in added]

    def clear(self, account: str | None = None) -> None:
        """Drops the rules of one account, or all."""
        with self.lock:
            self.rules = [r for r in self.rules if account and r.get("account") != account]

    def claim(self, operation) -> dict | None:
        """The rule that this request falls under, counted."""
        with self.lock:
            for rule in self.rules:
                if applies(rule, operation):
                    rule["seen"] += 1
                    if rule["seen"] <= rule.get("skip", 0) or rule["hits"] >= rule.get("times", float("inf")):
                        continue
                    rule["hits"] += 1
                    return rule
        return None


def check(rule: dict) -> None:
    unknown = (set(rule) - RULE_FIELDS) | {f"answer.{k}" for k in set(rule.get("answer", {})) - ANSWER_FIELDS}
    if unknown:
        raise ValueError(f"unknown fields in the fault rule: {', '.join(sorted(unknown))}")
    if not rule.get("answer"):
        raise ValueError("the fault rule has no `answer`")
    kind = rule["answer"].get("kind")
    if kind is not None and kind not in KINDS:
        raise ValueError(f"unknown kind `{kind}`; known: {', '.join(sorted(KINDS))}")
    re.compile(rule.get("match", ""))


def applies(rule: dict, operation) -> bool:
    named = fnmatch.fnmatchcase(operation.service, rule.get("service", "*"))
    named = named and fnmatch.fnmatchcase(operation.name, rule.get("operation", "*"))
    placed = rule.get("account") in (None, operation.account) and rule.get("region") in (None, operation.region)
    return named and placed and ("match" not in rule or re.search(rule["match"], operation.text) is not None)


def answer_with(rule: dict, operation, request_id: str, real) -> Answer:
    """The answer that the rule gives; `real()` fetches what the emulator would have said."""
    wanted = rule["answer"]
    given = preset(wanted, operation, request_id) or own(wanted, operation, request_id) or real()
    given.body = cut(edited(given.body, wanted.get("edit", [])), wanted.get("cut_at"))
    given.headers.update(wanted.get("headers", {}))
    given.delay_seconds = wanted.get("delay_seconds", given.delay_seconds)
    given.hang_seconds = wanted.get("hang_seconds", given.hang_seconds)
    given.reset = wanted.get("reset", given.reset)
    given.close_after = wanted.get("close_after")
    given.fault = rule["id"]
    return given


def preset(wanted: dict, operation, request_id: str) -> Answer | None:
    kind = wanted.get("kind")
    kept = {k: wanted[k] for k in ("deny", "status", "code", "message") if k in wanted}
    if kind in REFUSALS:
        return refusal(kind, operation, request_id, **kept)
    xml = operation.protocol in ("query", "ec2", "rest-xml")
    cbor = operation.protocol == "cbor"
    content = {"Content-Type": "text/xml" if xml else "application/cbor" if cbor else "application/json"}
    empty = f"<{operation.name}Response/>".encode() if xml else b"\xa0" if cbor else b"{}"
    return {
        "hang": Answer(200, content, b"", hang_seconds=wanted.get("hang_seconds", 600)),
        "reset": Answer(200, content, b"", reset=True),
        "empty_body": Answer(200, content, b""),
        "empty_object": Answer(200, content, empty),
        "html": Answer(200, {"Content-Type": "text/html"}, HTML),
    }.get(kind)


def own(wanted: dict, operation, request_id: str) -> Answer | None:
    if "code" in wanted:
        return error(operation, request_id, wanted.get("status", 400), wanted["code"], wanted.get("message", ""))
    if "body" in wanted or "status" in wanted:
        return Answer(wanted.get("status", 200), {"Content-Type": "text/plain"}, wanted.get("body", "").encode())
    return None


def edited(body: bytes, edits: list[dict]) -> bytes:
    """Regular expressions over the real body; an edit that finds nothing is a mistake in the test."""
    for edit in edits:
        body, count = re.subn(edit["find"].encode(), edit["replace"].encode(), body, count=edit.get("count", 0), flags=re.S)
        if not count:
            raise ValueError(f"the fault's edit `{edit['find']}` finds nothing in the answer")
    return body


def cut(body: bytes, at) -> bytes:
    """The head of a body: a number of bytes (negative: from the end) or a fraction."""
    if at is None:
        return body
    return body[: int(len(body) * at)] if isinstance(at, float) else body[:at]
