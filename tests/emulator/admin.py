"""The emulator's own endpoint, `/_evidence/…`: settings, seeds, faults and the list of calls. See README.md."""

import json
import traceback
from dataclasses import fields
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from accounts import ACCOUNTS, ALWAYS_ON, Root, credentials
from answer import Answer
from gate import Gate

PREFIX = "/_evidence/"
SETTINGS = {"root", "regions", "organization", "report_polls", "trail_status", "miscounted"}


class Admin:
    """Answers requests below the prefix."""

    def __init__(self, gate: Gate, run_seed) -> None:
        self.gate = gate
        self.run_seed = run_seed

    def answer(self, method: str, target: str, body: bytes) -> Answer:
        path, _, query = target.partition("?")
        asked = dict(parse_qsl(query, keep_blank_values=True))
        try:
            return reply(200, self._route(method, path.removeprefix(PREFIX), asked, body))
        except Exception as cause:  # whoever asked sees what was wrong, and the emulator goes on
            if not isinstance(cause, ValueError):
                traceback.print_exc()
            return reply(400, {"error": f"{type(cause).__name__}: {cause}"})

    def _route(self, method: str, what: str, asked: dict, body: bytes):
        account = asked.get("account")
        match (method, what):
            case ("GET", "ready"):
                return {"ready": True}
            case ("POST", "faults"):
                rules = json.loads(body)
                return {"ids": self.gate.faults.add(rules if isinstance(rules, list) else [rules])}
            case ("GET", "faults"):
                return {"faults": [r for r in self.gate.faults.rules if account in (None, r.get("account"))]}
            case ("DELETE", "faults"):
                self.gate.faults.clear(account)
                return {}
            case ("GET", "calls"):
                return {"calls": self.gate.calls_of(account)}
            case ("POST", "calls/forget"):
                self.forget_calls(account)
                return {}
            case ("POST", "reset"):
                self.gate.reset(account)
                return {}
            case ("POST", "seed"):
                with self.gate.inside:
                    return self.run_seed(asked.pop("name"), asked)
            case ("POST", "account"):
                return configure(json.loads(body))
        raise ValueError(f"no such request: {method} {PREFIX}{what}")

    def forget_calls(self, account: str | None) -> None:
        with self.gate.log_lock:
            self.gate.calls = [c for c in self.gate.calls if account and c["account"] != account]


def configure(wanted: dict) -> dict:
    """Sets an account's settings and returns its auditor's credentials."""
    account = ACCOUNTS.account(wanted["id"])
    unknown = set(wanted) - SETTINGS - {"id"}
    if unknown:
        raise ValueError(f"unknown account settings: {', '.join(sorted(unknown))}")
    if "root" in wanted:
        account.root = root_of(wanted["root"])
    if "regions" in wanted:
        account.regions = tuple(sorted(ALWAYS_ON)) if wanted["regions"] == "default" else tuple(wanted["regions"])
    for name in ("organization", "report_polls"):
        if name in wanted:
            setattr(account, name, wanted[name])
    account.trail_status.update(wanted.get("trail_status", {}))
    account.miscounted.update(wanted.get("miscounted", {}))
    return credentials(account.id)


def root_of(wanted: dict) -> Root:
    times = {f.name for f in fields(Root) if "datetime" in str(f.type)}
    read = {k: moment(v) if k in times else v for k, v in wanted.items()}
    for key in read.get("access_keys", []):
        key.update({k: moment(key[k]) for k in ("last_rotated", "last_used") if key.get(k)})
    return Root(**read)


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def reply(status: int, value) -> Answer:
    return Answer(status, {"Content-Type": "application/json"}, json.dumps(value, indent=1, default=str).encode())
