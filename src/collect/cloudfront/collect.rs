//! Collects the account's distributions: the listing, the logging of each one's configuration, and the deliveries of CloudWatch Logs.

use aws_sdk_cloudfront::Client;
use aws_sdk_cloudfront::types::DistributionSummary;
use aws_sdk_cloudwatchlogs::types::{Delivery, DeliverySource};
use futures::StreamExt as _;

use super::facts::{self, LogDelivery, Logging};
use super::kinds::{DISTRIBUTION, LOGS, SERVICE};
use super::map::{self, Deliveries};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::reading::{Group, answered};
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, GapId, Population, Reason, Resource};

const LIST_DISTRIBUTIONS: Operation = (SERVICE, "ListDistributions");
const GET_DISTRIBUTION_CONFIG: Operation = (SERVICE, "GetDistributionConfig");
const DESCRIBE_DELIVERY_SOURCES: Operation = (LOGS, "DescribeDeliverySources");
const DESCRIBE_DELIVERIES: Operation = (LOGS, "DescribeDeliveries");

/// Distributions asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 16;
/// The largest pages that CloudFront gives.
const ITEMS: i32 = 100;
/// The largest pages of deliveries and their sources.
const DELIVERIES: i32 = 50;

/// Collects the account's distributions. `caller` is that of global services: its endpoints lie in the partition's first Region,
/// where CloudFront's deliveries have to be made.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(DISTRIBUTION) {
        return Vec::new();
    }
    let ((items, proof), deliveries) = tokio::join!(list(caller), deliveries(caller, run));
    let asked = Asked { caller, run, client: caller.client(Client::new), deliveries };
    futures::stream::iter(&items).for_each_concurrent(AT_ONCE, |(call, told)| asked.one(*call, told)).await;
    vec![proof.population(caller, DISTRIBUTION, items.len() as u64, None)]
}

/// The distributions. A page that counts some and shows none is no page.
async fn list(caller: &Caller) -> (Vec<(CallId, DistributionSummary)>, Proof) {
    let client = caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.list_distributions().max_items(ITEMS).set_marker(token).customize().interceptor(tap).send();
    let mut hidden = false;
    let page = |output: aws_sdk_cloudfront::operation::list_distributions::ListDistributionsOutput| {
        let list = output.distribution_list;
        let (quantity, truncated) = list.as_ref().map_or((0, false), |list| (list.quantity, list.is_truncated));
        let (items, token) = list.map_or((Vec::new(), None), |list| (list.items.unwrap_or_default(), list.next_marker));
        hidden |= items.is_empty() && quantity > 0;
        Page { items, token, truncated }
    };
    let listing = caller.list(LIST_DISTRIBUTIONS, send, page).await;
    let (items, mut proof) = Proof::of(caller, LIST_DISTRIBUTIONS, listing, |one: &DistributionSummary| Some(one.arn.clone()));
    if hidden {
        proof.fail(At::operation(caller, LIST_DISTRIBUTIONS).gap(Reason::Failed, "a page counts distributions and shows none"));
    }
    (items, proof)
}

/// Who sends access logs where, by distribution.
async fn deliveries(caller: &Caller, run: &Run<'_>) -> Group<Deliveries> {
    if !run.wants_fact(DISTRIBUTION, "access_log_deliveries") {
        return (Fact::Absent(run.unasked(caller, DISTRIBUTION, "access_log_deliveries")), Vec::new());
    }
    let ((sources, of_sources), (told, of_deliveries)) = tokio::join!(delivery_sources(caller), all_deliveries(caller));
    let gaps = [of_sources.noted(caller), of_deliveries.noted(caller)];
    let calls = [of_sources.calls, of_deliveries.calls].concat();
    match gaps.into_iter().flatten().next() {
        Some(gap) => (Fact::Absent(gap), calls),
        None => (map::deliveries(sources.iter().map(|(_, one)| one), told.iter().map(|(_, one)| one)).into(), calls),
    }
}

