//! Network ACLs: what their incoming entries, in the order of their numbers, open to the internet.

use aws_sdk_ec2::types::{NetworkAcl, NetworkAclEntry, RuleAction};

use super::facts;
use super::groups::open_ports;
use super::ids::{Place, count, name_tag, named};
use super::kinds::NETWORK_ACL;
use super::listings::{DESCRIBE_NETWORK_ACLS, Told};
use super::networks::{Block, Family};
use super::ports::{Entry, Ports, Source, shown};
use crate::aws::Caller;
use crate::collect::at::{At, sources};
use crate::collect::scope::Run;
use crate::model::{Fact, Population, Resource};

/// Hands on network ACLs.
pub fn hand_on(caller: &Caller, run: &Run<'_>, told: &Told<NetworkAcl>) -> Population {
    let place = Place::of(caller);
    for (call, acl) in &told.items {
        // The listing has left out what has no id.
        let id = acl.network_acl_id.clone().unwrap_or_default();
        let facts = facts_of(At::call(caller, DESCRIBE_NETWORK_ACLS, *call), acl, &place.account);
        let (arn, name) = (place.arn(acl.owner_id.as_deref(), "network-acl", &id), named(name_tag(acl.tags()), &id));
        run.found(&Resource::new(caller.place(), NETWORK_ACL, arn, name, &facts, sources([("", vec![*call])])));
    }
    told.proof.population(caller, NETWORK_ACL, told.items.len() as u64, None)
}

fn facts_of(at: At<'_>, acl: &NetworkAcl, account: &str) -> facts::NetworkAcl {
    let mut incoming: Vec<&NetworkAclEntry> = acl.entries().iter().filter(|entry| entry.egress == Some(false)).collect();
    incoming.sort_by_key(|entry| entry.rule_number);
    let entries = match acl.entries().iter().any(|entry| entry.egress.is_none()) {
        true => Err("an entry does not tell its direction".to_owned()),
        false => incoming.iter().map(|entry| read(entry)).collect::<Result<Vec<Entry>, String>>(),
    };
    let open = |family| match &entries {
        Ok(entries) => Fact::Known(open_ports(at, entries, family)),
        Err(why) => at.read(Err(why.clone())),
    };
    let mut subnets: Vec<String> = acl.associations().iter().filter_map(|association| association.subnet_id.clone()).collect();
    subnets.sort();
    facts::NetworkAcl {
        network_acl_id: at.need(acl.network_acl_id.clone(), "networkAclId"),
        vpc_id: at.need(acl.vpc_id.clone(), "vpcId"),
        owner_id: at.need(acl.owner_id.clone(), "ownerId"),
        owned: at.need(acl.owner_id.as_ref().map(|owner| owner == account), "ownerId"),
        is_default: at.need(acl.is_default, "default"),
        subnet_ids: Fact::Known(subnets),
        ingress_entry_count: Fact::Known(count(incoming.len())),
        open_ipv4_ports: open(Family::V4),
        open_ipv6_ports: open(Family::V6),
        entries_from_anywhere: Fact::Known(incoming.iter().filter_map(|entry| from_anywhere(entry)).collect()),
    }
}

fn range(entry: &NetworkAclEntry) -> (Option<i64>, Option<i64>) {
    let range = entry.port_range.as_ref();
    (range.and_then(|range| range.from).map(i64::from), range.and_then(|range| range.to).map(i64::from))
}

fn read(entry: &NetworkAclEntry) -> Result<Entry, String> {
    let number = entry.rule_number.ok_or("an entry has no number")?;
    let lacks = |what: &str| format!("entry {number} has no {what}");
    let allow = match entry.rule_action {
        Some(RuleAction::Allow) => true,
        Some(RuleAction::Deny) => false,
        _ => return Err(lacks("action that is known")),
    };
    let (from, to) = range(entry);
    let ports = Ports::read(entry.protocol.as_deref().ok_or_else(|| lacks("protocol"))?, from, to)?;
    let block = entry.cidr_block.as_ref().or(entry.ipv6_cidr_block.as_ref()).ok_or_else(|| lacks("block of addresses"))?;
    Ok(Entry { allow, ports, source: Source::Block(Block::parse(block)?) })
}

