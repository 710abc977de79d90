"""IAM's listings: pages with `Marker` and `MaxItems` everywhere, and GetAccountAuthorizationDetails as AWS gives it.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html and API_ListUsers
"""

import base64
from functools import cache
from urllib.parse import quote

import botocore.session
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.iam.exceptions import ValidationError
from moto.iam.responses import IamResponse

from accounts import ACCOUNTS

# moto, or we below, make the pages of these.
PAGED_ALREADY = {"ListRoles", "ListPolicies", "ListRoleTags", "ListPolicyTags", "GetAccountAuthorizationDetails"}
DETAIL_LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")


def install() -> None:
    serialized = IamResponse.serialized

    def serialized_page(self, result):
        try:
            return serialized(self, paged(self, result))
        except ServiceException as refused:
            return serialized(self, ActionResult(refused))

    IamResponse.serialized = serialized_page
    IamResponse.list_users = list_users
    IamResponse.get_account_authorization_details = get_account_authorization_details


def paged(self, answer: ActionResult) -> ActionResult:
    """One page of a listing, where the API page says that it has pages."""
    keys = result_keys(self._get_action())
    if not keys or not isinstance(answer.result, dict) or isinstance(answer.result, Exception):
        return answer
    result = dict(answer.result)
    if self._get_action() in PAGED_ALREADY:
        result.setdefault("IsTruncated", bool(result.get("Marker")))
        return ActionResult(result)
    entries = [(key, item) for key in keys for item in (result.get(key) or [])]
    start, size = start_of(self), page_size(self)
    if start > len(entries):
        raise ValidationError("Invalid Marker.")
    for key in keys:
        result[key] = [item for of, item in entries[start : start + size] if of == key]
    result["IsTruncated"] = start + size < len(entries)
    result["Marker"] = marker_of(self, start + size) if result["IsTruncated"] else None
    return ActionResult(result)


@cache
def result_keys(action: str) -> tuple[str, ...]:
    try:
        pages = botocore.session.get_session().get_paginator_model("iam").get_paginator(action)
    except ValueError:
        return ()
    keys = pages["result_key"]
    return tuple(keys) if isinstance(keys, list) else (keys,)


def marker_of(self, start: int) -> str:
    return base64.b64encode(f"{self._get_action()}/{start}".encode()).decode()


def page_size(self) -> int:
    """AWS may give fewer than were asked for, also where there are more."""
    return ACCOUNTS.account(self.current_account).page_size(self._get_action(), int(self._get_param("MaxItems") or 100))


def start_of(self) -> int:
    marker = self._get_param("Marker")
    if not marker:
        return 0
    try:
        action, start = base64.b64decode(marker).decode().split("/")
    except ValueError:
        raise ValidationError("Invalid Marker.") from None
    if action != self._get_action():
        raise ValidationError("Invalid Marker.")
    return int(start)


def list_users(self) -> ActionResult:
    prefix = self._get_param("PathPrefix") or "/"
    users = sorted(self.backend.users.values(), key=lambda u: u.name)
    return ActionResult({"Users": [user_entry(u) for u in users if u.path.startswith(prefix)]})


def user_entry(user) -> dict:
    return {"Path": user.path, "UserName": user.name, "UserId": user.id, "Arn": user.arn, "CreateDate": user.create_date,
            "PasswordLastUsed": user.password_last_used if user.password else None}  # fmt: skip


def get_account_authorization_details(self) -> ActionResult:
    """Users, groups, roles and policies on common pages; of AWS's own policies only the attached ones."""
    wanted = set(self._get_param("Filter", []) or []) or {"User", "Group", "Role", "LocalManagedPolicy", "AWSManagedPolicy"}
    held = self.backend
    policies = [p for p in held.managed_policies.values() if kind_of(p) in wanted and (kind_of(p) == "LocalManagedPolicy" or p.attachment_count)]
    entries = [
        *(("UserDetailList", user_detail, u) for u in by_name(held.users) if "User" in wanted),
        *(("GroupDetailList", group_detail, g) for g in by_name(held.groups) if "Group" in wanted),
        *(("RoleDetailList", role_detail, r) for r in by_name(held.roles) if "Role" in wanted),
        *(("Policies", policy_detail, p) for p in sorted(policies, key=lambda p: p.arn)),
    ]
    start, size = start_of(self), page_size(self)
    page = entries[start : start + size]
    groups = groups_of(held)
    result = {key: [detail(entity, held, groups) for of, detail, entity in page if of == key] for key in DETAIL_LISTS}
    result["IsTruncated"] = start + size < len(entries)
    result["Marker"] = marker_of(self, start + size) if result["IsTruncated"] else None
    return ActionResult(result)


