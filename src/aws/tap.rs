//! The interceptor of every call: knows the operation by the SDK's own metadata, refuses what is not in the operation table before
//! credentials are looked up or a socket is opened, gives the call its key, notes each attempt and closes the call.
//!
//! A client built without it cannot send: the connectors answer only requests that it has announced.

use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef,
    FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use super::canonical::canonical_input;
use super::flight::{Boarded, Flight, Part, split_uri};

/// The interceptor of one call. [`super::ask::Caller::ask`] makes it; the collector hands it to the SDK.
#[derive(Clone, Debug)]
pub struct Tap(pub(super) Arc<Flight>);

#[dyn_dispatch_hint]
impl Intercept for Tap {
    fn name(&self) -> &'static str {
        "Tap"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let (asked, row) = (cfg.load::<Metadata>().cloned(), self.0.operation());
        let asked = asked.map(|metadata| (metadata.service().to_owned(), metadata.name().to_owned()));
        if !asked.as_ref().is_some_and(|(service, name)| service == row.service && name == row.name) {
            let (service, name) = asked.unwrap_or_default();
            return Err(self.refuse(format!("`{service}:{name}` was asked as `{}:{}`", row.service, row.name)));
        }
        if let Some(live) = self.0.transport().as_live() {
            cfg.interceptor_state().store_put(live.retry_partition(self.0.asker(), row));
        }
        Ok(())
    }

    fn read_after_serialization(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        let (_, _, target) = split_uri(request.uri());
        let target = bucket(cfg).map_or_else(|| target.to_owned(), |bucket| path_style(bucket, target));
        let Some(body) = request.body().bytes() else { return Err(self.refuse("the request streams its body".to_owned())) };
        let input = canonical_input(self.0.operation().wire, request.method(), &target, request.headers().iter(), body);
        let part = self.0.board(input).map_err(|error| {
            self.0.transport().fail(error);
            "the recording cannot be used"
        })?;
        match part {
            Part::None => Err("the call is not made".into()),
            Part::Send => Ok(()),
            Part::Line(_) | Part::Follow(_) => {
                cfg.interceptor_state().store_put(RetryConfig::disabled());
                cfg.interceptor_state().store_put(TimeoutConfig::disabled());
                Ok(())
            }
        }
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        if let (Part::Send, Some(live)) = (Boarded(self.0.clone()).part(), self.0.transport().as_live()) {
            let (scheme, host, _) = split_uri(request.uri());
            live.note_endpoint(scheme, host)?;
            self.0.depart(request);
        }
        request.add_extension(Boarded(self.0.clone()));
        Ok(())
    }

    fn read_after_attempt(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.0.transport().halted() {
            cfg.interceptor_state().store_put(RetryConfig::disabled());
        }
        Ok(())
    }

    fn read_after_execution(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.close().map_err(|error| {
            self.0.transport().fail(error);
            "the call could not be recorded".into()
        })
    }
}

/// The bucket of an S3 call. The SDK keeps it among the endpoint's parameters and writes it into host or path only when it sends.
fn bucket(cfg: &ConfigBag) -> Option<&str> {
    cfg.load::<EndpointResolverParams>()?.get::<aws_sdk_s3::config::endpoint::Params>()?.bucket()
}

fn path_style(bucket: &str, target: &str) -> String {
    let rest = target.strip_prefix('/').unwrap_or(target);
    let slash = if rest.is_empty() || rest.starts_with('?') { "" } else { "/" };
    format!("/{bucket}{slash}{rest}")
}

impl Tap {
    fn refuse(&self, why: String) -> BoxError {
        self.0.refuse(why.clone());
        why.into()
    }
}
