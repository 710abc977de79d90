"""Every request's way: named, logged, refused if AWS would refuse it, spoiled if a fault says so, else answered.

moto is not thread-safe and holds the interpreter anyway, so one lock lets one request at a time into it; seeds
take the same lock, which keeps their ids deterministic. Hanging and delayed answers wait outside of it.
"""

import hashlib
import io
import re
import threading
import traceback
from collections import Counter
from urllib.parse import unquote_to_bytes

from botocore.model import OperationNotFoundError

from accounts import ACCOUNTS
from answer import Answer, error, refusal
from faults import Faults, answer_with
from operation import GLOBAL, Operation, identify
from shim import own

REQUEST_ID = re.compile(rb"<(RequestId|requestId|RequestID)>[^<]*</")


class Gate:
    """The emulator behind the socket."""

    def __init__(self, application) -> None:
        self.application = application
        self.faults = Faults()
        self.inside = threading.RLock()
        self.log_lock = threading.Lock()
        self.calls: list[dict] = []
        self.asked: Counter = Counter()

    def answer(self, method: str, target: str, headers, body: bytes) -> Answer:
        """The answer to one request of an AWS client."""
        path, _, query = target.partition("?")
        with self.inside:  # keys are looked up among moto's, which a reset may be taking apart
            operation = identify(method, path, query, headers, body)
        request_id = self._request_id(operation)
        noted = self._note(operation, request_id)
        try:
            given = self._decide(operation, request_id, method, target, headers, body)
        except (NotImplementedError, OperationNotFoundError):
            given = error(operation, request_id, 501, "NotInTheEmulator", f"The emulator does not know {operation.service}:{operation.name}.")
        except Exception:
            traceback.print_exc()
            given = refusal("server_error", operation, request_id)
        given.headers["x-amzn-RequestId"] = request_id
        noted |= {"status": None if given.reset or given.hang_seconds else given.status, "fault": given.fault}
        return given

    def _decide(self, operation: Operation, request_id: str, method, target, headers, body) -> Answer:
        def real() -> Answer:
            return self._refused(operation, request_id) or self._own(operation, request_id) or self._real(request_id, method, target, headers, body)

        rule = self.faults.claim(operation)
        return answer_with(rule, operation, request_id, real) if rule else real()

    def _refused(self, operation: Operation, request_id: str) -> Answer | None:
        """Unknown keys, and regions that the account has not enabled, are answered as AWS answers them."""
        if operation.principal is None:
            return refusal("invalid_token", operation, request_id)
        enabled = ACCOUNTS.account(operation.account).regions
        partition_known = not operation.region.startswith(("cn-", "us-gov-"))
        if operation.service not in GLOBAL and partition_known and operation.region not in enabled:
            return refusal("invalid_token", operation, request_id)
        return None

    def _own(self, operation: Operation, request_id: str) -> Answer | None:
        """What moto is not asked (`shim/own.py`)."""
        with self.inside:
            return own.answer(operation, request_id)

    def _real(self, request_id: str, method: str, target: str, headers, body: bytes) -> Answer:
        with self.inside:
            status, out, data = run_wsgi(self.application, environ_of(method, target, headers, body))
        data = REQUEST_ID.sub(rb"<\1>" + request_id.encode() + rb"</", data)
        return Answer(status, out, data)

    def _request_id(self, operation: Operation) -> str:
        """Stable for the n-th identical request, whatever else runs beside it."""
        key = f"{operation.account}/{operation.region}/{operation.service}/{operation.name}/{operation.text}"
        with self.log_lock:
            self.asked[key] += 1
            digest = hashlib.sha256(f"{key}#{self.asked[key]}".encode()).hexdigest()
        return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"

    def _note(self, operation: Operation, request_id: str) -> dict:
        """Logs a request as it comes in, so that one still waiting for its answer is neither unseen nor logged later."""
        call = {
            "service": operation.service,
            "operation": operation.name,
            "account": operation.account,
            "region": operation.region,
            "principal": operation.principal.arn if operation.principal else None,
            "status": None,
            "fault": None,
            "request_id": request_id,
            "method": operation.method,
            "path": operation.path,
            "query": operation.query,
            "body": operation.body.decode("utf-8", "replace") if len(operation.body) < 4096 else None,
        }
        with self.log_lock:
            self.calls.append(call)
        return call

    def calls_of(self, account: str | None) -> list[dict]:
        with self.log_lock:
            return [c for c in self.calls if account in (None, c["account"])]

    def reset(self, account: str | None) -> None:
        """Forgets one account (resources, settings, calls, faults), or everything."""
        from moto.core.base_backend import BackendDict

        with self.inside, self.log_lock:
            self.faults.clear(account)
            self.calls = [c for c in self.calls if account and c["account"] != account]
            self.asked = Counter({k: n for k, n in self.asked.items() if account and not k.startswith(account)})
            if account is None:
                BackendDict.reset()
                for known in list(ACCOUNTS.by_id):
                    ACCOUNTS.forget(known)
                return
            for backends in list(BackendDict._instances):
                if account in backends:
                    backends[account].reset()
                    del backends[account]
            ACCOUNTS.forget(account)


def environ_of(method: str, target: str, headers, body: bytes) -> dict:
    """A WSGI environment (PEP 3333)."""
    path, _, query = target.partition("?")
    environ = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query, "RAW_URI": target, "REQUEST_URI": target, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "wsgi.multithread": True,
        "wsgi.multiprocess": False, "wsgi.run_once": False, "CONTENT_LENGTH": str(len(body)), "HTTP_HOST": "localhost",
    }  # fmt: skip
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        if key in ("CONTENT_LENGTH", "TRANSFER_ENCODING"):
            continue
        environ["CONTENT_TYPE" if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return environ


def run_wsgi(application, environ: dict) -> tuple[int, dict[str, str], bytes]:
    started: dict = {}

    def start_response(status, headers, exc_info=None):
        started["status"], started["headers"] = int(status.split(" ", 1)[0]), headers

    chunks = application(environ, start_response)
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    dropped = ("content-length", "date", "server", "connection", "x-amzn-requestid", "x-amz-request-id")
    return started["status"], {k: v for k, v in started["headers"] if k.lower() not in dropped}, body
