"""S3 and S3 Control: what a new bucket has, whole listings with Regions, and settings that moto does not keep.

https://docs.aws.amazon.com/AmazonS3/latest/API/ : API_ListBuckets, API_CreateBucket, API_GetBucketEncryption,
API_GetBucketVersioning; User Guide, *Default settings for new S3 buckets FAQ*
"""

from moto.core.responses import ActionResult
from moto.s3.models import PublicAccessBlock, S3Backend
from moto.s3.responses import S3Response

from accounts import ACCOUNTS

SSE_S3 = {"Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}}


def install() -> None:
    create, encryption = S3Backend.create_bucket, S3Backend.get_bucket_encryption

    def create_bucket(self, *args, **kwargs):
        """Since April 2023 a new bucket blocks public access and takes no ACLs."""
        bucket = create(self, *args, **kwargs)
        bucket.public_access_block = PublicAccessBlock(True, True, True, True)
        bucket.ownership_rule = "BucketOwnerEnforced"
        return bucket

    S3Backend.create_bucket = create_bucket
    # Since January 2023 every bucket encrypts; deleting the configuration brings back SSE-S3.
    S3Backend.get_bucket_encryption = lambda self, name: encryption(self, name) or SSE_S3
    S3Response.all_buckets = all_buckets
    S3Response.get_bucket_versioning = get_bucket_versioning


def all_buckets(self):
    """All buckets by name. Asked with paging parameters, the answer names each bucket's Region and may have a further page."""
    asked = {name: self._get_param(name) for name in ("prefix", "bucket-region", "max-buckets", "continuation-token")}
    buckets = sorted(self.backend.list_buckets(asked["prefix"], asked["bucket-region"], None), key=lambda bucket: bucket.name)
    buckets = [bucket for bucket in buckets if bucket.name > (asked["continuation-token"] or "")]
    size = ACCOUNTS.account(self.current_account).page_size("ListBuckets", int(asked["max-buckets"] or 10_000))
    page = buckets[:size]
    shown = [{"Name": bucket.name, "CreationDate": bucket.creation_date_ISO8601} for bucket in page]
    if any(asked.values()):
        for told, bucket in zip(shown, page, strict=True):
            told["BucketRegion"] = bucket.region_name
    self.data["Action"] = "ListBuckets"
    answer = {"Owner": {"ID": owner_of(self.current_account)}, "Buckets": shown, "Prefix": asked["prefix"]}
    if len(buckets) > size:
        answer["ContinuationToken"] = page[-1].name
    return self.serialized(ActionResult({k: v for k, v in answer.items() if v is not None}))


def owner_of(account: str) -> str:
    """A canonical user id."""
    return f"{int(account):064x}"


def get_bucket_versioning(self):
    bucket = self.backend.get_bucket(self.bucket_name)
    told = {"Status": bucket.versioning_status, "MFADelete": getattr(bucket, "mfa_delete", None)}
    self.data["Action"] = "GetBucketVersioning"
    status, headers, body = self.serialized(ActionResult({k: v for k, v in told.items() if v}))
    return status, headers, body.replace("GetBucketVersioningResponse", "VersioningConfiguration")
