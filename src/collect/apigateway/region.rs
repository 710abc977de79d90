//! What a Region has once, or in one list: the account's settings, client certificates, VPC links.

use std::collections::BTreeSet;

use aws_sdk_apigateway::operation::get_account::GetAccountOutput;
use aws_sdk_apigateway::types::{ClientCertificate, Stage, VpcLink};

use super::apis::Apis;
use super::calls::{self, GET_ACCOUNT, GET_CLIENT_CERTIFICATES, GET_VPC_LINKS};
use super::facts;
use super::keys::throttle;
use super::kinds::{ACCOUNT, CLIENT_CERTIFICATE, VPC_LINK};
use crate::aws::{Caller, Reply};
use crate::collect::apigatewayv2::ids::Ids;
use crate::collect::at::{At, sources};
use crate::collect::parts::Part;
use crate::collect::proof::{Proof, singleton};
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, OpenMap, Population, Resource};

/// Hands on the account's settings; where they could not be read, they exist all the same and their facts are absent.
pub fn hand_on_account(caller: &Caller, reply: &Reply<GetAccountOutput>, run: &Run<'_>) -> Population {
    let calls: Vec<CallId> = call_of(reply).into_iter().collect();
    let facts = facts::Account { cloudwatch_role_arn: log_role(caller, reply), throttle_settings: limits(caller, reply) };
    let id = Ids::new(caller).at("/account");
    run.found(&Resource::new(caller.place(), ACCOUNT, id, "API Gateway settings".to_owned(), &facts, sources([("", calls.clone())])));
    singleton(caller, ACCOUNT, calls)
}

/// The call behind, also where it was refused.
pub fn call_of(reply: &Reply<GetAccountOutput>) -> Option<CallId> {
    match reply {
        Ok(answer) => Some(answer.call),
        Err(refusal) => refusal.gap.call,
    }
}

/// The role that writes the logs of all stages, null where none is set.
pub fn log_role(caller: &Caller, reply: &Reply<GetAccountOutput>) -> Fact<Option<String>> {
    match reply {
        Err(refusal) => Fact::Absent(caller.note(refusal.gap.clone())),
        Ok(answer) => Fact::Known(answer.value.cloudwatch_role_arn.clone().filter(|arn| !arn.is_empty())),
    }
}

/// The limits that all APIs of the account share.
pub fn limits(caller: &Caller, reply: &Reply<GetAccountOutput>) -> Fact<facts::Throttle> {
    match reply {
        Err(refusal) => Fact::Absent(caller.note(refusal.gap.clone())),
        Ok(answer) => {
            let settings = answer.value.throttle_settings.as_ref().map(throttle);
            At::call(caller, GET_ACCOUNT, answer.call).need(settings, "throttleSettings")
        }
    }
}

/// Collects client certificates. `stages` are those of all APIs, `None` where nobody wants them.
pub async fn client_certificates(caller: &Caller) -> (Vec<(CallId, ClientCertificate)>, Proof) {
    let id = |certificate: &ClientCertificate| certificate.client_certificate_id.clone();
    Proof::of(caller, GET_CLIENT_CERTIFICATES, calls::client_certificates(caller).await, id)
}

/// Hands on client certificates. `used` is `None` where nobody wants to know which stages show them.
pub fn hand_on_certificates(
    caller: &Caller,
    (items, proof): (Vec<(CallId, ClientCertificate)>, Proof),
    used: Option<(&Apis, &[Part<Stage>])>,
    run: &Run<'_>,
) -> Population {
    let used = used.filter(|_| run.wants_fact(CLIENT_CERTIFICATE, "used_by_stages"));
    for (call, certificate) in &items {
        let at = At::call(caller, GET_CLIENT_CERTIFICATES, *call);
        let id = certificate.client_certificate_id.clone().unwrap_or_default();
        let (used_by_stages, from) = match used {
            None => (Fact::Absent(run.unasked(caller, CLIENT_CERTIFICATE, "used_by_stages")), Vec::new()),
            Some((apis, stages)) => used_by(caller, &id, apis, stages),
        };
        let facts = facts::ClientCertificate {
            client_certificate_id: at.need(certificate.client_certificate_id.clone(), "clientCertificateId"),
            description: certificate.description.clone().filter(|text| !text.is_empty()).into(),
            created_date: at.instant(certificate.created_date, "createdDate"),
            expiration_date: at.instant(certificate.expiration_date, "expirationDate"),
            used_by_stages,
            tags: OpenMap(certificate.tags.clone().unwrap_or_default().into_iter().collect()).into(),
        };
        let resource = Ids::new(caller).at(&format!("/clientcertificates/{id}"));
        let sources = sources([("", vec![*call]), ("used_by_stages", from)]);
        run.found(&Resource::new(caller.place(), CLIENT_CERTIFICATE, resource, id, &facts, sources));
    }
    proof.population(caller, CLIENT_CERTIFICATE, items.len() as u64, None)
}

fn used_by(caller: &Caller, id: &str, apis: &Apis, stages: &[Part<Stage>]) -> (Fact<Vec<String>>, Vec<CallId>) {
    let proof = stages.iter().fold(apis.proof.clone(), |proof, part| proof.and(&part.proof));
    if let Some(gap) = proof.noted(caller) {
        return (Fact::Absent(gap), proof.calls);
    }
    let all = apis.items.iter().zip(stages).flat_map(|(api, part)| part.items.iter().map(move |(_, stage)| (api, stage)));
    let with = all.filter(|(_, stage)| stage.client_certificate_id.as_deref() == Some(id));
    let names: BTreeSet<String> =
        with.map(|(api, stage)| format!("{}/{}", api.id, stage.stage_name.as_deref().unwrap_or_default())).collect();
    (Fact::Known(names.into_iter().collect()), proof.calls)
}

/// Collects VPC links.
pub async fn vpc_links(caller: &Caller, run: &Run<'_>) -> Population {
    let (items, proof) = Proof::of(caller, GET_VPC_LINKS, calls::vpc_links(caller).await, |link: &VpcLink| link.id.clone());
    for (call, link) in &items {
        let at = At::call(caller, GET_VPC_LINKS, *call);
        let id = link.id.clone().unwrap_or_default();
        let facts = facts::VpcLink {
            id: at.need(link.id.clone(), "id"),
            name: at.need(link.name.clone(), "name"),
            target_arns: link.target_arns().to_vec().into(),
            status: link.status.as_ref().map(|word| word.as_str().to_owned()).into(),
            tags: OpenMap(link.tags.clone().unwrap_or_default().into_iter().collect()).into(),
        };
        let name = link.name.clone().unwrap_or_else(|| id.clone());
        let resource = Ids::new(caller).at(&format!("/vpclinks/{id}"));
        run.found(&Resource::new(caller.place(), VPC_LINK, resource, name, &facts, sources([("", vec![*call])])));
    }
    proof.population(caller, VPC_LINK, items.len() as u64, None)
}
