"""Functions, queues and secrets."""

from seeds.builder import Builder
from seeds.compute import FunctionBuilder, SecretBuilder, from_source, queue
from seeds.stories import EU, US

ANYONE = {"Principal": "*"}


def functions(b: Builder, _second: Builder) -> None:
    """One that everybody may call, one for the organization, one without a policy; in the other Region a URL for everybody."""
    FunctionBuilder(b, US, "open", statements=(ANYONE,))
    FunctionBuilder(b, US, "shared", statements=({**ANYONE, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}},))
    FunctionBuilder(b, US, "plain", variables={"DB_PASSWORD": "Emulated-not-real-1414"})
    FunctionBuilder(b, EU, "webhook").open_url().url("AWS_IAM", alias="live")


def behind_apis(b: Builder, _second: Builder) -> None:
    """What lets API Gateway in: for one API, for all of the account's, for all there are, and for one beside all."""
    FunctionBuilder(b, US, "bound").from_api("a1b2c3d4e5")
    FunctionBuilder(b, US, "account-wide").from_api()
    FunctionBuilder(b, US, "unbound", statements=({"Principal": {"Service": "apigateway.amazonaws.com"}},))
    FunctionBuilder(b, US, "both").from_api("a1b2c3d4e5", sid="one").from_api(sid="all")
    FunctionBuilder(b, US, "elsewhere", statements=({"Principal": {"Service": "s3.amazonaws.com"}},))


def environments(b: Builder, _second: Builder) -> None:
    """A password, a token under an innocent name, a reference, and an environment that the auditor may not decrypt."""
    token = "ghp" + "_EXAMPLEstory0123456789abcdefABCDEF0123"
    FunctionBuilder(b, US, "by-name", variables={"DB_PASSWORD": "Emulated-not-real-1732"})
    FunctionBuilder(b, US, "by-value", variables={"ENDPOINT": token})
    FunctionBuilder(b, US, "reference", variables={"DB_SECRET": f"arn:aws:secretsmanager:{US}:{b.id}:secret:prod/db-a1b2c3"})
    FunctionBuilder(b, US, "sealed", variables={"DB_PASSWORD": "Emulated-not-real-2236"}).undecryptable()


def queues(b: Builder, _second: Builder) -> None:
    """One for everybody, one for a topic, one without a policy; none in the other Region."""
    queue(b, US, "open", ANYONE)
    queue(b, US, "subscribed", from_source(f"arn:aws:sns:{US}:{b.id}:orders"))
    queue(b, US, "plain")


def kept_secrets(b: Builder, _second: Builder) -> None:
    """One that rotates and its copy, one whose rotations fail, one that nobody rotates and everybody may read."""
    SecretBuilder(b, US, "kept").rotates().replicated(EU)
    SecretBuilder(b, US, "overdue").rotates(last=130, due=-100)
    SecretBuilder(b, US, "shared", statements=(ANYONE,))
    SecretBuilder(b, US, "scheduled", age=1).rotates(None, last=None, schedule="cron(0 4 1 * ? *)")
