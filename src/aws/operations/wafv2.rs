//! WAF. A rule has a statement of one kind and one of two kinds of action; a kind that WAF adds later makes the answer one that cannot be
//! read, for nobody here knows what such a rule does. What a rule looks for and what it adds to requests may be secrets, at any depth.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&LIST_WEB_ACLS, &GET_WEB_ACL, &GET_RULE_GROUP, &GET_LOGGING_CONFIGURATION, &LIST_RESOURCES_FOR_WEB_ACL];

/// `ListWebACLs`.
pub static LIST_WEB_ACLS: Operation = Operation {
    service: "WAFV2",
    name: "ListWebACLs",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["wafv2:ListWebACLs"],
    resources: &["*"],
    root: "",
    required: &["WebACLs[].Name:text", "WebACLs[].Id:text", "WebACLs[].ARN:arn"],
    redact: &[],
    polled: false,
    cli: "wafv2 list-web-acls",
    reference: "https://docs.aws.amazon.com/waf/latest/APIReference/API_ListWebACLs.html",
};

/// `GetWebACL`.
pub static GET_WEB_ACL: Operation = Operation {
    service: "WAFV2",
    name: "GetWebACL",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["wafv2:GetWebACL"],
    resources: &["*"],
    root: "",
    required: &[
        "LockToken:text",
        "WebACL.Name:text",
        "WebACL.Id:text",
        "WebACL.ARN:arn",
        "WebACL.DefaultAction.Allow|Block:object",
        "WebACL.VisibilityConfig:object",
        "WebACL.Rules[].Name:text",
        "WebACL.Rules[].Priority:int",
        "WebACL.Rules[].Statement.ByteMatchStatement|SqliMatchStatement|XssMatchStatement|SizeConstraintStatement|GeoMatchStatement|RuleGroupReferenceStatement|IPSetReferenceStatement|RegexPatternSetReferenceStatement|RateBasedStatement|AndStatement|OrStatement|NotStatement|ManagedRuleGroupStatement|LabelMatchStatement|RegexMatchStatement|AsnMatchStatement:object",
        "WebACL.Rules[].Statement.RateBasedStatement?.Limit:int",
        "WebACL.Rules[].Statement.RateBasedStatement?.AggregateKeyType:text",
        "WebACL.Rules[].Statement.LabelMatchStatement?.Scope:text",
        "WebACL.Rules[].Statement.LabelMatchStatement?.Key:text",
        "WebACL.Rules[].Action?.Block|Allow|Count|Captcha|Challenge|Monetize:object",
        "WebACL.Rules[].OverrideAction?.None|Count:object",
        "WebACL.Rules[].Statement.RuleGroupReferenceStatement?.ARN:arn",
        "WebACL.Rules[].Statement.RuleGroupReferenceStatement?.RuleActionOverrides?[].Name:text",
        "WebACL.Rules[].Statement.RuleGroupReferenceStatement?.RuleActionOverrides?[].ActionToUse.Block|Allow|Count|Captcha|Challenge|Monetize:object",
        "WebACL.Rules[].Statement.ManagedRuleGroupStatement?.VendorName:text",
        "WebACL.Rules[].Statement.ManagedRuleGroupStatement?.Name:text",
        "WebACL.Rules[].Statement.ManagedRuleGroupStatement?.RuleActionOverrides?[].Name:text",
        "WebACL.Rules[].Statement.ManagedRuleGroupStatement?.RuleActionOverrides?[].ActionToUse.Block|Allow|Count|Captcha|Challenge|Monetize:object",
        "WebACL.Rules[].Action|OverrideAction:object",
        "WebACL.PreProcessFirewallManagerRuleGroups?[].Name:text",
        "WebACL.PreProcessFirewallManagerRuleGroups?[].FirewallManagerStatement:object",
        "WebACL.PreProcessFirewallManagerRuleGroups?[].OverrideAction:object",
        "WebACL.PostProcessFirewallManagerRuleGroups?[].Name:text",
        "WebACL.PostProcessFirewallManagerRuleGroups?[].FirewallManagerStatement:object",
        "WebACL.PostProcessFirewallManagerRuleGroups?[].OverrideAction:object",
    ],
    redact: &[
        ("WebACL.**.SearchString", Redact::Blob),
        ("WebACL.**.InsertHeaders[].Value", Redact::Value),
        ("WebACL.**.ResponseHeaders[].Value", Redact::Value),
    ],
    polled: false,
    cli: "wafv2 get-web-acl",
    reference: "https://docs.aws.amazon.com/waf/latest/APIReference/API_GetWebACL.html",
};

