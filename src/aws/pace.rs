//! Operations that AWS counts more strictly than the rest of their service: their attempts are spaced, so that a large account is read
//! without being throttled and without throttling others.
//!
//! Only what is sent waits; calls answered from a recording do not.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;

use super::flight::Asker;
use super::operation::Operation;
use super::transport::lock;

/// How many requests may come at once, and how long after another the next may follow.
type Quota = (u32, Duration);

/// The quota of an operation in one account and Region, where AWS documents one of its own.
///
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>: `GetResources` takes 5 requests every 2 seconds for
/// each account, and the quota cannot be raised.
///
/// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>: `GetPolicy` takes 15 requests a second; all other
/// operations of the control plane together, function URLs among them, take 15 as well, of which others are left some.
fn quota(operation: &Operation) -> Option<Quota> {
    match (operation.service, operation.name) {
        ("API Gateway", "GetResources") => Some((5, Duration::from_millis(400))),
        ("Lambda", "GetPolicy") => Some((15, Duration::from_millis(67))),
        ("Lambda", "ListFunctionUrlConfigs") => Some((10, Duration::from_millis(100))),
        _ => None,
    }
}

/// Account, Region and operation.
type Place = (String, String, &'static str);

/// When the next request of an operation is due, by place.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<HashMap<Place, Instant>>);

impl Pace {
    /// Waits until the operation may be asked once more.
    pub(super) async fn wait(&self, asker: &Asker, operation: &Operation) {
        let Some(quota) = quota(operation) else { return };
        let place = (asker.account.clone(), asker.region.clone(), operation.name);
        let due = due(lock(&self.0).entry(place).or_insert_with(Instant::now), quota, Instant::now());
        tokio::time::sleep_until(due).await;
    }
}

/// When a request may be sent, and with that the time from which the next is counted.
fn due(next: &mut Instant, (at_once, apart): Quota, now: Instant) -> Instant {
    *next = (*next).max(now) + apart;
    now.max(*next - apart * at_once)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_go_at_once_and_the_rest_follow_in_their_time() {
        let (start, quota) = (Instant::now(), (5, Duration::from_millis(400)));
        let mut next = start;
        let at = |now: Instant, next: &mut Instant| due(next, quota, now).duration_since(start).as_millis();
        assert_eq!((0..8).map(|_| at(start, &mut next)).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 400, 800, 1200]);
        let later = start + Duration::from_secs(60);
        assert_eq!(at(later, &mut next), 60_000, "what was not used up comes back");
    }

    #[test]
    fn only_operations_with_a_quota_of_their_own_wait() {
        let paced = crate::aws::operations::table().filter(|operation| quota(operation).is_some()).map(|operation| operation.name);
        assert_eq!(paced.collect::<Vec<_>>(), ["GetResources", "GetPolicy", "ListFunctionUrlConfigs"]);
    }
}
