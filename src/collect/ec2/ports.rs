//! Which ports a list of rules opens to every address. Pure.
//!
//! A rule matches a port by protocol and range: `-1` matches every port of every protocol, `6` is TCP and `17` is UDP; ICMP has no
//! ports, though its type and code stand where ports do. Rules are taken in order, as network ACLs have it: a rule that denies takes
//! addresses away from those behind it. In a security group all rules allow, and the order does not matter.

use std::collections::BTreeSet;

use super::networks::{Addresses, Block, Family, cover};

const LAST: i64 = 65535;

/// The protocols that have ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

impl Protocol {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
        }
    }
}

/// The ports that a rule speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ports {
    protocols: &'static [Protocol],
    first: i64,
    last: i64,
}

impl Ports {
    /// Reads protocol and range as AWS writes them.
    ///
    /// # Errors
    /// Where TCP or UDP come without a range, which AWS never does.
    pub fn read(protocol: &str, from: Option<i64>, to: Option<i64>) -> Result<Ports, String> {
        let protocols: &[Protocol] = match protocol {
            "-1" => return Ok(Ports { protocols: &[Protocol::Tcp, Protocol::Udp], first: 0, last: LAST }),
            "tcp" | "6" => &[Protocol::Tcp],
            "udp" | "17" => &[Protocol::Udp],
            _ => return Ok(Ports { protocols: &[], first: 0, last: LAST }),
        };
        match (from, to) {
            (Some(-1), _) | (_, Some(-1)) => Ok(Ports { protocols, first: 0, last: LAST }),
            (Some(first), Some(last)) if (0..=last).contains(&first) && last <= LAST => Ok(Ports { protocols, first, last }),
            _ => Err(format!("a rule for {} has no range of ports", protocols[0].as_str())),
        }
    }

    fn include(&self, protocol: Protocol, port: i64) -> bool {
        self.protocols.contains(&protocol) && self.first <= port && port <= self.last
    }
}

/// Where a rule lets traffic come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A block of addresses.
    Block(Block),
    /// A prefix list, by its id: its entries are not read.
    PrefixList(String),
    /// Not from the internet: another security group.
    Nowhere,
}

/// One incoming rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whether it allows or denies.
    pub allow: bool,
    /// Ports.
    pub ports: Ports,
    /// Source.
    pub source: Source,
}

/// How open a port is to every address of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Openness {
    /// It is.
    Open,
    /// It may be, through these prefix lists.
    Unknown(BTreeSet<String>),
    /// It is not.
    Closed,
}

/// A range of ports that is not closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// Protocol.
    pub protocol: Protocol,
    /// First port.
    pub first: i64,
    /// Last port.
    pub last: i64,
    /// [`Openness::Open`] or [`Openness::Unknown`].
    pub openness: Openness,
}

/// The ranges that rules, in their order, do not keep closed to the internet.
pub fn open_ranges(entries: &[Entry], family: Family) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::new();
    for protocol in [Protocol::Tcp, Protocol::Udp] {
        for (first, last) in segments(entries, protocol) {
            let openness = openness(entries, family, protocol, first);
            match ranges.last_mut() {
                _ if openness == Openness::Closed => {}
                Some(before) if before.protocol == protocol && before.last + 1 == first && before.openness == openness => {
                    before.last = last
                }
                _ => ranges.push(Range { protocol, first, last, openness }),
            }
        }
    }
    ranges
}

/// The ranges within which every port is matched by the same rules.
fn segments(entries: &[Entry], protocol: Protocol) -> Vec<(i64, i64)> {
    let ports = entries.iter().map(|entry| &entry.ports).filter(|ports| ports.protocols.contains(&protocol));
    let starts: BTreeSet<i64> = ports.flat_map(|ports| [ports.first, ports.last + 1]).filter(|port| *port <= LAST).collect();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([LAST]);
    starts.iter().copied().zip(ends).collect()
}

fn openness(entries: &[Entry], family: Family, protocol: Protocol, port: i64) -> Openness {
    let whole = family.everything();
    let (mut left, mut allowed, mut lists) = (Addresses::of(whole), Vec::new(), BTreeSet::new());
    for entry in entries.iter().filter(|entry| entry.ports.include(protocol, port)) {
        match &entry.source {
            Source::PrefixList(id) => {
                lists.insert(id.clone());
            }
            Source::Block(block) if left.meet(*block) => {
                allowed.extend(entry.allow.then_some(*block));
                left = left.without(*block);
            }
            Source::Block(_) | Source::Nowhere => {}
        }
    }
    match (cover(allowed, whole), lists.is_empty()) {
        (true, _) => Openness::Open,
        (false, false) => Openness::Unknown(lists),
        (false, true) => Openness::Closed,
    }
}

