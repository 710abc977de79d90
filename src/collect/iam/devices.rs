//! Virtual MFA devices, server certificates, instance profiles, and identity providers: five plain listings.

use aws_sdk_iam::Client;
use aws_sdk_iam::types::{InstanceProfile, SamlProviderListEntry, ServerCertificateMetadata, VirtualMfaDevice};

use super::facts;
use super::kinds::{INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER, SERVER_CERTIFICATE, SERVICE, VIRTUAL_MFA_DEVICE};
use crate::aws::{Caller, Page};
use crate::collect::at::{At, Operation, sources};
use crate::collect::proof::Proof;
use crate::collect::scope::Run;
use crate::model::{CallId, Population, Resource};

/// Lists virtual MFA devices.
pub const LIST_VIRTUAL_MFA_DEVICES: Operation = (SERVICE, "ListVirtualMFADevices");
const LIST_SERVER_CERTIFICATES: Operation = (SERVICE, "ListServerCertificates");
const LIST_INSTANCE_PROFILES: Operation = (SERVICE, "ListInstanceProfiles");
const LIST_SAML_PROVIDERS: Operation = (SERVICE, "ListSAMLProviders");
const LIST_OIDC_PROVIDERS: Operation = (SERVICE, "ListOpenIDConnectProviders");

/// Largest page that AWS documents.
const PAGE: i32 = 1000;

/// Virtual MFA devices as listed.
pub struct Devices {
    /// With the call of the page.
    pub items: Vec<(CallId, VirtualMfaDevice)>,
    /// Whether that is all.
    pub proof: Proof,
}

