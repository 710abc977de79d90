//! Collects the web ACLs of one Region: the listings, each web ACL, the rule groups that they refer to, and their logging.

use std::collections::BTreeMap;

use aws_sdk_wafv2::Client;
use aws_sdk_wafv2::types::{Scope, WebAcl, WebAclSummary};
use futures::StreamExt as _;
use futures::future::join_all;
use tokio::sync::OnceCell;

use super::cover::{self, Threat};
use super::facts::{self, Logging};
use super::kinds::{SERVICE, WEB_ACL};
use super::listing::{scopes, web_acls};
use super::map;
use super::order::{Groups, Step, references, steps};
use crate::aws::{Caller, OrWhen as _};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::reading::{Group, answered};
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, GapId, Population, Resource};

const GET_WEB_ACL: Operation = (SERVICE, "GetWebACL");
const GET_RULE_GROUP: Operation = (SERVICE, "GetRuleGroup");
const GET_LOGGING_CONFIGURATION: Operation = (SERVICE, "GetLoggingConfiguration");
/// What WAF says of a web ACL without logging.
const NONE: &str = "WAFNonexistentItemException";
/// Web ACLs asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 16;

/// Collects the web ACLs of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(WEB_ACL) {
        return Vec::new();
    }
    let listed = join_all(scopes(caller).iter().map(|scope| async move { (scope, web_acls(caller, scope).await) })).await;
    let mut proof: Option<Proof> = None;
    let mut all = Vec::new();
    for (scope, (acls, own)) in listed {
        proof = Some(proof.map_or_else(|| own.clone(), |proof| proof.and(&own)));
        all.extend(acls.into_iter().map(|(call, acl)| (call, scope, acl)));
    }
    let asked = Asked { caller, run, groups: Default::default() };
    futures::stream::iter(&all).for_each_concurrent(AT_ONCE, |(call, scope, acl)| asked.one(*call, scope, acl)).await;
    proof.map(|proof| proof.population(caller, WEB_ACL, all.len() as u64, None)).into_iter().collect()
}

/// What the listing tells of a web ACL.
struct Listed<'a> {
    name: String,
    id: String,
    arn: String,
    scope: &'a Scope,
    description: Option<String>,
}

type Read = (Result<Vec<aws_sdk_wafv2::types::Rule>, GapId>, Option<CallId>);

struct Asked<'a> {
    caller: &'a Caller,
    run: &'a Run<'a>,
    /// Rule groups, each asked once.
    groups: tokio::sync::Mutex<BTreeMap<String, std::sync::Arc<OnceCell<Read>>>>,
}

