//! How collectors ask: one call ([`Caller::ask`]), or a listing to its end ([`Caller::list`], the only page loop there is).
//!
//! What comes back is either a value with the call it came from, or a refusal with its gap, decided from the recorded outcome
//! alone. There is no third thing: no default, no empty list, no partial value.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::error::Error;
use std::sync::{Arc, Mutex};

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_types::SdkConfig;

use super::error::{SessionError, chain};
use super::flight::{Asker, Flight, Outcome};
use super::operation::Operation;
use super::operations;
use super::outcome::{Ending, ending, gap};
pub use super::tap::Tap;
use super::transport::{Transport, lock};
use crate::model::gap::Gaps;
use crate::model::population::Ended;
use crate::model::{CallId, Gap, GapId, Instant, Partition, Place, Reason};
use crate::recording::line::{CallLine, Response};

/// One place to ask in: an account and a Region (or the account's global services), as one principal.
///
/// `caller.client(Client::new)` is an SDK client for it; such a client can send only what goes through [`Caller::ask`].
#[derive(Clone, Debug)]
pub struct Caller {
    place: Place,
    partition: Partition,
    asker: Asker,
    sdk: SdkConfig,
    clients: Arc<Mutex<Clients>>,
    transport: Transport,
    gaps: Arc<Mutex<Gaps>>,
    started: Instant,
}

/// SDK clients by their type and the Region they ask in.
type Clients = HashMap<(TypeId, String), Box<dyn Any + Send + Sync>>;

/// A value with the call it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<T> {
    /// The value.
    pub value: T,
    /// The call.
    pub call: CallId,
    /// When its answer came.
    pub received: Instant,
}

impl<T> Answer<T> {
    /// Applies `f` to the value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Answer<U> {
        Answer { value: f(self.value), call: self.call, received: self.received }
    }
}

/// A call that gave no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status of the last attempt, where one came.
    pub status: Option<u16>,
    /// AWS error code, where AWS gave one.
    pub code: Option<String>,
    /// AWS error message, where AWS gave one.
    pub message: Option<String>,
    /// When AWS refused; `None` where nothing was recorded.
    pub received: Option<Instant>,
    /// The Region in which S3 says the bucket lies.
    pub bucket_region: Option<String>,
    /// What it leaves unobserved, and why. `gap.call` is the recorded call, where there is one.
    pub gap: Gap,
}

/// What a question comes to.
pub type Reply<T> = Result<Answer<T>, Refusal>;

/// What AWS says in the form of an error and means as an answer.
pub trait OrWhen<T> {
    /// Takes the exact error code for `value`: "not configured", not "any 404". Other refusals stay what they are.
    fn or_when(self, code: &str, value: T) -> Self;

    /// As [`OrWhen::or_when`], for codes that AWS uses for refusals as well: its message has to hold these words, too.
    fn or_when_said(self, code: &str, words: &str, value: T) -> Self;
}

impl<T> OrWhen<T> for Reply<T> {
    fn or_when(self, code: &str, value: T) -> Self {
        match self {
            Err(Refusal {
                status: Some(400..500), code: Some(told), gap: Gap { call: Some(call), .. }, received: Some(received), ..
            }) if told == code => Ok(Answer { value, call, received }),
            reply => reply,
        }
    }

    fn or_when_said(self, code: &str, words: &str, value: T) -> Self {
        let said = matches!(&self, Err(Refusal { message: Some(message), .. }) if message.contains(words));
        if said { self.or_when(code, value) } else { self }
    }
}

/// One page of a listing, as its operation's output says it.
#[derive(Clone, Debug)]
pub struct Page<I> {
    /// Members of the page.
    pub items: Vec<I>,
    /// Token for the next page.
    pub token: Option<String>,
    /// Whether AWS marks the page as cut. Operations without such a mark: `false`.
    pub truncated: bool,
}

/// Everything a listing gave, and whether it proved that it ended.
#[derive(Clone, Debug)]
pub struct Listing<I> {
    /// Members in AWS's order, each with the call of its page.
    pub items: Vec<(CallId, I)>,
    /// Recorded calls in page order, a refused one included.
    pub calls: Vec<CallId>,
    /// Pages read.
    pub pages: u32,
    /// How it is known to have ended.
    pub ended: Ended,
    /// Why it is not known to have ended; `None` exactly when it is.
    pub gap: Option<Gap>,
    /// When the first page was answered.
    pub observed: Option<Instant>,
}

impl<I> Default for Listing<I> {
    fn default() -> Self {
        Listing { items: Vec::new(), calls: Vec::new(), pages: 0, ended: Ended::NotProven, gap: None, observed: None }
    }
}

impl<I> Listing<I> {
    fn add(&mut self, answer: Answer<Vec<I>>) {
        self.pages += 1;
        self.calls.push(answer.call);
        self.observed.get_or_insert(answer.received);
        self.items.extend(answer.value.into_iter().map(|item| (answer.call, item)));
    }

