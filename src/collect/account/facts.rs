//! Facts of an account's contacts: which members hold something, never what.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Fact;

/// An alternate contact. Each fact says whether the member of AWS's name holds anything.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AlternateContact {
    /// `Name`.
    pub name_present: bool,
    /// `Title`.
    pub title_present: bool,
    /// `EmailAddress`.
    pub email_address_present: bool,
    /// `PhoneNumber`.
    pub phone_number_present: bool,
}

/// `AWS::Account::AlternateContacts`: the alternate contacts of an account. Each account has this, also where none is recorded.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AlternateContacts {
    /// A contact of type `SECURITY` is recorded.
    pub security_recorded: Fact<bool>,
    /// The contact of type `SECURITY`; null where AWS says that none is recorded.
    pub security: Fact<Option<AlternateContact>>,
    /// The contact of type `BILLING`; null where AWS says that none is recorded.
    pub billing: Fact<Option<AlternateContact>>,
    /// The contact of type `OPERATIONS`; null where AWS says that none is recorded.
    pub operations: Fact<Option<AlternateContact>>,
}

/// `AWS::Account::ContactInformation`: the primary contact of an account.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ContactInformation {
    /// `CompanyName` holds something.
    pub company_name_present: Fact<bool>,
    /// Names of the members of `ContactInformation` that hold something, in snake case and sorted: `address_line1`, `full_name`,
    /// `phone_number`.
    pub present: Fact<Vec<String>>,
}
