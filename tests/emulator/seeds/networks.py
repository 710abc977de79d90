"""Tools of the seeds for EC2: VPCs, groups, ACLs, instances, peering connections, endpoints, and the Region's settings."""

import json

from seeds.builder import Builder, ago, allow, document, trust

ANY, ANY6 = "0.0.0.0/0", "::/0"
SERVICES = ("s3", "execute-api", "kms", "logs", "secretsmanager", "sts")
IMAGE = "ami-03cf127a"  # one that moto knows
FORMAT = ("${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} "
          "${end} ${action} ${log-status}")  # fmt: skip


def rule(ports, *sources: str, protocol: str = "tcp") -> dict:
    """A permission: ports are a number, a pair or none; sources are blocks, groups or prefix lists."""
    first, last = ports if isinstance(ports, tuple) else (ports, ports)
    span = {} if ports is None else {"FromPort": first, "ToPort": last}
    return {
        "IpProtocol": protocol, **span,
        "IpRanges": [{"CidrIp": source} for source in sources if "." in source],
        "Ipv6Ranges": [{"CidrIpv6": source} for source in sources if ":" in source],
        "PrefixListIds": [{"PrefixListId": source} for source in sources if source.startswith("pl-")],
        "UserIdGroupPairs": [{"GroupId": source} for source in sources if source.startswith("sg-")],
    }  # fmt: skip


EVERYTHING = rule(None, ANY, protocol="-1")


