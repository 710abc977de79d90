//! Facts of WAF's kind. Member names are the WAF API's in snake case; named facts say how they are computed.
//!
//! Rules are named as people see them: `office`, and `own-group / office` for a rule within a rule group. Rules stand in the order in which
//! requests meet them: those that Firewall Manager put first, the web ACL's own by priority, those that Firewall Manager put last.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Fact;

/// `AWS::WAFv2::WebACL`: a web ACL, regional or for CloudFront; those for CloudFront lie in the Region that speaks for it (us-east-1).
#[derive(Debug, Serialize, JsonSchema)]
pub struct WebAcl {
    /// `Name`.
    pub name: Fact<String>,
    /// `Id`.
    pub id: Fact<String>,
    /// `ARN`.
    pub arn: Fact<String>,
    /// `Scope`: `REGIONAL` or `CLOUDFRONT`.
    pub scope: Fact<String>,
    /// `Description`, null where not given.
    pub description: Fact<Option<String>>,
    /// `DefaultAction`: `ALLOW` or `BLOCK`, for requests that no rule has decided on.
    pub default_action: Fact<String>,
    /// `ManagedByFirewallManager`.
    pub managed_by_firewall_manager: Fact<bool>,
    /// The rules in the order in which requests meet them.
    pub rules: Fact<Vec<Rule>>,
    /// What stops SQL injection: rules with a `SqliMatchStatement`, and managed groups of AWS that look for it.
    pub sql_injection: Fact<Protection>,
    /// What stops cross-site scripting: rules with an `XssMatchStatement`, and managed groups of AWS that look for it.
    pub cross_site_scripting: Fact<Protection>,
    /// What stops input that is known to exploit a flaw: managed groups of AWS that look for it.
    pub known_bad_inputs: Fact<Protection>,
    /// Rules with a `RateBasedStatement`, those in rule groups of the account included.
    pub rate_limits: Fact<Vec<RateLimit>>,
    /// Managed rule groups, `VENDOR/NAME`, that act as their vendor means it on every request: no scope-down statement, nothing overridden
    /// to let pass, and no rule before them that lets past. Sorted.
    pub managed_groups_in_force: Fact<Vec<String>>,
    /// Which rules act and which only count.
    pub modes: Fact<Modes>,
    /// Where inspected requests are logged (`GetLoggingConfiguration`); null where WAF says that there is no configuration.
    pub logging: Fact<Option<Logging>>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rule {
    /// `Name`.
    pub name: String,
    /// `Priority`.
    pub priority: i64,
    /// Whether Firewall Manager put it there.
    pub by_firewall_manager: bool,
    /// What becomes of a request that matches: `BLOCK`, `ALLOW`, `COUNT`, `CAPTCHA`, `CHALLENGE`, `OTHER`; for a rule group `OWN`, its
    /// rules' own actions, unless all of it is overridden to `COUNT`.
    pub action: String,
    /// Kind of its statement: `SqliMatchStatement`, `ManagedRuleGroupStatement`; null for one that this version does not know.
    pub statement: Option<String>,
    /// `VENDOR/NAME` of a managed rule group, null for other rules.
    pub managed_rule_group: Option<String>,
    /// `Version` of a managed rule group; null where its vendor's default holds, and for other rules.
    pub managed_rule_group_version: Option<String>,
    /// ARN of a rule group of one's own, null for other rules.
    pub rule_group_arn: Option<String>,
    /// Whether a scope-down statement keeps it to a part of the requests.
    pub scoped_down: bool,
    /// Rules within the group that are overridden to `Count` one by one, sorted.
    pub counted_rules: Vec<String>,
}

/// What stops something. What a rule group decides that could not be read is absent.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Protection {
    /// The first rule that blocks every request in which it finds it, and before which no rule lets requests past; null where there is
    /// none. A rule that allows addresses of an IP set does not count as letting past.
    pub blocked_by: Fact<Option<String>>,
    /// Rules that block it in a part of the requests only, each with the reason: `common: CrossSiteScripting_BODY is overridden`.
    pub partly: Fact<Vec<String>>,
    /// Rules that find it and do not block: they count, allow, or set a puzzle.
    pub not_blocking: Fact<Vec<String>>,
}

/// A `RateBasedStatement`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RateLimit {
    /// The rule.
    pub rule: String,
    /// `Limit`, requests within the window.
    pub limit: i64,
    /// `EvaluationWindowSec`, seconds; 300 where not given.
    pub evaluation_window_seconds: i64,
    /// `AggregateKeyType`: `IP`, `FORWARDED_IP`, `CUSTOM_KEYS`, `CONSTANT`.
    pub aggregate_key_type: String,
    /// What becomes of requests above the limit: `BLOCK`, `CAPTCHA`, `CHALLENGE`, `COUNT`, `ALLOW`, `OTHER`.
    pub action: String,
    /// Whether a scope-down statement keeps it to a part of the requests.
    pub scoped_down: bool,
    /// Rules before it that let requests past by what anybody can send.
    pub let_past_by: Vec<String>,
}

/// Which rules act and which only count. The rules of a group of one's own are counted one by one, and so are those of a managed group
/// whose rules are published; any other group is one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Modes {
    /// Number of rules.
    pub rule_count: i64,
    /// Number of rules that only count.
    pub counting_count: i64,
    /// Names of the rules that only count, in order; a group that is overridden as a whole, by its own name.
    pub counting: Vec<String>,
    /// Names of the web ACL's rules that stop requests: that block or set a puzzle, or are a group in which some rule does.
    pub stopping: Vec<String>,
}

/// `LoggingConfiguration`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Logging {
    /// `LogDestinationConfigs`: ARNs of a log group, bucket or stream.
    pub log_destination_configs: Vec<String>,
    /// Number of `RedactedFields`.
    pub redacted_fields: i64,
    /// `LoggingFilter.DefaultBehavior`: `KEEP` or `DROP`; null without a filter, when every request is logged.
    pub filter_default_behavior: Option<String>,
    /// Whether some filter has the behavior `DROP`.
    pub filter_drops: bool,
    /// `ManagedByFirewallManager`.
    pub managed_by_firewall_manager: bool,
}
