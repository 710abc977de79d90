//! Facts of EC2's kinds. Member names are the EC2 API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant, OpenMap};

/// `AWS::EC2::VPC`: a VPC that the account sees, also one of another account that shares subnets with it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Vpc {
    /// `VpcId`.
    pub vpc_id: Fact<String>,
    /// `OwnerId`: the account that the VPC belongs to.
    pub owner_id: Fact<String>,
    /// Whether the VPC is the account's own. Another account's VPC is there because subnets of it are shared with this one.
    pub owned: Fact<bool>,
    /// `IsDefault`: made by AWS for the Region.
    pub is_default: Fact<bool>,
    /// `State`: `pending` or `available`.
    pub state: Fact<String>,
    /// IPv4 and IPv6 blocks that are associated with the VPC.
    pub cidr_blocks: Fact<Vec<String>>,
    /// `Tags`.
    pub tags: Fact<OpenMap<String>>,
    /// Number of network interfaces in it that the account sees; 0 for a VPC that nothing of the account uses.
    pub network_interface_count: Fact<i64>,
    /// Flow logs of the VPC as a whole; those of single subnets or network interfaces are not among them. Absent for another account's
    /// VPC, whose flow logs only its owner sees.
    pub flow_logs: Fact<Vec<FlowLog>>,
    /// Services that available endpoints of the VPC lead to, sorted: `s3` for `com.amazonaws.eu-west-1.s3`, and the whole name for
    /// services that are not AWS's. Absent for another account's VPC.
    pub endpoint_services: Fact<Vec<String>>,
}

/// `FlowLog`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FlowLog {
    /// `FlowLogId`.
    pub flow_log_id: String,
    /// `FlowLogStatus`: `ACTIVE`.
    pub flow_log_status: String,
    /// `TrafficType`: `ACCEPT`, `REJECT` or `ALL`.
    pub traffic_type: Fact<String>,
    /// `DeliverLogsStatus`: `SUCCESS` or `FAILED`.
    pub deliver_logs_status: Fact<String>,
    /// `LogDestinationType`: `cloud-watch-logs`, `s3` or `kinesis-data-firehose`; null where AWS does not tell.
    pub log_destination_type: Option<String>,
    /// `LogDestination`, else `LogGroupName`.
    pub log_destination: Option<String>,
    /// `MaxAggregationInterval`.
    pub max_aggregation_interval_seconds: Option<i64>,
}

/// `AWS::EC2::SecurityGroup`: a security group that the account sees, attached to something or not.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SecurityGroup {
    /// `GroupId`.
    pub group_id: Fact<String>,
    /// `GroupName`.
    pub group_name: Fact<String>,
    /// `Description`.
    pub description: Fact<String>,
    /// `VpcId`.
    pub vpc_id: Fact<String>,
    /// `OwnerId`.
    pub owner_id: Fact<String>,
    /// Whether the group is the account's own; others are shared with it.
    pub owned: Fact<bool>,
    /// Whether it is the default group of its VPC, which is the one named `default`.
    pub is_default: Fact<bool>,
    /// `IpPermissions`, one entry for each source.
    pub ingress: Fact<Vec<Rule>>,
    /// `IpPermissionsEgress`, one entry for each destination.
    pub egress: Fact<Vec<Rule>>,
    /// Ports that incoming rules open to every IPv4 address, also by several blocks that are the whole internet together. `open` is absent
    /// where only a prefix list, whose entries are not read, may do so. A port that is in no range is closed to the internet.
    pub open_ipv4_ports: Fact<Vec<OpenPorts>>,
    /// The same for IPv6.
    pub open_ipv6_ports: Fact<Vec<OpenPorts>>,
    /// Incoming rules whose source is every IPv4 or IPv6 address, in words: `tcp 22 from 0.0.0.0/0`.
    pub rules_from_anywhere: Fact<Vec<String>>,
    /// Number of network interfaces that bear the group; 0 for a group that is attached to nothing.
    pub network_interface_count: Fact<i64>,
}

/// One incoming or outgoing rule of a security group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rule {
    /// `IpProtocol`: `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `-1` for all.
    pub ip_protocol: String,
    /// `FromPort`, of ICMP the type; null where the rule is for all protocols or for one without ports.
    pub from_port: Option<i64>,
    /// `ToPort`, of ICMP the code.
    pub to_port: Option<i64>,
    /// What `peer` is: `ipv4`, `ipv6`, `security_group` or `prefix_list`.
    pub peer_type: String,
    /// The block, group or prefix list that traffic comes from or goes to.
    pub peer: String,
}

/// A range of ports of one protocol that the internet reaches.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OpenPorts {
    /// `tcp` or `udp`. What is open for all protocols stands here for both; ICMP has no ports.
    pub protocol: String,
    /// First port.
    pub first: i64,
    /// Last port.
    pub last: i64,
    /// Whether it is open to every address: true, or absent where that is not known.
    pub open: Fact<bool>,
}

/// `AWS::EC2::NetworkAcl`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NetworkAcl {
    /// `NetworkAclId`.
    pub network_acl_id: Fact<String>,
    /// `VpcId`.
    pub vpc_id: Fact<String>,
    /// `OwnerId`.
    pub owner_id: Fact<String>,
    /// Whether the ACL is the account's own.
    pub owned: Fact<bool>,
    /// `IsDefault`: the one that subnets without an association of their own have.
    pub is_default: Fact<bool>,
    /// `SubnetId`s of its associations, sorted; none for an ACL that nothing uses.
    pub subnet_ids: Fact<Vec<String>>,
    /// Number of incoming entries, with the last one that denies the rest.
    pub ingress_entry_count: Fact<i64>,
    /// Ports that incoming entries, in the order of their numbers, open to every IPv4 address.
    pub open_ipv4_ports: Fact<Vec<OpenPorts>>,
    /// The same for IPv6.
    pub open_ipv6_ports: Fact<Vec<OpenPorts>>,
    /// Incoming entries that allow from every address, in words: `100: allow tcp 22 from 0.0.0.0/0`. Earlier entries may deny part of it.
    pub entries_from_anywhere: Fact<Vec<String>>,
}

