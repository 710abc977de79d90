//! Security groups: their rules one by one, and what these open to the internet.

use aws_sdk_ec2::types::{IpPermission, SecurityGroup};

use super::facts::{self, OpenPorts, Rule};
use super::ids::{Place, named};
use super::kinds::SECURITY_GROUP;
use super::listings::{DESCRIBE_SECURITY_GROUPS, Joined, Told};
use super::networks::{Block, Family};
use super::ports::{Entry, Openness, Ports, Source, open_ranges, shown};
use crate::aws::Caller;
use crate::collect::at::{At, sources};
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Reason, Resource};

/// Hands on security groups.
pub fn hand_on(caller: &Caller, run: &Run<'_>, told: &Told<SecurityGroup>, interfaces: &Joined<i64>) -> Population {
    let place = Place::of(caller);
    for (call, group) in &told.items {
        // The listing has left out what has no id.
        let id = group.group_id.clone().unwrap_or_default();
        let at = At::call(caller, DESCRIBE_SECURITY_GROUPS, *call);
        let facts = facts_of(at, group, &place.account, interfaces.about(&id));
        let (arn, name) = (place.arn(group.owner_id.as_deref(), "security-group", &id), named(group.group_name.as_deref(), &id));
        let paths: [(&str, Vec<CallId>); 2] = [("", vec![*call]), ("network_interface_count", interfaces.calls.clone())];
        run.found(&Resource::new(caller.place(), SECURITY_GROUP, arn, name, &facts, sources(paths)));
    }
    told.proof.population(caller, SECURITY_GROUP, told.items.len() as u64, None)
}

fn facts_of(at: At<'_>, group: &SecurityGroup, account: &str, network_interface_count: Fact<i64>) -> facts::SecurityGroup {
    let ingress = rules(group.ip_permissions.as_deref());
    let entries = ingress.as_ref().map_err(Clone::clone).and_then(|rules| rules.iter().map(entry).collect::<Result<Vec<_>, _>>());
    let open = |family| match &entries {
        Ok(entries) => Fact::Known(open_ports(at, entries, family)),
        Err(why) => at.read(Err(why.clone())),
    };
    facts::SecurityGroup {
        group_id: at.need(group.group_id.clone(), "groupId"),
        group_name: at.need(group.group_name.clone(), "groupName"),
        description: Fact::Known(group.description.clone().unwrap_or_default()),
        vpc_id: at.need(group.vpc_id.clone(), "vpcId"),
        owner_id: at.need(group.owner_id.clone(), "ownerId"),
        owned: at.need(group.owner_id.as_ref().map(|owner| owner == account), "ownerId"),
        is_default: at.need(group.group_name.as_ref().map(|name| name == "default"), "groupName"),
        open_ipv4_ports: open(Family::V4),
        open_ipv6_ports: open(Family::V6),
        rules_from_anywhere: at.read(ingress.as_ref().map(|rules| from_anywhere(rules)).map_err(Clone::clone)),
        ingress: at.read(ingress),
        egress: at.read(rules(group.ip_permissions_egress.as_deref())),
        network_interface_count,
    }
}

/// The rules, one for each source or destination.
fn rules(permissions: Option<&[IpPermission]>) -> Result<Vec<Rule>, String> {
    permissions.unwrap_or_default().iter().map(rules_of).collect::<Result<Vec<_>, _>>().map(|rules| rules.concat())
}

fn rules_of(permission: &IpPermission) -> Result<Vec<Rule>, String> {
    let ip_protocol = permission.ip_protocol.clone().ok_or("a rule of the group has no protocol")?;
    let blocks = permission.ip_ranges().iter().map(|range| ("ipv4", range.cidr_ip.clone()));
    let blocks6 = permission.ipv6_ranges().iter().map(|range| ("ipv6", range.cidr_ipv6.clone()));
    let lists = permission.prefix_list_ids().iter().map(|list| ("prefix_list", list.prefix_list_id.clone()));
    let groups = permission.user_id_group_pairs().iter().map(|pair| ("security_group", pair.group_id.clone()));
    let rule = |(kind, peer): (&str, Option<String>)| {
        Ok(Rule {
            ip_protocol: ip_protocol.clone(),
            from_port: permission.from_port.map(i64::from),
            to_port: permission.to_port.map(i64::from),
            peer_type: kind.to_owned(),
            peer: peer.ok_or_else(|| format!("a rule of the group names a {} without its id", kind.replace('_', " ")))?,
        })
    };
    blocks.chain(blocks6).chain(lists).chain(groups).map(rule).collect()
}

/// A rule as it counts for the internet. What comes from another security group comes from within the network.
fn entry(rule: &Rule) -> Result<Entry, String> {
    let ports = Ports::read(&rule.ip_protocol, rule.from_port, rule.to_port)?;
    let source = match rule.peer_type.as_str() {
        "ipv4" | "ipv6" => Source::Block(Block::parse(&rule.peer)?),
        "prefix_list" => Source::PrefixList(rule.peer.clone()),
        _ => Source::Nowhere,
    };
    Ok(Entry { allow: true, ports, source })
}

