//! What an identity policy (managed or inline) grants.
//!
//! Every question is asked of the whole document at once: statements that only together grant something count together,
//! and a `Deny` counts against what it reaches. A grant under a condition is `Unknown`, unless the condition holds
//! whenever the caller likes; a condition that names resources by their tags narrows the grant to those resources.
//!
//! Other documents (permissions boundaries, service control policies, further policies of the same principal) are not
//! this module's business: it says what this document grants.

use std::cell::OnceCell;

use super::answer::{Answer, Shown, all, any, merged};
use super::condition::{Condition, Quantifier, Test};
use super::document::{Document, Effect, Statement};
use super::grid::{Budget, Extent, Match, Piece, none_matched, some_unmatched, survey};
use super::net;
use super::pattern::Language;
use super::scope::ResourceScope;

/// IAM actions that hand out or take over permissions; whoever holds one on every resource is not kept out of IAM.
const IAM_POWERS: [&str; 18] = [
    "AddUserToGroup",
    "AttachGroupPolicy",
    "AttachRolePolicy",
    "AttachUserPolicy",
    "CreateAccessKey",
    "CreateLoginProfile",
    "CreatePolicyVersion",
    "DeleteRolePermissionsBoundary",
    "DeleteUserPermissionsBoundary",
    "PassRole",
    "PutGroupPolicy",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    "PutUserPermissionsBoundary",
    "PutUserPolicy",
    "SetDefaultPolicyVersion",
    "UpdateAssumeRolePolicy",
    "UpdateLoginProfile",
];

/// What a document grants, prepared for many questions.
#[derive(Debug)]
pub struct Grants<'a> {
    document: &'a Document,
    rows: Vec<Row<'a>>,
}

/// A statement as far as identity questions go.
#[derive(Debug)]
struct Row<'a> {
    statement: Option<&'a Statement>,
    allow: Match,
    deny: Match,
    /// Limited to tagged or named resources by its conditions.
    narrowed: bool,
    actions: Extent,
    resources: Resources,
}

/// The resources of a statement in each way of reading them, read when first asked for: a document is asked hundreds of questions.
#[derive(Debug, Default)]
struct Resources {
    as_written: OnceCell<Extent>,
    widened: OnceCell<Extent>,
    sure: OnceCell<Extent>,
}

/// Which services a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whom {
    /// Those in the question.
    Named,
    /// All that no statement names.
    Unnamed,
}

/// What one kind of point comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    Allowed,
    Refused,
    Unclear,
}

impl Document {
    /// Prepares the document for questions about what it grants.
    pub fn grants(&self) -> Grants<'_> {
        let mut rows: Vec<_> = self.statements.iter().map(row).collect();
        if self.trouble.is_some() {
            let actions = Extent::unclear();
            let (allow, deny, resources) = (Match::Maybe, Match::Maybe, Resources::default());
            rows.push(Row { statement: None, allow, deny, narrowed: false, actions, resources });
        }
        Grants { document: self, rows }
    }
}

fn row(statement: &Statement) -> Row<'_> {
    // AWS refuses identity policies that name a principal, or no resource; what such a one would do is not known.
    let strange = statement.trouble.is_some() || statement.principals.is_some() || statement.resources.is_none();
    let (mut strength, mut narrowed) = (if strange { Match::Maybe } else { Match::Sure }, false);
    for condition in &statement.conditions {
        match sway(condition) {
            Sway::Always => {}
            Sway::Depends => strength = Match::Maybe,
            Sway::Narrows => narrowed = true,
        }
    }
    if narrowed && statement.effect == Some(Effect::Deny) {
        (strength, narrowed) = (Match::Maybe, false);
    }
    let (allow, deny) = match statement.effect {
        Some(Effect::Allow) => (strength, Match::No),
        Some(Effect::Deny) => (Match::No, strength),
        None => (Match::Maybe, Match::Maybe),
    };
    let actions = match &statement.actions {
        Some(listing) if statement.trouble.is_none() => Extent::actions(listing),
        _ => Extent::unclear(),
    };
    Row { statement: Some(statement), allow, deny, narrowed: narrowed && !strange, actions, resources: Resources::default() }
}

