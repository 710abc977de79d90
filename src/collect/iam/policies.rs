//! What policy documents say, asked of [`crate::policy`] once per document and kept as answers until it is known from which call
//! the document came.

use std::collections::{BTreeSet, HashMap};

use super::facts;
use crate::collect::at::At;
use crate::policy::{Answer, Document, Effect, Outside, PrincipalKind, Principals, ResourceScope, Restricting, Statement, Trusted, Who};

/// An answer, or why there is none.
type Said<T> = Result<T, String>;

/// Reads the documents of one account. Accounts hold the same document many times (trust policies above all), so those seen first
/// are remembered.
pub struct Reader<'a> {
    account: &'a str,
    grants: HashMap<String, Grants>,
    trusts: HashMap<String, Trust>,
}

/// How many documents of each sort are remembered.
const REMEMBERED: usize = 500;

impl<'a> Reader<'a> {
    /// Remembers nothing yet.
    pub fn new(account: &'a str) -> Self {
        Reader { account, grants: HashMap::new(), trusts: HashMap::new() }
    }

    /// What a permissions document grants.
    pub fn grants(&mut self, document: Option<&str>) -> Grants {
        recall(&mut self.grants, document, |document| Grants::read(document, self.account))
    }

    /// What a trust policy says.
    pub fn trust(&mut self, document: Option<&str>) -> Trust {
        recall(&mut self.trusts, document, |document| Trust::read(document, self.account))
    }
}

fn recall<T: Clone>(known: &mut HashMap<String, T>, document: Option<&str>, read: impl FnOnce(Option<&str>) -> T) -> T {
    if let Some(said) = document.and_then(|text| known.get(text)) {
        return said.clone();
    }
    let said = read(document);
    if let Some(text) = document.filter(|_| known.len() < REMEMBERED) {
        known.insert(text.to_owned(), said.clone());
    }
    said
}

/// What a permissions document grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grants {
    full_admin: Said<bool>,
    full_access_services: Said<Vec<String>>,
    execute_api_broad: Said<bool>,
    apigateway_write_all: Said<bool>,
    kms_decrypt_all: Said<bool>,
    kms_re_encrypt_from_all: Said<bool>,
    escalation_combinations: Said<Vec<String>>,
}

impl Grants {
    /// Reads a document of an account.
    fn read(document: Option<&str>, account: &str) -> Self {
        match parse(document) {
            Ok(document) => Grants::of(&document, account),
            Err(why) => Grants::unknown(&why),
        }
    }

    fn of(document: &Document, account: &str) -> Self {
        let grants = document.grants();
        let keys = ResourceScope::keys();
        let held = document.escalations(Some(account)).into_iter().map(|held| (held.name.to_owned(), held.answer));
        Grants {
            full_admin: said(grants.grants_full_admin()),
            full_access_services: names(grants.full_access_services()),
            execute_api_broad: said(grants.broad_execute_api()),
            apigateway_write_all: said(grants.broad_apigateway_write()),
            kms_decrypt_all: said(grants.grants("kms:Decrypt", &keys)),
            kms_re_encrypt_from_all: said(grants.grants("kms:ReEncryptFrom", &keys)),
            escalation_combinations: names(held),
        }
    }

    fn unknown(why: &str) -> Self {
        let why = || why.to_owned();
        Grants {
            full_admin: Err(why()),
            full_access_services: Err(why()),
            execute_api_broad: Err(why()),
            apigateway_write_all: Err(why()),
            kms_decrypt_all: Err(why()),
            kms_re_encrypt_from_all: Err(why()),
            escalation_combinations: Err(why()),
        }
    }

    /// The facts, for a policy named `of`.
    pub fn facts(self, at: At<'_>, of: &str) -> facts::Grants {
        facts::Grants {
            full_admin: at.read(about(of, self.full_admin)),
            full_access_services: at.read(about(of, self.full_access_services)),
            execute_api_broad: at.read(about(of, self.execute_api_broad)),
            apigateway_write_all: at.read(about(of, self.apigateway_write_all)),
            kms_decrypt_all: at.read(about(of, self.kms_decrypt_all)),
            kms_re_encrypt_from_all: at.read(about(of, self.kms_re_encrypt_from_all)),
            escalation_combinations: at.read(about(of, self.escalation_combinations)),
        }
    }
}

/// What a trust policy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    public: Said<bool>,
    external_accounts: Said<Vec<String>>,
    external_accounts_without_external_id: Said<Vec<String>>,
    unrestricted_federated: Said<Vec<String>>,
    services: Said<Vec<String>>,
}