/// `AWS::EC2::Instance`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Instance {
    /// `InstanceId`.
    pub instance_id: Fact<String>,
    /// `State.Name`: `pending`, `running`, `shutting-down`, `terminated`, `stopping` or `stopped`.
    pub state: Fact<String>,
    /// `ImageId`.
    pub image_id: Fact<String>,
    /// `LaunchTime`.
    pub launch_time: Fact<Instant>,
    /// `VpcId`; null for an instance that is gone.
    pub vpc_id: Fact<Option<String>>,
    /// `PublicIpAddress`; null where it has none.
    pub public_ip_address: Fact<Option<String>>,
    /// `Tags`.
    pub tags: Fact<OpenMap<String>>,
    /// `IamInstanceProfile`; null where none is attached.
    pub iam_instance_profile: Fact<Option<IamInstanceProfile>>,
    /// `MetadataOptions`.
    pub metadata_options: Fact<MetadataOptions>,
}

/// `IamInstanceProfile` of an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IamInstanceProfile {
    /// `Arn`.
    pub arn: String,
}

/// `MetadataOptions`: how programs on the instance reach its metadata and its role's credentials.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MetadataOptions {
    /// `HttpTokens`: `required` for IMDSv2 alone, `optional` for both versions.
    pub http_tokens: Fact<String>,
    /// `HttpEndpoint`: `enabled` or `disabled`.
    pub http_endpoint: Fact<String>,
    /// `HttpPutResponseHopLimit`; null where AWS does not tell.
    pub http_put_response_hop_limit: Fact<Option<i64>>,
}

/// `AWS::EC2::VPCPeeringConnection`, in each Region where one of its sides lies.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VpcPeeringConnection {
    /// `VpcPeeringConnectionId`.
    pub vpc_peering_connection_id: Fact<String>,
    /// `Status.Code`: `active`, `pending-acceptance`, `deleted`, `rejected`, …
    pub status: Fact<String>,
    /// `RequesterVpcInfo`.
    pub requester_vpc: Fact<PeeredVpc>,
    /// `AccepterVpcInfo`.
    pub accepter_vpc: Fact<PeeredVpc>,
    /// Routes of this account and Region that lead into the connection.
    pub routes: Fact<Vec<PeeringRoute>>,
    /// Whether the routes of a table lead to a whole block of the peer's VPC or more. Absent where a route's destination is a prefix list
    /// and no other route settles it.
    pub reaches_whole_peer: Fact<bool>,
}

/// One side of a peering connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PeeredVpc {
    /// `VpcId`.
    pub vpc_id: String,
    /// `OwnerId`.
    pub owner_id: String,
    /// `Region`; null where AWS does not tell.
    pub region: Option<String>,
    /// Its IPv4 and IPv6 blocks; AWS tells those of the accepter once it has accepted.
    pub cidr_blocks: Vec<String>,
}

/// A route into a peering connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PeeringRoute {
    /// `RouteTableId`.
    pub route_table_id: String,
    /// `VpcId` of the table.
    pub vpc_id: String,
    /// The block, or the id of the prefix list, that the route is for.
    pub destination: String,
    /// `State`: `active` or `blackhole`; null where AWS does not tell.
    pub state: Option<String>,
}

/// `AWS::EC2::VPCEndpoint`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VpcEndpoint {
    /// `VpcEndpointId`.
    pub vpc_endpoint_id: Fact<String>,
    /// `VpcEndpointType`: `Interface`, `Gateway`, `GatewayLoadBalancer`, `Resource` or `ServiceNetwork`.
    pub vpc_endpoint_type: Fact<String>,
    /// `ServiceName`: `com.amazonaws.eu-west-1.execute-api`; null for endpoints that lead to no service.
    pub service_name: Fact<Option<String>>,
    /// The service without AWS's prefix and Region: `execute-api`, `ecr.api`; the whole name for services that are not AWS's.
    pub service: Fact<Option<String>>,
    /// `VpcId`.
    pub vpc_id: Fact<String>,
    /// `OwnerId`.
    pub owner_id: Fact<String>,
    /// Whether the endpoint is the account's own.
    pub owned: Fact<bool>,
    /// `State` in lower case: `available`, `pending`, `pendingacceptance`, `deleting`, …
    pub state: Fact<String>,
    /// `PrivateDnsEnabled`; null for endpoints that have no such setting.
    pub private_dns_enabled: Fact<Option<bool>>,
    /// What the endpoint's policy says; null for types and services that have none.
    pub policy: Fact<Option<EndpointPolicy>>,
}

/// What an endpoint policy says. What the document does not settle is absent, with the reason.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EndpointPolicy {
    /// Everybody may send every request through the endpoint to every API: principal, action and resource are not narrowed, as in the
    /// policy that AWS attaches where nobody writes one. Read for `execute-api:Invoke`; null for endpoints of other services.
    pub full_access: Fact<Option<bool>>,
    /// The statements that make it so.
    pub full_access_statements: Fact<Vec<String>>,
    /// Number of statements.
    pub statements: i64,
}

/// `AWS::EC2::RegionSetting`: what a Region does with new volumes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RegionSetting {
    /// `EbsEncryptionByDefault`.
    pub ebs_encryption_by_default: Fact<bool>,
    /// `KmsKeyId`: the key for volumes that name none; `alias/aws/ebs` for AWS's own.
    pub ebs_default_kms_key_id: Fact<String>,
}
