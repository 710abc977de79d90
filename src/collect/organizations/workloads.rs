//! What the management account carries beside the organization: workloads of every sort in every Region, composed of the listings that
//! the services' own collectors make. A question that was asked before is answered by the session, so none is asked twice.

use std::collections::BTreeMap;

use futures::future::join_all;

use super::facts::{InRegion, ManagementAccount, Workloads};
use super::kinds::{MANAGEMENT_ACCOUNT, SERVICE};
use super::member::Member;
use crate::aws::Caller;
use crate::collect::apigatewayv2::ids::Ids;
use crate::collect::at::{At, Operation, lacks, sources};
use crate::collect::kinds::kind;
use crate::collect::proof::Proof;
use crate::collect::reading::Reading;
use crate::collect::scope::Run;
use crate::collect::second::Told;
use crate::collect::{apigateway, apigatewayv2, ec2, lambda, rds, s3};
use crate::model::place::UNKNOWN;
use crate::model::population::Ended;
use crate::model::{CallId, Fact, Gap, GapId, Population, Reason, Resource};

const DESCRIBE_ORGANIZATION: Operation = (SERVICE, "DescribeOrganization");

/// Where to look.
pub struct Compose<'a> {
    /// The account as a whole.
    pub global: &'a Caller,
    /// Its observed Regions.
    pub callers: &'a [Caller],
    /// Enabled Regions that the user does not want looked at.
    pub left_out: &'a [String],
    /// Why there may be further Regions.
    pub unknown: Option<&'a Gap>,
    /// What AWS Config has counted.
    pub told: Told<'a>,
}

/// Collects what the account carries if it is the management account. `accounts` are those of the run that were entered.
pub async fn compose(look: &Compose<'_>, accounts: &[String], run: &Run<'_>) -> Population {
    let member = Member::ask(look.global, accounts).await;
    if let Some(population) = member.settled_population(MANAGEMENT_ACCOUNT) {
        return population;
    }
    let calls = member.organization.calls.clone();
    let mut proof = Proof { calls: calls.clone(), pages: 1, ended: Ended::WholeAnswer, gap: None };
    if member.is_member() {
        proof.fail(left_to_manager(&member));
        return proof.population(look.global, MANAGEMENT_ACCOUNT, 0, None);
    }
    let each = join_all(Sort::ALL.map(|sort| look.carried(sort, run))).await;
    let buckets = look.buckets(run).await;
    let mut paths: Vec<(String, Vec<CallId>)> = vec![(String::new(), calls.clone())];
    let mut carried: BTreeMap<&str, Fact<Workloads>> = BTreeMap::new();
    for (sort, (workloads, more)) in Sort::ALL.into_iter().zip(each) {
        paths.extend(more.into_iter().map(|(path, more)| (path, [calls.clone(), more].concat())));
        carried.insert(sort.fact(), workloads);
    }
    paths.push(("s3_buckets".to_owned(), [calls, buckets.calls].concat()));
    let mut of = |sort: Sort| carried.remove(sort.fact()).unwrap_or_else(|| unreachable!("every sort was asked for"));
    let seen = member.seen();
    let at = At::operation(look.global, DESCRIBE_ORGANIZATION);
    let facts = ManagementAccount {
        account_id: at.need(seen.map(|seen| seen.management_account_id.clone()), "Organization.MasterAccountId"),
        organization_id: at.need(seen.map(|seen| seen.id.clone()), "Organization.Id"),
        ec2_instances: of(Sort::Instances),
        lambda_functions: of(Sort::Functions),
        rest_apis: of(Sort::RestApis),
        http_and_websocket_apis: of(Sort::OtherApis),
        db_instances: of(Sort::Databases),
        db_clusters: of(Sort::Clusters),
        s3_buckets: buckets.fact,
    };
    let id = format!("arn:{}:organizations::{}:management-account", look.global.partition(), look.global.account());
    let sources = sources(paths.iter().map(|(path, calls)| (path.as_str(), calls.clone())));
    run.found(&Resource::new(look.global.place(), MANAGEMENT_ACCOUNT, id, "management account".to_owned(), &facts, sources));
    proof.population(look.global, MANAGEMENT_ACCOUNT, 1, None)
}

/// The gap of a member that is alone: the management account lies outside of the run, and only it can tell what it carries.
fn left_to_manager(member: &Member<'_>) -> Gap {
    let manager = member.seen().map(|seen| seen.management_account_id.as_str()).unwrap_or_default();
    let detail = format!("only the management account {manager} can tell what it carries, and it is not part of this run");
    let at = At::operation(member.caller, DESCRIBE_ORGANIZATION);
    Gap { call: member.organization.calls.first().copied(), ..at.gap(Reason::NotManagementAccount, detail) }
}

