"""EFS: pages of file systems, without the members that a file system does not have.

https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystems.html
"""

import json

from moto.efs.models import FileSystem
from moto.efs.responses import EFSResponse

from accounts import ACCOUNTS

# What moto keeps with a file system and AWS tells by other operations.
ELSEWHERE = ("LifecyclePolicies", "FileSystemPolicy")


def install() -> None:
    info = FileSystem.info_json

    def told(self) -> dict:
        """The size was measured when the file system was made; moto would tell the clock."""
        measured = {"SizeInBytes": {"Value": 0, "Timestamp": self.creation_time}}
        return {k: v for k, v in info(self).items() if v not in (None, "") and k not in ELSEWHERE} | measured

    FileSystem.info_json = told
    EFSResponse.describe_file_systems = describe_file_systems


def describe_file_systems(self):
    marker, wanted, token = (self._get_param(name) for name in ("Marker", "FileSystemId", "CreationToken"))
    limit = ACCOUNTS.account(self.current_account).page_size("DescribeFileSystems", self._get_int_param("MaxItems", 100))
    _, found = self.efs_backend.describe_file_systems(max_items=10_000, creation_token=token, file_system_id=wanted)
    rest = sorted((one.info_json() for one in found if one.file_system_id > (marker or "")), key=lambda one: one["FileSystemId"])
    answer = {"FileSystems": rest[:limit]} | ({"Marker": marker} if marker else {})
    if len(rest) > limit:
        answer["NextMarker"] = rest[limit - 1]["FileSystemId"]
    return json.dumps(answer), {"Content-Type": "application/json"}
