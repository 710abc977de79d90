//! Kinds of an account's contacts: ids, schemas, and which operations fill which facts.

use super::facts;
use crate::collect::kinds::schema_of;
use crate::model::{FactGroup, Kind, KindScope};

/// SDK service id.
pub const SERVICE: &str = "Account";

/// Contacts beside the primary one.
pub const ALTERNATE_CONTACTS: &str = "AWS::Account::AlternateContacts";
/// The primary contact.
pub const CONTACT_INFORMATION: &str = "AWS::Account::ContactInformation";

const ALTERNATE: &[(&str, &str)] = &[(SERVICE, "GetAlternateContact")];

/// All kinds of Account Management.
pub const KINDS: &[Kind] = &[
    Kind {
        name: ALTERNATE_CONTACTS,
        scope: KindScope::Global,
        singleton: true,
        id_grammar: "arn:{partition}:account::{account}:alternate-contacts",
        schema: schema_of::<facts::AlternateContacts>,
        groups: &[
            FactGroup { facts: &[], operations: ALTERNATE },
            FactGroup { facts: &["billing"], operations: ALTERNATE },
            FactGroup { facts: &["operations"], operations: ALTERNATE },
        ],
    },
    Kind {
        name: CONTACT_INFORMATION,
        scope: KindScope::Global,
        singleton: true,
        id_grammar: "arn:{partition}:account::{account}:contact-information",
        schema: schema_of::<facts::ContactInformation>,
        groups: &[FactGroup { facts: &[], operations: &[(SERVICE, "GetContactInformation")] }],
    },
];