class Network:
    """One Region of an account, which begins as AWS makes it: with a default VPC, group and ACL that let everything in or out."""

    def __init__(self, owner: Builder, region: str) -> None:
        from moto.ec2.models import ec2_backends

        self.owner, self.region = owner, region
        self.ec2 = owner.client("ec2", region)
        self.ec2.describe_vpcs()
        self.kept = ec2_backends[owner.id][region]
        self.default = next(vpc for vpc in self.kept.vpcs.values() if vpc.is_default)

    def tidy_default(self) -> "Network":
        """The default VPC with a flow log, endpoints, an empty group and an ACL that leaves administration out."""
        Vpc(self, self.default.id).closed().logged().all_services()
        return self

    def encrypted(self, key: str | None = None) -> "Network":
        self.ec2.enable_ebs_encryption_by_default()
        if key:
            self.ec2.modify_ebs_default_kms_key_id(KmsKeyId=key)
        return self

    def vpc(self, name: str, cidr: str, ipv6: bool = False) -> "Vpc":
        made = self.ec2.create_vpc(CidrBlock=cidr, AmazonProvidedIpv6CidrBlock=ipv6)["Vpc"]["VpcId"]
        self.ec2.create_tags(Resources=[made], Tags=[{"Key": "Name", "Value": name}])
        return Vpc(self, made)

    def peer(self, one: "Vpc", other: "Vpc", accepted: bool = True) -> str:
        """A connection from one VPC to another."""
        made = self.ec2.create_vpc_peering_connection(VpcId=one.id, PeerVpcId=other.id, PeerOwnerId=other.network.owner.id, PeerRegion=other.network.region)
        peering = made["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        if accepted:
            other.network.ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
        return peering


class Vpc:
    """One VPC with what is in it."""

    def __init__(self, network: Network, vpc_id: str) -> None:
        self.network, self.ec2, self.id = network, network.ec2, vpc_id
        self.default_group = next(g for g in network.kept.groups[vpc_id].values() if g.name == "default")
        self.default_acl = next(a for a in network.kept.network_acls.values() if a.vpc_id == vpc_id and a.default)
        self.subnets: list[str] = []

    def closed(self) -> "Vpc":
        """No rules in the default group, and a default ACL that denies SSH and RDP before it allows the rest."""
        self.default_group.ingress_rules.clear()
        self.default_group.egress_rules.clear()
        for number, port in ((10, 22), (11, 3389)):
            self.entry(number, "6", port, "deny")
            self.entry(number + 10, "17", port, "deny")
        return self

    def entry(self, number: int, protocol: str, ports, action: str, block: str = ANY, acl: str | None = None) -> None:
        """An incoming entry of an ACL, the default one unless another is named."""
        first, last = ports if isinstance(ports, tuple) else (ports, ports)
        span = {} if ports is None else {"PortRange": {"From": first, "To": last}}
        family = {"Ipv6CidrBlock": block} if ":" in block else {"CidrBlock": block}
        self.ec2.create_network_acl_entry(NetworkAclId=acl or self.default_acl.id, RuleNumber=number, Protocol=protocol, RuleAction=action,
                                          Egress=False, **span, **family)  # fmt: skip

    def acl(self, *entries: tuple) -> str:
        made = self.ec2.create_network_acl(VpcId=self.id)["NetworkAcl"]["NetworkAclId"]
        for entry in entries:
            self.entry(*entry, acl=made)
        return made

    def logged(self, traffic: str = "ALL", status: str = "SUCCESS", of: str | None = None) -> "Vpc":
        """A flow log of the VPC or of a subnet, straight into moto, which looks for the bucket in the same account."""
        from moto.ec2.models.flow_logs import FlowLogs
        from moto.ec2.utils import random_flow_log_id

        made, bucket = random_flow_log_id(), f"arn:aws:s3:::example-flow-logs-{self.network.owner.id}"
        log = FlowLogs(self.network.kept, made, of or self.id, traffic, bucket, None, None, 600, "s3", FORMAT, status)
        log.creation_time = ago(100)
        self.network.kept.flow_logs[made] = log
        return self

    def subnet(self, cidr: str) -> str:
        made = self.ec2.create_subnet(VpcId=self.id, CidrBlock=cidr, AvailabilityZone=f"{self.network.region}a")["Subnet"]["SubnetId"]
        self.subnets.append(made)
        return made

    def group(self, name: str, *rules: dict, description: str = "made for the demonstration") -> str:
        made = self.ec2.create_security_group(GroupName=name, Description=description, VpcId=self.id)["GroupId"]
        if rules:
            self.ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=list(rules))
        return made

    def instance(self, name: str, group: str, *, tokens: str = "required", endpoint: str = "enabled", profile: str | None = None,
                 age: float = 50, stopped: bool = False) -> str:  # fmt: skip
        """A server in the first subnet; the profile goes straight into moto, also one that is not there."""
        subnet = self.subnets[0]
        made = self.ec2.run_instances(ClientToken=f"seed-{name}", ImageId=IMAGE, MinCount=1, MaxCount=1, InstanceType="t3.micro", SubnetId=subnet, SecurityGroupIds=[group],
                                      MetadataOptions={"HttpTokens": tokens, "HttpEndpoint": endpoint},
                                      TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": name}]}])  # fmt: skip
        made = made["Instances"][0]["InstanceId"]
        if profile:
            self.ec2.associate_iam_instance_profile(IamInstanceProfile={"Name": profile}, InstanceId=made)
        if stopped:
            self.ec2.stop_instances(InstanceIds=[made])
        self.network.kept.get_instance(made).launch_time = ago(age)
        return made

    def endpoint(self, service: str, policy: dict | None = None, kind: str = "Interface", known_as: str | None = None) -> str:
        """An endpoint for a service of AWS, under an id that others know where one is given."""
        where = {"RouteTableIds": [self.table()]} if kind == "Gateway" else {"PrivateDnsEnabled": True}
        more = {"PolicyDocument": json.dumps(policy)} if policy else {}
        made = self.ec2.create_vpc_endpoint(VpcId=self.id, ServiceName=f"com.amazonaws.{self.network.region}.{service}", VpcEndpointType=kind, **where, **more)
        made = made["VpcEndpoint"]["VpcEndpointId"]
        kept = self.network.kept.vpc_end_points.pop(made)
        kept.id, kept.creation_timestamp = known_as or made, ago(90)
        self.network.kept.vpc_end_points[kept.id] = kept
        return kept.id

    def all_services(self) -> "Vpc":
        """Every service that one wants, that for private APIs with a policy for one of them."""
        for service in SERVICES:
            self.endpoint(service, one_api(self.network) if service == "execute-api" else None, "Gateway" if service == "s3" else "Interface")
        return self

    def table(self) -> str:
        """The main route table."""
        return next(t.id for t in self.network.kept.route_tables.values() if t.vpc_id == self.id)

    def route(self, peering: str, block: str) -> None:
        family = "DestinationIpv6CidrBlock" if ":" in block else "DestinationCidrBlock"
        self.ec2.create_route(RouteTableId=self.table(), VpcPeeringConnectionId=peering, **{family: block})


def one_api(network: Network) -> dict:
    api = f"arn:aws:execute-api:{network.region}:{network.owner.id}:a1b2c3d4e5/*"
    return json.loads(document(allow("execute-api:Invoke", api, Principal="*")))


def profile(b: Builder, name: str, role: str | None) -> None:
    """An instance profile, with a role made for it."""
    b.iam.create_instance_profile(InstanceProfileName=name)
    kept = next(found for found in b.backend.instance_profiles.values() if found.name == name)
    kept.create_date = ago(500)
    if role:
        b.role(role, trust({"Service": "ec2.amazonaws.com"}), used=0.1)
        b.iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=role)