/// A rule's ports in words: `tcp 22`, `udp 1000-2000`, `all traffic`, `icmp`.
pub fn shown(protocol: &str, from: Option<i64>, to: Option<i64>) -> String {
    let name = match protocol {
        "-1" => return "all traffic".to_owned(),
        "6" => "tcp",
        "17" => "udp",
        name => name,
    };
    match (["tcp", "udp"].contains(&name), from, to) {
        (true, Some(from), Some(to)) if from == to => format!("{name} {from}"),
        (true, Some(from), Some(to)) => format!("{name} {from}-{to}"),
        _ if name.parse::<u32>().is_ok() => format!("protocol {name}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(allow: bool, protocol: &str, ports: Option<(i64, i64)>, source: &str) -> Entry {
        let ports = Ports::read(protocol, ports.map(|range| range.0), ports.map(|range| range.1)).expect("ports");
        let source = Block::parse(source).map_or_else(|_| Source::PrefixList(source.to_owned()), Source::Block);
        Entry { allow, ports, source }
    }

    fn allow(protocol: &str, ports: Option<(i64, i64)>, source: &str) -> Entry {
        entry(true, protocol, ports, source)
    }

    /// `tcp 22-22`, with `?` where it is not known.
    fn open(entries: &[Entry], family: Family) -> Vec<String> {
        let word = |range: &Range| {
            let mark = if range.openness == Openness::Open { "" } else { "?" };
            format!("{} {}-{}{mark}", range.protocol.as_str(), range.first, range.last)
        };
        open_ranges(entries, family).iter().map(word).collect()
    }

    const ANY: &str = "0.0.0.0/0";

    #[test]
    fn a_rule_for_all_protocols_opens_every_port() {
        assert_eq!(open(&[allow("-1", None, ANY)], Family::V4), ["tcp 0-65535", "udp 0-65535"]);
        // AWS ignores ports where the rule is for all protocols.
        assert_eq!(open(&[allow("-1", Some((80, 80)), ANY)], Family::V4), ["tcp 0-65535", "udp 0-65535"]);
        assert_eq!(open(&[allow("-1", None, ANY)], Family::V6), Vec::<String>::new());
        assert_eq!(open(&[allow("-1", None, "::/0")], Family::V6), ["tcp 0-65535", "udp 0-65535"]);
    }

    #[test]
    fn protocols_stand_by_name_or_number_and_icmp_is_not_a_port() {
        for (tcp, udp) in [("tcp", "udp"), ("6", "17")] {
            assert_eq!(open(&[allow(tcp, Some((22, 22)), ANY)], Family::V4), ["tcp 22-22"]);
            assert_eq!(open(&[allow(udp, Some((3389, 3389)), ANY)], Family::V4), ["udp 3389-3389"]);
        }
        for icmp in ["icmp", "1", "icmpv6", "58", "50", "132"] {
            assert_eq!(open(&[allow(icmp, Some((8, -1)), ANY), allow(icmp, None, ANY)], Family::V4), Vec::<String>::new(), "{icmp}");
        }
        assert_eq!(open(&[allow("tcp", Some((-1, -1)), ANY)], Family::V4), ["tcp 0-65535"]);
        assert!(Ports::read("tcp", None, None).is_err() && Ports::read("udp", Some(9), Some(8)).is_err());
        assert!(Ports::read("6", Some(22), None).is_err() && Ports::read("6", Some(22), Some(65536)).is_err());
    }

    #[test]
    fn ranges_meet_and_overlap() {
        let rules = [allow("tcp", Some((0, 21)), ANY), allow("tcp", Some((20, 22)), ANY), allow("tcp", Some((24, 65535)), ANY)];
        assert_eq!(open(&rules, Family::V4), ["tcp 0-22", "tcp 24-65535"]);
    }

    #[test]
    fn narrow_sources_open_nothing_unless_they_are_the_internet_together() {
        let port = Some((22, 22));
        assert_eq!(open(&[allow("tcp", port, "203.0.113.0/24"), allow("tcp", port, "128.0.0.0/1")], Family::V4), Vec::<String>::new());
        assert_eq!(open(&[allow("tcp", Some((20, 30)), "0.0.0.0/1"), allow("tcp", port, "128.0.0.0/1")], Family::V4), ["tcp 22-22"]);
    }

    #[test]
    fn a_prefix_list_leaves_open_what_nothing_else_opens() {
        let rules = [allow("tcp", Some((22, 443)), "pl-0a1b2c3d"), allow("tcp", Some((443, 443)), ANY)];
        assert_eq!(open(&rules, Family::V4), ["tcp 22-442?", "tcp 443-443"]);
        assert_eq!(open(&rules, Family::V6), ["tcp 22-443?"]);
    }

    #[test]
    fn the_first_entry_that_matches_decides() {
        let (ssh, web) = (Some((22, 22)), Some((0, 1024)));
        assert_eq!(open(&[entry(false, "6", ssh, ANY), allow("6", web, ANY)], Family::V4), ["tcp 0-21", "tcp 23-1024"]);
        assert_eq!(open(&[allow("6", web, ANY), entry(false, "6", ssh, ANY)], Family::V4), ["tcp 0-1024"]);
        assert_eq!(open(&[entry(false, "-1", None, ANY), allow("-1", None, ANY)], Family::V4), Vec::<String>::new());
        // Denied to one network, allowed to the rest of the internet.
        assert_eq!(open(&[entry(false, "6", ssh, "10.0.0.0/8"), allow("6", ssh, ANY)], Family::V4), ["tcp 22-22"]);
        // What is denied in two halves is denied.
        let halves = [entry(false, "6", ssh, "0.0.0.0/1"), entry(false, "6", ssh, "128.0.0.0/1"), allow("6", ssh, ANY)];
        assert_eq!(open(&halves, Family::V4), Vec::<String>::new());
        // A denial of another protocol is none of this one.
        assert_eq!(open(&[entry(false, "17", ssh, ANY), allow("-1", None, ANY)], Family::V4)[0], "tcp 0-65535");
    }

    #[test]
    fn rules_are_shown_in_words() {
        assert_eq!(shown("-1", None, None), "all traffic");
        assert_eq!(shown("6", Some(22), Some(22)), "tcp 22");
        assert_eq!(shown("udp", Some(1), Some(2)), "udp 1-2");
        assert_eq!(shown("icmp", Some(8), Some(-1)), "icmp");
        assert_eq!(shown("50", None, None), "protocol 50");
    }
}