/// A sort of workload that is listed Region by Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Instances,
    Functions,
    RestApis,
    OtherApis,
    Databases,
    Clusters,
}

/// What one Region lists.
struct Listed {
    /// ARNs of what counts.
    ids: Vec<String>,
    /// Number of all that is listed.
    count: u64,
    proof: Proof,
}

impl Listed {
    fn of<I>((items, proof): (Vec<(CallId, I)>, Proof), id: impl Fn(&I) -> Option<String>) -> Self {
        // Listings have left out what has no id.
        Listed { ids: items.iter().filter_map(|(_, item)| id(item)).collect(), count: items.len() as u64, proof }
    }
}

impl Sort {
    const ALL: [Sort; 6] = [Sort::Instances, Sort::Functions, Sort::RestApis, Sort::OtherApis, Sort::Databases, Sort::Clusters];

    fn fact(self) -> &'static str {
        match self {
            Sort::Instances => "ec2_instances",
            Sort::Functions => "lambda_functions",
            Sort::RestApis => "rest_apis",
            Sort::OtherApis => "http_and_websocket_apis",
            Sort::Databases => "db_instances",
            Sort::Clusters => "db_clusters",
        }
    }

    /// The kind of what is listed.
    fn kind(self) -> &'static str {
        match self {
            Sort::Instances => ec2::kinds::INSTANCE,
            Sort::Functions => lambda::kinds::FUNCTION,
            Sort::RestApis => apigateway::kinds::REST_API,
            Sort::OtherApis => apigatewayv2::kinds::API,
            Sort::Databases => rds::kinds::INSTANCE,
            Sort::Clusters => rds::kinds::CLUSTER,
        }
    }

    async fn list(self, caller: &Caller) -> Listed {
        match self {
            Sort::Instances => instances(caller).await,
            Sort::Functions => Listed::of(lambda::list(caller).await, |function| function.function_arn.clone()),
            Sort::RestApis => {
                let (apis, ids) = (apigateway::apis::list(caller).await, Ids::new(caller));
                let arns = apis.items.iter().map(|api| apigateway::ids::api(&ids, &api.id)).collect();
                Listed { ids: arns, count: apis.items.len() as u64, proof: apis.proof }
            }
            Sort::OtherApis => {
                let (apis, ids) = (apigatewayv2::apis::list(caller).await, Ids::new(caller));
                Listed { ids: apis.items.iter().map(|api| ids.api(&api.id)).collect(), count: apis.items.len() as u64, proof: apis.proof }
            }
            Sort::Databases => Listed::of(rds::list_instances(caller).await, |instance| instance.db_instance_arn.clone()),
            Sort::Clusters => Listed::of(rds::list_clusters(caller).await, |cluster| cluster.db_cluster_arn.clone()),
        }
    }
}

/// EC2 lists an instance for about an hour after it was terminated.
async fn instances(caller: &Caller) -> Listed {
    let told = ec2::listings::instances(caller).await;
    let (place, count, mut proof) = (ec2::ids::Place::of(caller), told.items.len() as u64, told.proof);
    let mut ids = Vec::new();
    for (call, instance) in told.items {
        match instance.state.and_then(|state| state.name) {
            None => {
                let at = At::call(caller, ec2::listings::DESCRIBE_INSTANCES, call);
                proof.fail(at.gap(Reason::Failed, lacks("instanceState.name")));
            }
            Some(state) if state.as_str() == "terminated" => {}
            Some(_) => ids.extend(instance.instance_id.map(|id| place.arn(None, "instance", &id))),
        }
    }
    Listed { ids, count, proof }
}

/// Paths of facts with the calls behind them.
type Paths = Vec<(String, Vec<CallId>)>;

