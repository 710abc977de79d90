//! What is asked of one bucket: each group of facts through its operation, in the bucket's own Region. A bucket that refuses is a
//! gap of that bucket alone; one that turns out to lie in another Region is asked there.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;

use super::account::AccountBlock;
use super::buckets::client;
use super::facts::{self, PublicAccessBlock};
use super::kinds::{BUCKET, SERVICE};
use super::map::{self, Settings, all_on, effective};
use super::policy;
use crate::aws::{Caller, OrWhen as _, Reply, Tap};
use crate::collect::at::{At, Operation};
use crate::collect::reading::{Group, answered};
use crate::collect::scope::Run;
use crate::model::{Fact, GapId, OpenMap};

const GET_BUCKET_ENCRYPTION: Operation = (SERVICE, "GetBucketEncryption");
const GET_PUBLIC_ACCESS_BLOCK: Operation = (SERVICE, "GetPublicAccessBlock");
const GET_BUCKET_POLICY: Operation = (SERVICE, "GetBucketPolicy");
const GET_BUCKET_POLICY_STATUS: Operation = (SERVICE, "GetBucketPolicyStatus");
const GET_BUCKET_ACL: Operation = (SERVICE, "GetBucketAcl");
const GET_BUCKET_OWNERSHIP_CONTROLS: Operation = (SERVICE, "GetBucketOwnershipControls");
const GET_BUCKET_VERSIONING: Operation = (SERVICE, "GetBucketVersioning");
const GET_BUCKET_LOGGING: Operation = (SERVICE, "GetBucketLogging");
const GET_OBJECT_LOCK_CONFIGURATION: Operation = (SERVICE, "GetObjectLockConfiguration");
const GET_BUCKET_LIFECYCLE_CONFIGURATION: Operation = (SERVICE, "GetBucketLifecycleConfiguration");
const GET_BUCKET_TAGGING: Operation = (SERVICE, "GetBucketTagging");

type Sent<T, E> = Result<T, SdkError<E, aws_smithy_runtime_api::client::orchestrator::HttpResponse>>;

/// One bucket to be asked.
pub struct Asked<'a> {
    /// Asks in the bucket's Region, as far as it is known.
    pub caller: Caller,
    /// Its name.
    pub name: &'a str,
    /// Its ARN.
    pub arn: &'a str,
    /// What the run wants.
    pub run: &'a Run<'a>,
    /// Why the bucket is not asked at all: its Region was left out.
    pub left_out: Option<GapId>,
    /// The Region S3 redirected to.
    told: Mutex<Option<String>>,
}

/// A bucket's public access block.
pub struct Blocks {
    /// Its own.
    pub own: Group<PublicAccessBlock>,
    /// With the account's.
    pub in_force: Group<PublicAccessBlock>,
    /// The same, where it is wanted as a fact.
    pub shown: Group<PublicAccessBlock>,
}

/// The public grants of a list that is not known to be ignored. Where there are none it does not matter whether it is.
fn public_grants(list: &Fact<facts::Acl>, block: &Fact<PublicAccessBlock>) -> Fact<Vec<String>> {
    let ignores = match block {
        Fact::Known(block) => block.ignore_public_acls.clone(),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    };
    match (list, ignores) {
        (Fact::Known(list), Fact::Absent(gap)) if !list.public_grants.is_empty() => Fact::Absent(gap),
        (Fact::Known(list), _) => Fact::Known(list.public_grants.clone()),
        (Fact::Absent(gap), _) => Fact::Absent(gap.clone()),
    }
}

/// A request to S3 about this bucket, sent in its Region.
macro_rules! ask {
    ($asked:expr, $operation:expr, $call:ident) => {{
        let (name, owner) = ($asked.name, $asked.caller.account().to_owned());
        $asked.send($operation, move |client: Client, tap: Tap| {
            let request = client.$call().bucket(name).expected_bucket_owner(owner.clone());
            async move { request.customize().interceptor(tap).send().await }
        })
    }};
}