    fn refuse(mut self, gap: Gap) -> Self {
        self.calls.extend(gap.call.filter(|call| self.calls.last() != Some(call)));
        (self.ended, self.gap) = (Ended::NotProven, Some(gap));
        self
    }

    fn end(mut self, ended: Ended) -> Self {
        self.ended = ended;
        self
    }
}

impl Caller {
    pub(super) fn new(
        place: Place,
        partition: Partition,
        asker: Asker,
        sdk: SdkConfig,
        shared: (Transport, Arc<Mutex<Gaps>>, Instant),
    ) -> Self {
        let (transport, gaps, started) = shared;
        Caller { place, partition, asker, sdk, clients: Arc::default(), transport, gaps, started }
    }

    /// The same account and principal in another Region.
    pub fn in_region(&self, region: &str) -> Self {
        let mut other = self.clone();
        region.clone_into(&mut other.place.region);
        region.clone_into(&mut other.asker.region);
        other.sdk = self.sdk.to_builder().region(aws_config::Region::new(region.to_owned())).build();
        other
    }

    /// Where resources and gaps of this caller lie; its region is `global` for global services.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Twelve-digit id of the account.
    pub fn account(&self) -> &str {
        &self.place.account
    }

    /// Region of the endpoints asked, also where [`Caller::place`] says `global`.
    pub fn endpoint_region(&self) -> &str {
        &self.asker.region
    }

    /// Partition, for ids.
    pub fn partition(&self) -> Partition {
        self.partition
    }

    /// ARN of the principal that asks.
    pub fn principal(&self) -> Option<&str> {
        self.asker.principal.as_deref()
    }

    /// Start of the recording: the only clock that may decide what is asked.
    pub fn started(&self) -> Instant {
        self.started
    }

    /// Configuration for SDK clients of this place.
    pub fn sdk(&self) -> &SdkConfig {
        &self.sdk
    }

