"""Amazon Inspector: the status of the account by kind of scan, and findings.

https://docs.aws.amazon.com/inspector/v2/APIReference/ : API_BatchGetAccountStatus, API_ListFindings
"""

from shim.own import Question, answers

KINDS = ("ec2", "ecr", "lambda", "lambdaCode", "codeRepository")


@answers("inspector2", "BatchGetAccountStatus")
def batch_get_account_status(asked: Question) -> dict:
    """Only the own account may be asked about here; of every other one AWS says that access is denied."""
    on = asked.kept.get("status", {})
    own = {"accountId": asked.account, "state": state("ENABLED" if "ENABLED" in on.values() else "DISABLED"),
           "resourceState": {kind: state(on.get(kind, "DISABLED")) for kind in KINDS}}  # fmt: skip
    others = [account for account in asked.get("accountIds") or [asked.account] if account != asked.account]
    failed = [{"accountId": account, "errorCode": "ACCESS_DENIED", "errorMessage": "Access denied"} for account in others]
    return {"accounts": [own] if len(others) < len(asked.get("accountIds") or [asked.account]) else [], "failedAccounts": failed}


def state(status: str) -> dict:
    return {"status": status, "errorCode": None, "errorMessage": None}


@answers("inspector2", "ListFindings")
def list_findings(asked: Question) -> dict:
    """Of the criteria those with `EQUALS` about status, severity and account are known here."""
    criteria = asked.get("filterCriteria", {})
    members = {"findingStatus": "status", "severity": "severity", "awsAccountId": "awsAccountId"}

    def wanted(finding: dict) -> bool:
        return all(finding[member] in [one["value"] for one in criteria[name]] for name, member in members.items() if name in criteria)

    return asked.page("findings", [finding for finding in asked.kept.get("findings", []) if wanted(finding)])
