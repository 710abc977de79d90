//! Address blocks as intervals: which addresses a list of blocks holds together. Pure.

use std::net::IpAddr;

/// The family of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

/// Addresses from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// Family.
    pub family: Family,
    first: u128,
    last: u128,
}

impl Family {
    /// Every address of the family.
    pub fn everything(self) -> Block {
        let last = match self {
            Family::V4 => u128::from(u32::MAX),
            Family::V6 => u128::MAX,
        };
        Block { family: self, first: 0, last }
    }
}

impl Block {
    /// Reads `192.0.2.0/24`; bits behind the prefix do not count, as AWS has it.
    pub fn parse(text: &str) -> Result<Block, String> {
        let unread = || format!("`{text}` is not an address block");
        let (address, prefix) = text.split_once('/').ok_or_else(unread)?;
        let (family, bits, width) = match address.parse().map_err(|_| unread())? {
            IpAddr::V4(address) => (Family::V4, u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (Family::V6, address.to_bits(), 128),
        };
        let prefix = prefix.parse::<u32>().ok().filter(|prefix| *prefix <= width).ok_or_else(unread)?;
        let host = family.everything().last.checked_shr(prefix).unwrap_or(0);
        // A shift within 128 bits leaves IPv4's upper bits zero, since the mask itself is 32 bits wide.
        Ok(Block { family, first: bits & !host, last: bits | host })
    }
}

/// A set of addresses of one family: blocks apart from each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses(Vec<Block>);

impl Addresses {
    /// The addresses of a block.
    pub fn of(block: Block) -> Self {
        Addresses(vec![block])
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the block holds one of them.
    pub fn meet(&self, block: Block) -> bool {
        self.0.iter().any(|own| own.family == block.family && own.first <= block.last && block.first <= own.last)
    }

    /// The addresses outside of the block.
    #[must_use]
    pub fn without(self, block: Block) -> Self {
        let rest = |own: Block| {
            let apart = own.family != block.family || own.last < block.first || block.last < own.first;
            let below = (own.first < block.first).then(|| Block { last: own.last.min(block.first.saturating_sub(1)), ..own });
            let above = (block.last < own.last).then(|| Block { first: own.first.max(block.last.saturating_add(1)), ..own });
            if apart { vec![own] } else { below.into_iter().chain(above).collect() }
        };
        Addresses(self.0.into_iter().flat_map(rest).collect())
    }
}

/// Whether the blocks hold all of `whole` together.
pub fn cover(blocks: impl IntoIterator<Item = Block>, whole: Block) -> bool {
    blocks.into_iter().fold(Addresses::of(whole), Addresses::without).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(texts: &[&str]) -> Vec<Block> {
        texts.iter().map(|text| Block::parse(text).expect("a block")).collect()
    }

    fn covered(texts: &[&str], whole: &str) -> bool {
        cover(blocks(texts), Block::parse(whole).expect("a block"))
    }

    #[test]
    fn blocks_that_are_everything_together_are_everything() {
        assert!(covered(&["0.0.0.0/0"], "0.0.0.0/0"));
        assert!(covered(&["128.0.0.0/1", "0.0.0.0/1"], "0.0.0.0/0"));
        assert!(covered(&["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"], "0.0.0.0/0"));
        assert!(!covered(&["0.0.0.0/1", "128.0.0.0/2"], "0.0.0.0/0"));
        assert!(!covered(&[], "0.0.0.0/0") && !covered(&["::/0"], "0.0.0.0/0") && !covered(&["0.0.0.0/0"], "::/0"));
        assert!(covered(&["::/1", "8000::/1"], "::/0") && covered(&["::/0"], "::/0"));
        assert!(covered(&["10.0.0.0/8"], "10.7.0.0/16") && !covered(&["10.7.0.0/17"], "10.7.0.0/16"));
    }

    #[test]
    fn bits_behind_the_prefix_do_not_count_and_what_is_no_block_is_none() {
        assert_eq!(Block::parse("10.7.9.1/16"), Block::parse("10.7.0.0/16"));
        assert_eq!(Block::parse("203.0.113.9/0"), Ok(Family::V4.everything()));
        assert_eq!(Block::parse("2001:db8::1/0"), Ok(Family::V6.everything()));
        for text in ["", "10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0/8", "pl-1/8", "10.0.0.0/-1"] {
            assert!(Block::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_taken_away_is_gone_and_nothing_else() {
        let rest = Addresses::of(Family::V4.everything()).without(blocks(&["10.0.0.0/8"])[0]);
        assert!(rest.meet(blocks(&["9.255.255.255/32"])[0]) && rest.meet(blocks(&["11.0.0.0/32"])[0]));
        assert!(!rest.meet(blocks(&["10.255.255.255/32"])[0]) && rest.meet(blocks(&["10.0.0.0/7"])[0]));
        assert!(!rest.meet(blocks(&["::/0"])[0]));
    }
}
