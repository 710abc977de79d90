//! Whether a condition keeps a stranger out.
//!
//! The stranger is anybody on the internet: with no credentials or with those of an AWS account of his own, from any
//! public address or through a VPC endpoint of his own, with resources in his own account named as he likes. He is in
//! none of our organizations, accounts, VPCs or networks, and he chooses what he sends.
//!
//! Decisions that are not obvious:
//! - Referer, user agent, TLS, MFA, dates asked for, tags of principals and session names are his to choose: they
//!   restrict nobody. So is `sts:ExternalId`: AWS does not treat it as a secret, it protects against confusion between
//!   customers of one vendor, not a role that trusts `*`.
//! - `aws:VpcSourceIp` alone leaves in other people's VPCs with the same addresses (AWS says to use it only beside
//!   `aws:SourceVpc` or `aws:SourceVpce`): unclear.
//! - `…IfExists` and `ForAllValues:` hold where the key is absent, and the stranger can leave out VPC, organization and
//!   source keys. Whether he can leave out `aws:SourceIp` or the principal's account depends on the service: unclear.
//! - `StringEquals` knows no wildcards: `*` there is a character that no key bears.

use super::condition::{Condition, Quantifier, Test};
use super::grid::Match;
use super::net;
use super::pattern::Language;

/// The global condition keys that are taken for a restriction unless the caller says otherwise.
pub const RESTRICTING_KEYS: [&str; 11] = [
    "aws:SourceIp",
    "aws:VpcSourceIp",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
];

/// Which global condition keys count as a restriction.
#[derive(Debug, Clone)]
pub struct Restricting(Vec<String>);

impl Default for Restricting {
    fn default() -> Self {
        Restricting::keys(&RESTRICTING_KEYS)
    }
}

impl Restricting {
    /// Accepts exactly these of [`RESTRICTING_KEYS`]; keys outside that list are judged by what is known of them.
    pub fn keys<T: AsRef<str>>(keys: &[T]) -> Restricting {
        Restricting(keys.iter().map(|key| key.as_ref().to_lowercase()).collect())
    }

    fn refuses(&self, key: &str) -> bool {
        let optional = RESTRICTING_KEYS.iter().any(|known| known.eq_ignore_ascii_case(key));
        optional && !self.0.iter().any(|accepted| accepted == key)
    }
}

/// What a key says of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    SourceIp,
    VpcIp,
    /// A VPC or VPC endpoint id.
    Network,
    Organization,
    OrganizationPath,
    Account,
    Arn,
    UserId,
    /// Chosen by the caller, or no property of the caller.
    Free,
    Tls,
    /// Whether an AWS service is the caller or stands between.
    ViaService,
    Unknown,
}

/// Sorts a condition key (in lower case).
pub(super) fn family(key: &str) -> Family {
    match key {
        "aws:sourceip" => Family::SourceIp,
        "aws:vpcsourceip" => Family::VpcIp,
        "aws:sourcevpc" | "aws:sourcevpce" => Family::Network,
        "aws:principalorgid" | "aws:sourceorgid" => Family::Organization,
        "aws:principalorgpaths" | "aws:sourceorgpaths" => Family::OrganizationPath,
        "aws:principalaccount" | "aws:sourceaccount" | "aws:sourceowner" | "kms:calleraccount" | "s3:dataaccesspointaccount" => {
            Family::Account
        }
        "aws:principalarn" | "aws:sourcearn" | "s3:dataaccesspointarn" => Family::Arn,
        "aws:userid" => Family::UserId,
        "aws:securetransport" => Family::Tls,
        "aws:viaawsservice" | "aws:principalisawsservice" => Family::ViaService,
        _ if is_free(key) => Family::Free,
        _ => Family::Unknown,
    }
}

fn is_free(key: &str) -> bool {
    const PREFIXES: [&str; 7] = [
        "aws:principaltag/",
        "aws:requesttag/",
        "aws:resourcetag/",
        "s3:existingobjecttag/",
        "s3:requestobjecttag/",
        "kms:encryptioncontext:",
        "sts:requestcontext/",
    ];
    const KEYS: [&str; 31] = [
        "aws:useragent",
        "aws:referer",
        "aws:username",
        "aws:multifactorauthpresent",
        "aws:multifactorauthage",
        "aws:tokenissuetime",
        "aws:principaltype",
        "aws:requestedregion",
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:resourceorgpaths",
        "aws:sourceidentity",
        "aws:calledvia",
        "aws:calledviafirst",
        "aws:calledvialast",
        "aws:tagkeys",
        "sts:externalid",
        "sts:rolesessionname",
        "sts:sourceidentity",
        "sts:transitivetagkeys",
        "s3:prefix",
        "s3:delimiter",
        "s3:max-keys",
        "s3:x-amz-acl",
        "s3:authtype",
        "s3:signatureversion",
        "s3:tlsversion",
        "s3:resourceaccount",
        "sns:protocol",
        "lambda:functionurlauthtype",
        "lambda:invokedviafunctionurl",
    ];
    PREFIXES.iter().any(|prefix| key.starts_with(prefix)) || KEYS.contains(&key)
}

