"""Cognito: pools as they are now, risk configurations, pages of identity pools.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/ : API_DescribeUserPool, API_DescribeRiskConfiguration,
API_DescribeUserPoolClient, API_ListUserPools, API_ListUserPoolClients
https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/ : API_ListIdentityPools, API_DescribeIdentityPool
"""

import json
from datetime import UTC

from moto.cognitoidentity.models import CognitoIdentityPool
from moto.cognitoidentity.responses import CognitoIdentityResponse
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.exceptions import JsonRESTError

from accounts import ACCOUNTS

# What AWS sets where the creator of a pool says nothing.
POLICY = {"MinimumLength": 8, "RequireUppercase": True, "RequireLowercase": True, "RequireNumbers": True, "RequireSymbols": True, "TemporaryPasswordValidityDays": 7}


class NoAddOn(JsonRESTError):
    code = 400

    def __init__(self, pool: str) -> None:
        super().__init__("UserPoolAddOnNotEnabledException", f"User pool add-ons are not enabled for {pool}.")


def install() -> None:
    to_json = CognitoIdentityPool.to_json
    CognitoIdentityPool.to_json = lambda self: json.dumps(tidy({"AllowClassicFlow": getattr(self, "allow_classic_flow", False), **json.loads(to_json(self))}))
    CognitoIdentityResponse.list_identity_pools = list_identity_pools
    CognitoIdpResponse.list_user_pools = list_user_pools
    CognitoIdpResponse.describe_user_pool = describe_user_pool
    CognitoIdpResponse.get_user_pool_mfa_config = get_user_pool_mfa_config
    CognitoIdpResponse.describe_risk_configuration = describe_risk_configuration
    CognitoIdpResponse.list_user_pool_clients = list_user_pool_clients
    CognitoIdpResponse.describe_user_pool_client = describe_user_pool_client


def tidy(told: dict) -> dict:
    """Without what is unset; maps and lists that AWS always shows stay."""
    return {k: v for k, v in told.items() if v not in (None, "", [], {}) or k in ("IdentityPoolTags", "LambdaConfig", "UserPoolTags")}


def epoch(when) -> float:
    return when.replace(tzinfo=UTC).timestamp() if when.tzinfo is None else when.timestamp()


def paged(self, operation: str, member: str, items: list[dict], by: str) -> str:
    """A page of at most `MaxResults`; the token is the last one shown."""
    limit = ACCOUNTS.account(self.current_account).page_size(operation, int(self._get_param("MaxResults") or 60))
    rest = [item for item in items if item[by] > (self._get_param("NextToken") or "")]
    more = {"NextToken": rest[limit - 1][by]} if len(rest) > limit else {}
    return json.dumps({member: rest[:limit], **more})


def dates(thing) -> dict:
    return {"CreationDate": epoch(thing.creation_date), "LastModifiedDate": epoch(thing.last_modified_date)}


def list_user_pools(self):
    told = [{"Id": p.id, "Name": p.name, "LambdaConfig": {}, **dates(p)} for p in self.backend.user_pools.values()]
    return paged(self, "ListUserPools", "UserPools", sorted(told, key=lambda pool: pool["Id"]), "Id")


def describe_user_pool(self):
    pool = self.backend.describe_user_pool(self._get_param("UserPoolId"))
    told = {**pool.to_json(extended=True), **dates(pool), "MfaConfiguration": pool.mfa_config}
    told["Policies"] = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}, **(told.get("Policies") or {})}
    told["Policies"]["PasswordPolicy"] = {**POLICY, **(told["Policies"].get("PasswordPolicy") or {})}
    told.setdefault("UserPoolTier", "ESSENTIALS")
    told.setdefault("DeletionProtection", "INACTIVE")
    told.pop("VerificationMessageTemplate", None)
    return json.dumps({"UserPool": tidy(told)})


def get_user_pool_mfa_config(self):
    return json.dumps(tidy(self.backend.get_user_pool_mfa_config(self._get_param("UserPoolId"))))


def describe_risk_configuration(self):
    """Missing in moto: what the pool's `risk` says, or that it has no threat protection."""
    pool = self.backend.describe_user_pool(self._get_param("UserPoolId"))
    mode = (pool.extended_config.get("UserPoolAddOns") or {}).get("AdvancedSecurityMode")
    if mode in (None, "OFF"):
        raise NoAddOn(pool.id)
    return json.dumps({"RiskConfiguration": {"UserPoolId": pool.id, **getattr(pool, "risk", {})}})


def list_user_pool_clients(self):
    pool = self.backend.describe_user_pool(self._get_param("UserPoolId"))
    told = [{"ClientId": c.id, "ClientName": c.extended_config.get("ClientName"), "UserPoolId": pool.id} for c in pool.clients.values()]
    return paged(self, "ListUserPoolClients", "UserPoolClients", sorted(told, key=lambda client: client["ClientId"]), "ClientId")


def describe_user_pool_client(self):
    pool_id = self._get_param("UserPoolId")
    pool = self.backend.describe_user_pool(pool_id)
    client = self.backend.describe_user_pool_client(pool_id, self._get_param("ClientId"))
    told = {**client.to_json(extended=True), **dates(pool)}
    return json.dumps({"UserPoolClient": {k: v for k, v in told.items() if v not in (None, "", [], {})}})


def list_identity_pools(self):
    told = [{"IdentityPoolId": p.identity_pool_id, "IdentityPoolName": p.identity_pool_name} for p in self.backend.identity_pools.values()]
    return paged(self, "ListIdentityPools", "IdentityPools", sorted(told, key=lambda pool: pool["IdentityPoolId"]), "IdentityPoolId")
