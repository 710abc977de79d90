//! From redacted answers to what they hold: a marker tells that something stood there, and how long it was.

use aws_sdk_account::types::{AlternateContact as Told, ContactInformation};

use super::facts::AlternateContact;
use crate::recording::redact::Marker;

/// Whether a member holds something. Blank text is nothing; of a marker only its length is known.
fn holds(value: Option<&str>) -> bool {
    value.is_some_and(|text| match Marker::parse(text) {
        Some(marker) => marker.length > 0,
        None => !text.trim().is_empty(),
    })
}

/// An alternate contact.
pub fn alternate(told: &Told) -> AlternateContact {
    AlternateContact {
        name_present: holds(told.name()),
        title_present: holds(told.title()),
        email_address_present: holds(told.email_address()),
        phone_number_present: holds(told.phone_number()),
    }
}

/// The members that hold something, by name.
pub fn present(told: &ContactInformation) -> Vec<String> {
    let members = [
        ("address_line1", Some(told.address_line1())),
        ("address_line2", told.address_line2()),
        ("address_line3", told.address_line3()),
        ("city", Some(told.city())),
        ("company_name", told.company_name()),
        ("country_code", Some(told.country_code())),
        ("district_or_county", told.district_or_county()),
        ("full_name", Some(told.full_name())),
        ("phone_number", Some(told.phone_number())),
        ("postal_code", Some(told.postal_code())),
        ("state_or_region", told.state_or_region()),
        ("website_url", told.website_url()),
    ];
    members.into_iter().filter(|(_, value)| holds(*value)).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_stands_for_what_was_removed_and_an_empty_one_for_nothing() {
        let told = Told::builder().name("[redacted:5:]").title("[redacted:0:]").email_address("  ").build();
        let expected =
            AlternateContact { name_present: true, title_present: false, email_address_present: false, phone_number_present: false };
        assert_eq!(alternate(&told), expected);
    }

    #[test]
    fn members_that_hold_something_are_named_in_order() {
        let told = ContactInformation::builder()
            .full_name("[redacted:9:]")
            .address_line1("[redacted:4:]")
            .city("[redacted:0:]")
            .postal_code("[redacted:5:]")
            .country_code("[redacted:2:]")
            .phone_number("[redacted:12:]")
            .website_url("[redacted:20:]")
            .build()
            .expect("required members are set");
        assert_eq!(present(&told), ["address_line1", "country_code", "full_name", "phone_number", "postal_code", "website_url"]);
    }
}
