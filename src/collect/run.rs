//! A collection run: all accounts, Regions and services at once, as far as the chosen controls want them.

use std::collections::BTreeSet;

use futures::FutureExt as _;
use futures::future::{BoxFuture, join_all};

use super::proof::unseen;
use super::scope::{Run, Sink};
use super::{
    CallNote, Inventory, Progress, Step, accessanalyzer, account, acm, apigateway, apigatewayv2, auditmanager, cloudfront, cloudtrail,
    cloudwatch, cognito, config, dynamodb, ec2, efs, elbv2, guardduty, iam, inspector2, kinds, kms, lambda, logs, macie2, organizations,
    rds, s3, second, secretsmanager, securityhub, shield, sns, sqs, wafv2,
};
use crate::aws::{Account, Caller, Session};
use crate::model::kind::Wanted;
use crate::model::place::{GLOBAL, UNKNOWN};
use crate::model::{Gap, Kind, KindScope, Place, Population};

/// Why a run gave no inventory. What could not be read is no such error but a gap in it.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// The session was cancelled, or an error ended it, which [`Session::finish`] tells.
    #[error("the run was broken off")]
    BrokenOff,
    /// Temporary files cannot be used.
    #[error("cannot write what was found to a temporary file: {0}")]
    Spill(#[from] std::io::Error),
}

