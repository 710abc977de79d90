"""AWS Config: recorders and their status with ARN and mode, and the counts of what was discovered.

https://docs.aws.amazon.com/config/latest/APIReference/ : API_ConfigurationRecorder, API_ConfigurationRecorderStatus,
API_GetDiscoveredResourceCounts
"""

import hashlib
import json

from moto.config.models import ConfigBackend
from moto.config.responses import ConfigResponse

NOTHING = {"allSupported": True, "includeGlobalResourceTypes": False, "resourceTypes": [], "exclusionByResourceTypes": {"resourceTypes": []}}


def install() -> None:
    recorders, statuses = ConfigBackend.describe_configuration_recorders, ConfigBackend.describe_configuration_recorder_status
    ConfigBackend.describe_configuration_recorders = lambda self, names: [recorder(self, told) for told in recorders(self, names)]
    ConfigBackend.describe_configuration_recorder_status = lambda self, names: [status(self, told) for told in statuses(self, names)]
    ConfigResponse.get_discovered_resource_counts = get_discovered_resource_counts


def arn(backend, name: str) -> str:
    digest = hashlib.sha256(f"{backend.account_id}/{backend.region_name}/{name}".encode()).hexdigest()[:16]
    return f"arn:{backend.partition}:config:{backend.region_name}:{backend.account_id}:configuration-recorder/{name}/{digest}"


def recorder(backend, told: dict) -> dict:
    group = {**NOTHING, **(told.get("recordingGroup") or {})}
    group.setdefault("recordingStrategy", {"useOnly": "ALL_SUPPORTED_RESOURCE_TYPES" if group["allSupported"] else "INCLUSION_BY_RESOURCE_TYPES"})
    mode = {"recordingFrequency": "CONTINUOUS", "recordingModeOverrides": []}
    told.pop("status", None)
    return {"arn": arn(backend, told["name"]), **told, "recordingGroup": group, "recordingMode": mode, "recordingScope": "PAID"}


def status(backend, told: dict) -> dict:
    return {"arn": arn(backend, told["name"]), **{k: v for k, v in told.items() if v is not None}}


def get_discovered_resource_counts(self) -> str:
    """Counts of what the Region's recorder records; none where it is off, and no type that it does not record."""
    backend = self.config_backend
    recording = [r for r in backend.recorders.values() if r.status.recording]
    counts = discovered(backend.account_id, backend.region_name) if recording else {}
    asked = self._get_param("resourceTypes")
    told = [{"resourceType": kind, "count": count} for kind, count in sorted(counts.items()) if count and (not asked or kind in asked)]
    return json.dumps({"totalDiscoveredResources": sum(one["count"] for one in told), "resourceCounts": told})


def discovered(account: str, region: str) -> dict[str, int]:
    from moto.apigateway.models import apigateway_backends
    from moto.apigatewayv2.models import apigatewayv2_backends
    from moto.s3.models import s3_backends

    from accounts import ACCOUNTS

    counts = {
        "AWS::ApiGateway::RestApi": len(apigateway_backends[account][region].apis),
        "AWS::ApiGatewayV2::Api": len(apigatewayv2_backends[account][region].apis),
        "AWS::S3::Bucket": sum(bucket.region_name == region for bucket in s3_backends[account]["aws"].buckets.values()),
    }
    return {kind: count + ACCOUNTS.account(account).miscounted.get(f"{region}/{kind}", 0) for kind, count in counts.items()}
