"""The demonstration's IAM: every variant of credentials, trust and policy that a control tells apart."""

from seeds import certificates
from seeds.builder import Builder, ago, allow, document, trust

GITHUB = "token.actions.githubusercontent.com"
VENDOR = "777788889999"


def main(b: Builder, second: Builder) -> None:
    b.root(mfa="virtual", created=ago(1500), mfa_enabled=ago(1490), password_last_used=ago(12))
    b.iam.create_account_alias(AccountAlias="example-production")
    b.iam.update_account_password_policy(
        MinimumPasswordLength=14, PasswordReusePrevention=5, MaxPasswordAge=365, RequireSymbols=True, RequireNumbers=True,
        RequireUppercaseCharacters=True, RequireLowercaseCharacters=True, AllowUsersToChangePassword=True)  # fmt: skip
    policies(b)
    providers(b)
    groups(b)
    people(b)
    machines(b)
    roles(b, second)
    certificates.upload(b, "orders-2027", ago(60), ago(-300))
    certificates.upload(b, "www-legacy", ago(800), ago(70))
    take_report_before_the_last_user(b)


def policies(b: Builder) -> None:
    b.policy("app-deploy", allow(["ecs:UpdateService", "ecs:DescribeServices"], f"arn:aws:ecs:*:{b.id}:service/orders/*"), description="Deployment of the orders service")
    b.policy("legacy-admin", allow("*"), age=1200)
    b.policy("orphan-admin", allow("*"), age=900, description="Attached to nothing")
    b.policy("storage-all", allow("s3:*"))
    b.policy("pass-and-run", allow(["iam:PassRole", "ec2:RunInstances"]))
    b.policy("policy-versions", allow(["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"]))
    b.policy("invoke-any-api", allow("execute-api:Invoke", "arn:aws:execute-api:*:*:*"))
    b.policy("decrypt-any", allow(["kms:Decrypt", "kms:ReEncryptFrom"]))
    b.policy("all-but-iam", {"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"})
    b.policy("team-boundary", allow(["s3:*", "logs:*", "execute-api:*"]), {"Effect": "Deny", "Action": "iam:*", "Resource": "*"})
    b.policy("only-in-europe", {"Effect": "Deny", "NotAction": ["iam:*", "sts:*", "cloudfront:*"], "Resource": "*",
                                "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}}})  # fmt: skip


def providers(b: Builder) -> None:
    b.iam.create_open_id_connect_provider(Url=f"https://{GITHUB}", ClientIDList=["sts.amazonaws.com"], ThumbprintList=["6938fd4d98bab03faadb97b34396831e3780aea1"])
    b.saml("workforce")
    b.backend.open_id_providers[f"arn:aws:iam::{b.id}:oidc-provider/{GITHUB}"].create_date = ago(420)


def groups(b: Builder) -> None:
    b.group("admins", managed=("AdministratorAccess",))
    b.group("developers", managed=("app-deploy", "ReadOnlyAccess"))
    b.group("readers", managed=("ReadOnlyAccess",))
    b.group("billing", inline={"read-bills": document(allow(["ce:Get*", "cur:Describe*"]))})
    b.group("auditors", managed=("SecurityAudit",))


def people(b: Builder) -> None:
    """Users with a console password."""
    b.user("user-01", age=900, password=200, changed=80, signed_in=2, mfa="virtual", groups=("admins",), tags={"team": "platform"})
    b.user("user-02", age=700, password=300, changed=40, signed_in=1, mfa="hardware", groups=("developers",), tags={"team": "orders"})
    b.user("user-03", age=400, password=390, changed=100, signed_in=5, groups=("developers",))
    b.user("user-04", age=120, password=120, groups=("readers",))
    b.user("user-05", age=800, password=800, changed=300, signed_in=97, mfa="virtual", groups=("readers",))
    b.user("user-06", age=800, password=800, changed=350, signed_in=1, mfa="virtual", groups=("billing",))
    b.user("user-07", age=180, password=180, signed_in=3, mfa="virtual", groups=("developers",), keys=((180, None, True),))
    b.user("user-08", age=350, password=350, changed=20, signed_in=4, mfa="virtual", managed=("ReadOnlyAccess",))
    b.user("user-09", age=1000)
    b.user("user-10", age=650, password=90, signed_in=6, mfa="virtual", groups=("auditors",), keys=((500, 410, False),))
    b.user("user-11", age=220, password=220, changed=10, signed_in=0.5, mfa="virtual", groups=("developers",), managed=("AWSCloudShellFullAccess",))
    b.user("break-glass", age=1400, password=30, mfa="hardware", groups=("admins",), tags={"purpose": "emergency access"})


def machines(b: Builder) -> None:
    """Users with access keys only."""
    b.user("svc-billing", age=400, keys=((30, 0.2, True),), groups=("billing",))
    b.user("svc-reports", age=500, keys=((200, 0.5, True),), groups=("readers",))
    b.user("svc-export", age=60, keys=((60, None, True),), groups=("readers",))
    b.user("svc-import", age=200, keys=((200, None, True),), groups=("readers",))
    b.user("svc-legacy", age=1100, keys=((400, 3, True), (20, 1, True)), managed=("storage-all",))
    b.user("svc-archive", age=900, keys=((600, 500, False), (160, 120, True)), groups=("readers",))
    b.user("deploy-bot", age=300, keys=((10, 0.1, True),), inline={"deploy": document(allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]))})
    b.user("ci-deploy", age=300, keys=((85, 0.3, True),), managed=("app-deploy",), boundary=f"arn:aws:iam::{b.id}:policy/team-boundary")
    b.user("metrics-agent", age=250, keys=((89, 0.1, True),), groups=("readers",), path="/agents/")
    b.user("backup-agent", age=250, keys=((91, 46, True),), groups=("readers",), path="/agents/")


