"""Measures one binary: live on a small account, then from the recording of a large one. Prints one line per measurement."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

BINARY, USERS = sys.argv[1], int(sys.argv[2])
HERE = pathlib.Path(__file__).resolve().parent.parent


def start():
    """The emulator, and its endpoint; it ends when its standard input closes."""
    process = subprocess.Popen(
        [sys.executable, HERE / "tests/emulator/server.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    return process, json.loads(process.stdout.readline())["endpoint"]


def ask(endpoint, method, path):
    request = urllib.request.Request(f"{endpoint}/_evidence/{path}", method=method)
    with urllib.request.urlopen(request, timeout=600) as answer:
        return json.load(answer)


def environment(endpoint, account):
    """No credentials but those of the emulated account."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ACCESS_KEY_ID": account["access_key_id"],
        "AWS_SECRET_ACCESS_KEY": account["secret_access_key"],
        "AWS_SESSION_TOKEN": account["session_token"],
    }


def measure(what, arguments, folder, env):
    """Runs the binary and prints its CPU seconds and peak resident memory."""
    child = subprocess.Popen([BINARY, *arguments], cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaint = child.stderr.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 4):
        sys.exit(f"{what}: exit {code}\n{complaint}")
    cpu = usage.ru_utime + usage.ru_stime
    print(f"{what}: {cpu:.2f} s CPU, {usage.ru_maxrss / 1024:.0f} MB peak, exit {code}", flush=True)


def size(path):
    return f"{path.name} {path.stat().st_size:,} B"


def main():
    process, endpoint = start()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            small = ask(endpoint, "POST", "seed?name=demo")["accounts"][0]
            ask(endpoint, "POST", "calls/forget")
            measure("live build, CIS, one account", ["build", "-q", "-f", "cis", "--out", "small"], folder, environment(endpoint, small))
            print(f"  calls: {len(ask(endpoint, 'GET', 'calls?account=' + small['account']))}")
            ask(endpoint, "POST", "reset")
            options = f"users={USERS}&apis=20&routes={USERS // 20}"
            large = ask(endpoint, "POST", f"seed?name=large&{options}")["accounts"][0]
            env = environment(endpoint, large)
            frameworks = ["-f", "cis", "-f", "api-gateway"]
            measure(f"collect, {USERS} users, keys and routes", ["collect", "-q", *frameworks, "--out", "recording"], folder, env)
            measure("build from that recording, no network", ["build", "-q", *frameworks, "--from", "recording", "--out", "large"], folder, env)
            pack = folder / "large"
            lines = (pack / "verdicts.jsonl").read_bytes().count(b"\n")
            pages = max(pack.rglob("*.html"), key=lambda page: page.stat().st_size)
            print(f"  {lines:,} verdicts; {size(pack / 'index.html')}; {size(pack / 'ticket.md')}; largest page {size(pages)}")
    finally:
        process.stdin.close()
        process.wait()


main()
