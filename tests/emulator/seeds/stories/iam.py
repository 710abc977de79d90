"""Credentials that nobody ever used."""

from seeds.builder import Builder, ago, trust


def unused_keys(b: Builder, _second: Builder) -> None:
    """Access keys of which AWS knows no use: an old one and a new one; and a new key of somebody whose old one is in use."""
    b.root(password_last_used=ago(300), mfa="hardware")
    b.user("old-key", keys=((300, None, True),))
    b.user("new-key", keys=((10, None, True),))
    b.user("spare-key", keys=((300, 1, True), (120, None, True)))


def unused_passwords(b: Builder, _second: Builder) -> None:
    """Console passwords of which AWS knows no use: an old one, a new one, and an old user's that was set anew."""
    b.root(password_last_used=ago(300), mfa="hardware")
    b.user("old-password", age=300, password=300, mfa="virtual")
    b.user("new-password", age=10, password=10, mfa="virtual")
    b.user("renewed-password", age=300, password=300, changed=5, mfa="virtual")


def many_users(b: Builder, _second: Builder) -> None:
    """Five users on pages of two; the last one has been away for a year."""
    b.settings.page_sizes = {"*": 2}
    b.root(password_last_used=ago(300), mfa="hardware")
    for number in range(1, 6):
        b.user(f"user-{number}", age=400, password=400, changed=30, signed_in=365 if number == 5 else 1, mfa="virtual")


def attached_over_pages(b: Builder, _second: Builder) -> None:
    """The support policy, attached to a role that another page of the authorization details shows than the policy itself."""
    b.settings.page_sizes = {"GetAccountAuthorizationDetails": 2}
    b.root(password_last_used=ago(300), mfa="hardware")
    for number in range(1, 4):
        b.group(f"group-{number}")
    b.role("support", trust({"AWS": f"arn:aws:iam::{b.id}:root"}), managed=("AWSSupportAccess",), used=30)
