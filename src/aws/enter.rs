//! Enters the accounts of a session: credentials first, then whom they belong to.

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::accounts::{Entering, Entry, Loading, entries, recorded};
use super::error::SessionError;
use super::identity::{Identity, identify};
use super::regions::Regions;
use super::settings::{CONFIGURED_REGION, LiveSettings, option};
use super::transport::Transport;
use crate::model::assessment::AccountNote;
use crate::model::place::GLOBAL;
use crate::model::{Gap, Partition, Reason};
use crate::recording;

/// An account with the call that told it; `None` where it could not be entered.
pub(super) type Entered = (Account, Option<Identity>);

/// An account of a session.
#[derive(Clone, Debug)]
pub struct Account {
    /// What the assessment says of it. Where `entered` is false, `gap` is the gap of everything in it.
    pub note: AccountNote,
    /// Where its credentials come from, in the user's words.
    pub source: String,
    /// Its Regions.
    pub regions: Regions,
    pub(super) sdk: SdkConfig,
    pub(super) configured_region: Option<String>,
}

/// Enters all accounts at once. An account whose role may not be assumed is one that was not entered; all else ends the run.
pub(super) async fn enter_all(
    settings: &LiveSettings,
    transport: &Transport,
    http_client: SharedHttpClient,
) -> Result<Vec<Entered>, SessionError> {
    let given = settings.given.as_ref();
    let entries = entries(&settings.profiles, &settings.accounts, given)?;
    let loading = Loading { limits: &settings.limits, given, http_client };
    let results = futures::future::join_all(entries.iter().map(|entry| enter(entry, &loading, transport))).await;
    let entered = results.into_iter().collect::<Result<Vec<_>, _>>()?;
    for (index, (account, _)) in entered.iter().enumerate() {
        if let Some((first, _)) = entered[..index].iter().find(|(first, _)| first.note.id == account.note.id) {
            let (first, second) = (named(&first.source), named(&account.source));
            return Err(SessionError::SameAccount { account: account.note.id.clone(), first, second });
        }
    }
    match entered.iter().find(|(account, _)| !account.note.entered) {
        Some((first, _)) if entered.iter().all(|(account, _)| !account.note.entered) => {
            Err(SessionError::NoneEntered(first.note.gap.as_ref().map(|gap| gap.detail.clone()).unwrap_or_default()))
        }
        _ => Ok(same_configured_region(entered, settings)),
    }
}

/// One configured Region for all accounts, on resume that of the recording, so that a replay knows where else Regions were asked for.
fn same_configured_region(mut entered: Vec<Entered>, settings: &LiveSettings) -> Vec<Entered> {
    let recorded = option(&settings.asked, CONFIGURED_REGION);
    let region: Option<String> = recorded.or_else(|| entered.iter().find_map(|(account, _)| account.configured_region.clone()));
    for (account, _) in &mut entered {
        account.configured_region.clone_from(&region);
    }
    entered
}

fn named(source: &str) -> String {
    if source.is_empty() { "the default credentials".to_owned() } else { source.to_owned() }
}

async fn enter(entry: &Entry, loading: &Loading<'_>, transport: &Transport) -> Result<Entered, SessionError> {
    let loaded = match loading.load(entry).await {
        Ok(loaded) => loaded,
        Err(Entering::Failed(error)) => return Err(error),
        Err(Entering::Denied(detail)) => return Ok((not_entered(entry, detail), None)),
    };
    let sdk = recorded(&loaded.config, transport.http_client());
    let identity = identify(entry, &sdk, loaded.region_configured, transport).await?;
    let note = AccountNote {
        id: identity.account.clone(),
        alias: None,
        partition: identity.partition,
        principal: Some(identity.principal.clone()),
        entered: true,
        gap: None,
    };
    let configured_region = sdk.region().map(ToString::to_string);
    let account = Account { note, source: named(&entry.source), regions: Regions::default(), sdk, configured_region };
    Ok((account, Some(identity)))
}

fn not_entered(entry: &Entry, detail: String) -> Account {
    let id = entry.role_account().unwrap_or_default().to_owned();
    let gap = Gap {
        account: id.clone(),
        region: GLOBAL.to_owned(),
        service: "STS".to_owned(),
        operation: "AssumeRole".to_owned(),
        reason: Reason::Denied,
        detail: format!("the account could not be entered with {}: {detail}", entry.source),
        call: None,
    };
    let partition = entry.role_partition().unwrap_or(Partition::Aws);
    let note = AccountNote { id, alias: None, partition, principal: None, entered: false, gap: Some(gap) };
    let sdk = SdkConfig::builder().build();
    Account { note, source: entry.source.clone(), regions: Regions::default(), sdk, configured_region: None }
}

/// Refuses to go on with a recording of other accounts.
pub(super) fn same_accounts(recorded: &[recording::Account], entered: &[Entered]) -> Result<(), SessionError> {
    if recorded.is_empty() {
        // Its writer was killed before it wrote down whom it had reached.
        return Ok(());
    }
    let ids: Vec<&str> = recorded.iter().map(|account| account.note.id.as_str()).collect();
    match entered.iter().find(|(account, _)| !ids.contains(&account.note.id.as_str())) {
        Some((other, _)) => Err(SessionError::OtherAccount { recorded: ids.join(", "), reached: other.note.id.clone() }),
        None => Ok(()),
    }
}
