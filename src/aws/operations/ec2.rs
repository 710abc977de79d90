//! EC2: the Regions of the account, each with its status; networks, instances, and what a Region does with new volumes.
//!
//! Lists are there also where they are empty. A rule of a security group names its sources in four lists, all of which are there:
//! without one of them a source could be missed. What is left out means that it is not so: no profile, no public address.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[
    &DESCRIBE_REGIONS,
    &DESCRIBE_VPCS,
    &DESCRIBE_FLOW_LOGS,
    &DESCRIBE_SECURITY_GROUPS,
    &DESCRIBE_NETWORK_ACLS,
    &DESCRIBE_INSTANCES,
    &DESCRIBE_VPC_PEERING_CONNECTIONS,
    &DESCRIBE_ROUTE_TABLES,
    &DESCRIBE_VPC_ENDPOINTS,
    &DESCRIBE_NETWORK_INTERFACES,
    &GET_EBS_ENCRYPTION_BY_DEFAULT,
    &GET_EBS_DEFAULT_KMS_KEY_ID,
];

/// `DescribeRegions`.
pub static DESCRIBE_REGIONS: Operation = Operation {
    service: "EC2",
    name: "DescribeRegions",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeRegions"],
    resources: &["*"],
    root: "DescribeRegionsResponse",
    required: &["regionInfo.item[].regionName:text", "regionInfo.item[].optInStatus:text"],
    redact: &[],
    polled: false,
    cli: "ec2 describe-regions",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html",
};

/// `DescribeVpcs`.
pub static DESCRIBE_VPCS: Operation = Operation {
    service: "EC2",
    name: "DescribeVpcs",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeVpcs"],
    resources: &["*"],
    root: "DescribeVpcsResponse",
    required: &[
        "vpcSet.item[].vpcId:text",
        "vpcSet.item[].ownerId:text",
        "vpcSet.item[].state:text",
        "vpcSet.item[].isDefault:bool",
        "vpcSet.item[].cidrBlock:text",
    ],
    redact: &[("vpcSet.item[].tagSet.item[].value", Redact::Named)],
    polled: false,
    cli: "ec2 describe-vpcs",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html",
};

/// `DescribeFlowLogs`.
pub static DESCRIBE_FLOW_LOGS: Operation = Operation {
    service: "EC2",
    name: "DescribeFlowLogs",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeFlowLogs"],
    resources: &["*"],
    root: "DescribeFlowLogsResponse",
    required: &["flowLogSet.item[].flowLogId:text", "flowLogSet.item[].flowLogStatus:text", "flowLogSet.item[].resourceId:text"],
    redact: &[("flowLogSet.item[].tagSet.item[].value", Redact::Named)],
    polled: false,
    cli: "ec2 describe-flow-logs",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFlowLogs.html",
};

/// `DescribeSecurityGroups`.
pub static DESCRIBE_SECURITY_GROUPS: Operation = Operation {
    service: "EC2",
    name: "DescribeSecurityGroups",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeSecurityGroups"],
    resources: &["*"],
    root: "DescribeSecurityGroupsResponse",
    required: &[
        "securityGroupInfo.item[].groupId:text",
        "securityGroupInfo.item[].groupName:text",
        "securityGroupInfo.item[].ownerId:text",
        "securityGroupInfo.item[].vpcId:text",
        "securityGroupInfo.item[].ipPermissions.item[].ipProtocol:text",
        "securityGroupInfo.item[].ipPermissions.item[].fromPort?:int",
        "securityGroupInfo.item[].ipPermissions.item[].toPort?:int",
        "securityGroupInfo.item[].ipPermissions.item[].groups.item[]",
        "securityGroupInfo.item[].ipPermissions.item[].ipRanges.item[].cidrIp:text",
        "securityGroupInfo.item[].ipPermissions.item[].ipv6Ranges.item[].cidrIpv6:text",
        "securityGroupInfo.item[].ipPermissions.item[].prefixListIds.item[].prefixListId:text",
        "securityGroupInfo.item[].ipPermissionsEgress.item[].ipProtocol:text",
        "securityGroupInfo.item[].ipPermissionsEgress.item[].fromPort?:int",
        "securityGroupInfo.item[].ipPermissionsEgress.item[].toPort?:int",
        "securityGroupInfo.item[].ipPermissionsEgress.item[].groups.item[]",
        "securityGroupInfo.item[].ipPermissionsEgress.item[].ipRanges.item[].cidrIp:text",
        "securityGroupInfo.item[].ipPermissionsEgress.item[].ipv6Ranges.item[].cidrIpv6:text",
        "securityGroupInfo.item[].ipPermissionsEgress.item[].prefixListIds.item[].prefixListId:text",
    ],
    redact: &[("securityGroupInfo.item[].tagSet.item[].value", Redact::Named)],
    polled: false,
    cli: "ec2 describe-security-groups",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html",
};

/// `DescribeNetworkAcls`.
pub static DESCRIBE_NETWORK_ACLS: Operation = Operation {
    service: "EC2",
    name: "DescribeNetworkAcls",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeNetworkAcls"],
    resources: &["*"],
    root: "DescribeNetworkAclsResponse",
    required: &[
        "networkAclSet.item[].networkAclId:text",
        "networkAclSet.item[].vpcId:text",
        "networkAclSet.item[].ownerId:text",
        "networkAclSet.item[].default:bool",
        "networkAclSet.item[].entrySet.item[].ruleNumber:int",
        "networkAclSet.item[].entrySet.item[].protocol:text",
        "networkAclSet.item[].entrySet.item[].ruleAction:text",
        "networkAclSet.item[].entrySet.item[].egress:bool",
        "networkAclSet.item[].entrySet.item[].cidrBlock|ipv6CidrBlock:text",
        "networkAclSet.item[].associationSet.item[].subnetId:text",
    ],
    redact: &[("networkAclSet.item[].tagSet.item[].value", Redact::Named)],
    polled: false,
    cli: "ec2 describe-network-acls",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html",
};

