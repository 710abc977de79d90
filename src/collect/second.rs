//! AWS Config's counts as second path beside listings.
//!
//! A count above that of the listing disputes it: Config knows of resources that the listing does not show, and nobody may conclude
//! from the listing that it shows them all. A count below it disputes nothing: Config follows changes with a delay of minutes and
//! does not know what was made while its recorder was off, and what the listing shows is there.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::gap::Gaps;
use crate::model::place::GLOBAL;
use crate::model::population::SecondPath;
use crate::model::{CallId, Gap, Place, Population, Reason};

/// Kinds that are resource types of AWS Config with the same meaning: what the listing shows and what Config counts is the same.
pub const COMPARED: [&str; 3] = ["AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::S3::Bucket"];

/// What Config has discovered in a Region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// By resource type; a type that is not recorded is not there.
    pub counts: BTreeMap<String, i64>,
    /// The call.
    pub call: CallId,
}

/// What Config has told, and of which places it would have to.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// What it has discovered, by Region.
    pub counted: &'a BTreeMap<Place, Counted>,
    /// The Regions looked at, of accounts of which all are.
    pub observed: &'a BTreeSet<Place>,
}

/// The count of a kind in all the Regions that a listing speaks of.
struct Discovered<'a> {
    parts: Vec<(&'a Place, u64)>,
    call: CallId,
}

impl Discovered<'_> {
    fn count(&self) -> u64 {
        self.parts.iter().map(|(_, count)| count).sum()
    }

    /// The gap of a listing that shows fewer.
    fn disputes(&self, kind: &str, place: &Place, listed: u64) -> Option<Gap> {
        let count = self.count();
        (count > listed).then(|| Gap {
            account: place.account.clone(),
            region: place.region.clone(),
            service: "Config Service".to_owned(),
            operation: "GetDiscoveredResourceCounts".to_owned(),
            reason: Reason::Disputed,
            detail: format!("the listing of `{kind}` shows {listed}, but AWS Config has discovered {count}"),
            call: Some(self.call),
        })
    }
}

impl<'a> Told<'a> {
    /// A kind listed once per account is compared with the sum of all its observed Regions, and only where Config counts in every one of
    /// them.
    fn discovered(&self, kind: &str, place: &Place) -> Option<Discovered<'a>> {
        if !COMPARED.contains(&kind) {
            return None;
        }
        let places: Vec<&Place> = match place.region == GLOBAL {
            true => self.observed.iter().filter(|observed| observed.account == place.account).collect(),
            false => vec![self.counted.get_key_value(place)?.0],
        };
        let part = |place: &'a Place| {
            let counted = self.counted.get(place)?;
            Some((place, u64::try_from(*counted.counts.get(kind)?).ok()?, counted.call))
        };
        let parts = places.into_iter().map(part).collect::<Option<Vec<_>>>()?;
        let call = parts.first()?.2;
        Some(Discovered { parts: parts.into_iter().map(|(place, count, _)| (place, count)).collect(), call })
    }

    /// The gap of a listing of a kind that shows fewer than Config has discovered.
    pub fn dispute(&self, kind: &str, place: &Place, listed: u64) -> Option<Gap> {
        self.discovered(kind, place)?.disputes(kind, place, listed)
    }
}

/// Sets Config's count beside each listing that has no second path yet.
pub fn compare(populations: &mut [Population], told: Told<'_>, gaps: &mut Gaps) {
    for population in populations.iter_mut().filter(|population| population.second.is_none()) {
        if let Some(discovered) = told.discovered(&population.kind, &population.place) {
            beside(population, &discovered, gaps);
        }
    }
}

fn beside(population: &mut Population, discovered: &Discovered<'_>, gaps: &mut Gaps) {
    let count = discovered.count();
    let shown: Vec<String> = discovered.parts.iter().map(|(place, count)| format!("{} ({count})", place.region)).collect();
    let what = format!("resources that AWS Config has discovered in {}", shown.join(", "));
    let mut differences = Vec::new();
    if count < population.count {
        differences
            .push(format!("AWS Config counts {count} of {}: it follows changes with a delay, which disputes nothing", population.count));
    }
    if let Some(gap) = discovered.disputes(&population.kind, &population.place, population.count) {
        differences.push(gap.detail.clone());
        population.gap = population.gap.take().or_else(|| Some(gaps.note(gap)));
    }
    population.second = Some(SecondPath { what, count, call: discovered.call, differences });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::population::Ended;

    fn place(region: &str) -> Place {
        Place { account: "111122223333".into(), region: region.into() }
    }

    fn population(kind: &str, region: &str, count: u64) -> Population {
        let (kind, place) = (kind.to_owned(), place(region));
        Population { kind, place, count, ended: Ended::LastPage, pages: 1, calls: vec![CallId(1)], gap: None, second: None }
    }

    fn counted(counts: &[(&str, i64)]) -> Counted {
        Counted { counts: counts.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect(), call: CallId(9) }
    }

    const BUCKET: &str = "AWS::S3::Bucket";
    const API: &str = "AWS::ApiGatewayV2::Api";

    fn run(populations: &mut [Population], told: &[(&str, Counted)]) -> Gaps {
        let told: BTreeMap<Place, Counted> = told.iter().map(|(region, counted)| (place(region), counted.clone())).collect();
        let observed = ["eu-west-1", "us-east-1"].map(place).into();
        let mut gaps = Gaps::default();
        compare(populations, Told { counted: &told, observed: &observed }, &mut gaps);
        gaps
    }

    #[test]
    fn a_count_that_differs_is_named_and_disputes_a_listing_that_shows_less() {
        let mut some = [population(API, "eu-west-1", 3), population(API, "us-east-1", 0), population("AWS::IAM::User", "global", 3)];
        let gaps = run(&mut some, &[("eu-west-1", counted(&[(API, 2)])), ("us-east-1", counted(&[(API, 2)]))]);
        assert!(some[0].complete() && !some[1].complete() && some[2].second.is_none());
        let seconds = [0, 1].map(|index| some[index].second.as_ref().map(|second| (second.count, second.differences.len())));
        assert_eq!(seconds, [Some((2, 1)), Some((2, 1))]);
        assert_eq!(gaps.sorted().iter().map(|gap| gap.reason).collect::<Vec<_>>(), [Reason::Disputed]);
    }

    #[test]
    fn buckets_are_compared_with_the_sum_of_all_regions_or_not_at_all() {
        let mut buckets = [population(BUCKET, "global", 5)];
        run(&mut buckets, &[("eu-west-1", counted(&[(BUCKET, 2)])), ("us-east-1", counted(&[(BUCKET, 3)]))]);
        let second = buckets[0].second.clone().expect("all Regions count");
        assert_eq!((second.count, second.differences), (5, Vec::<String>::new()));
        assert_eq!(second.what, "resources that AWS Config has discovered in eu-west-1 (2), us-east-1 (3)");
        for told in
            [vec![("eu-west-1", counted(&[(BUCKET, 2)]))], vec![("eu-west-1", counted(&[(BUCKET, 2)])), ("us-east-1", counted(&[]))]]
        {
            let mut buckets = [population(BUCKET, "global", 5)];
            run(&mut buckets, &told);
            assert_eq!(buckets[0].second, None);
        }
    }
}
