"""Tools of the seeds: boto3 clients that reach moto without a socket, and what no API can set, above all times."""

import json
from datetime import datetime, timedelta
from email.message import Message
from functools import cache
from io import BytesIO

import boto3
import botocore.config
from botocore.awsrequest import AWSResponse
from botocore.client import ClientCreator
from moto.iam.models import AccessKeyLastUsed, iam_backends

from accounts import ACCOUNTS, AUDITOR, Root, key_of, role_id
from gate import environ_of, run_wsgi

GATE = None  # set by use_gate
NOW = datetime(2000, 1, 1)  # set by run_seed; naive UTC, as moto keeps times
# A password is never shown by any API; it only has to exist.
PASSWORD = "Emulated-only-0"


def once_a_service(make):
    """A class of clients for each service; botocore makes a new one, of some hundred methods, for each client."""
    classes = {}

    def class_of(creator, service_name, service_model):
        if service_name not in classes:
            classes[service_name] = make(creator, service_name, service_model)
        return classes[service_name]

    return class_of


ClientCreator._create_client_class = once_a_service(ClientCreator._create_client_class)


class Raw(BytesIO):
    """A body as botocore reads it."""

    def stream(self, *_args, **_kwargs):
        yield self.read()


@cache
def session() -> boto3.Session:
    made = boto3.Session(aws_access_key_id="unused", aws_secret_access_key="unused", region_name="us-east-1")
    made.events.register("before-send", send)
    return made


def send(request, **_):
    """Hands a signed request to moto instead of a socket; the seeds' calls are not in the list of calls."""
    target = request.url.split("/", 3)[3] if request.url.count("/") > 2 else ""
    headers = Message()
    for name, value in request.headers.items():
        headers[name] = value.decode() if isinstance(value, bytes) else str(value)
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body.read() if hasattr(body, "read") else bytes(body)
    status, out, data = run_wsgi(GATE.application, environ_of(request.method, "/" + target, headers, body))
    return AWSResponse(request.url, status, out, Raw(data))


@cache
def client_of(account_id: str, service: str, region: str):
    config = botocore.config.Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
    return session().client(service, region_name=region, endpoint_url="http://localhost", config=config,
                            aws_access_key_id=key_of(account_id, "seeder"), aws_secret_access_key="unused")  # fmt: skip


def ago(days: float) -> datetime:
    """An instant so many days before the seed's."""
    return NOW - timedelta(days=days)