impl Trust {
    /// Reads the trust policy of a role of an account.
    fn read(document: Option<&str>, account: &str) -> Self {
        let document = parse(document);
        let ask = |question: fn(&Document, &str) -> Said<Vec<String>>| match &document {
            Ok(document) => question(document, account),
            Err(why) => Err(why.clone()),
        };
        Trust {
            public: document.as_ref().map_err(Clone::clone).and_then(|document| said(document.public_access(&Restricting::default()))),
            external_accounts: ask(external_accounts),
            external_accounts_without_external_id: ask(|document, own| outsiders(document, own, Document::outside_without_external_id)),
            unrestricted_federated: ask(|document, _| unbound_providers(document)),
            services: ask(|document, _| services(document)),
        }
    }

    /// The facts, for a role named `of`.
    pub fn facts(self, at: At<'_>, of: &str) -> facts::Trust {
        facts::Trust {
            public: at.read(about(of, self.public)),
            external_accounts: at.read(about(of, self.external_accounts)),
            external_accounts_without_external_id: at.read(about(of, self.external_accounts_without_external_id)),
            unrestricted_federated: at.read(about(of, self.unrestricted_federated)),
            services: at.read(about(of, self.services)),
        }
    }
}

fn parse(document: Option<&str>) -> Said<Document> {
    let text = document.ok_or("the answer lacks the policy document")?;
    Document::parse(text).map_err(|error| error.to_string())
}

fn said(answer: Answer) -> Said<bool> {
    match answer {
        Answer::Yes(_) => Ok(true),
        Answer::No => Ok(false),
        Answer::Unknown(why) => Err(why),
    }
}

/// The names answered with yes; a list is whole or not known.
fn names(answers: impl IntoIterator<Item = (String, Answer)>) -> Said<Vec<String>> {
    let mut names = BTreeSet::new();
    for (name, answer) in answers {
        if said(answer)? {
            names.insert(name);
        }
    }
    Ok(names.into_iter().collect())
}

fn about<T>(of: &str, said: Said<T>) -> Said<T> {
    said.map_err(|why| format!("`{of}` cannot be judged: {why}"))
}

/// All accounts from outside. Where everyone is named, they can be listed only if a condition keeps all others out.
pub fn external_accounts(document: &Document, own: &str) -> Said<Vec<String>> {
    let everyone = |who: &Who| matches!(who, Who::Everyone | Who::EveryoneBut { .. });
    if document.admitted().iter().any(|admission| everyone(&admission.who)) {
        outsiders(document, own, Document::outside_without_external_id)?;
    }
    outsiders(document, own, Document::outside_accounts)
}

/// All accounts that a question finds outside. The question names those that are surely let in; asked again with them trusted, it says whether
/// there may be more.
fn outsiders(document: &Document, own: &str, question: fn(&Document, &Trusted) -> Answer<Vec<Outside>>) -> Said<Vec<String>> {
    let mut trusted = Trusted { accounts: vec![own.to_owned()], organizations: Vec::new() };
    let mut found = BTreeSet::new();
    loop {
        let outside = match question(document, &trusted) {
            Answer::No => return Ok(found.into_iter().collect()),
            Answer::Unknown(why) => return Err(why),
            Answer::Yes(outside) => outside,
        };
        for outside in outside {
            let account = outside.who.account().map(str::to_owned);
            let account = account.ok_or_else(|| format!("{} lets in accounts that it does not name", outside.shown))?;
            if !found.insert(account.clone()) {
                return Err(format!("whom {} lets in is not clear", outside.shown));
            }
            trusted.accounts.push(account);
        }
    }
}

/// Federated providers whose tokens are taken without a condition that binds them, each asked for alone.
fn unbound_providers(document: &Document) -> Said<Vec<String>> {
    let mut unbound = BTreeSet::new();
    if let Some(why) = &document.trouble {
        return Err(why.clone());
    }
    for statement in document.statements.iter().filter(|statement| statement.effect != Some(Effect::Deny)) {
        if let Some(why) = &statement.trouble {
            return Err(format!("{} is not understood: {why}", statement.shown));
        }
        let entries = statement.principals.iter().filter(|principals| !principals.negated).flat_map(|principals| &principals.entries);
        for entry in entries.filter(|(kind, _)| *kind == PrincipalKind::Federated) {
            if said(alone(document, statement, entry).unbound_oidc())? {
                unbound.insert(entry.1.clone());
            }
        }
    }
    Ok(unbound.into_iter().collect())
}

/// The document with one principal of one of its statements, and all its denials.
fn alone(document: &Document, statement: &Statement, entry: &(PrincipalKind, String)) -> Document {
    let one = Statement { principals: Some(Principals { negated: false, entries: vec![entry.clone()] }), ..statement.clone() };
    let denials = document.statements.iter().filter(|statement| statement.effect == Some(Effect::Deny)).cloned();
    Document { statements: std::iter::once(one).chain(denials).collect(), ..document.clone() }
}

