//! VPCs, with their flow logs, the services that their endpoints lead to, and whether anything uses them.

use std::collections::BTreeMap;

use aws_sdk_ec2::types::{FlowLog, Vpc, VpcEndpoint};

use super::endpoints::service;
use super::facts;
use super::ids::{Place, name_tag, named, tags};
use super::kinds::VPC;
use super::listings::{DESCRIBE_FLOW_LOGS, DESCRIBE_VPC_ENDPOINTS, DESCRIBE_VPCS, Joined, Told};
use crate::aws::Caller;
use crate::collect::at::{At, Operation, sources};
use crate::collect::scope::Run;
use crate::model::{Fact, Population, Reason, Resource};

/// What other listings say of VPCs.
pub struct Around {
    /// Flow logs.
    pub flow_logs: Joined<Vec<facts::FlowLog>>,
    /// Services of available endpoints.
    pub services: Joined<Vec<String>>,
    /// Numbers of network interfaces.
    pub interfaces: Joined<i64>,
}

/// Hands on VPCs.
pub fn hand_on(caller: &Caller, run: &Run<'_>, told: &Told<Vpc>, around: &Around) -> Population {
    let place = Place::of(caller);
    for (call, vpc) in &told.items {
        // The listing has left out what has no id.
        let id = vpc.vpc_id.clone().unwrap_or_default();
        let facts = facts_of(caller, At::call(caller, DESCRIBE_VPCS, *call), vpc, around);
        let (arn, name) = (place.arn(vpc.owner_id.as_deref(), "vpc", &id), named(name_tag(vpc.tags()), &id));
        let paths = [
            ("", vec![*call]),
            ("flow_logs", around.flow_logs.calls.clone()),
            ("endpoint_services", around.services.calls.clone()),
            ("network_interface_count", around.interfaces.calls.clone()),
        ];
        run.found(&Resource::new(caller.place(), VPC, arn, name, &facts, sources(paths)));
    }
    told.proof.population(caller, VPC, told.items.len() as u64, None)
}

fn facts_of(caller: &Caller, at: At<'_>, vpc: &Vpc, around: &Around) -> facts::Vpc {
    let id = vpc.vpc_id.as_deref().unwrap_or_default();
    let owned = vpc.owner_id.as_ref().map(|owner| owner == caller.account());
    facts::Vpc {
        vpc_id: at.need(vpc.vpc_id.clone(), "vpcId"),
        owner_id: at.need(vpc.owner_id.clone(), "ownerId"),
        owned: at.need(owned, "ownerId"),
        is_default: at.need(vpc.is_default, "isDefault"),
        state: at.need(vpc.state.as_ref().map(|state| state.as_str().to_owned()), "state"),
        cidr_blocks: Fact::Known(blocks(vpc)),
        tags: Fact::Known(tags(vpc.tags())),
        network_interface_count: around.interfaces.about(id),
        flow_logs: of_owner(caller, owned, DESCRIBE_FLOW_LOGS, || around.flow_logs.about(id)),
        endpoint_services: of_owner(caller, owned, DESCRIBE_VPC_ENDPOINTS, || around.services.about(id)),
    }
}

/// A fact that only the owner of a VPC sees.
fn of_owner<T>(caller: &Caller, owned: Option<bool>, operation: Operation, fact: impl FnOnce() -> Fact<T>) -> Fact<T> {
    match owned {
        Some(false) => {
            At::operation(caller, operation).absent(Reason::OtherAccount, "only the account that owns a shared VPC sees all of it")
        }
        _ => fact(),
    }
}

fn blocks(vpc: &Vpc) -> Vec<String> {
    let ipv4 = vpc.cidr_block_association_set().iter().filter_map(|block| block.cidr_block.clone());
    let ipv6 = vpc.ipv6_cidr_block_association_set().iter().filter_map(|block| block.ipv6_cidr_block.clone());
    let mut blocks: Vec<String> = vpc.cidr_block.clone().into_iter().chain(ipv4).chain(ipv6).collect();
    blocks.sort();
    blocks.dedup();
    blocks
}

/// Files a flow log under the VPC that it is of.
pub fn file_flow_log(at: At<'_>, log: &FlowLog, by_vpc: &mut BTreeMap<String, Vec<facts::FlowLog>>) {
    let Some(of) = log.resource_id.clone().filter(|id| id.starts_with("vpc-")) else { return };
    by_vpc.entry(of).or_default().push(facts::FlowLog {
        flow_log_id: log.flow_log_id.clone().unwrap_or_default(),
        flow_log_status: log.flow_log_status.clone().unwrap_or_default(),
        traffic_type: at.need(log.traffic_type.as_ref().map(|word| word.as_str().to_owned()), "trafficType"),
        deliver_logs_status: at.need(log.deliver_logs_status.clone(), "deliverLogsStatus"),
        log_destination_type: log.log_destination_type.as_ref().map(|word| word.as_str().to_owned()),
        log_destination: log.log_destination.clone().or_else(|| log.log_group_name.clone()),
        max_aggregation_interval_seconds: log.max_aggregation_interval.map(i64::from),
    });
}

/// Files the service of an available endpoint under its VPC.
pub fn file_service(_: At<'_>, endpoint: &VpcEndpoint, by_vpc: &mut BTreeMap<String, Vec<String>>) {
    let available = endpoint.state.as_ref().is_some_and(|state| state.as_str().eq_ignore_ascii_case("available"));
    let (Some(vpc), Some(name), true) = (&endpoint.vpc_id, &endpoint.service_name, available) else { return };
    let services = by_vpc.entry(vpc.clone()).or_default();
    services.push(service(name));
    services.sort();
    services.dedup();
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::TrafficType;

    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    #[test]
    fn flow_logs_of_subnets_and_interfaces_are_none_of_the_vpc() {
        let log = |id: &str, of: &str| {
            FlowLog::builder().flow_log_id(id).resource_id(of).flow_log_status("ACTIVE").traffic_type(TrafficType::All).build()
        };
        let (noted, mut by_vpc) = (Noted::new("eu-west-1"), BTreeMap::new());
        let at = At::call(&noted, DESCRIBE_FLOW_LOGS, CallId(1));
        for log in [log("fl-1", "vpc-1"), log("fl-2", "subnet-1"), log("fl-3", "eni-1"), log("fl-4", "vpc-1")] {
            file_flow_log(at, &log, &mut by_vpc);
        }
        let ids: Vec<&str> = by_vpc["vpc-1"].iter().map(|log| log.flow_log_id.as_str()).collect();
        assert_eq!((by_vpc.len(), ids), (1, vec!["fl-1", "fl-4"]));
    }

    #[test]
    fn only_available_endpoints_lead_anywhere() {
        let endpoint = |name: &str, state: &str| VpcEndpoint::builder().vpc_id("vpc-1").service_name(name).state(state.into()).build();
        let (noted, mut by_vpc) = (Noted::new("eu-west-1"), BTreeMap::new());
        let at = At::call(&noted, DESCRIBE_VPC_ENDPOINTS, CallId(1));
        for endpoint in [
            endpoint("com.amazonaws.eu-west-1.sts", "available"),
            endpoint("com.amazonaws.eu-west-1.s3", "Available"),
            endpoint("com.amazonaws.eu-west-1.s3", "available"),
            endpoint("com.amazonaws.eu-west-1.kms", "pendingAcceptance"),
        ] {
            file_service(at, &endpoint, &mut by_vpc);
        }
        assert_eq!(by_vpc["vpc-1"], ["s3", "sts"]);
    }
}
