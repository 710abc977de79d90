"""The AWS emulator: moto, mended by `shim/`, over HTTP/1.1 with keep-alive on one loopback port.

Prints one line of JSON (`{"port": …, "endpoint": …}`) when it is ready. Ends when its standard input closes,
so it dies with whoever started it, or on SIGTERM. With `--detached` only SIGTERM ends it. Not a server for
anything but tests: it checks no signature and evaluates no policy.
"""

import argparse
import gc
import json
import os
import signal
import socket
import struct
import sys
import threading
import time
import warnings
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.dont_write_bytecode = True
warnings.filterwarnings("ignore", message=".*does not match an error shape.*")  # AccessDenied is in no model
os.environ["TZ"] = "UTC"
time.tzset()
os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "true"
for name in [n for n in os.environ if n.startswith(("AWS_", "BOTO_"))]:
    del os.environ[name]  # the seeds' clients must not see the user's profiles

from moto.moto_api._internal import mock_random  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402

import shim  # noqa: E402
from admin import PREFIX, Admin  # noqa: E402
from answer import Answer  # noqa: E402
from cbor import Front  # noqa: E402
from gate import Gate  # noqa: E402
from seeds import run_seed, use_gate  # noqa: E402


class Handler(BaseHTTPRequestHandler):
    """One connection; answers requests until the client goes away."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    gate: Gate
    admin: Admin

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline:
            self.close_connection = True
            return
        if not self.parse_request():
            return
        body = self._body()
        if self.path.startswith(PREFIX):
            self._send(self.admin.answer(self.command, self.path, body))
        else:
            self._send(self.gate.answer(self.command, self.path, self.headers, body))

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _send(self, answer: Answer) -> None:
        if answer.delay_seconds:
            time.sleep(answer.delay_seconds)
        if answer.hang_seconds:
            self._wait_for_client(answer.hang_seconds)
            return
        if answer.reset:
            self._reset()
            return
        self.wfile.write(head_of(answer, self.command))
        if self.command != "HEAD":
            self.wfile.write(answer.body if answer.close_after is None else answer.body[: answer.close_after])
        self.wfile.flush()
        self.close_connection = self.close_connection or answer.close_after is not None

    def _wait_for_client(self, seconds: float) -> None:
        """Says nothing until the client gives up or the time is over."""
        self.close_connection = True
        self.connection.settimeout(seconds)
        try:
            self.connection.recv(1)
        except OSError:
            pass

    def _reset(self) -> None:
        """Closes with a TCP reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, *args) -> None:
        pass


def head_of(answer: Answer, method: str) -> bytes:
    headers = {"Date": formatdate(usegmt=True), **answer.headers}
    if not (answer.status in (204, 304) or answer.status < 200):
        headers["Content-Length"] = str(len(answer.body))
    lines = [f"HTTP/1.1 {answer.status} {BaseHTTPRequestHandler.responses.get(answer.status, ('',))[0]}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


class Server(ThreadingHTTPServer):
    """Many connections, none of which keeps the process alive."""

    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request, client_address) -> None:
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


def create_app(service: str | None):
    """moto's application of one service; its first use must not shift the ids of what a seed makes."""
    if service is None:
        raise NotImplementedError("a service that moto does not have")
    state = mock_random.getstate()
    app = create_backend_app(service)
    mock_random.setstate(state)
    return app


def end_with_stdin() -> None:
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--detached", action="store_true", help="outlive standard input; end it with SIGTERM")
    asked = parser.parse_args()
    shim.install()
    Handler.gate = Gate(Front(DomainDispatcherApplication(create_app)))
    Handler.admin = Admin(Handler.gate, run_seed)
    use_gate(Handler.gate)
    # What was loaded stays, and what moto keeps is large: looking through all of it again and again takes more time than answering.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    server = Server(("127.0.0.1", asked.port), Handler)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    if not asked.detached:
        threading.Thread(target=end_with_stdin, daemon=True).start()
    port = server.server_address[1]
    print(json.dumps({"port": port, "endpoint": f"http://127.0.0.1:{port}"}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
