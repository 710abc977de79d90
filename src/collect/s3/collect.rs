//! Collects the buckets of an account: the listing, then everything that is wanted of each, many at a time.

use std::collections::BTreeMap;

use futures::StreamExt as _;

use super::account::{self, AccountBlock};
use super::bucket::Asked;
use super::buckets::{LIST_BUCKETS, Listed, list, locate};
use super::facts::{self, Logging};
use super::kinds::{ACCOUNT_BLOCK, BUCKET};
use crate::aws::Caller;
use crate::collect::at::{At, sources};
use crate::collect::proof::Proof;
use crate::collect::reading::Group;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, GapId, Place, Population, Reason, Resource};

/// Buckets asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 64;

/// Collects S3's kinds in one account. `left_out` are the Regions that the user does not want looked at: buckets there stay in the
/// population, since the listing shows them, and nothing of them is asked.
pub async fn collect(caller: &Caller, left_out: &[String], run: &Run<'_>) -> Vec<Population> {
    let block = async {
        let some = |fact| run.wants_fact_of_some(BUCKET, fact);
        let wanted = run.wants(ACCOUNT_BLOCK) || some("effective_public_access_block") || some("public_grants");
        if wanted { Some(account::ask(caller).await) } else { None }
    };
    let listing = async { if run.wants(BUCKET) { Some(list(caller).await) } else { None } };
    let (block, listing) = tokio::join!(block, listing);
    let mut populations = Vec::new();
    if let Some(block) = block.as_ref().filter(|_| run.wants(ACCOUNT_BLOCK)) {
        populations.push(account::hand_on(caller, block, run));
    }
    if let Some((buckets, proof)) = listing {
        let count = buckets.len() as u64;
        let found = Buckets { caller, left_out, block: block.as_ref(), proof: &proof, run };
        found.hand_on(buckets).await;
        populations.push(proof.population(caller, BUCKET, count, None));
    }
    populations
}

struct Buckets<'a> {
    caller: &'a Caller,
    left_out: &'a [String],
    block: Option<&'a AccountBlock>,
    proof: &'a Proof,
    run: &'a Run<'a>,
}

/// A bucket whose Region is known as far as it can be, with where its access logs go.
struct Placed {
    listed: Listed,
    region: String,
    located: Option<CallId>,
    arn: String,
    logging: Group<Option<Logging>>,
}

