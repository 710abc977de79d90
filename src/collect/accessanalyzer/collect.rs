//! Collects the analyzers of one Region and the active findings of those that look for external access.

use aws_sdk_accessanalyzer::Client;
use aws_sdk_accessanalyzer::types::{AnalyzerSummary, Criterion, FindingSummaryV2};

use super::kinds::{ANALYZER, FINDING, SERVICE};
use super::map;
use crate::aws::{Caller, Listing, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::parts::{self, Parent, Part};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};

const LIST_ANALYZERS: Operation = (SERVICE, "ListAnalyzers");
const LIST_FINDINGS_V2: Operation = (SERVICE, "ListFindingsV2");
/// The largest page of findings.
const FINDINGS: i32 = 100;

/// Collects the kinds of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let (analyzers, proof) = analyzers(caller).await;
    let outside: Vec<&AnalyzerSummary> =
        analyzers.iter().map(|(_, analyzer)| analyzer).filter(|analyzer| map::looks_outside(analyzer.r#type.as_str())).collect();
    let asks = run.wants(FINDING) || run.wants_fact(ANALYZER, "active_findings");
    let parents: Vec<Parent<'_>> = outside.iter().filter(|_| asks).map(|analyzer| parent(analyzer)).collect();
    let found = parts::of_each(caller, &parents, LIST_FINDINGS_V2, |arn| findings(caller, arn), |one| Some(one.id.clone())).await;
    let mut populations = Vec::new();
    if run.wants(ANALYZER) {
        for (call, analyzer) in &analyzers {
            let part = parents.iter().position(|parent| parent.id == analyzer.arn).map(|index| &found[index]);
            hand_on_analyzer(caller, run, *call, analyzer, part);
        }
        populations.push(proof.population(caller, ANALYZER, analyzers.len() as u64, None));
    }
    if run.wants(FINDING) {
        for (analyzer, part) in outside.iter().zip(&found) {
            part.items.iter().for_each(|(call, finding)| hand_on_finding(caller, run, (*call, finding), analyzer, &proof));
        }
        populations.push(parts::population(caller, FINDING, &proof, &found));
    }
    populations
}

fn parent(analyzer: &AnalyzerSummary) -> Parent<'_> {
    Parent { id: &analyzer.arn, shown: format!("analyzer `{}`", analyzer.name) }
}

async fn analyzers(caller: &Caller) -> (Vec<(CallId, AnalyzerSummary)>, Proof) {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.list_analyzers().set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_accessanalyzer::operation::list_analyzers::ListAnalyzersOutput| Page {
        items: output.analyzers,
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(LIST_ANALYZERS, send, page).await;
    Proof::of(caller, LIST_ANALYZERS, listing, |analyzer: &AnalyzerSummary| Some(analyzer.arn.clone()))
}

/// The active findings of an analyzer.
async fn findings(caller: &Caller, analyzer: &str) -> Listing<FindingSummaryV2> {
    let client = caller.client(Client::new);
    let active = Criterion::builder().eq("ACTIVE").build();
    let send = |token: Option<String>, tap| {
        let request = client.list_findings_v2().analyzer_arn(analyzer).filter("status", active.clone()).max_results(FINDINGS);
        request.set_next_token(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_accessanalyzer::operation::list_findings_v2::ListFindingsV2Output| Page {
        items: output.findings,
        token: output.next_token,
        truncated: false,
    };
    caller.list(LIST_FINDINGS_V2, send, page).await
}

fn hand_on_analyzer(caller: &Caller, run: &Run<'_>, call: CallId, told: &AnalyzerSummary, part: Option<&Part<FindingSummaryV2>>) {
    let active = match part {
        None if map::looks_outside(told.r#type.as_str()) => Fact::Absent(run.unasked(caller, ANALYZER, "active_findings")),
        None => Fact::Known(None),
        Some(part) => match part.proof.noted(caller) {
            Some(gap) => Fact::Absent(gap),
            None => Fact::Known(Some(active(part))),
        },
    };
    let calls = part.map(|part| part.proof.calls.clone()).unwrap_or_default();
    let facts = map::analyzer(At::call(caller, LIST_ANALYZERS, call), told, active);
    let shown = format!("{} / {}", caller.endpoint_region(), told.name);
    let paths = [("", vec![call]), ("active_findings", calls)];
    run.found(&Resource::new(caller.place(), ANALYZER, told.arn.clone(), shown, &facts, sources(paths)));
}

fn active(part: &Part<FindingSummaryV2>) -> i64 {
    let count = part.items.iter().filter(|(_, finding)| finding.status.as_str() == "ACTIVE").count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn hand_on_finding(
    caller: &Caller,
    run: &Run<'_>,
    (call, told): (CallId, &FindingSummaryV2),
    analyzer: &AnalyzerSummary,
    analyzers: &Proof,
) {
    let facts = map::finding(At::call(caller, LIST_FINDINGS_V2, call), analyzer, told);
    let id = format!("{}/finding/{}", analyzer.arn, told.id);
    let shown = told.resource.clone().unwrap_or_else(|| told.id.clone());
    let paths = [("", vec![call]), ("analyzer", analyzers.calls.clone())];
    run.found(&Resource::new(caller.place(), FINDING, id, shown, &facts, sources(paths)));
}
