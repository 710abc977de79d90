"""The accounts of the emulator and what moto does not keep about them.

Each account has an auditor: a role session with fixed credentials, made on first mention, as which tests
and the demo call. Keys resolve to principals here, so that requests, fault rules and messages agree on who
asks. Resources stay in moto's backends.
"""

import hashlib
import re
import threading
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

AUDITOR = "evidence-auditor"
SESSION = "audit"
DEFAULT_REGIONS = ("us-east-1", "eu-west-1", "eu-central-1")
# https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html: on in every account, cannot be turned off.
ALWAYS_ON = frozenset(
    "us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 "
    "eu-north-1 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2".split()
)


@dataclass(frozen=True)
class Principal:
    """Who signs with a key."""

    account: str
    arn: str
    user_id: str


@dataclass
class Root:
    """The root user; no API creates any of this."""

    mfa: str | None = None  # None, "virtual" or "hardware"
    password: bool = True
    access_keys: list[dict] = field(default_factory=list)  # {active, last_rotated, last_used, region, service}
    created: datetime | None = None
    password_last_used: datetime | None = None
    password_last_changed: datetime | None = None
    mfa_enabled: datetime | None = None


@dataclass
class Account:
    """One account's settings beside moto's resources."""

    id: str
    regions: tuple[str, ...] = DEFAULT_REGIONS
    root: Root = field(default_factory=Root)
    organization: dict | None = None  # {id, management, features}
    kept: dict[str, dict] = field(default_factory=dict)  # "SERVICE/REGION" -> what the emulator keeps beside moto (`shim/own.py`)
    report: tuple[str, datetime] | None = None
    report_polls: int = 1  # how often GenerateCredentialReport answers STARTED or INPROGRESS before COMPLETE
    polled: int = 0
    trail_status: dict[str, dict] = field(default_factory=dict)  # trail ARN -> members of GetTrailStatus to set
    page_sizes: dict[str, int] = field(default_factory=dict)  # operation (or "*") -> the most members of a page, whatever is asked for
    miscounted: dict[str, int] = field(default_factory=dict)  # "REGION/TYPE" -> how far AWS Config's count is off

    def page_size(self, operation: str, asked: int) -> int:
        """How many members a page of the operation has."""
        return min(asked, self.page_sizes.get(operation, self.page_sizes.get("*", asked)))


class Accounts:
    """All accounts that somebody mentioned, and the principals behind access keys."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.by_id: dict[str, Account] = {}
        self.principals: dict[str, Principal] = {}
        self.lookups: dict[str, str] = {}

    def account(self, account_id: str) -> Account:
        with self.lock:
            if account_id not in self.by_id:
                if not re.fullmatch(r"\d{12}", account_id):
                    raise ValueError(f"account id `{account_id}` is not 12 digits")
                self.by_id[account_id] = Account(account_id)
                for kind in ("auditor", "seeder"):
                    self._add_principal(account_id, kind)
            return self.by_id[account_id]

    def _add_principal(self, account_id: str, kind: str) -> None:
        role = AUDITOR if kind == "auditor" else "evidence-seeder"
        arn = f"arn:aws:sts::{account_id}:assumed-role/{role}/{SESSION}"
        self.principals[key_of(account_id, kind)] = Principal(account_id, arn, f"{role_id(account_id, role)}:{SESSION}")

    def principal(self, access_key: str) -> Principal | None:
        """Who holds the key: an auditor, an IAM user, or a session that STS handed out."""
        found = self.principals.get(access_key)
        if found:
            return found
        account_id = self._owner(access_key)
        if not account_id:
            return None
        from moto.sts.models import sts_backends

        user_id, arn, _ = sts_backends[account_id]["aws"].get_caller_identity(access_key, "us-east-1")
        return Principal(account_id, arn, user_id)

    def _owner(self, access_key: str) -> str | None:
        from moto.iam.models import iam_backends

        for account_id, backends in list(iam_backends.items()):
            if any(access_key in backend.access_keys for backend in list(dict.values(backends))):
                return account_id
        return None

    def forget(self, account_id: str) -> None:
        with self.lock:
            self.by_id.pop(account_id, None)
            for kind in ("auditor", "seeder"):
                self.principals.pop(key_of(account_id, kind), None)


@cache
def key_of(account_id: str, kind: str = "auditor") -> str:
    """The fixed access key id of an account's auditor or seeder."""
    digest = hashlib.sha256(f"{kind}:{account_id}".encode()).digest()
    return "ASIA" + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[b % 32] for b in digest[:16])


@cache
def role_id(account_id: str, role: str) -> str:
    """A stable unique id of a role, in the form that IAM gives them."""
    digest = hashlib.sha256(f"{account_id}:{role}".encode()).digest()
    return "AROA" + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[b % 32] for b in digest[:17])


def credentials(account_id: str) -> dict[str, str]:
    """What a client of the account's auditor needs."""
    ACCOUNTS.account(account_id)
    secret = hashlib.sha256(f"secret:{account_id}".encode()).hexdigest()[:40]
    return {
        "account": account_id,
        "access_key_id": key_of(account_id),
        "secret_access_key": secret,
        "session_token": f"EvidenceEmulatorSession{account_id}{secret[:24]}",
        "principal": ACCOUNTS.principals[key_of(account_id)].arn,
    }


ACCOUNTS = Accounts()
