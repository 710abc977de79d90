//! The sets of resources that questions are asked about: all, all of a service, all keys, all roles.
//!
//! An account lies in one partition, so "all" is asked for the partitions that the document names (`aws` where it names
//! none); where the answers differ, the answer is not known. Actions that know no resources at all need the bare `*`; a pattern like `arn:aws:*:*:*:*` still counts as all resources, since it
//! leaves out nothing that has a name.

use super::pattern::Language;

/// A set of resources.
#[derive(Debug, Clone)]
pub struct ResourceScope {
    name: String,
    /// Reaching all of one of these is reaching everything.
    wide: Vec<String>,
    /// Reaching all of one of these is reaching a whole kind, which people must weigh.
    lax: Vec<String>,
}

impl ResourceScope {
    /// Every resource of every service.
    pub fn all() -> ResourceScope {
        ResourceScope::of("all resources", &["{service}:{field}:{field}:{some}"], &[])
    }

    /// Every resource of one service, by its action prefix (`kms`, `execute-api`).
    pub fn service(name: &str) -> ResourceScope {
        let name = name.to_lowercase().replace(['{', '}'], "");
        let (wide, lax): (&[&str], &[&str]) = match name.as_str() {
            "kms" => return ResourceScope::keys(),
            "s3" => (&["::{some}"], &["::{id}/{some}"]),
            "execute-api" => (&["{region}:{account}:{id}/{some}"], &[]),
            "apigateway" => (&["{region}::/{some}"], &["{region}::/restapis/{some}", "{region}::/apis/{some}"]),
            "iam" | "sts" | "organizations" | "cloudfront" | "shield" | "account" | "globalaccelerator" | "budgets" => {
                (&[":{account}:{some}"], &[])
            }
            "route53" => (&["::{some}"], &[]),
            _ => (&["{region}:{account}:{some}"], &[":{account}:{some}", "::{some}", "{region}::{some}"]),
        };
        let scope = ResourceScope::of(&format!("all resources of `{name}`"), wide, lax);
        scope.map(|rest| format!("{name}:{rest}"))
    }

    /// Every KMS key.
    pub fn keys() -> ResourceScope {
        ResourceScope::of("every KMS key", &["kms:{region}:{account}:key/{key}"], &[])
    }

    /// Every resource of the type that an IAM action works on; for other services, every resource of the service.
    pub fn of_action(action: &str) -> ResourceScope {
        let lower = action.to_lowercase();
        let (service, verb) = lower.split_once(':').unwrap_or((lower.as_str(), ""));
        let kind = match service {
            "iam" => iam_kind(verb),
            "sts" if verb.starts_with("assumerole") => Some("role"),
            _ => None,
        };
        let Some(kind) = kind else {
            return ResourceScope::service(service);
        };
        ResourceScope::of(&format!("every IAM {kind}"), &["iam::{account}:"], &[]).map(|rest| format!("{rest}{kind}/{{some}}"))
    }

    /// Narrows the scope to one account, so that a pattern naming this account covers it.
    pub fn in_account(self, account: &str) -> ResourceScope {
        match account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()) {
            true => self.map(|template| template.replace("{account}", account)),
            false => self,
        }
    }

    fn of(name: &str, wide: &[&str], lax: &[&str]) -> ResourceScope {
        let owned = |templates: &[&str]| templates.iter().map(|&template| template.to_owned()).collect();
        ResourceScope { name: name.to_owned(), wide: owned(wide), lax: owned(lax) }
    }

    fn map(mut self, change: impl Fn(&str) -> String) -> ResourceScope {
        for template in self.wide.iter_mut().chain(&mut self.lax) {
            *template = change(template);
        }
        self
    }

    pub(super) fn wide(&self, partition: &str) -> Vec<Language> {
        languages(&self.wide, partition)
    }

    pub(super) fn lax(&self, partition: &str) -> Vec<Language> {
        languages(&self.lax, partition)
    }

    /// The clause that an `Unknown` ends with.
    pub(super) fn question(&self) -> String {
        format!("whether that is {} is not known from the document", self.name)
    }
}

fn languages(templates: &[String], partition: &str) -> Vec<Language> {
    templates.iter().map(|rest| Language::template(&format!("arn:{partition}:{rest}"))).collect()
}

/// The type of IAM resource that an action in lower case works on.
fn iam_kind(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "createpolicyversion" | "setdefaultpolicyversion" | "createpolicy" => "policy",
        "addusertogroup" | "attachgrouppolicy" | "putgrouppolicy" => "group",
        "createaccesskey"
        | "createloginprofile"
        | "updateloginprofile"
        | "attachuserpolicy"
        | "putuserpolicy"
        | "deleteuserpermissionsboundary"
        | "putuserpermissionsboundary"
        | "deactivatemfadevice" => "user",
        "passrole"
        | "attachrolepolicy"
        | "putrolepolicy"
        | "updateassumerolepolicy"
        | "createrole"
        | "deleterolepermissionsboundary"
        | "putrolepermissionsboundary" => "role",
        _ => return None,
    })
}
