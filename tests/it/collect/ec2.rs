//! EC2: what a Region's listings prove, what is joined from others, and what is another account's.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, xml};

const VPC: &str = "AWS::EC2::VPC";
const GROUP: &str = "AWS::EC2::SecurityGroup";
const ACL: &str = "AWS::EC2::NetworkAcl";
const INSTANCE: &str = "AWS::EC2::Instance";
const PEERING: &str = "AWS::EC2::VPCPeeringConnection";
const ENDPOINT: &str = "AWS::EC2::VPCEndpoint";
const REGION: &str = "AWS::EC2::RegionSetting";
const ALL: [&str; 7] = [VPC, GROUP, ACL, INSTANCE, PEERING, ENDPOINT, REGION];

/// Account that shares a VPC with ours.
const OTHER: &str = "444455556666";

fn answer(operation: &str, body: &str) -> Reply {
    xml(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{operation}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>{body}</{operation}Response>"
    ))
}

fn denied() -> Reply {
    let body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this operation.</Message></Error></Errors><RequestID>r</RequestID></Response>";
    Reply::Answer { status: 403, headers: vec![("content-type", "text/xml")], body: body.as_bytes().to_vec() }
}

fn set(name: &str, items: &str) -> String {
    if items.is_empty() { format!("<{name}/>") } else { format!("<{name}>{items}</{name}>") }
}

fn vpc(id: &str, owner: &str) -> String {
    format!(
        "<item><vpcId>{id}</vpcId><ownerId>{owner}</ownerId><state>available</state><cidrBlock>10.1.0.0/16</cidrBlock><isDefault>false</isDefault></item>"
    )
}

fn group(id: &str, owner: &str, ingress: &str) -> String {
    format!(
        "<item><groupId>{id}</groupId><groupName>web</groupName><ownerId>{owner}</ownerId><vpcId>vpc-1</vpcId>{}<ipPermissionsEgress/></item>",
        set("ipPermissions", ingress)
    )
}

const SSH: &str = "<item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><ipv6Ranges/><prefixListIds/></item>";

/// What a Region with one of each answers; the other one is empty.
fn usual(question: &Question) -> Reply {
    let here = question.region == "eu-west-1";
    let items = |text: String| if here { text } else { String::new() };
    let (name, body) = match question.operation.as_str() {
        "DescribeVpcs" => ("vpcSet", items(vpc("vpc-1", ACCOUNT) + &vpc("vpc-9", OTHER))),
        "DescribeFlowLogs" => (
            "flowLogSet",
            items("<item><flowLogId>fl-1</flowLogId><flowLogStatus>ACTIVE</flowLogStatus><resourceId>vpc-1</resourceId><trafficType>ALL</trafficType><deliverLogsStatus>SUCCESS</deliverLogsStatus></item>".into()),
        ),
        "DescribeSecurityGroups" => ("securityGroupInfo", items(group("sg-1", ACCOUNT, SSH) + &group("sg-9", OTHER, SSH))),
        "DescribeNetworkAcls" => (
            "networkAclSet",
            items(format!("<item><networkAclId>acl-1</networkAclId><vpcId>vpc-1</vpcId><ownerId>{ACCOUNT}</ownerId><default>true</default><entrySet><item><ruleNumber>100</ruleNumber><protocol>-1</protocol><ruleAction>allow</ruleAction><egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock></item></entrySet><associationSet/></item>")),
        ),
        "DescribeInstances" => (
            "reservationSet",
            items("<item><reservationId>r-1</reservationId><instancesSet><item><instanceId>i-1</instanceId><imageId>ami-1</imageId><instanceState><code>16</code><name>running</name></instanceState><launchTime>2026-01-02T03:04:05.000Z</launchTime><metadataOptions><httpTokens>required</httpTokens><httpEndpoint>enabled</httpEndpoint></metadataOptions></item><item><instanceId>i-2</instanceId><imageId>ami-1</imageId><instanceState><code>48</code><name>terminated</name></instanceState><launchTime>2026-01-02T03:04:05.000Z</launchTime></item></instancesSet></item>".into()),
        ),
        "DescribeVpcPeeringConnections" => (
            "vpcPeeringConnectionSet",
            items(format!("<item><vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId><requesterVpcInfo><vpcId>vpc-1</vpcId><ownerId>{ACCOUNT}</ownerId><cidrBlock>10.1.0.0/16</cidrBlock></requesterVpcInfo><accepterVpcInfo><vpcId>vpc-7</vpcId><ownerId>{OTHER}</ownerId><cidrBlock>10.7.0.0/16</cidrBlock></accepterVpcInfo><status><code>active</code></status></item>")),
        ),
        "DescribeRouteTables" => (
            "routeTableSet",
            items("<item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId><routeSet><item><destinationCidrBlock>10.0.0.0/8</destinationCidrBlock><vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId></item></routeSet></item>".into()),
        ),
        "DescribeVpcEndpoints" => (
            "vpcEndpointSet",
            items(format!("<item><vpcEndpointId>vpce-1</vpcEndpointId><vpcEndpointType>Interface</vpcEndpointType><vpcId>vpc-1</vpcId><serviceName>com.amazonaws.eu-west-1.execute-api</serviceName><state>available</state><ownerId>{ACCOUNT}</ownerId><policyDocument>{{\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}]}}</policyDocument></item>")),
        ),
        "DescribeNetworkInterfaces" => (
            "networkInterfaceSet",
            items("<item><networkInterfaceId>eni-1</networkInterfaceId><vpcId>vpc-1</vpcId><groupSet><item><groupId>sg-1</groupId></item></groupSet></item>".into()),
        ),
        "GetEbsEncryptionByDefault" => return answer("GetEbsEncryptionByDefault", &format!("<ebsEncryptionByDefault>{here}</ebsEncryptionByDefault>")),
        "GetEbsDefaultKmsKeyId" => return answer("GetEbsDefaultKmsKeyId", "<kmsKeyId>alias/aws/ebs</kmsKeyId>"),
        _ => return Reply::Break,
    };
    answer(&question.operation, &set(name, &body))
}

