//! Peering connections, and which addresses of the peer the routes into them reach.

use std::collections::BTreeMap;

use aws_sdk_ec2::types::{Route, RouteTable, VpcPeeringConnection, VpcPeeringConnectionVpcInfo};

use super::facts::{self, PeeredVpc, PeeringRoute};
use super::ids::{Place, name_tag, named};
use super::kinds::PEERING;
use super::listings::{DESCRIBE_ROUTE_TABLES, DESCRIBE_VPC_PEERING_CONNECTIONS, Joined, Told};
use super::networks::{Block, cover};
use crate::aws::Caller;
use crate::collect::at::{At, sources};
use crate::collect::scope::Run;
use crate::model::{Fact, Population, Resource};

/// Hands on peering connections.
pub fn hand_on(caller: &Caller, run: &Run<'_>, told: &Told<VpcPeeringConnection>, routes: &Joined<Vec<PeeringRoute>>) -> Population {
    let place = Place::of(caller);
    for (call, peering) in &told.items {
        // The listing has left out what has no id.
        let id = peering.vpc_peering_connection_id.clone().unwrap_or_default();
        let at = (At::call(caller, DESCRIBE_VPC_PEERING_CONNECTIONS, *call), At::operation(caller, DESCRIBE_ROUTE_TABLES));
        let facts = facts_of(at, peering, routes.about(&id));
        let (arn, name) = (place.arn(None, "vpc-peering-connection", &id), named(name_tag(peering.tags()), &id));
        let with_listing = [vec![*call], routes.calls.clone()].concat();
        let paths = [("", vec![*call]), ("routes", routes.calls.clone()), ("reaches_whole_peer", with_listing)];
        run.found(&Resource::new(caller.place(), PEERING, arn, name, &facts, sources(paths)));
    }
    told.proof.population(caller, PEERING, told.items.len() as u64, None)
}

fn facts_of(
    (at, routes_at): (At<'_>, At<'_>),
    peering: &VpcPeeringConnection,
    routes: Fact<Vec<PeeringRoute>>,
) -> facts::VpcPeeringConnection {
    let requester = side(at, peering.requester_vpc_info.as_ref(), "requesterVpcInfo");
    let accepter = side(at, peering.accepter_vpc_info.as_ref(), "accepterVpcInfo");
    let reaches_whole_peer = match (&routes, &requester, &accepter) {
        (Fact::Known(routes), Fact::Known(requester), Fact::Known(accepter)) => {
            routes_at.read(reaches_whole_peer(routes, requester, accepter))
        }
        (Fact::Absent(gap), ..) | (_, Fact::Absent(gap), _) | (.., Fact::Absent(gap)) => Fact::Absent(gap.clone()),
    };
    let status = peering.status.as_ref().and_then(|status| status.code.as_ref()).map(|code| code.as_str().to_owned());
    facts::VpcPeeringConnection {
        vpc_peering_connection_id: at.need(peering.vpc_peering_connection_id.clone(), "vpcPeeringConnectionId"),
        status: at.need(status, "status.code"),
        requester_vpc: requester,
        accepter_vpc: accepter,
        routes,
        reaches_whole_peer,
    }
}

fn side(at: At<'_>, told: Option<&VpcPeeringConnectionVpcInfo>, member: &str) -> Fact<PeeredVpc> {
    let read = |told: &VpcPeeringConnectionVpcInfo| {
        let more = told.cidr_block_set().iter().filter_map(|block| block.cidr_block.clone());
        let ipv6 = told.ipv6_cidr_block_set().iter().filter_map(|block| block.ipv6_cidr_block.clone());
        let mut cidr_blocks: Vec<String> = told.cidr_block.clone().into_iter().chain(more).chain(ipv6).collect();
        cidr_blocks.sort();
        cidr_blocks.dedup();
        Some(PeeredVpc { vpc_id: told.vpc_id.clone()?, owner_id: told.owner_id.clone()?, region: told.region.clone(), cidr_blocks })
    };
    at.need(told.and_then(read), member)
}

/// Files a table's routes under the connections that they lead into.
pub fn file_routes(_: At<'_>, table: &RouteTable, by_peering: &mut BTreeMap<String, Vec<PeeringRoute>>) {
    for route in table.routes() {
        if let Some(peering) = &route.vpc_peering_connection_id {
            by_peering.entry(peering.clone()).or_default().push(PeeringRoute {
                route_table_id: table.route_table_id.clone().unwrap_or_default(),
                vpc_id: table.vpc_id.clone().unwrap_or_default(),
                destination: destination(route),
                state: route.state.as_ref().map(|state| state.as_str().to_owned()),
            });
        }
    }
}

/// A route is for one of the three.
fn destination(route: &Route) -> String {
    let told = [&route.destination_cidr_block, &route.destination_ipv6_cidr_block, &route.destination_prefix_list_id];
    told.into_iter().flatten().next().cloned().unwrap_or_default()
}

