"""Secrets Manager: members that are not set left out, rotation as set, policies of replicas, short pages.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/ : API_ListSecrets, API_SecretListEntry, API_GetResourcePolicy
"""

import json

from moto.secretsmanager.exceptions import SecretNotFoundException
from moto.secretsmanager.models import FakeSecret, ReplicaSecret, SecretsManagerBackend
from moto.secretsmanager.responses import SecretsManagerResponse

from accounts import ACCOUNTS

# Members of `DescribeSecret` alone.
UNLISTED = ("VersionIdsToStages", "ReplicationStatus")
PAGE = 100


def install() -> None:
    described = FakeSecret.to_dict

    def told(self) -> dict:
        """`RotationRules` may hold an expression in the place of days, and a secret that has replicas names its primary Region."""
        given = {**described(self), **getattr(self, "told_besides", {})}
        if self.replicas:
            given["PrimaryRegion"] = self.region
        return {name: value for name, value in given.items() if value is not None}

    FakeSecret.to_dict = told
    SecretsManagerBackend.get_resource_policy = get_resource_policy
    SecretsManagerResponse.list_secrets = list_secrets


def list_secrets(self) -> str:
    filters, planned = self._get_param("Filters", if_none=[]), self._get_param("IncludePlannedDeletion", if_none=False)
    asked = min(self._get_int_param("MaxResults") or PAGE, PAGE)
    size = ACCOUNTS.account(self.current_account).page_size("ListSecrets", asked)
    secrets, token = self.backend.list_secrets(filters=filters, max_results=size, next_token=self._get_param("NextToken"), include_planned_deletion=planned)
    listed = [{name: value for name, value in secret.items() if name not in UNLISTED} for secret in secrets]
    return json.dumps({"SecretList": listed, **({"NextToken": token} if token else {})})


def get_resource_policy(self, secret_id: str) -> str:
    """A replica shows the policy of its primary."""
    if not self._is_valid_identifier(secret_id):
        raise SecretNotFoundException
    secret = self.secrets[secret_id]
    policy = (secret.source if isinstance(secret, ReplicaSecret) else secret).policy
    return json.dumps({"ARN": secret.arn, "Name": secret.name, **({"ResourcePolicy": policy} if policy else {})})
