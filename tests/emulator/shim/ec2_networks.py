"""EC2's networks and instances: pages, owners, sides of a peering connection, the key of new volumes.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ : API_DescribeVpcs and the other listings, API_VpcEndpoint,
API_VpcPeeringConnection, API_VpcPeeringConnectionVpcInfo, API_GetEbsDefaultKmsKeyId
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.vpc_peering_connections import VPCPeeringConnection
from moto.ec2.models.vpcs import VPCEndPoint
from moto.ec2.responses import EC2Response

from accounts import ACCOUNTS

# Method of moto, member of the answer, and the most members of a page that AWS documents.
LISTINGS = {
    "describe_vpcs": ("Vpcs", 1000),
    "describe_flow_logs": ("FlowLogs", 1000),
    "describe_security_groups": ("SecurityGroups", 1000),
    "describe_network_acls": ("NetworkAcls", 1000),
    "describe_instances": ("Reservations", 1000),
    "describe_vpc_peering_connections": ("VpcPeeringConnections", 1000),
    "describe_route_tables": ("RouteTables", 100),
    "describe_vpc_endpoints": ("VpcEndpoints", 1000),
    "describe_network_interfaces": ("NetworkInterfaces", 1000),
}
# The key that AWS keeps for volumes, until another is chosen.
EBS_KEY = "alias/aws/ebs"


def install() -> None:
    """Applies the patches once; loading moto's EC2 takes two seconds, so the first request of EC2 does it."""
    if hasattr(EC2Response, "get_ebs_default_kms_key_id"):
        return
    for method, (member, most) in LISTINGS.items():
        setattr(EC2Response, method, listing(getattr(EC2Response, method), member, most))
    EC2Response.get_ebs_default_kms_key_id = get_ebs_default_kms_key_id
    EC2Response.modify_ebs_default_kms_key_id = modify_ebs_default_kms_key_id
    VPCEndPoint.owner_id = property(lambda self: self.ec2_backend.account_id)
    VPCEndPoint.requester_managed = False
    VPCPeeringConnection.requester_vpc_info = property(lambda self: side(self.vpc, self.requester_options, True))
    VPCPeeringConnection.accepter_vpc_info = property(accepter)


def listing(answer, member: str, most: int):
    def page(self) -> ActionResult:
        """At most `MaxResults` members; the token says how many were shown before."""
        token, asked = self._get_param("NextToken"), int(self._get_param("MaxResults") or most)
        if not 5 <= asked <= most:
            raise EC2ClientError("InvalidParameterValue", f"Value ( {asked} ) for parameter maxResults is invalid. Expecting a value between 5 and {most}.")
        for name in ("NextToken", "MaxResults"):
            self.data.pop(name, None)
            self.params.pop(name, None) if hasattr(self, "params") else None
        members = unpaged(self, answer, member)
        start, size = start_of(token, len(members)), ACCOUNTS.account(self.current_account).page_size(self._get_action(), asked)
        more = {"NextToken": urlsafe_b64encode(str(start + size).encode()).decode()} if start + size < len(members) else {}
        return ActionResult({member: members[start : start + size], **more})

    return page


def unpaged(self, answer, member: str) -> list:
    """All members; moto makes pages of instances by itself, by the number that is asked for."""
    if member == "Reservations":
        return list(self.ec2_backend.describe_instances(filters=self._filters_from_querystring()))
    return list(answer(self).result[member])


def start_of(token: str | None, count: int) -> int:
    try:
        start = int(urlsafe_b64decode(token)) if token else 0
    except ValueError:
        start = -1
    if not 0 <= start <= count:
        raise EC2ClientError("InvalidNextToken", "The token is invalid.")
    return start


def side(vpc, options: dict, told: bool) -> dict:
    """A side of a peering connection; AWS tells the blocks of the accepter once it has accepted."""
    blocks = [one["cidr_block"] for one in vpc.get_cidr_block_association_set()] if told else []
    ipv6 = [one["cidr_block"] for one in vpc.get_cidr_block_association_set(ipv6=True)] if told else []
    shown = {"CidrBlock": vpc.cidr_block, "CidrBlockSet": [{"CidrBlock": block} for block in blocks], "PeeringOptions": options} if told else {}
    return {"OwnerId": vpc.owner_id, "Region": vpc.region, "VpcId": vpc.id, **shown, **({"Ipv6CidrBlockSet": [{"Ipv6CidrBlock": one} for one in ipv6]} if ipv6 else {})}


def accepter(self) -> dict:
    return side(self.peer_vpc, self.accepter_options, self._status.code == "active")


def get_ebs_default_kms_key_id(self) -> ActionResult:
    return ActionResult({"KmsKeyId": getattr(self.ec2_backend, "ebs_default_kms_key_id", EBS_KEY)})


def modify_ebs_default_kms_key_id(self) -> ActionResult:
    self.ec2_backend.ebs_default_kms_key_id = self._get_param("KmsKeyId")
    return get_ebs_default_kms_key_id(self)