async fn found(script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        let asked = question.service == "ec2" && question.operation != "DescribeRegions";
        asked.then(|| script(question).unwrap_or_else(|| usual(question)))
    });
    (gathered(&upstream, &all_of(&ALL)).await, upstream)
}

#[tokio::test]
async fn each_listing_is_asked_once_for_each_region_and_joined() {
    let (found, upstream) = found(|_| None).await;
    assert_eq!(found.gaps.len(), 3, "{:?}", found.gaps);
    let vpc = found.facts(VPC, "vpc/vpc-1");
    assert_eq!(
        (&vpc["owned"], &vpc["network_interface_count"], &vpc["endpoint_services"]),
        (&json!(true), &json!(1), &json!(["execute-api"]))
    );
    assert_eq!(vpc["flow_logs"][0]["traffic_type"], json!("ALL"));
    let group = found.facts(GROUP, "security-group/sg-1");
    assert_eq!(group["open_ipv4_ports"], json!([{"protocol": "tcp", "first": 22, "last": 22, "open": true}]));
    assert_eq!((&group["rules_from_anywhere"], &group["network_interface_count"]), (&json!(["tcp 22 from 0.0.0.0/0"]), &json!(1)));
    assert_eq!(found.facts(ACL, "network-acl/acl-1")["open_ipv4_ports"].as_array().map(Vec::len), Some(2));
    assert_eq!(found.facts(PEERING, "pcx-1")["reaches_whole_peer"], json!(true));
    assert_eq!(found.facts(ENDPOINT, "vpce-1")["policy"]["full_access"], json!(true));
    for operation in ["DescribeVpcs", "DescribeVpcEndpoints", "DescribeNetworkInterfaces", "DescribeInstances"] {
        assert_eq!(upstream.count(operation), 2, "{operation}");
    }
    for kind in ALL {
        assert_eq!(found.standing(kind, "eu-west-1"), "complete", "{kind}");
        let empty = u64::from(kind == REGION);
        assert_eq!((found.population(kind, "us-east-1").count, found.standing(kind, "us-east-1")), (empty, "complete".to_owned()));
    }
    let settings: Vec<Value> =
        ["eu-west-1", "us-east-1"].iter().map(|region| found.facts(REGION, &format!("{region}:{ACCOUNT}:region-setting"))).collect();
    assert_eq!((&settings[0]["ebs_encryption_by_default"], &settings[1]["ebs_encryption_by_default"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn what_another_account_shares_is_listed_as_its_own() {
    let (found, _) = found(|_| None).await;
    let resource = found.resource(VPC, "vpc/vpc-9");
    assert_eq!(resource.key.id, format!("arn:aws:ec2:eu-west-1:{OTHER}:vpc/vpc-9"));
    assert_eq!(resource.key.account, ACCOUNT, "the account that sees it");
    let facts = found.facts(VPC, "vpc/vpc-9");
    assert_eq!((&facts["owned"], &facts["owner_id"]), (&json!(false), &json!(OTHER)));
    for fact in ["flow_logs", "endpoint_services"] {
        assert!(found.why(&facts[fact]).starts_with("other_account"), "{fact}");
    }
    assert_eq!(found.facts(GROUP, "security-group/sg-9")["owned"], json!(false));
}

#[tokio::test]
async fn a_terminated_instance_has_no_metadata_to_tell_of() {
    let (found, _) = found(|_| None).await;
    let gone = found.facts(INSTANCE, "instance/i-2");
    assert_eq!((&gone["state"], &gone["iam_instance_profile"]), (&json!("terminated"), &Value::Null));
    assert!(found.why(&gone["metadata_options"]).starts_with("failed"));
    assert_eq!(found.facts(INSTANCE, "instance/i-1")["metadata_options"]["http_tokens"], json!("required"));
}

#[tokio::test]
async fn a_denied_join_is_absent_and_the_resources_are_there() {
    for (operation, kind, resource, facts) in [
        ("DescribeFlowLogs", VPC, "vpc/vpc-1", &["flow_logs"][..]),
        ("DescribeVpcEndpoints", VPC, "vpc/vpc-1", &["endpoint_services"]),
        ("DescribeNetworkInterfaces", GROUP, "security-group/sg-1", &["network_interface_count"]),
        ("DescribeRouteTables", PEERING, "pcx-1", &["routes", "reaches_whole_peer"]),
        ("GetEbsEncryptionByDefault", REGION, "eu-west-1:111122223333:region-setting", &["ebs_encryption_by_default"]),
        ("GetEbsDefaultKmsKeyId", REGION, "eu-west-1:111122223333:region-setting", &["ebs_default_kms_key_id"]),
    ] {
        let (found, _) = found(move |question| (question.operation == operation).then(denied)).await;
        for fact in facts {
            assert!(found.why(&found.facts(kind, resource)[*fact]).starts_with("denied"), "{operation} {fact}");
        }
        assert_eq!(found.standing(kind, "eu-west-1"), "complete", "{operation}");
    }
}

#[tokio::test]
async fn a_denied_or_endless_listing_leaves_its_population_unproven() {
    for (operation, kind) in [
        ("DescribeVpcs", VPC),
        ("DescribeSecurityGroups", GROUP),
        ("DescribeNetworkAcls", ACL),
        ("DescribeInstances", INSTANCE),
        ("DescribeVpcPeeringConnections", PEERING),
        ("DescribeVpcEndpoints", ENDPOINT),
    ] {
        let (refused, _) = found(move |question| (question.operation == operation).then(denied)).await;
        assert!(refused.standing(kind, "eu-west-1").starts_with("denied"), "{operation}");
        let (endless, _) = found(move |question| {
            let Reply::Answer { body, .. } = usual(question) else { return None };
            let end = format!("</{operation}Response>");
            let body = String::from_utf8(body).ok()?.replace(&end, &format!("<nextToken>again</nextToken>{end}"));
            (question.operation == operation).then(|| xml(body))
        })
        .await;
        assert!(endless.standing(kind, "eu-west-1").starts_with("truncated"), "{operation}: {}", endless.standing(kind, "eu-west-1"));
    }
}

/// A rule without its list of IPv6 sources could hide one.
#[tokio::test]
async fn w23_rules_without_one_of_their_lists_of_sources_are_no_answer() {
    for list in ["<ipv6Ranges/>", "<prefixListIds/>", "<ipPermissionsEgress/>"] {
        let (found, _) = found(move |question| {
            let Reply::Answer { body, .. } = usual(question) else { return None };
            let body = String::from_utf8(body).ok()?.replace(list, "");
            (question.operation == "DescribeSecurityGroups").then(|| xml(body))
        })
        .await;
        assert!(found.standing(GROUP, "eu-west-1").starts_with("failed"), "{list}: {}", found.standing(GROUP, "eu-west-1"));
    }
}
