//! The live side of a session: sends to AWS what no earlier run has answered, records each call, and asks the same question only
//! once. Concurrency and retry budgets are held here, for they are shared by all calls of a session.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use aws_smithy_runtime::client::retries::{RetryPartition, TokenBucket};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http_body_util::BodyExt as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SetOnce};

use super::connect::is_aws;
use super::error::SessionError;
use super::flight::{Asker, Boarded, Flight, Part};
use super::limits::Limits;
use super::operation::Operation;
use super::pace::Pace;
use super::replay::{refused, respond};
use super::spool::{Span, Spool};
use super::transport::{Claim, lock, settled};
use crate::model::assessment::RecordingOrigin;
use crate::model::call::CallKey;
use crate::model::{CallId, Instant};
use crate::recording::line::CallLine;
use crate::recording::{Recording, Writer};

/// A call on its way: set to its line, or to `None` where it was given up before anything was sent.
pub(super) type Flying = Arc<SetOnce<Option<Arc<CallLine>>>>;

/// The largest body that is read. AWS's largest answers are a few megabytes.
const LARGEST_BODY: usize = 256 << 20;

/// The live side of a session.
#[derive(Debug)]
pub(super) struct Live {
    upstream: SharedHttpClient,
    limits: Limits,
    writer: Mutex<Option<Arc<Writer>>>,
    prior: Option<Recording>,
    calls: Mutex<HashMap<CallId, Slot>>,
    spool: Spool,
    budgets: Mutex<HashMap<(Where, &'static str), RetryPartition>>,
    permits: Permits,
    sent: Arc<AtomicU64>,
    pace: Arc<Pace>,
    emulated: AtomicBool,
    skew: Mutex<Option<i64>>,
}

/// Account, Region and service: what AWS counts requests by.
type Where = (String, String, &'static str);

fn place_of(asker: &Asker, service: &'static str) -> Where {
    (asker.account.clone(), asker.region.clone(), service)
}

/// A call of this run.
#[derive(Debug)]
enum Slot {
    Flying(Flying),
    Done(Span),
}

impl Live {
    /// `prior` is what a broken-off recording holds. `emulated` says that whatever answers is known not to be AWS.
    pub(super) fn new(upstream: SharedHttpClient, prior: Option<Recording>, emulated: bool, limits: &Limits) -> Result<Self, SessionError> {
        Ok(Live {
            upstream,
            limits: limits.clone(),
            writer: Mutex::default(),
            prior,
            calls: Mutex::default(),
            spool: Spool::new().map_err(SessionError::Spool)?,
            budgets: Mutex::default(),
            permits: Permits::new(limits),
            sent: Arc::default(),
            pace: Arc::default(),
            emulated: AtomicBool::new(emulated),
            skew: Mutex::default(),
        })
    }

    /// Begins to record. Calls before it, other than those that are held back, are errors.
    pub(super) fn record_to(&self, writer: Writer) {
        *lock(&self.writer) = Some(Arc::new(writer));
    }

    /// The writer, while a recording is being made.
    pub(super) fn writer(&self) -> Option<Arc<Writer>> {
        lock(&self.writer).clone()
    }

    /// Takes the writer: nothing can be recorded any more, and with it goes the lock on the folder.
    pub(super) fn stop_recording(&self) -> Option<Arc<Writer>> {
        lock(&self.writer).take()
    }

    pub(super) fn http_client(&self) -> SharedHttpClient {
        SharedHttpClient::new(Recorder { upstream: self.upstream.clone(), sent: self.sent.clone(), pace: self.pace.clone() })
    }

    /// Requests handed to the network so far.
    pub(super) fn sent(&self) -> u64 {
        self.sent.load(Ordering::SeqCst)
    }

    /// AWS only where every endpoint asked so far is one of AWS's own over TLS.
    pub(super) fn origin(&self) -> RecordingOrigin {
        if self.emulated.load(Ordering::SeqCst) { RecordingOrigin::Emulated } else { RecordingOrigin::Aws }
    }

    /// Notes whom an attempt asks; the header says `emulated` before anything else than AWS is asked.
    pub(super) fn note_endpoint(&self, scheme: &str, host: &str) -> Result<(), BoxError> {
        if is_aws(scheme, host) || self.emulated.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        match self.writer() {
            Some(writer) => Ok(writer.update(|header| header.origin = RecordingOrigin::Emulated)?),
            None => Ok(()),
        }
    }

    /// Notes the difference between our clock and AWS's `Date`; the largest is kept.
    pub(super) fn note_skew(&self, ours: Instant, date: &str) {
        let Ok(theirs) = chrono::DateTime::parse_from_rfc2822(date) else { return };
        let seconds = (ours - theirs.with_timezone(&chrono::Utc)).num_seconds();
        let mut skew = lock(&self.skew);
        if skew.is_none_or(|largest| seconds.abs() > largest.abs()) {
            *skew = Some(seconds);
        }
    }

    /// The largest difference of the clocks, in seconds; positive where ours was ahead.
    pub(super) fn skew(&self) -> Option<i64> {
        *lock(&self.skew)
    }

    /// The retry budget of an operation in one place: a broken one cannot use up the retries of the others.
    pub(super) fn retry_partition(&self, asker: &Asker, operation: &Operation) -> RetryPartition {
        let key = (place_of(asker, operation.service), operation.name);
        let budget = || {
            let bucket = TokenBucket::builder().capacity(self.limits.retry_budget);
            let bucket = bucket.retry_cost(1).throttling_retry_cost(1).timeout_retry_cost(1).build();
            RetryPartition::custom(format!("{}:{}", operation.service, operation.name)).token_bucket(bucket).build()
        };
        lock(&self.budgets).entry(key).or_insert_with(budget).clone()
    }

    /// Waits until the call may be made without asking too much at once.
    pub(super) async fn permit(&self, asker: &Asker, service: &'static str) -> [Option<OwnedSemaphorePermit>; 2] {
        self.permits.take(asker, service).await
    }

    /// Decides how a call is answered: by this run, by the one before, or by AWS.
    pub(super) fn claim(&self, key: &CallKey, operation: &Operation, halted: bool) -> Result<Claim, SessionError> {
        let mut calls = lock(&self.calls);
        match calls.get(&key.id()) {
            Some(Slot::Flying(flying)) => return Ok(Claim::Follow(flying.clone())),
            Some(Slot::Done(span)) => return Ok(Claim::Line(Arc::new(self.spool.read(*span).map_err(SessionError::Spool)?))),
            None => {}
        }
        if let Some(prior) = &self.prior
            && let Some(line) = prior.call(key).map_err(SessionError::Recording)?
            && let Some(line) = settled(line, operation)
        {
            return Ok(Claim::Line(Arc::new(line)));
        }
        if halted {
            return Ok(Claim::Cancelled);
        }
        calls.insert(key.id(), Slot::Flying(Flying::default()));
        Ok(Claim::Send)
    }

    /// Writes the call that told an account's identity, unless the recording holds one already, and returns the one that counts.
    pub(super) fn record_identity(&self, line: &CallLine, operation: &Operation) -> Result<Arc<CallLine>, SessionError> {
        let prior = self.prior.as_ref().map(|prior| prior.call(&line.key)).transpose().map_err(SessionError::Recording)?;
        if let Some(line) = prior.flatten().and_then(|line| settled(line, operation)) {
            return Ok(Arc::new(line));
        }
        self.append(line)?;
        let line = Arc::new(line.clone());
        self.settle(&line.key, Some(line.clone()))?;
        Ok(line)
    }

    /// Writes a line into the recording.
    pub(super) fn append(&self, line: &CallLine) -> Result<(), SessionError> {
        let writer = self.writer().ok_or(SessionError::NotRecording)?;
        writer.append(line).map_err(SessionError::Recording)
    }

    /// Ends a call: those who ask the same again get its line; where nothing was sent, they may ask themselves.
    pub(super) fn settle(&self, key: &CallKey, line: Option<Arc<CallLine>>) -> Result<(), SessionError> {
        let stored = line.as_ref().map(|line| self.spool.write(line)).transpose();
        let slot = stored.as_ref().ok().copied().flatten().map(Slot::Done);
        let mut calls = lock(&self.calls);
        let before = match slot {
            Some(slot) => calls.insert(key.id(), slot),
            None => calls.remove(&key.id()),
        };
        if let Some(Slot::Flying(flying)) = before {
            // Set by nobody else: there is one flight for a slot.
            let _ = flying.set(line);
        }
        stored.map(|_| ()).map_err(SessionError::Spool)
    }
}

/// Concurrency: overall, and for each service in a place.
#[derive(Debug)]
struct Permits {
    overall: Arc<Semaphore>,
    each: usize,
    places: Mutex<HashMap<Where, Arc<Semaphore>>>,
}

impl Permits {
    fn new(limits: &Limits) -> Self {
        Permits { overall: Arc::new(Semaphore::new(limits.overall)), each: limits.per_service, places: Mutex::default() }
    }

    async fn take(&self, asker: &Asker, service: &'static str) -> [Option<OwnedSemaphorePermit>; 2] {
        let place = place_of(asker, service);
        let place = lock(&self.places).entry(place).or_insert_with(|| Arc::new(Semaphore::new(self.each))).clone();
        // The narrow one first, so that a slow place does not hold the overall ones. Neither is ever closed.
        let narrow = place.acquire_owned().await.ok();
        [narrow, self.overall.clone().acquire_owned().await.ok()]
    }
}

/// The HTTP client of live calls.
#[derive(Debug)]
struct Recorder {
    upstream: SharedHttpClient,
    sent: Arc<AtomicU64>,
    pace: Arc<Pace>,
}

impl HttpClient for Recorder {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.upstream.http_connector(settings, components);
        SharedHttpConnector::new(Sending { inner, sent: self.sent.clone(), pace: self.pace.clone() })
    }
}

#[derive(Debug)]
struct Sending {
    inner: SharedHttpConnector,
    sent: Arc<AtomicU64>,
    pace: Arc<Pace>,
}

impl HttpConnector for Sending {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Some(boarded) = request.extension::<Boarded>().cloned() else {
            return HttpConnectorFuture::ready(Err(refused("the request was not announced")));
        };
        match boarded.part() {
            Part::None => HttpConnectorFuture::ready(Err(refused("the call is over"))),
            Part::Line(line) => HttpConnectorFuture::ready(respond(&line)),
            Part::Follow(flying) => HttpConnectorFuture::new(follow(boarded.0, flying)),
            Part::Send => {
                let (inner, sent, pace) = (self.inner.clone(), self.sent.clone(), self.pace.clone());
                HttpConnectorFuture::new(async move {
                    pace.wait(boarded.0.asker(), boarded.0.operation()).await;
                    sent.fetch_add(1, Ordering::SeqCst);
                    receive(boarded.0, inner.call(request)).await
                })
            }
        }
    }
}

async fn follow(flight: Arc<Flight>, flying: Flying) -> Result<HttpResponse, ConnectorError> {
    match flying.wait().await {
        Some(line) => {
            flight.followed(line.clone());
            respond(line)
        }
        None => Err(refused("the same call was given up")),
    }
}

async fn receive(flight: Arc<Flight>, answer: HttpConnectorFuture) -> Result<HttpResponse, ConnectorError> {
    let whole = async {
        let mut response = answer.await?;
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        let body = http_body_util::Limited::new(body, LARGEST_BODY).collect().await.map_err(ConnectorError::io)?;
        Ok((response, body.to_bytes()))
    };
    match whole.await {
        Ok((response, body)) => {
            let headers: Vec<(String, String)> =
                response.headers().iter().map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
            flight.arrive(response.status().as_u16(), &headers, &body)
        }
        Err(error) => {
            flight.broke(&error);
            Err(error)
        }
    }
}
