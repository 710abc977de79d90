"""The demonstration: two accounts of one organization, three Regions, good and bad side by side, some reads denied.

The first account is the organization's management account and owns its trail; the second is a sandbox that sees
that trail as a shadow.
"""

from seeds import builder, demo_alerting, demo_apis, demo_compute, demo_data, demo_edge, demo_iam, demo_networks, demo_posture, demo_rest, demo_storage, demo_trails
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
    demo_data.main(main, keys, apis["orders-api"])
    demo_data.second(second)
    rest = demo_rest.main(main)
    demo_rest.second(second)
    demo_networks.main(main, second)
    demo_networks.second(second)
    partners = demo_edge.main(main)
    demo_edge.second(second)
    demo_compute.main(main, keys, apis)
    demo_compute.second(second)
    demo_posture.main(main, second)
    demo_posture.second(second)
    builder.GATE.faults.add(denied(main, second, trails["data-events"], apis["reports-api"], rest["ledger-rest"], keys["reports"], partners))
    return {"accounts": 2}


def denied(main: Builder, second: Builder, trail: str, api: str, rest: str, key: str, acl: str) -> list[dict]:
    """What the auditor's role may not read, so that the demonstration shows gaps."""
    refused = {"kind": "access_denied"}
    return [
        {"account": main.id, "region": "eu-central-1", "service": "securityhub", "operation": "DescribeHub", "answer": refused},
        {"account": main.id, "service": "cloudtrail", "operation": "GetTrailStatus", "match": trail.rsplit("/", 1)[-1], "answer": refused},
        {"account": main.id, "region": "eu-central-1", "service": "apigatewayv2", "operation": "GetRoutes", "match": f"/apis/{api}/", "answer": refused},
        {"account": main.id, "region": "eu-central-1", "service": "apigateway", "operation": "GetDeployment", "match": f"/restapis/{rest}/", "answer": refused},
        {"account": main.id, "service": "s3", "operation": "GetBucket[EP]*", "match": "example-payroll-exports", "answer": refused},
        {"account": main.id, "service": "kms", "operation": "GetKeyRotationStatus", "match": key.rsplit("/", 1)[-1], "answer": refused},
        {"account": second.id, "region": "eu-central-1", "service": "ec2", "operation": "DescribeFlowLogs", "answer": {**refused, "deny": "scp"}},
        {"account": main.id, "service": "wafv2", "operation": "GetWebACL", "match": acl.rsplit("/", 1)[-1], "answer": refused},
        {"account": main.id, "service": "lambda", "operation": "GetPolicy", "match": "/functions/refunds/", "answer": refused},
        {"account": main.id, "service": "sqs", "operation": "GetQueueAttributes", "match": "payroll-jobs", "answer": refused},
        {"account": main.id, "service": "dynamodb", "operation": "DescribeTable", "match": "quarterly-results", "answer": refused},
        {"account": second.id, "region": "eu-west-1", "service": "rds", "operation": "Describe*", "answer": {**refused, "deny": "scp"}},
        {"account": second.id, "region": "eu-west-1", "service": "kms", "operation": "ListKeys", "answer": {**refused, "deny": "scp"}},
        {"account": second.id, "service": "iam", "operation": "ListServerCertificates", "answer": {**refused, "deny": "scp"}},
    ]
