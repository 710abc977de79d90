"""Smithy's RPC v2 with CBOR in front of moto, which speaks only the older protocols of such services.

A request in CBOR becomes one in JSON, as AWS documents both for the same operation, and moto's answer in JSON becomes CBOR by botocore's
model of the output: https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
"""

import io
import json
import re
from datetime import UTC, datetime
from functools import cache

import botocore.session
from botocore.parsers import RpcV2CBORParser
from botocore.serialize import RpcV2CBORSerializer

PATH = re.compile(r"^/service/([^/]+)/operation/([^/]+)$")
# Services by the name of their shape in the path.
SERVICES = {"GraniteServiceVersion20100801": "cloudwatch"}
TYPE = "application/cbor"


class Front:
    """A WSGI application before moto's."""

    def __init__(self, application) -> None:
        self.application = application

    def __call__(self, environ: dict, start_response):
        found = PATH.match(environ["PATH_INFO"])
        if not found or not environ.get("CONTENT_TYPE", "").startswith(TYPE):
            return self.application(environ, start_response)
        target, name = found.groups()
        body = json.dumps(decoded(environ["wsgi.input"].read()), default=str).encode()
        status, headers, answer = self._ask({
            **environ, "PATH_INFO": "/", "RAW_URI": "/", "REQUEST_URI": "/", "CONTENT_TYPE": "application/x-amz-json-1.0",
            "HTTP_X_AMZ_TARGET": f"{target}.{name}", "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)})  # fmt: skip
        told = json.loads(answer or b"{}")
        shape = operation(SERVICES[target], name).output_shape
        good = status.startswith("2")
        encoded = encode(shaped(told, shape), shape) if good and shape else error(str(told.get("__type", "")), str(told.get("message", told.get("Message", ""))))
        kept = [(key, value) for key, value in headers if key.lower() not in ("content-type", "content-length")]
        start_response(status, [*kept, ("Content-Type", TYPE), ("smithy-protocol", "rpc-v2-cbor"), ("Content-Length", str(len(encoded)))])
        return [encoded]

    def _ask(self, environ: dict) -> tuple[str, list, bytes]:
        started: dict = {}

        def start_response(status, headers, exc_info=None):
            started["status"], started["headers"] = status, headers

        body = b"".join(self.application(environ, start_response))
        return started["status"], started["headers"], body


@cache
def operation(service: str, name: str):
    return botocore.session.get_session().get_service_model(service).operation_model(name)


def decoded(body: bytes):
    parser = RpcV2CBORParser()
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body)) if body else {}


def encode(value, shape) -> bytes:
    out = bytearray()
    RpcV2CBORSerializer()._serialize_data_item(out, value, shape)
    return bytes(out)


def error(code: str, message: str) -> bytes:
    """An error document: a map of two texts."""
    return b"\xa2" + text("__type") + text(code) + text("message") + text(message)


def text(value: str) -> bytes:
    raw = value.encode()
    head = bytes([0x60 + len(raw)]) if len(raw) < 24 else b"\x79" + len(raw).to_bytes(2, "big")
    return head + raw


def shaped(value, shape):
    """A value of moto's JSON as the model's shape has it: what the model does not know is left out, instants are instants."""
    kind = shape.type_name
    if kind == "structure":
        return {k: shaped(v, shape.members[k]) for k, v in value.items() if k in shape.members and v is not None}
    if kind == "list":
        return [shaped(one, shape.member) for one in value]
    if kind == "map":
        return {k: shaped(v, shape.value) for k, v in value.items()}
    if kind == "timestamp":
        return datetime.fromisoformat(value.replace("Z", "+00:00")) if isinstance(value, str) else datetime.fromtimestamp(value, UTC)
    if kind in ("double", "float"):
        return float(value)
    return value
