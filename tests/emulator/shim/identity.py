"""Who calls: keys resolve through `accounts`, sessions are checked, and nothing is marked as used by being read.

https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

import json

import moto.iam.models as iam_models
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.sts.responses import TokenResponse

from accounts import ACCOUNTS


class AccessDenied(ServiceException):
    code = "AccessDenied"


def install() -> None:
    iam_models.get_account_id_from = account_of_key
    # AWS reports last use hours later; a reading must not change what the next one reads.
    iam_models.mark_account_as_visited = lambda **_: None
    TokenResponse.get_caller_identity = get_caller_identity
    assume_role = TokenResponse.assume_role
    TokenResponse.assume_role = lambda self: assume_role(self) if admitted(self) else None


def account_of_key(access_key: str) -> str:
    principal = ACCOUNTS.principal(access_key)
    return principal.account if principal else iam_models.DEFAULT_ACCOUNT_ID


def get_caller_identity(self) -> ActionResult:
    principal = ACCOUNTS.principal(self.get_access_key())
    arn = principal.arn.replace("arn:aws:", f"arn:{self.partition}:", 1)
    return ActionResult({"UserId": principal.user_id, "Account": principal.account, "Arn": arn})


def admitted(self) -> bool:
    """AWS refuses a role that does not exist, and one whose trust policy asks for another external id."""
    arn, given = self._get_param("RoleArn"), self._get_param("ExternalId")
    account, name = arn.split(":", 5)[4], arn.rsplit("/", 1)[-1]
    roles = iam_models.iam_backends[account][self.partition].roles.values()
    role = next((r for r in roles if r.name == name), None)
    if role is None or not admits_external_id(role.assume_role_policy_document, given):
        caller = ACCOUNTS.principal(self.get_access_key()).arn
        raise AccessDenied(f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {arn}")
    return True


def admits_external_id(document: str, given: str | None) -> bool:
    statements = json.loads(document).get("Statement", [])
    wanted = [s.get("Condition", {}).get("StringEquals", {}).get("sts:ExternalId") for s in as_list(statements)]
    return any(w is None or given in as_list(w) for w in wanted)


def as_list(value) -> list:
    return value if isinstance(value, list) else [value]
