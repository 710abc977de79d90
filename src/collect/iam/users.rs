//! Users, and access keys as the credential report shows them.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_iam::Client;
use aws_sdk_iam::types::User;

use super::credentials::{Fetched, GET_CREDENTIAL_REPORT};
use super::details::{Details, GET_ACCOUNT_AUTHORIZATION_DETAILS};
use super::facts::{self, UserAuthorization, UserReport};
use super::kinds::{ACCESS_KEY, SERVICE, USER};
use super::reconcile::{InReport, Listed, Reconciled, find, shown, summed_up, with_details, with_report};
use super::report::{Key, Row};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Notes, Operation, instant, sources};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::population::{Ended, SecondPath};
use crate::model::{CallId, Fact, Gap, GapId, Population, Reason, Resource, Source};

/// The listing.
pub const LIST_USERS: Operation = (SERVICE, "ListUsers");

/// Users as listed, with the proof.
pub struct Users {
    /// In AWS's order, with the call of the page.
    pub items: Vec<(CallId, User)>,
    /// By ARN.
    pub by_arn: BTreeMap<String, Listed>,
    /// Whether that is all.
    pub proof: Proof,
}

/// Lists the users.
pub async fn list(caller: &Caller) -> Users {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.list_users().max_items(1000).set_marker(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_iam::operation::list_users::ListUsersOutput| Page {
        items: output.users,
        token: output.marker,
        truncated: output.is_truncated,
    };
    let listing = caller.list(LIST_USERS, send, page).await;
    let (items, proof) = Proof::of(caller, LIST_USERS, listing, |user| Some(user.arn.clone()));
    let listed = |user: &User| Listed { name: user.user_name.clone(), created: instant(&user.create_date, "CreateDate").ok() };
    let by_arn = items.iter().map(|(_, user)| (user.arn.clone(), listed(user))).collect();
    Users { items, by_arn, proof }
}

/// The report of the account, or why there is none.
pub type ReportOrGap<'a> = Result<&'a Fetched, &'a Gap>;

/// Hands on users. `report` and `details` are `None` where nobody wants them.
pub fn hand_on(notes: &dyn Notes, users: &Users, report: Option<ReportOrGap<'_>>, details: Option<&Details>, run: &Run<'_>) -> Population {
    let arns = details.filter(|details| details.proof.gap.is_none()).map(arns);
    let mut proof = users.proof.clone();
    let second = report.and_then(Result::ok).map(|fetched| second_path(notes, users, fetched, &mut proof));
    if let Some(arns) = arns.filter(|_| users.proof.gap.is_none()) {
        dispute(notes, GET_ACCOUNT_AUTHORIZATION_DETAILS, &with_details(&arns, &users.by_arn), &mut proof);
    }
    let mut authorizations = Authorizations::of(notes, details, run);
    for (call, user) in &users.items {
        let (credential_report, mut more) = report_of(notes, user, users, report, run);
        let (authorization, from) = authorizations.take(notes, &user.arn);
        more.extend(sources([("authorization", from.into_iter().collect())]));
        let facts = user_facts(At::call(notes, LIST_USERS, *call), user, credential_report, authorization);
        let sources = sources([("", vec![*call])]).into_iter().chain(more).collect();
        run.found(&Resource::new(notes.place(), USER, user.arn.clone(), user.user_name.clone(), &facts, sources));
    }
    proof.population(notes, USER, users.items.len() as u64, second)
}

fn arns(details: &Details) -> BTreeSet<String> {
    details.users.iter().filter_map(|(_, user)| user.arn.clone()).collect()
}

/// Counts the users by the report, and disputes the population where the names differ.
fn second_path(notes: &dyn Notes, users: &Users, fetched: &Fetched, proof: &mut Proof) -> SecondPath {
    let complete = users.proof.gap.is_none();
    let Reconciled { newer, disputed } = with_report(&fetched.report, &users.by_arn, complete);
    dispute(notes, GET_CREDENTIAL_REPORT, &disputed, proof);
    SecondPath {
        what: format!("rows of the credential report of {}, without root", shown(fetched.report.generated)),
        count: fetched.report.users.len() as u64,
        call: fetched.call,
        differences: disputed.into_iter().chain(newer).collect(),
    }
}

fn dispute(notes: &dyn Notes, operation: Operation, sentences: &[String], proof: &mut Proof) {
    if !sentences.is_empty() {
        proof.fail(At::operation(notes, operation).gap(Reason::Disputed, summed_up("two lists of users differ", sentences)));
    }
}

/// A user's row, and where it comes from.
fn report_of(
    notes: &dyn Notes,
    user: &User,
    users: &Users,
    report: Option<ReportOrGap<'_>>,
    run: &Run<'_>,
) -> (Fact<UserReport>, Vec<Source>) {
    const PATH: &str = "credential_report";
    let fetched = match report.filter(|_| run.wants_fact(USER, PATH)) {
        None => return (Fact::Absent(run.unasked(notes, USER, PATH)), Vec::new()),
        Some(Err(gap)) => return (Fact::Absent(notes.note(gap.clone())), sources([(PATH, gap.call.into_iter().collect())])),
        Some(Ok(fetched)) => fetched,
    };
    let at = At::call(notes, GET_CREDENTIAL_REPORT, fetched.call);
    let fact = match users.by_arn.get(&user.arn).map(|listed| find(&fetched.report, &user.arn, listed)) {
        Some(InReport::Row(row)) => at.read(row.created.clone().and(row.facts.clone())),
        Some(InReport::Newer(why)) => at.absent(Reason::Stale, why),
        Some(InReport::Missing(why)) => at.absent(Reason::Disputed, why),
        None => at.absent(Reason::Failed, "the user was not listed"),
    };
    (fact, vec![observed(PATH, fetched)])
}

/// A source that was true when the report was generated.
pub fn observed(path: &str, fetched: &Fetched) -> Source {
    Source { path: path.to_owned(), call: fetched.call, observed_at: Some(fetched.report.generated) }
}

/// What the authorization details say of each user.
struct Authorizations {
    by_arn: BTreeMap<String, (CallId, Result<UserAuthorization, String>)>,
    /// Why a user that is not among them has none; `None` where all should be among them.
    lacking: Option<GapId>,
    /// The calls, where nothing could be read.
    refused: Option<CallId>,
}

impl Authorizations {
    fn of(notes: &dyn Notes, details: Option<&Details>, run: &Run<'_>) -> Self {
        const PATH: &str = "authorization";
        let Some(details) = details.filter(|_| run.wants_fact(USER, PATH)) else {
            return Authorizations { by_arn: BTreeMap::new(), lacking: Some(run.unasked(notes, USER, PATH)), refused: None };
        };
        let lacking = details.proof.noted(notes);
        let refused = details.proof.gap.as_ref().and_then(|gap| gap.call);
        let taken = details.users.iter().filter_map(|(call, user)| Some((user.arn.clone()?, (*call, user.authorization.clone()))));
        Authorizations { by_arn: taken.collect(), lacking, refused }
    }

    fn take(&mut self, notes: &dyn Notes, arn: &str) -> (Fact<UserAuthorization>, Option<CallId>) {
        match self.by_arn.remove(arn) {
            Some((call, said)) => (At::call(notes, GET_ACCOUNT_AUTHORIZATION_DETAILS, call).read(said), Some(call)),
            None => {
                let missing = || {
                    let at = At::operation(notes, GET_ACCOUNT_AUTHORIZATION_DETAILS);
                    at.note(Reason::Disputed, format!("`{arn}` was listed but is not in the authorization details"))
                };
                (Fact::Absent(self.lacking.clone().unwrap_or_else(missing)), self.refused)
            }
        }
    }
}

fn user_facts(at: At<'_>, user: &User, credential_report: Fact<UserReport>, authorization: Fact<UserAuthorization>) -> facts::User {
    facts::User {
        user_name: at.text(user.user_name.clone(), "UserName"),
        user_id: at.text(user.user_id.clone(), "UserId"),
        path: at.text(user.path.clone(), "Path"),
        arn: user.arn.clone().into(),
        create_date: at.instant(Some(user.create_date), "CreateDate"),
        credential_report,
        authorization,
    }
}

/// Hands on access keys. Their population is complete only where the report is whole, and the listing of users shows that it knows
/// all of them.
pub fn hand_on_keys(notes: &dyn Notes, users: &Users, report: ReportOrGap<'_>, run: &Run<'_>) -> Population {
    let fetched = match report {
        Ok(fetched) => fetched,
        Err(gap) => {
            let calls = gap.call.into_iter().collect();
            let proof = Proof { calls, pages: 0, ended: Ended::NotProven, gap: Some(gap.clone()) };
            return proof.population(notes, ACCESS_KEY, 0, None);
        }
    };
    let at = At::call(notes, GET_CREDENTIAL_REPORT, fetched.call);
    let mut proof = Proof { calls: vec![fetched.call], pages: 1, ended: Ended::WholeAnswer, gap: None };
    let mut count = 0;
    for (arn, row) in &fetched.report.users {
        match &row.keys {
            Ok(keys) => keys.iter().for_each(|key| {
                count += 1;
                run.found(&access_key(at, arn, row, key, fetched));
            }),
            Err(why) => proof.fail(at.gap(Reason::Failed, why.clone())),
        }
    }
    let mut users_proof = users.proof.clone();
    users_proof.ended = Ended::WholeAnswer;
    proof = proof.and(&users_proof);
    let Reconciled { newer, disputed } = with_report(&fetched.report, &users.by_arn, users.proof.gap.is_none());
    dispute(notes, GET_CREDENTIAL_REPORT, &disputed, &mut proof);
    if !newer.is_empty() {
        proof.fail(at.gap(Reason::Stale, summed_up("keys of newer users are not in the credential report", &newer)));
    }
    proof.population(notes, ACCESS_KEY, count, None)
}

fn access_key(at: At<'_>, arn: &str, row: &Row, key: &Key, fetched: &Fetched) -> Resource {
    let facts = facts::AccessKey {
        user: facts::KeyUser {
            user_name: row.user.clone().into(),
            arn: arn.to_owned().into(),
            create_date: at.read(row.created.clone()),
            password_enabled: at.read(row.password_enabled.clone()),
        },
        slot: key.slot.into(),
        active: key.active.into(),
        last_rotated: key.last_rotated.into(),
        last_used_date: key.last_used_date.into(),
        last_used_service: key.last_used_service.clone().into(),
        idle_since: key.idle_since().into(),
    };
    let (id, name) = (format!("{arn}/access-key/{}", key.slot), format!("{} / access key {}", row.user, key.slot));
    Resource::new(at.place(), ACCESS_KEY, id, name, &facts, vec![observed("", fetched)])
}
