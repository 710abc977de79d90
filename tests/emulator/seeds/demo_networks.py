"""The demonstration's networks and servers: one that is looked after, one that grew, and what AWS made and nobody looked at."""

from seeds.builder import Builder, allow
from seeds.demo_rest import VPCE
from seeds.networks import ANY, ANY6, Network, one_api, profile, rule

OFFICE = "192.0.2.0/24"


def main(b: Builder, other: Builder) -> None:
    profile(b, "orders-web", "orders-web")
    profile(b, "left-over", None)
    looked_after(b)
    grown(b, other)
    Network(b, "eu-central-1").encrypted()


def looked_after(b: Builder) -> None:
    network = Network(b, "us-east-1").tidy_default().encrypted()
    orders, data = (network.vpc(name, block).closed().logged().all_services() for name, block in (("orders", "10.10.0.0/16"), ("orders-data", "10.11.0.0/16")))
    orders.subnet("10.10.0.0/24")
    web = orders.group("orders-web", rule(443, ANY, ANY6), description="customers")
    orders.group("orders-admin", rule(22, OFFICE), description="from the office")
    orders.group("orders-vpn", rule(22, "pl-0a1b2c3d4e5f67890"), description="from the networks on the list")
    for number in range(2):
        orders.instance(f"orders-web-{number}", web, profile="orders-web", age=20 + number)
    orders.route(network.peer(orders, data), "10.11.4.0/24")


def grown(b: Builder, other: Builder) -> None:
    """The default VPC is as AWS made it, and the old network has one of every mistake."""
    network = Network(b, "eu-west-1")
    old = network.vpc("legacy", "10.20.0.0/16", ipv6=True).logged("ACCEPT")
    old.subnet("10.20.0.0/24")
    jump = old.group("jump-host", rule(22, ANY), rule(3389, ANY, protocol="udp"), description="temporary")
    everything = old.group("debug", rule(None, ANY6, protocol="-1"), description="delete after the release")
    old.group("files", rule((440, 450), ANY), description="file server, gone since 2023")
    old.instance("jump-host", jump, tokens="optional", age=1200)
    old.instance("report-server", everything, tokens="optional", profile="left-over", age=700)
    old.instance("mailer", jump, endpoint="disabled", tokens="optional", age=300)
    old.instance("build-agent", jump, tokens="optional", age=400, stopped=True)
    old.acl((90, "6", 22, "deny"), (91, "6", 3389, "deny"), (100, "6", (0, 65535), "allow"))
    old.endpoint("execute-api", one_api(network), known_as=VPCE)
    old.endpoint("execute-api")
    old.endpoint("s3", kind="Gateway")
    old.route(network.peer(old, Network(other, "eu-west-1").vpc("partner", "10.30.0.0/16")), "10.30.0.0/16")
    network.peer(old, network.vpc("trial", "10.40.0.0/16").logged(status="FAILED"), accepted=False)


def second(b: Builder) -> None:
    """A sandbox: AWS's default networks, and a server that somebody tried something on."""
    for region in b.settings.regions:
        Network(b, region)
    network = Network(b, "us-east-1")
    trial = network.vpc("trial", "10.50.0.0/16")
    trial.subnet("10.50.0.0/24")
    trial.instance("trial", trial.group("launch-wizard-1", rule(22, ANY), description="launch-wizard-1 created"), tokens="optional", age=90)
    own = {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}}
    trial.endpoint("execute-api", {"Version": "2012-10-17", "Statement": [allow("*", Principal="*", **own)]})
