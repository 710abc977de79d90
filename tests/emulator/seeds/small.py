"""Accounts with next to nothing in them."""

from seeds.builder import Builder, ago


def empty(main: Builder, _second: Builder, _options: dict) -> None:
    """A new account: a root user with a password and nothing else."""
    main.root(created=ago(2), password_last_used=ago(1))


def no_trail(main: Builder, _second: Builder, _options: dict) -> None:
    """A small, tidy account that records nothing: no trail in any Region."""
    main.root(mfa="hardware", password_last_used=ago(200))
    main.auditor()
    main.group("readers", managed=("ReadOnlyAccess",))
    main.user("user-01", password=30, signed_in=2, mfa="virtual", groups=("readers",))
