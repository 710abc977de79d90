"""Answers as bytes: what goes back over the socket, and AWS's error documents per protocol.

https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and the protocol pages of the
Smithy specification (awsQuery, ec2Query, awsJson1_1, restJson1, restXml).
"""

import json
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import cbor

XMLNS = {"iam": "https://iam.amazonaws.com/doc/2010-05-08/", "sts": "https://sts.amazonaws.com/doc/2011-06-15/"}
XML = "text/xml"


@dataclass
class Answer:
    """A response, and how its delivery is to go wrong, if it is."""

    status: int
    headers: dict[str, str]
    body: bytes
    delay_seconds: float = 0
    hang_seconds: float = 0
    reset: bool = False
    close_after: int | None = None  # announce the whole body, send so many bytes of it, then close
    fault: str | None = None
    extra: dict = field(default_factory=dict)


def error(operation, request_id: str, status: int, code: str, message: str) -> Answer:
    """The error document of the operation's protocol."""
    build = {"query": query_error, "ec2": ec2_error, "json": json_error, "rest-xml": s3_error, "cbor": cbor_error}
    return build.get(operation.protocol, rest_json_error)(operation, request_id, status, code, message)


def query_error(operation, request_id, status, code, message) -> Answer:
    fault = "Sender" if status < 500 else "Receiver"
    body = (
        f'<ErrorResponse xmlns="{XMLNS.get(operation.service, "")}">\n  <Error>\n    <Type>{fault}</Type>\n'
        f"    <Code>{escape(code)}</Code>\n    <Message>{escape(message)}</Message>\n  </Error>\n"
        f"  <RequestId>{request_id}</RequestId>\n</ErrorResponse>\n"
    )
    return Answer(status, {"Content-Type": XML}, body.encode())


def ec2_error(operation, request_id, status, code, message) -> Answer:
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>{escape(code)}</Code>'
        f"<Message>{escape(message)}</Message></Error></Errors><RequestID>{request_id}</RequestID></Response>"
    )
    return Answer(status, {"Content-Type": "text/xml;charset=UTF-8"}, body.encode())


def s3_error(operation, request_id, status, code, message) -> Answer:
    words = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    body = f"<Error>{words}<RequestId>{request_id}</RequestId></Error>"
    if operation.service in ("s3control", "cloudfront"):
        body = f"<ErrorResponse><Error>{words}</Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'
    return Answer(status, {"Content-Type": "application/xml"}, body.encode())


def json_error(operation, request_id, status, code, message) -> Answer:
    body = json.dumps({"__type": code, "message": message})
    return Answer(status, {"Content-Type": "application/x-amz-json-1.1"}, body.encode())


def cbor_error(operation, request_id, status, code, message) -> Answer:
    return Answer(status, {"Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}, cbor.error(code, message))


def rest_json_error(operation, request_id, status, code, message) -> Answer:
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": code}
    return Answer(status, headers, json.dumps({"message": message}).encode())


# What AWS says, per protocol: (status, code).
REFUSALS = {
    "access_denied": {"cbor": (403, "AccessDenied"), "query": (403, "AccessDenied"), "ec2": (403, "UnauthorizedOperation"), "rest-xml": (403, "AccessDenied"),
                      "json": (400, "AccessDeniedException"), "rest-json": (403, "AccessDeniedException")},
    "throttling": {"cbor": (400, "ThrottlingException"), "query": (400, "Throttling"), "ec2": (503, "RequestLimitExceeded"), "rest-xml": (503, "SlowDown"),
                   "json": (400, "ThrottlingException"), "rest-json": (429, "TooManyRequestsException")},
    "server_error": {"cbor": (500, "InternalServiceFault"), "query": (500, "ServiceFailure"), "ec2": (500, "InternalError"), "rest-xml": (500, "InternalError"),
                     "json": (500, "InternalFailure"), "rest-json": (500, "InternalFailure")},
    "unavailable": {"cbor": (503, "ServiceUnavailable"), "query": (503, "ServiceUnavailable"), "ec2": (503, "Unavailable"), "rest-xml": (503, "ServiceUnavailable"),
                    "json": (503, "ServiceUnavailable"), "rest-json": (503, "ServiceUnavailableException")},
    "expired_token": {"cbor": (403, "ExpiredToken"), "query": (403, "ExpiredToken"), "ec2": (400, "RequestExpired"), "rest-xml": (400, "ExpiredToken"),
                      "json": (400, "ExpiredTokenException"), "rest-json": (403, "ExpiredTokenException")},
    "invalid_token": {"cbor": (403, "InvalidClientTokenId"), "query": (403, "InvalidClientTokenId"), "ec2": (401, "AuthFailure"), "rest-xml": (403, "InvalidAccessKeyId"),
                      "json": (400, "UnrecognizedClientException"), "rest-json": (403, "UnrecognizedClientException")},
}  # fmt: skip
MESSAGES = {
    "throttling": "Rate exceeded",
    "server_error": "We encountered an internal error. Please try again.",
    "unavailable": "Service is unable to handle request.",
    "expired_token": "The security token included in the request is expired",
    "invalid_token": "The security token included in the request is invalid.",
}


def refusal(kind: str, operation, request_id: str, deny: str = "implicit", status=None, code=None, message=None) -> Answer:
    """A refusal of the kind in the operation's protocol; status, code and message may be overridden."""
    usual_status, usual_code = REFUSALS[kind].get(operation.protocol, REFUSALS[kind]["rest-json"])
    words = message or MESSAGES.get(kind) or denial(operation, deny)
    return error(operation, request_id, status or usual_status, code or usual_code, words)


def denial(operation, deny: str) -> str:
    """AWS's sentence about a denied action.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
    """
    why = {
        "implicit": f"because no identity-based policy allows the {operation.action} action",
        "explicit": "with an explicit deny in an identity-based policy",
        "scp": "with an explicit deny in a service control policy",
    }[deny]
    who = operation.principal.arn if operation.principal else "anonymous"
    return f"User: {who} is not authorized to perform: {operation.action} on resource: {operation.resource} {why}"
