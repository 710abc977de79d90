//! VPC endpoints and what their policies leave open.

use aws_sdk_ec2::types::VpcEndpoint;

use super::facts::{self, EndpointPolicy};
use super::ids::{Place, count, name_tag, named};
use super::kinds::ENDPOINT;
use super::listings::{DESCRIBE_VPC_ENDPOINTS, Told};
use crate::aws::Caller;
use crate::collect::at::{At, sources};
use crate::collect::scope::Run;
use crate::model::{Fact, Population, Resource};
use crate::policy::{Answer, Document, Restricting};

/// The service of private APIs.
const EXECUTE_API: &str = "execute-api";

/// Hands on VPC endpoints.
pub fn hand_on(caller: &Caller, run: &Run<'_>, told: &Told<VpcEndpoint>) -> Population {
    let place = Place::of(caller);
    for (call, endpoint) in &told.items {
        // The listing has left out what has no id.
        let id = endpoint.vpc_endpoint_id.clone().unwrap_or_default();
        let facts = facts_of(At::call(caller, DESCRIBE_VPC_ENDPOINTS, *call), endpoint, &place);
        let (arn, name) = (place.arn(endpoint.owner_id.as_deref(), "vpc-endpoint", &id), named(name_tag(endpoint.tags()), &id));
        run.found(&Resource::new(caller.place(), ENDPOINT, arn, name, &facts, sources([("", vec![*call])])));
    }
    told.proof.population(caller, ENDPOINT, told.items.len() as u64, None)
}

fn facts_of(at: At<'_>, endpoint: &VpcEndpoint, place: &Place) -> facts::VpcEndpoint {
    let kind = endpoint.vpc_endpoint_type.as_ref().map(|kind| kind.as_str().to_owned());
    let name = endpoint.service_name.as_deref().filter(|name| !name.is_empty());
    let of = name.map(service);
    facts::VpcEndpoint {
        vpc_endpoint_id: at.need(endpoint.vpc_endpoint_id.clone(), "vpcEndpointId"),
        vpc_endpoint_type: at.need(kind, "vpcEndpointType"),
        service_name: Fact::Known(name.map(str::to_owned)),
        vpc_id: at.need(endpoint.vpc_id.clone(), "vpcId"),
        owner_id: at.need(endpoint.owner_id.clone(), "ownerId"),
        owned: at.need(endpoint.owner_id.as_ref().map(|owner| *owner == place.account), "ownerId"),
        state: at.need(endpoint.state.as_ref().map(|state| state.as_str().to_ascii_lowercase()), "state"),
        private_dns_enabled: Fact::Known(endpoint.private_dns_enabled),
        policy: policy(at, endpoint.policy_document.as_deref(), of.as_deref(), &place.partition),
        service: Fact::Known(of),
    }
}

/// The service's own name: AWS's prefix and the Region are left out (`com.amazonaws.eu-west-1.s3`,
/// `cn.com.amazonaws.cn-north-1.ecr.api`, `aws.sagemaker.eu-west-1.notebook`), the names of others stay whole.
pub fn service(name: &str) -> String {
    let own = name.strip_prefix("cn.").unwrap_or(name).strip_prefix("com.amazonaws.").and_then(|rest| rest.split_once('.'));
    match own {
        Some((region, service)) if region != "vpce" && region.contains('-') => service.to_owned(),
        _ => name.to_owned(),
    }
}

/// AWS attaches a policy to every endpoint for private APIs; where it tells none, what the endpoint lets through is not known.
fn policy(at: At<'_>, text: Option<&str>, service: Option<&str>, partition: &str) -> Fact<Option<EndpointPolicy>> {
    let private_apis = service == Some(EXECUTE_API);
    let text = match text.filter(|text| !text.is_empty()) {
        Some(text) => text,
        None if private_apis => return at.need(None, "policyDocument"),
        None => return Fact::Known(None),
    };
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return at.read(Err(format!("the endpoint policy cannot be read: {error}"))),
    };
    let answer = if private_apis { full_access(&document, partition) } else { Answer::No };
    let about = |why: &str| format!("the endpoint policy does not settle it: {why}");
    let (full, shown) = match &answer {
        Answer::Yes(shown) => (Ok(Some(true)), Ok(shown.iter().map(ToString::to_string).collect())),
        Answer::No => (Ok(private_apis.then_some(false)), Ok(Vec::new())),
        Answer::Unknown(why) => (Err(about(why)), Err(about(why))),
    };
    let statements = count(document.statements.len());
    Fact::Known(Some(EndpointPolicy { full_access: at.read(full), full_access_statements: at.read(shown), statements }))
}

