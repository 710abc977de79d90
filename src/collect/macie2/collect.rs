//! Collects Amazon Macie in one Region.

use aws_sdk_macie2::Client;
use aws_sdk_macie2::types::JobSummary;

use super::facts::{AutomatedDiscovery, ClassificationJob, RegionSetting, Session};
use super::kinds::{REGION, SERVICE};
use crate::aws::{Caller, OrWhen as _, Page};
use crate::collect::at::{Operation, sources};
use crate::collect::proof::{Proof, singleton};
use crate::collect::reading::{Reading, part};
use crate::collect::scope::Run;
use crate::model::{Fact, Population, Resource};

const GET_MACIE_SESSION: Operation = (SERVICE, "GetMacieSession");
const GET_AUTOMATED_DISCOVERY_CONFIGURATION: Operation = (SERVICE, "GetAutomatedDiscoveryConfiguration");
const LIST_CLASSIFICATION_JOBS: Operation = (SERVICE, "ListClassificationJobs");
/// With this code and these words AWS says that Macie is off. The code alone is that of every refusal.
const OFF: (&str, &str) = ("AccessDeniedException", "Macie is not enabled");

/// Collects Macie in one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(REGION) {
        return Vec::new();
    }
    let session = session(caller).await;
    let (discovery, jobs) = tokio::join!(discovery(caller, run, &session), jobs(caller, run, &session));
    let with_session = |calls: Vec<_>| [session.calls.clone(), calls].concat();
    let paths = [
        ("", session.calls.clone()),
        ("automated_discovery", with_session(discovery.calls)),
        ("classification_jobs", with_session(jobs.calls)),
    ];
    let sources = sources(paths);
    let facts = RegionSetting {
        enabled: part(&session.fact, Option::is_some),
        session: session.fact,
        automated_discovery: discovery.fact,
        classification_jobs: jobs.fact,
    };
    let id = format!("arn:{}:macie2:{}:{}:region-setting", caller.partition(), caller.endpoint_region(), caller.account());
    let name = format!("Macie in {}", caller.endpoint_region());
    run.found(&Resource::new(caller.place(), REGION, id, name, &facts, sources));
    vec![singleton(caller, REGION, session.calls)]
}

async fn session(caller: &Caller) -> Reading<Option<Session>> {
    let client = caller.client(Client::new);
    let reply = caller.ask(GET_MACIE_SESSION, |tap| client.get_macie_session().customize().interceptor(tap).send()).await;
    let reply = reply.map(|answer| answer.map(Some)).or_when_said(OFF.0, OFF.1, None);
    Reading::of(caller, GET_MACIE_SESSION, reply, |at, told| {
        Fact::Known(told.map(|told| Session {
            status: at.need(told.status.map(|word| word.as_str().to_owned()), "status"),
            finding_publishing_frequency:
                at.need(told.finding_publishing_frequency.map(|word| word.as_str().to_owned()), "findingPublishingFrequency"),
            created_at: at.instant(told.created_at, "createdAt"),
        }))
    })
}

/// What stands in place of a fact that is not asked for: nobody wants it, Macie is off, or that is not known.
fn without<T>(caller: &Caller, run: &Run<'_>, fact: &str, session: &Reading<Option<Session>>, off: T) -> Option<Reading<T>> {
    if !run.wants_fact(REGION, fact) {
        return Some(Reading::unasked(caller, run, REGION, fact));
    }
    match &session.fact {
        Fact::Absent(gap) => Some(Reading::absent(gap.clone(), Vec::new())),
        Fact::Known(None) => Some(Reading::known(off, Vec::new())),
        Fact::Known(Some(_)) => None,
    }
}

async fn discovery(caller: &Caller, run: &Run<'_>, session: &Reading<Option<Session>>) -> Reading<Option<AutomatedDiscovery>> {
    if let Some(reading) = without(caller, run, "automated_discovery", session, None) {
        return reading;
    }
    let client = caller.client(Client::new);
    let send = |tap| client.get_automated_discovery_configuration().customize().interceptor(tap).send();
    let reply = caller.ask(GET_AUTOMATED_DISCOVERY_CONFIGURATION, send).await;
    Reading::of(caller, GET_AUTOMATED_DISCOVERY_CONFIGURATION, reply, |at, told| {
        Fact::Known(Some(AutomatedDiscovery {
            status: at.need(told.status.map(|word| word.as_str().to_owned()), "status"),
            first_enabled_at: at.instant_if_set(told.first_enabled_at, "firstEnabledAt"),
            disabled_at: at.instant_if_set(told.disabled_at, "disabledAt"),
        }))
    })
}

async fn jobs(caller: &Caller, run: &Run<'_>, session: &Reading<Option<Session>>) -> Reading<Vec<ClassificationJob>> {
    if let Some(reading) = without(caller, run, "classification_jobs", session, Vec::new()) {
        return reading;
    }
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.list_classification_jobs().set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_macie2::operation::list_classification_jobs::ListClassificationJobsOutput| Page {
        items: output.items.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(LIST_CLASSIFICATION_JOBS, send, page).await;
    let id = |job: &JobSummary| job.job_id.clone();
    Reading::of_list(caller, Proof::of(caller, LIST_CLASSIFICATION_JOBS, listing, id), |told| {
        let mut jobs: Vec<ClassificationJob> = told.into_iter().map(job).collect();
        jobs.sort_by(|a, b| a.job_id.cmp(&b.job_id));
        jobs
    })
}

fn job(told: JobSummary) -> ClassificationJob {
    ClassificationJob {
        job_id: told.job_id.unwrap_or_default(),
        name: told.name.unwrap_or_default(),
        job_type: told.job_type.map(|word| word.as_str().to_owned()).unwrap_or_default(),
        job_status: told.job_status.map(|word| word.as_str().to_owned()).unwrap_or_default(),
    }
}