/// Open ranges as facts. What a prefix list may open is absent with its name.
pub fn open_ports(at: At<'_>, entries: &[Entry], family: Family) -> Vec<OpenPorts> {
    let open = |openness: Openness| match openness {
        Openness::Unknown(lists) => {
            let lists: Vec<String> = lists.into_iter().collect();
            at.absent(Reason::Failed, format!("the entries of prefix list {} are not read: they may hold every address", lists.join(", ")))
        }
        openness => Fact::Known(openness == Openness::Open),
    };
    let ranges = open_ranges(entries, family).into_iter();
    ranges
        .map(|range| OpenPorts {
            protocol: range.protocol.as_str().to_owned(),
            first: range.first,
            last: range.last,
            open: open(range.openness),
        })
        .collect()
}

fn from_anywhere(rules: &[Rule]) -> Vec<String> {
    let anywhere = |rule: &&Rule| Block::parse(&rule.peer).is_ok_and(|block| block == block.family.everything());
    let words = |rule: &Rule| format!("{} from {}", shown(&rule.ip_protocol, rule.from_port, rule.to_port), rule.peer);
    rules.iter().filter(anywhere).map(words).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{IpRange, Ipv6Range, PrefixListId, UserIdGroupPair};

    use super::*;
    use crate::collect::at::tests::Noted;

    fn read(permissions: Vec<IpPermission>) -> (facts::SecurityGroup, Vec<String>) {
        let noted = Noted::new("eu-west-1");
        let group = SecurityGroup::builder().group_id("sg-1").group_name("web").vpc_id("vpc-1").owner_id("111122223333");
        let group = group.set_ip_permissions(Some(permissions)).build();
        let facts = facts_of(At::call(&noted, DESCRIBE_SECURITY_GROUPS, CallId(1)), &group, "111122223333", Fact::Known(0));
        (facts, noted.details())
    }

    fn tcp(from: i32, to: i32) -> aws_sdk_ec2::types::builders::IpPermissionBuilder {
        IpPermission::builder().ip_protocol("tcp").from_port(from).to_port(to)
    }

    fn any() -> IpRange {
        IpRange::builder().cidr_ip("0.0.0.0/0").build()
    }

    #[test]
    fn each_source_of_a_rule_is_a_rule_and_those_from_anywhere_are_shown() {
        let pair = UserIdGroupPair::builder().group_id("sg-2").build();
        let rule = tcp(22, 23).ip_ranges(any()).ip_ranges(IpRange::builder().cidr_ip("10.0.0.0/8").build());
        let rule = rule.ipv6_ranges(Ipv6Range::builder().cidr_ipv6("::/0").build()).user_id_group_pairs(pair).build();
        let (facts, details) = read(vec![rule]);
        let peers: Vec<String> = facts.ingress.known().expect("rules").iter().map(|rule| rule.peer.clone()).collect();
        assert_eq!(peers, ["0.0.0.0/0", "10.0.0.0/8", "::/0", "sg-2"]);
        assert_eq!(facts.rules_from_anywhere, Fact::Known(vec!["tcp 22-23 from 0.0.0.0/0".into(), "tcp 22-23 from ::/0".into()]));
        for open in [facts.open_ipv4_ports, facts.open_ipv6_ports] {
            assert_eq!(open, Fact::Known(vec![OpenPorts { protocol: "tcp".into(), first: 22, last: 23, open: Fact::Known(true) }]));
        }
        assert_eq!((facts.owned, facts.is_default, details), (Fact::Known(true), Fact::Known(false), Vec::new()));
    }

    #[test]
    fn a_group_that_admits_another_group_alone_is_closed_to_the_internet() {
        let pair = UserIdGroupPair::builder().group_id("sg-1").build();
        let (facts, _) = read(vec![IpPermission::builder().ip_protocol("-1").user_id_group_pairs(pair).build()]);
        assert_eq!(facts.open_ipv4_ports, Fact::Known(Vec::new()));
        assert_eq!(facts.ingress.known().map(Vec::len), Some(1));
    }

    #[test]
    fn w18_what_a_prefix_list_admits_is_not_known() {
        let (facts, details) = read(vec![tcp(22, 22).prefix_list_ids(PrefixListId::builder().prefix_list_id("pl-9").build()).build()]);
        let open = facts.open_ipv4_ports.known().expect("ranges");
        assert!(open.len() == 1 && open[0].open.known().is_none());
        assert_eq!(details, ["failed: the entries of prefix list pl-9 are not read: they may hold every address"]);
    }

    #[test]
    fn a_rule_that_cannot_be_read_leaves_the_ports_unknown() {
        for rule in [
            IpPermission::builder().ip_ranges(any()).build(),
            IpPermission::builder().ip_protocol("tcp").ip_ranges(any()).build(),
            tcp(22, 22).ip_ranges(IpRange::builder().build()).build(),
            tcp(22, 22).ip_ranges(IpRange::builder().cidr_ip("0.0.0.0").build()).build(),
        ] {
            let (facts, details) = read(vec![rule.clone()]);
            assert!(facts.open_ipv4_ports.known().is_none() && !details.is_empty(), "{rule:?}");
        }
    }
}
