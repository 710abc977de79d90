"""Accounts for the items of CIS that are called Automated (`tests/it/frameworks/automated_items.rs`)."""

from seeds import certificates, clean
from seeds.apis import TrailBuilder
from seeds.builder import Builder, ago, allow, document, trust
from seeds.databases import cluster, file_system, instance
from seeds.networks import ANY, ANY6, Network, rule
from seeds.posture import analyzer, hub
from seeds.storage import BucketBuilder, KeyBuilder, recorder
from seeds.stories import EU, US


def failing(b: Builder, _second: Builder) -> None:
    """Every item fails over something that was made for it; the European Region is in order, so that one bad Region has to be enough."""
    identities(b)
    BucketBuilder(b, US, f"example-open-{b.id}").old()
    trail_logs = BucketBuilder(b, US, f"example-trail-logs-{b.id}")
    trail_logs.tls()
    TrailBuilder(b, US, "local", IsMultiRegionTrail=False, EnableLogFileValidation=False)
    KeyBuilder(b, US, "data")
    recorder(b, US, trail_logs.name, recording=False, allSupported=True, includeGlobalResourceTypes=True)
    recorder(b, EU, trail_logs.name, allSupported=True, includeGlobalResourceTypes=False)
    instance(b, US, "legacy", PubliclyAccessible=True, AutoMinorVersionUpgrade=False)
    cluster(b, US, "shop", "a", gateway=True)
    file_system(b, US, "scratch")
    networks(b)
    analyzer(b, EU)
    hub(b, EU)


def both(b: Builder, second: Builder) -> dict:
    """The first account fails every item, the second passes all of them."""
    failing(b, second)
    clean.seed(second, second, {})
    return {"accounts": 2}


def identities(b: Builder) -> None:
    """Root with a key and without a second factor; the right to do everything by each way there is; nobody for cases with AWS Support."""
    b.root(password_last_used=ago(1), access_keys=[{"active": True, "last_rotated": ago(100), "last_used": ago(1), "region": US, "service": "s3"}])
    b.iam.update_account_password_policy(MinimumPasswordLength=8, PasswordReusePrevention=5)
    everything = document(allow("*"))
    b.policy("attached", allow("*"))
    b.group("admins", inline={"of-group": everything})
    b.user("ann", password=300, signed_in=100, keys=((300, 100, True),), managed=("attached",), inline={"of-user": everything})
    b.role("deploy", trust({"AWS": f"arn:aws:iam::{b.id}:root"}), inline={"of-role": everything})
    certificates.upload(b, "expired", ago(800), ago(70))


def networks(b: Builder) -> None:
    """One Region as AWS makes it, with a server that anyone may reach for administration; the other one closed."""
    Network(b, EU).tidy_default().encrypted()
    apps = Network(b, US).vpc("apps", "10.1.0.0/16").closed().logged()
    apps.subnet("10.1.0.0/24")
    apps.instance("web", apps.group("open", rule(22, ANY), rule(3389, ANY6), rule(445, ANY)), tokens="optional")
