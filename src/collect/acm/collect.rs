//! Collects the certificates of one Region: the listing over every key type, and a description of each.

use aws_sdk_acm::Client;
use aws_sdk_acm::operation::list_certificates::ListCertificatesOutput;
use aws_sdk_acm::types::{CertificateDetail, CertificateSummary, Filters, KeyAlgorithm};
use futures::StreamExt as _;

use super::facts;
use super::kinds::{CERTIFICATE, SERVICE};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::reading::answered;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};

const LIST_CERTIFICATES: Operation = (SERVICE, "ListCertificates");
const DESCRIBE_CERTIFICATE: Operation = (SERVICE, "DescribeCertificate");
/// The largest page that ACM gives.
const ITEMS: i32 = 1000;
/// Certificates asked at the same time; the session's own limits decide how many calls are.
const AT_ONCE: usize = 16;
/// Without key types the listing shows RSA of 1024 and 2048 bits only.
const KEY_TYPES: [KeyAlgorithm; 7] = [
    KeyAlgorithm::EcPrime256v1,
    KeyAlgorithm::EcSecp384r1,
    KeyAlgorithm::EcSecp521r1,
    KeyAlgorithm::Rsa1024,
    KeyAlgorithm::Rsa2048,
    KeyAlgorithm::Rsa3072,
    KeyAlgorithm::Rsa4096,
];

/// Collects the certificates of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    if !run.wants(CERTIFICATE) {
        return Vec::new();
    }
    let (items, proof) = list(caller).await;
    let each = |(call, summary): &(CallId, CertificateSummary)| {
        let (call, arn) = (*call, summary.certificate_arn.clone().unwrap_or_default());
        async move { one(caller, run, call, arn).await }
    };
    futures::stream::iter(&items).for_each_concurrent(AT_ONCE, each).await;
    vec![proof.population(caller, CERTIFICATE, items.len() as u64, None)]
}

async fn list(caller: &Caller) -> (Vec<(CallId, CertificateSummary)>, Proof) {
    let client = caller.client(Client::new);
    let every = Filters::builder().set_key_types(Some(KEY_TYPES.to_vec())).build();
    let send = |token: Option<String>, tap| {
        let request = client.list_certificates().includes(every.clone()).max_items(ITEMS).set_next_token(token);
        request.customize().interceptor(tap).send()
    };
    let page = |output: ListCertificatesOutput| Page {
        items: output.certificate_summary_list.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = caller.list(LIST_CERTIFICATES, send, page).await;
    Proof::of(caller, LIST_CERTIFICATES, listing, |certificate: &CertificateSummary| certificate.certificate_arn.clone())
}

async fn one(caller: &Caller, run: &Run<'_>, listed: CallId, arn: String) {
    let (told, calls) = describe(caller, run, &arn).await;
    let at = At::call(caller, DESCRIBE_CERTIFICATE, calls.first().copied().unwrap_or(listed));
    let facts = facts(at, &arn, &told);
    let shown = match &facts.domain_name {
        Fact::Known(Some(name)) => name.clone(),
        _ => arn.rsplit('/').next().unwrap_or(&arn).to_owned(),
    };
    let all = std::iter::once(listed).chain(calls).collect();
    let paths = sources([("", all), ("certificate_arn", vec![listed])]);
    run.found(&Resource::new(caller.place(), CERTIFICATE, arn, shown, &facts, paths));
}

async fn describe(caller: &Caller, run: &Run<'_>, arn: &str) -> (Fact<CertificateDetail>, Vec<CallId>) {
    if !run.wants_fact(CERTIFICATE, "status") {
        return (Fact::Absent(run.unasked(caller, CERTIFICATE, "status")), Vec::new());
    }
    let client = caller.client(Client::new);
    let send = |tap| client.describe_certificate().certificate_arn(arn).customize().interceptor(tap).send();
    let reply = caller.ask(DESCRIBE_CERTIFICATE, send).await;
    answered(caller, DESCRIBE_CERTIFICATE, reply, |at, output| at.need(output.certificate, "Certificate"))
}

fn facts(at: At<'_>, arn: &str, told: &Fact<CertificateDetail>) -> facts::Certificate {
    facts::Certificate {
        certificate_arn: arn.to_owned().into(),
        domain_name: of(told, |told| told.domain_name.clone().filter(|name| !name.is_empty()).into()),
        subject_alternative_names: of(told, |told| sorted(told.subject_alternative_names()).into()),
        status: of(told, |told| at.need(told.status.as_ref().map(|word| word.as_str().to_owned()), "Status")),
        r#type: of(told, |told| at.need(told.r#type.as_ref().map(|word| word.as_str().to_owned()), "Type")),
        key_algorithm: of(told, |told| at.need(told.key_algorithm.as_ref().map(|word| algorithm(word.as_str())), "KeyAlgorithm")),
        not_before: of(told, |told| at.instant_if_set(told.not_before, "NotBefore")),
        not_after: of(told, |told| at.instant_if_set(told.not_after, "NotAfter")),
        in_use_by: of(told, |told| at.need(told.in_use_by.as_ref().map(|arns| sorted(arns)), "InUseBy")),
        renewal_eligibility: of(told, |told| told.renewal_eligibility.as_ref().map(|word| word.as_str().to_owned()).into()),
        renewal_status: of(told, |told| told.renewal_summary.as_ref().map(|summary| summary.renewal_status.as_str().to_owned()).into()),
        certificate_authority_arn: of(told, |told| told.certificate_authority_arn.clone().into()),
    }
}

fn of<T>(told: &Fact<CertificateDetail>, read: impl FnOnce(&CertificateDetail) -> Fact<T>) -> Fact<T> {
    match told {
        Fact::Known(told) => read(told),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    }
}

fn sorted(texts: &[String]) -> Vec<String> {
    let mut texts = texts.to_vec();
    texts.sort();
    texts
}

/// AWS has written the same algorithm in two ways.
fn algorithm(word: &str) -> String {
    word.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_an_algorithm_are_one() {
        assert_eq!(["RSA-2048", "RSA_2048", "EC_prime256v1"].map(algorithm), ["RSA_2048", "RSA_2048", "EC_prime256v1"]);
    }

    #[test]
    fn the_listing_asks_for_every_key_type_that_the_sdk_knows() {
        let asked: Vec<&str> = KEY_TYPES.iter().map(KeyAlgorithm::as_str).collect();
        assert_eq!(asked, KeyAlgorithm::values());
    }
}
