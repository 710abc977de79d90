//! Collects the tables of one Region: the listing, a description of each, and who manages the key that it names.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TableDescription;
use futures::StreamExt as _;

use super::facts::{self, SseDescription};
use super::kinds::{SERVICE, TABLE};
use super::map::{self, Key};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::kms;
use crate::collect::proof::Proof;
use crate::collect::reading::{Group, answered};
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, GapId, Population, Resource};

const LIST_TABLES: Operation = (SERVICE, "ListTables");
const DESCRIBE_TABLE: Operation = (SERVICE, "DescribeTable");
const DESCRIBE_KEY: Operation = (kms::kinds::SERVICE, "DescribeKey");

/// Tables asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 32;
/// The largest pages that DynamoDB gives.
const TABLES: i32 = 100;

/// Collects the tables of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(TABLE) {
        return Vec::new();
    }
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.list_tables().limit(TABLES).set_exclusive_start_table_name(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_dynamodb::operation::list_tables::ListTablesOutput| Page {
        items: output.table_names.unwrap_or_default(),
        token: output.last_evaluated_table_name,
        truncated: false,
    };
    let listing = caller.list(LIST_TABLES, send, page).await;
    let (names, proof) = Proof::of(caller, LIST_TABLES, listing, |name: &String| Some(name.clone()));
    let asked = Asked { caller, run };
    futures::stream::iter(&names).for_each_concurrent(AT_ONCE, |(call, name)| asked.one(*call, name)).await;
    vec![proof.population(caller, TABLE, names.len() as u64, None)]
}

struct Asked<'a> {
    caller: &'a Caller,
    run: &'a Run<'a>,
}

impl Asked<'_> {
    async fn one(&self, listed: CallId, name: &str) {
        let (told, calls) = self.describe(name).await;
        let at = At::call(self.caller, DESCRIBE_TABLE, calls.first().copied().unwrap_or(listed));
        let sse = of(&told, |told| at.read(map::sse_description(told)));
        let (key_type, asked) = self.key_type(at, &sse).await;
        let caller = self.caller;
        let arn = format!("arn:{}:dynamodb:{}:{}:table/{name}", caller.partition(), caller.endpoint_region(), caller.account());
        let facts = facts::Table {
            table_name: name.to_owned().into(),
            table_arn: arn.clone().into(),
            table_status: of(&told, |told| at.need(told.table_status.as_ref().map(|word| word.as_str().to_owned()), "TableStatus")),
            creation_date_time: of(&told, |told| at.instant_if_set(told.creation_date_time, "CreationDateTime")),
            billing_mode: of(&told, |told| Fact::Known(billing_mode(told))),
            deletion_protection_enabled: of(&told, |told| Fact::Known(told.deletion_protection_enabled)),
            sse_description: sse,
            replica_regions: of(&told, |told| Fact::Known(map::replica_regions(told))),
            key_type,
        };
        let paths = [
            ("", std::iter::once(listed).chain(calls.iter().copied()).collect()),
            ("table_name", vec![listed]),
            ("table_arn", vec![listed]),
            ("key_type", [calls, asked].concat()),
        ];
        self.run.found(&Resource::new(caller.place(), TABLE, arn, name.to_owned(), &facts, sources(paths)));
    }

    /// The description, if any fact that needs it is wanted.
    async fn describe(&self, name: &str) -> Group<TableDescription> {
        if !["table_status", "key_type"].iter().any(|fact| self.run.wants_fact(TABLE, fact)) {
            return (Fact::Absent(self.unasked("table_status")), Vec::new());
        }
        let client = self.caller.client(Client::new);
        let reply =
            self.caller.ask(DESCRIBE_TABLE, |tap| client.describe_table().table_name(name).customize().interceptor(tap).send()).await;
        answered(self.caller, DESCRIBE_TABLE, reply, |at, output| at.need(output.table, "Table"))
    }

    /// Whose key it is; a key in the account is asked who manages it.
    async fn key_type(&self, at: At<'_>, sse: &Fact<Option<SseDescription>>) -> Group<String> {
        if !self.run.wants_fact(TABLE, "key_type") {
            return (Fact::Absent(self.unasked("key_type")), Vec::new());
        }
        let sse = match sse {
            Fact::Absent(gap) => return (Fact::Absent(gap.clone()), Vec::new()),
            Fact::Known(sse) => sse.as_ref(),
        };
        match map::key(sse, self.caller.account()) {
            Ok(Key::Told(word)) => (Fact::Known(word.to_owned()), Vec::new()),
            Ok(Key::Of(arn)) => self.manager(&arn).await,
            Err(why) => (at.read(Err(why)), Vec::new()),
        }
    }

    async fn manager(&self, arn: &str) -> Group<String> {
        let client = self.caller.client(aws_sdk_kms::Client::new);
        let reply = self.caller.ask(DESCRIBE_KEY, |tap| client.describe_key().key_id(arn).customize().interceptor(tap).send()).await;
        answered(self.caller, DESCRIBE_KEY, reply, |at, output| {
            let manager = output.key_metadata.and_then(|key| key.key_manager);
            at.need(manager.and_then(|word| map::key_type(word.as_str())), "KeyManager")
        })
    }

    fn unasked(&self, fact: &str) -> GapId {
        self.run.unasked(self.caller, TABLE, fact)
    }
}

fn billing_mode(told: &TableDescription) -> Option<String> {
    told.billing_mode_summary.as_ref()?.billing_mode.as_ref().map(|mode| mode.as_str().to_owned())
}

/// A fact of a description, absent where the description is.
fn of<T>(told: &Fact<TableDescription>, read: impl FnOnce(&TableDescription) -> Fact<T>) -> Fact<T> {
    match told {
        Fact::Known(told) => read(told),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    }
}