/// Whether the routes of one table hold a whole block of the VPC at the other end.
fn reaches_whole_peer(routes: &[PeeringRoute], requester: &PeeredVpc, accepter: &PeeredVpc) -> Result<bool, String> {
    let mut tables: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for route in routes {
        tables.entry((&route.route_table_id, &route.vpc_id)).or_default().push(&route.destination);
    }
    let each: Vec<Result<bool, String>> =
        tables.iter().map(|((table, vpc), destinations)| table_reaches(table, destinations, peer_of(vpc, requester, accepter)?)).collect();
    match each.contains(&Ok(true)) {
        true => Ok(true),
        false => each.into_iter().find(Result::is_err).unwrap_or(Ok(false)),
    }
}

fn peer_of<'a>(vpc: &str, requester: &'a PeeredVpc, accepter: &'a PeeredVpc) -> Result<&'a PeeredVpc, String> {
    match (vpc == requester.vpc_id, vpc == accepter.vpc_id) {
        (true, _) => Ok(accepter),
        (_, true) => Ok(requester),
        _ => Err(format!("a route of `{vpc}` leads into the connection, which is of other VPCs")),
    }
}

fn table_reaches(table: &str, destinations: &[&str], peer: &PeeredVpc) -> Result<bool, String> {
    if peer.cidr_blocks.is_empty() {
        return Err(format!("AWS does not tell the blocks of `{}`", peer.vpc_id));
    }
    let blocks: Vec<Result<Block, String>> = destinations.iter().map(|destination| Block::parse(destination)).collect();
    let known: Vec<Block> = blocks.iter().filter_map(|block| block.as_ref().ok().copied()).collect();
    for block in &peer.cidr_blocks {
        if cover(known.iter().copied(), Block::parse(block)?) {
            return Ok(true);
        }
    }
    let unread = destinations.iter().zip(&blocks).find(|(_, block)| block.is_err());
    unread.map_or(Ok(false), |(destination, _)| Err(format!("a route of `{table}` is for `{destination}`, whose blocks are not read")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vpc(id: &str, blocks: &[&str]) -> PeeredVpc {
        let cidr_blocks = blocks.iter().map(|block| (*block).to_owned()).collect();
        PeeredVpc { vpc_id: id.into(), owner_id: "111122223333".into(), region: None, cidr_blocks }
    }

    fn reaches(routes: &[(&str, &str, &str)]) -> Result<bool, String> {
        let route = |(table, vpc, destination): &(&str, &str, &str)| PeeringRoute {
            route_table_id: (*table).into(),
            vpc_id: (*vpc).into(),
            destination: (*destination).into(),
            state: None,
        };
        let routes: Vec<PeeringRoute> = routes.iter().map(route).collect();
        reaches_whole_peer(&routes, &vpc("vpc-a", &["10.1.0.0/16"]), &vpc("vpc-b", &["10.2.0.0/16", "10.3.0.0/24", "2001:db8::/56"]))
    }

    #[test]
    fn a_route_is_held_against_the_vpc_at_the_other_end() {
        assert_eq!(reaches(&[]), Ok(false));
        assert_eq!(reaches(&[("rtb-1", "vpc-a", "10.2.4.0/24")]), Ok(false));
        assert_eq!(reaches(&[("rtb-1", "vpc-a", "10.2.0.0/16")]), Ok(true));
        // One of its blocks is enough, and so is more than it.
        assert_eq!(reaches(&[("rtb-1", "vpc-a", "10.3.0.0/24")]), Ok(true));
        assert_eq!(reaches(&[("rtb-1", "vpc-a", "10.0.0.0/8")]), Ok(true));
        assert_eq!(reaches(&[("rtb-1", "vpc-a", "0.0.0.0/0")]), Ok(true));
        assert_eq!(reaches(&[("rtb-1", "vpc-a", "::/0")]), Ok(true));
        // The own block is not the peer's.
        assert_eq!(reaches(&[("rtb-1", "vpc-a", "10.1.0.0/16")]), Ok(false));
        assert_eq!(reaches(&[("rtb-2", "vpc-b", "10.1.0.0/16")]), Ok(true));
    }

    #[test]
    fn halves_are_the_whole_within_one_table_only() {
        assert_eq!(reaches(&[("rtb-1", "vpc-a", "10.2.0.0/17"), ("rtb-1", "vpc-a", "10.2.128.0/17")]), Ok(true));
        assert_eq!(reaches(&[("rtb-1", "vpc-a", "10.2.0.0/17"), ("rtb-2", "vpc-a", "10.2.128.0/17")]), Ok(false));
    }

    #[test]
    fn what_a_prefix_list_reaches_is_not_known_unless_another_route_settles_it() {
        assert!(reaches(&[("rtb-1", "vpc-a", "pl-1")]).is_err());
        assert_eq!(reaches(&[("rtb-1", "vpc-a", "pl-1"), ("rtb-2", "vpc-a", "10.0.0.0/8")]), Ok(true));
        assert!(reaches(&[("rtb-1", "vpc-z", "10.2.0.0/24")]).is_err());
        assert!(table_reaches("rtb-1", &["10.2.0.0/24"], &vpc("vpc-b", &[])).is_err());
    }
}
