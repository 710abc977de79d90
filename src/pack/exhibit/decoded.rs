//! Documents that AWS packs into a body in another encoding: policies, percent-encoded in XML, and the credential report in
//! base64. Shown beside the body, which stays as it came.

use base64::Engine as _;
use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::body::indent_json;
use crate::pack::text::html_len;
use crate::recording::line::{Body, CallLine};

/// Elements that hold percent-encoded policies.
const POLICIES: &[&str] = &["PolicyDocument", "AssumeRolePolicyDocument", "Document"];
/// Documents on a page.
const LISTED: usize = 60;
/// Bytes that all of them may take of a page, once escaped.
const PAGE: usize = 250_000;

/// A document in readable form.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Decoded {
    /// The element that holds it.
    pub element: String,
    /// Its text.
    pub text: String,
}

/// The first documents of an answer, and how many there are.
pub(super) fn documents(line: &CallLine) -> (Vec<Decoded>, usize) {
    let Some(Body::Utf8(text)) = line.response.as_ref().map(|response| &response.body) else { return (Vec::new(), 0) };
    if line.key.operation == "GetCredentialReport" {
        let report = elements(text, "Content").next().and_then(from_base64);
        let report = report.filter(|report| html_len(report) <= PAGE);
        return report.map_or((Vec::new(), 0), |text| (vec![Decoded { element: "Content".to_owned(), text }], 1));
    }
    let (mut shown, mut total, mut size) = (Vec::new(), 0, 0);
    for element in POLICIES {
        for encoded in elements(text, element).filter(|encoded| encoded.starts_with("%7B")) {
            total += 1;
            let text = indent_json(&percent_decode_str(encoded).decode_utf8_lossy());
            size += html_len(&text);
            if shown.len() < LISTED && size <= PAGE {
                shown.push(Decoded { element: (*element).to_owned(), text });
            }
        }
    }
    (shown, total)
}

/// The text of all elements of a name that hold text alone.
fn elements<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        let start = rest.find(&open)? + open.len();
        let end = start + rest[start..].find(&close)?;
        let found = &rest[start..end];
        rest = &rest[end..];
        Some(found)
    })
}

fn from_base64(text: &str) -> Option<String> {
    let compact: String = text.split_whitespace().collect();
    String::from_utf8(base64::engine::general_purpose::STANDARD.decode(compact).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_exact_name() {
        let xml = "<a><PolicyDocument>%7B%7D</PolicyDocument><AssumeRolePolicyDocument>x</AssumeRolePolicyDocument></a>";
        assert_eq!(elements(xml, "PolicyDocument").collect::<Vec<_>>(), ["%7B%7D"]);
        assert_eq!(elements("<Document>open", "Document").count(), 0);
        assert_eq!(from_base64("dXNl\ncg=="), Some("user".to_owned()));
    }
}
