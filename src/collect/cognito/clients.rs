//! App clients: the list of each pool, and a description of each client.

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::operation::list_user_pool_clients::ListUserPoolClientsOutput;
use aws_sdk_cognitoidentityprovider::types::{TimeUnitsType, UserPoolClientDescription, UserPoolClientType};
use futures::StreamExt as _;

use super::collect::{AT_ONCE, Pools, RESULTS, arn};
use super::facts::{self, PoolCore};
use super::kinds::{CLIENT, SERVICE};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::parts::{self, Parent};
use crate::collect::reading::answered;
use crate::collect::scope::Run;
use crate::model::{CallId, Fact, Population, Resource};

const LIST_USER_POOL_CLIENTS: Operation = (SERVICE, "ListUserPoolClients");
const DESCRIBE_USER_POOL_CLIENT: Operation = (SERVICE, "DescribeUserPoolClient");
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Collects the app clients of all user pools of one Region.
pub async fn collect(caller: &Caller, run: &Run<'_>, pools: &Pools) -> Population {
    let ids: Vec<PoolCore> = pools.items.iter().map(|(_, pool)| core(pool)).collect();
    let parents: Vec<Parent<'_>> =
        ids.iter().map(|pool| Parent { id: &pool.id, shown: format!("user pool `{}` (`{}`)", pool.name, pool.id) }).collect();
    let id = |client: &UserPoolClientDescription| client.client_id.clone().filter(|_| client.client_name.is_some());
    let lists = parts::of_each(caller, &parents, LIST_USER_POOL_CLIENTS, |pool| list(caller, pool), id).await;
    let mut all: Vec<(CallId, PoolCore, (String, String))> = Vec::new();
    for (pool, part) in ids.iter().zip(&lists) {
        // The list has left out what lacks either.
        let named = |client: &UserPoolClientDescription| {
            (client.client_id.clone().unwrap_or_default(), client.client_name.clone().unwrap_or_default())
        };
        all.extend(part.items.iter().map(|(call, client)| (*call, pool.clone(), named(client))));
    }
    let each = |(call, pool, named)| one(caller, run, call, pool, named);
    futures::stream::iter(all).for_each_concurrent(AT_ONCE, each).await;
    parts::population(caller, CLIENT, &pools.proof, &lists)
}

fn core(pool: &aws_sdk_cognitoidentityprovider::types::UserPoolDescriptionType) -> PoolCore {
    PoolCore { id: pool.id.clone().unwrap_or_default(), name: pool.name.clone().unwrap_or_default() }
}

async fn list(caller: &Caller, pool: &str) -> crate::aws::Listing<UserPoolClientDescription> {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        let request = client.list_user_pool_clients().user_pool_id(pool).max_results(RESULTS).set_next_token(token);
        request.customize().interceptor(tap).send()
    };
    let page = |output: ListUserPoolClientsOutput| Page {
        items: output.user_pool_clients.unwrap_or_default(),
        token: output.next_token,
        truncated: false,
    };
    caller.list(LIST_USER_POOL_CLIENTS, send, page).await
}

async fn one(caller: &Caller, run: &Run<'_>, listed: CallId, pool: PoolCore, (id, name): (String, String)) {
    let (told, calls) = describe(caller, run, &pool.id, &id).await;
    let at = At::call(caller, DESCRIBE_USER_POOL_CLIENT, calls.first().copied().unwrap_or(listed));
    let resource = format!("{}/client/{id}", arn(caller, &pool.id));
    let shown = format!("{} / {name}", pool.name);
    let facts = facts_of(at, pool, (id, name), &told);
    let own = ["user_pool", "client_id", "client_name"].map(|fact| (fact, vec![listed]));
    let all = std::iter::once(listed).chain(calls).collect();
    let paths = [("", all)].into_iter().chain(own);
    run.found(&Resource::new(caller.place(), CLIENT, resource, shown, &facts, sources(paths)));
}

async fn describe(caller: &Caller, run: &Run<'_>, pool: &str, id: &str) -> (Fact<UserPoolClientType>, Vec<CallId>) {
    if !run.wants_fact(CLIENT, "has_secret") {
        return (Fact::Absent(run.unasked(caller, CLIENT, "has_secret")), Vec::new());
    }
    let client = caller.client(Client::new);
    let send = |tap| client.describe_user_pool_client().user_pool_id(pool).client_id(id).customize().interceptor(tap).send();
    let reply = caller.ask(DESCRIBE_USER_POOL_CLIENT, send).await;
    answered(caller, DESCRIBE_USER_POOL_CLIENT, reply, |at, output| at.need(output.user_pool_client, "UserPoolClient"))
}

