//! EC2's listings, each asked once for each Region and shared by all kinds that read it, and what is joined from them.

use std::collections::BTreeMap;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    FlowLog, Instance, NetworkAcl, NetworkInterface, RouteTable, SecurityGroup, Vpc, VpcEndpoint, VpcPeeringConnection,
};

use super::kinds::SERVICE;
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation};
use crate::collect::proof::Proof;
use crate::model::{CallId, Fact, GapId};

/// Lists VPCs.
pub const DESCRIBE_VPCS: Operation = (SERVICE, "DescribeVpcs");
/// Lists flow logs.
pub const DESCRIBE_FLOW_LOGS: Operation = (SERVICE, "DescribeFlowLogs");
/// Lists security groups.
pub const DESCRIBE_SECURITY_GROUPS: Operation = (SERVICE, "DescribeSecurityGroups");
/// Lists network ACLs.
pub const DESCRIBE_NETWORK_ACLS: Operation = (SERVICE, "DescribeNetworkAcls");
/// Lists instances.
pub const DESCRIBE_INSTANCES: Operation = (SERVICE, "DescribeInstances");
/// Lists peering connections.
pub const DESCRIBE_VPC_PEERING_CONNECTIONS: Operation = (SERVICE, "DescribeVpcPeeringConnections");
/// Lists route tables.
pub const DESCRIBE_ROUTE_TABLES: Operation = (SERVICE, "DescribeRouteTables");
/// Lists VPC endpoints.
pub const DESCRIBE_VPC_ENDPOINTS: Operation = (SERVICE, "DescribeVpcEndpoints");
/// Lists network interfaces.
pub const DESCRIBE_NETWORK_INTERFACES: Operation = (SERVICE, "DescribeNetworkInterfaces");

/// The largest page that EC2 gives, and that of route tables.
const PAGE: i32 = 1000;
const ROUTE_TABLES: i32 = 100;

/// What a listing gave, and whether that is all.
pub struct Told<T> {
    /// Members, each with the call of its page.
    pub items: Vec<(CallId, T)>,
    /// Whether that is all.
    pub proof: Proof,
}

/// One listing: its function, operation, the SDK's call, answer and member, and the id of a member.
macro_rules! listing {
    ($what:literal, $name:ident, $operation:ident, $call:ident -> $output:ident, $page:ident, $item:ident: $members:ident, $id:ident) => {
        #[doc = concat!("Lists ", $what, ".")]
        pub async fn $name(caller: &Caller) -> Told<$item> {
            let client = caller.client(Client::new);
            let send =
                |token: Option<String>, tap| client.$call().max_results($page).set_next_token(token).customize().interceptor(tap).send();
            let page = |output: aws_sdk_ec2::operation::$call::$output| Page {
                items: output.$members.unwrap_or_default(),
                token: output.next_token,
                truncated: false,
            };
            let listing = caller.list($operation, send, page).await;
            let (items, proof) = Proof::of(caller, $operation, listing, |item: &$item| item.$id.clone());
            Told { items, proof }
        }
    };
}

listing!("VPCs, also those of other accounts that share subnets with this one", vpcs, DESCRIBE_VPCS, describe_vpcs -> DescribeVpcsOutput, PAGE, Vpc: vpcs, vpc_id);
listing!("flow logs of VPCs, subnets and network interfaces", flow_logs, DESCRIBE_FLOW_LOGS, describe_flow_logs -> DescribeFlowLogsOutput, PAGE, FlowLog: flow_logs, flow_log_id);
listing!("security groups", security_groups, DESCRIBE_SECURITY_GROUPS, describe_security_groups -> DescribeSecurityGroupsOutput, PAGE, SecurityGroup: security_groups, group_id);
listing!("network ACLs", network_acls, DESCRIBE_NETWORK_ACLS, describe_network_acls -> DescribeNetworkAclsOutput, PAGE, NetworkAcl: network_acls, network_acl_id);
listing!("peering connections", peerings, DESCRIBE_VPC_PEERING_CONNECTIONS, describe_vpc_peering_connections -> DescribeVpcPeeringConnectionsOutput, PAGE, VpcPeeringConnection: vpc_peering_connections, vpc_peering_connection_id);
listing!("route tables", route_tables, DESCRIBE_ROUTE_TABLES, describe_route_tables -> DescribeRouteTablesOutput, ROUTE_TABLES, RouteTable: route_tables, route_table_id);
listing!("VPC endpoints", endpoints, DESCRIBE_VPC_ENDPOINTS, describe_vpc_endpoints -> DescribeVpcEndpointsOutput, PAGE, VpcEndpoint: vpc_endpoints, vpc_endpoint_id);
listing!("network interfaces", interfaces, DESCRIBE_NETWORK_INTERFACES, describe_network_interfaces -> DescribeNetworkInterfacesOutput, PAGE, NetworkInterface: network_interfaces, network_interface_id);

/// Lists instances, which AWS groups by the request that launched them.
pub async fn instances(caller: &Caller) -> Told<Instance> {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.describe_instances().max_results(PAGE).set_next_token(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_ec2::operation::describe_instances::DescribeInstancesOutput| {
        let reservations = output.reservations.unwrap_or_default().into_iter();
        let items = reservations.flat_map(|reservation| reservation.instances.unwrap_or_default()).collect();
        Page { items, token: output.next_token, truncated: false }
    };
    let listing = caller.list(DESCRIBE_INSTANCES, send, page).await;
    let (items, proof) = Proof::of(caller, DESCRIBE_INSTANCES, listing, |instance: &Instance| instance.instance_id.clone());
    Told { items, proof }
}

/// What another listing says of resources, by their ids; or why it is not known. With the calls.
pub struct Joined<T> {
    by_id: Result<BTreeMap<String, T>, GapId>,
    /// The calls.
    pub calls: Vec<CallId>,
}

impl<T> Joined<T> {
    /// Of a listing that was not asked.
    pub fn unasked(gap: GapId) -> Self {
        Joined { by_id: Err(gap), calls: Vec::new() }
    }
}

impl<T: Clone + Default> Joined<T> {
    /// Gathers what members of a listing say of each id; unknown where the listing is not whole.
    pub fn of<I>(caller: &Caller, operation: Operation, told: &Told<I>, read: impl Fn(At<'_>, &I, &mut BTreeMap<String, T>)) -> Self {
        let gather = || {
            let mut by_id = BTreeMap::new();
            told.items.iter().for_each(|(call, item)| read(At::call(caller, operation, *call), item, &mut by_id));
            by_id
        };
        let by_id = told.proof.noted(caller).map_or_else(|| Ok(gather()), Err);
        Joined { by_id, calls: told.proof.calls.clone() }
    }

    /// What is said of an id; nothing said is the default.
    pub fn about(&self, id: &str) -> Fact<T> {
        match &self.by_id {
            Ok(by_id) => Fact::Known(by_id.get(id).cloned().unwrap_or_default()),
            Err(gap) => Fact::Absent(gap.clone()),
        }
    }
}

/// Numbers of network interfaces: in each VPC and with each security group.
pub fn interface_counts(caller: &Caller, told: &Told<NetworkInterface>) -> Joined<i64> {
    Joined::of(caller, DESCRIBE_NETWORK_INTERFACES, told, |_, interface, counts| {
        let groups = interface.groups().iter().filter_map(|group| group.group_id.clone());
        groups.chain(interface.vpc_id.clone()).for_each(|id| *counts.entry(id).or_default() += 1);
    })
}
