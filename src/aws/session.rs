//! A session: who asks, in which accounts and Regions, and whether the answers come from AWS, from a recording, or from both.
//! Collectors get a [`Caller`] for each place and see no difference.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use aws_config::Region;

use super::accounts::replayed;
use super::ask::{Caller, Page};
use super::connect::Upstream;
pub use super::enter::Account;
use super::enter::{Entered, enter_all, same_accounts};
use super::error::SessionError;
use super::flight::Asker;
use super::live::Live;
use super::regions::{Regions, check_narrowing, discover};
use super::replay::Replay;
pub use super::settings::LiveSettings;
use super::settings::{ACCOUNTS, CONFIGURED_REGION, PROFILES, REGIONS, option, remember};
use super::transport::{Asked, Transport, lock};
use crate::model::assessment::{RecordingOrigin, Scope};
use crate::model::gap::Gaps;
use crate::model::place::GLOBAL;
use crate::model::{CallId, Instant, Partition, Place};
use crate::recording;
use crate::recording::{Header, Recording, State, Writer};

/// A session.
#[derive(Debug)]
pub struct Session {
    transport: Transport,
    gaps: Arc<Mutex<Gaps>>,
    started: Instant,
    accounts: Vec<Account>,
    narrowed: Option<Vec<String>>,
    recording: Option<Arc<Recording>>,
    dir: Option<PathBuf>,
}

/// Stops a session from elsewhere (Ctrl-C).
#[derive(Clone, Debug)]
pub struct Cancel(Transport);

impl Cancel {
    /// Takes no new calls; those on their way are finished and recorded, without further attempts.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

impl Session {
    /// Begins a live session: loads credentials, finds out who they belong to, opens the recording, asks for the Regions.
    ///
    /// # Errors
    /// See [`SessionError`]. Nothing is written before at least one account has been entered.
    pub async fn live(settings: LiveSettings) -> Result<Self, SessionError> {
        Self::begin(settings, None).await
    }

    /// Goes on with the broken-off recording in `settings.out`: answers from it what it holds with a final answer, asks the rest.
    /// Accounts and Regions are those of the recording, and so are profiles, unless some are given. Of `settings.accounts` only the
    /// external ids are used, which no recording holds.
    ///
    /// # Errors
    /// As [`Session::live`]; and when the recording is complete, or the credentials reach another account.
    pub async fn resume(mut settings: LiveSettings) -> Result<Self, SessionError> {
        let (writer, prior) = Writer::resume(&settings.out).map_err(SessionError::Recording)?;
        let asked = &prior.header().asked;
        let given = std::mem::take(&mut settings.accounts);
        if settings.profiles.is_empty() {
            settings.profiles = option(asked, PROFILES).unwrap_or_default();
            settings.accounts = option(asked, ACCOUNTS).unwrap_or_default();
        }
        for account in &mut settings.accounts {
            let known = given.iter().find(|one| one.role_arn == account.role_arn && one.profile == account.profile);
            account.external_id = known.and_then(|known| known.external_id.clone());
        }
        settings.regions = option(asked, REGIONS);
        settings.asked = asked.clone();
        Self::begin(settings, Some((writer, prior))).await
    }

    /// Begins a session that answers from a recording and from nothing else. `regions` narrows further than the recording did.
    ///
    /// # Errors
    /// When the recording is damaged, or knows none of the Regions.
    pub async fn replay(recording: Arc<Recording>, regions: Option<Vec<String>>) -> Result<Self, SessionError> {
        let header = recording.header().clone();
        let transport = Transport::replay(Replay::new(recording.clone()));
        let sdk = replayed(transport.http_client());
        let account = |account: recording::Account| Account {
            note: account.note,
            source: account.source,
            regions: Regions::default(),
            sdk: sdk.clone(),
            configured_region: option(&header.asked, CONFIGURED_REGION),
        };
        let mut session = Session {
            accounts: header.accounts.iter().cloned().map(account).collect(),
            narrowed: regions.or_else(|| option(&header.asked, REGIONS)),
            gaps: Arc::default(),
            started: header.started,
            transport,
            recording: Some(recording),
            dir: None,
        };
        session.identify_replayed().await;
        session.look_around().await?;
        Ok(session)
    }

