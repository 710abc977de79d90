//! The account's public access block: a resource of its own, and half of what is in force on each bucket.

use aws_sdk_s3control::Client;
use aws_sdk_s3control::types::PublicAccessBlockConfiguration;

use super::facts::{self, PublicAccessBlock};
use super::kinds::{ACCOUNT_BLOCK, CONTROL};
use super::map::Settings;
use crate::aws::{Caller, OrWhen as _};
use crate::collect::at::{Operation, sources};
use crate::collect::proof::singleton;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};

const GET_PUBLIC_ACCESS_BLOCK: Operation = (CONTROL, "GetPublicAccessBlock");

/// What the account has set, with the calls behind it.
#[derive(Clone, Debug)]
pub struct AccountBlock {
    /// The settings, each absent where AWS did not tell.
    pub settings: PublicAccessBlock,
    /// The call.
    pub calls: Vec<CallId>,
}

/// Asks S3 Control.
pub async fn ask(caller: &Caller) -> AccountBlock {
    let client = caller.client(Client::new);
    let send = |tap| client.get_public_access_block().account_id(caller.account()).customize().interceptor(tap).send();
    let reply = caller.ask(GET_PUBLIC_ACCESS_BLOCK, send).await;
    let reply = reply.map(|answer| answer.map(|output| output.public_access_block_configuration.map(settings)));
    match reply.or_when("NoSuchPublicAccessBlockConfiguration", Some(Settings::NONE)) {
        Ok(answer) => {
            let at = crate::collect::at::At::call(caller, GET_PUBLIC_ACCESS_BLOCK, answer.call);
            AccountBlock { settings: Settings::facts(answer.value, at), calls: vec![answer.call] }
        }
        Err(refusal) => {
            let calls = refusal.gap.call.into_iter().collect();
            let gap = caller.note(refusal.gap);
            let absent = || Fact::Absent(gap.clone());
            let settings = PublicAccessBlock {
                block_public_acls: absent(),
                ignore_public_acls: absent(),
                block_public_policy: absent(),
                restrict_public_buckets: absent(),
            };
            AccountBlock { settings, calls }
        }
    }
}

/// Hands the settings on as the account's.
pub fn hand_on(caller: &Caller, block: &AccountBlock, run: &Run<'_>) -> Population {
    let id = format!("arn:{}:s3::{}:account-public-access-block", caller.partition(), caller.account());
    let facts = facts::AccountPublicAccessBlock { settings: block.settings.clone() };
    let sources = sources([("", block.calls.clone())]);
    run.found(&Resource::new(caller.place(), ACCOUNT_BLOCK, id, "account public access block".to_owned(), &facts, sources));
    singleton(caller, ACCOUNT_BLOCK, block.calls.clone())
}

fn settings(told: PublicAccessBlockConfiguration) -> Settings {
    Settings([told.block_public_acls, told.ignore_public_acls, told.block_public_policy, told.restrict_public_buckets])
}
