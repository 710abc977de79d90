"""Tools of the seeds for S3, KMS and AWS Config."""

from seeds.builder import Builder, ago, allow, document

ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


class BucketBuilder:
    """One bucket under construction; it begins as AWS makes buckets today."""

    def __init__(self, owner: Builder, region: str, name: str, age: float = 300) -> None:
        from moto.s3.models import s3_backends

        self.owner, self.name = owner, name
        self.s3 = owner.client("s3", region)
        self.arn = f"arn:aws:s3:::{name}"
        buckets = s3_backends[owner.id]["aws"].buckets
        if name not in buckets:
            place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            self.s3.create_bucket(Bucket=name, **place)
        self.kept = buckets[name]
        self.kept.creation_date = ago(age)

    def old(self) -> "BucketBuilder":
        """Made before April 2023: no block, no ownership controls."""
        self.kept.public_access_block, self.kept.ownership_rule = None, None
        return self

    def blocks(self, *on: str) -> "BucketBuilder":
        self.s3.put_public_access_block(Bucket=self.name, PublicAccessBlockConfiguration={name: name in on for name in BLOCKS})
        return self

    def encrypted(self, key: str | None = None, algorithm: str = "aws:kms") -> "BucketBuilder":
        named = {"KMSMasterKeyID": key} if key else {}
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm, **named}, "BucketKeyEnabled": True}
        self.s3.put_bucket_encryption(Bucket=self.name, ServerSideEncryptionConfiguration={"Rules": [rule]})
        return self

    def versioned(self, status: str = "Enabled", mfa: bool = False) -> "BucketBuilder":
        self.s3.put_bucket_versioning(Bucket=self.name, VersioningConfiguration={"Status": status})
        self.kept.mfa_delete = "Enabled" if mfa else None
        return self

    def locked(self, days: int, mode: str = "COMPLIANCE") -> "BucketBuilder":
        self.kept.object_lock_enabled = True
        self.kept.default_lock_mode, self.kept.default_lock_days, self.kept.default_lock_years = mode, days, None
        return self

    def policy(self, *statements: dict) -> "BucketBuilder":
        """Straight into moto, which would take a policy for everybody's on a bucket that blocks them."""
        self.kept.policy = document(*statements).encode()
        return self

    def tls(self, *more: dict) -> "BucketBuilder":
        """A policy that refuses plaintext, and whatever else it says."""
        return self.policy(self.plaintext_refused(), *more)

    def plaintext_refused(self, **changed) -> dict:
        return {"Sid": "TlsOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [self.arn, f"{self.arn}/*"],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}}, **changed}  # fmt: skip

    def logs_to(self, target: "BucketBuilder", prefix: str | None = None) -> "BucketBuilder":
        self.kept.logging = {"TargetBucket": target.name, "TargetPrefix": f"{self.name}/" if prefix is None else prefix}
        return self

    def lifecycle(self, *rules: dict) -> "BucketBuilder":
        self.s3.put_bucket_lifecycle_configuration(Bucket=self.name, LifecycleConfiguration={"Rules": list(rules)})
        return self

    def tags(self, **tags: str) -> "BucketBuilder":
        self.s3.put_bucket_tagging(Bucket=self.name, Tagging={"TagSet": [{"Key": k, "Value": v} for k, v in tags.items()]})
        return self

    def public_read(self) -> "BucketBuilder":
        """A grant to everybody, as old buckets have it."""
        self.s3.put_bucket_acl(Bucket=self.name, ACL="public-read")
        return self


def expiry(name: str, prefix: str, days: int, **more) -> dict:
    """A lifecycle rule."""
    return {"ID": name, "Status": "Enabled", "Filter": {"Prefix": prefix}, "Expiration": {"Days": days}, **more}


def delivers(bucket: BucketBuilder, service: str) -> list[dict]:
    """What lets a service of AWS write its files, as its console writes it."""
    own = {"Condition": {"StringEquals": {"aws:SourceAccount": bucket.owner.id}}}
    who = {"Principal": {"Service": service}}
    return [allow("s3:GetBucketAcl", bucket.arn, **who, **own), allow("s3:PutObject", f"{bucket.arn}/*", **who, **own)]


def account_block(owner: Builder, *on: str) -> None:
    """The account's own block."""
    owner.client("s3control").put_public_access_block(AccountId=owner.id, PublicAccessBlockConfiguration={name: name in on for name in BLOCKS})


class KeyBuilder:
    """One KMS key under construction."""

    def __init__(self, owner: Builder, region: str, alias: str | None = None, *, key_id: str | None = None, age: float = 400, rotates: int | None = None,
                 manager: str = "CUSTOMER", statements: tuple = (), **more) -> None:  # fmt: skip
        from moto.kms.models import kms_backends

        self.owner, self.region = owner, region
        self.kms = owner.client("kms", region)
        keys = kms_backends[owner.id][region].keys
        self.kept = keys[self.kms.create_key(**more)["KeyMetadata"]["KeyId"]]
        if key_id:
            keys[key_id] = keys.pop(self.kept.id)
            self.kept.arn = self.kept.arn.replace(self.kept.id, key_id)
            self.kept.id = key_id
        self.id, self.arn, self.kept_alias = self.kept.id, self.kept.arn, alias or self.kept.id
        self.kept.creation_date = (ago(age) - ago(age).__class__(1970, 1, 1)).total_seconds()
        self.kept.key_manager = manager
        if statements:
            self.kept.policy = document(self.root(), *statements)
        if rotates:
            self.kms.enable_key_rotation(KeyId=self.id, RotationPeriodInDays=rotates)
        if alias:
            kms_backends[owner.id][region].create_alias(self.id, f"alias/{alias}")  # the API keeps `alias/aws/` to AWS

    def root(self) -> dict:
        """The statement that lets IAM policies of the account decide."""
        return allow("kms:*", Sid="Enable IAM policies", Principal={"AWS": f"arn:aws:iam::{self.owner.id}:root"})

    def deleted(self, days: int = 14) -> "KeyBuilder":
        self.kms.schedule_key_deletion(KeyId=self.id, PendingWindowInDays=days)
        self.kept.deletion_date = ago(-days)
        return self

    def disabled(self) -> "KeyBuilder":
        self.kms.disable_key(KeyId=self.id)
        return self

    def replica(self, region: str) -> str:
        from moto.kms.models import kms_backends

        made = self.kms.replicate_key(KeyId=self.id, ReplicaRegion=region)["ReplicaKeyMetadata"]["KeyId"]
        kms_backends[self.owner.id][region].keys[made].creation_date = self.kept.creation_date
        return made


def recorder(owner: Builder, region: str, bucket: str, *, status: str | None = "SUCCESS", recording: bool = True, error: str | None = None,
             started: float = 300, name: str = "default", **group) -> None:  # fmt: skip
    """The Region's recorder and its delivery channel, with what only deliveries would tell."""
    from moto.config.models import config_backends

    client = owner.client("config", region)
    role = f"arn:aws:iam::{owner.id}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
    client.put_configuration_recorder(ConfigurationRecorder={"name": name, "roleARN": role, "recordingGroup": group or {"allSupported": True}})
    client.put_delivery_channel(DeliveryChannel={"name": name, "s3BucketName": bucket})
    kept = config_backends[owner.id][region].recorders[name].status
    kept.recording, kept.last_status, kept.last_error_code = recording, status, error
    kept.last_start_time = kept.last_status_change_time = seconds(started)
    kept.last_stop_time = None if recording else seconds(40)


def seconds(age: float) -> float:
    return (ago(age) - ago(age).__class__(1970, 1, 1)).total_seconds()
