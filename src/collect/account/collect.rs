//! Collects whom AWS writes to about one account.

use aws_sdk_account::Client;
use aws_sdk_account::types::AlternateContactType as Type;

use super::facts::{AlternateContact, AlternateContacts, ContactInformation};
use super::kinds::{ALTERNATE_CONTACTS, CONTACT_INFORMATION, SERVICE};
use super::map;
use crate::aws::{Caller, OrWhen as _};
use crate::collect::at::{Operation, sources};
use crate::collect::proof::singleton;
use crate::collect::reading::{Reading, part};
use crate::collect::scope::Run;
use crate::model::{Population, Resource};

const GET_ALTERNATE_CONTACT: Operation = (SERVICE, "GetAlternateContact");
const GET_CONTACT_INFORMATION: Operation = (SERVICE, "GetContactInformation");
/// The code with which AWS says that no contact of the type is recorded.
const NOT_RECORDED: &str = "ResourceNotFoundException";

/// Collects the contacts of one account.
pub async fn collect(caller: &Caller, run: &Run<'_>) -> Vec<Population> {
    let alternate = async { if run.wants(ALTERNATE_CONTACTS) { Some(alternate_contacts(caller, run).await) } else { None } };
    let primary = async { if run.wants(CONTACT_INFORMATION) { Some(contact_information(caller, run).await) } else { None } };
    let (alternate, primary) = tokio::join!(alternate, primary);
    alternate.into_iter().chain(primary).collect()
}

fn id(caller: &Caller, what: &str) -> String {
    format!("arn:{}:account::{}:{what}", caller.partition(), caller.account())
}

async fn alternate_contacts(caller: &Caller, run: &Run<'_>) -> Population {
    let (security, billing, operations) = tokio::join!(
        contact(caller, run, "security", Type::Security),
        contact(caller, run, "billing", Type::Billing),
        contact(caller, run, "operations", Type::Operations),
    );
    let calls = security.calls.clone();
    let paths = [("security", security.calls), ("billing", billing.calls), ("operations", operations.calls)];
    let recorded = part(&security.fact, Option::is_some);
    let facts =
        AlternateContacts { security_recorded: recorded, security: security.fact, billing: billing.fact, operations: operations.fact };
    let id = id(caller, "alternate-contacts");
    let paths = [("", calls.clone())].into_iter().chain(paths);
    run.found(&Resource::new(caller.place(), ALTERNATE_CONTACTS, id, "alternate contacts".to_owned(), &facts, sources(paths)));
    singleton(caller, ALTERNATE_CONTACTS, calls)
}

async fn contact(caller: &Caller, run: &Run<'_>, fact: &str, kind: Type) -> Reading<Option<AlternateContact>> {
    if !run.wants_fact(ALTERNATE_CONTACTS, fact) {
        return Reading::unasked(caller, run, ALTERNATE_CONTACTS, fact);
    }
    let client = caller.client(Client::new);
    let send = |tap| client.get_alternate_contact().alternate_contact_type(kind).customize().interceptor(tap).send();
    let reply = caller.ask(GET_ALTERNATE_CONTACT, send).await.map(|answer| answer.map(Some)).or_when(NOT_RECORDED, None);
    Reading::of(caller, GET_ALTERNATE_CONTACT, reply, |at, output| match output {
        None => None.into(),
        Some(output) => at.need(output.alternate_contact, "AlternateContact").map(|told| Some(map::alternate(&told))),
    })
}

async fn contact_information(caller: &Caller, run: &Run<'_>) -> Population {
    let client = caller.client(Client::new);
    let reply = caller.ask(GET_CONTACT_INFORMATION, |tap| client.get_contact_information().customize().interceptor(tap).send()).await;
    let present = Reading::of(caller, GET_CONTACT_INFORMATION, reply, |at, output| {
        at.need(output.contact_information, "ContactInformation").map(|told| map::present(&told))
    });
    let company = part(&present.fact, |members| members.iter().any(|member| member == "company_name"));
    let facts = ContactInformation { company_name_present: company, present: present.fact };
    let id = id(caller, "contact-information");
    let sources = sources([("", present.calls.clone())]);
    run.found(&Resource::new(caller.place(), CONTACT_INFORMATION, id, "primary contact".to_owned(), &facts, sources));
    singleton(caller, CONTACT_INFORMATION, present.calls)
}