def groups_of(held) -> dict[str, list[str]]:
    """The groups of each user."""
    found: dict[str, list[str]] = {}
    for group in by_name(held.groups):
        for user in group.users:
            found.setdefault(user.name, []).append(group.name)
    return found


def by_name(entities: dict) -> list:
    return sorted(entities.values(), key=lambda e: e.name)


def kind_of(policy) -> str:
    return "AWSManagedPolicy" if policy.arn.split(":")[4] == "aws" else "LocalManagedPolicy"


def inline(policies: dict[str, str]) -> list[dict]:
    return [{"PolicyName": name, "PolicyDocument": encoded(document)} for name, document in sorted(policies.items())]


def encoded(document: str) -> str:
    """RFC 3986, as the API pages demand of policy documents."""
    return quote(document, safe="")


def attached(entity) -> list[dict]:
    return sorted(entity.attached_managed_policies, key=lambda p: p["PolicyArn"])


def boundary_of(entity) -> dict | None:
    arn = getattr(entity, "permissions_boundary_arn", None)
    return {"PermissionsBoundaryType": "PermissionsBoundaryPolicy", "PermissionsBoundaryArn": arn} if arn else None


def user_detail(user, _held, groups: dict[str, list[str]]) -> dict:
    return {"Path": user.path, "UserName": user.name, "UserId": user.id, "Arn": user.arn, "CreateDate": user.create_date,
            "UserPolicyList": inline(user.policies) or None, "GroupList": groups.get(user.name, []), "AttachedManagedPolicies": attached(user),
            "PermissionsBoundary": boundary_of(user), "Tags": user.tags or []}  # fmt: skip


def group_detail(group, _held, _groups) -> dict:
    return {"Path": group.path, "GroupName": group.name, "GroupId": group.id, "Arn": group.arn, "CreateDate": group.create_date,
            "GroupPolicyList": inline(group.policies), "AttachedManagedPolicies": attached(group)}  # fmt: skip


def role_detail(role, _held, _groups) -> dict:
    used = {"LastUsedDate": role.last_used, "Region": role.last_used_region or "us-east-1"} if role.last_used else {}
    return {"Path": role.path, "RoleName": role.name, "RoleId": role.id, "Arn": role.arn, "CreateDate": role.create_date,
            "AssumeRolePolicyDocument": encoded(role.assume_role_policy_document),
            "InstanceProfileList": [profile_of(p) for p in role.instance_profile_list], "RolePolicyList": inline(role.policies),
            "AttachedManagedPolicies": attached(role), "PermissionsBoundary": boundary_of(role), "Tags": tags_of(role),
            "RoleLastUsed": used}  # fmt: skip


def profile_of(profile) -> dict:
    return {"Path": profile.path, "InstanceProfileName": profile.name, "InstanceProfileId": profile.id, "Arn": profile.arn,
            "CreateDate": profile.create_date, "Roles": [role_summary(r) for r in profile.roles]}  # fmt: skip


def role_summary(role) -> dict:
    return {"Path": role.path, "RoleName": role.name, "RoleId": role.id, "Arn": role.arn, "CreateDate": role.create_date,
            "AssumeRolePolicyDocument": encoded(role.assume_role_policy_document)}  # fmt: skip


def tags_of(entity) -> list[dict]:
    tags = entity.tags or []
    return list(tags.values()) if isinstance(tags, dict) else tags


def policy_detail(policy, held, _groups) -> dict:
    versions = [{"Document": encoded(v.document), "VersionId": v.version_id, "IsDefaultVersion": v.version_id == policy.default_version_id,
                 "CreateDate": v.create_date.replace(microsecond=0)} for v in policy.versions]  # fmt: skip
    boundaries = sum(1 for e in [*held.users.values(), *held.roles.values()] if getattr(e, "permissions_boundary_arn", None) == policy.arn)
    return {"PolicyName": policy.name, "PolicyId": policy.id, "Arn": policy.arn, "Path": policy.path,
            "DefaultVersionId": policy.default_version_id, "AttachmentCount": policy.attachment_count,
            "PermissionsBoundaryUsageCount": boundaries, "IsAttachable": True, "Description": policy.description or None,
            "CreateDate": policy.create_date.replace(microsecond=0), "UpdateDate": policy.update_date.replace(microsecond=0),
            "PolicyVersionList": versions}  # fmt: skip
