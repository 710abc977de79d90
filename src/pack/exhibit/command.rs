//! The parameters of a recorded request, and the `aws` CLI line that asks the same again.

use std::fmt::Write as _;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::recording::cbor;
use crate::recording::line::{Body, CallLine};

/// Parameters in the order sent, under the API's member names where the wire tells them.
pub(super) fn params(line: &CallLine) -> Vec<(String, Value)> {
    let body = match &line.request.body {
        Body::Utf8(text) => text.as_str(),
        Body::Base64(_) => "",
    };
    match line.wire.as_str() {
        "rpc-v2-cbor" => cbor_params(&line.request.body),
        "query" | "ec2" => query_params(body),
        "json1.1" | "json1.0" => json_params(body),
        _ => rest_params(&line.request.target, line.key.service == "API Gateway").into_iter().chain(json_params(body)).collect(),
    }
}

/// Whether a page token is among them: tokens end, so the line may have to start from the first page.
pub(super) fn carries_token(params: &[(String, Value)]) -> bool {
    params.iter().any(|(name, _)| matches!(name.as_str(), "Marker" | "NextToken" | "nextToken" | "PaginationToken" | "position"))
}

/// The CLI line. `words` are the operation's (`iam list-users`); without them they are made from the names.
pub(super) fn line(line: &CallLine, words: Option<&str>) -> String {
    let words = words.map_or_else(|| made_words(line), str::to_owned);
    let params = params(line);
    let mut out = format!("aws {words}");
    if !params.is_empty() {
        let input: Map<String, Value> = params.into_iter().collect();
        let _ = write!(out, " --no-paginate --cli-input-json {}", quoted(&ascii(&Value::Object(input).to_string())));
    }
    let _ = write!(out, " --region {} --profile PROFILE", quoted(&line.key.region));
    out
}

fn made_words(line: &CallLine) -> String {
    let service: String = line.key.service.to_ascii_lowercase().replace(' ', "");
    let mut operation = String::new();
    for c in line.key.operation.chars() {
        if c.is_ascii_uppercase() && !operation.is_empty() {
            operation.push('-');
        }
        operation.push(c.to_ascii_lowercase());
    }
    format!("{} {}", quoted(&service), quoted(&operation))
}

/// A word for a POSIX shell: in single quotes unless plainly harmless.
fn quoted(word: &str) -> String {
    let plain = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./:".contains(&byte));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// JSON in ASCII: everything else as `\u` escapes, so that the line survives any terminal and shows what it holds.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// Form parameters without `Action` and `Version`; `List.member.1` and `List.1` become lists.
fn query_params(body: &str) -> Vec<(String, Value)> {
    let mut params: Vec<(String, Value)> = Vec::new();
    for (name, value) in pairs(body) {
        if name == "Action" || name == "Version" {
            continue;
        }
        let mut path = name.split('.').filter(|part| *part != "member");
        let first = path.next().unwrap_or_default().to_owned();
        let rest: Vec<&str> = path.collect();
        match rest.as_slice() {
            [] => params.push((first.clone(), typed(&first, value))),
            [index] if index.bytes().all(|byte| byte.is_ascii_digit()) => match params.iter_mut().find(|(name, _)| *name == first) {
                Some((_, Value::Array(list))) => list.push(Value::String(value)),
                _ => params.push((first, Value::Array(vec![Value::String(value)]))),
            },
            _ => params.push((name.clone(), Value::String(value))),
        }
    }
    params
}

fn cbor_params(body: &Body) -> Vec<(String, Value)> {
    match body.bytes().and_then(|bytes| cbor::parse(&bytes).ok()).map(|value| value.json()) {
        Some(Value::Object(map)) => map.into_iter().collect(),
        _ => Vec::new(),
    }
}

fn json_params(body: &str) -> Vec<(String, Value)> {
    match serde_json::from_str(body) {
        Ok(Value::Object(map)) => map.into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Path segments behind known collections, then the query, under the names of the API's members.
fn rest_params(target: &str, of_rest_apis: bool) -> Vec<(String, Value)> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut params = Vec::new();
    let parts: Vec<&str> = path.split('/').collect();
    let member = if of_rest_apis { rest_api_member } else { path_member };
    for two in parts.windows(2) {
        let [collection, id] = two else { continue };
        if let Some(name) = member(collection).filter(|_| !id.is_empty()) {
            params.push((name.to_owned(), Value::String(decoded(id))));
        }
    }
    let named = |(name, value): (String, String)| match of_rest_apis {
        true => (name.clone(), rest_api_value(&name, value)),
        false => (capitalized(&name), path_value(&name, value)),
    };
    params.extend(pairs(query).map(named));
    params
}

/// The member that follows a collection in the paths of API Gateway's REST APIs.
fn rest_api_member(collection: &str) -> Option<&'static str> {
    Some(match collection {
        "restapis" => "restApiId",
        "deployments" => "deploymentId",
        "usageplans" => "usagePlanId",
        _ => return None,
    })
}

/// The CLI wants numbers, booleans and lists as such.
fn rest_api_value(name: &str, value: String) -> Value {
    match name {
        "limit" => value.parse::<u64>().map_or(Value::String(value), Value::from),
        "embed" => Value::Array(vec![Value::String(value)]),
        "includeValues" => Value::Bool(value == "true"),
        _ => Value::String(value),
    }
}

/// Lambda's `MaxItems` is a number, the `maxResults` of API Gateway v2 a text.
fn path_value(name: &str, value: String) -> Value {
    if name == "MaxItems" { typed(name, value) } else { Value::String(value) }
}

/// The member that follows a collection in the paths of API Gateway v2 and Lambda.
fn path_member(collection: &str) -> Option<&'static str> {
    Some(match collection {
        "apis" => "ApiId",
        "routes" => "RouteId",
        "routeresponses" => "RouteResponseId",
        "integrations" => "IntegrationId",
        "authorizers" => "AuthorizerId",
        "stages" => "StageName",
        "domainnames" => "DomainName",
        "apimappings" => "ApiMappingId",
        "functions" => "FunctionName",
        _ => return None,
    })
}

