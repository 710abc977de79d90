"""The demonstration: two accounts of one organization, three Regions, good and bad side by side, some reads denied.

The first account is the organization's management account and owns its trail; the second is a sandbox that sees
that trail as a shadow.
"""

from seeds import builder, demo_alerting, demo_apis, demo_iam, demo_rest, demo_storage, demo_trails
from seeds.builder import Builder


def seed(main: Builder, second: Builder, _options: dict) -> dict:
    organization = {"id": "o-exampleorgid", "management": main.id, "features": ["RootCredentialsManagement"]}
    main.settings.organization = second.settings.organization = organization
    demo_iam.main(main, second)
    demo_iam.second(second, main)
    trails = demo_trails.main(main)
    demo_trails.second(second)
    demo_alerting.main(main)
    demo_alerting.second(second)
    keys = demo_storage.main(main)
    demo_storage.second(second)
    apis = demo_apis.main(main)
    demo_apis.second(second)
    rest = demo_rest.main(main)
    demo_rest.second(second)
    builder.GATE.faults.add(denied(main, second, trails["data-events"], apis["reports-api"], rest["ledger-rest"], keys["reports"]))
    return {"accounts": 2}


def denied(main: Builder, second: Builder, trail: str, api: str, rest: str, key: str) -> list[dict]:
    """What the auditor's role may not read, so that the demonstration shows gaps."""
    refused = {"kind": "access_denied"}
    return [
        {"account": main.id, "service": "cloudtrail", "operation": "GetTrailStatus", "match": trail.rsplit("/", 1)[-1], "answer": refused},
        {"account": main.id, "region": "eu-central-1", "service": "apigatewayv2", "operation": "GetRoutes", "match": f"/apis/{api}/", "answer": refused},
        {"account": main.id, "region": "eu-central-1", "service": "apigateway", "operation": "GetDeployment", "match": f"/restapis/{rest}/", "answer": refused},
        {"account": main.id, "service": "s3", "operation": "GetBucket[EP]*", "match": "example-payroll-exports", "answer": refused},
        {"account": main.id, "service": "kms", "operation": "GetKeyRotationStatus", "match": key.rsplit("/", 1)[-1], "answer": refused},
        {"account": second.id, "region": "eu-west-1", "service": "kms", "operation": "ListKeys", "answer": {**refused, "deny": "scp"}},
        {"account": second.id, "service": "iam", "operation": "ListServerCertificates", "answer": {**refused, "deny": "scp"}},
    ]