fn facts_of(at: At<'_>, user_pool: PoolCore, (id, name): (String, String), told: &Fact<UserPoolClientType>) -> facts::UserPoolClient {
    let units = |told: &UserPoolClientType| told.token_validity_units.clone();
    facts::UserPoolClient {
        user_pool,
        client_id: id.into(),
        client_name: name.into(),
        creation_date: of(told, |told| at.instant(told.creation_date, "CreationDate")),
        has_secret: of(told, |told| told.client_secret.is_some().into()),
        access_token_seconds: of(told, |told| {
            at.read(seconds(told.access_token_validity, units(told).and_then(|units| units.access_token), HOUR, HOUR))
        }),
        id_token_seconds: of(told, |told| {
            at.read(seconds(told.id_token_validity, units(told).and_then(|units| units.id_token), HOUR, HOUR))
        }),
        refresh_token_seconds: of(told, |told| {
            at.read(seconds(Some(told.refresh_token_validity), units(told).and_then(|units| units.refresh_token), DAY, 30 * DAY))
        }),
        enable_token_revocation: of(told, |told| told.enable_token_revocation.unwrap_or(false).into()),
        prevent_user_existence_errors: of(told, |told| {
            told.prevent_user_existence_errors.as_ref().map(|word| word.as_str().to_owned()).into()
        }),
        explicit_auth_flows: of(told, |told| sorted(told.explicit_auth_flows().iter().map(|flow| flow.as_str())).into()),
        supported_identity_providers: of(told, |told| sorted(told.supported_identity_providers().iter().map(String::as_str)).into()),
        allowed_o_auth_flows_user_pool_client: of(told, |told| told.allowed_o_auth_flows_user_pool_client.unwrap_or(false).into()),
        allowed_o_auth_flows: of(told, |told| sorted(told.allowed_o_auth_flows().iter().map(|flow| flow.as_str())).into()),
        allowed_o_auth_scopes: of(told, |told| sorted(told.allowed_o_auth_scopes().iter().map(String::as_str)).into()),
        callback_urls: of(told, |told| sorted(told.callback_urls().iter().map(String::as_str)).into()),
        plain_http_callback_urls: of(told, |told| {
            sorted(told.callback_urls().iter().map(String::as_str).filter(|url| is_plain_http(url))).into()
        }),
    }
}

fn of<T>(told: &Fact<UserPoolClientType>, read: impl FnOnce(&UserPoolClientType) -> Fact<T>) -> Fact<T> {
    match told {
        Fact::Known(told) => read(told),
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
    }
}

fn sorted<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut texts: Vec<String> = texts.map(str::to_owned).collect();
    texts.sort();
    texts
}

/// A validity in seconds: `usual` is the length of the unit where none is given, `default` what holds where no number is.
fn seconds(number: Option<i32>, unit: Option<TimeUnitsType>, usual: i64, default: i64) -> Result<i64, String> {
    let Some(number) = number.filter(|number| *number > 0) else { return Ok(default) };
    let length = match unit {
        None => usual,
        Some(TimeUnitsType::Seconds) => 1,
        Some(TimeUnitsType::Minutes) => 60,
        Some(TimeUnitsType::Hours) => HOUR,
        Some(TimeUnitsType::Days) => DAY,
        Some(other) => return Err(format!("`{}` is not a unit of time that this version knows", other.as_str())),
    };
    Ok(i64::from(number) * length)
}

/// Whether a callback goes over plain HTTP to somewhere else than the user's own machine. Schemes of apps are not HTTP.
fn is_plain_http(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    if !scheme.eq_ignore_ascii_case("http") {
        return false;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or_default(),
    };
    let own = host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    !own && !host.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validities_are_seconds_in_the_unit_they_come_in() {
        assert_eq!(seconds(Some(5), Some(TimeUnitsType::Minutes), HOUR, HOUR), Ok(300));
        assert_eq!(seconds(Some(90), Some(TimeUnitsType::Seconds), HOUR, HOUR), Ok(90));
        assert_eq!(seconds(Some(1), None, HOUR, HOUR), Ok(3600), "access and ID tokens are in hours unless it is said");
        assert_eq!(seconds(Some(1), None, DAY, 30 * DAY), Ok(86400), "refresh tokens in days");
        assert_eq!(seconds(None, Some(TimeUnitsType::Days), HOUR, HOUR), Ok(3600));
        assert_eq!(seconds(Some(0), None, DAY, 30 * DAY), Ok(2_592_000));
        assert!(seconds(Some(1), Some(TimeUnitsType::from("fortnights")), DAY, DAY).is_err());
    }

    #[test]
    fn only_http_to_somewhere_else_is_plain_http() {
        for own in [
            "http://localhost:3000/cb",
            "http://LOCALHOST",
            "http://127.0.0.1/cb",
            "http://127.8.9.10",
            "http://[::1]:8080/cb",
            "https://app.example.com/cb",
            "myapp://callback",
            "not a url",
        ] {
            assert!(!is_plain_http(own), "{own}");
        }
        for other in [
            "http://app.example.com/cb",
            "HTTP://app.example.com",
            "http://localhost.example.com/",
            "http://localhost@app.example.com/",
            "http://app.example.com?x=://localhost",
            "http://10.0.0.1/",
            "http://",
        ] {
            assert!(is_plain_http(other), "{other}");
        }
    }
}
