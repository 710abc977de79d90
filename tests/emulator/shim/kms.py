"""KMS: keys as described, rotation with its period, pages.

https://docs.aws.amazon.com/kms/latest/APIReference/ : API_DescribeKey, API_KeyMetadata, API_GetKeyRotationStatus,
API_EnableKeyRotation, API_ListKeys, API_ListAliases
"""

import json
from datetime import UTC, datetime, timedelta

from moto.core.exceptions import JsonRESTError
from moto.kms.models import Key
from moto.kms.responses import KmsResponse

from accounts import ACCOUNTS

PERIOD = 365


class InvalidMarker(JsonRESTError):
    code = 400

    def __init__(self) -> None:
        super().__init__("InvalidMarkerException", "Could not deserialize marker")


class NoSuchPolicy(JsonRESTError):
    code = 400

    def __init__(self) -> None:
        super().__init__("NotFoundException", "No such policy exists")


def install() -> None:
    to_dict, aliases, enable = Key.to_dict, KmsResponse.list_aliases, KmsResponse.enable_key_rotation

    def described(self) -> dict:
        told = to_dict(self)["KeyMetadata"]
        told["MultiRegion"] = bool(self.multi_region)
        told["KeyUsage"] = usage = self.key_usage or "ENCRYPT_DECRYPT"
        told["EncryptionAlgorithms"] = self.encryption_algorithms if usage == "ENCRYPT_DECRYPT" else None
        told["SigningAlgorithms"] = self.signing_algorithms if usage == "SIGN_VERIFY" else None
        if self.multi_region:  # moto keeps one configuration for a key and its replicas
            kept = self.multi_region_configuration
            told["MultiRegionConfiguration"] = {**kept, "MultiRegionKeyType": "PRIMARY" if kept["PrimaryKey"]["Arn"] == self.arn else "REPLICA"}
        return {"KeyMetadata": {k: v for k, v in told.items() if v is not None}}

    def enable_key_rotation(self) -> str:
        answer = enable(self)
        key = self.kms_backend.describe_key(self.kms_backend.get_key_id(self._get_param("KeyId")))
        key.rotation_period = self._get_param("RotationPeriodInDays") or PERIOD
        return answer

    def list_aliases(self) -> str:
        """An alias that AWS keeps ready for a key not made yet names no key."""
        told = [tidied(alias, self.kms_backend.keys) for alias in json.loads(aliases(self))["Aliases"]]
        return paged(self, "Aliases", sorted(told, key=lambda alias: alias["AliasName"]), "AliasName", 50)

    Key.to_dict = described
    KmsResponse.enable_key_rotation = enable_key_rotation
    KmsResponse.list_aliases = list_aliases
    KmsResponse.list_keys = list_keys
    KmsResponse.get_key_policy = get_key_policy
    KmsResponse.get_key_rotation_status = get_key_rotation_status


def tidied(alias: dict, keys: dict) -> dict:
    return {k: v for k, v in alias.items() if v is not None and (k != "TargetKeyId" or v in keys)}


def list_keys(self) -> str:
    told = [{"KeyId": key.id, "KeyArn": key.arn} for key in self.kms_backend.list_keys()]
    return paged(self, "Keys", sorted(told, key=lambda key: key["KeyId"]), "KeyId", 100)


def paged(self, member: str, items: list[dict], by: str, usual: int) -> str:
    """A page of at most `Limit`; the marker is the last one shown."""
    marker, limit = self._get_param("Marker"), int(self._get_param("Limit") or usual)
    limit = ACCOUNTS.account(self.current_account).page_size(f"List{member}", limit)
    if marker and not any(item[by] == marker for item in items):
        raise InvalidMarker
    rest = [item for item in items if item[by] > (marker or "")]
    page = rest[:limit]
    more = {"NextMarker": page[-1][by]} if len(rest) > limit else {}
    return json.dumps({member: page, **more, "Truncated": len(rest) > limit})


def get_key_rotation_status(self) -> str:
    key_id = self._get_param("KeyId")
    self._validate_cmk_id(key_id)
    key = self.kms_backend.describe_key(self.kms_backend.get_key_id(key_id))
    told: dict = {"KeyId": key.arn, "KeyRotationEnabled": bool(key.key_rotation_status)}
    if key.key_rotation_status:
        period = getattr(key, "rotation_period", PERIOD)
        told["RotationPeriodInDays"] = period
        told["NextRotationDate"] = next_rotation(key, period).timestamp()
    return json.dumps(told)


def get_key_policy(self) -> str:
    """Every key has one policy, `default`, also where its name is not given."""
    key_id, name = self._get_param("KeyId"), self._get_param("PolicyName") or "default"
    self._validate_cmk_id(key_id)
    if name != "default":
        raise NoSuchPolicy
    return json.dumps({"Policy": self.kms_backend.get_key_policy(self.kms_backend.get_key_id(key_id)), "PolicyName": name})


def next_rotation(key, period: int) -> datetime:
    """The next multiple of the period since the key was made."""
    made = datetime.fromtimestamp(key.creation_date, UTC)
    turns = (datetime.now(UTC) - made).days // period + 1
    return made + timedelta(days=period * turns)
