//! Collects the keys of one Region: the listing, a description of each, and what that description makes worth asking.

use std::collections::BTreeMap;

use aws_sdk_kms::Client;
use aws_sdk_kms::types::{AliasListEntry, KeyListEntry, KeyMetadata};
use futures::StreamExt as _;

use super::facts::{self, Rotation};
use super::kinds::{KEY, SERVICE};
use super::map::{self, Nature};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::reading::{Group, answered};
use crate::collect::resource_policy::ResourcePolicy;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, GapId, Population, Resource};

const LIST_KEYS: Operation = (SERVICE, "ListKeys");
const LIST_ALIASES: Operation = (SERVICE, "ListAliases");
const DESCRIBE_KEY: Operation = (SERVICE, "DescribeKey");
const GET_KEY_ROTATION_STATUS: Operation = (SERVICE, "GetKeyRotationStatus");
const GET_KEY_POLICY: Operation = (SERVICE, "GetKeyPolicy");

/// Keys asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 32;
/// The largest pages that KMS gives.
const KEYS: i32 = 1000;
const ALIASES: i32 = 100;

/// Collects the keys of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(KEY) {
        return Vec::new();
    }
    let ((keys, proof), aliases) = tokio::join!(list(caller), aliases(caller, run));
    let asked = Asked { caller, run };
    futures::stream::iter(&keys).for_each_concurrent(AT_ONCE, |(call, key)| asked.one(*call, key, &aliases)).await;
    vec![proof.population(caller, KEY, keys.len() as u64, None)]
}

async fn list(caller: &Caller) -> (Vec<(CallId, KeyListEntry)>, Proof) {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.list_keys().limit(KEYS).set_marker(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_kms::operation::list_keys::ListKeysOutput| Page {
        items: output.keys.unwrap_or_default(),
        token: output.next_marker,
        truncated: output.truncated,
    };
    let listing = caller.list(LIST_KEYS, send, page).await;
    Proof::of(caller, LIST_KEYS, listing, |key: &KeyListEntry| key.key_arn.clone().filter(|_| key.key_id.is_some()))
}

/// Aliases by key id, with the calls; or why they are not known.
struct Aliases {
    by_key: Result<BTreeMap<String, Vec<String>>, GapId>,
    calls: Vec<CallId>,
}

async fn aliases(caller: &Caller, run: &Run<'_>) -> Aliases {
    if !run.wants_fact(KEY, "aliases") {
        return Aliases { by_key: Err(run.unasked(caller, KEY, "aliases")), calls: Vec::new() };
    }
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.list_aliases().limit(ALIASES).set_marker(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_kms::operation::list_aliases::ListAliasesOutput| Page {
        items: output.aliases.unwrap_or_default(),
        token: output.next_marker,
        truncated: output.truncated,
    };
    let listing = caller.list(LIST_ALIASES, send, page).await;
    let (items, proof) = Proof::of(caller, LIST_ALIASES, listing, |alias: &AliasListEntry| alias.alias_name.clone());
    let by_key = match proof.noted(caller) {
        Some(gap) => Err(gap),
        None => Ok(map::aliases(items.iter().map(|(_, alias)| alias))),
    };
    Aliases { by_key, calls: proof.calls }
}

struct Asked<'a> {
    caller: &'a Caller,
    run: &'a Run<'a>,
}

impl Asked<'_> {
    async fn one(&self, listed: CallId, key: &KeyListEntry, aliases: &Aliases) {
        // The listing has left out what lacks either.
        let (id, arn) = (key.key_id.clone().unwrap_or_default(), key.key_arn.clone().unwrap_or_default());
        let described = self.describe(&arn).await;
        let nature = self.nature(&described);
        let (rotation, policy) = tokio::join!(self.rotation(&arn, &nature), self.policy(&arn, &nature));
        let names = match &aliases.by_key {
            Ok(by_key) => Fact::Known(by_key.get(&id).cloned().unwrap_or_default()),
            Err(gap) => Fact::Absent(gap.clone()),
        };
        let shown = names.known().and_then(|names| names.first()).cloned().unwrap_or_else(|| id.clone());
        let calls = described.1.clone();
        let at = At::call(self.caller, DESCRIBE_KEY, calls.first().copied().unwrap_or(listed));
        let facts = facts_of(at, (id, arn.clone()), &described.0, &nature, (rotation.0, policy.0, names));
        let paths = [
            ("", std::iter::once(listed).chain(calls.iter().copied()).collect()),
            ("key_id", vec![listed]),
            ("arn", vec![listed]),
            ("rotation", [calls.clone(), rotation.1].concat()),
            ("policy", [calls, policy.1].concat()),
            ("aliases", aliases.calls.clone()),
        ];
        self.run.found(&Resource::new(self.caller.place(), KEY, arn, shown, &facts, sources(paths)));
    }

    /// The description, if any fact that needs it is wanted.
    async fn describe(&self, arn: &str) -> Group<KeyMetadata> {
        let wanted = ["key_manager", "rotation", "policy"].iter().any(|fact| self.run.wants_fact(KEY, fact));
        if !wanted {
            return (Fact::Absent(self.run.unasked(self.caller, KEY, "key_manager")), Vec::new());
        }
        let client = self.caller.client(Client::new);
        let reply = self.caller.ask(DESCRIBE_KEY, |tap| client.describe_key().key_id(arn).customize().interceptor(tap).send()).await;
        answered(self.caller, DESCRIBE_KEY, reply, |at, output| at.need(output.key_metadata, "KeyMetadata"))
    }

    fn nature(&self, described: &Group<KeyMetadata>) -> Fact<Nature> {
        match &described.0 {
            Fact::Absent(gap) => Fact::Absent(gap.clone()),
            Fact::Known(told) => {
                let at = At::operation(self.caller, DESCRIBE_KEY);
                at.read(map::nature(told).ok_or_else(|| "the description of a key does not tell what kind of key it is".to_owned()))
            }
        }
    }

    async fn rotation(&self, arn: &str, nature: &Fact<Nature>) -> Group<Option<Rotation>> {
        let ask = async {
            let client = self.caller.client(Client::new);
            let send = |tap| client.get_key_rotation_status().key_id(arn).customize().interceptor(tap).send();
            let reply = self.caller.ask(GET_KEY_ROTATION_STATUS, send).await;
            answered(self.caller, GET_KEY_ROTATION_STATUS, reply, |at, output| at.read(map::rotation(&output).map(Some)))
        };
        self.where_it_makes_sense("rotation", nature, |nature| nature.rotates_itself && nature.enabled, ask).await
    }

    async fn policy(&self, arn: &str, nature: &Fact<Nature>) -> Group<Option<ResourcePolicy>> {
        let ask = async {
            let client = self.caller.client(Client::new);
            let send = |tap| client.get_key_policy().key_id(arn).customize().interceptor(tap).send();
            let reply = self.caller.ask(GET_KEY_POLICY, send).await;
            let account = self.caller.account();
            answered(self.caller, GET_KEY_POLICY, reply, |at, output| match output.policy {
                Some(text) => map::policy(at, &text, account).map(Some),
                None => at.need(None, "Policy"),
            })
        };
        self.where_it_makes_sense("policy", nature, |nature| nature.customer, ask).await
    }

    /// Asks if the fact is wanted and the key is of a nature to have it: null where it is not, absent where that is not known.
    async fn where_it_makes_sense<T>(
        &self,
        fact: &str,
        nature: &Fact<Nature>,
        sensible: impl FnOnce(&Nature) -> bool,
        ask: impl Future<Output = Group<Option<T>>>,
    ) -> Group<Option<T>> {
        if !self.run.wants_fact(KEY, fact) {
            return (Fact::Absent(self.run.unasked(self.caller, KEY, fact)), Vec::new());
        }
        match nature {
            Fact::Absent(gap) => (Fact::Absent(gap.clone()), Vec::new()),
            Fact::Known(nature) if !sensible(nature) => (Fact::Known(None), Vec::new()),
            Fact::Known(_) => ask.await,
        }
    }
}