/// `DescribeInstances`.
pub static DESCRIBE_INSTANCES: Operation = Operation {
    service: "EC2",
    name: "DescribeInstances",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeInstances"],
    resources: &["*"],
    root: "DescribeInstancesResponse",
    required: &[
        "reservationSet.item[].instancesSet.item[].instanceId:text",
        "reservationSet.item[].instancesSet.item[].instanceState.name:text",
        "reservationSet.item[].instancesSet.item[].imageId:text",
        "reservationSet.item[].instancesSet.item[].launchTime:date",
        "reservationSet.item[].instancesSet.item[].iamInstanceProfile?.arn:arn",
        "reservationSet.item[].instancesSet.item[].metadataOptions?.httpTokens:text",
        "reservationSet.item[].instancesSet.item[].metadataOptions?.httpEndpoint:text",
    ],
    redact: &[("reservationSet.item[].instancesSet.item[].tagSet.item[].value", Redact::Named)],
    polled: false,
    cli: "ec2 describe-instances",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html",
};

/// `DescribeVpcPeeringConnections`.
pub static DESCRIBE_VPC_PEERING_CONNECTIONS: Operation = Operation {
    service: "EC2",
    name: "DescribeVpcPeeringConnections",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeVpcPeeringConnections"],
    resources: &["*"],
    root: "DescribeVpcPeeringConnectionsResponse",
    required: &[
        "vpcPeeringConnectionSet.item[].vpcPeeringConnectionId:text",
        "vpcPeeringConnectionSet.item[].status.code:text",
        "vpcPeeringConnectionSet.item[].requesterVpcInfo.vpcId:text",
        "vpcPeeringConnectionSet.item[].requesterVpcInfo.ownerId:text",
        "vpcPeeringConnectionSet.item[].accepterVpcInfo.vpcId:text",
        "vpcPeeringConnectionSet.item[].accepterVpcInfo.ownerId:text",
    ],
    redact: &[("vpcPeeringConnectionSet.item[].tagSet.item[].value", Redact::Named)],
    polled: false,
    cli: "ec2 describe-vpc-peering-connections",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html",
};

/// `DescribeRouteTables`.
pub static DESCRIBE_ROUTE_TABLES: Operation = Operation {
    service: "EC2",
    name: "DescribeRouteTables",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeRouteTables"],
    resources: &["*"],
    root: "DescribeRouteTablesResponse",
    required: &[
        "routeTableSet.item[].routeTableId:text",
        "routeTableSet.item[].vpcId:text",
        "routeTableSet.item[].routeSet.item[].destinationCidrBlock|destinationIpv6CidrBlock|destinationPrefixListId:text",
    ],
    redact: &[("routeTableSet.item[].tagSet.item[].value", Redact::Named)],
    polled: false,
    cli: "ec2 describe-route-tables",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html",
};

/// `DescribeVpcEndpoints`.
pub static DESCRIBE_VPC_ENDPOINTS: Operation = Operation {
    service: "EC2",
    name: "DescribeVpcEndpoints",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeVpcEndpoints"],
    resources: &["*"],
    root: "DescribeVpcEndpointsResponse",
    required: &[
        "vpcEndpointSet.item[].vpcEndpointId:text",
        "vpcEndpointSet.item[].vpcEndpointType:text",
        "vpcEndpointSet.item[].vpcId:text",
        "vpcEndpointSet.item[].ownerId:text",
        "vpcEndpointSet.item[].state:text",
    ],
    redact: &[("vpcEndpointSet.item[].tagSet.item[].value", Redact::Named)],
    polled: false,
    cli: "ec2 describe-vpc-endpoints",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpoints.html",
};

/// `DescribeNetworkInterfaces`.
pub static DESCRIBE_NETWORK_INTERFACES: Operation = Operation {
    service: "EC2",
    name: "DescribeNetworkInterfaces",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:DescribeNetworkInterfaces"],
    resources: &["*"],
    root: "DescribeNetworkInterfacesResponse",
    required: &[
        "networkInterfaceSet.item[].networkInterfaceId:text",
        "networkInterfaceSet.item[].vpcId:text",
        "networkInterfaceSet.item[].groupSet.item[].groupId:text",
    ],
    redact: &[("networkInterfaceSet.item[].tagSet.item[].value", Redact::Named)],
    polled: false,
    cli: "ec2 describe-network-interfaces",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html",
};

/// `GetEbsEncryptionByDefault`.
pub static GET_EBS_ENCRYPTION_BY_DEFAULT: Operation = Operation {
    service: "EC2",
    name: "GetEbsEncryptionByDefault",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:GetEbsEncryptionByDefault"],
    resources: &["*"],
    root: "GetEbsEncryptionByDefaultResponse",
    required: &["ebsEncryptionByDefault:bool"],
    redact: &[],
    polled: false,
    cli: "ec2 get-ebs-encryption-by-default",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsEncryptionByDefault.html",
};

/// `GetEbsDefaultKmsKeyId`.
pub static GET_EBS_DEFAULT_KMS_KEY_ID: Operation = Operation {
    service: "EC2",
    name: "GetEbsDefaultKmsKeyId",
    wire: Wire::Ec2,
    effect: Effect::Read,
    actions: &["ec2:GetEbsDefaultKmsKeyId"],
    resources: &["*"],
    root: "GetEbsDefaultKmsKeyIdResponse",
    required: &["kmsKeyId:text"],
    redact: &[],
    polled: false,
    cli: "ec2 get-ebs-default-kms-key-id",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsDefaultKmsKeyId.html",
};
