//! Where an account stands in its organization, and what a refusal means there.

use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::Organization;

use super::kinds::SERVICE;
use crate::aws::{Caller, OrWhen as _};
use crate::collect::at::{At, Operation};
use crate::collect::proof::Proof;
use crate::collect::reading::Reading;
use crate::model::gap::EXPLICIT_DENY;
use crate::model::population::Ended;
use crate::model::{Fact, Gap, Population, Reason};

const DESCRIBE_ORGANIZATION: Operation = (SERVICE, "DescribeOrganization");
const LIST_ROOTS: Operation = (SERVICE, "ListRoots");
/// The code with which AWS says that the account belongs to no organization.
const NOT_IN_USE: &str = "AWSOrganizationsNotInUseException";

/// An organization as its members see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub id: String,
    pub feature_set: String,
    pub management_account_id: String,
}

/// Where the account stands.
pub struct Member<'a> {
    pub caller: &'a Caller,
    /// The organization; null outside of one.
    pub organization: Reading<Option<Seen>>,
    /// The management account is another account of this run.
    pub managed_here: bool,
}

impl<'a> Member<'a> {
    /// Asks for the organization. `accounts` are those of the run that were entered.
    pub async fn ask(caller: &'a Caller, accounts: &[String]) -> Self {
        let client = caller.client(Client::new);
        let reply = caller.ask(DESCRIBE_ORGANIZATION, |tap| client.describe_organization().customize().interceptor(tap).send()).await;
        let reply = reply.map(|answer| answer.map(Some)).or_when(NOT_IN_USE, None);
        let organization = Reading::of(caller, DESCRIBE_ORGANIZATION, reply, |at, told| match told {
            None => Fact::Known(None),
            Some(told) => at.need(told.organization, "Organization").map(|told| Some(seen(told))),
        });
        let manager = organization.fact.known().and_then(Option::as_ref).map(|seen| seen.management_account_id.clone());
        let managed_here = manager.is_some_and(|manager| manager != caller.account() && accounts.contains(&manager));
        Member { caller, organization, managed_here }
    }

    /// The organization, where there is one and it is known.
    pub fn seen(&self) -> Option<&Seen> {
        self.organization.fact.known().and_then(Option::as_ref)
    }

    /// Whether the account is known to be a mere member.
    pub fn is_member(&self) -> bool {
        self.seen().is_some_and(|seen| seen.management_account_id != self.caller.account())
    }

    /// A gap with its true reason.
    pub fn true_reason(&self, gap: Gap) -> Gap {
        match self.seen() {
            Some(seen) if self.is_member() => reason_of_member(gap, &seen.management_account_id),
            _ => gap,
        }
    }

    /// A proof whose gap has its true reason.
    pub fn true_proof(&self, proof: Proof) -> Proof {
        Proof { gap: proof.gap.map(|gap| self.true_reason(gap)), ..proof }
    }

    /// The gap of all that is not asked because the management account of this run tells it: one for the account.
    pub fn left_to_manager(&self) -> Gap {
        let manager = self.seen().map(|seen| seen.management_account_id.as_str()).unwrap_or_default();
        let at = At::operation(self.caller, LIST_ROOTS);
        at.gap(Reason::NotManagementAccount, format!("not asked in a member account: the management account {manager} is part of this run"))
    }

    /// The population of a kind of which this account can have nothing, or of which nobody knows; `None` where it is to be asked for.
    pub fn settled_population(&self, kind: &str) -> Option<Population> {
        let calls = self.organization.calls.clone();
        let empty = Proof { calls, pages: 1, ended: Ended::WholeAnswer, gap: None };
        match &self.organization.fact {
            Fact::Absent(id) => {
                let population = Proof { ended: Ended::NotProven, ..empty }.population(self.caller, kind, 0, None);
                Some(Population { gap: Some(id.clone()), ..population })
            }
            Fact::Known(None) => Some(empty.population(self.caller, kind, 0, None)),
            Fact::Known(Some(_)) if self.managed_here => Some(empty.population(self.caller, kind, 0, None)),
            Fact::Known(Some(_)) => None,
        }
    }
}

fn seen(told: Organization) -> Seen {
    Seen {
        id: told.id.unwrap_or_default(),
        feature_set: told.feature_set.map(|word| word.as_str().to_owned()).unwrap_or_default(),
        management_account_id: told.master_account_id.unwrap_or_default(),
    }
}

/// Organizations refuses member accounts with the code that it also uses where a policy denies an action. Where AWS's message names no
/// policy, the refusal of a member is that it is not the management account.
fn reason_of_member(gap: Gap, manager: &str) -> Gap {
    let by_policy = gap.is_explicit_deny() || gap.detail.contains(EXPLICIT_DENY) || gap.detail.ends_with(" allows it");
    if gap.reason != Reason::Denied || by_policy {
        return gap;
    }
    let detail = format!("only the management account {manager} or a delegated administrator may ask `organizations:{}`", gap.operation);
    Gap { reason: Reason::NotManagementAccount, detail, ..gap }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(reason: Reason, detail: &str) -> Gap {
        Gap {
            account: "444455556666".into(),
            region: "global".into(),
            service: SERVICE.into(),
            operation: "ListRoots".into(),
            reason,
            detail: detail.into(),
            call: None,
        }
    }

    #[test]
    fn a_member_is_refused_for_not_managing_unless_a_policy_is_named() {
        let reason = |reason, detail: &str| reason_of_member(gap(reason, detail), "111122223333").reason;
        let who = "`organizations:ListRoots` is denied to arn:aws:sts::444455556666:assumed-role/audit/s";
        assert_eq!(reason(Reason::Denied, who), Reason::NotManagementAccount);
        assert_eq!(reason(Reason::Denied, &format!("{who}: no identity-based policy allows it")), Reason::Denied);
        assert_eq!(reason(Reason::Denied, &format!("{who}: explicit deny in a service control policy")), Reason::Denied);
        assert_eq!(reason(Reason::Throttled, who), Reason::Throttled);
        assert_eq!(reason(Reason::Failed, "the connection failed"), Reason::Failed);
    }
}