def document(*statements: dict) -> str:
    """A policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(actions, resources="*", **more) -> dict:
    """An Allow statement."""
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def trust(principal, action="sts:AssumeRole", **more) -> dict:
    """A statement of a trust policy."""
    return {"Effect": "Allow", "Principal": principal, "Action": action, **more}


class Builder:
    """One account under construction."""

    def __init__(self, account_id: str) -> None:
        self.id = account_id

    @property
    def settings(self):
        return ACCOUNTS.account(self.id)

    @property
    def backend(self):
        return iam_backends[self.id]["aws"]

    def client(self, service: str, region: str = "us-east-1"):
        ACCOUNTS.account(self.id)
        return client_of(self.id, service, region)

    @property
    def iam(self):
        return self.client("iam")

    def root(self, **fields) -> None:
        self.settings.root = Root(created=fields.pop("created", ago(1500)), **fields)

    def auditor(self, external_id: str | None = None) -> str:
        """The role that the auditor's session stands for, so that the account looks as AWS would show it."""
        condition = {"Condition": {"StringEquals": {"sts:ExternalId": external_id}}} if external_id else {}
        role = self.role(AUDITOR, trust({"AWS": f"arn:aws:iam::{self.id}:root"}, **condition), managed=["SecurityAudit"], age=400, used=0)
        del self.backend.roles[role.id]
        role.id = role_id(self.id, AUDITOR)  # the same as in the session's user id
        self.backend.roles[role.id] = role
        return f"arn:aws:iam::{self.id}:role/{AUDITOR}"

    def user(self, name: str, *, age: float = 300, path: str = "/", password: float | None = None, changed: float | None = None,
             signed_in: float | None = None, mfa: str | None = None, keys: tuple = (), groups: tuple = (), managed: tuple = (),
             inline: dict | None = None, tags: dict | None = None, boundary: str | None = None):  # fmt: skip
        """A user. Ages are in days; `password` is the age of the password, `changed` that of its last change;
        `keys` are (age, last used or None, active) each; `mfa` is "virtual" or "hardware"."""
        self.iam.create_user(UserName=name, Path=path, Tags=[{"Key": k, "Value": v} for k, v in (tags or {}).items()])
        user = self.backend.users[name]
        user.create_date = ago(age)
        user.permissions_boundary_arn = boundary
        if password is not None:
            self.iam.create_login_profile(UserName=name, Password=PASSWORD)
            user.password_last_changed = ago(changed if changed is not None else password)
            user.password_last_used = ago(signed_in) if signed_in is not None else None
        if mfa:
            self._mfa(user, mfa)
        for key in keys:
            self.key(name, *key)
        for group in groups:
            self.iam.add_user_to_group(GroupName=group, UserName=name)
        for policy in managed:
            self.iam.attach_user_policy(UserName=name, PolicyArn=self.policy_arn(policy))
        for policy, text in (inline or {}).items():
            self.iam.put_user_policy(UserName=name, PolicyName=policy, PolicyDocument=text)
        return user

    def _mfa(self, user, kind: str) -> None:
        serial = f"GAHT{sum(user.name.encode()):08d}"
        if kind == "virtual":
            serial = self.iam.create_virtual_mfa_device(VirtualMFADeviceName=user.name)["VirtualMFADevice"]["SerialNumber"]
        self.iam.enable_mfa_device(UserName=user.name, SerialNumber=serial, AuthenticationCode1="123456", AuthenticationCode2="654321")
        user.mfa_devices[serial].enable_date = user.create_date
        if kind == "virtual":
            self.backend.virtual_mfa_devices[serial].enable_date = user.create_date

    def key(self, user: str, age: float, used: float | None, active: bool = True, service: str = "s3", region: str = "us-east-1"):
        """An access key of a user, so many days old and last used so many days ago."""
        made = self.iam.create_access_key(UserName=user)["AccessKey"]
        key = self.backend.access_keys[made["AccessKeyId"]]
        key.create_date = ago(age)
        key.status = "Active" if active else "Inactive"
        key.last_used = AccessKeyLastUsed(ago(used), service, region) if used is not None else None
        return key

    def saml(self, name: str, age: float = 420) -> None:
        """A SAML provider; its metadata is filler of the least length."""
        self.iam.create_saml_provider(Name=name, SAMLMetadataDocument=f"<EntityDescriptor>{'x' * 1000}</EntityDescriptor>")
        provider = self.backend.saml_providers[name]
        provider.create_date, provider.valid_until = ago(age), ago(-1000)

    def group(self, name: str, managed: tuple = (), inline: dict | None = None, age: float = 600) -> None:
        self.iam.create_group(GroupName=name)
        self.backend.groups[name].create_date = ago(age)
        for policy in managed:
            self.iam.attach_group_policy(GroupName=name, PolicyArn=self.policy_arn(policy))
        for policy, text in (inline or {}).items():
            self.iam.put_group_policy(GroupName=name, PolicyName=policy, PolicyDocument=text)

    def role(self, name: str, *statements: dict, managed: tuple | list = (), inline: dict | None = None, age: float = 500,
             used: float | None = None, path: str = "/", tags: dict | None = None, description: str = "", boundary: str | None = None):  # fmt: skip
        """A role with the statements of its trust policy."""
        more = {"PermissionsBoundary": boundary} if boundary else {}
        self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(*statements), Path=path, Description=description,
                             Tags=[{"Key": k, "Value": v} for k, v in (tags or {}).items()], **more)  # fmt: skip
        role = self.backend.get_role(name)
        role.create_date = ago(age)
        role.last_used = ago(used) if used is not None else None
        for policy in managed:
            self.iam.attach_role_policy(RoleName=name, PolicyArn=self.policy_arn(policy))
        for policy, text in (inline or {}).items():
            self.iam.put_role_policy(RoleName=name, PolicyName=policy, PolicyDocument=text)
        return role

    def policy(self, name: str, *statements: dict, age: float = 450, description: str = "", path: str = "/") -> str:
        """A customer managed policy; returns its ARN."""
        made = self.iam.create_policy(PolicyName=name, PolicyDocument=document(*statements), Description=description, Path=path)
        policy = self.backend.managed_policies[made["Policy"]["Arn"]]
        policy.create_date = policy.update_date = ago(age)
        for version in policy.versions:
            version.create_date = ago(age)
        return policy.arn

    def policy_arn(self, name: str) -> str:
        """The ARN of a policy by name: the customer's own, else AWS's."""
        if name.startswith("arn:"):
            return name
        own = [a for a in self.backend.managed_policies if a.rsplit("/", 1)[-1] == name]
        if not own:
            raise ValueError(f"no policy `{name}`; is MOTO_IAM_LOAD_MANAGED_POLICIES on?")
        return own[0]