impl<'a> Asked<'a> {
    /// Prepares the questions.
    pub fn new(caller: Caller, (name, arn): (&'a str, &'a str), run: &'a Run<'a>, left_out: Option<GapId>) -> Self {
        Asked { caller, name, arn, run, left_out, told: Mutex::default() }
    }

    /// The Region in which the bucket was found.
    pub fn region(&self) -> String {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).clone();
        told.unwrap_or_else(|| self.caller.endpoint_region().to_owned())
    }

    /// Asks, and asks again in the Region that S3 names, once.
    async fn send<T, E, F>(&self, operation: Operation, send: impl Fn(Client, Tap) -> F) -> Reply<T>
    where
        F: Future<Output = Sent<T, E>>,
        E: std::error::Error + Send + Sync + 'static,
    {
        let region = self.region();
        let here = self.caller.in_region(&region);
        let reply = here.ask(operation, |tap| send(client(&here), tap)).await;
        let told = reply.as_ref().err().and_then(|refusal| refusal.bucket_region.clone()).filter(|told| *told != region);
        let Some(told) = told else { return reply };
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(told.clone());
        let there = self.caller.in_region(&told);
        there.ask(operation, |tap| send(client(&there), tap)).await
    }

    /// Reads a group, if it is wanted and the bucket may be asked.
    async fn group<T, F>(
        &self,
        fact: &str,
        operation: Operation,
        reply: impl Future<Output = Reply<T>>,
        read: impl FnOnce(At<'_>, T) -> Fact<F>,
    ) -> Group<F> {
        if !self.wants(fact) {
            return (self.unasked(fact), Vec::new());
        }
        self.read(operation, reply, read).await
    }

    async fn read<T, F>(
        &self,
        operation: Operation,
        reply: impl Future<Output = Reply<T>>,
        read: impl FnOnce(At<'_>, T) -> Fact<F>,
    ) -> Group<F> {
        if let Some(gap) = &self.left_out {
            return (Fact::Absent(gap.clone()), Vec::new());
        }
        answered(&self.caller, operation, reply.await, read)
    }

    /// Default encryption.
    pub async fn encryption(&self) -> Group<Option<facts::Encryption>> {
        let reply = async {
            let reply = ask!(self, GET_BUCKET_ENCRYPTION, get_bucket_encryption).await;
            let reply = reply.map(|answer| answer.map(|output| Some(output.server_side_encryption_configuration)));
            reply.or_when("ServerSideEncryptionConfigurationNotFoundError", None)
        };
        let read = |at: At<'_>, told: Option<_>| at.read(told.map(map::encryption).transpose());
        self.group("encryption", GET_BUCKET_ENCRYPTION, reply, read).await
    }

    /// The bucket's own public access block, and what is in force together with the account's. The bucket is not asked where the
    /// account settles it and nobody wants the bucket's own.
    pub async fn blocks(&self, account: Option<&AccountBlock>) -> Blocks {
        let wants_both = self.wants("effective_public_access_block");
        let needs_both = wants_both || self.wants("public_grants");
        let settled = account.is_some_and(|account| match wants_both {
            true => all_on(&account.settings),
            false => account.settings.ignore_public_acls.known() == Some(&true),
        });
        let reply = async {
            let reply = ask!(self, GET_PUBLIC_ACCESS_BLOCK, get_public_access_block).await;
            let settings = |told: aws_sdk_s3::types::PublicAccessBlockConfiguration| {
                Settings([told.block_public_acls, told.ignore_public_acls, told.block_public_policy, told.restrict_public_buckets])
            };
            let reply = reply.map(|answer| answer.map(|output| output.public_access_block_configuration.map(settings)));
            reply.or_when("NoSuchPublicAccessBlockConfiguration", Some(Settings::NONE))
        };
        let read = |at: At<'_>, told: Option<Settings>| Fact::Known(Settings::facts(told, at));
        let own = match self.wants("public_access_block") || (needs_both && !settled) {
            true => self.read(GET_PUBLIC_ACCESS_BLOCK, reply, read).await,
            false => (self.unasked("public_access_block"), Vec::new()),
        };
        let in_force = match account.filter(|_| needs_both) {
            Some(account) => (Fact::Known(effective(&account.settings, &own.0)), [account.calls.clone(), own.1.clone()].concat()),
            None => (self.unasked("effective_public_access_block"), Vec::new()),
        };
        let shown = if wants_both { in_force.clone() } else { (self.unasked("effective_public_access_block"), Vec::new()) };
        Blocks { own, in_force, shown }
    }

    /// The policy, and AWS's verdict on it, which is not asked for where there is nothing that lets anybody in.
    pub async fn policies(&self) -> (Group<Option<facts::Policy>>, Group<Option<facts::PolicyStatus>>) {
        let reply = async {
            let reply = ask!(self, GET_BUCKET_POLICY, get_bucket_policy).await;
            reply.map(|answer| answer.map(|output| Some(output.policy))).or_when("NoSuchBucketPolicy", None)
        };
        let read = |at: At<'_>, told: Option<Option<String>>| match told {
            None => Fact::Known(None),
            Some(text) => policy::facts(at, text.as_deref().unwrap_or_default(), self.arn, self.caller.account()).map(Some),
        };
        let policy = self.group("policy", GET_BUCKET_POLICY, reply, read).await;
        let silent = match &policy.0 {
            Fact::Known(policy) => policy.as_ref().is_none_or(|policy| policy.allowing_statements == 0),
            Fact::Absent(_) => false,
        };
        if silent && self.wants("policy_status") {
            let calls = policy.1.clone();
            return (policy, (Fact::Known(None), calls));
        }
        let reply = async {
            let reply = ask!(self, GET_BUCKET_POLICY_STATUS, get_bucket_policy_status).await;
            let status = |output: aws_sdk_s3::operation::get_bucket_policy_status::GetBucketPolicyStatusOutput| {
                Some(output.policy_status.and_then(|status| status.is_public))
            };
            reply.map(|answer| answer.map(status)).or_when("NoSuchBucketPolicy", None)
        };
        let read = |at: At<'_>, told: Option<Option<bool>>| match told {
            None => Fact::Known(None),
            Some(public) => at.need(public, "IsPublic").map(|is_public| Some(facts::PolicyStatus { is_public })),
        };
        let status = self.group("policy_status", GET_BUCKET_POLICY_STATUS, reply, read).await;
        (policy, status)
    }

    /// Grants, and those to everybody that are in force. Where public ACLs are ignored and nobody wants the list itself, it is not
    /// asked for.
    pub async fn grants(&self, blocks: &Blocks) -> (Group<facts::Acl>, Group<Vec<String>>) {
        let (wants_public, in_force) = (self.wants("public_grants"), &blocks.in_force);
        let ignored = in_force.0.known().is_some_and(|block| block.ignore_public_acls.known() == Some(&true));
        let acl = match self.wants("acl") || (wants_public && !ignored) {
            true => {
                let reply = ask!(self, GET_BUCKET_ACL, get_bucket_acl);
                self.read(GET_BUCKET_ACL, reply, |at, output| at.read(map::acl(output))).await
            }
            false => (self.unasked("acl"), Vec::new()),
        };
        let public = match &acl.0 {
            _ if !wants_public => (self.unasked("public_grants"), Vec::new()),
            _ if ignored => (Fact::Known(Vec::new()), in_force.1.clone()),
            list => (public_grants(list, &in_force.0), [in_force.1.clone(), acl.1.clone()].concat()),
        };
        (acl, public)
    }

    fn unasked<F>(&self, fact: &str) -> Fact<F> {
        Fact::Absent(self.run.unasked(&self.caller, BUCKET, fact))
    }

    /// Who owns what others write.
    pub async fn object_ownership(&self) -> Group<Option<String>> {
        let reply = async {
            let reply = ask!(self, GET_BUCKET_OWNERSHIP_CONTROLS, get_bucket_ownership_controls).await;
            let rule = |output: aws_sdk_s3::operation::get_bucket_ownership_controls::GetBucketOwnershipControlsOutput| {
                Some(output.ownership_controls.and_then(|controls| controls.rules.into_iter().next()))
            };
            reply.map(|answer| answer.map(rule)).or_when("OwnershipControlsNotFoundError", None)
        };
        let read = |at: At<'_>, told: Option<Option<aws_sdk_s3::types::OwnershipControlsRule>>| match told {
            None => Fact::Known(None),
            Some(rule) => at.need(rule, "Rule").map(|rule| Some(rule.object_ownership.as_str().to_owned())),
        };
        self.group("object_ownership", GET_BUCKET_OWNERSHIP_CONTROLS, reply, read).await
    }

    async fn versioning(&self) -> Group<facts::Versioning> {
        let reply = ask!(self, GET_BUCKET_VERSIONING, get_bucket_versioning);
        self.group("versioning", GET_BUCKET_VERSIONING, reply, |_, output| Fact::Known(map::versioning(&output))).await
    }

    /// Access logs. Who receives them is known only when every bucket has answered.
    pub async fn logging(&self) -> Group<Option<facts::Logging>> {
        let reply = ask!(self, GET_BUCKET_LOGGING, get_bucket_logging);
        let read = |at: At<'_>, output: aws_sdk_s3::operation::get_bucket_logging::GetBucketLoggingOutput| {
            at.read(output.logging_enabled.map(map::logging).transpose())
        };
        match self.wants("logging") || self.run.wants_fact_of_some(BUCKET, "receives_access_logs") {
            true => self.read(GET_BUCKET_LOGGING, reply, read).await,
            false => (self.unasked("logging"), Vec::new()),
        }
    }

    /// Versioning, and Object Lock, which no bucket has without it.
    pub async fn versions(&self) -> (Group<facts::Versioning>, Group<Option<facts::ObjectLock>>) {
        let versioning = self.versioning().await;
        let unversioned = versioning.0.known().is_some_and(|versioning| versioning.status.as_deref() != Some("Enabled"));
        let lock = match unversioned && self.wants("object_lock") {
            true => (Fact::Known(None), versioning.1.clone()),
            false => self.object_lock().await,
        };
        // That a lock is asked for rests on what was said about versions.
        let known = if versioning.0.known().is_some() { versioning.1.clone() } else { Vec::new() };
        let lock = (lock.0, known.into_iter().chain(lock.1).collect::<BTreeSet<_>>().into_iter().collect());
        (versioning, lock)
    }

    async fn object_lock(&self) -> Group<Option<facts::ObjectLock>> {
        let reply = async {
            let reply = ask!(self, GET_OBJECT_LOCK_CONFIGURATION, get_object_lock_configuration).await;
            let reply = reply.map(|answer| answer.map(|output| Some(output.object_lock_configuration)));
            reply.or_when("ObjectLockConfigurationNotFoundError", None)
        };
        let read = |at: At<'_>, told: Option<_>| at.read(told.map_or(Ok(None), map::object_lock));
        self.group("object_lock", GET_OBJECT_LOCK_CONFIGURATION, reply, read).await
    }

    /// Lifecycle rules.
    pub async fn lifecycle(&self) -> Group<Vec<facts::LifecycleRule>> {
        let reply = async {
            let reply = ask!(self, GET_BUCKET_LIFECYCLE_CONFIGURATION, get_bucket_lifecycle_configuration).await;
            let reply = reply.map(|answer| answer.map(|output| output.rules.unwrap_or_default()));
            reply.or_when("NoSuchLifecycleConfiguration", Vec::new())
        };
        self.group("lifecycle_rules", GET_BUCKET_LIFECYCLE_CONFIGURATION, reply, |at, rules| at.read(map::lifecycle(rules))).await
    }

    /// Tags.
    pub async fn tags(&self) -> Group<OpenMap<String>> {
        let reply = async {
            let reply = ask!(self, GET_BUCKET_TAGGING, get_bucket_tagging).await;
            reply.map(|answer| answer.map(|output| output.tag_set)).or_when("NoSuchTagSet", Vec::new())
        };
        self.group("tags", GET_BUCKET_TAGGING, reply, |_, tags| Fact::Known(map::tags(tags))).await
    }

    fn wants(&self, fact: &str) -> bool {
        self.run.wants_fact_of(BUCKET, fact, self.arn)
    }
}
