//! Compares statements over whole sets of actions and resources, exactly.
//!
//! A request is a point (action, resource). Points that the same statements match are alike, so it is enough to find
//! every combination of matching statements that occurs in the asked-for set. That is done by walking all patterns at
//! once, character by character, as one automaton. Nothing is sampled; where the walk grows beyond its budget, the answer
//! is "not known", never a guess.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::document::Listing;
use super::pattern::{Class, Language, Reading, Token, read_action, read_resource};

/// How surely a statement matches a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Match {
    No,
    Maybe,
    Sure,
}

/// The set of actions, or of resources, that a statement speaks of.
#[derive(Debug, Clone)]
pub(super) struct Extent {
    negated: bool,
    /// Shared: a long policy is asked hundreds of questions.
    readings: Arc<[Reading]>,
}

impl Extent {
    /// Everything, surely.
    pub(super) fn everything() -> Extent {
        Extent { negated: true, readings: Arc::new([]) }
    }

    /// Possibly everything, surely nothing.
    pub(super) fn unclear() -> Extent {
        let language = Language::everything();
        Extent { negated: false, readings: Arc::new([Reading { language, lower: false, upper: true, single: false, service: None }]) }
    }

    /// The extent of an `Action` or `NotAction` element.
    pub(super) fn actions(listing: &Listing) -> Extent {
        Extent { negated: listing.negated, readings: listing.values.iter().map(|value| read_action(value)).collect() }
    }

    /// The extent of a `Resource` or `NotResource` element.
    pub(super) fn resources(listing: &Listing, variables: bool) -> Extent {
        let readings = listing.values.iter().flat_map(|value| read_resource(value, variables)).collect();
        Extent { negated: listing.negated, readings }
    }

    /// The same without the patterns that stand for one unknown string: those reach some points, never all.
    pub(super) fn without_single(self) -> Extent {
        if self.negated { self } else { self.only(|reading| !reading.single) }
    }

    /// Widens each pattern's ARN Region and account to `*`: what it would cover if all resources lay there.
    pub(super) fn widened(listing: &Listing, variables: bool, fields: &[usize]) -> Extent {
        let values = listing.values.iter().map(|value| widen(value, fields)).collect();
        Extent::resources(&Listing { negated: listing.negated, values }, variables)
    }

    /// What the extent is to a service that no statement names.
    pub(super) fn for_unnamed_service(self) -> Extent {
        self.only(|reading| reading.service.is_none())
    }

    fn only(self, kept: impl Fn(&Reading) -> bool) -> Extent {
        if self.readings.iter().all(&kept) {
            return self;
        }
        Extent { readings: self.readings.iter().filter(|reading| kept(reading)).cloned().collect(), ..self }
    }

    /// The services that the patterns name.
    pub(super) fn services(&self) -> impl Iterator<Item = String> {
        self.readings.iter().filter_map(|reading| reading.service.clone())
    }

    fn judge(&self, lower_hit: bool, upper_hit: bool) -> Match {
        let (sure, possible) = match self.negated {
            false => (lower_hit, upper_hit),
            true => (!upper_hit, !lower_hit),
        };
        match (sure, possible) {
            (true, _) => Match::Sure,
            (false, true) => Match::Maybe,
            (false, false) => Match::No,
        }
    }
}

fn widen(pattern: &str, fields: &[usize]) -> String {
    let mut parts: Vec<&str> = pattern.splitn(6, ':').collect();
    if parts.len() == 6 && parts[0] == "arn" {
        for &field in fields {
            if !parts[field].is_empty() {
                parts[field] = "*";
            }
        }
    }
    parts.join(":")
}

/// A statement's place on the grid.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) actions: Extent,
    pub(super) resources: Extent,
}

/// The work left before a comparison is given up.
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Self {
        Budget(4_000_000)
    }
}

impl Budget {
    fn spend(&mut self, work: usize) -> Option<()> {
        self.0 = self.0.checked_sub(1 + work as u64)?;
        Some(())
    }
}

