"""Measures one binary: live on generated accounts, then from the recording of a large one. Prints each figure beside its goal."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

BINARY, USERS = sys.argv[1], int(sys.argv[2])
ALL = ["cis", "pci-dss", "nist-800-53"]
# Goals were set for these services. Each account is built twice: by the controls of these services alone, and by all controls.
SPINE = ("iam-", "cloudtrail-", "apigateway-")
NAMED = (*SPINE, "s3-", "kms-", "config-")
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


def run(what, arguments, folder, env, goals):
    """Runs the binary and prints its CPU seconds and peak resident memory beside their goals."""
    began = time.monotonic()
    child = subprocess.Popen([BINARY, *arguments], cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaint = child.stderr.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 4):
        sys.exit(f"{what}: exit {code}\n{complaint}")
    print(f"{what}: exit {code}")
    line("CPU", usage.ru_utime + usage.ru_stime, goals.get("cpu"), " s")
    line("wall", wall, goals.get("wall"), " s")
    line("peak memory", usage.ru_maxrss / 1024, goals.get("memory"), " MB")


def line(what, value, goal, unit=""):
    said = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    against = "" if goal is None else f"   goal {goal:,}{unit}: {'held' if value <= goal else 'MISSED'}"
    print(f"  {what}: {said}{unit}{against}", flush=True)


def seeded(endpoint, **options):
    """An account of this size, and nothing that was there before."""
    ask(endpoint, "POST", "reset")
    query = "".join(f"&{name}={value}" for name, value in options.items())
    account = ask(endpoint, "POST", f"seed?name=large{query}")["accounts"][0]
    ask(endpoint, "POST", "calls/forget")
    return account


def overlay(folder, controls):
    """A folder for `--controls`: the frameworks without what they ask of other controls than those whose ids begin so."""
    out = folder / ("only-" + "".join(controls)) / "frameworks"
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted((HERE / "controls/frameworks").glob("*.toml")):
        kept, dropped = [], False
        for part in re.split(r"(?m)^(?=\[)", path.read_text()):
            asks = re.match(r"\[\[item\.\w+\]\]\ncontrol = \"(.*)\"", part)
            # A table below a dropped one (its parameters) goes with it.
            dropped = not asks[1].startswith(controls) if asks else dropped and part.startswith("[item.")
            kept += [] if dropped else [part]
        (out / path.name).write_text("".join(kept))
    return out.parent


def live(endpoint, folder, name, frameworks, size, controls, goals):
    """Live builds of a generated account: by the controls that the goals were set for, and by all."""
    account = seeded(endpoint, **size)
    asked = [word for framework in frameworks for word in ("-f", framework)]
    print(f"account of {', '.join(f'{count} {what}' for what, count in size.items())}")
    for what, more in [(f"controls {'*, '.join(controls)}*", ["--controls", overlay(folder, controls)]), ("all controls", [])]:
        ask(endpoint, "POST", "calls/forget")
        out = f"{name}-{len(more)}"
        run(f"live build of {', '.join(frameworks)}, {what}", ["build", "-q", *asked, *more, "--out", out], folder, environment(endpoint, account), goals)
        line("calls", len(ask(endpoint, "GET", "calls?account=" + account["account"])["calls"]), goals["calls"])


def from_recording(endpoint, folder):
    """A recording of a large account, built without a connection; every size that a page may have."""
    account = seeded(endpoint, users=USERS, apis=20, routes=USERS // 20)
    env, asked = environment(endpoint, account), ["-f", "cis", "-f", "api-gateway"]
    run(f"collect: {USERS} users, keys and routes", ["collect", "-q", *asked, "--out", "recording"], folder, env, {})
    run("build from that recording, no connection", ["build", "-q", *asked, "--from", "recording", "--out", "large"], folder, env, {"wall": 10, "memory": 512})
    pack = folder / "large"
    populations = json.loads((pack / "assessment.json").read_bytes())["populations"]
    line("resources", sum(population["count"] for population in populations), None)
    line("verdicts", (pack / "verdicts.jsonl").read_bytes().count(b"\n"), None)
    largest = max(pack.rglob("*.html"), key=lambda page: page.stat().st_size)
    for path, goal in [(pack / "index.html", 1_000_000), (largest, 2_000_000), (pack / "ticket.md", 30_000)]:
        line(str(path.relative_to(pack)), path.stat().st_size, goal, " B")


def main():
    process, endpoint = start()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for regions in (1, 3):
                spine = dict(users=20, roles=10, trails=4, apis=4, routes=5, regions=regions)
                small = dict(**spine, rest_apis=6, buckets=16, keys=10)
                live(endpoint, folder, f"spine-{regions}", ["cis"], spine, SPINE, dict(calls=100, cpu=0.5, memory=64))
                live(endpoint, folder, f"small-{regions}", ALL, small, NAMED, dict(calls=260, cpu=1, memory=64))
            live(endpoint, folder, "medium", ALL, dict(users=500, roles=50, trails=4, apis=20, routes=10, rest_apis=200, methods=10, buckets=500, keys=300, regions=4),
                 NAMED, dict(calls=5000, cpu=3, memory=110))  # fmt: skip
            from_recording(endpoint, folder)
    finally:
        process.stdin.close()
        process.wait()


main()
