"""IAM's credential report: its states, its age, the root user's row and the values of every column.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html and API_GetCredentialReport
"""

import csv
import io
from datetime import timedelta

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.iam.responses import IamResponse

from accounts import ACCOUNTS

KEYS = [f"access_key_{n}_{c}" for n in (1, 2) for c in ("active", "last_rotated", "last_used_date", "last_used_region", "last_used_service")]
COLUMNS = ["user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed",
           "password_next_rotation", "mfa_active", *KEYS, "cert_1_active", "cert_1_last_rotated", "cert_2_active",
           "cert_2_last_rotated"]  # fmt: skip
LIFETIME = timedelta(hours=4)


class ReportNotPresent(ServiceException):
    code = "ReportNotPresent"


class ReportInProgress(ServiceException):
    code = "ReportInProgress"


def install() -> None:
    IamResponse.generate_credential_report = generate_credential_report
    IamResponse.get_credential_report = get_credential_report


def generate_credential_report(self) -> ActionResult:
    """A report younger than four hours is kept; a new one takes the polls that the account's settings say."""
    account = ACCOUNTS.account(self.current_account)
    if account.report and utcnow() - account.report[1] < LIFETIME:
        return ActionResult({"State": "COMPLETE"})
    account.polled += 1
    if account.polled <= account.report_polls:
        if account.polled > 1:
            return ActionResult({"State": "INPROGRESS"})
        return ActionResult({"State": "STARTED", "Description": "No report exists. Starting a new report generation task"})
    take_report(account, self.backend, utcnow())
    return ActionResult({"State": "COMPLETE"})


def get_credential_report(self) -> ActionResult:
    account = ACCOUNTS.account(self.current_account)
    if account.report is None and account.polled > account.report_polls - 1 and account.polled:
        take_report(account, self.backend, utcnow())
    if account.report is None:
        if account.polled:
            raise ReportInProgress("Credential report is still being generated")
        raise ReportNotPresent("No report present. Call GenerateCredentialReport first")
    text, moment = account.report
    return ActionResult({"Content": text.encode(), "ReportFormat": "text/csv", "GeneratedTime": moment})


def take_report(account, backend, moment) -> None:
    """Writes down the users as they are now; users made later are missing until the next report."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    writer.writerow(root_row(account, backend))
    max_age = backend.account_password_policy.max_password_age if backend.account_password_policy else None
    for user in sorted(backend.users.values(), key=lambda u: u.name):
        writer.writerow(user_row(user, max_age))
    account.report, account.polled = (out.getvalue(), moment.replace(microsecond=0)), 0


def root_row(account, backend) -> list[str]:
    root = account.root
    keys = [key_cells(k.get("active", True), k.get("last_rotated"), k.get("last_used"), k.get("region"), k.get("service")) for k in root.access_keys]
    return [
        "<root_account>",
        f"arn:{backend.partition}:iam::{account.id}:root",
        time(root.created),
        "not_supported" if root.password else "false",
        time(root.password_last_used, "no_information"),
        "not_supported",
        "not_supported",
        flag(root.mfa is not None),
        *two(keys),
        "false", "N/A", "false", "N/A",
    ]  # fmt: skip


def user_row(user, max_age) -> list[str]:
    has_password = bool(user.password)
    changed = getattr(user, "password_last_changed", None) or user.create_date
    rotation = time(changed + timedelta(days=int(max_age))) if has_password and max_age else "N/A"
    keys = [key_cells(k.status == "Active", k.create_date, *last_use(k)) for k in user.access_keys]
    return [
        user.name,
        user.arn,
        time(user.create_date),
        flag(has_password),
        time(user.password_last_used, "no_information") if has_password else "N/A",
        time(changed) if has_password else "N/A",
        rotation,
        flag(bool(user.mfa_devices)),
        *two(keys),
        *certificate_cells(user),
    ]


def last_use(key) -> tuple:
    used = key.last_used
    return (used.timestamp, used.region, used.service) if used else (None, None, None)


def key_cells(active, rotated, used, region, service) -> list[str]:
    return [flag(active), time(rotated), time(used), (region or "N/A") if used else "N/A", (service or "N/A") if used else "N/A"]


def two(keys: list[list[str]]) -> list[str]:
    absent = ["false", "N/A", "N/A", "N/A", "N/A"]
    return [cell for key in (keys + [absent, absent])[:2] for cell in key]


def certificate_cells(user) -> list[str]:
    held = list(user.signing_certificates.values())[:2]
    cells = [[flag(c.status == "Active"), time(c.upload_date)] for c in held]
    return [cell for pair in (cells + [["false", "N/A"]] * 2)[:2] for cell in pair]


def time(moment, absent: str = "N/A") -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00") if moment else absent


def flag(value: bool) -> str:
    return "true" if value else "false"