/// Everybody, every API, every method.
fn full_access(document: &Document, partition: &str) -> Answer {
    let every_api = format!("arn:{partition}:execute-api:{{region}}:{{account}}:{{id}}/{{some}}");
    document.open_to_everyone("execute-api:invoke", &every_api, &Restricting::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    fn full(statements: &str) -> Option<bool> {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, DESCRIBE_VPC_ENDPOINTS, CallId(1));
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
        let Fact::Known(Some(policy)) = policy(at, Some(&text), Some(EXECUTE_API), "aws") else { panic!("{text}") };
        policy.full_access.known().copied().flatten()
    }

    fn allow(principal: &str, action: &str, resource: &str, more: &str) -> String {
        format!(r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "{action}", "Resource": "{resource}"{more}}}"#)
    }

    #[test]
    fn a_policy_is_full_access_where_nobody_no_action_and_no_api_is_left_out() {
        let any = r#""*""#;
        assert_eq!(full(&allow(any, "*", "*", "")), Some(true));
        assert_eq!(full(&allow(r#"{"AWS": "*"}"#, "execute-api:*", "arn:aws:execute-api:*:*:*/*", "")), Some(true));
        assert_eq!(full(&allow(any, "execute-api:Invoke", "*", "")), Some(true));
        assert_eq!(full(&allow(any, "*", "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/*", "")), Some(false));
        assert_eq!(full(&allow(r#"{"AWS": "111122223333"}"#, "*", "*", "")), Some(false));
        assert_eq!(full(&allow(any, "execute-api:ManageConnections", "*", "")), Some(false));
        let organization = r#", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}"#;
        assert_eq!(full(&allow(any, "*", "*", organization)), Some(false));
        let encrypted = r#", "Condition": {"Bool": {"aws:SecureTransport": "true"}}"#;
        assert_eq!(full(&allow(any, "*", "*", encrypted)), Some(true));
        assert_eq!(full(&allow(any, "*", "*", r#", "Condition": {"StringEquals": {"aws:Unheard": "of"}}"#)), None);
        assert_eq!(full(&allow(any, "execute-api:Invoke", "execute-api:/*", "")), Some(true));
        assert_eq!(full(&allow(any, "execute-api:Invoke", "execute-api:/prod/*", "")), Some(false));
        assert_eq!(full(""), Some(false));
    }

    #[test]
    fn a_denial_of_one_api_is_a_narrowing_and_one_that_can_be_avoided_is_none() {
        let all = allow(r#""*""#, "*", "*", "");
        let denied = r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "arn:aws:execute-api:*:*:a1b2c3d4e5/*"}"#;
        assert_eq!(full(&format!("{all}, {denied}")), Some(false));
        let role = r#"{"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::111122223333:role/old"}, "Action": "*", "Resource": "*"}"#;
        assert_eq!(full(&format!("{all}, {role}")), Some(true));
    }

    #[test]
    fn a_policy_that_is_not_told_is_absent_for_private_apis_and_none_elsewhere() {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, DESCRIBE_VPC_ENDPOINTS, CallId(1));
        assert!(policy(at, None, Some(EXECUTE_API), "aws").known().is_none());
        assert!(policy(at, Some("{"), Some(EXECUTE_API), "aws").known().is_none());
        assert!(matches!(policy(at, None, Some("com.amazonaws.vpce.eu-west-1.vpce-svc-1"), "aws"), Fact::Known(None)));
        let Fact::Known(Some(other)) = policy(at, Some(r#"{"Statement": []}"#), Some("s3"), "aws") else { panic!("a policy") };
        assert_eq!(other.full_access, Fact::Known(None));
    }

    #[test]
    fn services_lose_the_prefix_of_aws_and_others_keep_their_name() {
        for (name, own) in [
            ("com.amazonaws.eu-west-1.execute-api", "execute-api"),
            ("com.amazonaws.us-east-1.ecr.api", "ecr.api"),
            ("cn.com.amazonaws.cn-north-1.ecr.dkr", "ecr.dkr"),
            ("com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b", "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b"),
            ("aws.sagemaker.eu-west-1.notebook", "aws.sagemaker.eu-west-1.notebook"),
            ("com.amazonaws.s3-global.accesspoint", "accesspoint"),
        ] {
            assert_eq!(service(name), own);
        }
    }
}
