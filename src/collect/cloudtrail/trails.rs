//! Trails: listed in every Region, each kept once, in its home Region.

use std::collections::BTreeMap;

use aws_sdk_cloudtrail::Client;
use aws_sdk_cloudtrail::types::Trail;

use super::kinds::{SERVICE, TRAIL};
use crate::aws::Caller;
use crate::collect::at::Operation;
use crate::collect::proof::Proof;
use crate::model::{CallId, Population};

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

/// Lists the trails of all Regions of an account. Each trail comes once; a population is proven by its own Region's listing.
pub async fn list(callers: &[Caller]) -> (Vec<Shown>, Vec<Population>) {
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
    let populations = proofs.into_iter().map(|(caller, proof)| population(caller, callers, &proof, &trails)).collect();
    (trails, populations)
}

async fn describe(caller: &Caller) -> (Vec<Shown>, Proof) {
    let client = Client::new(caller.sdk());
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

/// A trail counts in its home Region, or, where that is not observed, in the Region that showed it.
fn population(caller: &Caller, callers: &[Caller], proof: &Proof, trails: &[Shown]) -> Population {
    let observed = |region: &str| callers.iter().any(|caller| caller.endpoint_region() == region);
    let counted_in = |trail: &Shown| if observed(&trail.home) { trail.home.clone() } else { trail.by.clone() };
    let count = trails.iter().filter(|trail| counted_in(trail) == caller.endpoint_region()).count();
    proof.population(caller, TRAIL, count as u64, None)
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
