//! The organization's tree: roots, units below them level by level, and the accounts in each.

use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::{Account, OrganizationalUnit, Root};
use futures::future::join_all;

use super::facts;
use super::kinds::{ACCOUNT, MEMBERSHIP, SERVICE, UNIT};
use super::member::Member;
use crate::aws::{Caller, Listing, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};

const LIST_ROOTS: Operation = (SERVICE, "ListRoots");
const LIST_UNITS: Operation = (SERVICE, "ListOrganizationalUnitsForParent");
const LIST_ACCOUNTS: Operation = (SERVICE, "ListAccountsForParent");

/// A root or unit in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub id: String,
    /// Names from the root down.
    pub path: String,
    /// Id of the node above; none for a root.
    pub parent: Option<String>,
}

/// As much of the tree as was asked for.
pub struct Tree {
    pub roots: (Vec<(CallId, Root)>, Proof),
    /// Units with their places.
    pub units: Vec<(CallId, OrganizationalUnit, Node)>,
    pub units_proof: Proof,
    /// Accounts of each node, if asked for.
    pub accounts: Vec<(Node, Vec<(CallId, Account)>, Proof)>,
}

/// How far down the tree is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Depth {
    Nothing,
    Roots,
    Units,
    Accounts,
}

fn depth(run: &Run<'_>) -> Depth {
    if run.wants(ACCOUNT) || run.wants_fact(UNIT, "account_count") || run.wants_fact(MEMBERSHIP, "guardrail_types") {
        Depth::Accounts
    } else if run.wants(UNIT) {
        Depth::Units
    } else if run.wants_fact(MEMBERSHIP, "enabled_policy_types") {
        Depth::Roots
    } else {
        Depth::Nothing
    }
}

/// Asks for as much of the tree as is wanted.
pub async fn ask(member: &Member<'_>, run: &Run<'_>) -> Option<Tree> {
    let depth = depth(run);
    if depth == Depth::Nothing {
        return None;
    }
    let caller = member.caller;
    let (roots, proof) = Proof::of(caller, LIST_ROOTS, roots(caller).await, |root: &Root| root.id.clone());
    let proof = member.true_proof(proof);
    let mut tree = Tree { units_proof: proof.clone(), roots: (roots, proof), units: Vec::new(), accounts: Vec::new() };
    let mut nodes: Vec<Node> = tree.roots.0.iter().map(|(_, root)| root_node(root)).collect();
    if depth >= Depth::Units {
        nodes.extend(units(member, &mut tree, &nodes).await);
    }
    if depth >= Depth::Accounts {
        tree.accounts = join_all(nodes.into_iter().map(|node| accounts(member, node))).await;
    }
    Some(tree)
}

fn root_node(root: &Root) -> Node {
    Node { id: root.id.clone().unwrap_or_default(), path: root.name.clone().unwrap_or_default(), parent: None }
}

