//! The Regions of an account: which exist, which are enabled, which this run observes. All enabled ones, unless the user narrows.

use super::accounts::nearest;
use super::ask::{Caller, Listing};
use super::error::SessionError;
use crate::model::assessment::{Excluded, RegionNote};
use crate::model::place::UNKNOWN;
use crate::model::{Gap, Reason};

/// AWS's word for a Region that has to be enabled and is not.
const NOT_ENABLED: &str = "not-opted-in";

/// The operation that tells.
const DESCRIBE_REGIONS: (&str, &str) = ("EC2", "DescribeRegions");

/// The Regions of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// Every Region with its status, ordered by name.
    pub notes: Vec<RegionNote>,
    /// Those that this run observes, ordered by name.
    pub observed: Vec<String>,
    /// Those that are enabled and that the user left out.
    pub excluded: Vec<Excluded>,
    /// Why it is not known which Regions are enabled: there may be resources in Regions that nobody looked at. Every regional
    /// population of the account then also has a line for the region `unknown`, with this gap.
    pub unknown: Option<Gap>,
}

/// Asks for all Regions and decides which are observed. `callers` are asked in turn until one is answered: the partition's home
/// Region first, then the configured one (organizations that forbid Regions forbid the question there).
pub(super) async fn discover(callers: &[Caller], narrowed: Option<&[String]>) -> Regions {
    let mut regions = Regions::default();
    let mut names: Vec<(String, String)> = Vec::new();
    for caller in callers {
        let listing = describe(caller).await;
        regions.unknown = match (listing.gap, listing.items.is_empty()) {
            (None, false) => None,
            (None, true) => {
                let call = listing.calls.first().copied();
                Some(caller.gap(DESCRIBE_REGIONS, Reason::Failed, "AWS named no Region at all", call))
            }
            (gap, _) => gap,
        };
        names = listing.items.into_iter().map(|(_, named)| named).collect();
        if regions.unknown.is_none() {
            break;
        }
    }
    let Some(first) = callers.first() else { return regions };
    if let Some(gap) = &regions.unknown {
        first.note(gap.clone());
        names = known_without_asking(first, narrowed);
    }
    names.sort();
    decide(&mut regions, first.account(), &names, narrowed);
    regions
}

/// Without an answer, what the user named is looked at; otherwise the home Region alone.
fn known_without_asking(caller: &Caller, narrowed: Option<&[String]>) -> Vec<(String, String)> {
    let home = [caller.partition().home_region().to_owned()];
    let named = narrowed.unwrap_or(&home);
    named.iter().map(|region| (region.clone(), UNKNOWN.to_owned())).collect()
}

async fn describe(caller: &Caller) -> Listing<(String, String)> {
    let client = caller.client(aws_sdk_ec2::Client::new);
    let send = |tap| client.describe_regions().all_regions(true).customize().interceptor(tap).send();
    let mut listing = caller
        .list_whole(DESCRIBE_REGIONS, send, |output| {
            let named = |region: aws_sdk_ec2::types::Region| Some((region.region_name?, region.opt_in_status?));
            output.regions.unwrap_or_default().into_iter().map(named).collect()
        })
        .await;
    let whole = listing.items.iter().all(|(_, named)| named.is_some());
    if !whole && listing.gap.is_none() {
        let call = listing.calls.first().copied();
        listing.gap = Some(caller.gap(DESCRIBE_REGIONS, Reason::Failed, "AWS named a Region without its name or status", call));
    }
    Listing {
        items: listing.items.into_iter().filter_map(|(call, named)| Some((call, named?))).collect(),
        calls: listing.calls,
        pages: listing.pages,
        ended: listing.ended,
        gap: listing.gap,
        observed: listing.observed,
    }
}

fn decide(regions: &mut Regions, account: &str, names: &[(String, String)], narrowed: Option<&[String]>) {
    for (region, status) in names {
        let enabled = status != NOT_ENABLED;
        let wanted = narrowed.is_none_or(|wanted| wanted.contains(region));
        let (account, region, status) = (account.to_owned(), region.clone(), status.clone());
        if enabled && !wanted {
            regions.excluded.push(Excluded { account: account.clone(), region: region.clone(), by: "--region".to_owned() });
        }
        if enabled && wanted {
            regions.observed.push(region.clone());
        }
        regions.notes.push(RegionNote { account, region, status, observed: enabled && wanted });
    }
}

/// Refuses a Region that no account has, or that none has enabled.
pub(super) fn check_narrowing(accounts: &[&Regions], narrowed: &[String]) -> Result<(), SessionError> {
    if accounts.iter().any(|regions| regions.unknown.is_some()) {
        return Ok(());
    }
    for wanted in narrowed {
        let all = || accounts.iter().flat_map(|regions| &regions.notes);
        let same: Vec<&RegionNote> = all().filter(|note| note.region == *wanted).collect();
        match same.first() {
            None => {
                let nearest = nearest(wanted, all().map(|note| note.region.as_str()));
                return Err(SessionError::UnknownRegion { region: wanted.clone(), nearest });
            }
            Some(note) if same.iter().all(|note| note.status == NOT_ENABLED) => {
                return Err(SessionError::RegionNotEnabled { region: wanted.clone(), account: note.account.clone() });
            }
            Some(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(names: &[(&str, &str)], narrowed: Option<&[String]>) -> Regions {
        let names: Vec<_> = names.iter().map(|(name, status)| ((*name).to_owned(), (*status).to_owned())).collect();
        let mut regions = Regions::default();
        decide(&mut regions, "111122223333", &names, narrowed);
        regions
    }

    const THREE: &[(&str, &str)] = &[("af-south-1", "not-opted-in"), ("eu-west-1", "opt-in-not-required"), ("me-south-1", "opted-in")];

    #[test]
    fn all_enabled_regions_are_observed() {
        let regions = regions(THREE, None);
        assert_eq!(regions.observed, ["eu-west-1", "me-south-1"]);
        assert_eq!(regions.notes.len(), 3);
        assert!(regions.excluded.is_empty());
    }

    #[test]
    fn what_the_user_leaves_out_is_named() {
        let regions = regions(THREE, Some(&["eu-west-1".to_owned()]));
        assert_eq!(regions.observed, ["eu-west-1"]);
        assert_eq!(regions.excluded.len(), 1);
        assert_eq!(regions.excluded[0].region, "me-south-1");
    }

    #[test]
    fn a_mistyped_region_is_refused_with_the_nearest() {
        let all = regions(THREE, None);
        let error = check_narrowing(&[&all], &["eu-wets-1".to_owned()]).expect_err("mistyped");
        assert!(matches!(error, SessionError::UnknownRegion { nearest: Some(nearest), .. } if nearest == "eu-west-1"));
        let error = check_narrowing(&[&all], &["af-south-1".to_owned()]).expect_err("not enabled");
        assert!(matches!(error, SessionError::RegionNotEnabled { .. }));
    }
}
