//! One body for each operation, written by hand from AWS's API reference (and not recorded): what a whole answer looks like.

use serde_json::Value;

use crate::aws::operation::{Operation, Wire};
use crate::recording::cbor::Cbor;

/// `(service, operation, body)`; bodies in CBOR as JSON, see [`bytes`].
pub(crate) const SAMPLES: &[(&str, &str, &str)] = &[
    (
        "STS",
        "GetCallerIdentity",
        r#"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:sts::111122223333:assumed-role/audit/session</Arn>
    <UserId>AROAEXAMPLEID:session</UserId>
    <Account>111122223333</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata>
</GetCallerIdentityResponse>
"#,
    ),
    (
        "STS",
        "AssumeRole",
        r#"<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser>
<AssumedRoleId>AROAEXAMPLEID:session</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/audit/session</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>ASIAEXAMPLEEXAMPLE12</AccessKeyId><SecretAccessKey>not a real one</SecretAccessKey>
<SessionToken>not a real one</SessionToken><Expiration>2026-10-01T09:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"#,
    ),
    (
        "EC2",
        "DescribeRegions",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
  <regionInfo>
    <item><regionName>eu-west-1</regionName><regionEndpoint>ec2.eu-west-1.amazonaws.com</regionEndpoint><optInStatus>opt-in-not-required</optInStatus></item>
    <item><regionName>af-south-1</regionName><regionEndpoint>ec2.af-south-1.amazonaws.com</regionEndpoint><optInStatus>not-opted-in</optInStatus></item>
  </regionInfo>
</DescribeRegionsResponse>"#,
    ),
    (
        "EC2",
        "DescribeVpcs",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<vpcSet><item><vpcId>vpc-0a1b2c3d</vpcId><ownerId>111122223333</ownerId><state>available</state><cidrBlock>172.31.0.0/16</cidrBlock>
<cidrBlockAssociationSet><item><cidrBlock>172.31.0.0/16</cidrBlock><associationId>vpc-cidr-assoc-1</associationId><cidrBlockState><state>associated</state></cidrBlockState></item></cidrBlockAssociationSet>
<dhcpOptionsId>dopt-1</dhcpOptionsId><instanceTenancy>default</instanceTenancy><isDefault>true</isDefault><tagSet><item><key>Name</key><value>main</value></item></tagSet></item></vpcSet>
</DescribeVpcsResponse>"#,
    ),
    (
        "EC2",
        "DescribeFlowLogs",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeFlowLogsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<flowLogSet><item><creationTime>2024-03-01T10:00:00.000Z</creationTime><deliverLogsStatus>SUCCESS</deliverLogsStatus><flowLogId>fl-0a1b2c3d</flowLogId>
<flowLogStatus>ACTIVE</flowLogStatus><resourceId>vpc-0a1b2c3d</resourceId><trafficType>ALL</trafficType><logDestinationType>s3</logDestinationType>
<logDestination>arn:aws:s3:::example-flow-logs</logDestination><maxAggregationInterval>600</maxAggregationInterval></item>
<item><flowLogId>fl-9</flowLogId><flowLogStatus>ACTIVE</flowLogStatus><resourceId>tgw-0a1b2c3d</resourceId></item></flowLogSet>
</DescribeFlowLogsResponse>"#,
    ),
    (
        "EC2",
        "DescribeSecurityGroups",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<securityGroupInfo><item><ownerId>111122223333</ownerId><groupId>sg-0a1b2c3d</groupId><groupName>web</groupName><groupDescription>web servers</groupDescription><vpcId>vpc-0a1b2c3d</vpcId>
<ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp><description>world</description></item></ipRanges><ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges><prefixListIds><item><prefixListId>pl-0a1b2c3d</prefixListId></item></prefixListIds></item></ipPermissions>
<ipPermissionsEgress><item><ipProtocol>-1</ipProtocol><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp><description>world</description></item></ipRanges><ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges><prefixListIds><item><prefixListId>pl-0a1b2c3d</prefixListId></item></prefixListIds></item></ipPermissionsEgress></item></securityGroupInfo>
</DescribeSecurityGroupsResponse>"#,
    ),
    (
        "EC2",
        "DescribeNetworkAcls",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeNetworkAclsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<networkAclSet><item><networkAclId>acl-0a1b2c3d</networkAclId><vpcId>vpc-0a1b2c3d</vpcId><default>true</default><ownerId>111122223333</ownerId>
<entrySet><item><ruleNumber>100</ruleNumber><protocol>6</protocol><ruleAction>allow</ruleAction><egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock><portRange><from>443</from><to>443</to></portRange></item>
<item><ruleNumber>32768</ruleNumber><protocol>-1</protocol><ruleAction>deny</ruleAction><egress>false</egress><ipv6CidrBlock>::/0</ipv6CidrBlock></item></entrySet>
<associationSet><item><networkAclAssociationId>aclassoc-1</networkAclAssociationId><networkAclId>acl-0a1b2c3d</networkAclId><subnetId>subnet-1</subnetId></item></associationSet><tagSet/></item></networkAclSet>
</DescribeNetworkAclsResponse>"#,
    ),
    (
        "EC2",
        "DescribeInstances",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<reservationSet><item><reservationId>r-1</reservationId><ownerId>111122223333</ownerId><groupSet/><instancesSet><item><instanceId>i-0a1b2c3d</instanceId><imageId>ami-1</imageId>
<instanceState><code>16</code><name>running</name></instanceState><launchTime>2024-03-01T10:00:00.000Z</launchTime><vpcId>vpc-0a1b2c3d</vpcId>
<iamInstanceProfile><arn>arn:aws:iam::111122223333:instance-profile/web</arn><id>AIPAEXAMPLEEXAMPLE123</id></iamInstanceProfile>
<metadataOptions><state>applied</state><httpTokens>required</httpTokens><httpPutResponseHopLimit>2</httpPutResponseHopLimit><httpEndpoint>enabled</httpEndpoint></metadataOptions></item></instancesSet></item></reservationSet>
</DescribeInstancesResponse>"#,
    ),
    (
        "EC2",
        "DescribeVpcPeeringConnections",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeVpcPeeringConnectionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<vpcPeeringConnectionSet><item><vpcPeeringConnectionId>pcx-0a1b2c3d</vpcPeeringConnectionId>
<requesterVpcInfo><ownerId>111122223333</ownerId><vpcId>vpc-0a1b2c3d</vpcId><cidrBlock>10.1.0.0/16</cidrBlock><region>eu-west-1</region></requesterVpcInfo>
<accepterVpcInfo><ownerId>444455556666</ownerId><vpcId>vpc-9</vpcId><region>eu-west-1</region></accepterVpcInfo><status><code>pending-acceptance</code><message>Pending</message></status><tagSet/></item></vpcPeeringConnectionSet>
</DescribeVpcPeeringConnectionsResponse>"#,
    ),
    (
        "EC2",
        "DescribeRouteTables",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeRouteTablesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<routeTableSet><item><routeTableId>rtb-0a1b2c3d</routeTableId><vpcId>vpc-0a1b2c3d</vpcId><ownerId>111122223333</ownerId><routeSet>
<item><destinationCidrBlock>10.1.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId><state>active</state><origin>CreateRouteTable</origin></item>
<item><destinationPrefixListId>pl-1</destinationPrefixListId><gatewayId>vpce-1</gatewayId><state>active</state><origin>CreateRoute</origin></item></routeSet><associationSet/><propagatingVgwSet/><tagSet/></item></routeTableSet>
</DescribeRouteTablesResponse>"#,
    ),
    (
        "EC2",
        "DescribeVpcEndpoints",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<vpcEndpointSet><item><vpcEndpointId>vpce-0a1b2c3d</vpcEndpointId><vpcEndpointType>Interface</vpcEndpointType><vpcId>vpc-0a1b2c3d</vpcId><serviceName>com.amazonaws.eu-west-1.execute-api</serviceName>
<state>available</state><ownerId>111122223333</ownerId><policyDocument>{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}</policyDocument><privateDnsEnabled>true</privateDnsEnabled></item></vpcEndpointSet>
</DescribeVpcEndpointsResponse>"#,
    ),
    (
        "EC2",
        "DescribeNetworkInterfaces",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeNetworkInterfacesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<networkInterfaceSet><item><networkInterfaceId>eni-0a1b2c3d</networkInterfaceId><subnetId>subnet-1</subnetId><vpcId>vpc-0a1b2c3d</vpcId><ownerId>111122223333</ownerId>
<groupSet><item><groupId>sg-0a1b2c3d</groupId><groupName>web</groupName></item></groupSet></item></networkInterfaceSet>
</DescribeNetworkInterfacesResponse>"#,
    ),
    (
        "EC2",
        "GetEbsEncryptionByDefault",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<GetEbsEncryptionByDefaultResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<ebsEncryptionByDefault>true</ebsEncryptionByDefault><sseType>sse-ebs</sseType>
</GetEbsEncryptionByDefaultResponse>"#,
    ),
    (
        "EC2",
        "GetEbsDefaultKmsKeyId",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<GetEbsDefaultKmsKeyIdResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
<kmsKeyId>alias/aws/ebs</kmsKeyId>
</GetEbsDefaultKmsKeyIdResponse>"#,
    ),
    (
        "IAM",
        "ListInstanceProfiles",
        r#"<ListInstanceProfilesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListInstanceProfilesResult><IsTruncated>false</IsTruncated><InstanceProfiles><member>
<InstanceProfileName>web</InstanceProfileName><InstanceProfileId>AIPAEXAMPLEEXAMPLE123</InstanceProfileId><Path>/</Path><Arn>arn:aws:iam::111122223333:instance-profile/web</Arn><CreateDate>2024-03-01T10:00:00Z</CreateDate>
<Roles><member><RoleId>AROAEXAMPLEEXAMPLE123</RoleId><RoleName>web</RoleName><Path>/</Path><Arn>arn:aws:iam::111122223333:role/web</Arn><CreateDate>2024-03-01T10:00:00Z</CreateDate><AssumeRolePolicyDocument>%7B%7D</AssumeRolePolicyDocument></member></Roles>
</member></InstanceProfiles></ListInstanceProfilesResult></ListInstanceProfilesResponse>"#,
    ),
    (
        "IAM",
        "GenerateCredentialReport",
        r#"<GenerateCredentialReportResponse><GenerateCredentialReportResult><Description>No report exists. Starting a new report generation task</Description><State>STARTED</State></GenerateCredentialReportResult></GenerateCredentialReportResponse>"#,
    ),
    (
        "IAM",
        "GetCredentialReport",
        r#"<GetCredentialReportResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetCredentialReportResult><Content>dXNlcixhcm4K</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>2026-10-01T08:00:00Z</GeneratedTime></GetCredentialReportResult></GetCredentialReportResponse>"#,
    ),
    (
        "IAM",
        "ListUsers",
        r#"<ListUsersResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <ListUsersResult>
    <Users>
      <member>
        <UserId>AIDAEXAMPLEEXAMPLE123</UserId><Path>/</Path><UserName>anna &amp; co</UserName>
        <Arn>arn:aws:iam::111122223333:user/anna</Arn><CreateDate>2024-03-01T10:00:00Z</CreateDate>
        <PasswordLastUsed>2026-09-30T10:00:00Z</PasswordLastUsed>
        <Tags><member><Key>team</Key><Value>payments</Value></member></Tags>
      </member>
      <member>
        <UserId>AIDAEXAMPLEEXAMPLE456</UserId><Path>/bots/</Path><UserName>deploy</UserName>
        <Arn>arn:aws:iam::111122223333:user/bots/deploy</Arn><CreateDate>2025-03-01T10:00:00Z</CreateDate>
      </member>
    </Users>
    <IsTruncated>true</IsTruncated>
    <Marker>AAYgdGhpcyBpcyBhIG1hcmtlcg</Marker>
  </ListUsersResult>
  <ResponseMetadata><RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ResponseMetadata>
</ListUsersResponse>"#,
    ),
    (
        "IAM",
        "GetAccountAuthorizationDetails",
        r#"<GetAccountAuthorizationDetailsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <GetAccountAuthorizationDetailsResult>
    <IsTruncated>false</IsTruncated>
    <UserDetailList>
      <member>
        <GroupList><member>admins</member></GroupList><AttachedManagedPolicies/>
        <UserPolicyList><member><PolicyName>own</PolicyName><PolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D</PolicyDocument></member></UserPolicyList>
        <UserId>AIDAEXAMPLEEXAMPLE123</UserId><Path>/</Path><UserName>anna</UserName>
        <Arn>arn:aws:iam::111122223333:user/anna</Arn><CreateDate>2024-03-01T10:00:00Z</CreateDate>
      </member>
    </UserDetailList>
    <GroupDetailList>
      <member>
        <GroupId>AGPAEXAMPLEEXAMPLE123</GroupId><GroupName>admins</GroupName><Path>/</Path>
        <Arn>arn:aws:iam::111122223333:group/admins</Arn><CreateDate>2024-03-01T10:00:00Z</CreateDate><GroupPolicyList/>
        <AttachedManagedPolicies><member><PolicyName>AdministratorAccess</PolicyName><PolicyArn>arn:aws:iam::aws:policy/AdministratorAccess</PolicyArn></member></AttachedManagedPolicies>
      </member>
    </GroupDetailList>
    <RoleDetailList>
      <member>
        <RolePolicyList/><AttachedManagedPolicies/>
        <InstanceProfileList>
          <member><InstanceProfileName>web</InstanceProfileName><InstanceProfileId>AIPAEXAMPLEEXAMPLE123</InstanceProfileId><Path>/</Path>
          <Arn>arn:aws:iam::111122223333:instance-profile/web</Arn><CreateDate>2024-03-01T10:00:00Z</CreateDate><Roles/></member>
        </InstanceProfileList>
        <RoleId>AROAEXAMPLEEXAMPLE123</RoleId><Path>/</Path><RoleName>web</RoleName><Arn>arn:aws:iam::111122223333:role/web</Arn>
        <CreateDate>2024-03-01T10:00:00Z</CreateDate><AssumeRolePolicyDocument>%7B%22Statement%22%3A%5B%5D%7D</AssumeRolePolicyDocument>
        <RoleLastUsed/>
      </member>
    </RoleDetailList>
    <Policies>
      <member>
        <PolicyName>AdministratorAccess</PolicyName><PolicyId>ANPAEXAMPLEEXAMPLE123</PolicyId><Arn>arn:aws:iam::aws:policy/AdministratorAccess</Arn>
        <Path>/</Path><DefaultVersionId>v1</DefaultVersionId><AttachmentCount>1</AttachmentCount><IsAttachable>true</IsAttachable>
        <CreateDate>2015-02-06T18:39:46Z</CreateDate><UpdateDate>2015-02-06T18:39:46Z</UpdateDate>
        <PolicyVersionList><member><Document>%7B%7D</Document><VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion><CreateDate>2015-02-06T18:39:46Z</CreateDate></member></PolicyVersionList>
      </member>
    </Policies>
  </GetAccountAuthorizationDetailsResult>
</GetAccountAuthorizationDetailsResponse>"#,
    ),
    (
        "IAM",
        "GetAccountSummary",
        r#"<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>Users</key><value>32</value></entry><entry><key>AccountMFAEnabled</key><value>1</value></entry></SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>"#,
    ),
    (
        "IAM",
        "GetAccountPasswordPolicy",
        r#"<GetAccountPasswordPolicyResponse><GetAccountPasswordPolicyResult><PasswordPolicy><AllowUsersToChangePassword>true</AllowUsersToChangePassword><RequireUppercaseCharacters>true</RequireUppercaseCharacters><RequireSymbols>true</RequireSymbols><ExpirePasswords>false</ExpirePasswords><PasswordReusePrevention>24</PasswordReusePrevention><RequireLowercaseCharacters>true</RequireLowercaseCharacters><MaxPasswordAge>90</MaxPasswordAge><HardExpiry>false</HardExpiry><RequireNumbers>true</RequireNumbers><MinimumPasswordLength>14</MinimumPasswordLength></PasswordPolicy></GetAccountPasswordPolicyResult></GetAccountPasswordPolicyResponse>"#,
    ),
    (
        "IAM",
        "ListVirtualMFADevices",
        r#"<ListVirtualMFADevicesResponse><ListVirtualMFADevicesResult><IsTruncated>false</IsTruncated><VirtualMFADevices>
<member><SerialNumber>arn:aws:iam::111122223333:mfa/spare</SerialNumber></member>
<member><SerialNumber>arn:aws:iam::111122223333:mfa/root-account-mfa-device</SerialNumber><EnableDate>2024-03-01T10:00:00Z</EnableDate>
<User><UserId>111122223333</UserId><Arn>arn:aws:iam::111122223333:root</Arn><CreateDate>2020-03-01T10:00:00Z</CreateDate></User></member>
</VirtualMFADevices></ListVirtualMFADevicesResult></ListVirtualMFADevicesResponse>"#,
    ),
    (
        "IAM",
        "ListServerCertificates",
        r#"<ListServerCertificatesResponse><ListServerCertificatesResult><IsTruncated>false</IsTruncated><ServerCertificateMetadataList><member><ServerCertificateName>site</ServerCertificateName><Path>/</Path><Arn>arn:aws:iam::111122223333:server-certificate/site</Arn><UploadDate>2024-03-01T10:00:00Z</UploadDate><ServerCertificateId>ASCAEXAMPLEEXAMPLE123</ServerCertificateId><Expiration>2027-03-01T10:00:00Z</Expiration></member></ServerCertificateMetadataList></ListServerCertificatesResult></ListServerCertificatesResponse>"#,
    ),
    (
        "IAM",
        "ListSAMLProviders",
        r#"<ListSAMLProvidersResponse><ListSAMLProvidersResult><SAMLProviderList><member><Arn>arn:aws:iam::111122223333:saml-provider/idp</Arn><ValidUntil>2036-03-01T10:00:00Z</ValidUntil><CreateDate>2024-03-01T10:00:00Z</CreateDate></member></SAMLProviderList></ListSAMLProvidersResult></ListSAMLProvidersResponse>"#,
    ),
    (
        "IAM",
        "ListOpenIDConnectProviders",
        r#"<ListOpenIDConnectProvidersResponse><ListOpenIDConnectProvidersResult><OpenIDConnectProviderList><member><Arn>arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com</Arn></member></OpenIDConnectProviderList></ListOpenIDConnectProvidersResult></ListOpenIDConnectProvidersResponse>"#,
    ),
    (
        "IAM",
        "ListAccountAliases",
        r#"<ListAccountAliasesResponse><ListAccountAliasesResult><IsTruncated>false</IsTruncated><AccountAliases><member>shop-prod</member></AccountAliases></ListAccountAliasesResult></ListAccountAliasesResponse>"#,
    ),
    (
        "IAM",
        "ListOrganizationsFeatures",
        r#"<ListOrganizationsFeaturesResponse><ListOrganizationsFeaturesResult><EnabledFeatures><member>RootCredentialsManagement</member></EnabledFeatures><OrganizationId>o-exampleorgid</OrganizationId></ListOrganizationsFeaturesResult></ListOrganizationsFeaturesResponse>"#,
    ),
    (
        "CloudTrail",
        "DescribeTrails",
        r#"{"trailList":[{"Name":"main","S3BucketName":"logs","IncludeGlobalServiceEvents":true,"IsMultiRegionTrail":true,"HomeRegion":"eu-west-1","TrailARN":"arn:aws:cloudtrail:eu-west-1:111122223333:trail/main","LogFileValidationEnabled":false,"HasCustomEventSelectors":false,"HasInsightSelectors":false,"IsOrganizationTrail":false}]}"#,
    ),
    (
        "CloudTrail",
        "GetTrailStatus",
        r#"{"IsLogging":true,"LatestDeliveryTime":1790841600.123,"StartLoggingTime":1.7908416E9,"LatestDeliveryAttemptTime":"2026-10-01T08:00:00Z","TimeLoggingStopped":""}"#,
    ),
    (
        "CloudTrail",
        "GetEventSelectors",
        r#"{"TrailARN":"arn:aws:cloudtrail:eu-west-1:111122223333:trail/main","AdvancedEventSelectors":[{"Name":"management","FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]}]}"#,
    ),
    (
        "CloudTrail",
        "GetInsightSelectors",
        r#"{"TrailARN":"arn:aws:cloudtrail:eu-west-1:111122223333:trail/main","InsightSelectors":[{"InsightType":"ApiErrorRateInsight"}]}"#,
    ),
    (
        "ApiGatewayV2",
        "GetApis",
        r#"{"items":[{"apiEndpoint":"https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com","apiId":"a1b2c3d4e5","apiKeySelectionExpression":"$request.header.x-api-key","createdDate":"2026-03-01T10:00:00Z","disableExecuteApiEndpoint":false,"name":"orders","protocolType":"HTTP","routeSelectionExpression":"$request.method $request.path","tags":{"team":"payments"}}],"nextToken":"ZmFrZS1wYWdlLXRva2Vu"}"#,
    ),
    (
        "ApiGatewayV2",
        "GetRoutes",
        r#"{"items":[{"apiKeyRequired":false,"authorizationType":"JWT","authorizerId":"az1","routeId":"r1","routeKey":"GET /orders","target":"integrations/i1"}]}"#,
    ),
    (
        "ApiGatewayV2",
        "GetAuthorizers",
        r#"{"items":[{"authorizerId":"az1","authorizerType":"JWT","identitySource":["$request.header.Authorization"],"jwtConfiguration":{"audience":["orders"],"issuer":"https://issuer.example.com"},"name":"jwt"}]}"#,
    ),
    (
        "ApiGatewayV2",
        "GetIntegrations",
        r#"{"items":[{"connectionType":"INTERNET","integrationId":"i1","integrationMethod":"ANY","integrationType":"HTTP_PROXY","integrationUri":"https://backend.example.com/{proxy}","payloadFormatVersion":"1.0","requestParameters":{"append:header.x-backend":"'value'"},"timeoutInMillis":30000}]}"#,
    ),
    (
        "ApiGatewayV2",
        "GetStages",
        r#"{"items":[{"autoDeploy":true,"createdDate":"2026-03-01T10:00:00Z","defaultRouteSettings":{"detailedMetricsEnabled":false},"lastUpdatedDate":"2026-03-01T10:00:00Z","routeSettings":{},"stageName":"$default","stageVariables":{"table":"orders"},"tags":{}}]}"#,
    ),
    (
        "ApiGatewayV2",
        "GetDomainNames",
        r#"{"items":[{"apiMappingSelectionExpression":"$request.basepath","domainName":"api.example.com","domainNameConfigurations":[{"apiGatewayDomainName":"d-1.execute-api.eu-west-1.amazonaws.com","certificateArn":"arn:aws:acm:eu-west-1:111122223333:certificate/1","domainNameStatus":"AVAILABLE","endpointType":"REGIONAL","securityPolicy":"TLS_1_2"}],"tags":{}}]}"#,
    ),
    ("ApiGatewayV2", "GetApiMappings", r#"{"items":[{"apiId":"a1b2c3d4e5","apiMappingId":"m1","apiMappingKey":"v1","stage":"$default"}]}"#),
    (
        "API Gateway",
        "GetRestApis",
        r#"{"item":[{"apiKeySource":"HEADER","createdDate":1760000000,"disableExecuteApiEndpoint":false,"endpointConfiguration":{"ipAddressType":"ipv4","types":["REGIONAL"]},"id":"a1b2c3d4e5","name":"orders","policy":"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[]}","rootResourceId":"r0","tags":{"team":"orders"}}],"position":"cGFnZS10d28="}"#,
    ),
    (
        "API Gateway",
        "GetResources",
        r#"{"item":[{"id":"r0","path":"/"},{"id":"r1","parentId":"r0","path":"/orders","pathPart":"orders","resourceMethods":{"GET":{"apiKeyRequired":false,"authorizationType":"AWS_IAM","httpMethod":"GET","methodIntegration":{"cacheNamespace":"r1","httpMethod":"POST","integrationResponses":{"200":{"responseParameters":{"method.response.header.Access-Control-Allow-Origin":"'*'"},"statusCode":"200"}},"passthroughBehavior":"WHEN_NO_MATCH","requestParameters":{"integration.request.header.x-backend":"'value'"},"timeoutInMillis":29000,"tlsConfig":{"insecureSkipVerification":false},"type":"HTTP_PROXY","uri":"https://backend.example.com/orders"},"methodResponses":{"200":{"statusCode":"200"}},"requestParameters":{"method.request.querystring.page":true}}}}]}"#,
    ),
    (
        "API Gateway",
        "GetStages",
        r#"{"item":[{"accessLogSettings":{"destinationArn":"arn:aws:logs:eu-west-1:111122223333:log-group:orders","format":"$context.requestId"},"cacheClusterEnabled":false,"cacheClusterStatus":"NOT_AVAILABLE","canarySettings":{"deploymentId":"d2","percentTraffic":10.5,"stageVariableOverrides":{"table":"orders-2"},"useStageCache":false},"createdDate":1760000000,"deploymentId":"d1","lastUpdatedDate":1760000001,"methodSettings":{"*/*":{"cacheDataEncrypted":false,"cacheTtlInSeconds":300,"cachingEnabled":false,"dataTraceEnabled":false,"loggingLevel":"ERROR","metricsEnabled":true,"requireAuthorizationForCacheControl":true,"throttlingBurstLimit":200,"throttlingRateLimit":100.0,"unauthorizedCacheControlHeaderStrategy":"SUCCEED_WITH_RESPONSE_HEADER"}},"stageName":"prod","tracingEnabled":true,"variables":{"table":"orders"}}]}"#,
    ),
    (
        "API Gateway",
        "GetDeployment",
        r#"{"apiSummary":{"/orders":{"GET":{"apiKeyRequired":false,"authorizationType":"AWS_IAM"},"OPTIONS":{"apiKeyRequired":false,"authorizationType":"NONE"}}},"createdDate":1760000000,"description":"first","id":"d1"}"#,
    ),
    (
        "API Gateway",
        "GetAuthorizers",
        r#"{"item":[{"authType":"custom","authorizerResultTtlInSeconds":300,"authorizerUri":"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:check/invocations","id":"az1","identitySource":"method.request.header.Authorization","name":"check","type":"TOKEN"}]}"#,
    ),
    (
        "API Gateway",
        "GetRequestValidators",
        r#"{"item":[{"id":"v1","name":"all","validateRequestBody":true,"validateRequestParameters":true}]}"#,
    ),
    (
        "API Gateway",
        "GetGatewayResponses",
        r#"{"item":[{"defaultResponse":true,"responseParameters":{"gatewayresponse.header.Access-Control-Allow-Origin":"'*'"},"responseTemplates":{"application/json":"{}"},"responseType":"DEFAULT_4XX"}]}"#,
    ),
    (
        "API Gateway",
        "GetApiKeys",
        r#"{"item":[{"createdDate":1760000000,"enabled":true,"id":"k1","lastUpdatedDate":1760000000,"name":"partner","stageKeys":["a1b2c3d4e5/prod"]}]}"#,
    ),
    (
        "API Gateway",
        "GetUsagePlans",
        r#"{"item":[{"apiStages":[{"apiId":"a1b2c3d4e5","stage":"prod"}],"id":"p1","name":"partners","quota":{"limit":1000,"offset":0,"period":"DAY"},"throttle":{"burstLimit":20,"rateLimit":10.0}}]}"#,
    ),
    ("API Gateway", "GetUsagePlanKeys", r#"{"item":[{"id":"k1","name":"partner","type":"API_KEY"}]}"#),
    (
        "API Gateway",
        "GetDomainNames",
        r#"{"item":[{"domainName":"api.example.com","domainNameStatus":"AVAILABLE","endpointConfiguration":{"ipAddressType":"ipv4","types":["REGIONAL"]},"regionalCertificateArn":"arn:aws:acm:eu-west-1:111122223333:certificate/1","regionalDomainName":"d-1.execute-api.eu-west-1.amazonaws.com","regionalHostedZoneId":"Z1","securityPolicy":"TLS_1_2"}]}"#,
    ),
    (
        "API Gateway",
        "GetClientCertificates",
        r#"{"item":[{"clientCertificateId":"c1","createdDate":1760000000,"expirationDate":1791536000,"pemEncodedCertificate":"-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----"}]}"#,
    ),
    (
        "API Gateway",
        "GetVpcLinks",
        r#"{"item":[{"id":"l1","name":"internal","status":"AVAILABLE","targetArns":["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/internal/1"]}]}"#,
    ),
    (
        "API Gateway",
        "GetAccount",
        r#"{"apiKeyVersion":"4","cloudwatchRoleArn":"arn:aws:iam::111122223333:role/apigateway-logs","features":["UsagePlans"],"throttleSettings":{"burstLimit":5000,"rateLimit":10000.0}}"#,
    ),
    (
        "S3",
        "ListBuckets",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be</ID></Owner><Buckets><Bucket><Name>example-logs</Name><CreationDate>2025-03-01T10:00:00.000Z</CreationDate><BucketRegion>eu-west-1</BucketRegion><BucketArn>arn:aws:s3:::example-logs</BucketArn></Bucket><Bucket><Name>example.data</Name><CreationDate>2025-03-01T10:00:00.000Z</CreationDate><BucketRegion>us-east-1</BucketRegion></Bucket></Buckets><ContinuationToken>eyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==</ContinuationToken></ListAllMyBucketsResult>"#,
    ),
    (
        "S3",
        "GetBucketLocation",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>"#,
    ),
    (
        "S3",
        "GetBucketEncryption",
        r#"<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>"#,
    ),
    (
        "S3",
        "GetPublicAccessBlock",
        r#"<PublicAccessBlockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>"#,
    ),
    (
        "S3",
        "GetBucketPolicy",
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"tls","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::example-logs","arn:aws:s3:::example-logs/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#,
    ),
    (
        "S3",
        "GetBucketPolicyStatus",
        r#"<PolicyStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsPublic>false</IsPublic></PolicyStatus>"#,
    ),
    (
        "S3",
        "GetBucketAcl",
        r#"<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>79a59df9</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>79a59df9</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>"#,
    ),
    (
        "S3",
        "GetBucketOwnershipControls",
        r#"<OwnershipControls xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>"#,
    ),
    (
        "S3",
        "GetBucketVersioning",
        r#"<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status><MfaDelete>Disabled</MfaDelete></VersioningConfiguration>"#,
    ),
    (
        "S3",
        "GetBucketLogging",
        r#"<BucketLoggingStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LoggingEnabled><TargetBucket>example-access-logs</TargetBucket><TargetPrefix/></LoggingEnabled></BucketLoggingStatus>"#,
    ),
    (
        "S3",
        "GetObjectLockConfiguration",
        r#"<ObjectLockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>365</Days></DefaultRetention></Rule></ObjectLockConfiguration>"#,
    ),
    (
        "S3",
        "GetBucketLifecycleConfiguration",
        r#"<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ID>old</ID><Filter><And><Prefix>AWSLogs/</Prefix><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>2</Value></Tag></And></Filter><Status>Enabled</Status><Transition><Days>30</Days><StorageClass>GLACIER</StorageClass></Transition><Transition><Days>90</Days><StorageClass>DEEP_ARCHIVE</StorageClass></Transition><Expiration><Days>400</Days></Expiration></Rule><Rule><ID>parts</ID><Prefix/><Status>Disabled</Status><AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>"#,
    ),
    (
        "S3",
        "GetBucketTagging",
        r#"<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>data</Key><Value>internal</Value></Tag><Tag><Key>team</Key><Value/></Tag></TagSet></Tagging>"#,
    ),
    (
        "S3 Control",
        "GetPublicAccessBlock",
        r#"<PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>"#,
    ),
    (
        "KMS",
        "ListKeys",
        r#"{"Keys":[{"KeyArn":"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab","KeyId":"1234abcd-12ab-34cd-56ef-1234567890ab"}],"Truncated":false}"#,
    ),
    (
        "KMS",
        "ListAliases",
        r#"{"Aliases":[{"AliasArn":"arn:aws:kms:eu-west-1:111122223333:alias/aws/s3","AliasName":"alias/aws/s3"},{"AliasArn":"arn:aws:kms:eu-west-1:111122223333:alias/logs","AliasName":"alias/logs","CreationDate":1.7E9,"LastUpdatedDate":1.7E9,"TargetKeyId":"1234abcd-12ab-34cd-56ef-1234567890ab"}],"NextMarker":"ZmFrZS1wYWdlLXRva2Vu","Truncated":true}"#,
    ),
    (
        "KMS",
        "DescribeKey",
        r#"{"KeyMetadata":{"AWSAccountId":"111122223333","Arn":"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab","CreationDate":1.7E9,"CurrentKeyMaterialId":"1122","CustomerMasterKeySpec":"SYMMETRIC_DEFAULT","Description":"logs","Enabled":true,"EncryptionAlgorithms":["SYMMETRIC_DEFAULT"],"KeyId":"1234abcd-12ab-34cd-56ef-1234567890ab","KeyManager":"CUSTOMER","KeySpec":"SYMMETRIC_DEFAULT","KeyState":"Enabled","KeyUsage":"ENCRYPT_DECRYPT","MultiRegion":false,"Origin":"AWS_KMS"}}"#,
    ),
    (
        "KMS",
        "GetKeyRotationStatus",
        r#"{"KeyId":"1234abcd-12ab-34cd-56ef-1234567890ab","KeyRotationEnabled":true,"NextRotationDate":1.8E9,"RotationPeriodInDays":365}"#,
    ),
    (
        "KMS",
        "GetKeyPolicy",
        r#"{"Policy":"{\n  \"Version\" : \"2012-10-17\",\n  \"Statement\" : [ { \"Effect\" : \"Allow\", \"Principal\" : { \"AWS\" : \"arn:aws:iam::111122223333:root\" }, \"Action\" : \"kms:*\", \"Resource\" : \"*\" } ]\n}","PolicyName":"default"}"#,
    ),
    (
        "Config Service",
        "DescribeConfigurationRecorders",
        r#"{"ConfigurationRecorders":[{"arn":"arn:aws:config:eu-west-1:111122223333:configuration-recorder/default/abcdefgh12345678","name":"default","recordingGroup":{"allSupported":true,"exclusionByResourceTypes":{"resourceTypes":[]},"includeGlobalResourceTypes":true,"recordingStrategy":{"useOnly":"ALL_SUPPORTED_RESOURCE_TYPES"},"resourceTypes":[]},"recordingMode":{"recordingFrequency":"CONTINUOUS","recordingModeOverrides":[]},"recordingScope":"PAID","roleARN":"arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"}]}"#,
    ),
    (
        "Config Service",
        "DescribeConfigurationRecorderStatus",
        r#"{"ConfigurationRecordersStatus":[{"arn":"arn:aws:config:eu-west-1:111122223333:configuration-recorder/default/abcdefgh12345678","lastStartTime":1.7E9,"lastStatus":"SUCCESS","lastStatusChangeTime":1.79E9,"name":"default","recording":true}]}"#,
    ),
    ("Config Service", "DescribeDeliveryChannels", r#"{"DeliveryChannels":[{"name":"default","s3BucketName":"example-config"}]}"#),
    (
        "Config Service",
        "GetDiscoveredResourceCounts",
        r#"{"resourceCounts":[{"count":16,"resourceType":"AWS::S3::Bucket"},{"count":0,"resourceType":"AWS::IAM::User"}],"totalDiscoveredResources":16}"#,
    ),
    (
        "WAFV2",
        "ListWebACLs",
        r#"{"NextMarker":"orders","WebACLs":[{"ARN":"arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/orders/11111111-2222-4333-a444-555555555555","Description":"","Id":"11111111-2222-4333-a444-555555555555","LockToken":"a1","Name":"orders"}]}"#,
    ),
    (
        "WAFV2",
        "GetWebACL",
        r#"{"LockToken":"a1","WebACL":{"ARN":"arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/orders/11111111-2222-4333-a444-555555555555","Capacity":701,"DefaultAction":{"Allow":{}},"Id":"11111111-2222-4333-a444-555555555555","ManagedByFirewallManager":false,"Name":"orders","Rules":[{"Name":"common","OverrideAction":{"None":{}},"Priority":0,"Statement":{"ManagedRuleGroupStatement":{"Name":"AWSManagedRulesCommonRuleSet","VendorName":"AWS"}},"VisibilityConfig":{"CloudWatchMetricsEnabled":true,"MetricName":"common","SampledRequestsEnabled":true}},{"Action":{"Block":{}},"Name":"origin","Priority":1,"Statement":{"ByteMatchStatement":{"FieldToMatch":{"SingleHeader":{"Name":"x"}},"PositionalConstraint":"EXACTLY","SearchString":"b3JkZXJz","TextTransformations":[{"Priority":0,"Type":"NONE"}]}},"VisibilityConfig":{"CloudWatchMetricsEnabled":true,"MetricName":"origin","SampledRequestsEnabled":true}}],"VisibilityConfig":{"CloudWatchMetricsEnabled":true,"MetricName":"orders","SampledRequestsEnabled":true}}}"#,
    ),
    (
        "WAFV2",
        "GetRuleGroup",
        r#"{"LockToken":"a1","RuleGroup":{"ARN":"arn:aws:wafv2:eu-west-1:111122223333:regional/rulegroup/own/11111111-2222-4333-a444-666666666666","Capacity":20,"Id":"11111111-2222-4333-a444-666666666666","Name":"own","Rules":[{"Action":{"Block":{}},"Name":"geo","Priority":0,"Statement":{"GeoMatchStatement":{"CountryCodes":["XX"]}},"VisibilityConfig":{"CloudWatchMetricsEnabled":true,"MetricName":"geo","SampledRequestsEnabled":true}}],"VisibilityConfig":{"CloudWatchMetricsEnabled":true,"MetricName":"own","SampledRequestsEnabled":true}}}"#,
    ),
    (
        "WAFV2",
        "GetLoggingConfiguration",
        r#"{"LoggingConfiguration":{"LogDestinationConfigs":["arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-orders"],"ManagedByFirewallManager":false,"ResourceArn":"arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/orders/11111111-2222-4333-a444-555555555555"}}"#,
    ),
    ("WAFV2", "ListResourcesForWebACL", r#"{"ResourceArns":["arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI"]}"#),
    (
        "ACM",
        "ListCertificates",
        r#"{"CertificateSummaryList":[{"CertificateArn":"arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012","DomainName":"api.example.com","InUse":true,"Status":"ISSUED"}]}"#,
    ),
    (
        "ACM",
        "DescribeCertificate",
        r#"{"Certificate":{"CertificateArn":"arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012","DomainName":"api.example.com","InUseBy":["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/api/50dc6c495c0c9188"],"KeyAlgorithm":"RSA-2048","NotAfter":1.8E9,"NotBefore":1.76E9,"RenewalEligibility":"ELIGIBLE","Status":"ISSUED","SubjectAlternativeNames":["api.example.com"],"Type":"AMAZON_ISSUED"}}"#,
    ),
    (
        "Cognito Identity Provider",
        "ListUserPools",
        r#"{"NextToken":"b3RoZXI=","UserPools":[{"CreationDate":1.7E9,"Id":"eu-west-1_AbCdEfGhI","LambdaConfig":{},"LastModifiedDate":1.7E9,"Name":"customers"}]}"#,
    ),
    (
        "Cognito Identity Provider",
        "DescribeUserPool",
        r#"{"UserPool":{"AdminCreateUserConfig":{"AllowAdminCreateUserOnly":false,"UnusedAccountValidityDays":7},"Arn":"arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI","CreationDate":1.7E9,"DeletionProtection":"ACTIVE","EstimatedNumberOfUsers":3,"Id":"eu-west-1_AbCdEfGhI","LastModifiedDate":1.7E9,"MfaConfiguration":"ON","Name":"customers","Policies":{"PasswordPolicy":{"MinimumLength":14,"RequireLowercase":true,"RequireNumbers":true,"RequireSymbols":true,"RequireUppercase":true,"TemporaryPasswordValidityDays":7},"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD"]}},"UserPoolAddOns":{"AdvancedSecurityMode":"ENFORCED"},"UserPoolTags":{"team":"orders"},"UserPoolTier":"PLUS"}}"#,
    ),
    ("Cognito Identity Provider", "GetUserPoolMfaConfig", r#"{"MfaConfiguration":"ON","SoftwareTokenMfaConfiguration":{"Enabled":true}}"#),
    (
        "Cognito Identity Provider",
        "DescribeRiskConfiguration",
        r#"{"RiskConfiguration":{"AccountTakeoverRiskConfiguration":{"Actions":{"HighAction":{"EventAction":"BLOCK","Notify":false}}},"CompromisedCredentialsRiskConfiguration":{"Actions":{"EventAction":"BLOCK"},"EventFilter":["SIGN_IN"]},"UserPoolId":"eu-west-1_AbCdEfGhI"}}"#,
    ),
    (
        "Cognito Identity Provider",
        "ListUserPoolClients",
        r#"{"UserPoolClients":[{"ClientId":"1h57kf5cpq17m0eml12EXAMPLE","ClientName":"web","UserPoolId":"eu-west-1_AbCdEfGhI"}]}"#,
    ),
    (
        "Cognito Identity Provider",
        "DescribeUserPoolClient",
        r#"{"UserPoolClient":{"AccessTokenValidity":60,"AllowedOAuthFlows":["code"],"AllowedOAuthFlowsUserPoolClient":true,"AllowedOAuthScopes":["openid"],"CallbackURLs":["https://app.example.com/cb"],"ClientId":"1h57kf5cpq17m0eml12EXAMPLE","ClientName":"web","ClientSecret":"not a real one","CreationDate":1.7E9,"EnableTokenRevocation":true,"ExplicitAuthFlows":["ALLOW_REFRESH_TOKEN_AUTH","ALLOW_USER_SRP_AUTH"],"IdTokenValidity":60,"LastModifiedDate":1.7E9,"PreventUserExistenceErrors":"ENABLED","RefreshTokenValidity":30,"SupportedIdentityProviders":["COGNITO"],"TokenValidityUnits":{"AccessToken":"minutes","IdToken":"minutes","RefreshToken":"days"},"UserPoolId":"eu-west-1_AbCdEfGhI"}}"#,
    ),
    (
        "Cognito Identity",
        "ListIdentityPools",
        r#"{"IdentityPools":[{"IdentityPoolId":"eu-west-1:12345678-1234-1234-1234-123456789012","IdentityPoolName":"app"}]}"#,
    ),
    (
        "Cognito Identity",
        "DescribeIdentityPool",
        r#"{"AllowClassicFlow":false,"AllowUnauthenticatedIdentities":false,"CognitoIdentityProviders":[{"ClientId":"1h57kf5cpq17m0eml12EXAMPLE","ProviderName":"cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI","ServerSideTokenCheck":true}],"IdentityPoolId":"eu-west-1:12345678-1234-1234-1234-123456789012","IdentityPoolName":"app","IdentityPoolTags":{}}"#,
    ),
    (
        "Lambda",
        "ListFunctions",
        r#"{"Functions":[{"FunctionName":"orders","FunctionArn":"arn:aws:lambda:eu-west-1:111122223333:function:orders","Runtime":"python3.13",
"Role":"arn:aws:iam::111122223333:role/orders","Handler":"app.handler","CodeSize":2048,"Description":"","Timeout":30,"MemorySize":256,
"LastModified":"2026-05-01T10:00:00.000+0000","CodeSha256":"c2hhMjU2","Version":"$LATEST","VpcConfig":{"SubnetIds":[],"SecurityGroupIds":[],"VpcId":""},
"Environment":{"Variables":{"LOG_LEVEL":"info"}},"KMSKeyArn":null,"PackageType":"Zip","Architectures":["arm64"]}],"NextMarker":null}"#,
    ),
    (
        "Lambda",
        "GetPolicy",
        r#"{"Policy":"{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[]}","RevisionId":"a1b2c3d4-5678-90ab-cdef-111122223333"}"#,
    ),
    (
        "Lambda",
        "ListFunctionUrlConfigs",
        r#"{"FunctionUrlConfigs":[{"FunctionUrl":"https://abcdefghijklmnop.lambda-url.eu-west-1.on.aws/","FunctionArn":"arn:aws:lambda:eu-west-1:111122223333:function:orders",
"CreationTime":"2026-05-01T10:00:00.000Z","LastModifiedTime":"2026-05-01T10:00:00.000Z","AuthType":"AWS_IAM","InvokeMode":"BUFFERED"}]}"#,
    ),
    ("SQS", "ListQueues", r#"{"QueueUrls":["https://sqs.eu-west-1.amazonaws.com/111122223333/orders"],"NextToken":"bmV4dA=="}"#),
    (
        "SQS",
        "GetQueueAttributes",
        r#"{"Attributes":{"QueueArn":"arn:aws:sqs:eu-west-1:111122223333:orders","KmsMasterKeyId":"alias/aws/sqs","SqsManagedSseEnabled":"false","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"}}"#,
    ),
    (
        "Secrets Manager",
        "ListSecrets",
        r#"{"SecretList":[{"ARN":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/orders-a1b2c3","Name":"prod/orders","LastChangedDate":1.7770176E9,
"LastRotatedDate":1.7770176E9,"NextRotationDate":1.7830656E9,"RotationEnabled":true,"RotationLambdaARN":"arn:aws:lambda:eu-west-1:111122223333:function:rotate",
"RotationRules":{"AutomaticallyAfterDays":30},"Tags":[{"Key":"team","Value":"orders"}],"SecretVersionsToStages":{"a1b2c3d4-5678-90ab-cdef-111122223333":["AWSCURRENT"]},
"CreatedDate":1.7E9}]}"#,
    ),
    (
        "Secrets Manager",
        "GetResourcePolicy",
        r#"{"ARN":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/orders-a1b2c3","Name":"prod/orders","ResourcePolicy":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"}"#,
    ),
    (
        "RDS",
        "DescribeDBInstances",
        r#"<DescribeDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeDBInstancesResult><DBInstances><DBInstance><DBInstanceIdentifier>orders</DBInstanceIdentifier><DBInstanceArn>arn:aws:rds:eu-west-1:111122223333:db:orders</DBInstanceArn><DBInstanceClass>db.m6g.large</DBInstanceClass><DBInstanceStatus>available</DBInstanceStatus><Engine>postgres</Engine><EngineVersion>16.4</EngineVersion><InstanceCreateTime>2026-02-03T10:00:00.123Z</InstanceCreateTime><StorageEncrypted>true</StorageEncrypted><KmsKeyId>arn:aws:kms:eu-west-1:111122223333:key/k1</KmsKeyId><AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade><PubliclyAccessible>false</PubliclyAccessible><MultiAZ>true</MultiAZ><PendingModifiedValues/><VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-1</VpcSecurityGroupId><Status>active</Status></VpcSecurityGroupMembership><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-2</VpcSecurityGroupId><Status>active</Status></VpcSecurityGroupMembership></VpcSecurityGroups><DBSubnetGroup><DBSubnetGroupName>default</DBSubnetGroupName><VpcId>vpc-1</VpcId><Subnets><Subnet><SubnetIdentifier>subnet-1</SubnetIdentifier></Subnet><Subnet><SubnetIdentifier>subnet-2</SubnetIdentifier></Subnet></Subnets></DBSubnetGroup><TagList><Tag><Key>team</Key><Value>orders</Value></Tag><Tag><Key>owner</Key><Value>orders</Value></Tag></TagList></DBInstance><DBInstance><DBInstanceIdentifier>new</DBInstanceIdentifier><DBInstanceArn>arn:aws:rds:eu-west-1:111122223333:db:new</DBInstanceArn><DBInstanceClass>db.m6g.large</DBInstanceClass><DBInstanceStatus>creating</DBInstanceStatus><Engine>postgres</Engine></DBInstance></DBInstances></DescribeDBInstancesResult><ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata></DescribeDBInstancesResponse>"#,
    ),
    (
        "RDS",
        "DescribeDBClusters",
        r#"<DescribeDBClustersResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeDBClustersResult><Marker>orders</Marker><DBClusters><DBCluster><DBClusterIdentifier>orders</DBClusterIdentifier><DBClusterArn>arn:aws:rds:eu-west-1:111122223333:cluster:orders</DBClusterArn><Status>available</Status><Engine>aurora-postgresql</Engine><StorageEncrypted>false</StorageEncrypted><StorageEncryptionType>sse-rds</StorageEncryptionType><MultiAZ>true</MultiAZ><AvailabilityZones><AvailabilityZone>eu-west-1a</AvailabilityZone><AvailabilityZone>eu-west-1b</AvailabilityZone></AvailabilityZones><DBClusterMembers><DBClusterMember><DBInstanceIdentifier>orders-1</DBInstanceIdentifier><IsClusterWriter>true</IsClusterWriter></DBClusterMember><DBClusterMember><DBInstanceIdentifier>orders-2</DBInstanceIdentifier><IsClusterWriter>false</IsClusterWriter></DBClusterMember></DBClusterMembers><ClusterCreateTime>2026-02-03T10:00:00.123Z</ClusterCreateTime></DBCluster></DBClusters></DescribeDBClustersResult><ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata></DescribeDBClustersResponse>"#,
    ),
    (
        "EFS",
        "DescribeFileSystems",
        r#"{"FileSystems":[{"OwnerId":"111122223333","CreationToken":"t","FileSystemId":"fs-0123","FileSystemArn":"arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123","CreationTime":1767225600,"LifeCycleState":"available","Name":"home","NumberOfMountTargets":2,"SizeInBytes":{"Value":6144},"PerformanceMode":"generalPurpose","Encrypted":true,"KmsKeyId":"arn:aws:kms:eu-west-1:111122223333:key/k1","ThroughputMode":"elastic","Tags":[{"Key":"Name","Value":"home"}]}],"NextMarker":"fs-0123"}"#,
    ),
    ("DynamoDB", "ListTables", r#"{"TableNames":["orders","sessions"],"LastEvaluatedTableName":"sessions"}"#),
    (
        "DynamoDB",
        "DescribeTable",
        r#"{"Table":{"TableName":"orders","TableArn":"arn:aws:dynamodb:eu-west-1:111122223333:table/orders","TableStatus":"ACTIVE","CreationDateTime":1.767225600123E9,"ItemCount":0,"DeletionProtectionEnabled":false,"SSEDescription":{"Status":"ENABLED","SSEType":"KMS","KMSMasterKeyArn":"arn:aws:kms:eu-west-1:111122223333:key/k1"}}}"#,
    ),
    (
        "Elastic Load Balancing v2",
        "DescribeLoadBalancers",
        r#"<DescribeLoadBalancersResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeLoadBalancersResult><LoadBalancers><member><LoadBalancerArn>arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/orders/50dc6c495c0c9188</LoadBalancerArn><LoadBalancerName>orders</LoadBalancerName><Type>application</Type><Scheme>internet-facing</Scheme><CreatedTime>2026-01-01T00:00:00.123Z</CreatedTime><SecurityGroups><member>sg-1</member><member>sg-2</member></SecurityGroups><State><Code>active</Code></State></member></LoadBalancers></DescribeLoadBalancersResult><ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata></DescribeLoadBalancersResponse>"#,
    ),
    (
        "Elastic Load Balancing v2",
        "DescribeLoadBalancerAttributes",
        r#"<DescribeLoadBalancerAttributesResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeLoadBalancerAttributesResult><Attributes><member><Value>true</Value><Key>access_logs.s3.enabled</Key></member><member><Value/><Key>access_logs.s3.prefix</Key></member></Attributes></DescribeLoadBalancerAttributesResult><ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata></DescribeLoadBalancerAttributesResponse>"#,
    ),
    (
        "Elastic Load Balancing v2",
        "DescribeListeners",
        r#"<DescribeListenersResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeListenersResult><Listeners><member><ListenerArn>arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2</ListenerArn><Port>443</Port><Protocol>HTTPS</Protocol><SslPolicy>ELBSecurityPolicy-TLS13-1-2-2021-06</SslPolicy></member></Listeners></DescribeListenersResult><ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata></DescribeListenersResponse>"#,
    ),
    (
        "CloudFront",
        "ListDistributions",
        r#"<?xml version="1.0"?>
<DistributionList xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Marker/><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>1</Quantity><Items><DistributionSummary><Id>E1EXAMPLE</Id><ARN>arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE</ARN><Status>Deployed</Status><LastModifiedTime>2026-01-01T00:00:00.123Z</LastModifiedTime><DomainName>d111111abcdef8.cloudfront.net</DomainName><Aliases><Quantity>2</Quantity><Items><CNAME>a.example.com</CNAME><CNAME>b.example.com</CNAME></Items></Aliases><Origins><Quantity>1</Quantity><Items><Origin><Id>api</Id><DomainName>a1b2c3.execute-api.eu-west-1.amazonaws.com</DomainName><OriginPath/></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>api</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy><AllowedMethods><Quantity>2</Quantity><Items><Method>HEAD</Method><Method>GET</Method></Items></AllowedMethods></DefaultCacheBehavior><CacheBehaviors><Quantity>0</Quantity></CacheBehaviors><Comment/><PriceClass>PriceClass_All</PriceClass><Enabled>true</Enabled><WebACLId/><HttpVersion>http2</HttpVersion><IsIPV6Enabled>true</IsIPV6Enabled><Staging>false</Staging></DistributionSummary></Items></DistributionList>"#,
    ),
    (
        "CloudFront",
        "GetDistributionConfig",
        r#"<?xml version="1.0"?>
<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><CallerReference>r</CallerReference><Aliases><Quantity>0</Quantity></Aliases><Origins><Quantity>1</Quantity><Items><Origin><Id>api</Id><DomainName>a1b2c3.execute-api.eu-west-1.amazonaws.com</DomainName></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>api</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy></DefaultCacheBehavior><CacheBehaviors><Quantity>0</Quantity></CacheBehaviors><Comment/><Logging><Enabled>false</Enabled><IncludeCookies>false</IncludeCookies><Bucket/><Prefix/></Logging><PriceClass>PriceClass_All</PriceClass><Enabled>true</Enabled><WebACLId/></DistributionConfig>"#,
    ),
    (
        "CloudWatch Logs",
        "DescribeDeliverySources",
        r#"{"deliverySources":[{"name":"shop","arn":"arn:aws:logs:us-east-1:111122223333:delivery-source:shop","resourceArns":["arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE"],"service":"cloudfront","logType":"ACCESS_LOGS"}]}"#,
    ),
    (
        "CloudWatch Logs",
        "DescribeDeliveries",
        r#"{"deliveries":[{"id":"AbCdEf0123456789","arn":"arn:aws:logs:us-east-1:111122223333:delivery:AbCdEf0123456789","deliverySourceName":"shop","deliveryDestinationArn":"arn:aws:logs:us-east-1:111122223333:delivery-destination:bucket","deliveryDestinationType":"S3"}]}"#,
    ),
    (
        "Account",
        "GetAlternateContact",
        r#"{"AlternateContact":{"AlternateContactType":"SECURITY","EmailAddress":"security@example.com","Name":"Ann Example","PhoneNumber":"+1 206 555 0100","Title":"CISO"}}"#,
    ),
    (
        "Account",
        "GetContactInformation",
        r#"{"ContactInformation":{"AddressLine1":"1 Example Street","City":"Seattle","CountryCode":"US","FullName":"Ann Example","PhoneNumber":"+12065550100","PostalCode":"98101","StateOrRegion":"WA"}}"#,
    ),
    (
        "AccessAnalyzer",
        "ListAnalyzers",
        r#"{"analyzers":[{"arn":"arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/outside","createdAt":"2026-01-02T03:04:05Z","lastResourceAnalyzed":"arn:aws:s3:::example","lastResourceAnalyzedAt":"2026-01-02T03:04:05Z","name":"outside","status":"ACTIVE","tags":{},"type":"ACCOUNT"}]}"#,
    ),
    (
        "AccessAnalyzer",
        "ListFindingsV2",
        r#"{"findings":[{"analyzedAt":"2026-01-02T03:04:05Z","createdAt":"2026-01-02T03:04:05Z","findingType":"ExternalAccess","id":"4d1b5b0e-0001-4000-8000-000000000001","resource":"arn:aws:s3:::example","resourceOwnerAccount":"111122223333","resourceType":"AWS::S3::Bucket","status":"ACTIVE","updatedAt":"2026-01-02T03:04:05Z"}]}"#,
    ),
    (
        "SecurityHub",
        "DescribeHub",
        r#"{"AutoEnableControls":true,"ControlFindingGenerator":"SECURITY_CONTROL","HubArn":"arn:aws:securityhub:eu-west-1:111122223333:hub/default","SubscribedAt":"2026-01-02T03:04:05.678Z"}"#,
    ),
    (
        "SecurityHub",
        "GetEnabledStandards",
        r#"{"StandardsSubscriptions":[{"StandardsArn":"arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0","StandardsControlsUpdatable":"READY_FOR_UPDATES","StandardsInput":{},"StandardsStatus":"READY","StandardsSubscriptionArn":"arn:aws:securityhub:eu-west-1:111122223333:subscription/aws-foundational-security-best-practices/v/1.0.0"}]}"#,
    ),
    ("GuardDuty", "ListDetectors", r#"{"detectorIds":["12abc34d567e8fa901bc2d34e56789f0"]}"#),
    (
        "GuardDuty",
        "GetDetector",
        r#"{"createdAt":"2026-01-02T03:04:05.678Z","features":[{"name":"S3_DATA_EVENTS","status":"ENABLED","updatedAt":1.7E9}],"findingPublishingFrequency":"SIX_HOURS","serviceRole":"arn:aws:iam::111122223333:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty","status":"ENABLED","tags":{},"updatedAt":"2026-01-02T03:04:05.678Z"}"#,
    ),
    (
        "Inspector2",
        "BatchGetAccountStatus",
        r#"{"accounts":[{"accountId":"111122223333","resourceState":{"ec2":{"errorCode":null,"errorMessage":null,"status":"ENABLED"},"ecr":{"status":"ENABLED"},"lambda":{"status":"DISABLED"},"lambdaCode":{"status":"DISABLED"}},"state":{"status":"ENABLED"}}],"failedAccounts":[]}"#,
    ),
    (
        "Inspector2",
        "ListFindings",
        r#"{"findings":[{"awsAccountId":"111122223333","description":"A flaw","findingArn":"arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef","firstObservedAt":1.7E9,"fixAvailable":"YES","lastObservedAt":1.79E9,"packageVulnerabilityDetails":{"source":"NVD","vulnerabilityId":"CVE-2026-0001"},"remediation":{"recommendation":{"text":"None Provided"}},"resources":[{"id":"i-0123456789abcdef0","type":"AWS_EC2_INSTANCE"}],"severity":"HIGH","status":"ACTIVE","title":"CVE-2026-0001 - openssl","type":"PACKAGE_VULNERABILITY"}]}"#,
    ),
    (
        "Macie2",
        "GetMacieSession",
        r#"{"createdAt":"2026-01-02T03:04:05.678Z","findingPublishingFrequency":"SIX_HOURS","serviceRole":"arn:aws:iam::111122223333:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie","status":"ENABLED","updatedAt":"2026-01-02T03:04:05.678Z"}"#,
    ),
    (
        "Macie2",
        "GetAutomatedDiscoveryConfiguration",
        r#"{"autoEnableOrganizationMembers":"NONE","classificationScopeId":"117aff7ed76b59a59c3224ebdexample","disabledAt":null,"firstEnabledAt":"2026-01-02T03:04:05Z","lastUpdatedAt":"2026-01-02T03:04:05Z","sensitivityInspectionTemplateId":"3a4b5c6d","status":"ENABLED"}"#,
    ),
    (
        "Macie2",
        "ListClassificationJobs",
        r#"{"items":[{"bucketDefinitions":[{"accountId":"111122223333","buckets":["example"]}],"createdAt":"2026-01-02T03:04:05Z","jobId":"3ce05dbb7ec5505def334104bexample","jobStatus":"COMPLETE","jobType":"ONE_TIME","name":"uploads"}]}"#,
    ),
    (
        "Organizations",
        "DescribeOrganization",
        r#"{"Organization":{"Arn":"arn:aws:organizations::111122223333:organization/o-exampleorgid","AvailablePolicyTypes":[{"Status":"ENABLED","Type":"SERVICE_CONTROL_POLICY"}],"FeatureSet":"ALL","Id":"o-exampleorgid","MasterAccountArn":"arn:aws:organizations::111122223333:account/o-exampleorgid/111122223333","MasterAccountEmail":"root@example.com","MasterAccountId":"111122223333"}}"#,
    ),
    (
        "Organizations",
        "ListRoots",
        r#"{"Roots":[{"Arn":"arn:aws:organizations::111122223333:root/o-exampleorgid/r-abcd","Id":"r-abcd","Name":"Root","PolicyTypes":[{"Status":"ENABLED","Type":"SERVICE_CONTROL_POLICY"}]}]}"#,
    ),
    (
        "Organizations",
        "ListOrganizationalUnitsForParent",
        r#"{"OrganizationalUnits":[{"Arn":"arn:aws:organizations::111122223333:ou/o-exampleorgid/ou-abcd-11111111","Id":"ou-abcd-11111111","Name":"Workloads"}]}"#,
    ),
    (
        "Organizations",
        "ListAccountsForParent",
        r#"{"Accounts":[{"Arn":"arn:aws:organizations::111122223333:account/o-exampleorgid/444455556666","Email":"sandbox@example.com","Id":"444455556666","JoinedMethod":"CREATED","JoinedTimestamp":1.7E9,"Name":"sandbox","State":"ACTIVE","Status":"ACTIVE"}]}"#,
    ),
    (
        "Organizations",
        "ListPolicies",
        r#"{"Policies":[{"Arn":"arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess","AwsManaged":true,"Description":"Allows access to every operation","Id":"p-FullAWSAccess","Name":"FullAWSAccess","Type":"SERVICE_CONTROL_POLICY"}]}"#,
    ),
    (
        "Organizations",
        "ListTargetsForPolicy",
        r#"{"Targets":[{"Arn":"arn:aws:organizations::111122223333:root/o-exampleorgid/r-abcd","Name":"Root","TargetId":"r-abcd","Type":"ROOT"}]}"#,
    ),
    (
        "Organizations",
        "DescribePolicy",
        r#"{"Policy":{"Content":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"organizations:LeaveOrganization\",\"Resource\":\"*\"}]}","PolicySummary":{"Arn":"arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-11111111","AwsManaged":false,"Id":"p-11111111","Name":"stay","Type":"SERVICE_CONTROL_POLICY"}}}"#,
    ),
    (
        "Organizations",
        "DescribeResourcePolicy",
        r#"{"ResourcePolicy":{"Content":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::444455556666:root\"},\"Action\":\"organizations:AttachPolicy\",\"Resource\":\"*\"}]}","ResourcePolicySummary":{"Arn":"arn:aws:organizations::111122223333:resourcepolicy/o-exampleorgid/rp-12345678","Id":"rp-12345678"}}}"#,
    ),
    (
        "Organizations",
        "ListAWSServiceAccessForOrganization",
        r#"{"EnabledServicePrincipals":[{"DateEnabled":1.7E9,"ServicePrincipal":"guardduty.amazonaws.com"}]}"#,
    ),
    (
        "Organizations",
        "ListDelegatedAdministrators",
        r#"{"DelegatedAdministrators":[{"Arn":"arn:aws:organizations::111122223333:account/o-exampleorgid/444455556666","DelegationEnabledDate":1.7E9,"Email":"sandbox@example.com","Id":"444455556666","JoinedMethod":"CREATED","JoinedTimestamp":1.7E9,"Name":"sandbox","Status":"ACTIVE"}]}"#,
    ),
    (
        "Organizations",
        "ListDelegatedServicesForAccount",
        r#"{"DelegatedServices":[{"DelegationEnabledDate":1.7E9,"ServicePrincipal":"guardduty.amazonaws.com"}]}"#,
    ),
    ("Shield", "GetSubscriptionState", r#"{"SubscriptionState":"ACTIVE"}"#),
    (
        "Shield",
        "ListProtections",
        r#"{"Protections":[{"Id":"3c8a9c5e-0001-4000-8000-000000000001","Name":"www","ProtectionArn":"arn:aws:shield::111122223333:protection/3c8a9c5e-0001-4000-8000-000000000001","ResourceArn":"arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE"}]}"#,
    ),
    ("AuditManager", "GetAccountStatus", r#"{"status":"ACTIVE"}"#),
    (
        "AuditManager",
        "ListAssessments",
        r#"{"assessmentMetadata":[{"complianceType":"PCI DSS V4.0","creationTime":1.7E9,"delegations":[],"id":"a1b2c3d4-0001-4000-8000-000000000001","lastUpdated":1.79E9,"name":"cards","roles":[],"status":"ACTIVE"}]}"#,
    ),
    (
        "CloudWatch",
        "DescribeAlarms",
        r#"{"MetricAlarms":[{"AlarmName":"root-usage","AlarmArn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:root-usage","ActionsEnabled":true,
"AlarmActions":["arn:aws:sns:eu-west-1:111122223333:security"],"OKActions":[],"StateValue":"OK","StateUpdatedTimestamp":1790000000.5,
"MetricName":"RootUsage","Namespace":"Trail","Statistic":"Sum","Dimensions":[],"Period":300,"EvaluationPeriods":1,"Threshold":1.0,
"ComparisonOperator":"GreaterThanOrEqualToThreshold"}],
"CompositeAlarms":[{"AlarmName":"any","AlarmArn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:any","AlarmRule":"ALARM(root-usage)",
"ActionsEnabled":true,"AlarmActions":[],"StateValue":"OK"}],"NextToken":"next"}"#,
    ),
    (
        "CloudWatch Logs",
        "DescribeLogGroups",
        r#"{"logGroups":[{"logGroupName":"trail","arn":"arn:aws:logs:eu-west-1:111122223333:log-group:trail:*","creationTime":1790000000000,
"retentionInDays":400,"kmsKeyId":"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab","storedBytes":0,
"metricFilterCount":1,"logGroupClass":"STANDARD"}],"nextToken":"next"}"#,
    ),
    (
        "CloudWatch Logs",
        "DescribeMetricFilters",
        r#"{"metricFilters":[{"filterName":"root","filterPattern":"","logGroupName":"trail","creationTime":1790000000000,
"metricTransformations":[{"metricName":"RootUsage","metricNamespace":"Trail","metricValue":"1"}]}],"nextToken":"next"}"#,
    ),
    (
        "SNS",
        "ListTopics",
        r#"<ListTopicsResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListTopicsResult><Topics>
<member><TopicArn>arn:aws:sns:eu-west-1:111122223333:security</TopicArn></member></Topics><NextToken>next</NextToken></ListTopicsResult>
<ResponseMetadata><RequestId>3f1478c7-33a9-11df-9540-99d0768312d3</RequestId></ResponseMetadata></ListTopicsResponse>"#,
    ),
    (
        "SNS",
        "GetTopicAttributes",
        r#"<GetTopicAttributesResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><GetTopicAttributesResult><Attributes>
<entry><key>TopicArn</key><value>arn:aws:sns:eu-west-1:111122223333:security</value></entry>
<entry><key>Owner</key><value>111122223333</value></entry><entry><key>DisplayName</key><value></value></entry>
</Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>"#,
    ),
    (
        "SNS",
        "ListSubscriptionsByTopic",
        r#"<ListSubscriptionsByTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListSubscriptionsByTopicResult><Subscriptions>
<member><TopicArn>arn:aws:sns:eu-west-1:111122223333:security</TopicArn><Protocol>email</Protocol>
<SubscriptionArn>PendingConfirmation</SubscriptionArn><Owner>111122223333</Owner><Endpoint>duty@example.com</Endpoint></member>
</Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>"#,
    ),
];

/// A sample's bytes on the wire: as written, or, for operations that speak CBOR, the same members in CBOR. What is no JSON stays as
/// it is.
pub(crate) fn bytes(operation: &Operation, body: &str) -> Vec<u8> {
    match serde_json::from_str::<Value>(body) {
        Ok(value @ Value::Object(_)) if operation.wire == Wire::Cbor => Cbor::of_json(&value).bytes(),
        _ => body.as_bytes().to_vec(),
    }
}