/// Lists virtual MFA devices.
pub async fn list(caller: &Caller) -> Devices {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.list_virtual_mfa_devices().max_items(PAGE).set_marker(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_iam::operation::list_virtual_mfa_devices::ListVirtualMfaDevicesOutput| Page {
        items: output.virtual_mfa_devices,
        token: output.marker,
        truncated: output.is_truncated,
    };
    let listing = caller.list(LIST_VIRTUAL_MFA_DEVICES, send, page).await;
    let (items, proof) = Proof::of(caller, LIST_VIRTUAL_MFA_DEVICES, listing, |device| Some(device.serial_number.clone()));
    Devices { items, proof }
}

/// Hands on virtual MFA devices.
pub fn hand_on(caller: &Caller, devices: &Devices, run: &Run<'_>) -> Population {
    for (call, device) in &devices.items {
        let at = At::call(caller, LIST_VIRTUAL_MFA_DEVICES, *call);
        let user_arn = device.user().map(|user| at.text(user.arn.clone(), "User.Arn").map(Some));
        let facts = facts::VirtualMfaDevice {
            serial_number: device.serial_number.clone().into(),
            user_arn: user_arn.unwrap_or(None.into()),
            enable_date: at.instant_if_set(device.enable_date, "EnableDate"),
        };
        let (id, name) = (device.serial_number.clone(), last(&device.serial_number, ":mfa/"));
        run.found(&Resource::new(caller.place(), VIRTUAL_MFA_DEVICE, id, name, &facts, sources([("", vec![*call])])));
    }
    devices.proof.population(caller, VIRTUAL_MFA_DEVICE, devices.items.len() as u64, None)
}

/// What follows a mark, or all.
fn last(id: &str, mark: &str) -> String {
    id.split_once(mark).map_or(id, |(_, rest)| rest).to_owned()
}

/// Collects server certificates.
pub async fn server_certificates(caller: &Caller, run: &Run<'_>) -> Population {
    let client = caller.client(Client::new);
    let send = |token: Option<String>, tap| {
        client.list_server_certificates().max_items(PAGE).set_marker(token).customize().interceptor(tap).send()
    };
    let page = |output: aws_sdk_iam::operation::list_server_certificates::ListServerCertificatesOutput| Page {
        items: output.server_certificate_metadata_list,
        token: output.marker,
        truncated: output.is_truncated,
    };
    let listing = caller.list(LIST_SERVER_CERTIFICATES, send, page).await;
    let id = |certificate: &ServerCertificateMetadata| Some(certificate.arn.clone());
    let (items, proof) = Proof::of(caller, LIST_SERVER_CERTIFICATES, listing, id);
    for (call, certificate) in &items {
        let at = At::call(caller, LIST_SERVER_CERTIFICATES, *call);
        let facts = facts::ServerCertificate {
            server_certificate_name: at.text(certificate.server_certificate_name.clone(), "ServerCertificateName"),
            arn: certificate.arn.clone().into(),
            upload_date: at.instant_if_set(certificate.upload_date, "UploadDate"),
            expiration: at.instant_if_set(certificate.expiration, "Expiration"),
        };
        let (id, name) = (certificate.arn.clone(), certificate.server_certificate_name.clone());
        run.found(&Resource::new(caller.place(), SERVER_CERTIFICATE, id, name, &facts, sources([("", vec![*call])])));
    }
    proof.population(caller, SERVER_CERTIFICATE, items.len() as u64, None)
}

/// Collects instance profiles.
pub async fn instance_profiles(caller: &Caller, run: &Run<'_>) -> Population {
    let client = caller.client(Client::new);
    let send =
        |token: Option<String>, tap| client.list_instance_profiles().max_items(PAGE).set_marker(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_iam::operation::list_instance_profiles::ListInstanceProfilesOutput| Page {
        items: output.instance_profiles,
        token: output.marker,
        truncated: output.is_truncated,
    };
    let listing = caller.list(LIST_INSTANCE_PROFILES, send, page).await;
    let (items, proof) = Proof::of(caller, LIST_INSTANCE_PROFILES, listing, |profile: &InstanceProfile| Some(profile.arn.clone()));
    for (call, profile) in &items {
        let at = At::call(caller, LIST_INSTANCE_PROFILES, *call);
        let facts = facts::InstanceProfile {
            instance_profile_name: at.text(profile.instance_profile_name.clone(), "InstanceProfileName"),
            arn: profile.arn.clone().into(),
            create_date: at.instant(Some(profile.create_date), "CreateDate"),
            role_arns: profile.roles.iter().map(|role| role.arn.clone()).collect::<Vec<_>>().into(),
        };
        let name = last(&profile.arn, ":instance-profile/");
        run.found(&Resource::new(caller.place(), INSTANCE_PROFILE, profile.arn.clone(), name, &facts, sources([("", vec![*call])])));
    }
    proof.population(caller, INSTANCE_PROFILE, items.len() as u64, None)
}

/// Collects SAML providers.
pub async fn saml_providers(caller: &Caller, run: &Run<'_>) -> Population {
    let client = caller.client(Client::new);
    let send = |tap| client.list_saml_providers().customize().interceptor(tap).send();
    let listing = caller.list_whole(LIST_SAML_PROVIDERS, send, |output| output.saml_provider_list.unwrap_or_default()).await;
    let (items, proof) = Proof::of(caller, LIST_SAML_PROVIDERS, listing, |provider: &SamlProviderListEntry| provider.arn.clone());
    for (call, provider) in &items {
        let at = At::call(caller, LIST_SAML_PROVIDERS, *call);
        let arn = provider.arn.clone().unwrap_or_default();
        let facts = facts::SamlProvider {
            arn: arn.clone().into(),
            valid_until: at.instant_if_set(provider.valid_until, "ValidUntil"),
            create_date: at.instant_if_set(provider.create_date, "CreateDate"),
        };
        let name = last(&arn, ":saml-provider/");
        run.found(&Resource::new(caller.place(), SAML_PROVIDER, arn, name, &facts, sources([("", vec![*call])])));
    }
    proof.population(caller, SAML_PROVIDER, items.len() as u64, None)
}

/// Collects OpenID Connect providers.
pub async fn oidc_providers(caller: &Caller, run: &Run<'_>) -> Population {
    let client = caller.client(Client::new);
    let send = |tap| client.list_open_id_connect_providers().customize().interceptor(tap).send();
    let arns = |output: aws_sdk_iam::operation::list_open_id_connect_providers::ListOpenIdConnectProvidersOutput| {
        output.open_id_connect_provider_list.unwrap_or_default().into_iter().map(|provider| provider.arn).collect()
    };
    let listing = caller.list_whole(LIST_OIDC_PROVIDERS, send, arns).await;
    let (items, proof) = Proof::of(caller, LIST_OIDC_PROVIDERS, listing, |arn: &Option<String>| arn.clone());
    for (call, arn) in &items {
        let at = At::call(caller, LIST_OIDC_PROVIDERS, *call);
        let arn = arn.clone().unwrap_or_default();
        let issuer = arn.split_once(":oidc-provider/").map(|(_, issuer)| issuer.to_owned());
        let facts = facts::OidcProvider { arn: arn.clone().into(), issuer: at.need(issuer, "an issuer in the ARN") };
        let name = last(&arn, ":oidc-provider/");
        run.found(&Resource::new(caller.place(), OIDC_PROVIDER, arn, name, &facts, sources([("", vec![*call])])));
    }
    proof.population(caller, OIDC_PROVIDER, items.len() as u64, None)
}
