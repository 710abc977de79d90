"""IAM: the root user, unique ids, server certificates, virtual MFA devices and Organizations features.

https://docs.aws.amazon.com/IAM/latest/APIReference/ : API_GetAccountSummary, API_ListVirtualMFADevices,
API_ListServerCertificates, API_GetServerCertificate, API_ListOrganizationsFeatures
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
"""

import hashlib
import json
from datetime import UTC, datetime
from functools import cache

import moto.iam.models as models
from cryptography import x509
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.iam.responses import IamResponse
from moto.moto_api._internal import mock_random

from accounts import ACCOUNTS
from shim import iam_report

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def install() -> None:
    give_unique_ids()
    iam_report.install()
    certificate_init = models.Certificate.__init__

    def init(self, *args, **kwargs):
        certificate_init(self, *args, **kwargs)
        self.upload_date, self.id = whole(utcnow()), unique_id("ASCA")

    models.Certificate.__init__ = init
    for answer in (get_account_summary, list_virtual_mfa_devices, list_server_certificates, get_server_certificate,
                   upload_server_certificate, list_organizations_features):  # fmt: skip
        setattr(IamResponse, answer.__name__, answer)


def unique_id(prefix: str) -> str:
    return prefix + "".join(mock_random.choice(ALPHABET) for _ in range(17))


def give_unique_ids() -> None:
    """IAM's ids have a prefix for the kind; its times are whole seconds."""
    for cls, prefix in ((models.User, "AIDA"), (models.Group, "AGPA"), (models.Role, None), (models.InstanceProfile, "AIPA")):
        patch_init(cls, prefix)
    models.random_policy_id = lambda: unique_id("ANPA")
    models.IAMBackend._init_aws_policies = aws_policies


@cache
def known_aws_policies() -> list[tuple[str, dict]]:
    """AWS's own policies, parsed once for all accounts; their ids are the same in each."""
    found = []
    for name, data in json.loads(models.aws_managed_policies_data).items():
        digest = hashlib.sha256(name.encode()).digest()
        settings = {"default_version_id": data.get("DefaultVersionId"), "path": data.get("Path"), "document": json.dumps(data.get("Document")),
                    "create_date": datetime.fromisoformat(data["CreateDate"]), "update_date": datetime.fromisoformat(data["UpdateDate"])}  # fmt: skip
        found.append(("ANPA" + "".join(ALPHABET[b % 32] for b in digest[:17]), {"name": name, **settings}))
    return found


def aws_policies(self) -> list:
    """Makes AWS's policies of one account without drawing random ids, which would shift those of a seed."""
    if not models.load_iam_aws_managed_policies():
        return []
    draw, models.random_policy_id = models.random_policy_id, lambda: ""
    made = []
    for policy_id, settings in known_aws_policies():
        policy = models.AWSManagedPolicy(account_id=self.account_id, region=self.region_name, **settings)
        policy.id = policy_id
        made.append(policy)
    models.random_policy_id = draw
    return made


def patch_init(cls, prefix: str | None) -> None:
    init = cls.__init__

    def patched(self, *args, **kwargs):
        init(self, *args, **kwargs)
        self.id = unique_id(prefix) if prefix else self.id  # a role's id is right already, and its key
        self.create_date = whole(self.create_date)

    cls.__init__ = patched


def whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def root_arn(self) -> str:
    return f"arn:{self.partition}:iam::{self.current_account}:root"


def get_account_summary(self) -> ActionResult:
    root = ACCOUNTS.account(self.current_account).root
    known = dict(self.backend.account_summary.summary_map)
    virtual = self.backend.virtual_mfa_devices.values()
    known.update(
        AccountMFAEnabled=int(root.mfa is not None),
        AccountAccessKeysPresent=int(bool(root.access_keys)),
        AccountPasswordPresent=int(root.password),
        AccountSigningCertificatesPresent=0,
        MFADevices=len(virtual) + int(root.mfa == "virtual"),
        MFADevicesInUse=sum(len(u.mfa_devices) for u in self.backend.users.values()) + int(root.mfa is not None),
    )
    return ActionResult({"SummaryMap": known})


