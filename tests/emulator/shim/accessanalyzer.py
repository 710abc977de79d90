"""IAM Access Analyzer: analyzers and findings; missing in moto.

https://docs.aws.amazon.com/access-analyzer/latest/APIReference/ : API_ListAnalyzers, API_ListFindingsV2
"""

from shim.own import Question, Refused, answers


@answers("access-analyzer", "ListAnalyzers")
def list_analyzers(asked: Question) -> dict:
    analyzers = [analyzer["summary"] for analyzer in asked.kept.get("analyzers", [])]
    return asked.page("analyzers", sorted(analyzers, key=lambda one: one["name"]))


@answers("access-analyzer", "ListFindingsV2")
def list_findings_v2(asked: Question) -> dict:
    """Of the criteria only `status` with `eq` is known here."""
    owner = next((one for one in asked.kept.get("analyzers", []) if one["summary"]["arn"] == asked.get("analyzerArn")), None)
    if owner is None:
        raise Refused(404, "ResourceNotFoundException", "The specified analyzer does not exist.")
    wanted = asked.get("filter", {}).get("status", {}).get("eq")
    return asked.page("findings", [one for one in owner["findings"] if wanted is None or one["status"] in wanted])