    async fn begin(settings: LiveSettings, resumed: Option<(Writer, Recording)>) -> Result<Self, SessionError> {
        let started = resumed.as_ref().map_or_else(chrono::Utc::now, |(_, prior)| prior.header().started);
        let (writer, prior) = resumed.unzip();
        let scripted = matches!(settings.upstream, Upstream::Scripted(_));
        let network = settings.upstream.http_client();
        let recorded_accounts: Option<Vec<recording::Account>> = prior.as_ref().map(|prior| prior.header().accounts.clone());
        let live = Live::new(network.clone(), prior, scripted, &settings.limits)?;
        let transport = Transport::live(live, settings.limits.clone());
        let entered = enter_all(&settings, &transport, network).await?;
        let mut session = Session {
            transport,
            gaps: Arc::default(),
            started,
            accounts: Vec::new(),
            narrowed: settings.regions.clone(),
            recording: None,
            dir: Some(settings.out.clone()),
        };
        session.open_recording(&settings, writer, recorded_accounts.as_deref(), &entered)?;
        session.accounts = entered.into_iter().map(|(account, _)| account).collect();
        session.look_around().await?;
        Ok(session)
    }

    /// Opens the writer and writes the identity calls, which had to come before it.
    fn open_recording(
        &self,
        settings: &LiveSettings,
        writer: Option<Writer>,
        recorded: Option<&[recording::Account]>,
        entered: &[Entered],
    ) -> Result<(), SessionError> {
        let Some(live) = self.transport.as_live() else { return Ok(()) };
        let writer = match (writer, recorded) {
            (Some(writer), Some(recorded)) => {
                same_accounts(recorded, entered)?;
                let resumed = |header: &mut Header| header.resumed.push(chrono::Utc::now());
                writer.update(resumed).map_err(SessionError::Recording)?;
                writer
            }
            _ => {
                let asked = remember(settings, entered);
                let header = Header::new(settings.tool.clone(), live.origin(), asked, self.started);
                Writer::create(&settings.out, header).map_err(SessionError::Recording)?
            }
        };
        live.record_to(writer);
        for identity in entered.iter().filter_map(|(_, identity)| identity.as_ref()) {
            let line = live.record_identity(&identity.line, identity.operation)?;
            self.transport.note(&line);
        }
        self.write_header(entered.iter().map(|(account, _)| account))
    }

    fn write_header<'a>(&self, accounts: impl Iterator<Item = &'a Account> + Clone) -> Result<(), SessionError> {
        let Some((live, writer)) = self.transport.as_live().and_then(|live| Some((live, live.writer()?))) else { return Ok(()) };
        let of_account = |account: &Account| recording::Account { note: account.note.clone(), source: account.source.clone() };
        let change = |header: &mut Header| {
            if live.origin() == RecordingOrigin::Emulated {
                header.origin = RecordingOrigin::Emulated;
            }
            header.accounts = accounts.clone().map(of_account).collect();
            header.regions = accounts.clone().flat_map(|account| account.regions.notes.clone()).collect();
            header.excluded = accounts.clone().flat_map(|account| account.regions.excluded.clone()).collect();
            header.clock_skew_seconds = live.skew().or(header.clock_skew_seconds);
        };
        writer.update(change).map_err(SessionError::Recording)
    }

    /// In replay the identity calls are asked like all others, so that they are among those the session asked.
    async fn identify_replayed(&self) {
        for account in self.accounts.iter().filter(|account| account.note.entered) {
            let caller = self.caller(account, GLOBAL, account.note.partition.home_region(), None);
            let client = caller.client(aws_sdk_sts::Client::new);
            let reply =
                caller.ask(super::identity::GET_CALLER_IDENTITY, |tap| client.get_caller_identity().customize().interceptor(tap).send());
            if let Err(refusal) = reply.await {
                caller.note(refusal.gap);
            }
        }
    }

    /// Finds out Regions and aliases.
    async fn look_around(&mut self) -> Result<(), SessionError> {
        let found = futures::future::join_all(self.accounts.iter().map(|account| self.look(account))).await;
        for (account, (alias, regions)) in self.accounts.iter_mut().zip(found) {
            account.note.alias = alias;
            account.regions = regions;
            if let Some(gap) = &account.note.gap {
                lock(&self.gaps).note(gap.clone());
            }
        }
        self.accounts.sort_by(|a, b| a.note.id.cmp(&b.note.id));
        if let Some(narrowed) = &self.narrowed {
            let entered = self.accounts.iter().filter(|account| account.note.entered);
            check_narrowing(&entered.map(|account| &account.regions).collect::<Vec<_>>(), narrowed)?;
        }
        self.write_header(self.accounts.iter())
    }

    async fn look(&self, account: &Account) -> (Option<String>, Regions) {
        if !account.note.entered {
            return (None, Regions::default());
        }
        let home = account.note.partition.home_region();
        let configured = account.configured_region.as_deref().filter(|region| *region != home);
        let configured = configured.filter(|region| Partition::of_region(region) == account.note.partition);
        let asked_in = [Some(home), configured].into_iter().flatten();
        let callers: Vec<Caller> = asked_in.map(|region| self.caller(account, region, region, principal(account))).collect();
        let global = self.global(account);
        tokio::join!(alias(&global), discover(&callers, self.narrowed.as_deref()))
    }

