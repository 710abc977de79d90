"""Tools of the seeds for Lambda, SQS and Secrets Manager."""

import io
import zipfile

from seeds.builder import Builder, ago, document
from seeds.storage import seconds

ANYONE = {"Principal": "*"}


def package() -> bytes:
    """A deployment package, the same each time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("app.py", (2026, 1, 1, 0, 0, 0)), "def handler(event, context):\n    return {}\n")
    return file.getvalue()


class FunctionBuilder:
    """One Lambda function under construction."""

    def __init__(self, owner: Builder, region: str, name: str, runtime: str | None = "python3.13", *, age: float = 60, variables: dict | None = None,
                 key: str | None = None, statements: tuple = (), **more) -> None:  # fmt: skip
        from moto.awslambda.models import LambdaFunction, lambda_backends

        self.owner, self.region, self.name = owner, region, name
        code = {"Code": {"ZipFile": package()}, "Runtime": runtime, "Handler": "app.handler"}
        image = {"Code": {"ImageUri": f"{owner.id}.dkr.ecr.{region}.amazonaws.com/{name}:1"}, "PackageType": "Image"}
        spec = {"FunctionName": name, "Role": f"arn:aws:iam::{owner.id}:role/{name}", **(code if runtime else image), **more}
        if variables:
            spec["Environment"] = {"Variables": variables}
        if key:
            spec["KMSKeyArn"] = key
        self.kept = LambdaFunction(owner.id, spec, region, version="$LATEST")
        self.kept.last_modified = f"{ago(age).isoformat()}.000+0000"
        self.arn = f"arn:aws:lambda:{region}:{owner.id}:function:{name}"
        kept = lambda_backends[owner.id][region]._lambdas  # whose own way in asks for the role
        kept._functions[name], kept._arns[self.arn] = {"latest": self.kept, "versions": []}, self.kept
        self.allow(*statements)

    def allow(self, *statements: dict) -> "FunctionBuilder":
        """Statements of the function's policy, as `AddPermission` would write them."""
        for number, more in enumerate(statements, len(self.kept.policy.statements)):
            usual = {"Sid": f"s{number}", "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": self.arn}
            self.kept.policy.statements.append({**usual, **more})
        return self

    def from_api(self, api: str = "*", path: str = "*/*/*", sid: str = "api") -> "FunctionBuilder":
        """What lets API Gateway in, for one API or, without its id, for all of the account's."""
        source = f"arn:aws:execute-api:{self.region}:{self.owner.id}:{api}/{path}"
        return self.allow({"Sid": sid, "Principal": {"Service": "apigateway.amazonaws.com"}, "Condition": {"ArnLike": {"AWS:SourceArn": source}}})

    def url(self, authentication: str = "AWS_IAM", alias: str | None = None, **more) -> "FunctionBuilder":
        from moto.awslambda.models import FunctionUrlConfig

        config = FunctionUrlConfig(self.kept, {"AuthType": authentication, **more})
        digest = f"{abs(hash_of(self.arn + (alias or ''))):032x}"
        config.url = f"https://{digest}.lambda-url.{self.region}.on.aws"
        config.created = config.last_modified = f"{ago(30).isoformat()}.000Z"
        if alias:
            self.kept.alias_urls = {**getattr(self.kept, "alias_urls", {}), alias: config}
        else:
            self.kept.url_config = config
        return self

    def open_url(self) -> "FunctionBuilder":
        """A URL for everybody, with the statements that its creation writes."""
        path = {"Action": "lambda:InvokeFunctionUrl", "Condition": {"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}}}
        through = {"Condition": {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}}}
        self.allow({"Sid": "FunctionURLAllowPublicAccess", **ANYONE, **path}, {"Sid": "FunctionURLInvokeAllowPublicAccess", **ANYONE, **through})
        return self.url("NONE")

    def undecryptable(self, code: str = "AccessDeniedException") -> "FunctionBuilder":
        """An environment whose key refuses whoever asks."""
        self.kept.environment_error = {"ErrorCode": code, "Message": "Lambda was unable to decrypt your environment variables because KMS access was denied."}
        return self


def queue(owner: Builder, region: str, name: str, *statements: dict) -> str:
    """A queue, with a policy if statements are given."""
    client, arn = owner.client("sqs", region), f"arn:aws:sqs:{region}:{owner.id}:{name}"
    usual = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": arn}
    policy = {"Policy": document(*({**usual, **more} for more in statements))} if statements else {}
    from moto.sqs.models import sqs_backends

    client.create_queue(QueueName=name)
    if policy:  # straight into moto, which would look into the document
        sqs_backends[owner.id][region].queues[name].policy = policy["Policy"]
    return arn


def from_source(arn: str) -> dict:
    """What lets a topic, a bucket or a rule send, as it used to be written."""
    return {**ANYONE, "Condition": {"ArnEquals": {"aws:SourceArn": arn}}}


class SecretBuilder:
    """One secret under construction. What it holds is never shown by what is asked."""

    def __init__(self, owner: Builder, region: str, name: str, *, age: float = 300, changed: float | None = None, description: str = "", tags: dict | None = None,
                 statements: tuple = (), service: str | None = None) -> None:  # fmt: skip
        from moto.secretsmanager.models import secretsmanager_backends

        self.owner, self.region, self.name = owner, region, name
        self.client = owner.client("secretsmanager", region)
        labels = [{"Key": key, "Value": value} for key, value in (tags or {}).items()]
        self.arn = self.client.create_secret(Name=name, SecretString="Emulated-only", Description=description, Tags=labels)["ARN"]
        self.kept = secretsmanager_backends[owner.id][region].secrets[name]
        self.kept.created_date, self.kept.last_changed_date = seconds(age), seconds(age if changed is None else changed)
        self.kept.told_besides = {"OwningService": service} if service else {}
        if statements:
            usual = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}
            self.kept.policy = document(*({**usual, **more} for more in statements))

    def rotates(self, days: int | None = 30, *, last: float | None = 10, due: float = 20, schedule: str | None = None) -> "SecretBuilder":
        """Rotation every so many days, or by a schedule whose days are not told before the first rotation."""
        rules = {**({"AutomaticallyAfterDays": days} if days else {}), **({"ScheduleExpression": schedule} if schedule else {})}
        function = f"arn:aws:lambda:{self.region}:{self.owner.id}:function:rotate"
        self.kept.told_besides |= {"RotationEnabled": True, "RotationLambdaARN": function, "RotationRules": rules, "NextRotationDate": seconds(-due),
                                  "LastRotatedDate": None if last is None else seconds(last)}  # fmt: skip
        return self

    def replicated(self, region: str) -> "SecretBuilder":
        self.client.replicate_secret_to_regions(SecretId=self.name, AddReplicaRegions=[{"Region": region}])
        return self


def hash_of(text: str) -> int:
    """A number that is the same in every process."""
    import hashlib

    return int(hashlib.sha256(text.encode()).hexdigest()[:32], 16)
