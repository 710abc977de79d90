//! Collects EC2 in one Region: every listing that is wanted at once, then joins, then hands on.

use super::kinds::{ENDPOINT, INSTANCE, NETWORK_ACL, PEERING, REGION, SECURITY_GROUP, VPC};
use super::listings::{self, DESCRIBE_FLOW_LOGS, DESCRIBE_ROUTE_TABLES, DESCRIBE_VPC_ENDPOINTS, Joined, Told, interface_counts};
use super::vpcs::Around;
use super::{acls, endpoints, groups, instances, peerings, region, vpcs};
use crate::aws::Caller;
use crate::collect::scope::Run;
use crate::model::Population;

/// Runs a future where it is wanted.
async fn when<F: Future>(wanted: bool, future: F) -> Option<F::Output> {
    if wanted { Some(future.await) } else { None }
}

/// Collects EC2's kinds in one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let wants_services = run.wants_fact(VPC, "endpoint_services");
    let wants_interfaces = [VPC, SECURITY_GROUP].iter().any(|kind| run.wants_fact(kind, "network_interface_count"));
    let listed = async {
        tokio::join!(
            when(run.wants(VPC), listings::vpcs(caller)),
            when(run.wants(SECURITY_GROUP), listings::security_groups(caller)),
            when(run.wants(NETWORK_ACL), listings::network_acls(caller)),
            when(run.wants(INSTANCE), listings::instances(caller)),
            when(run.wants(PEERING), listings::peerings(caller)),
            when(run.wants(ENDPOINT) || wants_services, listings::endpoints(caller)),
        )
    };
    let others = async {
        tokio::join!(
            when(run.wants_fact(VPC, "flow_logs"), listings::flow_logs(caller)),
            when(run.wants_fact(PEERING, "routes"), listings::route_tables(caller)),
            when(wants_interfaces, listings::interfaces(caller)),
            when(run.wants(REGION), region::collect(caller, run)),
        )
    };
    let ((vpcs, groups, acls, instances, peerings, endpoints), (flow_logs, tables, interfaces, region)) = tokio::join!(listed, others);
    let mut populations: Vec<Population> = region.into_iter().collect();
    let counts = |kind: &str| joined(caller, run, (kind, "network_interface_count"), interfaces.as_ref(), interface_counts);
    if let Some(vpcs) = vpcs {
        let around = Around {
            flow_logs: joined(caller, run, (VPC, "flow_logs"), flow_logs.as_ref(), |caller, told| {
                Joined::of(caller, DESCRIBE_FLOW_LOGS, told, vpcs::file_flow_log)
            }),
            services: joined(caller, run, (VPC, "endpoint_services"), endpoints.as_ref(), |caller, told| {
                Joined::of(caller, DESCRIBE_VPC_ENDPOINTS, told, vpcs::file_service)
            }),
            interfaces: counts(VPC),
        };
        populations.push(vpcs::hand_on(caller, run, &vpcs, &around));
    }
    populations.extend(groups.map(|told| groups::hand_on(caller, run, &told, &counts(SECURITY_GROUP))));
    populations.extend(acls.map(|told| acls::hand_on(caller, run, &told)));
    populations.extend(instances.map(|told| instances::hand_on(caller, run, &told)));
    populations.extend(peerings.map(|told| {
        let file = |caller: &Caller, told: &Told<_>| Joined::of(caller, DESCRIBE_ROUTE_TABLES, told, peerings::file_routes);
        peerings::hand_on(caller, run, &told, &joined(caller, run, (PEERING, "routes"), tables.as_ref(), file))
    }));
    populations.extend(endpoints.filter(|_| run.wants(ENDPOINT)).map(|told| endpoints::hand_on(caller, run, &told)));
    populations
}

/// What a listing says, or that nobody asked for it.
fn joined<I, T>(
    caller: &Caller,
    run: &Run<'_>,
    (kind, fact): (&str, &str),
    told: Option<&Told<I>>,
    join: impl FnOnce(&Caller, &Told<I>) -> Joined<T>,
) -> Joined<T> {
    match told.filter(|_| run.wants_fact(kind, fact)) {
        Some(told) => join(caller, told),
        None => Joined::unasked(run.unasked(caller, kind, fact)),
    }
}