/// Collects everything that is wanted. Every wanted kind has a population for every place in scope, also for accounts that could not
/// be entered and for Regions that could not be found out.
///
/// # Errors
/// When the session took no more calls before all was asked, or the disk is full.
pub async fn collect(session: &Session, wanted: &Wanted, progress: &dyn Progress) -> Result<Inventory, CollectError> {
    let found = Sink::default();
    let run = Run::new(wanted, &found, progress);
    let plan: Vec<(Step, BoxFuture<'_, Vec<Population>>)> =
        session.accounts().iter().filter(|account| account.note.entered).flat_map(|account| steps(session, account, &run)).collect();
    let steps = plan.iter().map(|(step, _)| step.clone());
    let last = session.accounts().iter().filter_map(|account| last_step(account, &run));
    progress.planned(&steps.chain(last).collect::<Vec<_>>());
    let run = &run;
    let each = plan.into_iter().map(|(step, work)| async move {
        let populations = work.await;
        run.done(&step);
        populations
    });
    let mut populations = join_all(each).await.concat();
    let counts = found.counts();
    let observed = observed(session);
    let told = second::Told { counted: &counts, observed: &observed };
    if !session.halted() && !session.failed() {
        populations
            .extend(join_all(session.accounts().iter().map(|account| composed(session, account, told, run))).await.into_iter().flatten());
    }
    if session.halted() || session.failed() {
        return Err(CollectError::BrokenOff);
    }
    let mut inventory = Inventory { resources: found.close()?, populations, gaps: session.gaps(), ..Inventory::default() };
    second::compare(&mut inventory.populations, told, &mut inventory.gaps);
    for account in session.accounts() {
        add_unseen(&mut inventory, account, wanted);
    }
    let note = |asked: crate::aws::Asked| CallNote { key: asked.key, received: asked.received };
    inventory.calls = session.asked().into_iter().map(|(id, asked)| (id, note(asked))).collect();
    inventory.settle();
    Ok(inventory)
}

/// The Regions looked at. An account whose Regions are not all known has none here: nothing adds up over them.
fn observed(session: &Session) -> BTreeSet<Place> {
    let known = session.accounts().iter().filter(|account| account.regions.unknown.is_none() && account.regions.excluded.is_empty());
    let place = |account: &Account, region: &String| Place { account: account.note.id.clone(), region: region.clone() };
    known.flat_map(|account| account.regions.observed.iter().map(move |region| place(account, region))).collect()
}

/// What is to be done in one account.
fn steps<'a>(session: &'a Session, account: &'a Account, run: &'a Run<'a>) -> Vec<(Step, BoxFuture<'a, Vec<Population>>)> {
    let step = |service, region: Option<&String>| Step { account: account.note.id.clone(), service, region: region.cloned() };
    let mut steps: Vec<(Step, BoxFuture<'a, Vec<Population>>)> = Vec::new();
    macro_rules! in_each_region {
        ($($service:ident)+) => {$(
            for region in account.regions.observed.iter().filter(|_| wants(run, $service::KINDS)) {
                let caller = session.regional(account, region);
                let work = async move { $service::collect(&caller, run).await }.boxed();
                steps.push((step($service::kinds::SERVICE, Some(region)), work));
            }
        )+};
    }
    macro_rules! once {
        ($($service:ident)+) => {$(
            if wants(run, $service::KINDS) {
                let global = session.global(account);
                let work = async move { $service::collect(&global, run).await }.boxed();
                steps.push((step($service::kinds::SERVICE, None), work));
            }
        )+};
    }
    let unknown = account.regions.unknown.as_ref();
    once!(iam account shield cloudfront);
    if run.wants_any(organizations::TOLD) {
        let global = session.global(account);
        let entered = entered(session);
        let work = async move { organizations::collect(&global, &entered, run).await }.boxed();
        steps.push((step(organizations::kinds::SERVICE, None), work));
    }
    if wants(run, cloudtrail::KINDS) {
        let (callers, naming) = (callers(session, account), run.naming());
        let work = async move { cloudtrail::collect(&callers, unknown, run, naming).await }.boxed();
        steps.push((step(cloudtrail::kinds::SERVICE, None), work));
    }
    if run.wants(cloudwatch::kinds::TRAIL_ALERTING) {
        let (callers, global) = (callers(session, account), session.global(account));
        let work = async move {
            let reachable = |place: &Place| reachable(session, place);
            let follow = cloudwatch::Follow { global: &global, callers: &callers, unknown, reachable: &reachable };
            cloudwatch::follow_trails(&follow, run).await
        };
        steps.push((step(cloudwatch::kinds::SERVICE, None), work.boxed()));
    }
    if run.wants_any(&[cloudwatch::kinds::ALARM, cloudwatch::kinds::COMPOSITE_ALARM]) {
        for region in &account.regions.observed {
            let caller = session.regional(account, region);
            let work = async move { cloudwatch::collect(&caller, run).await }.boxed();
            steps.push((step(cloudwatch::kinds::SERVICE, Some(region)), work));
        }
    }
    if wants(run, s3::KINDS) {
        let global = session.global(account);
        let left_out = left_out(account);
        let work = async move { s3::collect(&global, &left_out, run).await }.boxed();
        steps.push((step(s3::kinds::SERVICE, None), work));
    }
    in_each_region!(apigateway apigatewayv2 kms config ec2 logs sns);
    in_each_region!(wafv2 acm cognito lambda sqs secretsmanager);
    in_each_region!(rds efs dynamodb elbv2);
    in_each_region!(accessanalyzer securityhub guardduty inspector2 macie2 auditmanager);
    steps
}

/// What is composed of what the other steps of an account found and AWS Config counted, once all of them are done.
async fn composed(session: &Session, account: &Account, told: second::Told<'_>, run: &Run<'_>) -> Option<Population> {
    let step = last_step(account, run)?;
    let (global, callers, left_out) = (session.global(account), callers(session, account), left_out(account));
    let unknown = account.regions.unknown.as_ref();
    let look = organizations::Compose { global: &global, callers: &callers, left_out: &left_out, unknown, told };
    let population = organizations::compose(&look, &entered(session), run).await;
    run.done(&step);
    Some(population)
}

fn last_step(account: &Account, run: &Run<'_>) -> Option<Step> {
    let wanted = account.note.entered && run.wants(organizations::kinds::MANAGEMENT_ACCOUNT);
    wanted.then(|| Step { account: account.note.id.clone(), service: organizations::kinds::SERVICE, region: None })
}

fn callers(session: &Session, account: &Account) -> Vec<Caller> {
    account.regions.observed.iter().map(|region| session.regional(account, region)).collect()
}

/// Who asks in a Region of an account of the run.
fn reachable(session: &Session, place: &Place) -> cloudwatch::Reachable {
    match session.accounts().iter().find(|account| account.note.entered && account.note.id == place.account) {
        None => cloudwatch::Reachable::NotAccount,
        Some(account) if account.regions.observed.contains(&place.region) => {
            cloudwatch::Reachable::Asks(Box::new(session.regional(account, &place.region)))
        }
        Some(account) => cloudwatch::Reachable::NotRegion(account.regions.unknown.clone()),
    }
}

fn left_out(account: &Account) -> Vec<String> {
    account.regions.excluded.iter().map(|excluded| excluded.region.clone()).collect()
}

fn entered(session: &Session) -> Vec<String> {
    session.accounts().iter().filter(|account| account.note.entered).map(|account| account.note.id.clone()).collect()
}

fn wants(run: &Run<'_>, kinds: &[Kind]) -> bool {
    kinds.iter().any(|kind| run.wants(kind.name))
}

/// Adds the populations nobody could look at: all of an account that was not entered, and regional ones where Regions are unknown.
fn add_unseen(inventory: &mut Inventory, account: &Account, wanted: &Wanted) {
    let wanted = kinds().iter().filter(|kind| wanted.kind(kind.name));
    for kind in wanted {
        let regional = kind.scope == KindScope::Regional;
        let gap: Option<&Gap> = match account.note.entered {
            false => account.note.gap.as_ref(),
            true => account.regions.unknown.as_ref().filter(|_| regional),
        };
        let Some(gap) = gap else { continue };
        let region = if regional { UNKNOWN } else { GLOBAL };
        let place = Place { account: account.note.id.clone(), region: region.to_owned() };
        let gap = inventory.gaps.note(gap.clone());
        inventory.populations.push(unseen(kind.name, place, gap));
    }
}