/// How surely the stranger can make the condition of an `Allow` hold.
pub(super) fn can_satisfy(condition: &Condition, restricting: &Restricting) -> Match {
    let (family, operator) = (family(&condition.key), condition.operator);
    if operator.test == Test::Unknown || condition.values.is_empty() || family == Family::Unknown {
        return Match::Maybe;
    }
    if restricting.refuses(&condition.key) || family == Family::Free {
        return Match::Sure;
    }
    if matches!(family, Family::Tls | Family::ViaService) {
        return can_satisfy_flag(condition);
    }
    if operator.test == Test::Null {
        return can_satisfy_null(condition, family);
    }
    let presented = can_present(condition, family);
    let absent = can_omit(condition, family);
    if operator.negated {
        // Somebody else than the named ones: the stranger, unless the values name everybody.
        let avoidable = if names_everybody(condition) { Match::Maybe } else { Match::Sure };
        return if operator.quantifier == Quantifier::Any { avoidable } else { avoidable.max(absent) };
    }
    if operator.holds_when_absent() { presented.max(absent) } else { presented }
}

/// How surely the stranger is hit by the condition of a `Deny`, whatever he does.
pub(super) fn cannot_avoid(condition: &Condition, restricting: &Restricting) -> Match {
    let (family, operator) = (family(&condition.key), condition.operator);
    if operator.test == Test::Unknown || condition.values.is_empty() || family == Family::Unknown {
        return Match::Maybe;
    }
    if restricting.refuses(&condition.key) || family == Family::Free {
        return Match::No;
    }
    match (family, operator.test) {
        (Family::Tls, Test::Bool) => return Match::No,
        (Family::ViaService, Test::Bool) => {
            return if condition.values.iter().any(|value| value.eq_ignore_ascii_case("false")) { Match::Maybe } else { Match::No };
        }
        (Family::Tls | Family::ViaService, _) | (_, Test::Null) => return Match::Maybe,
        _ => {}
    }
    if !operator.negated {
        return if names_everybody(condition) { Match::Maybe } else { Match::No };
    }
    if operator.quantifier == Quantifier::Any && !operator.if_exists {
        // `ForAnyValue:` is false where the key is absent, and he can leave it out.
        return Match::No;
    }
    match can_present(condition, family) {
        Match::No => Match::Sure,
        Match::Maybe => Match::Maybe,
        Match::Sure => Match::No,
    }
}

fn can_satisfy_flag(condition: &Condition) -> Match {
    let wants = |word: &str| condition.values.iter().any(|value| value.eq_ignore_ascii_case(word));
    match (condition.operator.test, condition.key.as_str()) {
        (Test::Bool, "aws:principalisawsservice") if !wants("false") => Match::Maybe,
        (Test::Bool, _) if wants("true") || wants("false") => Match::Sure,
        _ => Match::Maybe,
    }
}

fn can_satisfy_null(condition: &Condition, family: Family) -> Match {
    let absent = condition.values.iter().any(|value| value.eq_ignore_ascii_case("true"));
    let present = condition.values.iter().any(|value| value.eq_ignore_ascii_case("false"));
    let source = condition.key.starts_with("aws:source");
    match family {
        Family::Network | Family::Organization | Family::OrganizationPath | Family::VpcIp if absent || present => Match::Sure,
        Family::SourceIp | Family::UserId | Family::Account | Family::Arn if present && !source => Match::Sure,
        Family::SourceIp if present => Match::Sure,
        Family::Account | Family::Arn if absent && source => Match::Sure,
        _ => Match::Maybe,
    }
}

/// How surely the stranger can send a request without the key.
fn can_omit(condition: &Condition, family: Family) -> Match {
    match family {
        Family::Network | Family::VpcIp | Family::Organization | Family::OrganizationPath => Match::Sure,
        Family::Account | Family::Arn if !condition.key.starts_with("aws:principal") => Match::Sure,
        _ => Match::Maybe,
    }
}