impl Asked<'_> {
    async fn one(&self, listed: CallId, scope: &Scope, acl: &WebAclSummary) {
        // The listing has left out what lacks any of these.
        let [name, id, arn] = [&acl.name, &acl.id, &acl.arn].map(|text| text.clone().unwrap_or_default());
        let (told, logging) = tokio::join!(self.web_acl(scope, &name, &id), self.logging(&arn));
        let (groups, from) = self.groups_of(&told.0).await;
        let calls: Vec<CallId> = told.1.iter().copied().chain(from).collect();
        let own = Listed { name: name.clone(), id, arn: arn.clone(), scope, description: acl.description.clone() };
        let facts = self.facts(own, &told.0, &groups, logging.0);
        let got = ["default_action", "managed_by_firewall_manager", "rules"].map(|fact| (fact, told.1.clone()));
        let of_groups = ["sql_injection", "cross_site_scripting", "known_bad_inputs", "rate_limits", "managed_groups_in_force", "modes"];
        let paths = [("", vec![listed]), ("logging", logging.1)].into_iter().chain(got);
        let paths = paths.chain(of_groups.map(|fact| (fact, calls.clone())));
        self.run.found(&Resource::new(self.caller.place(), WEB_ACL, arn, name, &facts, sources(paths)));
    }

    async fn web_acl(&self, scope: &Scope, name: &str, id: &str) -> Group<WebAcl> {
        if !["rules", "modes"].iter().any(|fact| self.run.wants_fact(WEB_ACL, fact)) {
            return (Fact::Absent(self.run.unasked(self.caller, WEB_ACL, "rules")), Vec::new());
        }
        let client = self.caller.client(Client::new);
        let send = |tap| client.get_web_acl().scope(scope.clone()).name(name).id(id).customize().interceptor(tap).send();
        let reply = self.caller.ask(GET_WEB_ACL, send).await;
        answered(self.caller, GET_WEB_ACL, reply, |at, output| at.need(output.web_acl, "WebACL"))
    }

    /// The rule groups that a web ACL refers to, if anybody wants what they come to.
    async fn groups_of(&self, told: &Fact<WebAcl>) -> (Groups, Vec<CallId>) {
        let (true, Fact::Known(acl)) = (self.run.wants_fact(WEB_ACL, "modes"), told) else { return (Groups::new(), Vec::new()) };
        let read = join_all(references(acl).into_iter().map(|arn| async move {
            let read = self.group(&arn).await;
            (arn, read)
        }));
        let (mut groups, mut calls) = (Groups::new(), Vec::new());
        for (arn, (rules, call)) in read.await {
            groups.insert(arn, rules);
            calls.extend(call);
        }
        (groups, calls)
    }

    async fn group(&self, arn: &str) -> Read {
        let cell = self.groups.lock().await.entry(arn.to_owned()).or_default().clone();
        cell.get_or_init(|| self.read_group(arn)).await.clone()
    }

    async fn read_group(&self, arn: &str) -> Read {
        let client = self.caller.client(Client::new);
        let send = |tap| client.get_rule_group().arn(arn).customize().interceptor(tap).send();
        match self.caller.ask(GET_RULE_GROUP, send).await {
            Ok(answer) => {
                let at = At::call(self.caller, GET_RULE_GROUP, answer.call);
                match at.need(answer.value.rule_group, "RuleGroup") {
                    Fact::Known(group) => (Ok(group.rules.unwrap_or_default()), Some(answer.call)),
                    Fact::Absent(gap) => (Err(gap), Some(answer.call)),
                }
            }
            Err(refusal) => {
                let call = refusal.gap.call;
                (Err(self.caller.note(refusal.gap)), call)
            }
        }
    }

    fn facts(&self, listed: Listed<'_>, told: &Fact<WebAcl>, groups: &Groups, logging: Fact<Option<Logging>>) -> facts::WebAcl {
        let at = At::operation(self.caller, GET_WEB_ACL);
        let steps = told.known().map(|acl| steps(acl, groups)).unwrap_or_default();
        facts::WebAcl {
            name: listed.name.into(),
            id: listed.id.into(),
            arn: listed.arn.into(),
            scope: listed.scope.as_str().to_owned().into(),
            description: listed.description.filter(|text| !text.is_empty()).into(),
            default_action: match told {
                Fact::Known(acl) => at.need(map::default_action(acl), "DefaultAction"),
                Fact::Absent(gap) => Fact::Absent(gap.clone()),
            },
            managed_by_firewall_manager: of(told, |acl| acl.managed_by_firewall_manager),
            rules: of(told, map::rules),
            sql_injection: self.of_steps(told, &steps, |steps| Ok(cover::protection(steps, Threat::Sqli))),
            cross_site_scripting: self.of_steps(told, &steps, |steps| Ok(cover::protection(steps, Threat::Xss))),
            known_bad_inputs: self.of_steps(told, &steps, |steps| Ok(cover::protection(steps, Threat::BadInputs))),
            rate_limits: self.of_steps(told, &steps, cover::rate_limits),
            managed_groups_in_force: self.of_steps(told, &steps, cover::managed_in_force),
            modes: self.of_steps(told, &steps, cover::modes),
            logging,
        }
    }

    fn of_steps<T>(&self, told: &Fact<WebAcl>, steps: &[Step<'_>], read: impl FnOnce(&[Step<'_>]) -> Result<T, GapId>) -> Fact<T> {
        match told {
            Fact::Absent(gap) => Fact::Absent(gap.clone()),
            Fact::Known(_) if !self.run.wants_fact(WEB_ACL, "modes") => Fact::Absent(self.run.unasked(self.caller, WEB_ACL, "modes")),
            Fact::Known(_) => read(steps).map_or_else(Fact::Absent, Fact::Known),
        }
    }

    async fn logging(&self, arn: &str) -> Group<Option<Logging>> {
        if !self.run.wants_fact(WEB_ACL, "logging") {
            return (Fact::Absent(self.run.unasked(self.caller, WEB_ACL, "logging")), Vec::new());
        }
        let client = self.caller.client(Client::new);
        let send = |tap| client.get_logging_configuration().resource_arn(arn).customize().interceptor(tap).send();
        let reply = self.caller.ask(GET_LOGGING_CONFIGURATION, send).await;
        let reply = reply.map(|answer| answer.map(Some)).or_when(NONE, None);
        answered(self.caller, GET_LOGGING_CONFIGURATION, reply, |at, output| match output {
            None => Fact::Known(None),
            Some(output) => at.need(output.logging_configuration.as_ref().map(map::logging), "LoggingConfiguration").map(Some),
        })
    }
}

fn of<T>(told: &Fact<WebAcl>, read: impl FnOnce(&WebAcl) -> T) -> Fact<T> {
    match told {
        Fact::Known(acl) => Fact::Known(read(acl)),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    }
}
