//! Collector of apigatewayv2; its fact structs.

pub mod facts;
