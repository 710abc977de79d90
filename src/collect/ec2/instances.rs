//! Instances: their role and how they reach their metadata.

use aws_sdk_ec2::types::{Instance, InstanceMetadataOptionsResponse};

use super::facts;
use super::ids::{Place, name_tag, named, tags};
use super::kinds::INSTANCE;
use super::listings::{DESCRIBE_INSTANCES, Told};
use crate::aws::Caller;
use crate::collect::at::{At, sources};
use crate::collect::scope::Run;
use crate::model::{Fact, Population, Resource};

/// Hands on instances.
pub fn hand_on(caller: &Caller, run: &Run<'_>, told: &Told<Instance>) -> Population {
    let place = Place::of(caller);
    for (call, instance) in &told.items {
        // The listing has left out what has no id.
        let id = instance.instance_id.clone().unwrap_or_default();
        let facts = facts_of(At::call(caller, DESCRIBE_INSTANCES, *call), instance);
        let (arn, name) = (place.arn(None, "instance", &id), named(name_tag(instance.tags()), &id));
        run.found(&Resource::new(caller.place(), INSTANCE, arn, name, &facts, sources([("", vec![*call])])));
    }
    told.proof.population(caller, INSTANCE, told.items.len() as u64, None)
}

fn facts_of(at: At<'_>, instance: &Instance) -> facts::Instance {
    let state = instance.state.as_ref().and_then(|state| state.name.as_ref());
    let profile = match &instance.iam_instance_profile {
        None => Fact::Known(None),
        Some(profile) => at.need(profile.arn.clone(), "iamInstanceProfile.arn").map(|arn| Some(facts::IamInstanceProfile { arn })),
    };
    facts::Instance {
        instance_id: at.need(instance.instance_id.clone(), "instanceId"),
        state: at.need(state.map(|name| name.as_str().to_owned()), "instanceState.name"),
        image_id: at.need(instance.image_id.clone(), "imageId"),
        launch_time: at.instant(instance.launch_time, "launchTime"),
        vpc_id: Fact::Known(instance.vpc_id.clone()),
        public_ip_address: Fact::Known(instance.public_ip_address.clone()),
        tags: Fact::Known(tags(instance.tags())),
        iam_instance_profile: profile,
        metadata_options: at.need(instance.metadata_options.as_ref().map(|options| metadata(at, options)), "metadataOptions"),
    }
}

fn metadata(at: At<'_>, options: &InstanceMetadataOptionsResponse) -> facts::MetadataOptions {
    facts::MetadataOptions {
        http_tokens: at.need(options.http_tokens.as_ref().map(|word| word.as_str().to_owned()), "metadataOptions.httpTokens"),
        http_endpoint: at.need(options.http_endpoint.as_ref().map(|word| word.as_str().to_owned()), "metadataOptions.httpEndpoint"),
        http_put_response_hop_limit: Fact::Known(options.http_put_response_hop_limit.map(i64::from)),
    }
}
