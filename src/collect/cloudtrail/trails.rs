//! Trails: listed in every Region, each kept once, in its home Region.

use std::collections::BTreeMap;

use aws_sdk_cloudtrail::Client;
use aws_sdk_cloudtrail::types::Trail;

use super::kinds::{SERVICE, TRAIL};
use crate::aws::Caller;
use crate::collect::at::{At, Operation};
use crate::collect::proof::Proof;
use crate::model::population::Ended;
use crate::model::{CallId, Gap, Place, Population, Reason};

/// The listing.
pub const DESCRIBE_TRAILS: Operation = (SERVICE, "DescribeTrails");

/// A trail with the call that showed it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// As described in its home Region, or, where that did not show it, by a shadow in another.
    pub trail: Trail,
    /// ARN.
    pub arn: String,
    /// Home Region: the trail's word, else its ARN's.
    pub home: String,
    /// The Region that showed it.
    pub by: String,
    /// The call.
    pub call: CallId,
}

/// Lists the trails of all Regions of an account. Each trail comes once; a population is proven by its own Region's listing, so the
/// home Region of a trail that only a shadow showed has one that is not. `unknown` is why there may be further Regions.
pub async fn list(callers: &[Caller], unknown: Option<&Gap>) -> (Vec<Shown>, Vec<Population>) {
    let listings = futures::future::join_all(callers.iter().map(describe)).await;
    let mut trails: BTreeMap<String, Shown> = BTreeMap::new();
    let mut proofs = Vec::new();
    for (caller, (shown, proof)) in callers.iter().zip(listings) {
        for shown in shown {
            keep(&mut trails, shown);
        }
        proofs.push((caller, proof));
    }
    let trails: Vec<Shown> = trails.into_values().collect();
    let mut populations: Vec<Population> = proofs.iter().map(|(caller, proof)| population(caller, proof, &trails)).collect();
    populations.extend(elsewhere(callers, unknown, &trails));
    (trails, populations)
}

async fn describe(caller: &Caller) -> (Vec<Shown>, Proof) {
    let client = caller.client(Client::new);
    let send = |tap| client.describe_trails().include_shadow_trails(true).customize().interceptor(tap).send();
    let listing = caller.list_whole(DESCRIBE_TRAILS, send, |output| output.trail_list.unwrap_or_default()).await;
    let (items, proof) = Proof::of(caller, DESCRIBE_TRAILS, listing, |trail: &Trail| trail.trail_arn.clone());
    let region = caller.endpoint_region();
    (items.into_iter().filter_map(|(call, trail)| shown(region, call, trail)).collect(), proof)
}

/// `None` only for a trail without ARN, which [`Proof::of`] has left out already.
fn shown(region: &str, call: CallId, trail: Trail) -> Option<Shown> {
    let arn = trail.trail_arn.clone()?;
    let home = trail.home_region.clone().filter(|home| !home.is_empty()).unwrap_or_else(|| part(&arn, 3).to_owned());
    Some(Shown { arn, home, by: region.to_owned(), call, trail })
}

/// The home Region's word wins; among shadows, the first Region's.
fn keep(trails: &mut BTreeMap<String, Shown>, shown: Shown) {
    match trails.get(&shown.arn) {
        Some(kept) if shown.by != shown.home || kept.by == kept.home => {}
        _ => {
            trails.insert(shown.arn.clone(), shown);
        }
    }
}

/// A trail counts in its home Region.
fn population(caller: &Caller, proof: &Proof, trails: &[Shown]) -> Population {
    let count = trails.iter().filter(|trail| trail.home == caller.endpoint_region()).count();
    proof.population(caller, TRAIL, count as u64, None)
}

/// The populations of home Regions that were not asked: what shadows showed of them need not be all.
fn elsewhere(callers: &[Caller], unknown: Option<&Gap>, trails: &[Shown]) -> Vec<Population> {
    let asked = |region: &str| callers.iter().find(|caller| caller.endpoint_region() == region);
    let mut homes: BTreeMap<&str, Vec<&Shown>> = BTreeMap::new();
    for trail in trails.iter().filter(|trail| asked(&trail.home).is_none()) {
        homes.entry(&trail.home).or_default().push(trail);
    }
    let population = |(home, trails): (&str, Vec<&Shown>)| {
        let caller = asked(&trails.first()?.by)?;
        let gap = Gap { region: home.to_owned(), ..unasked(At::operation(caller, DESCRIBE_TRAILS), "Region", home, unknown) };
        let mut calls: Vec<CallId> = trails.iter().map(|trail| trail.call).collect();
        calls.sort_unstable();
        calls.dedup();
        Some(Population {
            kind: TRAIL.to_owned(),
            place: Place { account: caller.account().to_owned(), region: home.to_owned() },
            count: trails.len() as u64,
            ended: Ended::NotProven,
            pages: 0,
            calls,
            gap: Some(caller.note(gap)),
            second: None,
        })
    };
    homes.into_iter().filter_map(population).collect()
}

/// Why a Region was not asked; `what` is how the sentence calls it.
pub fn unasked(at: At<'_>, what: &str, region: &str, unknown: Option<&Gap>) -> Gap {
    match unknown {
        Some(gap) => at.gap(gap.reason, format!("the {what} `{region}` was not asked: {}", gap.detail)),
        None => at.gap(Reason::OutOfScope, format!("the {what} `{region}` is not among those observed")),
    }
}

/// A part of an ARN, empty where it has none.
pub fn part(arn: &str, index: usize) -> &str {
    arn.splitn(6, ':').nth(index).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(by: &str, bucket: &str) -> Shown {
        let arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/t";
        let trail = Trail::builder().trail_arn(arn).home_region("us-east-1").s3_bucket_name(bucket).build();
        shown(by, CallId(1), trail).expect("has an ARN")
    }

    fn kept(order: &[&str]) -> (usize, String) {
        let mut trails = BTreeMap::new();
        for by in order {
            keep(&mut trails, seen(by, by));
        }
        (trails.len(), trails.values().next().map(|shown| shown.by.clone()).unwrap_or_default())
    }

    #[test]
    fn a_trail_is_kept_once_as_its_home_region_describes_it() {
        assert_eq!(kept(&["eu-west-1", "us-east-1", "us-west-2"]), (1, "us-east-1".to_owned()));
        assert_eq!(kept(&["us-east-1", "eu-west-1"]), (1, "us-east-1".to_owned()));
        assert_eq!(kept(&["eu-west-1", "us-west-2"]), (1, "eu-west-1".to_owned()));
    }

    #[test]
    fn the_home_region_of_a_trail_that_does_not_name_it_is_in_its_arn() {
        let trail = Trail::builder().trail_arn("arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/t").build();
        assert_eq!(shown("cn-northwest-1", CallId(1), trail).map(|shown| shown.home), Some("cn-north-1".to_owned()));
    }
}
