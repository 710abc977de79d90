//! Elastic Load Balancing v2. Lists are there also where they are empty. The secret of a client that signs users in is not sent by
//! AWS; the row hides it nevertheless.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&DESCRIBE_LOAD_BALANCERS, &DESCRIBE_LOAD_BALANCER_ATTRIBUTES, &DESCRIBE_LISTENERS];

/// `DescribeLoadBalancers`.
pub static DESCRIBE_LOAD_BALANCERS: Operation = Operation {
    service: "Elastic Load Balancing v2",
    name: "DescribeLoadBalancers",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["elasticloadbalancing:DescribeLoadBalancers"],
    resources: &["*"],
    root: "DescribeLoadBalancersResponse",
    required: &[
        "DescribeLoadBalancersResult.LoadBalancers.member[].LoadBalancerArn:arn",
        "DescribeLoadBalancersResult.LoadBalancers.member[].LoadBalancerName:text",
        "DescribeLoadBalancersResult.LoadBalancers.member[].Type:text",
        "DescribeLoadBalancersResult.LoadBalancers.member[].CreatedTime:date",
    ],
    redact: &[],
    polled: false,
    cli: "elbv2 describe-load-balancers",
    reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html",
};

/// `DescribeLoadBalancerAttributes`.
pub static DESCRIBE_LOAD_BALANCER_ATTRIBUTES: Operation = Operation {
    service: "Elastic Load Balancing v2",
    name: "DescribeLoadBalancerAttributes",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["elasticloadbalancing:DescribeLoadBalancerAttributes"],
    resources: &["*"],
    root: "DescribeLoadBalancerAttributesResponse",
    required: &["DescribeLoadBalancerAttributesResult.Attributes.member[].Key:text"],
    redact: &[],
    polled: false,
    cli: "elbv2 describe-load-balancer-attributes",
    reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancerAttributes.html",
};

/// `DescribeListeners`.
pub static DESCRIBE_LISTENERS: Operation = Operation {
    service: "Elastic Load Balancing v2",
    name: "DescribeListeners",
    wire: Wire::Query,
    effect: Effect::Read,
    actions: &["elasticloadbalancing:DescribeListeners"],
    resources: &["*"],
    root: "DescribeListenersResponse",
    required: &["DescribeListenersResult.Listeners.member[].ListenerArn:arn"],
    redact: &[
        ("DescribeListenersResult.Listeners.member[].DefaultActions.member[].AuthenticateOidcConfig.ClientSecret", Redact::Value),
        (
            "DescribeListenersResult.Listeners.member[].DefaultActions.member[].AuthenticateOidcConfig.AuthenticationRequestExtraParams.entry[].value",
            Redact::Value,
        ),
    ],
    polled: false,
    cli: "elbv2 describe-listeners",
    reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html",
};
