"""The demonstration's buckets, keys and AWS Config: what logs go to, what holds data, and what somebody forgot years ago."""

from seeds.builder import Builder, allow
from seeds.demo_trails import KEY
from seeds.storage import BLOCKS, BucketBuilder, KeyBuilder, account_block, delivers, expiry, recorder

PARTNER = "777788889999"


def main(b: Builder) -> dict[str, str]:
    account_block(b, "BlockPublicAcls")
    keys = main_keys(b)
    logs = log_buckets(b, keys)
    data_buckets(b, keys, logs)
    old_buckets(b)
    recorder(b, "us-east-1", f"example-config-{b.id}", allSupported=True, includeGlobalResourceTypes=True)
    recorder(b, "eu-west-1", f"example-config-{b.id}", recordingStrategy={"useOnly": "EXCLUSION_BY_RESOURCE_TYPES"},
             exclusionByResourceTypes={"resourceTypes": ["AWS::EC2::NetworkInterface", "AWS::IAM::User"]})  # fmt: skip
    recorder(b, "eu-central-1", f"example-config-{b.id}", recording=False, allSupported=True)
    return keys


def log_buckets(b: Builder, keys: dict[str, str]) -> BucketBuilder:
    """Where logs go: a good one for the trails, one for access logs, one for Config."""
    access = BucketBuilder(b, "us-east-1", f"example-access-logs-{b.id}", age=800)
    access.tls(*delivers(access, "logging.s3.amazonaws.com")[1:]).versioned().tags(owner="platform")
    trails = BucketBuilder(b, "us-east-1", f"example-trail-logs-{b.id}", age=800)
    trails.tls(*delivers(trails, "cloudtrail.amazonaws.com")).encrypted(keys["trail-logs"]).versioned(mfa=True).locked(400)
    trails.logs_to(access).lifecycle(expiry("two-years", "AWSLogs/", 730)).tags(owner="platform", evidence="logs")
    config = BucketBuilder(b, "us-east-1", f"example-config-{b.id}", age=790)
    config.tls(*delivers(config, "config.amazonaws.com")).encrypted(keys["trail-logs"]).versioned().logs_to(access).tags(owner="platform")
    return access


def data_buckets(b: Builder, keys: dict[str, str], access: BucketBuilder) -> None:
    uploads = BucketBuilder(b, "us-east-1", f"example-orders-uploads-{b.id}")
    uploads.tls().encrypted(keys["orders"]).versioned().logs_to(access).tags(team="orders")
    archive = BucketBuilder(b, "us-east-1", f"example-orders-archive-{b.id}", age=500)
    archive.tls().encrypted(keys["orders"], "aws:kms:dsse").versioned(mfa=True).locked(2555).logs_to(access).tags(team="orders", evidence="records")
    artifacts = BucketBuilder(b, "us-east-1", f"example-build-artifacts-{b.id}", age=120)
    artifacts.tls().lifecycle(expiry("tidy", "", 30)).tags(team="platform")
    # Refuses old TLS only where TLS is spoken at all: plaintext has no version to compare.
    analytics = BucketBuilder(b, "eu-central-1", f"example-analytics-raw-{b.id}")
    analytics.policy(analytics.plaintext_refused(Condition={"NumericLessThan": {"s3:TlsVersion": "1.2"}})).versioned("Suspended").tags(team="data")
    # A partner may do more than exchange files, and TLS is asked of objects alone.
    exchange = BucketBuilder(b, "eu-central-1", f"example-partner-exchange-{b.id}", age=210)
    partner = {"Principal": {"AWS": f"arn:aws:iam::{PARTNER}:root"}, "Sid": "Partner"}
    exchange.policy(
        exchange.plaintext_refused(Action=["s3:GetObject", "s3:PutObject"], Resource=f"{exchange.arn}/*"),
        allow(["s3:GetObject", "s3:PutObject", "s3:PutObjectAcl", "s3:PutBucketPolicy"], [exchange.arn, f"{exchange.arn}/*"], **partner),
    ).encrypted().tags(team="partners")
    # What it holds may not be looked at in the demonstration: see the seed's faults.
    BucketBuilder(b, "eu-west-1", f"example-payroll-exports-{b.id}").tls().encrypted().versioned()


