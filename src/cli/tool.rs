//! The versions that decide bytes, as packs and recordings name them.

use std::collections::BTreeMap;

use crate::model::assessment::Tool;

/// This build's versions.
pub fn tool() -> Tool {
    let sdk = [
        ("aws-sdk-apigateway", aws_sdk_apigateway::meta::PKG_VERSION),
        ("aws-sdk-apigatewayv2", aws_sdk_apigatewayv2::meta::PKG_VERSION),
        ("aws-sdk-cloudtrail", aws_sdk_cloudtrail::meta::PKG_VERSION),
        ("aws-sdk-ec2", aws_sdk_ec2::meta::PKG_VERSION),
        ("aws-sdk-iam", aws_sdk_iam::meta::PKG_VERSION),
        ("aws-sdk-sts", aws_sdk_sts::meta::PKG_VERSION),
    ];
    let sdk: BTreeMap<String, String> = sdk.map(|(name, version)| (name.to_owned(), version.to_owned())).into();
    Tool { version: env!("CARGO_PKG_VERSION").to_owned(), collectors: crate::collect::VERSION, sdk }
}