impl Buckets<'_> {
    /// Two rounds, since whether a bucket receives access logs is known only when all have been asked where theirs go.
    async fn hand_on(&self, buckets: Vec<Listed>) {
        self.run.all_named().await;
        let placed: Vec<Placed> = futures::stream::iter(buckets).map(|bucket| self.place(bucket)).buffered(AT_ONCE).collect().await;
        let receivers = Receivers::of(self, &placed);
        futures::stream::iter(&placed).for_each_concurrent(AT_ONCE, |bucket| self.one(bucket, &receivers)).await;
    }

    async fn place(&self, listed: Listed) -> Placed {
        let located = if listed.region.is_none() { locate(self.caller, &listed).await } else { None };
        let told = located.as_ref().map(|(region, _)| region.clone());
        let region = listed.region.clone().or(told).unwrap_or_else(|| self.caller.endpoint_region().to_owned());
        let arn = format!("arn:{}:s3:::{}", self.caller.partition(), listed.name);
        let asked = self.asked(&listed.name, &arn, &region);
        let logging = asked.logging().await;
        let region = asked.region();
        Placed { listed, region, located: located.map(|(_, call)| call), arn, logging }
    }

    fn asked<'b>(&'b self, name: &'b str, arn: &'b str, region: &str) -> Asked<'b> {
        let left_out = self.left_out.iter().any(|name| name == region).then(|| {
            let at = At::operation(self.caller, LIST_BUCKETS);
            at.note(Reason::OutOfScope, format!("buckets in `{region}` are listed but not looked at: the Region was left out"))
        });
        Asked::new(self.caller.in_region(region), (name, arn), self.run, left_out)
    }

    async fn one(&self, bucket: &Placed, receivers: &Receivers) {
        let Placed { listed, region, located, arn, logging } = bucket;
        let asked = self.asked(&listed.name, arn, region);
        let blocks_and_grants = async {
            let blocks = asked.blocks(self.block).await;
            let grants = asked.grants(&blocks).await;
            (blocks, grants)
        };
        let (encryption, (blocks, (acl, public_grants)), policies, ownership, (versioning, lock), lifecycle, tags) = tokio::join!(
            asked.encryption(),
            blocks_and_grants,
            asked.policies(),
            asked.object_ownership(),
            asked.versions(),
            asked.lifecycle(),
            asked.tags(),
        );
        let at = At::call(self.caller, LIST_BUCKETS, listed.call);
        let place = Place { account: self.caller.account().to_owned(), region: asked.region() };
        let facts = facts::Bucket {
            name: listed.name.clone().into(),
            bucket_region: place.region.clone().into(),
            creation_date: at.instant(listed.created, "CreationDate"),
            encryption: encryption.0,
            public_access_block: blocks.own.0,
            effective_public_access_block: blocks.shown.0,
            policy: policies.0.0,
            policy_status: policies.1.0,
            acl: acl.0,
            public_grants: public_grants.0,
            object_ownership: ownership.0,
            versioning: versioning.0,
            logging: copy(&logging.0),
            receives_access_logs: match self.run.wants_fact_of_some(BUCKET, "receives_access_logs") {
                true => receivers.receives(&listed.name),
                false => Fact::Absent(self.run.unasked(&asked.caller, BUCKET, "receives_access_logs")),
            },
            object_lock: lock.0,
            lifecycle_rules: lifecycle.0,
            tags: tags.0,
        };
        let paths = [
            ("", std::iter::once(listed.call).chain(*located).collect()),
            ("encryption", encryption.1),
            ("public_access_block", blocks.own.1),
            ("effective_public_access_block", blocks.shown.1),
            ("policy", policies.0.1),
            ("policy_status", policies.1.1),
            ("acl", acl.1),
            ("public_grants", public_grants.1),
            ("object_ownership", ownership.1),
            ("versioning", versioning.1),
            ("logging", logging.1.clone()),
            ("receives_access_logs", receivers.calls(&listed.name)),
            ("object_lock", lock.1),
            ("lifecycle_rules", lifecycle.1),
            ("tags", tags.1),
        ];
        self.run.found(&Resource::new(&place, BUCKET, arn.clone(), listed.name.clone(), &facts, sources(paths)));
    }
}

fn copy(logging: &Fact<Option<Logging>>) -> Fact<Option<Logging>> {
    match logging {
        Fact::Known(logging) => Fact::Known(logging.clone()),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    }
}

/// The buckets that receive access logs.
struct Receivers {
    /// Receiver and the calls that show it.
    named: BTreeMap<String, Vec<CallId>>,
    /// Why there may be further ones.
    unknown: Option<GapId>,
}

impl Receivers {
    fn of(buckets: &Buckets<'_>, placed: &[Placed]) -> Self {
        let mut receivers = Receivers { named: BTreeMap::new(), unknown: buckets.proof.noted(buckets.caller) };
        for bucket in placed {
            let (logging, calls) = &bucket.logging;
            match logging {
                Fact::Known(Some(logging)) => receivers.named.entry(logging.target_bucket.clone()).or_default().extend(calls),
                Fact::Known(None) => {}
                Fact::Absent(gap) => receivers.unknown = receivers.unknown.or(Some(gap.clone())),
            }
        }
        receivers
    }

    fn receives(&self, bucket: &str) -> Fact<bool> {
        match (self.named.contains_key(bucket), &self.unknown) {
            (true, _) => Fact::Known(true),
            (false, Some(gap)) => Fact::Absent(gap.clone()),
            (false, None) => Fact::Known(false),
        }
    }

    /// The calls of a receiver. That a bucket is none rests on all buckets' calls, too many to name at each: the listing stands for
    /// them.
    fn calls(&self, bucket: &str) -> Vec<CallId> {
        self.named.get(bucket).cloned().unwrap_or_default()
    }
}
