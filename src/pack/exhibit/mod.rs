//! Exhibits: each call of the recording as a page that a person can read, with the place of its bytes in `recording/` and
//! the command that repeats it; and the list of all of them.

pub mod body;
pub mod command;
mod decoded;

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use serde::Serialize;

use super::build::{Build, Crumb, Frame, List};
use super::error::PackError;
use super::input::CallPlace;
use super::links::Pair;
use super::population::{Judged, csv_error};
use super::text::{csv_cell, cut};
use super::words;
use crate::model::CallId;
use crate::recording::line::CallLine;

/// Bytes of a body shown on its page.
pub const SHOWN_BODY: usize = 500_000;
/// Bytes that a body may take of its page, once escaped.
const BODY_PAGE: usize = 1_200_000;
/// Tests named on an exhibit's page; attempts, redactions and headers too.
const LISTED: usize = 20;
/// Characters of a parameter.
const VALUE: usize = 1_000;

#[derive(Serialize)]
struct Model {
    number: String,
    service: String,
    operation: String,
    account: String,
    region: String,
    host: String,
    principal: String,
    wire: String,
    method: String,
    status: String,
    ok: bool,
    request_id: String,
    sent: String,
    received: String,
    aws_date: String,
    attempts: Vec<Attempt>,
    attempts_total: usize,
    error_code: String,
    error_message: String,
    invalid: String,
    sha256: String,
    redactions: Vec<String>,
    redactions_total: usize,
    redaction_rules: String,
    params: Vec<Param>,
    params_total: usize,
    n: u32,
    body: String,
    body_kind: &'static str,
    body_cut: bool,
    body_shown: String,
    body_all: String,
    documents: Vec<decoded::Decoded>,
    documents_total: usize,
    file: String,
    line: String,
    command: String,
    paged: bool,
    tests: Vec<Link>,
    tests_total: usize,
    previous: String,
    next: String,
}

#[derive(Serialize)]
struct Attempt {
    n: usize,
    sent: String,
    received: String,
    status: String,
    error: String,
}

#[derive(Serialize)]
struct Param {
    name: String,
    value: String,
}

#[derive(Clone, Serialize)]
struct Link {
    href: String,
    text: String,
}

#[derive(Serialize)]
struct Row {
    number: String,
    href: String,
    account: String,
    region: String,
    service: String,
    operation: String,
    when: String,
    status: String,
    ok: bool,
    size: String,
    tests: usize,
}

/// What the lists keep of an exhibit.
struct Note {
    row: Row,
    csv: Vec<String>,
}

/// Writes all exhibits, `exhibits/index.html` and `exhibits/exhibits.csv`.
pub(super) fn write_all(build: &Build<'_>, judged: &BTreeMap<Pair, Judged>) -> Result<(), PackError> {
    let users = users(judged);
    let order: Vec<CallId> = build.input.calls.keys().map(|(id, _)| id).collect();
    let numbers: HashMap<CallId, usize> = order.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let write = |(id, place): (CallId, CallPlace)| {
        let at = *numbers.get(&id).ok_or_else(|| PackError::Inconsistent(format!("call {id} has no number")))?;
        let line = build.input.calls.call(id)?;
        let neighbour = |at: Option<usize>| at.and_then(|at| order.get(at)).and_then(|id| build.links.exhibit(*id)).unwrap_or_default();
        let mut model = model(build, &line, &place, users.get(&id).map_or(&[], Vec::as_slice));
        model.previous = neighbour(at.checked_sub(1));
        model.next = neighbour(Some(at + 1));
        let here = build.links.exhibit(id).unwrap_or_default();
        let title = format!("{} {} {}", model.number, model.service, model.operation);
        let crumbs = [Crumb::new("index.html", "Overview"), Crumb::new("exhibits/index.html", "Exhibits")];
        build.page("html/exhibit.html", &Frame::new(&here, &title, &crumbs), "exhibit: one call, readable", &model)?;
        Ok((at, note(&line, &place, &model, here)))
    };
    let mut notes: Vec<(usize, Note)> = build.input.calls.places().into_par_iter().map(write).collect::<Result<_, PackError>>()?;
    notes.sort_unstable_by_key(|(at, _)| *at);
    if let Some(missing) = (0..order.len()).find(|at| notes.get(*at).is_none_or(|(found, _)| found != at)) {
        return Err(PackError::Inconsistent(format!("exhibit {} was not read", missing + 1)));
    }
    write_lists(build, notes.into_iter().map(|(_, note)| note))
}

/// The tests whose verdicts rest on each call.
fn users(judged: &BTreeMap<Pair, Judged>) -> HashMap<CallId, Vec<&Pair>> {
    let mut users: HashMap<CallId, Vec<&Pair>> = HashMap::new();
    for (pair, judged) in judged {
        for call in &judged.calls {
            users.entry(*call).or_default().push(pair);
        }
    }
    users
}