async fn delivery_sources(caller: &Caller) -> (Vec<(CallId, DeliverySource)>, Proof) {
    let client = caller.client(aws_sdk_cloudwatchlogs::Client::new);
    let send = |token: Option<String>, tap| {
        client.describe_delivery_sources().limit(DELIVERIES).set_next_token(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_cloudwatchlogs::operation::describe_delivery_sources::DescribeDeliverySourcesOutput| Page {
        items: output.delivery_sources.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(DESCRIBE_DELIVERY_SOURCES, send, page).await;
    Proof::of(caller, DESCRIBE_DELIVERY_SOURCES, listing, |one: &DeliverySource| one.name.clone())
}

async fn all_deliveries(caller: &Caller) -> (Vec<(CallId, Delivery)>, Proof) {
    let client = caller.client(aws_sdk_cloudwatchlogs::Client::new);
    let send = |token: Option<String>, tap| {
        client.describe_deliveries().limit(DELIVERIES).set_next_token(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_cloudwatchlogs::operation::describe_deliveries::DescribeDeliveriesOutput| Page {
        items: output.deliveries.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(DESCRIBE_DELIVERIES, send, page).await;
    Proof::of(caller, DESCRIBE_DELIVERIES, listing, |one: &Delivery| one.id.clone())
}

struct Asked<'a> {
    caller: &'a Caller,
    run: &'a Run<'a>,
    client: Client,
    deliveries: Group<Deliveries>,
}

impl Asked<'_> {
    async fn one(&self, listed: CallId, told: &DistributionSummary) {
        let (logging, configured) = self.logging(&told.id).await;
        let at = At::call(self.caller, LIST_DISTRIBUTIONS, listed);
        let facts = facts_of(at, told, logging, self.deliveries_of(&told.arn));
        let alias = told.aliases.as_ref().and_then(|aliases| aliases.items.as_ref()?.first());
        let shown = alias.map_or_else(|| told.domain_name.clone(), |alias| format!("{alias} ({})", told.id));
        let paths = [("", vec![listed]), ("logging", configured), ("access_log_deliveries", self.deliveries.1.clone())];
        self.run.found(&Resource::new(self.caller.place(), DISTRIBUTION, told.arn.clone(), shown, &facts, sources(paths)));
    }

    fn deliveries_of(&self, arn: &str) -> Fact<Vec<LogDelivery>> {
        match &self.deliveries.0 {
            Fact::Known(all) => all.get(arn).cloned().unwrap_or_default().into(),
            Fact::Absent(gap) => Fact::Absent(gap.clone()),
        }
    }

    async fn logging(&self, id: &str) -> Group<Option<Logging>> {
        if !self.run.wants_fact(DISTRIBUTION, "logging") {
            return (Fact::Absent(self.unasked("logging")), Vec::new());
        }
        let send = |tap| self.client.get_distribution_config().id(id).customize().interceptor(tap).send();
        let reply = self.caller.ask(GET_DISTRIBUTION_CONFIG, send).await;
        answered(self.caller, GET_DISTRIBUTION_CONFIG, reply, |at, output| {
            let config = at.need(output.distribution_config, "DistributionConfig");
            config.map(|config| config.logging.as_ref().map(map::logging))
        })
    }

    fn unasked(&self, fact: &str) -> GapId {
        self.run.unasked(self.caller, DISTRIBUTION, fact)
    }
}

fn facts_of(
    at: At<'_>,
    told: &DistributionSummary,
    logging: Fact<Option<Logging>>,
    access_log_deliveries: Fact<Vec<LogDelivery>>,
) -> facts::Distribution {
    let (arns, every) = map::real_time_logs(told).unzip();
    let mut aliases = told.aliases.as_ref().and_then(|aliases| aliases.items.clone()).unwrap_or_default();
    aliases.sort();
    facts::Distribution {
        id: at.text(told.id.clone(), "Id"),
        arn: at.text(told.arn.clone(), "ARN"),
        status: at.text(told.status.clone(), "Status"),
        enabled: told.enabled.into(),
        staging: told.staging.into(),
        domain_name: at.text(told.domain_name.clone(), "DomainName"),
        aliases: aliases.into(),
        comment: told.comment.clone().into(),
        last_modified_time: at.instant(Some(told.last_modified_time), "LastModifiedTime"),
        web_acl_id: Some(told.web_acl_id.clone()).filter(|id| !id.is_empty()).into(),
        connection_mode: told.connection_mode.as_ref().map(|mode| mode.as_str().to_owned()).into(),
        origins: at.need(map::origins(told), "Origins"),
        logging,
        access_log_deliveries,
        real_time_log_config_arns: at.need(arns, "CacheBehaviors"),
        every_behavior_logs_in_real_time: at.need(every, "CacheBehaviors"),
    }
}
