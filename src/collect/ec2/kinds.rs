//! EC2's kinds: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "EC2";

/// VPCs.
pub const VPC: &str = "AWS::EC2::VPC";
/// Security groups.
pub const SECURITY_GROUP: &str = "AWS::EC2::SecurityGroup";
/// Network ACLs.
pub const NETWORK_ACL: &str = "AWS::EC2::NetworkAcl";
/// Instances.
pub const INSTANCE: &str = "AWS::EC2::Instance";
/// Peering connections.
pub const PEERING: &str = "AWS::EC2::VPCPeeringConnection";
/// VPC endpoints.
pub const ENDPOINT: &str = "AWS::EC2::VPCEndpoint";
/// What a Region does with new volumes.
pub const REGION: &str = "AWS::EC2::RegionSetting";

const ENDPOINTS: (&str, &str) = (SERVICE, "DescribeVpcEndpoints");
const INTERFACES: FactGroup = FactGroup { facts: &["network_interface_count"], operations: &[(SERVICE, "DescribeNetworkInterfaces")] };

/// All kinds of EC2.
pub const KINDS: &[Kind] = &[
    Kind {
        name: VPC,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:ec2:{region}:{owner}:vpc/{vpc id}",
        schema: schema_of::<facts::Vpc>,
        groups: &[
            FactGroup { facts: &[], operations: &[(SERVICE, "DescribeVpcs")] },
            FactGroup { facts: &["flow_logs"], operations: &[(SERVICE, "DescribeFlowLogs")] },
            FactGroup { facts: &["endpoint_services"], operations: &[ENDPOINTS] },
            INTERFACES,
        ],
    },
    Kind {
        name: SECURITY_GROUP,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:ec2:{region}:{owner}:security-group/{group id}",
        schema: schema_of::<facts::SecurityGroup>,
        groups: &[FactGroup { facts: &[], operations: &[(SERVICE, "DescribeSecurityGroups")] }, INTERFACES],
    },
    Kind {
        name: NETWORK_ACL,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:ec2:{region}:{owner}:network-acl/{network ACL id}",
        schema: schema_of::<facts::NetworkAcl>,
        groups: &[FactGroup { facts: &[], operations: &[(SERVICE, "DescribeNetworkAcls")] }],
    },
    Kind {
        name: INSTANCE,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:ec2:{region}:{account}:instance/{instance id}",
        schema: schema_of::<facts::Instance>,
        groups: &[FactGroup { facts: &[], operations: &[(SERVICE, "DescribeInstances")] }],
    },
    Kind {
        name: PEERING,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:ec2:{region}:{account}:vpc-peering-connection/{peering connection id}",
        schema: schema_of::<facts::VpcPeeringConnection>,
        groups: &[
            FactGroup { facts: &[], operations: &[(SERVICE, "DescribeVpcPeeringConnections")] },
            FactGroup { facts: &["routes", "reaches_whole_peer"], operations: &[(SERVICE, "DescribeRouteTables")] },
        ],
    },
    Kind {
        name: ENDPOINT,
        scope: KindScope::Regional,
        singleton: false,
        id_grammar: "arn:{partition}:ec2:{region}:{owner}:vpc-endpoint/{endpoint id}",
        schema: schema_of::<facts::VpcEndpoint>,
        groups: &[FactGroup { facts: &[], operations: &[ENDPOINTS] }],
    },
    Kind {
        name: REGION,
        scope: KindScope::Regional,
        singleton: true,
        id_grammar: "arn:{partition}:ec2:{region}:{account}:region-setting",
        schema: schema_of::<facts::RegionSetting>,
        groups: &[
            FactGroup { facts: &[], operations: &[(SERVICE, "GetEbsEncryptionByDefault")] },
            FactGroup { facts: &["ebs_default_kms_key_id"], operations: &[(SERVICE, "GetEbsDefaultKmsKeyId")] },
        ],
    },
];