/// Lists, for every kind of point in `actions` × `resources`, how surely each piece matches it.
///
/// `None` means the budget ran out.
pub(super) fn survey(pieces: &[Piece], actions: &Language, resources: &Language, budget: &mut Budget) -> Option<BTreeSet<Vec<Match>>> {
    let all_actions: Vec<_> = pieces.iter().map(|piece| &piece.actions).collect();
    let mut points = BTreeSet::new();
    let mut known: BTreeMap<Vec<usize>, BTreeSet<Vec<Match>>> = BTreeMap::new();
    for by_action in walk(actions, &all_actions, budget)? {
        let active: Vec<usize> = (0..pieces.len()).filter(|&i| by_action[i] != Match::No).collect();
        if !known.contains_key(&active) {
            let extents: Vec<_> = active.iter().map(|&i| &pieces[i].resources).collect();
            known.insert(active.clone(), walk(resources, &extents, budget)?);
        }
        for by_resource in &known[&active] {
            let mut point = vec![Match::No; pieces.len()];
            for (&i, &matched) in active.iter().zip(by_resource) {
                point[i] = by_action[i].min(matched);
            }
            budget.spend(point.len())?;
            points.insert(point);
        }
    }
    Some(points)
}

/// Tells whether one string of the universe is surely matched by none of the extents, not even perhaps. Also false where the
/// budget ran out.
pub(super) fn some_unmatched(universe: &Language, extents: &[Extent], budget: &mut Budget) -> bool {
    let extents: Vec<&Extent> = extents.iter().collect();
    walk(universe, &extents, budget).is_some_and(|points| points.iter().any(|point| point.iter().all(|&matched| matched == Match::No)))
}

/// Tells whether no string of the universe is matched by any of the extents, not even perhaps. False where the budget ran out.
pub(super) fn none_matched(universe: &Language, extents: &[Extent], budget: &mut Budget) -> bool {
    let extents: Vec<&Extent> = extents.iter().collect();
    walk(universe, &extents, budget).is_some_and(|points| points.iter().flatten().all(|&matched| matched == Match::No))
}

/// One automaton over all readings of all extents and the universe they are asked about.
struct Walker {
    /// Tokens of all languages in a row; `None` ends one.
    tokens: Vec<Option<Token>>,
    universe_end: usize,
    /// Where each reading ends: (position of its `None`, extent, lower, upper).
    ends: Vec<(usize, usize, bool, bool)>,
}

fn walk(universe: &Language, extents: &[&Extent], budget: &mut Budget) -> Option<BTreeSet<Vec<Match>>> {
    let (walker, start) = Walker::new(universe, extents);
    let mut found = BTreeSet::new();
    let mut seen = HashSet::new();
    let mut open = vec![start];
    while let Some(state) = open.pop() {
        if state.binary_search(&walker.universe_end).is_ok() {
            found.insert(walker.judge(&state, extents));
        }
        for symbol in walker.symbols(&state) {
            budget.spend(state.len())?;
            let next = walker.step(&state, symbol);
            let alive = next.first().is_some_and(|&position| position <= walker.universe_end);
            if alive && !seen.contains(&next) {
                seen.insert(next.clone());
                open.push(next);
            }
        }
    }
    Some(found)
}

/// Tells whether two languages do not already part ways in their literal beginnings; saves walking what cannot match.
fn may_meet(a: &Language, b: &Language) -> bool {
    let literal = |token: &Token| match token {
        Token { class: Class::Char(c), repeat: false } => Some(*c),
        _ => None,
    };
    let beginnings = a.0.iter().map(literal).zip(b.0.iter().map(literal));
    let mut both = beginnings.map_while(|(x, y)| Some((x?, y?)));
    both.all(|(x, y)| x == y)
}

impl Walker {
    fn new(universe: &Language, extents: &[&Extent]) -> (Walker, Vec<usize>) {
        let mut tokens: Vec<Option<Token>> = universe.0.iter().copied().map(Some).collect();
        let universe_end = tokens.len();
        tokens.push(None);
        let (mut ends, mut start) = (Vec::new(), vec![0]);
        for (i, extent) in extents.iter().enumerate() {
            for reading in extent.readings.iter().filter(|reading| may_meet(universe, &reading.language)) {
                start.push(tokens.len());
                tokens.extend(reading.language.0.iter().copied().map(Some));
                ends.push((tokens.len(), i, reading.lower, reading.upper));
                tokens.push(None);
            }
        }
        let walker = Walker { tokens, universe_end, ends };
        let start = walker.close(start);
        (walker, start)
    }