/// How surely the stranger can bear a value that one of the condition's values matches.
fn can_present(condition: &Condition, family: Family) -> Match {
    let test = condition.operator.test;
    let fits = match family {
        Family::SourceIp | Family::VpcIp => test == Test::Ip,
        Family::Arn => matches!(test, Test::Equals | Test::Like | Test::Arn),
        _ => matches!(test, Test::Equals | Test::Like),
    };
    if !fits {
        return Match::Maybe;
    }
    match family {
        Family::SourceIp => net::admits_internet(&condition.values),
        Family::VpcIp => net::admits_internet(&condition.values).max(Match::Maybe),
        _ => condition.values.iter().map(|value| presents(test, family, value)).max().unwrap_or(Match::Maybe),
    }
}

fn presents(test: Test, family: Family, value: &str) -> Match {
    if value.contains("${") {
        return Match::Maybe;
    }
    let fixed = test == Test::Equals || !value.contains(['*', '?']);
    if fixed && family != Family::Arn {
        return Match::No;
    }
    match family {
        Family::Arn => presents_arn(test, value),
        Family::OrganizationPath => presents_organization(value.split('/').next().unwrap_or_default()),
        Family::Organization => presents_organization(value),
        Family::UserId => presents_user_id(value),
        Family::Network => wild_after(value, &["", "vpc-", "vpce-"]),
        _ => wild_after(value, &[""]),
    }
}

/// `Sure` where the pattern is one of the prefixes followed by wildcards only.
fn wild_after(value: &str, prefixes: &[&str]) -> Match {
    let wild = |rest: &str| rest.contains('*') && rest.chars().all(|c| matches!(c, '*' | '?'));
    match prefixes.iter().any(|prefix| value.strip_prefix(prefix).is_some_and(wild)) {
        true => Match::Sure,
        false => Match::Maybe,
    }
}

fn presents_organization(value: &str) -> Match {
    match value.contains(['*', '?']) {
        false => Match::No,
        true => wild_after(value, &["", "o-"]),
    }
}

fn presents_user_id(value: &str) -> Match {
    // `AROA…:session` and `AIDA…` are ids that AWS hands out; nobody can ask for one.
    let id: String = value.split(':').next().unwrap_or_default().to_owned();
    match id.len() >= 16 && id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        true => Match::No,
        false => Match::Sure,
    }
}

fn presents_arn(test: Test, value: &str) -> Match {
    let parts: Vec<&str> = value.splitn(6, ':').collect();
    let wild = |text: &str| test != Test::Equals && text.contains(['*', '?']);
    let [_, _, service, _, account, resource] = parts[..] else {
        // No ARN: `*` and the like match any, a fixed text matches none.
        return if wild(value) { wild_after(value, &["", "arn:", "arn:aws:", "arn:*:"]).max(Match::Maybe) } else { Match::No };
    };
    if wild(account) {
        // The stranger's own account; his resources bear the names he likes, but not ids that AWS hands out.
        let stars = account.contains('*') && account.bytes().all(|b| b == b'*');
        let chosen =
            matches!(service, "iam" | "sts" | "sns" | "sqs" | "lambda" | "events" | "*") || wild_after(resource, &[""]) == Match::Sure;
        return if stars && chosen { Match::Sure } else { Match::Maybe };
    }
    match (account, service) {
        ("", "s3") if !wild(resource) => Match::No,
        ("", "s3") => wild_after(resource, &[""]),
        ("", _) if wild(resource) || wild(service) => Match::Maybe,
        ("aws" | "cloudfront", _) => Match::Maybe,
        _ if wild(service) && account.is_empty() => Match::Maybe,
        _ => Match::No,
    }
}

/// Tells whether the values hold every value the key can have.
fn names_everybody(condition: &Condition) -> bool {
    match condition.operator.test {
        Test::Like | Test::Arn => {
            condition.values.iter().any(|value| value.contains("${") || Language::wildcard(value).matches("\u{e000}"))
                || condition
                    .values
                    .iter()
                    .any(|value| value.contains('*') && wild_after(value, &["o-", "vpce-", "vpc-", "arn:"]) == Match::Sure)
        }
        Test::Ip => net::covers_internet(&condition.values) || net::admits_internet(&condition.values) != Match::No,
        Test::Equals => condition.values.iter().any(|value| value.contains("${")),
        _ => true,
    }
}
