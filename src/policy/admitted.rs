//! Whom a resource or role trust policy lets in, by name: one line per `Allow` statement and principal.
//!
//! The list is what the policy says, before denials; the questions in `trust.rs` weigh conditions and denials.

use serde::Serialize;

use super::answer::Shown;
use super::condition::{Condition, Quantifier, Test};
use super::document::{Document, Effect, PrincipalKind, Principals, Statement};

/// A principal that a statement lets in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Who {
    /// Everybody, known to AWS or not.
    Everyone,
    /// Everybody but those named (`NotPrincipal` with `Allow`).
    EveryoneBut {
        /// The principals left out, as written.
        names: Vec<String>,
    },
    /// Whoever the account's own policies let act.
    Account {
        /// Twelve digits.
        account: String,
    },
    /// A user, role or session of an account.
    Principal {
        /// Twelve digits.
        account: String,
        /// As written.
        arn: String,
    },
    /// An AWS service.
    Service {
        /// `lambda.amazonaws.com`.
        name: String,
    },
    /// An identity provider: its ARN, or the host of one AWS knows.
    Federated {
        /// As written.
        provider: String,
    },
    /// An S3 canonical user; the account behind it is not told.
    CanonicalUser {
        /// As written.
        id: String,
    },
    /// A user or role that no longer exists; AWS shows its unique id. Nobody can act as it.
    Deleted {
        /// `AIDA…`, `AROA…`.
        id: String,
    },
    /// Something AWS documents no meaning for.
    Unclear {
        /// As written, or why.
        text: String,
    },
}

/// One principal of one `Allow` statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Admission {
    /// The statement.
    pub shown: Shown,
    /// Who is let in.
    pub who: Who,
    /// The statement's conditions as written.
    pub conditions: Vec<String>,
    /// Whether a fixed `sts:ExternalId` is demanded; `None` where that is not clear.
    pub external_id: Option<bool>,
}

impl Who {
    /// Returns the account of an account, user or role.
    pub fn account(&self) -> Option<&str> {
        match self {
            Who::Account { account } | Who::Principal { account, .. } => Some(account),
            _ => None,
        }
    }
}

impl Document {
    /// Lists everyone whom an `Allow` statement names; a statement that is not understood gives one `Unclear` line.
    pub fn admitted(&self) -> Vec<Admission> {
        let mut lines = Vec::new();
        for statement in self.statements.iter().filter(|statement| statement.effect != Some(Effect::Deny)) {
            lines.extend(people(statement).into_iter().map(|who| Admission {
                shown: statement.shown.clone(),
                who,
                conditions: statement.conditions.iter().map(|condition| condition.written.clone()).collect(),
                external_id: demands_external_id(&statement.conditions),
            }));
        }
        if let Some(why) = &self.trouble {
            let shown = Shown { statement: self.statements.len(), sid: None };
            let who = Who::Unclear { text: why.clone() };
            lines.push(Admission { shown, who, conditions: Vec::new(), external_id: None });
        }
        lines
    }
}

pub(super) fn people(statement: &Statement) -> Vec<Who> {
    if let Some(why) = &statement.trouble {
        return vec![Who::Unclear { text: why.clone() }];
    }
    match &statement.principals {
        None => vec![Who::Unclear { text: "the statement names no principal".to_owned() }],
        Some(Principals { negated: true, entries }) => {
            vec![Who::EveryoneBut { names: entries.iter().map(|(_, id)| id.clone()).collect() }]
        }
        Some(principals) => principals.entries.iter().map(|(kind, id)| person(*kind, id)).collect(),
    }
}

fn person(kind: PrincipalKind, id: &str) -> Who {
    let text = id.to_owned();
    match kind {
        PrincipalKind::Anyone => Who::Everyone,
        PrincipalKind::Aws if id == "*" => Who::Everyone,
        PrincipalKind::Federated if id == "*" => Who::Everyone,
        _ if id.is_empty() || id.contains(['*', '?', '$']) => Who::Unclear { text },
        PrincipalKind::Aws => aws_principal(id),
        PrincipalKind::Service => Who::Service { name: text },
        PrincipalKind::Federated => Who::Federated { provider: text },
        PrincipalKind::CanonicalUser => Who::CanonicalUser { id: text },
    }
}

fn aws_principal(id: &str) -> Who {
    if is_account(id) {
        return Who::Account { account: id.to_owned() };
    }
    let parts: Vec<&str> = id.splitn(6, ':').collect();
    match parts[..] {
        ["arn", _, "iam", "", account, "root"] if is_account(account) => Who::Account { account: account.to_owned() },
        ["arn", _, "iam" | "sts", "", account, rest] if is_account(account) && !rest.is_empty() => {
            Who::Principal { account: account.to_owned(), arn: id.to_owned() }
        }
        [_] if is_unique_id(id) => Who::Deleted { id: id.to_owned() },
        _ => Who::Unclear { text: id.to_owned() },
    }
}

/// Tells whether the text is an account id.
pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_unique_id(text: &str) -> bool {
    let known = ["AIDA", "AROA", "AGPA", "AIPA", "ANPA"].iter().any(|prefix| text.starts_with(prefix));
    known && text.len() >= 16 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Tells whether the conditions let in only requests with an external id fixed in the policy.
pub(super) fn demands_external_id(conditions: &[Condition]) -> Option<bool> {
    let about = conditions.iter().filter(|condition| condition.key == "sts:externalid");
    let answers: Vec<Option<bool>> = about.map(demands_fixed_value).collect();
    match () {
        _ if answers.contains(&Some(true)) => Some(true),
        _ if answers.contains(&None) => None,
        _ => Some(false),
    }
}

fn demands_fixed_value(condition: &Condition) -> Option<bool> {
    let operator = condition.operator;
    if operator.negated || operator.if_exists || operator.quantifier == Quantifier::All || operator.test == Test::Null {
        return Some(false);
    }
    let fixed = |value: &String| !value.is_empty() && !value.contains("${");
    let wild = |value: &String| operator.test == Test::Like && value.contains(['*', '?']);
    let stars = |value: &String| operator.test == Test::Like && value.chars().all(|c| matches!(c, '*' | '?'));
    match operator.test {
        Test::Equals | Test::Like if condition.values.iter().any(stars) => Some(false),
        Test::Equals | Test::Like if condition.values.iter().any(wild) || condition.values.is_empty() => None,
        Test::Equals | Test::Like if condition.values.iter().all(fixed) => Some(true),
        _ => None,
    }
}
