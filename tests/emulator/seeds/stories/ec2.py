"""Networks and instances."""

from seeds.builder import Builder
from seeds.networks import ANY, ANY6, EVERYTHING, Network, Vpc, one_api, profile, rule

US, EU = "us-east-1", "eu-west-1"


def bare(b: Builder) -> Network:
    """Both Regions in order and without a default VPC of AWS's left open; the European one to build in."""
    for region in (US, EU):
        Network(b, region).tidy_default().encrypted()
    return Network(b, EU)


def groups(main: Builder, _second: Builder) -> None:
    """Every way in which a group opens a port, and some that only look like one. Only the first is attached to anything."""
    vpc = bare(main).vpc("apps", "10.1.0.0/16").closed().logged()
    vpc.subnet("10.1.0.0/24")
    vpc.instance("server", vpc.group("ssh", rule(22, ANY)))
    vpc.group("all-traffic", rule(None, ANY, protocol="-1"))
    vpc.group("all-traffic-ipv6", rule(None, ANY6, protocol="-1"))
    vpc.group("range", rule((1, 65535), ANY))
    vpc.group("ssh-ipv6", rule(22, ANY6))
    vpc.group("rdp-udp", rule(3389, ANY, protocol="udp"))
    vpc.group("cifs", rule((440, 450), ANY))
    vpc.group("halves", rule(22, "0.0.0.0/1", "128.0.0.0/1"))
    vpc.group("list", rule(22, "pl-0a1b2c3d4e5f67890"))
    vpc.group("web", rule(443, ANY, ANY6), rule((8, -1), ANY, protocol="icmp"))
    vpc.group("beside", rule((23, 3388), "203.0.113.0/24"), rule(22, "10.0.0.0/8"))
    peers = vpc.group("peers")
    vpc.ec2.authorize_security_group_ingress(GroupId=peers, IpPermissions=[rule(None, peers, protocol="-1")])


def acls(main: Builder, _second: Builder) -> None:
    """ACLs whose order decides. The default one of the VPC is as AWS makes it."""
    vpc = bare(main).vpc("apps", "10.1.0.0/16").logged()
    vpc.default_group.ingress_rules.clear()
    vpc.default_group.egress_rules.clear()
    allow_all = (100, "-1", None, "allow")
    for name, entries in {
        "denied-before": ((10, "6", 22, "deny"), (11, "6", 3389, "deny"), (12, "17", 22, "deny"), (13, "17", 3389, "deny"), allow_all),
        "denied-after": (allow_all, (200, "6", 22, "deny"), (201, "6", 3389, "deny")),
        "denied-in-part": ((10, "-1", None, "deny", "10.0.0.0/8"), allow_all),
        "answers": ((100, "6", 443, "allow"), (110, "6", (1024, 65535), "allow")),
        "high-answers": ((100, "6", 443, "allow"), (110, "6", (32768, 65535), "allow")),
        "ipv6": ((100, "6", 22, "allow", ANY6),),
        "ping": ((100, "6", 443, "allow"), (110, "1", None, "allow")),
    }.items():
        made = vpc.acl(*entries)
        vpc.ec2.create_tags(Resources=[made], Tags=[{"Key": "Name", "Value": name}])


def unused(main: Builder, _second: Builder) -> None:
    """What nothing uses: a VPC without flow logs, with a group that is open and attached to nothing."""
    vpc = bare(main).vpc("forgotten", "10.9.0.0/16").closed()
    vpc.group("forgotten", EVERYTHING)


def all_good(main: Builder, _second: Builder) -> None:
    """Everything in order, with one of each."""
    network = bare(main)
    profile(main, "web", "web")
    apps, data = network.vpc("apps", "10.1.0.0/16").closed().logged(), network.vpc("data", "10.2.0.0/16").closed().logged("REJECT")
    apps.subnet("10.1.0.0/24")
    apps.instance("server", apps.group("web", rule(443, ANY)), profile="web")
    apps.route(network.peer(apps, data), "10.2.4.0/24")
    apps.all_services()


def all_bad(main: Builder, _second: Builder) -> None:
    """One of each, and each of them wrong. AWS's default VPC stands in both Regions as it came."""
    network = Network(main, EU)
    Network(main, US)
    profile(main, "empty", None)
    apps, data = network.vpc("apps", "10.1.0.0/16"), network.vpc("data", "10.2.0.0/16")
    apps.subnet("10.1.0.0/24")
    group = apps.group("open", rule(None, ANY, ANY6, protocol="-1"))
    apps.instance("keys-on-disk", group, tokens="optional")
    apps.instance("empty-profile", group, tokens="optional", profile="empty")
    apps.instance("asleep", group, tokens="optional", stopped=True)
    apps.instance("deaf", group, tokens="optional", endpoint="disabled", profile="empty")
    apps.logged("ACCEPT")
    data.logged("ALL", status="FAILED")
    apps.subnet("10.1.1.0/24")
    apps.logged("ALL", of=apps.subnets[0])
    apps.route(network.peer(apps, data), "10.2.0.0/16")
    network.peer(data, apps, accepted=False)
    apps.endpoint("execute-api")
    data.endpoint("execute-api", one_api(network))


def nothing(main: Builder, _second: Builder) -> None:
    """Regions from which somebody took even the default VPC."""
    for region in (US, EU):
        network = Network(main, region)
        empty(network)


def empty(network: Network) -> None:
    """Takes the default VPC away, with what is in it."""
    vpc, kept = Vpc(network, network.default.id), network.kept
    for subnet in [s for zone in kept.subnets.values() for s in list(zone.values()) if s.vpc_id == vpc.id]:
        network.ec2.delete_subnet(SubnetId=subnet.id)
    kept.network_acls.pop(vpc.default_acl.id)
    kept.groups.pop(vpc.id)
    for table in [t for t in list(kept.route_tables.values()) if t.vpc_id == vpc.id]:
        kept.route_tables.pop(table.id)
    kept.vpcs.pop(vpc.id)
