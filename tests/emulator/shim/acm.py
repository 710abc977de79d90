"""Certificate Manager: certificates as records with dates and key types of every kind, and pages. moto would make a real certificate
for each, with the dates and keys of the moment.

https://docs.aws.amazon.com/acm/latest/APIReference/ : API_ListCertificates, API_DescribeCertificate, API_CertificateDetail,
API_CertificateSummary, API_Filters
"""

import base64
import json

from moto.acm.responses import AWSCertificateManagerResponse
from moto.core.exceptions import JsonRESTError

from accounts import ACCOUNTS

# The key types that are listed where none is asked for.
USUAL = ("RSA_1024", "RSA_2048")


class NotFound(JsonRESTError):
    code = 400

    def __init__(self, arn: str) -> None:
        super().__init__("ResourceNotFoundException", f"Could not find certificate {arn}.")


class InvalidToken(JsonRESTError):
    code = 400

    def __init__(self) -> None:
        super().__init__("ValidationException", "Invalid NextToken")


def install() -> None:
    AWSCertificateManagerResponse.list_certificates = list_certificates
    AWSCertificateManagerResponse.describe_certificate = describe_certificate


def certificates_of(backend) -> dict:
    """Members of CertificateDetail by ARN."""
    return backend.__dict__.setdefault("kept_certificates", {})


def list_certificates(self):
    wanted = (self._get_param("Includes") or {}).get("keyTypes") or USUAL
    told = [summary(c) for _, c in sorted(certificates_of(self.acm_backend).items()) if c["KeyAlgorithm"].replace("-", "_") in wanted]
    token, limit = self._get_param("NextToken"), int(self._get_param("MaxItems") or 100)
    limit = ACCOUNTS.account(self.current_account).page_size("ListCertificates", limit)
    try:
        start = int(base64.b64decode(token)) if token else 0
    except ValueError:
        raise InvalidToken from None
    more = {"NextToken": base64.b64encode(str(start + limit).encode()).decode()} if start + limit < len(told) else {}
    return json.dumps({"CertificateSummaryList": told[start : start + limit], **more})


def summary(certificate: dict) -> dict:
    shown = ("CertificateArn", "DomainName", "Status", "Type", "KeyAlgorithm", "RenewalEligibility", "NotBefore", "NotAfter")
    told = {name: certificate[name] for name in shown if certificate.get(name) is not None}
    names = certificate["SubjectAlternativeNames"]
    return {**told, "InUse": bool(certificate["InUseBy"]), "SubjectAlternativeNameSummaries": names, "HasAdditionalSubjectAlternativeNames": False}


def describe_certificate(self):
    arn = self._get_param("CertificateArn")
    kept = certificates_of(self.acm_backend).get(arn)
    if kept is None:
        raise NotFound(arn)
    return json.dumps({"Certificate": {k: v for k, v in kept.items() if v is not None}})