impl Compose<'_> {
    async fn carried(&self, sort: Sort, run: &Run<'_>) -> (Fact<Workloads>, Paths) {
        let fact = sort.fact();
        if !run.wants_fact(MANAGEMENT_ACCOUNT, fact) {
            return (Fact::Absent(run.unasked(self.global, MANAGEMENT_ACCOUNT, fact)), Vec::new());
        }
        let asked = join_all(self.callers.iter().map(|caller| self.in_region(sort, caller))).await;
        let unasked = self.unasked(fact).into_iter().map(|(region, gap)| (InRegion { region, ids: Fact::Absent(gap) }, Vec::new()));
        let mut regions: Vec<(InRegion, Vec<CallId>)> = asked.into_iter().chain(unasked).collect();
        regions.sort_by(|(one, _), (other, _)| one.region.cmp(&other.region));
        let all = regions.iter().flat_map(|(_, calls)| calls).copied().collect();
        let each = regions.iter().enumerate().map(|(index, (_, calls))| (format!("{fact}.regions[{index}]"), calls.clone()));
        // That a Region is on the list says nothing of what it holds.
        let paths = [(fact.to_owned(), all), (format!("{fact}.regions"), Vec::new())].into_iter().chain(each).collect();
        let regions: Vec<InRegion> = regions.into_iter().map(|(region, _)| region).collect();
        (Fact::Known(Workloads { ids: all_of(&regions), regions }), paths)
    }

    async fn in_region(&self, sort: Sort, caller: &Caller) -> (InRegion, Vec<CallId>) {
        let Listed { ids, count, proof } = sort.list(caller).await;
        let gap = proof.gap.clone().or_else(|| self.told.dispute(sort.kind(), caller.place(), count));
        let region = caller.endpoint_region().to_owned();
        (InRegion { region, ids: known(caller, gap, ids) }, proof.calls)
    }

    /// Regions that are not asked, and why: one gap for all that were left out.
    fn unasked(&self, fact: &str) -> Vec<(String, GapId)> {
        let operation = kind(MANAGEMENT_ACCOUNT).and_then(|kind| kind.groups[kind.group_of(fact)].operations.last().copied());
        let at = At::operation(self.global, operation.unwrap_or(DESCRIBE_ORGANIZATION));
        let names: Vec<String> = self.left_out.iter().map(|region| format!("`{region}`")).collect();
        let left_out = || at.note(Reason::OutOfScope, format!("enabled Regions were left out of this run: {}", names.join(", ")));
        let unknown = self.unknown.map(|gap| (UNKNOWN.to_owned(), self.global.note(gap.clone())));
        self.left_out.iter().map(|region| (region.clone(), left_out())).chain(unknown).collect()
    }

    /// Buckets are listed once for all Regions.
    async fn buckets(&self, run: &Run<'_>) -> Reading<Vec<String>> {
        if !run.wants_fact(MANAGEMENT_ACCOUNT, "s3_buckets") {
            return Reading::unasked(self.global, run, MANAGEMENT_ACCOUNT, "s3_buckets");
        }
        let (buckets, proof) = s3::buckets::list(self.global).await;
        let gap = proof.gap.clone();
        let gap = gap.or_else(|| self.told.dispute(s3::kinds::BUCKET, self.global.place(), buckets.len() as u64));
        let arns = buckets.iter().map(|bucket| format!("arn:{}:s3:::{}", self.global.partition(), bucket.name)).collect();
        Reading { fact: known(self.global, gap, arns), calls: proof.calls }
    }
}

/// A list that is known as a whole, or why it is not.
fn known(caller: &Caller, gap: Option<Gap>, mut ids: Vec<String>) -> Fact<Vec<String>> {
    match gap {
        Some(gap) => Fact::Absent(caller.note(gap)),
        None => {
            ids.sort();
            Fact::Known(ids)
        }
    }
}

/// What all Regions hold together: known only where each is.
fn all_of(regions: &[InRegion]) -> Fact<Vec<String>> {
    let mut all = Vec::new();
    for region in regions {
        match &region.ids {
            Fact::Absent(gap) => return Fact::Absent(gap.clone()),
            Fact::Known(ids) => all.extend(ids.iter().cloned()),
        }
    }
    all.sort();
    Fact::Known(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(region: &str, ids: Fact<Vec<String>>) -> InRegion {
        InRegion { region: region.to_owned(), ids }
    }

    #[test]
    fn all_regions_are_known_together_or_not_at_all() {
        let of = |ids: &[&str]| Fact::Known(ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
        assert_eq!(all_of(&[region("eu-west-1", of(&["b"])), region("us-east-1", of(&["a"]))]), of(&["a", "b"]));
        let gap = || Fact::Absent(GapId("00".into()));
        assert_eq!(all_of(&[region("eu-west-1", of(&["b"])), region("us-east-1", gap())]), gap());
        assert_eq!(all_of(&[]), of(&[]));
    }

    #[test]
    fn every_sort_is_a_fact_of_its_own_group_and_lists_a_kind_by_the_same_operation() {
        let account = kind(MANAGEMENT_ACCOUNT).expect("a kind");
        for sort in Sort::ALL {
            let group = account.groups[account.group_of(sort.fact())];
            assert_eq!(group.facts, [sort.fact()]);
            let listed = kind(sort.kind()).expect("a kind").groups[0].operations;
            assert!(group.operations.iter().any(|operation| listed.contains(operation)), "{sort:?}");
        }
    }
}