fn from_anywhere(entry: &NetworkAclEntry) -> Option<String> {
    let block = entry.cidr_block.as_ref().or(entry.ipv6_cidr_block.as_ref())?;
    let anywhere = Block::parse(block).is_ok_and(|read| read == read.family.everything()) && entry.rule_action == Some(RuleAction::Allow);
    let (from, to) = range(entry);
    anywhere.then(|| {
        format!("{}: allow {} from {block}", entry.rule_number.unwrap_or_default(), shown(entry.protocol().unwrap_or(""), from, to))
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::PortRange;

    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    fn entry(number: i32, action: &str, protocol: &str, ports: Option<(i32, i32)>, block: &str) -> NetworkAclEntry {
        let entry = NetworkAclEntry::builder().rule_number(number).rule_action(action.into()).protocol(protocol).egress(false);
        let entry = entry.set_port_range(ports.map(|(from, to)| PortRange::builder().from(from).to(to).build()));
        if block.contains(':') { entry.ipv6_cidr_block(block).build() } else { entry.cidr_block(block).build() }
    }

    fn facts(entries: Vec<NetworkAclEntry>) -> (facts::NetworkAcl, Vec<String>) {
        let noted = Noted::new("eu-west-1");
        let acl = NetworkAcl::builder().network_acl_id("acl-1").vpc_id("vpc-1").owner_id("444455556666").is_default(true);
        let facts = facts_of(At::call(&noted, DESCRIBE_NETWORK_ACLS, CallId(1)), &acl.set_entries(Some(entries)).build(), "111122223333");
        (facts, noted.details())
    }

    fn open(ports: &Fact<Vec<facts::OpenPorts>>) -> Vec<(String, i64, i64)> {
        ports.known().expect("ranges").iter().map(|range| (range.protocol.clone(), range.first, range.last)).collect()
    }

    #[test]
    fn entries_count_in_the_order_of_their_numbers_and_outgoing_ones_do_not() {
        let mut out = entry(1, "allow", "-1", None, "0.0.0.0/0");
        out.egress = Some(true);
        let rest = entry(32767, "deny", "-1", None, "0.0.0.0/0");
        let (read, details) =
            facts(vec![rest, entry(200, "allow", "-1", None, "0.0.0.0/0"), entry(100, "deny", "6", Some((22, 22)), "0.0.0.0/0"), out]);
        assert_eq!(open(&read.open_ipv4_ports), [("tcp".into(), 0, 21), ("tcp".into(), 23, 65535), ("udp".into(), 0, 65535)]);
        assert_eq!(read.entries_from_anywhere, Fact::Known(vec!["200: allow all traffic from 0.0.0.0/0".to_owned()]));
        assert_eq!((read.owned, read.ingress_entry_count, details), (Fact::Known(false), Fact::Known(3), Vec::new()));
    }

    #[test]
    fn families_are_apart() {
        let (read, _) = facts(vec![entry(100, "allow", "6", Some((22, 22)), "::/0"), entry(101, "allow", "1", None, "0.0.0.0/0")]);
        assert_eq!(open(&read.open_ipv6_ports), [("tcp".into(), 22, 22)]);
        assert_eq!(open(&read.open_ipv4_ports), []);
    }

    #[test]
    fn an_entry_that_cannot_be_read_leaves_the_ports_unknown() {
        let without = |spoil: fn(&mut NetworkAclEntry)| {
            let mut one = entry(1, "deny", "6", Some((22, 22)), "0.0.0.0/0");
            spoil(&mut one);
            one
        };
        let broken = [
            without(|entry| entry.rule_action = None),
            without(|entry| entry.protocol = None),
            without(|entry| entry.egress = None),
            without(|entry| entry.cidr_block = None),
            without(|entry| entry.rule_number = None),
            entry(1, "allow", "17", None, "0.0.0.0/0"),
        ];
        for one in broken {
            let (read, details) = facts(vec![one.clone()]);
            assert!(read.open_ipv4_ports.known().is_none() && read.open_ipv6_ports.known().is_none(), "{one:?}");
            assert_eq!(details.len(), 1, "{details:?}");
        }
    }
}