def old_buckets(b: Builder) -> None:
    """Made when buckets were open until somebody closed them."""
    site = BucketBuilder(b, "eu-west-1", f"example-old-site-{b.id}", age=2600).old()
    site.policy(allow("s3:GetObject", f"{site.arn}/*", Sid="PublicRead", Principal="*")).tags(team="web")
    BucketBuilder(b, "eu-west-1", f"example-old-share-{b.id}", age=2900).old().public_read()
    trails = BucketBuilder(b, "eu-west-1", f"example-old-trail-logs-{b.id}", age=2500).old()
    trails.policy(*delivers(trails, "cloudtrail.amazonaws.com")).lifecycle(expiry("quarter", "", 90))


def main_keys(b: Builder) -> dict[str, str]:
    """Keys of every nature, by alias."""
    service = {"StringEquals": {"kms:CallerAccount": b.id, "kms:ViaService": "s3.eu-west-1.amazonaws.com"}}
    trail = allow(["kms:GenerateDataKey*", "kms:DescribeKey"], Sid="CloudTrail", Principal={"Service": "cloudtrail.amazonaws.com"},
                  Condition={"StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": f"arn:aws:cloudtrail:*:{b.id}:trail/*"}})  # fmt: skip
    keys = [
        KeyBuilder(b, "us-east-1", "trail-logs", key_id=KEY, age=800, rotates=365, statements=(trail,), Description="Log files of the trails"),
        KeyBuilder(b, "us-east-1", "orders", rotates=180, Description="Orders at rest"),
        KeyBuilder(b, "us-east-1", "aws/sns", manager="AWS", Description="Default key that protects my SNS data when no other key is defined"),
        KeyBuilder(b, "eu-west-1", "payments", age=900, Description="Payment tokens; never rotated"),
        KeyBuilder(b, "eu-west-1", "reports", rotates=365, Description="Its rotation may not be read in the demonstration"),
        KeyBuilder(b, "eu-west-1", "jwt-signing", KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY", Description="Signs access tokens"),
        KeyBuilder(b, "eu-west-1", "partner-import", Origin="EXTERNAL", Description="Material brought by a partner"),
        KeyBuilder(b, "eu-west-1", "share", statements=(allow("kms:Decrypt", Sid="Anyone", Principal={"AWS": "*"}),), rotates=365),
        KeyBuilder(b, "eu-west-1", "files", statements=(allow("kms:Decrypt", Sid="Own", Principal={"AWS": "*"}, Condition=service),), rotates=365),
    ]
    shared = KeyBuilder(b, "us-east-1", "global-sessions", MultiRegion=True, rotates=365, Description="Sessions in two Regions")
    shared.replica("eu-central-1")
    old = KeyBuilder(b, "eu-central-1", "before-migration", age=1500, Description="Replaced by orders").deleted(20)
    off = KeyBuilder(b, "eu-central-1", "sandbox-tests", age=700).disabled()
    partner = KeyBuilder(b, "eu-central-1", "partner-exchange", rotates=365, statements=(
        allow(["kms:Decrypt", "kms:GenerateDataKey"], Sid="Partner", Principal={"AWS": f"arn:aws:iam::{PARTNER}:root"}),))  # fmt: skip
    return {key.kept_alias: key.arn for key in [*keys, shared, old, off, partner]}


def second(b: Builder) -> None:
    account_block(b, *BLOCKS)
    dump = BucketBuilder(b, "us-east-1", f"example-sandbox-dump-{b.id}", age=60)
    dump.old().tags(team="sandbox")
    BucketBuilder(b, "eu-west-1", f"example-sandbox-notes-{b.id}", age=40).versioned()
    KeyBuilder(b, "us-east-1", "sandbox", age=50)
    recorder(b, "us-east-1", f"example-config-{b.id}", status="FAILURE", error="NoSuchBucket", allSupported=True)