    /// The SDK client that `make` makes for this place, made once: that takes longer than most calls.
    pub fn client<C: Clone + Send + Sync + 'static>(&self, make: impl FnOnce(&SdkConfig) -> C) -> C {
        let mut clients = lock(&self.clients);
        let key = (TypeId::of::<C>(), self.asker.region.clone());
        let known = clients.get(&key).and_then(|client| client.downcast_ref::<C>()).cloned();
        known.unwrap_or_else(|| {
            let client = make(&self.sdk);
            clients.insert(key, Box::new(client.clone()));
            client
        })
    }

    /// Notes a gap of this run and returns the id that facts and populations carry.
    pub fn note(&self, gap: Gap) -> GapId {
        lock(&self.gaps).note(gap)
    }

    /// Makes a gap about an operation in this place that no single call explains.
    pub fn gap(&self, (service, operation): (&str, &str), reason: Reason, detail: impl Into<String>, call: Option<CallId>) -> Gap {
        Gap {
            account: self.place.account.clone(),
            region: self.place.region.clone(),
            service: service.to_owned(),
            operation: operation.to_owned(),
            reason,
            detail: detail.into(),
            call,
        }
    }

    /// Waits between two questions of a polled operation, never longer than between two attempts. In replay nothing waits.
    pub async fn pause(&self, time: std::time::Duration) {
        if self.transport.as_live().is_some() && !self.transport.halted() {
            tokio::time::sleep(time.min(self.transport.limits().longest_pause)).await;
        }
    }

    /// Asks one call. `operation` is the SDK's service id and the operation's name; `send` builds the call, adds the tap, and sends:
    /// `|tap| client.get_user().customize().interceptor(tap).send()`.
    pub async fn ask<T, E, F>(&self, operation: (&str, &str), send: impl FnOnce(Tap) -> F) -> Reply<T>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
        E: Error + Send + Sync + 'static,
    {
        let Some(row) = operations::find(operation.0, operation.1).filter(|row| is_askable(row)) else {
            return Err(self.unrecorded(operation, Reason::Failed, "not asked: the operation is not one that may be asked"));
        };
        let flight = Flight::new(self.transport.clone(), row, self.asker.clone(), false);
        let permit = match self.transport.as_live() {
            Some(live) => Some(live.permit(&self.asker, row.service).await),
            None => None,
        };
        let result = send(Tap(flight.clone())).await;
        drop(permit);
        match flight.outcome() {
            Some(Outcome::Line(line)) => self.read(row, &line, result.ok()),
            other => Err(self.without_line(row, other, result.err())),
        }
    }

    /// Decides from the line whether the SDK's value may be believed.
    fn read<T>(&self, row: &Operation, line: &CallLine, value: Option<T>) -> Reply<T> {
        let asked = self.transport.note(line);
        let how = ending(line);
        if let (Ending::Answered, Some(value)) = (how, value) {
            return Ok(Answer { value, call: line.key.id(), received: asked.received });
        }
        let gap = gap(line, row, &self.place);
        if how == Ending::Expired && self.transport.as_live().is_some() {
            self.transport.fail(SessionError::Expired { account: self.place.account.clone(), detail: gap.detail.clone() });
        }
        let response = line.response.as_ref();
        Err(Refusal {
            status: response.map(|response| response.status),
            code: response.and_then(|response| response.error_code.clone()),
            message: response.and_then(|response| response.error_message.clone()),
            received: Some(asked.received),
            bucket_region: response.and_then(bucket_region),
            gap,
        })
    }

    fn without_line<E: Error + Send + Sync + 'static>(
        &self,
        row: &Operation,
        outcome: Option<Outcome>,
        error: Option<SdkError<E, HttpResponse>>,
    ) -> Refusal {
        let name = (row.service, row.name);
        match outcome {
            Some(Outcome::NotRecorded) => self.unrecorded(name, Reason::NotRecorded, "the recording does not hold this call"),
            Some(Outcome::Cancelled) => self.unrecorded(name, Reason::Failed, "not asked: the run was broken off"),
            Some(Outcome::Refused(why)) => self.unrecorded(name, Reason::Failed, &format!("not asked: {why}")),
            Some(Outcome::Line(_)) | None => {
                let detail = error.as_ref().map(|error| chain(error)).unwrap_or_default();
                if error.as_ref().is_some_and(credentials_failed) {
                    self.transport.fail(SessionError::Expired { account: self.place.account.clone(), detail: detail.clone() });
                }
                self.unrecorded(name, Reason::Failed, &format!("not sent: {detail}"))
            }
        }
    }

    fn unrecorded(&self, operation: (&str, &str), reason: Reason, detail: &str) -> Refusal {
        let gap = self.gap(operation, reason, detail, None);
        Refusal { status: None, code: None, message: None, received: None, bucket_region: None, gap }
    }

    /// Lists to the end: a page without token that is not marked truncated. Anything else that stops it is a gap; what was listed
    /// until then is kept.
    pub async fn list<T, E, F, I>(
        &self,
        operation: (&str, &str),
        mut send: impl FnMut(Option<String>, Tap) -> F,
        mut page: impl FnMut(T) -> Page<I>,
    ) -> Listing<I>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
        E: Error + Send + Sync + 'static,
    {
        let mut listing = Listing::default();
        let mut seen = std::collections::HashSet::new();
        let mut token: Option<String> = None;
        loop {
            let answer = match self.ask(operation, |tap| send(token.clone(), tap)).await {
                Ok(answer) => answer.map(&mut page),
                Err(refusal) => return listing.refuse(refusal.gap),
            };
            let (next, truncated, call) = (answer.value.token.clone(), answer.value.truncated, answer.call);
            listing.add(answer.map(|page| page.items));
            let number = listing.pages;
            let cut = |why: String| self.gap(operation, Reason::Truncated, why, Some(call));
            match next.filter(|token| !token.is_empty()) {
                None if truncated => return listing.refuse(cut(format!("page {number} is marked as cut but names no next page"))),
                None => return listing.end(Ended::LastPage),
                Some(next) if !seen.insert(next.clone()) => {
                    return listing.refuse(cut(format!("page {number} leads back to a page already read")));
                }
                Some(_) if number >= self.transport.limits().pages => {
                    return listing.refuse(cut(format!("stopped after {number} pages")));
                }
                Some(next) => token = Some(next),
            }
        }
    }

    /// Lists by an operation that returns everything in one answer.
    pub async fn list_whole<T, E, F, I>(
        &self,
        operation: (&str, &str),
        send: impl FnOnce(Tap) -> F,
        items: impl FnOnce(T) -> Vec<I>,
    ) -> Listing<I>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
        E: Error + Send + Sync + 'static,
    {
        let mut listing = Listing::default();
        match self.ask(operation, send).await {
            Ok(answer) => {
                listing.add(answer.map(items));
                listing.end(Ended::WholeAnswer)
            }
            Err(refusal) => listing.refuse(refusal.gap),
        }
    }
}

/// S3 names the Region of a bucket in a header, and in the message about a signature for another Region.
fn bucket_region(response: &Response) -> Option<String> {
    let header = response.headers.iter().find(|(name, _)| name == "x-amz-bucket-region").map(|(_, region)| region.as_str());
    let told = || response.error_message.as_deref()?.split_once("expecting '")?.1.split_once('\'').map(|(region, _)| region);
    header.or_else(told).filter(|region| !region.is_empty()).map(str::to_owned)
}

/// `sts:AssumeRole` stands in the table for the policy that `plan` prints; it is for credential providers, whose connector
/// records nothing. Its answer would be a secret.
fn is_askable(row: &Operation) -> bool {
    (row.service, row.name) != ("STS", "AssumeRole")
}

/// Whether credentials could not be had; then nothing was sent.
pub(super) fn credentials_failed<E: Error + Send + Sync + 'static>(error: &SdkError<E, HttpResponse>) -> bool {
    let mut next: Option<&(dyn Error + 'static)> = error.source();
    while let Some(error) = next {
        if error.downcast_ref::<CredentialsError>().is_some() {
            return true;
        }
        next = error.source();
    }
    false
}