async fn roots(caller: &Caller) -> Listing<Root> {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| client.list_roots().set_next_token(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_organizations::operation::list_roots::ListRootsOutput| Page {
        items: output.roots.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    caller.list(LIST_ROOTS, send, page).await
}

/// Walks down level by level; AWS allows five below a root, and a tree that goes on for ever is cut by the calls' own limits.
async fn units(member: &Member<'_>, tree: &mut Tree, roots: &[Node]) -> Vec<Node> {
    let mut all = Vec::new();
    let mut level: Vec<Node> = roots.to_vec();
    while !level.is_empty() {
        let lists = join_all(level.iter().map(|parent| units_of(member.caller, &parent.id))).await;
        let mut next = Vec::new();
        for (parent, listing) in level.iter().zip(lists) {
            let (found, proof) = Proof::of(member.caller, LIST_UNITS, listing, |unit: &OrganizationalUnit| unit.id.clone());
            tree.units_proof = tree.units_proof.clone().and(&member.true_proof(proof));
            for (call, unit) in found {
                let node = below(parent, &unit);
                next.push(node.clone());
                tree.units.push((call, unit, node));
            }
        }
        all.extend(next.iter().cloned());
        level = next;
    }
    all
}

fn below(parent: &Node, unit: &OrganizationalUnit) -> Node {
    Node {
        id: unit.id.clone().unwrap_or_default(),
        path: format!("{} / {}", parent.path, unit.name.as_deref().unwrap_or_default()),
        parent: Some(parent.id.clone()),
    }
}

async fn units_of(caller: &Caller, parent: &str) -> Listing<OrganizationalUnit> {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.list_organizational_units_for_parent().parent_id(parent).set_next_token(token).customize().interceptor(tap).send()
    };
    type Output = aws_sdk_organizations::operation::list_organizational_units_for_parent::ListOrganizationalUnitsForParentOutput;
    let page = |output: Output| Page { items: output.organizational_units.unwrap_or_default(), token: output.next_token, truncated: false };
    caller.list(LIST_UNITS, send, page).await
}

async fn accounts(member: &Member<'_>, node: Node) -> (Node, Vec<(CallId, Account)>, Proof) {
    let client = member.caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.list_accounts_for_parent().parent_id(&node.id).set_next_token(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_organizations::operation::list_accounts_for_parent::ListAccountsForParentOutput| Page {
        items: output.accounts.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    let listing = member.caller.list(LIST_ACCOUNTS, send, page).await;
    let (found, proof) = Proof::of(member.caller, LIST_ACCOUNTS, listing, |account: &Account| account.id.clone());
    (node, found, member.true_proof(proof))
}

/// The proof of every list of accounts together, and of the units they hang on.
pub fn accounts_proof(tree: &Tree) -> Proof {
    tree.accounts.iter().fold(tree.units_proof.clone(), |proof, (_, _, own)| proof.and(own))
}

/// Hands on the units.
pub fn hand_on_units(member: &Member<'_>, run: &Run<'_>, tree: &Tree) -> Population {
    for (call, unit, node) in &tree.units {
        let at = At::call(member.caller, LIST_UNITS, *call);
        let own = tree.accounts.iter().find(|(parent, ..)| parent.id == node.id);
        let account_count = match own {
            None => Fact::Absent(run.unasked(member.caller, UNIT, "account_count")),
            Some((_, found, proof)) => match proof.noted(member.caller) {
                Some(gap) => Fact::Absent(gap),
                None => i64::try_from(found.len()).unwrap_or(i64::MAX).into(),
            },
        };
        let facts = facts::OrganizationalUnit {
            unit_id: node.id.clone().into(),
            arn: at.need(unit.arn.clone(), "Arn"),
            name: at.need(unit.name.clone(), "Name"),
            parent_id: node.parent.clone().unwrap_or_default().into(),
            path: node.path.clone().into(),
            account_count,
        };
        let above = [tree.roots.1.calls.clone(), vec![*call]].concat();
        let paths = [("", above), ("account_count", own.map(|(_, _, proof)| proof.calls.clone()).unwrap_or_default())];
        let id = unit.arn.clone().unwrap_or_else(|| node.id.clone());
        run.found(&Resource::new(member.caller.place(), UNIT, id, node.path.clone(), &facts, sources(paths)));
    }
    tree.units_proof.population(member.caller, UNIT, tree.units.len() as u64, None)
}

/// Hands on the accounts.
pub fn hand_on_accounts(member: &Member<'_>, run: &Run<'_>, tree: &Tree) -> Population {
    let mut count = 0;
    for (node, found, _) in &tree.accounts {
        for (call, told) in found {
            count += 1;
            let id = told.arn.clone().unwrap_or_else(|| told.id.clone().unwrap_or_default());
            let shown = format!("{} / {}", node.path, told.name.as_deref().filter(|name| !name.is_empty()).unwrap_or("account"));
            let facts = account(member, At::call(member.caller, LIST_ACCOUNTS, *call), told, node);
            let paths =
                [("", vec![*call]), ("path", tree.units_proof.calls.clone()), ("is_management_account", member.organization.calls.clone())];
            run.found(&Resource::new(member.caller.place(), ACCOUNT, id, shown, &facts, sources(paths)));
        }
    }
    accounts_proof(tree).population(member.caller, ACCOUNT, count, None)
}

fn account(member: &Member<'_>, at: At<'_>, told: &Account, node: &Node) -> facts::Account {
    let word = told.state.as_ref().map(|word| word.as_str()).or(told.status.as_ref().map(|word| word.as_str()));
    let manager = member.seen().map(|seen| seen.management_account_id.clone());
    facts::Account {
        account_id: at.need(told.id.clone(), "Id"),
        arn: at.need(told.arn.clone(), "Arn"),
        name: at.need(told.name.clone(), "Name"),
        state: word.map(str::to_owned).into(),
        joined_method: told.joined_method.as_ref().map(|word| word.as_str().to_owned()).into(),
        joined_timestamp: at.instant_if_set(told.joined_timestamp, "JoinedTimestamp"),
        parent_id: node.id.clone().into(),
        under_root: node.parent.is_none().into(),
        path: node.path.clone().into(),
        is_management_account: (told.id.is_some() && told.id == manager).into(),
    }
}