def list_virtual_mfa_devices(self) -> ActionResult:
    """As in the API page's example: root's device has a `User` without `Path` and `UserName`; seeds are never listed."""
    status = self._get_param("AssignmentStatus", "Any")
    devices = [device_of(d) for d in sorted(self.backend.virtual_mfa_devices.values(), key=lambda d: d.serial_number)]
    root = ACCOUNTS.account(self.current_account).root
    if root.mfa == "virtual":
        serial = f"arn:{self.partition}:iam::{self.current_account}:mfa/root-account-mfa-device"
        user = {"UserId": self.current_account, "Arn": root_arn(self), "CreateDate": root.created, "PasswordLastUsed": root.password_last_used}
        devices.append({"SerialNumber": serial, "EnableDate": root.mfa_enabled or root.created, "User": user})
    if status != "Any":
        devices = [d for d in devices if ("User" in d) == (status == "Assigned")]
    return ActionResult({"VirtualMFADevices": devices})


def device_of(device) -> dict:
    listed = {"SerialNumber": device.serial_number}
    if device.user:
        user = device.user
        listed["EnableDate"] = whole(device.enable_date)
        listed["User"] = {"Path": user.path, "UserName": user.name, "UserId": user.id, "Arn": user.arn,
                          "CreateDate": user.create_date, "PasswordLastUsed": user.password_last_used}  # fmt: skip
    return listed


def certificate_metadata(certificate) -> dict:
    parsed = x509.load_pem_x509_certificate(certificate.cert_body.encode())
    return {
        "ServerCertificateName": certificate.cert_name,
        "Path": certificate.path,
        "Arn": certificate.arn,
        "UploadDate": certificate.upload_date,
        "ServerCertificateId": certificate.id,
        "Expiration": parsed.not_valid_after_utc.astimezone(UTC).replace(tzinfo=None),
    }


def upload_server_certificate(self) -> ActionResult:
    certificate = self.backend.upload_server_certificate(
        self._get_param("ServerCertificateName"), self._get_param("CertificateBody"), self._get_param("PrivateKey"),
        cert_chain=self._get_param("CertificateChain"), path=self._get_param("Path"))  # fmt: skip
    return ActionResult({"ServerCertificateMetadata": certificate_metadata(certificate)})


def list_server_certificates(self) -> ActionResult:
    prefix = self._get_param("PathPrefix") or "/"
    listed = [c for c in self.backend.list_server_certificates() if c.path.startswith(prefix)]
    return ActionResult({"ServerCertificateMetadataList": [certificate_metadata(c) for c in listed]})


def get_server_certificate(self) -> ActionResult:
    certificate = self.backend.get_server_certificate(self._get_param("ServerCertificateName"))
    shown = {"ServerCertificateMetadata": certificate_metadata(certificate), "CertificateBody": certificate.cert_body}
    if certificate.cert_chain:
        shown["CertificateChain"] = certificate.cert_chain
    return ActionResult({"ServerCertificate": shown})


class OrganizationNotFound(ServiceException):
    code = "OrganizationNotFoundException"


class NotManagement(ServiceException):
    code = "AccountNotManagementOrDelegatedAdministratorException"


def list_organizations_features(self) -> ActionResult:
    organization = ACCOUNTS.account(self.current_account).organization
    if organization is None:
        raise OrganizationNotFound("The request was rejected because no organization is associated with your account.")
    if organization["management"] != self.current_account:
        raise NotManagement(
            "The request was rejected because the account making the request is not the management account or "
            "delegated administrator account for centralized root access."
        )
    return ActionResult({"OrganizationId": organization["id"], "EnabledFeatures": organization.get("features", [])})
