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
        Ok(value @ Value::Object(_)) if operation.wire == Wire::Cbor => cbor(&value, "").bytes(),
        _ => body.as_bytes().to_vec(),
    }
}

fn cbor(value: &Value, name: &str) -> Cbor {
    match value {
        Value::Null => Cbor::Null,
        Value::Bool(value) => Cbor::Bool(*value),
        Value::Number(number) if name.ends_with("Timestamp") => Cbor::Tag(1, Box::new(Cbor::Float(number.as_f64().unwrap_or_default()))),
        Value::Number(number) => number.as_i64().map_or_else(|| Cbor::Float(number.as_f64().unwrap_or_default()), |n| Cbor::Int(n.into())),
        Value::String(text) => Cbor::Text(text.clone()),
        Value::Array(items) => Cbor::List(items.iter().map(|item| cbor(item, "")).collect()),
        Value::Object(members) => Cbor::Map(members.iter().map(|(name, value)| (name.clone(), cbor(value, name))).collect()),
    }
}
