//! Collects the file systems of one Region: one listing that tells everything.

use aws_sdk_efs::Client;
use aws_sdk_efs::types::FileSystemDescription;

use super::kinds::{FILE_SYSTEM, SERVICE};
use super::map;
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{Population, Resource};

const DESCRIBE_FILE_SYSTEMS: Operation = (SERVICE, "DescribeFileSystems");

/// The largest pages that EFS gives.
const ITEMS: i32 = 100;

/// Collects the file systems of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(FILE_SYSTEM) {
        return Vec::new();
    }
    let client = caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.describe_file_systems().max_items(ITEMS).set_marker(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_efs::operation::describe_file_systems::DescribeFileSystemsOutput| Page {
        items: output.file_systems.unwrap_or_default(),
        token: output.next_marker,
        truncated: false,
    };
    let listing = caller.list(DESCRIBE_FILE_SYSTEMS, send, page).await;
    let id = |one: &FileSystemDescription| Some(one.file_system_id.clone());
    let (items, proof) = Proof::of(caller, DESCRIBE_FILE_SYSTEMS, listing, id);
    for (call, told) in &items {
        let arn = told.file_system_arn.clone().unwrap_or_else(|| arn(caller, &told.file_system_id));
        let facts = map::file_system(At::call(caller, DESCRIBE_FILE_SYSTEMS, *call), told, &arn);
        let name = told.name.clone().filter(|name| !name.is_empty());
        let shown = name.map_or_else(|| told.file_system_id.clone(), |name| format!("{name} ({})", told.file_system_id));
        run.found(&Resource::new(caller.place(), FILE_SYSTEM, arn, shown, &facts, sources([("", vec![*call])])));
    }
    vec![proof.population(caller, FILE_SYSTEM, items.len() as u64, None)]
}

fn arn(caller: &Caller, id: &str) -> String {
    format!("arn:{}:elasticfilesystem:{}:{}:file-system/{id}", caller.partition(), caller.endpoint_region(), caller.account())
}