/// What a condition does to a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sway {
    /// Holds whenever the caller likes.
    Always,
    /// Holds only for some resources.
    Narrows,
    /// Depends on the request.
    Depends,
}

fn sway(condition: &Condition) -> Sway {
    let operator = condition.operator;
    if operator.quantifier != Quantifier::Plain || operator.negated || condition.values.is_empty() {
        return Sway::Depends;
    }
    let key = condition.key.as_str();
    let any_star = condition.values.iter().any(|value| value.chars().all(|c| c == '*') && !value.is_empty());
    match operator.test {
        Test::Bool if key == "aws:securetransport" && condition.values.iter().any(|v| v.eq_ignore_ascii_case("true")) => Sway::Always,
        Test::Like if any_star && always_present(key) => Sway::Always,
        Test::Arn if any_star && key == "aws:principalarn" => Sway::Always,
        Test::Like | Test::Equals if key == "aws:useragent" || key == "aws:referer" => Sway::Always,
        Test::Ip if key == "aws:sourceip" && net::covers_internet(&condition.values) => Sway::Always,
        Test::Like if any_star => Sway::Depends,
        Test::Like | Test::Equals if names_resources(key) && !operator.if_exists => Sway::Narrows,
        _ => Sway::Depends,
    }
}

/// Keys every signed request bears.
fn always_present(key: &str) -> bool {
    matches!(key, "aws:principalarn" | "aws:principalaccount" | "aws:userid" | "aws:useragent" | "aws:requestedregion")
}

/// Keys that describe the resource asked for.
fn names_resources(key: &str) -> bool {
    key.contains(":resourcetag/") || matches!(key, "kms:resourcealiases" | "kms:requestalias")
}

/// How resources of statements are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Does it reach all of them?
    Covers,
    /// Does it reach all of them if all lie in the named Region and account?
    Widened,
    /// Does it reach one of them?
    Reaches,
}

/// An action that no service has.
const UNHEARD_OF: &str = "ActionThatNoServiceHas";