    fn close(&self, mut state: Vec<usize>) -> Vec<usize> {
        let mut i = 0;
        while i < state.len() {
            if self.tokens[state[i]].is_some_and(|token| token.repeat) {
                state.push(state[i] + 1);
            }
            i += 1;
        }
        state.sort_unstable();
        state.dedup();
        state
    }

    fn step(&self, state: &[usize], symbol: char) -> Vec<usize> {
        let next = state.iter().filter_map(|&at| {
            let token = self.tokens[at].filter(|token| token.class.has(symbol))?;
            Some(if token.repeat { at } else { at + 1 })
        });
        self.close(next.collect())
    }

    /// The characters that can make a difference here: those written, and one of each class that is not.
    fn symbols(&self, state: &[usize]) -> Vec<char> {
        let mut symbols: BTreeSet<char> = BTreeSet::new();
        for &at in state {
            if let Some(Token { class: Class::Char(c), .. }) = self.tokens[at] {
                symbols.insert(c);
            }
        }
        let spare = |mut range: std::ops::RangeInclusive<char>| range.find(|c| !symbols.contains(c));
        let more = [spare('a'..='z'), spare('0'..='9'), spare('-'..='-'), spare(':'..=':'), spare('\u{e000}'..='\u{f8ff}')];
        symbols.extend(more.into_iter().flatten());
        symbols.into_iter().collect()
    }

    fn judge(&self, state: &[usize], extents: &[&Extent]) -> Vec<Match> {
        let mut hits = vec![(false, false); extents.len()];
        for &(end, extent, lower, upper) in &self.ends {
            if state.binary_search(&end).is_ok() {
                hits[extent].0 |= lower;
                hits[extent].1 |= upper;
            }
        }
        extents.iter().zip(hits).map(|(extent, (lower, upper))| extent.judge(lower, upper)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Matches by trying everything: slow and plainly right.
    fn matches(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), _) => matches(rest, text) || (!text.is_empty() && matches(pattern, &text[1..])),
            (Some(('?', rest)), Some((_, more))) => matches(rest, more),
            (Some((c, rest)), Some((d, more))) => c == d && matches(rest, more),
            _ => false,
        }
    }

    fn texts(length: usize) -> Vec<String> {
        (0..length).fold(vec![String::new()], |done, _| {
            let mut next = done.clone();
            next.extend(done.iter().flat_map(|text| ['a', 'b', 'z'].map(|c| format!("{text}{c}"))));
            next.sort();
            next.dedup();
            next
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The walk finds exactly the combinations that some short text shows.
        #[test]
        fn walk_agrees_with_trying_every_short_text(patterns in prop::collection::vec("[ab*?]{0,3}", 1..4), negated in any::<bool>()) {
            let extents: Vec<Extent> = patterns.iter().map(|pattern| {
                Extent::resources(&Listing { negated, values: vec![pattern.clone()] }, false)
            }).collect();
            let refs: Vec<&Extent> = extents.iter().collect();
            let found = walk(&Language::everything(), &refs, &mut Budget::default()).unwrap();
            let mut tried = BTreeSet::new();
            for text in texts(6) {
                let text: Vec<char> = text.chars().collect();
                tried.insert(patterns.iter().map(|pattern| {
                    let hit = matches(&pattern.chars().collect::<Vec<_>>(), &text) != negated;
                    if hit { Match::Sure } else { Match::No }
                }).collect::<Vec<_>>());
            }
            // Three patterns of up to three tokens need at most nine letters to tell apart; six show all but rare ones.
            prop_assert!(tried.is_subset(&found), "the walk missed {:?}", tried.difference(&found).collect::<Vec<_>>());
            for point in found.difference(&tried) {
                prop_assert!(patterns.iter().map(String::len).sum::<usize>() > 5, "the walk made up {point:?}");
            }
        }
    }
}
