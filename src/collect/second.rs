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

/// Sets Config's count beside each listing that has no second path yet. A kind listed once per account is compared with the sum of
/// all its observed Regions, and only where Config counts in every one of them.
pub fn compare(populations: &mut [Population], counted: &BTreeMap<Place, Counted>, observed: &BTreeSet<Place>, gaps: &mut Gaps) {
    for population in
        populations.iter_mut().filter(|population| population.second.is_none() && COMPARED.contains(&population.kind.as_str()))
    {
        let account = &population.place.account;
        let places: Vec<Place> = match population.place.region == GLOBAL {
            true => observed.iter().filter(|place| place.account == *account).cloned().collect(),
            false => vec![population.place.clone()],
        };
        let parts: Option<Vec<(&Place, u64, CallId)>> = places
            .iter()
            .map(|place| {
                let counted = counted.get(place)?;
                Some((place, u64::try_from(*counted.counts.get(&population.kind)?).ok()?, counted.call))
            })
            .collect();
        if let Some((parts, call)) = parts.and_then(|parts| Some((parts.clone(), parts.first()?.2))) {
            beside(population, &parts, call, gaps);
        }
    }
}

fn beside(population: &mut Population, parts: &[(&Place, u64, CallId)], call: CallId, gaps: &mut Gaps) {
    let count: u64 = parts.iter().map(|(_, count, _)| count).sum();
    let shown: Vec<String> = parts.iter().map(|(place, count, _)| format!("{} ({count})", place.region)).collect();
    let what = format!("resources that AWS Config has discovered in {}", shown.join(", "));
    let mut differences = Vec::new();
    if count < population.count {
        differences
            .push(format!("AWS Config counts {count} of {}: it follows changes with a delay, which disputes nothing", population.count));
    }
    if count > population.count {
        let detail = format!("the listing of `{}` shows {}, but AWS Config has discovered {count}", population.kind, population.count);
        differences.push(detail.clone());
        let gap = Gap {
            account: population.place.account.clone(),
            region: population.place.region.clone(),
            service: "Config Service".to_owned(),
            operation: "GetDiscoveredResourceCounts".to_owned(),
            reason: Reason::Disputed,
            detail,
            call: Some(call),
        };
        population.gap = population.gap.take().or_else(|| Some(gaps.note(gap)));
    }
    population.second = Some(SecondPath { what, count, call, differences });
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
        let told = told.iter().map(|(region, counted)| (place(region), counted.clone())).collect();
        let observed = ["eu-west-1", "us-east-1"].map(place).into();
        let mut gaps = Gaps::default();
        compare(populations, &told, &observed, &mut gaps);
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