impl Grants<'_> {
    /// Tells whether the action (may contain `*`) is allowed on every resource of the scope.
    ///
    /// `Unknown` also where only the Region or account in the resource pattern stands in the way.
    pub fn grants(&self, action: &str, scope: &ResourceScope) -> Answer {
        self.covers(&action_language(action), scope, Whom::Named)
    }

    /// Tells whether the action is allowed on at least one resource of the scope.
    pub fn reaches(&self, action: &str, scope: &ResourceScope) -> Answer {
        let language = action_language(action);
        if self.names_none_of(&language) {
            return Answer::No;
        }
        let mut targets = Vec::new();
        for partition in self.partitions() {
            targets.extend(scope.wide(partition).into_iter().chain(scope.lax(partition)));
        }
        any(targets.iter().map(|target| match self.points(&language, target, Mode::Reaches, Whom::Named) {
            None => too_large(),
            Some(points) if points.iter().any(|(point, _)| *point == Point::Allowed) => Answer::Yes(self.cite(&points, Point::Allowed)),
            Some(points) if points.iter().any(|(point, _)| *point == Point::Unclear) => Answer::Unknown(self.explain(&points)),
            Some(_) => Answer::No,
        }))
    }

    /// Tells whether each of the actions is allowed on every resource of its kind.
    pub fn allows_combination(&self, actions: &[&str]) -> Answer {
        all(actions.iter().map(|action| self.grants(action, &ResourceScope::of_action(action))))
    }

    /// Tells whether the document grants full administration.
    ///
    /// `Yes`: every action of every service on every resource, or everything but named carve-outs that leave all of IAM
    /// (with which the carve-outs can be undone). `No`: some unnamed service is not granted, or none of IAM's
    /// permission-changing actions is (`NotAction: iam:*`, as in PowerUserAccess, is "all but IAM", and IAM alone is
    /// not full administration: it is found as an escalation). In between, `Unknown`.
    pub fn grants_full_admin(&self) -> Answer {
        let others = self.grants_unnamed_services();
        if others.is_no() {
            return Answer::No;
        }
        let iam = ResourceScope::service("iam");
        let whole = self.grants("iam:*", &iam);
        if let (Answer::Yes(a), Answer::Yes(b)) = (&others, &whole) {
            return Answer::Yes(merged(a.iter().chain(b)));
        }
        let powers = IAM_POWERS.iter().map(|power| self.reaches(&format!("iam:{power}"), &iam));
        if whole.is_no() && powers.into_iter().all(|answer| answer.is_no()) {
            return Answer::No;
        }
        match others.reason().or(whole.reason()) {
            Some(why) => Answer::Unknown(why.to_owned()),
            None => Answer::Unknown(
                "everything but a part of IAM is allowed; whether the rest of IAM gives it back is not decided here".to_owned(),
            ),
        }
    }

    /// Lists the services of which every action is allowed on every resource, with the answer for each service that an
    /// `Allow` names; the service `*` stands for all that are not named. Services answered `No` are left out.
    pub fn full_access_services(&self) -> Vec<(String, Answer)> {
        let others = self.grants_unnamed_services();
        let mut services = vec![("*".to_owned(), others)];
        for name in self.named_services() {
            let scope = ResourceScope::service(&name);
            // Who may not do what no service knows may not do everything. This answers at once for almost all services of
            // long policies that list actions, of which the whole comparison would be far too large.
            if self.grants(&format!("{name}:{UNHEARD_OF}"), &scope).is_no() {
                continue;
            }
            let answer = self.grants(&format!("{name}:*"), &scope);
            services.push((name, answer));
        }
        services.retain(|(_, answer)| !answer.is_no());
        services
    }

    /// Tells whether callers may invoke every API of API Gateway.
    pub fn broad_execute_api(&self) -> Answer {
        self.grants("execute-api:Invoke", &ResourceScope::service("execute-api"))
    }

    /// Tells whether the document allows to change every API Gateway resource, by any of the writing verbs.
    pub fn broad_apigateway_write(&self) -> Answer {
        let scope = ResourceScope::service("apigateway");
        any(["POST", "PUT", "PATCH", "DELETE"].iter().map(|verb| self.grants(&format!("apigateway:{verb}"), &scope)))
    }

    /// Tells whether any of the actions is allowed on every resource of the scope.
    pub fn grants_any(&self, actions: &[&str], scope: &ResourceScope) -> Answer {
        any(actions.iter().map(|action| self.grants(action, scope)))
    }

    fn covers(&self, actions: &Language, scope: &ResourceScope, whom: Whom) -> Answer {
        if self.leaves_out(actions, whom) {
            return Answer::No;
        }
        let partitions = self.partitions();
        let answers: Vec<_> = partitions.iter().map(|partition| self.covers_in(partition, actions, scope, whom)).collect();
        let differ = answers.iter().any(|answer| answer.word() != answers[0].word());
        match differ && answers.iter().all(|answer| !answer.is_unknown()) {
            true => Answer::Unknown(format!("it differs between the partitions {}", partitions.join(", "))),
            false => answers.into_iter().max_by_key(Answer::is_unknown).unwrap_or(Answer::No),
        }
    }

    /// Tells whether one of the actions is allowed by no statement on any resource: then resources need no look, which is the
    /// usual case for documents that name many services.
    fn leaves_out(&self, actions: &Language, whom: Whom) -> bool {
        let allows = self.rows.iter().filter(|row| row.allow != Match::No && !row.narrowed).map(|row| row.actions.clone());
        let extents: Vec<Extent> = match whom {
            Whom::Named => allows.collect(),
            Whom::Unnamed => allows.map(Extent::for_unnamed_service).collect(),
        };
        some_unmatched(actions, &extents, &mut Budget::default())
    }

    /// Tells whether no statement allows any of the actions, on whatever resource: the usual case of a question about one action.
    fn names_none_of(&self, actions: &Language) -> bool {
        let allows = self.rows.iter().filter(|row| row.allow != Match::No).map(|row| row.actions.clone());
        none_matched(actions, &allows.collect::<Vec<_>>(), &mut Budget::default())
    }

    fn covers_in(&self, partition: &str, actions: &Language, scope: &ResourceScope, whom: Whom) -> Answer {
        let (wide, lax) = (scope.wide(partition), scope.lax(partition));
        let whole = any(wide.iter().map(|target| self.cover(actions, target, Mode::Covers, whom)));
        if !whole.is_no() {
            return whole;
        }
        let widened = wide.iter().map(|target| self.cover(actions, target, Mode::Widened, whom));
        let kinds = lax.iter().map(|target| self.cover(actions, target, Mode::Covers, whom));
        match widened.chain(kinds).find(|answer| !answer.is_no()) {
            Some(Answer::Unknown(why)) => Answer::Unknown(why),
            Some(_) => Answer::Unknown(format!("allowed on everything of one Region, account or kind; {}", scope.question())),
            None => Answer::No,
        }
    }

    fn cover(&self, actions: &Language, target: &Language, mode: Mode, whom: Whom) -> Answer {
        let Some(points) = self.points(actions, target, mode, whom) else {
            return too_large();
        };
        if points.is_empty() || points.iter().any(|(point, _)| *point == Point::Refused) {
            return Answer::No;
        }
        match points.iter().any(|(point, _)| *point == Point::Unclear) {
            true => Answer::Unknown(self.explain(&points)),
            false => Answer::Yes(self.cite(&points, Point::Allowed)),
        }
    }

    /// Asks about all services that no statement names: what is allowed there is allowed by a wildcard.
    fn grants_unnamed_services(&self) -> Answer {
        self.covers(&Language::template("{service}:{action}"), &ResourceScope::all(), Whom::Unnamed)
    }

    fn named_services(&self) -> std::collections::BTreeSet<String> {
        let allows = self.rows.iter().filter(|row| row.allow != Match::No);
        let listed = allows.filter(|row| row.statement.is_some_and(|s| s.actions.as_ref().is_some_and(|list| !list.negated)));
        listed.flat_map(|row| row.actions.services()).collect()
    }

    /// The partitions that the document's ARNs name; `aws` where they name none.
    fn partitions(&self) -> Vec<&str> {
        let listings = self.document.statements.iter().filter_map(|statement| statement.resources.as_ref());
        let values = listings.flat_map(|listing| &listing.values);
        let named = values.filter_map(|value| value.strip_prefix("arn:")?.split(':').next());
        let mut partitions: Vec<_> = named.filter(|name| name.starts_with("aws") && !name.contains(['*', '?', '$'])).collect();
        partitions.sort_unstable();
        partitions.dedup();
        if partitions.is_empty() { vec!["aws"] } else { partitions }
    }

    /// Every kind of point in the set, with what it comes to and the statements that took part.
    fn points(&self, actions: &Language, target: &Language, mode: Mode, whom: Whom) -> Option<Vec<(Point, Vec<usize>)>> {
        let pieces: Vec<_> = self.rows.iter().map(|row| self.piece(row, mode, whom)).collect();
        let surveyed = survey(&pieces, actions, target, &mut Budget::default())?;
        Some(surveyed.iter().map(|point| self.judge(point, mode)).collect())
    }

    fn piece(&self, row: &Row<'_>, mode: Mode, whom: Whom) -> Piece {
        let resources = match row.statement {
            Some(Statement { resources: Some(listing), trouble: None, .. }) => {
                let (variables, kept) = (self.document.variables, &row.resources);
                let as_written = || kept.as_written.get_or_init(|| Extent::resources(listing, variables));
                let extent = match mode {
                    _ if row.deny != Match::No && row.allow == Match::No => as_written(),
                    Mode::Reaches => as_written(),
                    // Only a grant is widened: a Deny elsewhere takes nothing away here.
                    Mode::Widened if row.deny != Match::No => kept.widened.get_or_init(|| Extent::widened(listing, variables, &[3, 4])),
                    Mode::Covers if row.deny != Match::No => as_written(),
                    Mode::Widened => kept.widened.get_or_init(|| Extent::widened(listing, variables, &[3, 4]).without_single()),
                    Mode::Covers => kept.sure.get_or_init(|| as_written().clone().without_single()),
                };
                extent.clone()
            }
            _ => Extent::unclear(),
        };
        let actions = row.actions.clone();
        match whom {
            Whom::Named => Piece { actions, resources },
            Whom::Unnamed => Piece { actions: actions.for_unnamed_service(), resources: resources.for_unnamed_service() },
        }
    }

    fn judge(&self, point: &[Match], mode: Mode) -> (Point, Vec<usize>) {
        let (mut allow, mut deny, mut involved) = (Match::No, Match::No, Vec::new());
        for (i, (row, &matched)) in self.rows.iter().zip(point).enumerate() {
            let granted = match row.narrowed {
                true if mode == Mode::Reaches => row.allow.min(matched).min(Match::Maybe),
                true => Match::No,
                false => row.allow.min(matched),
            };
            if granted.max(row.deny.min(matched)) != Match::No {
                involved.push(i);
            }
            allow = allow.max(granted);
            deny = deny.max(row.deny.min(matched));
        }
        let point = match (allow, deny) {
            (Match::No, _) | (_, Match::Sure) => Point::Refused,
            (Match::Sure, Match::No) => Point::Allowed,
            _ => Point::Unclear,
        };
        (point, involved)
    }

    fn cite(&self, points: &[(Point, Vec<usize>)], which: Point) -> Vec<Shown> {
        let rows = points.iter().filter(|(point, _)| *point == which).flat_map(|(_, rows)| rows);
        let shown: Vec<_> = rows.filter_map(|&i| self.rows[i].statement).map(|statement| statement.shown.clone()).collect();
        merged(shown.iter())
    }

    fn explain(&self, points: &[(Point, Vec<usize>)]) -> String {
        let mut rows: Vec<usize> = points.iter().filter(|(point, _)| *point == Point::Unclear).flat_map(|(_, rows)| rows.clone()).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut reasons: Vec<String> = rows.iter().map(|&i| self.explain_row(&self.rows[i])).collect();
        reasons.truncate(4);
        reasons.join("; ")
    }

    fn explain_row(&self, row: &Row<'_>) -> String {
        let Some(statement) = row.statement else {
            return self.document.trouble.clone().unwrap_or_default();
        };
        let verb = match statement.effect {
            Some(Effect::Allow) => "allows it",
            Some(Effect::Deny) => "denies it",
            None => "speaks of it",
        };
        let conditions: Vec<_> = statement.conditions.iter().map(|c| format!("`{}`", c.written)).collect();
        match (&statement.trouble, conditions.is_empty()) {
            (Some(why), _) => format!("{} is not understood: {why}", statement.shown),
            (None, false) => format!("{} {verb} only where {}", statement.shown, conditions.join(" and ")),
            (None, true) => format!("{} {verb}, at least in part", statement.shown),
        }
    }
}

fn too_large() -> Answer {
    Answer::Unknown("the document's patterns are too entangled to be compared".to_owned())
}

fn action_language(action: &str) -> Language {
    let template: String = action.to_lowercase().replace('{', "").replace('*', "{any}");
    match template.split_once(':') {
        Some((service, "{any}")) if !service.contains('{') => Language::template(&format!("{service}:{{action}}")),
        _ => Language::template(&template),
    }
}
