//! Collects the load balancers of one Region: the listing, and of each its attributes and listeners.

use aws_sdk_elasticloadbalancingv2::Client;
use aws_sdk_elasticloadbalancingv2::types::{Listener, LoadBalancer};
use futures::StreamExt as _;

use super::facts;
use super::kinds::{LOAD_BALANCER, SERVICE};
use super::map;
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::reading::{Group, answered};
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, GapId, OpenMap, Population, Resource};

const DESCRIBE_LOAD_BALANCERS: Operation = (SERVICE, "DescribeLoadBalancers");
const DESCRIBE_LOAD_BALANCER_ATTRIBUTES: Operation = (SERVICE, "DescribeLoadBalancerAttributes");
const DESCRIBE_LISTENERS: Operation = (SERVICE, "DescribeListeners");

/// Load balancers asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 32;
/// The largest pages that Elastic Load Balancing gives.
const PAGE: i32 = 400;

/// Collects the load balancers of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(LOAD_BALANCER) {
        return Vec::new();
    }
    let client = caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.describe_load_balancers().page_size(PAGE).set_marker(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_elasticloadbalancingv2::operation::describe_load_balancers::DescribeLoadBalancersOutput| Page {
        items: output.load_balancers.unwrap_or_default(),
        token: output.next_marker,
        truncated: false,
    };
    let listing = caller.list(DESCRIBE_LOAD_BALANCERS, send, page).await;
    let (items, proof) = Proof::of(caller, DESCRIBE_LOAD_BALANCERS, listing, |one: &LoadBalancer| one.load_balancer_arn.clone());
    let asked = Asked { caller, run, client };
    futures::stream::iter(&items).for_each_concurrent(AT_ONCE, |(call, told)| asked.one(*call, told)).await;
    vec![proof.population(caller, LOAD_BALANCER, items.len() as u64, None)]
}

struct Asked<'a> {
    caller: &'a Caller,
    run: &'a Run<'a>,
    client: Client,
}

impl Asked<'_> {
    async fn one(&self, listed: CallId, told: &LoadBalancer) {
        // The listing has left out what lacks an ARN.
        let arn = told.load_balancer_arn.clone().unwrap_or_default();
        let (attributes, listeners) = tokio::join!(self.attributes(&arn), self.listeners(&arn));
        let at = At::call(self.caller, DESCRIBE_LOAD_BALANCERS, listed);
        let load_balancer_type = at.need(told.r#type.as_ref().map(|word| word.as_str().to_owned()), "Type");
        let access_logs = self.access_logs(&load_balancer_type, &attributes);
        let facts = facts::LoadBalancer {
            load_balancer_arn: arn.clone().into(),
            load_balancer_name: at.need(told.load_balancer_name.clone(), "LoadBalancerName"),
            load_balancer_type,
            scheme: told.scheme.as_ref().map(|word| word.as_str().to_owned()).into(),
            state: told.state.as_ref().and_then(|state| state.code.as_ref()).map(|code| code.as_str().to_owned()).into(),
            dns_name: told.dns_name.clone().into(),
            vpc_id: told.vpc_id.clone().into(),
            security_groups: sorted(told.security_groups.clone().unwrap_or_default()).into(),
            created_time: at.instant(told.created_time, "CreatedTime"),
            attributes: attributes.0,
            access_logs,
            listeners: listeners.0,
        };
        let name = told.load_balancer_name.clone().unwrap_or_else(|| arn.clone());
        let paths = [
            ("", vec![listed]),
            ("attributes", attributes.1.clone()),
            ("access_logs", [vec![listed], attributes.1].concat()),
            ("listeners", listeners.1),
        ];
        self.run.found(&Resource::new(self.caller.place(), LOAD_BALANCER, arn, name, &facts, sources(paths)));
    }

    async fn attributes(&self, arn: &str) -> Group<OpenMap<String>> {
        if !self.run.wants_fact(LOAD_BALANCER, "attributes") {
            return (Fact::Absent(self.unasked("attributes")), Vec::new());
        }
        let send = |tap| self.client.describe_load_balancer_attributes().load_balancer_arn(arn).customize().interceptor(tap).send();
        let reply = self.caller.ask(DESCRIBE_LOAD_BALANCER_ATTRIBUTES, send).await;
        answered(self.caller, DESCRIBE_LOAD_BALANCER_ATTRIBUTES, reply, |at, output| {
            at.need(output.attributes, "Attributes").map(|told| OpenMap(map::attributes(&told)))
        })
    }

    /// What the attributes say of access logs.
    fn access_logs(&self, load_balancer_type: &Fact<String>, attributes: &Group<OpenMap<String>>) -> Fact<Option<facts::AccessLogs>> {
        let (attributes, calls) = attributes;
        match (load_balancer_type, attributes) {
            (Fact::Known(kind), Fact::Known(OpenMap(attributes))) => {
                let at = match calls.first() {
                    Some(call) => At::call(self.caller, DESCRIBE_LOAD_BALANCER_ATTRIBUTES, *call),
                    None => At::operation(self.caller, DESCRIBE_LOAD_BALANCER_ATTRIBUTES),
                };
                at.read(map::access_logs(kind, attributes))
            }
            (_, Fact::Absent(gap)) | (Fact::Absent(gap), _) => Fact::Absent(gap.clone()),
        }
    }

    async fn listeners(&self, arn: &str) -> Group<Vec<facts::Listener>> {
        if !self.run.wants_fact(LOAD_BALANCER, "listeners") {
            return (Fact::Absent(self.unasked("listeners")), Vec::new());
        }
        let send = |token: Option<String>, tap| {
            let request = self.client.describe_listeners().load_balancer_arn(arn).page_size(PAGE).set_marker(token);
            request.customize().interceptor(tap).send()
        };
        let page = |output: aws_sdk_elasticloadbalancingv2::operation::describe_listeners::DescribeListenersOutput| Page {
            items: output.listeners.unwrap_or_default(),
            token: output.next_marker,
            truncated: false,
        };
        let listing = self.caller.list(DESCRIBE_LISTENERS, send, page).await;
        let (items, proof) = Proof::of(self.caller, DESCRIBE_LISTENERS, listing, |one: &Listener| one.listener_arn.clone());
        let fact = match proof.noted(self.caller) {
            Some(gap) => Fact::Absent(gap),
            None => map::listeners(items.iter().map(|(_, listener)| listener)).into(),
        };
        (fact, proof.calls)
    }

    fn unasked(&self, fact: &str) -> GapId {
        self.run.unasked(self.caller, LOAD_BALANCER, fact)
    }
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}