/// `GetRuleGroup`.
pub static GET_RULE_GROUP: Operation = Operation {
    service: "WAFV2",
    name: "GetRuleGroup",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["wafv2:GetRuleGroup"],
    resources: &["*"],
    root: "",
    required: &[
        "LockToken:text",
        "RuleGroup.Name:text",
        "RuleGroup.Id:text",
        "RuleGroup.ARN:arn",
        "RuleGroup.VisibilityConfig:object",
        "RuleGroup.Rules[].Name:text",
        "RuleGroup.Rules[].Priority:int",
        "RuleGroup.Rules[].Statement.ByteMatchStatement|SqliMatchStatement|XssMatchStatement|SizeConstraintStatement|GeoMatchStatement|RuleGroupReferenceStatement|IPSetReferenceStatement|RegexPatternSetReferenceStatement|RateBasedStatement|AndStatement|OrStatement|NotStatement|ManagedRuleGroupStatement|LabelMatchStatement|RegexMatchStatement|AsnMatchStatement:object",
        "RuleGroup.Rules[].Statement.RateBasedStatement?.Limit:int",
        "RuleGroup.Rules[].Statement.RateBasedStatement?.AggregateKeyType:text",
        "RuleGroup.Rules[].Statement.LabelMatchStatement?.Scope:text",
        "RuleGroup.Rules[].Statement.LabelMatchStatement?.Key:text",
        "RuleGroup.Rules[].Action.Block|Allow|Count|Captcha|Challenge|Monetize:object",
    ],
    redact: &[
        ("RuleGroup.**.SearchString", Redact::Blob),
        ("RuleGroup.**.InsertHeaders[].Value", Redact::Value),
        ("RuleGroup.**.ResponseHeaders[].Value", Redact::Value),
    ],
    polled: false,
    cli: "wafv2 get-rule-group",
    reference: "https://docs.aws.amazon.com/waf/latest/APIReference/API_GetRuleGroup.html",
};

/// `GetLoggingConfiguration`.
pub static GET_LOGGING_CONFIGURATION: Operation = Operation {
    service: "WAFV2",
    name: "GetLoggingConfiguration",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["wafv2:GetLoggingConfiguration"],
    resources: &["*"],
    root: "",
    required: &["LoggingConfiguration.ResourceArn:arn", "LoggingConfiguration.LogDestinationConfigs[]:arn"],
    redact: &[],
    polled: false,
    cli: "wafv2 get-logging-configuration",
    reference: "https://docs.aws.amazon.com/waf/latest/APIReference/API_GetLoggingConfiguration.html",
};

/// `ListResourcesForWebACL`. Unlike `GetWebACLForResource`, whose answer about a resource without web ACL is an empty object, it says so
/// with a list.
pub static LIST_RESOURCES_FOR_WEB_ACL: Operation = Operation {
    service: "WAFV2",
    name: "ListResourcesForWebACL",
    wire: Wire::Json11,
    effect: Effect::Read,
    actions: &["wafv2:ListResourcesForWebACL", "cognito-idp:ListResourcesForWebACL"],
    resources: &["*"],
    root: "",
    required: &["ResourceArns[]:arn"],
    redact: &[],
    polled: false,
    cli: "wafv2 list-resources-for-web-acl",
    reference: "https://docs.aws.amazon.com/waf/latest/APIReference/API_ListResourcesForWebACL.html",
};