    /// Accounts, ordered by id, those that could not be entered included.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// Asks the account's global services; its place has the region `global`.
    pub fn global(&self, account: &Account) -> Caller {
        self.caller(account, GLOBAL, account.note.partition.home_region(), principal(account))
    }

    /// Asks regional services.
    pub fn regional(&self, account: &Account, region: &str) -> Caller {
        self.caller(account, region, region, principal(account))
    }

    fn caller(&self, account: &Account, label: &str, endpoint: &str, principal: Option<String>) -> Caller {
        let place = Place { account: account.note.id.clone(), region: label.to_owned() };
        let asker = Asker { account: account.note.id.clone(), region: endpoint.to_owned(), principal };
        let sdk = account.sdk.to_builder().region(Region::new(endpoint.to_owned())).build();
        Caller::new(place, account.note.partition, asker, sdk, (self.transport.clone(), self.gaps.clone(), self.started))
    }

    /// Accounts, Regions and what was left out, as the assessment shows them.
    pub fn scope(&self) -> Scope {
        let regions = self.accounts.iter().map(|account| &account.regions);
        let mut scope = Scope {
            accounts: self.accounts.iter().map(|account| account.note.clone()).collect(),
            regions: regions.clone().flat_map(|regions| regions.notes.clone()).collect(),
            excluded: regions.flat_map(|regions| regions.excluded.clone()).collect(),
        };
        scope.regions.sort();
        scope.excluded.sort();
        scope
    }

    /// Start of the recording.
    pub fn started(&self) -> Instant {
        self.started
    }

    /// Whether nothing can be asked of AWS.
    pub fn is_replay(&self) -> bool {
        self.transport.as_live().is_none()
    }

    /// All calls asked so far, by id.
    pub fn asked(&self) -> std::collections::BTreeMap<CallId, Asked> {
        self.transport.asked()
    }

    /// All gaps noted so far.
    pub fn gaps(&self) -> Gaps {
        lock(&self.gaps).clone()
    }

    /// Requests handed to the network so far, by the recorded connector.
    pub fn sent(&self) -> u64 {
        self.transport.as_live().map_or(0, Live::sent)
    }

    /// A handle that stops the session.
    pub fn cancel_handle(&self) -> Cancel {
        Cancel(self.transport.clone())
    }

    /// Whether the session takes no new calls.
    pub fn halted(&self) -> bool {
        self.transport.halted()
    }

    /// Whether an error ended the session early: what collectors return is not to be used, and [`Session::finish`] tells the error.
    pub fn failed(&self) -> bool {
        self.transport.failed()
    }

    /// Folder of the recording being written.
    pub fn dir(&self) -> Option<&PathBuf> {
        self.dir.as_ref()
    }

    /// Ends the session. A live recording is written out and marked complete, or, after a cancellation or a fatal error, as broken
    /// off; then it can be resumed.
    ///
    /// # Errors
    /// The fatal error, or that of the disk.
    pub fn finish(self) -> Result<Finished, SessionError> {
        let Session { transport, recording, dir, .. } = self;
        let Some((live, writer)) = transport.as_live().and_then(|live| Some((live, live.stop_recording()?))) else {
            return Ok(Finished { recording, dir, broken_off: false });
        };
        let broken_off = transport.halted();
        let state = if broken_off { State::BrokenOff } else { State::Complete };
        let skew = |header: &mut Header| header.clock_skew_seconds = live.skew().or(header.clock_skew_seconds);
        let noted = writer.update(skew);
        let written = noted.and_then(|()| writer.finish(chrono::Utc::now(), state));
        match transport.take_fatal() {
            Some(error) => Err(error),
            None => written.map(|()| Finished { recording, dir, broken_off }).map_err(SessionError::Recording),
        }
    }
}

/// What is left of a session.
#[derive(Debug)]
pub struct Finished {
    /// The recording that was replayed.
    pub recording: Option<Arc<Recording>>,
    /// Folder of the recording that was written.
    pub dir: Option<PathBuf>,
    /// Whether the run was cancelled: the recording can be resumed.
    pub broken_off: bool,
}

fn principal(account: &Account) -> Option<String> {
    account.note.principal.clone()
}

async fn alias(caller: &Caller) -> Option<String> {
    let client = caller.client(aws_sdk_iam::Client::new);
    let send = |token: Option<String>, tap| client.list_account_aliases().set_marker(token).customize().interceptor(tap).send();
    let listing = caller
        .list(("IAM", "ListAccountAliases"), send, |output| Page {
            token: output.marker,
            truncated: output.is_truncated,
            items: output.account_aliases,
        })
        .await;
    if let Some(gap) = listing.gap {
        caller.note(gap);
    }
    listing.items.into_iter().next().map(|(_, alias)| alias)
}
