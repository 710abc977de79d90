//! The listing of buckets, and the Region of each.

use aws_sdk_s3::Client;
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::types::Bucket;
use aws_smithy_types::DateTime;

use super::kinds::SERVICE;
use super::map::region_of;
use crate::aws::{Caller, Page, Tap};
use crate::collect::at::Operation;
use crate::collect::proof::Proof;
use crate::model::CallId;

/// The listing.
pub const LIST_BUCKETS: Operation = (SERVICE, "ListBuckets");
const GET_BUCKET_LOCATION: Operation = (SERVICE, "GetBucketLocation");

/// Buckets on a page. Asking for pages at all makes S3 name the Region of each bucket.
const PAGE: i32 = 1000;

/// A bucket as listed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Name.
    pub name: String,
    /// Region, where the listing tells.
    pub region: Option<String>,
    /// When it was made.
    pub created: Option<DateTime>,
    /// The page.
    pub call: CallId,
}

/// A client that writes buckets into the path, whatever the endpoint.
pub fn client(caller: &Caller) -> Client {
    caller.client(|sdk| Client::from_conf(Builder::from(sdk).force_path_style(true).disable_s3_express_session_auth(true).build()))
}

/// Lists all buckets of the account, in all Regions of the partition.
pub async fn list(caller: &Caller) -> (Vec<Listed>, Proof) {
    let client = client(caller);
    let send = |token: Option<String>, tap: Tap| {
        client.list_buckets().max_buckets(PAGE).set_continuation_token(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_s3::operation::list_buckets::ListBucketsOutput| Page {
        items: output.buckets.unwrap_or_default(),
        token: output.continuation_token,
        truncated: false,
    };
    let listing = caller.list(LIST_BUCKETS, send, page).await;
    let (items, proof) = Proof::of(caller, LIST_BUCKETS, listing, |bucket: &Bucket| bucket.name.clone());
    let listed = |(call, bucket): (CallId, Bucket)| {
        let region = bucket.bucket_region.filter(|region| !region.is_empty());
        // `Proof::of` has left out what has no name.
        Some(Listed { name: bucket.name?, region, created: bucket.creation_date, call })
    };
    (items.into_iter().filter_map(listed).collect(), proof)
}

/// The Region of a bucket whose listing does not tell it, with the call that did. `None` where S3 does not say it either: then the
/// bucket is asked in the partition's home Region, and S3 redirects.
pub async fn locate(caller: &Caller, bucket: &Listed) -> Option<(String, CallId)> {
    let client = client(caller);
    let request = client.get_bucket_location().bucket(&bucket.name).expected_bucket_owner(caller.account());
    let reply = caller.ask(GET_BUCKET_LOCATION, |tap| request.customize().interceptor(tap).send()).await;
    match reply {
        Ok(answer) => {
            let constraint = answer.value.location_constraint;
            let constraint = constraint.as_ref().map_or("", |constraint| constraint.as_str());
            Some((region_of(constraint).to_owned(), answer.call))
        }
        Err(refusal) => Some((refusal.bucket_region?, refusal.gap.call?)),
    }
}