def roles(b: Builder, second: Builder) -> None:
    root = lambda account: {"AWS": f"arn:aws:iam::{account}:root"}  # noqa: E731
    oidc = {"Federated": f"arn:aws:iam::{b.id}:oidc-provider/{GITHUB}"}
    audience = {f"{GITHUB}:aud": "sts.amazonaws.com"}
    b.auditor()
    b.role("orders-task", trust({"Service": "ecs-tasks.amazonaws.com"}), inline={"read-queue": document(allow("sqs:ReceiveMessage", f"arn:aws:sqs:*:{b.id}:orders"))}, used=0.1, tags={"team": "orders"})
    b.role("orders-function", trust({"Service": "lambda.amazonaws.com"}), managed=("decrypt-any",), used=0.1)
    b.role("api-gateway-logs", trust({"Service": "apigateway.amazonaws.com"}), managed=("AmazonAPIGatewayPushToCloudWatchLogs",), used=1)
    b.role("trail-to-logs", trust({"Service": "cloudtrail.amazonaws.com"}), inline={"write": document(allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"arn:aws:logs:*:{b.id}:log-group:trail:*"))}, used=0.1)
    b.role("support", trust(root(b.id)), managed=("AWSSupportAccess",), used=100)
    b.role("github-deploy", trust(oidc, "sts:AssumeRoleWithWebIdentity", Condition={"StringEquals": {**audience, f"{GITHUB}:sub": "repo:example-org/orders:ref:refs/heads/main"}}), managed=("app-deploy",), used=0.2)
    b.role("github-any", trust(oidc, "sts:AssumeRoleWithWebIdentity", Condition={"StringEquals": audience}), managed=("pass-and-run", "policy-versions"), used=40)
    b.role("workforce-admin", trust({"Federated": f"arn:aws:iam::{b.id}:saml-provider/workforce"}, "sts:AssumeRoleWithSAML", Condition={"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}), managed=("AdministratorAccess",), used=2)
    b.role("vendor-monitoring", trust(root(VENDOR), Condition={"StringEquals": {"sts:ExternalId": "example-7f3a"}}), managed=("SecurityAudit",), used=0.3)
    b.role("vendor-legacy", trust(root(VENDOR)), managed=("legacy-admin",), used=210, age=1150)
    b.role("open-to-all", trust({"AWS": "*"}), managed=("invoke-any-api",), age=640)
    b.role("open-to-organization", trust({"AWS": "*"}, Condition={"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}), managed=("invoke-any-api",), used=9)
    b.role("sandbox-access", trust(root(second.id)), managed=("all-but-iam",), used=33)


def take_report_before_the_last_user(b: Builder) -> None:
    """One user is younger than the credential report."""
    from shim.iam_report import take_report

    take_report(b.settings, b.backend, ago(1 / 12))
    b.user("user-12", age=1 / 24, password=1 / 24, groups=("readers",))


def second(b: Builder, main_account: Builder) -> None:
    """A neglected sandbox: root with a key and no MFA, no password policy, an administrator without MFA."""
    b.root(mfa=None, created=ago(600), password_last_used=ago(3), access_keys=[
        {"active": True, "last_rotated": ago(580), "last_used": ago(15), "region": "us-east-1", "service": "s3"}])  # fmt: skip
    b.iam.create_account_alias(AccountAlias="example-sandbox")
    b.group("builders", managed=("PowerUserAccess",))
    b.user("user-21", age=300, password=300, changed=15, signed_in=1, mfa="virtual", groups=("builders",))
    b.user("user-22", age=500, password=500, changed=200, signed_in=20, managed=("AdministratorAccess",), keys=((500, 2, True), (450, 300, True)))
    b.user("svc-sync", age=310, keys=((300, 0.4, True),), inline={"sync": document(allow("s3:*", ["arn:aws:s3:::example-sync", "arn:aws:s3:::example-sync/*"]))})
    b.user("svc-idle", age=310, keys=((310, 280, False),), groups=("builders",))
    b.auditor()
    b.role("sandbox-function", trust({"Service": "lambda.amazonaws.com"}), inline={"everything": document(allow("*"))}, used=5)
    b.role("from-production", trust({"AWS": f"arn:aws:iam::{main_account.id}:root"}), managed=("ReadOnlyAccess",), used=70)
    certificates.upload(b, "sandbox", ago(300), ago(5))
