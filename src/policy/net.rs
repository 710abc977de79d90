//! How much of the internet a list of CIDR blocks lets in.
//!
//! Amazon S3 documents where a range stops being a restriction: wider than /8 for IPv4 and /32 for IPv6, private ranges
//! excepted ("The meaning of public", Amazon S3 User Guide). The same measure is used for all services.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::grid::Match;

/// An address block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    address: IpAddr,
    prefix: u8,
}

impl Block {
    /// Reads `192.0.2.0/24` or a single address.
    pub(super) fn parse(text: &str) -> Option<Block> {
        let (address, prefix) = match text.trim().split_once('/') {
            Some((address, prefix)) => (address.parse().ok()?, Some(prefix.parse::<u8>().ok()?)),
            None => (text.trim().parse().ok()?, None),
        };
        let widest = match address {
            IpAddr::V4(_) => 32,
            IpAddr::V6(_) => 128,
        };
        let prefix = prefix.unwrap_or(widest);
        (prefix <= widest).then_some(Block { address, prefix })
    }

    /// Tells whether the block is wider than what AWS still calls a restriction.
    fn is_wide(self) -> bool {
        match self.address {
            IpAddr::V4(_) => self.prefix < 8,
            IpAddr::V6(_) => self.prefix < 32 && !self.is_private(),
        }
    }

    fn is_private(self) -> bool {
        match self.address {
            IpAddr::V4(a) => {
                let within =
                    |net: Ipv4Addr, prefix: u8| self.prefix >= prefix && (u32::from(a) ^ u32::from(net)) >> (32 - u32::from(prefix)) == 0;
                within(Ipv4Addr::new(10, 0, 0, 0), 8)
                    || within(Ipv4Addr::new(172, 16, 0, 0), 12)
                    || within(Ipv4Addr::new(192, 168, 0, 0), 16)
            }
            IpAddr::V6(a) => self.prefix >= 7 && a.segments()[0] & 0xfe00 == 0xfc00,
        }
    }

    /// The public addresses in the block, in units of an IPv4 /32 or an IPv6 /56.
    fn weight(self) -> u64 {
        match self.address {
            _ if self.is_private() => 0,
            IpAddr::V4(_) => 1 << (32 - u32::from(self.prefix)),
            IpAddr::V6(_) => 1 << (56 - u32::from(self.prefix).min(56)),
        }
    }
}

/// Tells whether somebody anywhere on the internet can call from within the blocks.
pub(super) fn admits_internet(values: &[String]) -> Match {
    let blocks: Option<Vec<Block>> = values.iter().map(|value| Block::parse(value)).collect();
    match blocks {
        None => Match::Maybe,
        Some(blocks) if blocks.iter().any(|block| block.is_wide()) => Match::Sure,
        // Many blocks that together are more than one of the widest allowed.
        Some(blocks) if blocks.iter().map(|block| block.weight()).fold(0, u64::saturating_add) > 1 << 24 => Match::Maybe,
        Some(_) => Match::No,
    }
}

/// Tells whether the blocks hold every IPv4 address.
pub(super) fn covers_internet(values: &[String]) -> bool {
    let blocks: Vec<Block> = values.iter().filter_map(|value| Block::parse(value)).collect();
    let v4 = blocks.iter().filter_map(|block| match block.address {
        IpAddr::V4(a) => Some((u64::from(u32::from(a)) >> (32 - block.prefix) << (32 - block.prefix), block.prefix)),
        IpAddr::V6(_) => None,
    });
    let mut ranges: Vec<(u64, u64)> = v4.map(|(start, prefix)| (start, start + (1 << (32 - prefix)))).collect();
    ranges.sort_unstable();
    let reached = ranges.iter().fold(0, |reached, &(start, end)| if start <= reached { reached.max(end) } else { reached });
    reached >= 1 << 32
}

/// Tells whether `inner` lies wholly inside `outer`; both as text.
pub fn cidr_within(inner: &str, outer: &str) -> Option<bool> {
    let (inner, outer) = (Block::parse(inner)?, Block::parse(outer)?);
    let bits = |address: IpAddr| match address {
        IpAddr::V4(a) => u128::from(u32::from(a)) << 96,
        IpAddr::V6(a) => Ipv6Addr::to_bits(a),
    };
    let same_family = inner.address.is_ipv4() == outer.address.is_ipv4();
    let differ = bits(inner.address) ^ bits(outer.address);
    let shared = outer.prefix == 0 || differ >> (128 - u32::from(outer.prefix)) == 0;
    Some(same_family && inner.prefix >= outer.prefix && shared)
}
