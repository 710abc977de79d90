//! What a Region does with new volumes.

use aws_sdk_ec2::Client;

use super::facts;
use super::ids::Place;
use super::kinds::{REGION, SERVICE};
use crate::aws::Caller;
use crate::collect::at::{Operation, sources};
use crate::collect::proof::singleton;
use crate::collect::reading::{Group, answered};
use crate::collect::scope::Run;
use crate::model::{Fact, Population, Resource};

const GET_EBS_ENCRYPTION_BY_DEFAULT: Operation = (SERVICE, "GetEbsEncryptionByDefault");
const GET_EBS_DEFAULT_KMS_KEY_ID: Operation = (SERVICE, "GetEbsDefaultKmsKeyId");

/// Collects what the Region does with new volumes.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Population {
    let (encryption, key) = tokio::join!(encryption(caller), key(caller, run));
    let calls = encryption.1;
    let facts = facts::RegionSetting { ebs_encryption_by_default: encryption.0, ebs_default_kms_key_id: key.0 };
    let paths = [("", calls.clone()), ("ebs_default_kms_key_id", key.1)];
    let (id, name) = (Place::of(caller).region_setting(), format!("EC2 in {}", caller.endpoint_region()));
    run.found(&Resource::new(caller.place(), REGION, id, name, &facts, sources(paths)));
    singleton(caller, REGION, calls)
}

async fn encryption(caller: &Caller) -> Group<bool> {
    let client = caller.client(Client::new);
    let send = |tap| client.get_ebs_encryption_by_default().customize().interceptor(tap).send();
    let reply = caller.ask(GET_EBS_ENCRYPTION_BY_DEFAULT, send).await;
    answered(caller, GET_EBS_ENCRYPTION_BY_DEFAULT, reply, |at, output| at.need(output.ebs_encryption_by_default, "ebsEncryptionByDefault"))
}

async fn key(caller: &Caller, run: &Run<'_>) -> Group<String> {
    if !run.wants_fact(REGION, "ebs_default_kms_key_id") {
        return (Fact::Absent(run.unasked(caller, REGION, "ebs_default_kms_key_id")), Vec::new());
    }
    let client = caller.client(Client::new);
    let send = |tap| client.get_ebs_default_kms_key_id().customize().interceptor(tap).send();
    let reply = caller.ask(GET_EBS_DEFAULT_KMS_KEY_ID, send).await;
    answered(caller, GET_EBS_DEFAULT_KMS_KEY_ID, reply, |at, output| at.need(output.kms_key_id, "kmsKeyId"))
}
