//! Redaction of CBOR. Its texts carry their length, so a body is read, changed and written anew, where there was anything to
//! change; otherwise its bytes stay as AWS sent them.

use super::place::{Place, Step};
use super::text::{self, Encoding};
use super::{Edits, Marker, RULES, Redact, Redacted, Redaction};
use crate::recording::cbor::{self, Cbor};

impl Edits {
    /// A whole body. What is not whole cannot be told apart from a secret, so all of it goes.
    pub(super) fn cbor(mut self, body: &[u8]) -> Redacted {
        let Ok(mut value) = cbor::parse(body) else {
            let marker = Marker { length: body.len(), patterns: Vec::new() }.to_string();
            return Redacted { body: marker.into_bytes(), redactions: vec![Redaction { path: String::new(), rules: RULES }] };
        };
        self.walk(&mut Place::default(), &mut value);
        let redactions: Vec<Redaction> = self.done.iter().map(|(place, ..)| note(place)).collect();
        let body = if redactions.is_empty() { body.to_owned() } else { value.bytes() };
        Redacted { body, redactions }
    }

    fn walk(&mut self, place: &mut Place, value: &mut Cbor) {
        match value {
            Cbor::List(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.below(place, Step::Index(index), item);
                }
            }
            Cbor::Map(members) => {
                for (name, value) in members {
                    self.below(place, Step::Name(name.clone()), value);
                    if let Some(changed) = text::redact(name, Encoding::Plain) {
                        self.done.push((place.clone(), 0..name.len(), changed.clone()));
                        *name = changed;
                    }
                }
            }
            Cbor::Tag(_, inner) => self.walk(place, inner),
            Cbor::Text(text) => {
                let before = self.done.len();
                self.value(place, &text.clone(), 0..text.len(), Encoding::Plain, place.name());
                if let Some((.., changed)) = self.done.get(before) {
                    *text = changed.clone();
                }
            }
            Cbor::Bytes(bytes) => {
                let searched = Edits { rows: super::Rows::none(), done: Vec::new(), key: None }.bytes(bytes);
                if !searched.redactions.is_empty() {
                    self.done.push((place.clone(), 0..bytes.len(), String::new()));
                    *bytes = searched.body;
                }
            }
            Cbor::Int(_) | Cbor::Float(_) if self.rows.at(place) == Some(Redact::Value) => {
                let marker = text::marker(&value.json().to_string(), None).to_string();
                self.done.push((place.clone(), 0..0, marker.clone()));
                *value = Cbor::Text(marker);
            }
            Cbor::Null | Cbor::Bool(_) | Cbor::Int(_) | Cbor::Float(_) => {}
        }
    }

    fn below(&mut self, place: &mut Place, step: Step, value: &mut Cbor) {
        place.0.push(step);
        self.walk(place, value);
        place.0.pop();
    }
}

/// A key of a map may hold a secret, too.
fn note(place: &Place) -> Redaction {
    Redaction { path: super::redact_text(&place.to_string()).into_owned(), rules: RULES }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::operations::find;
    use crate::recording::redact;

    fn alarms(description: &str) -> Cbor {
        let alarm = Cbor::Map(vec![
            ("AlarmName".into(), Cbor::Text("root".into())),
            ("AlarmDescription".into(), Cbor::Text(description.into())),
            ("StateUpdatedTimestamp".into(), Cbor::Tag(1, Box::new(Cbor::Float(1.79e9)))),
        ]);
        Cbor::Map(vec![("MetricAlarms".into(), Cbor::List(vec![alarm])), ("NextToken".into(), Cbor::Text("ghp_".repeat(20)))])
    }

    fn redacted(body: &[u8]) -> Redacted {
        redact(find("CloudWatch", "DescribeAlarms").expect("in the table"), body)
    }

    #[test]
    fn a_body_without_secrets_stays_as_it_came_and_one_with_them_stays_whole() {
        let plain = alarms("tells the duty officer").bytes();
        assert_eq!(redacted(&plain), Redacted { body: plain.clone(), redactions: Vec::new() });
        let secret = format!("ghp{}", "_EXAMPLEseeded0123456789abcdefABCDEF01");
        let changed = redacted(&alarms(&format!("token {secret}")).bytes());
        assert_eq!(changed.redactions.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["MetricAlarms[0].AlarmDescription"]);
        let read = cbor::parse(&changed.body).expect("still whole").json().to_string();
        assert!(!read.contains(&secret) && read.contains("[redacted:") && read.contains("ghp_ghp_"), "{read}");
        assert_eq!(redacted(&changed.body).body, changed.body, "twice is once");
    }

    #[test]
    fn a_body_that_is_cut_goes_as_a_whole_and_errors_in_json_are_searched_too() {
        let whole = alarms("x").bytes();
        assert!(redacted(&whole[..whole.len() - 3]).body.starts_with(b"[redacted:"));
        let error = br#"{"__type":"AccessDenied","message":"no"}"#;
        assert_eq!(redacted(error).body, error);
    }
}