type Asides = (Fact<Option<Rotation>>, Fact<Option<ResourcePolicy>>, Fact<Vec<String>>);

fn facts_of(
    at: At<'_>,
    (key_id, arn): (String, String),
    told: &Fact<KeyMetadata>,
    nature: &Fact<Nature>,
    (rotation, policy, aliases): Asides,
) -> facts::Key {
    let text = |of: fn(&KeyMetadata) -> Option<&str>, member: &str| match told {
        Fact::Known(told) => at.text(of(told).unwrap_or_default().to_owned(), member),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    };
    facts::Key {
        key_id: key_id.into(),
        arn: arn.into(),
        key_manager: text(|told| told.key_manager.as_ref().map(|word| word.as_str()), "KeyManager"),
        key_state: text(|told| told.key_state.as_ref().map(|word| word.as_str()), "KeyState"),
        enabled: known(told, |told| told.enabled),
        key_spec: text(|told| told.key_spec.as_ref().map(|word| word.as_str()), "KeySpec"),
        key_usage: text(|told| told.key_usage.as_ref().map(|word| word.as_str()), "KeyUsage"),
        origin: text(|told| told.origin.as_ref().map(|word| word.as_str()), "Origin"),
        creation_date: match told {
            Fact::Known(told) => at.instant(told.creation_date, "CreationDate"),
            Fact::Absent(gap) => Fact::Absent(gap.clone()),
        },
        deletion_date: match told {
            Fact::Known(told) => at.instant_if_set(told.deletion_date, "DeletionDate"),
            Fact::Absent(gap) => Fact::Absent(gap.clone()),
        },
        description: known(told, |told| told.description.clone().unwrap_or_default()),
        multi_region: match told {
            Fact::Known(told) => at.need(told.multi_region, "MultiRegion"),
            Fact::Absent(gap) => Fact::Absent(gap.clone()),
        },
        multi_region_key_type: known(told, map::multi_region_type),
        custom_key_store_id: known(told, |told| told.custom_key_store_id.clone()),
        rotates_itself: match nature {
            Fact::Known(nature) => Fact::Known(nature.rotates_itself),
            Fact::Absent(gap) => Fact::Absent(gap.clone()),
        },
        rotation,
        policy,
        aliases,
    }
}

fn known<T>(told: &Fact<KeyMetadata>, of: impl FnOnce(&KeyMetadata) -> T) -> Fact<T> {
    match told {
        Fact::Known(told) => Fact::Known(of(told)),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    }
}
