"""GuardDuty: the detector of a Region with all its features, of which moto keeps some.

https://docs.aws.amazon.com/guardduty/latest/APIReference/ : API_ListDetectors, API_GetDetector
"""

from shim.own import Question, Refused, answers


@answers("guardduty", "ListDetectors")
def list_detectors(asked: Question) -> dict:
    return asked.page("detectorIds", sorted(asked.kept.get("detectors", {})))


@answers("guardduty", "GetDetector")
def get_detector(asked: Question) -> dict:
    found = asked.kept.get("detectors", {}).get(asked.path.rsplit("/", 1)[-1])
    if found is None:
        raise Refused(400, "BadRequestException", "The request is rejected because the input detectorId is not owned by the current account.")
    return found
