//! Account Management. Who an account's contacts are is personal data: every value is removed before anything is stored, and its
//! marker tells that there was one.

use crate::aws::operation::{Effect, Operation, Redact, Wire};

/// All rows of the service.
pub static ROWS: &[&Operation] = &[&GET_ALTERNATE_CONTACT, &GET_CONTACT_INFORMATION];

/// `GetAlternateContact`.
pub static GET_ALTERNATE_CONTACT: Operation = Operation {
    service: "Account",
    name: "GetAlternateContact",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["account:GetAlternateContact"],
    resources: &["*"],
    root: "",
    required: &["AlternateContact.AlternateContactType:text"],
    redact: &[
        ("AlternateContact.Name", Redact::Value),
        ("AlternateContact.Title", Redact::Value),
        ("AlternateContact.EmailAddress", Redact::Value),
        ("AlternateContact.PhoneNumber", Redact::Value),
    ],
    polled: false,
    cli: "account get-alternate-contact",
    reference: "https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html",
};

/// `GetContactInformation`.
pub static GET_CONTACT_INFORMATION: Operation = Operation {
    service: "Account",
    name: "GetContactInformation",
    wire: Wire::RestJson,
    effect: Effect::Read,
    actions: &["account:GetContactInformation"],
    resources: &["*"],
    root: "",
    required: &[
        "ContactInformation.FullName:text",
        "ContactInformation.AddressLine1:text",
        "ContactInformation.City:text",
        "ContactInformation.PostalCode:text",
        "ContactInformation.CountryCode:text",
        "ContactInformation.PhoneNumber:text",
    ],
    redact: &[
        ("ContactInformation.FullName", Redact::Value),
        ("ContactInformation.AddressLine1", Redact::Value),
        ("ContactInformation.AddressLine2", Redact::Value),
        ("ContactInformation.AddressLine3", Redact::Value),
        ("ContactInformation.City", Redact::Value),
        ("ContactInformation.StateOrRegion", Redact::Value),
        ("ContactInformation.DistrictOrCounty", Redact::Value),
        ("ContactInformation.PostalCode", Redact::Value),
        ("ContactInformation.CountryCode", Redact::Value),
        ("ContactInformation.PhoneNumber", Redact::Value),
        ("ContactInformation.CompanyName", Redact::Value),
        ("ContactInformation.WebsiteUrl", Redact::Value),
    ],
    polled: false,
    cli: "account get-contact-information",
    reference: "https://docs.aws.amazon.com/accounts/latest/reference/API_GetContactInformation.html",
};
