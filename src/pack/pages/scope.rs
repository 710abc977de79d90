//! What was looked at: accounts and as whom, every Region with its status and the proof of it, what the user left out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Part;
use super::cover::{AccountModel, accounts};
use crate::model::CallId;
use crate::pack::build::{Build, Crumb, List};
use crate::pack::error::PackError;
use crate::pack::links::Exhibits;

/// Accounts on the page.
const ACCOUNTS: usize = 1_000;

#[derive(Serialize)]
struct Row {
    account: String,
    region: String,
    status: String,
    observed: bool,
    excluded: String,
    exhibits: Exhibits,
}

#[derive(Serialize)]
struct Account {
    account: AccountModel,
    exhibits: Exhibits,
}

#[derive(Serialize)]
struct Model {
    accounts: Part<Account>,
    excluded: u64,
}

/// Writes `scope.html`.
pub(in crate::pack) fn write(build: &Build<'_>) -> Result<(), PackError> {
    let scope = &build.input.assessment.scope;
    let (identities, statuses) = proofs(build);
    let by = |account: &str, region: &str| {
        let found = scope.excluded.iter().find(|one| one.account == account && one.region == region);
        found.map(|one| one.by.clone()).unwrap_or_default()
    };
    let mut rows = build.rows("html/rows/region.html", "scope.html")?;
    for region in &scope.regions {
        rows.push(&Row {
            account: region.account.clone(),
            region: region.region.clone(),
            status: region.status.clone(),
            observed: region.observed,
            excluded: by(&region.account, &region.region),
            exhibits: build.links.cell(statuses.get(region.account.as_str()).map_or(&[], Vec::as_slice), ""),
        })?;
    }
    let account = |account: AccountModel| Account {
        exhibits: build.links.cell(identities.get(account.id.as_str()).map_or(&[], Vec::as_slice), ""),
        account,
    };
    let model = Model { accounts: Part::of(accounts(build).map(account), ACCOUNTS), excluded: scope.excluded.len() as u64 };
    let list = List {
        stem: "scope",
        template: "html/scope.html",
        title: "Scope",
        crumbs: &[Crumb::new("index.html", "Overview")],
        what: "accounts, principals, Regions with their status, what was left out",
        all: "assessment.json",
    };
    build.list(list, vec![rows], &model).map(|_| ())
}

type Calls<'a> = BTreeMap<&'a str, Vec<CallId>>;

/// The calls that tell who asked, and those that tell the Regions' status, by account.
fn proofs<'a>(build: &'a Build<'_>) -> (Calls<'a>, Calls<'a>) {
    let (mut identities, mut statuses) = (Calls::new(), Calls::new());
    for (id, key) in build.input.calls.keys() {
        match key.operation.as_str() {
            "GetCallerIdentity" => identities.entry(&key.account).or_default().push(id),
            "DescribeRegions" => statuses.entry(&key.account).or_default().push(id),
            _ => {}
        }
    }
    (identities, statuses)
}
