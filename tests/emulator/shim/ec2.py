"""EC2 DescribeRegions: which regions the account has enabled. Answered without moto's EC2, which is slow to load and comes with the
first other request.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
"""

from functools import cache
from urllib.parse import parse_qs

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.utilities.utils import get_partition

from accounts import ACCOUNTS, ALWAYS_ON
from operation import SCOPE

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">'


def install() -> None:
    dispatch = DomainDispatcherApplication.__call__

    def call(self, environ, start_response):
        scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        if scope and scope.group(3) == "ec2":
            asked = form_of(environ)
            if asked.get("Action") == ["DescribeRegions"]:
                start_response("200 OK", [("Content-Type", "text/xml;charset=UTF-8")])
                return [describe_regions(scope.group(1), scope.group(2), asked).encode()]
            from shim import ec2_networks

            ec2_networks.install()
        return dispatch(self, environ, start_response)

    DomainDispatcherApplication.__call__ = call


def form_of(environ: dict) -> dict[str, list[str]]:
    body = environ["wsgi.input"].read()
    environ["wsgi.input"].seek(0)
    return parse_qs(body.decode("utf-8", "replace"))


@cache
def known_regions(partition: str) -> tuple[str, ...]:
    return tuple(sorted(boto3.Session().get_available_regions("ec2", partition_name=partition)))


def describe_regions(access_key: str, region: str, asked: dict) -> str:
    account = ACCOUNTS.account(ACCOUNTS.principal(access_key).account)
    partition = get_partition(region)
    named = {v[0] for k, v in asked.items() if k.startswith("RegionName.")}
    everything = asked.get("AllRegions") == ["true"]
    items = []
    for name in known_regions(partition):
        status = opt_in_status(name, account, partition)
        if (everything or status != "not-opted-in") and (not named or name in named):
            items.append(f"<item><regionName>{name}</regionName><regionEndpoint>{endpoint(name, partition)}</regionEndpoint>"
                         f"<optInStatus>{status}</optInStatus></item>")  # fmt: skip
    return f"{HEAD}<requestId>x</requestId><regionInfo>{''.join(items)}</regionInfo></DescribeRegionsResponse>"


def opt_in_status(name: str, account, partition: str) -> str:
    if partition != "aws":
        return "opt-in-not-required"
    if name not in account.regions:
        return "not-opted-in"
    return "opt-in-not-required" if name in ALWAYS_ON else "opted-in"


def endpoint(name: str, partition: str) -> str:
    return f"ec2.{name}.amazonaws.com" + (".cn" if partition == "aws-cn" else "")