fn pairs(form: &str) -> impl Iterator<Item = (String, String)> + '_ {
    form.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(&name.replace('+', " ")), decoded(&value.replace('+', " ")))
    })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_uppercase().to_string() + chars.as_str()).unwrap_or_default()
}

/// Form values are text; the CLI wants numbers and booleans as such. Only members known to be so are turned.
fn typed(name: &str, value: String) -> Value {
    match name {
        "MaxItems" | "MaxResults" => value.parse::<u64>().map_or(Value::String(value), Value::from),
        _ if value == "true" || value == "false" => Value::Bool(value == "true"),
        _ => Value::String(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::call::CallKey;
    use crate::recording::line::Request;

    fn call(wire: &str, target: &str, body: &str) -> CallLine {
        CallLine {
            key: CallKey {
                account: "111122223333".into(),
                region: "us-east-1".into(),
                service: "IAM".into(),
                operation: "ListUsers".into(),
                input: String::new(),
                n: 0,
            },
            principal: None,
            wire: wire.into(),
            attempts: vec![],
            request: Request { method: "POST".into(), host: "h".into(), target: target.into(), body: Body::Utf8(body.into()) },
            response: None,
            invalid: None,
            redactions: vec![],
        }
    }

    #[test]
    fn a_query_call_is_repeated_with_the_members_of_the_api() {
        let asked =
            call("query", "/", "Action=ListUsers&Version=2010-05-08&MaxItems=7&Filter.member.1=User&Filter.member.2=Role&Path=%2Fa%27b");
        assert_eq!(
            line(&asked, Some("iam list-users")),
            r#"aws iam list-users --no-paginate --cli-input-json '{"Filter":["User","Role"],"MaxItems":7,"Path":"/a'\''b"}' --region us-east-1 --profile PROFILE"#
        );
        assert_eq!(line(&call("query", "/", "Action=ListUsers"), None), "aws iam list-users --region us-east-1 --profile PROFILE");
    }

    #[test]
    fn a_call_in_cbor_is_repeated_with_the_members_of_the_api() {
        let mut asked = call("rpc-v2-cbor", "/service/GraniteServiceVersion20100801/operation/DescribeAlarms", "");
        asked.request.body = Body::from_bytes(b"\xbf\x6aMaxRecords\x18\x64\x69NextToken\x61t\xff");
        assert_eq!(
            line(&asked, Some("cloudwatch describe-alarms")),
            r#"aws cloudwatch describe-alarms --no-paginate --cli-input-json '{"MaxRecords":100,"NextToken":"t"}' --region us-east-1 --profile PROFILE"#
        );
        assert!(carries_token(&params(&asked)));
    }

    #[test]
    fn path_and_query_of_a_rest_call_are_members() {
        let asked = call("rest-json", "/v2/apis/ab12/routes?maxResults=100&nextToken=x%3D", "");
        assert_eq!(
            params(&asked).into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>(),
            ["ApiId=\"ab12\"", "MaxResults=\"100\"", "NextToken=\"x=\""]
        );
        assert!(carries_token(&params(&asked)));
    }

    #[test]
    fn a_call_about_a_function_names_it() {
        let said = |target: &str| {
            let params = params(&call("rest-json", target, "")).into_iter();
            params.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
        };
        assert_eq!(said("/2015-03-31/functions/orders/policy"), ["FunctionName=\"orders\""]);
        assert_eq!(said("/2015-03-31/functions/?MaxItems=50&Marker=x"), ["MaxItems=50", "Marker=\"x\""]);
    }

    #[test]
    fn a_call_about_rest_apis_is_repeated_with_lists_numbers_and_booleans() {
        let line_of = |target: &str, words: &str| {
            let mut asked = call("rest-json", target, "");
            asked.key.service = "API Gateway".into();
            line(&asked, Some(words))
        };
        assert_eq!(
            line_of("/restapis/ab12/resources?embed=methods&limit=500&position=cDI%3D", "apigateway get-resources"),
            r#"aws apigateway get-resources --no-paginate --cli-input-json '{"embed":["methods"],"limit":500,"position":"cDI=","restApiId":"ab12"}' --region us-east-1 --profile PROFILE"#
        );
        assert_eq!(
            line_of("/restapis/ab12/deployments/d1?embed=apisummary", "apigateway get-deployment"),
            r#"aws apigateway get-deployment --no-paginate --cli-input-json '{"deploymentId":"d1","embed":["apisummary"],"restApiId":"ab12"}' --region us-east-1 --profile PROFILE"#
        );
        let keys = line_of("/apikeys?includeValues=false&limit=500", "apigateway get-api-keys");
        assert!(keys.contains(r#"'{"includeValues":false,"limit":500}'"#), "{keys}");
    }

    #[test]
    fn hostile_parameters_stay_within_their_quotes_and_ascii() {
        let asked = call("json1.1", "/", "{\"Name\":\"';rm -rf $HOME \u{202e}\"}");
        let line = line(&asked, Some("cloudtrail describe-trails"));
        assert!(line.is_ascii() && line.contains(r"'{") && line.contains(r"'\'';rm") && line.contains("\\u202e"), "{line}");
    }
}
