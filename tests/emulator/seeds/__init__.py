"""The seeds by name: what an account holds before a test or the demo reads it.

A seed is a function `(account, other, options) -> dict`; it fills its first account, and the second where it
has one. Accounts, the instant that ages are counted from and all random ids are fixed by the request, so the
same request gives the same resources.
"""

import random
from datetime import UTC, datetime

from accounts import credentials
from seeds import builder

MAIN, SECOND = "111122223333", "444455556666"


def use_gate(gate) -> None:
    """Tells the seeds which emulator they fill."""
    builder.GATE = gate


def seeds() -> dict:
    from seeds import clean, demo, hostile, large, secret, silence, small, stories

    return {"demo": demo.seed, "clean": clean.seed, "empty": small.empty, "no-trail": small.no_trail, "hostile": hostile.seed,
            "large": large.seed, "secrets": secret.seed, "silence": silence.seed, "story": stories.seed}  # fmt: skip


def run_seed(name: str, options: dict) -> dict:
    """Runs a seed and returns its accounts' credentials and whatever else it has to say."""
    known = seeds()
    if name not in known:
        raise ValueError(f"unknown seed `{name}`; known: {', '.join(known)}")
    from moto.moto_api._internal import mock_random

    main, second = options.pop("account", MAIN), options.pop("second", SECOND)
    now = datetime.fromisoformat(options.pop("now")) if "now" in options else datetime.now(UTC)
    mock_random.seed(f"{name}/{main}")
    random.seed(f"{name}/{main}")
    builder.NOW = now.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    said = known[name](builder.Builder(main), builder.Builder(second), options) or {}
    used = [main, second] if said.pop("accounts", 1) == 2 else [main]
    return {"seed": name, "now": builder.NOW.isoformat() + "Z", "accounts": [credentials(a) for a in used], **said}
