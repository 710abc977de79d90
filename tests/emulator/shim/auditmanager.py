"""Audit Manager: status and assessments; missing in moto. Where it was never set up, AWS denies everything but the status.

https://docs.aws.amazon.com/audit-manager/latest/APIReference/ : API_GetAccountStatus, API_ListAssessments
"""

from shim.own import Question, Refused, answers


@answers("auditmanager", "GetAccountStatus")
def get_account_status(asked: Question) -> dict:
    return {"status": "ACTIVE" if "assessments" in asked.kept else "INACTIVE"}


@answers("auditmanager", "ListAssessments")
def list_assessments(asked: Question) -> dict:
    if "assessments" not in asked.kept:
        raise Refused(403, "AccessDeniedException", "Please complete AWS Audit Manager setup from home page to enable this action in this account.")
    return asked.page("assessmentMetadata", asked.kept["assessments"])