fn model(build: &Build<'_>, line: &CallLine, place: &CallPlace, users: &[&Pair]) -> Model {
    let key = &line.key;
    let response = line.response.as_ref();
    let last = line.attempts.last();
    let shown = response.map(|response| body::shown(&response.body, SHOWN_BODY, BODY_PAGE)).unwrap_or_default();
    let (documents, documents_total) = decoded::documents(line);
    let params = command::params(line);
    let test = |pair: &&Pair| Some(Link { href: build.links.control(&pair.control, &pair.params_id)?, text: pair.control.clone() });
    let status = response.map(|response| response.status).or(last.and_then(|last| last.status));
    Model {
        number: build.links.number(key.id()).unwrap_or_default(),
        service: key.service.clone(),
        operation: key.operation.clone(),
        account: key.account.clone(),
        region: key.region.clone(),
        host: line.request.host.clone(),
        principal: line.principal.clone().unwrap_or_default(),
        wire: line.wire.clone(),
        method: line.request.method.clone(),
        status: status.map(|status| status.to_string()).unwrap_or_default(),
        ok: response.is_some_and(|response| (200..300).contains(&response.status)) && line.invalid.is_none(),
        request_id: response.and_then(|response| response.request_id.clone()).unwrap_or_default(),
        sent: line.attempts.first().map(|first| words::time(first.sent)).unwrap_or_default(),
        received: last.and_then(|last| last.received).map(words::time).unwrap_or_default(),
        aws_date: response.and_then(|response| response.date.clone()).unwrap_or_default(),
        attempts: line.attempts.iter().take(LISTED).enumerate().map(|(n, one)| attempt(n + 1, one)).collect(),
        attempts_total: line.attempts.len(),
        error_code: response
            .and_then(|response| response.error_code.clone())
            .or(last.and_then(|last| last.error.clone()))
            .unwrap_or_default(),
        error_message: response
            .and_then(|response| response.error_message.as_deref())
            .map(|text| cut(text, VALUE).into_owned())
            .unwrap_or_default(),
        invalid: line.invalid.as_deref().map(|text| cut(text, VALUE).into_owned()).unwrap_or_default(),
        sha256: response.map(|response| response.sha256.clone()).unwrap_or_default(),
        redactions: line.redactions.iter().take(LISTED).map(|one| cut(&one.path, 300).into_owned()).collect(),
        redactions_total: line.redactions.len(),
        redaction_rules: line.redactions.first().map(|one| one.rules.to_string()).unwrap_or_default(),
        params_total: params.len(),
        params: params
            .iter()
            .take(LISTED)
            .map(|(name, value)| Param { name: cut(name, 200).into_owned(), value: cut(&super::values::shown(value), VALUE).into_owned() })
            .collect(),
        n: key.n,
        body_cut: shown.cut,
        body_shown: words::count(shown.taken as u64),
        body_all: words::count(shown.total as u64),
        body: shown.text,
        documents,
        documents_total,
        body_kind: shown.kind,
        file: format!("recording/{}", place.file),
        line: words::count(place.line),
        command: command::line(line, build.input.operations.cli(&key.service, &key.operation).as_deref()),
        paged: command::carries_token(&params),
        tests_total: users.len(),
        tests: users.iter().take(LISTED).filter_map(test).collect(),
        previous: String::new(),
        next: String::new(),
    }
}

fn attempt(n: usize, attempt: &crate::recording::line::Attempt) -> Attempt {
    Attempt {
        n,
        sent: words::time(attempt.sent),
        received: attempt.received.map(words::time).unwrap_or_default(),
        status: attempt.status.map(|status| status.to_string()).unwrap_or_default(),
        error: attempt.error.as_deref().map(|text| cut(text, 200).into_owned()).unwrap_or_default(),
    }
}

fn note(line: &CallLine, place: &CallPlace, model: &Model, href: String) -> Note {
    let size = line.response.as_ref().map_or(0, |response| body::size(&response.body));
    let status = if model.ok { model.status.clone() } else { format!("{} {}", model.status, model.error_code).trim().to_owned() };
    Note {
        csv: vec![
            model.number.clone(),
            href.clone(),
            model.account.clone(),
            model.region.clone(),
            model.service.clone(),
            model.operation.clone(),
            line.key.input.clone(),
            line.key.n.to_string(),
            line.principal.clone().unwrap_or_default(),
            model.sent.clone(),
            model.received.clone(),
            line.attempts.len().to_string(),
            model.status.clone(),
            model.error_code.clone(),
            model.request_id.clone(),
            size.to_string(),
            model.sha256.clone(),
            line.redactions.len().to_string(),
            model.file.clone(),
            place.line.to_string(),
        ],
        row: Row {
            number: model.number.clone(),
            href,
            account: model.account.clone(),
            region: model.region.clone(),
            service: model.service.clone(),
            operation: model.operation.clone(),
            when: if model.received.is_empty() { model.sent.clone() } else { model.received.clone() },
            status: if status.is_empty() { "no answer".to_owned() } else { cut(&status, 80).into_owned() },
            ok: model.ok,
            size: words::bytes(size as u64),
            tests: model.tests_total,
        },
    }
}

fn write_lists(build: &Build<'_>, notes: impl Iterator<Item = Note>) -> Result<(), PackError> {
    let path = "exhibits/exhibits.csv";
    let mut writer = csv::Writer::from_writer(build.staging.file(path, "all exhibits: every call of the recording")?);
    let titles = [
        "exhibit",
        "page",
        "account",
        "region",
        "service",
        "operation",
        "input",
        "time asked",
        "principal",
        "sent",
        "received",
        "attempts",
        "status",
        "error",
        "request id",
        "body bytes",
        "body sha256",
        "redactions",
        "file",
        "line",
    ];
    writer.write_record(titles).map_err(|error| csv_error(path, error))?;
    let mut rows = build.rows("html/rows/exhibit.html", path)?;
    for note in notes {
        writer.write_record(note.csv.iter().map(|cell| csv_cell(cell).into_owned())).map_err(|error| csv_error(path, error))?;
        rows.push(&note.row)?;
    }
    writer.into_inner().map_err(|error| csv_error(path, error.into_error().into()))?.close()?;
    let list = List {
        stem: "exhibits/index",
        template: "html/exhibits.html",
        title: "Exhibits",
        crumbs: &[Crumb::new("index.html", "Overview")],
        what: "list of all exhibits",
        all: path,
    };
    build.list(list, vec![rows], &()).map(|_| ())
}