fn services(document: &Document) -> Said<Vec<String>> {
    let mut services = BTreeSet::new();
    for admission in document.admitted() {
        match admission.who {
            Who::Service { name } => services.extend([name]),
            Who::Unclear { text } => return Err(format!("whom {} lets in is not clear: {text}", admission.shown)),
            _ => {}
        }
    }
    Ok(services.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "111122223333";

    fn trust(statements: &str) -> Trust {
        Trust::read(Some(&format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)), OWN)
    }

    fn allow(principal: &str, more: &str) -> String {
        format!(r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "sts:AssumeRole"{more}}}"#)
    }

    fn ok(list: &[&str]) -> Said<Vec<String>> {
        Ok(list.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn accounts_from_outside_are_named_and_those_without_external_id_again() {
        let external = r#", "Condition": {"StringEquals": {"sts:ExternalId": "secret"}}"#;
        let held = allow(r#"{"AWS": "arn:aws:iam::444455556666:root"}"#, external);
        let free = allow(r#"{"AWS": ["777788889999", "arn:aws:iam::111122223333:user/me"]}"#, "");
        let trust = trust(&[held, free].join(","));
        assert_eq!(trust.external_accounts, ok(&["444455556666", "777788889999"]));
        assert_eq!(trust.external_accounts_without_external_id, ok(&["777788889999"]));
        assert_eq!((trust.public, trust.services), (Ok(false), ok(&[])));
    }

    #[test]
    fn a_statement_that_is_not_clear_leaves_the_list_unknown_beside_one_that_is() {
        let clear = allow(r#"{"AWS": "444455556666"}"#, "");
        let odd = allow(r#"{"AWS": "arn:aws:iam::77778888*:root"}"#, "");
        let trust = trust(&[clear, odd].join(","));
        assert!(trust.external_accounts.is_err() && trust.services.is_err());
    }

    #[test]
    fn a_document_seen_before_is_read_the_same() {
        let mut reader = Reader::new(OWN);
        let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}}"#;
        let (first, second) = (reader.grants(Some(text)), reader.grants(Some(text)));
        assert_eq!((&first, first.kms_decrypt_all.clone()), (&second, Ok(true)));
        assert_eq!(reader.trust(Some(text)), reader.trust(Some(text)));
        assert_ne!(reader.grants(None), first);
    }

    #[test]
    fn everyone_is_public_and_names_no_account() {
        let trust = trust(&allow(r#""*""#, ""));
        assert_eq!(trust.public, Ok(true));
        assert!(trust.external_accounts.is_err() && trust.external_accounts_without_external_id.is_err());
        let bound = |condition: &str| self::trust(&allow(r#""*""#, &format!(r#", "Condition": {{"StringEquals": {{{condition}}}}}"#)));
        let organization = bound(r#""aws:PrincipalOrgID": "o-1234567890""#);
        assert!(organization.external_accounts.is_err(), "accounts of an organization are not named");
        let own = bound(r#""aws:PrincipalAccount": "111122223333""#);
        assert_eq!((own.public, own.external_accounts, own.external_accounts_without_external_id), (Ok(false), ok(&[]), ok(&[])));
    }

    #[test]
    fn services_are_named_and_providers_without_a_bound_subject_too() {
        let federated = |provider: &str, condition: &str| {
            format!(
                r#"{{"Effect": "Allow", "Principal": {{"Federated": "{provider}"}}, "Action": "sts:AssumeRoleWithWebIdentity"{condition}}}"#
            )
        };
        let hub = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
        let bound = r#", "Condition": {"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:o/r:ref:refs/heads/main"}}"#;
        let service = allow(r#"{"Service": ["lambda.amazonaws.com", "ec2.amazonaws.com"]}"#, "");
        let open = trust(&[service.clone(), federated(hub, "")].join(","));
        assert_eq!(open.services, ok(&["ec2.amazonaws.com", "lambda.amazonaws.com"]));
        assert_eq!(open.unrestricted_federated, ok(&[hub]));
        assert_eq!(trust(&[service, federated(hub, bound)].join(",")).unrestricted_federated, ok(&[]));
    }

    #[test]
    fn a_document_that_cannot_be_read_settles_nothing() {
        for document in [None, Some("<html>"), Some("{}")] {
            let (grants, trust) = (Grants::read(document, OWN), Trust::read(document, OWN));
            assert!(grants.full_admin.is_err() && grants.full_access_services.is_err() && grants.kms_decrypt_all.is_err(), "{document:?}");
            assert!(trust.public.is_err() && trust.external_accounts.is_err() && trust.unrestricted_federated.is_err(), "{document:?}");
        }
    }

    #[test]
    fn grants_are_read_from_percent_encoded_documents() {
        let text = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C\
                    %22Resource%22%3A%22%2A%22%7D%7D";
        let grants = Grants::read(Some(text), OWN);
        assert_eq!((grants.full_admin, grants.kms_decrypt_all, grants.execute_api_broad), (Ok(true), Ok(true), Ok(true)));
        let narrow =
            r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}"#;
        let grants = Grants::read(Some(narrow), OWN);
        assert_eq!((grants.full_admin, grants.full_access_services, grants.escalation_combinations), (Ok(false), ok(&[]), ok(&[])));
    }
}
