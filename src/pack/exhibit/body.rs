//! A recorded body as a person reads it: JSON and XML indented, CBOR as JSON, other text as it is, bytes as hexadecimal. What is shown is
//! bounded; the bytes themselves are in the recording.

use base64::Engine as _;

use crate::pack::text::html_len;
use crate::recording::cbor;
use crate::recording::line::Body;

/// What a page shows of a body.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The text.
    pub text: String,
    /// `JSON`, `XML`, `CBOR, shown as JSON`, `text`, `bytes`, `empty`.
    pub kind: &'static str,
    /// How many bytes of the body the text shows.
    pub taken: usize,
    /// How many there are.
    pub total: usize,
    /// Whether some are not shown.
    pub cut: bool,
}

/// Bytes of a body as stored.
pub(super) fn size(body: &Body) -> usize {
    match body {
        Body::Utf8(text) => text.len(),
        Body::Base64(text) => decode(text).len(),
    }
}

/// The first `limit` bytes of a body, laid out; fewer where escaping would make them more than `page` bytes.
pub(super) fn shown(body: &Body, limit: usize, page: usize) -> Shown {
    let mut limit = limit;
    let decoded = decoded(body);
    loop {
        let shown = decoded.as_ref().map_or_else(|| laid_out(body, limit), |text| shown_decoded(text, size(body), limit));
        if html_len(&shown.text) <= page || limit < 1_000 {
            return shown;
        }
        limit = limit * 2 / 3;
    }
}

/// The JSON of a body that is whole CBOR. An answer in CBOR is a map, which no other body begins as.
fn decoded(body: &Body) -> Option<String> {
    let bytes = body.bytes().filter(|bytes| cbor::is_map(bytes))?;
    cbor::parse(&bytes).ok().map(|value| value.json().to_string())
}

/// What is shown of a body's JSON, counted in bytes of the body itself, as far as the two can be compared.
fn shown_decoded(text: &str, size: usize, limit: usize) -> Shown {
    let shown = shown_text(text, limit);
    let taken = if shown.cut { size.saturating_mul(shown.taken) / text.len().max(1) } else { size };
    Shown { kind: "CBOR, shown as JSON", taken, total: size, ..shown }
}

fn laid_out(body: &Body, limit: usize) -> Shown {
    match body {
        Body::Utf8(text) if text.is_empty() => Shown { kind: "empty", ..Shown::default() },
        Body::Utf8(text) => shown_text(text, limit),
        Body::Base64(text) => shown_bytes(&decode(text), limit),
    }
}

fn decode(text: &str) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(text).unwrap_or_default()
}

fn shown_text(text: &str, limit: usize) -> Shown {
    let end = (0..=limit.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let part = &text[..end];
    let laid_out = match part.trim_start().chars().next() {
        Some('{' | '[') => Some(("JSON", indent_json(part))),
        Some('<') => Some(("XML", indent_xml(part))),
        _ => None,
    };
    // Indentation may make a deeply nested body many times longer; then it is shown as it came.
    let (kind, text_shown) =
        laid_out.filter(|(_, text)| text.len() <= limit + limit / 2 + 1_000).unwrap_or_else(|| ("text", part.to_owned()));
    Shown { text: text_shown, kind, taken: end, total: text.len(), cut: end < text.len() }
}

fn shown_bytes(bytes: &[u8], limit: usize) -> Shown {
    // Sixteen bytes make a line of 76.
    let part = &bytes[..bytes.len().min(limit / 5)];
    let mut text = String::with_capacity(part.len() * 5);
    for (at, chunk) in part.chunks(16).enumerate() {
        let hexadecimal: Vec<String> = chunk.iter().map(|byte| format!("{byte:02x}")).collect();
        let plain: String = chunk.iter().map(|byte| if (0x20..0x7f).contains(byte) { *byte as char } else { '.' }).collect();
        text.push_str(&format!("{:08x}  {:<47}  {plain}\n", at * 16, hexadecimal.join(" ")));
    }
    Shown { text, kind: "bytes", taken: part.len(), total: bytes.len(), cut: part.len() < bytes.len() }
}

/// Indents JSON without parsing it, so that a body that was cut or is broken stays readable, and no value changes.
pub(super) fn indent_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if in_string {
            out.push(c);
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match c {
            '"' => {
                in_string = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                while chars.next_if(|c| c.is_ascii_whitespace()).is_some() {}
                if let Some(close) = chars.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    new_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

/// Indents XML by its tags; text stays beside the tags that hold it.
fn indent_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    let mut depth = 0_usize;
    let mut rest = text;
    let mut after_text = false;
    while let Some(at) = rest.find('<') {
        let before = &rest[..at];
        if !before.trim().is_empty() {
            out.push_str(before);
            after_text = true;
        }
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let tag = &rest[..end];
        let closing = tag.starts_with("</");
        let alone = tag.ends_with("/>") || tag.starts_with("<?") || tag.starts_with("<!");
        if closing {
            depth = depth.saturating_sub(1);
        }
        let opened_just_now = closing && out.ends_with('>') && last_tag_opens(&out, tag);
        if !out.is_empty() && !(closing && (after_text || opened_just_now)) {
            new_line(&mut out, depth);
        }
        out.push_str(tag);
        if !closing && !alone {
            depth += 1;
        }
        after_text = false;
        rest = &rest[end..];
    }
    out.push_str(rest.trim_end());
    out
}

/// Whether the last tag written is the opening one of this closing tag: an empty element stays on one line.
fn last_tag_opens(out: &str, closing: &str) -> bool {
    let name = closing.trim_start_matches("</").trim_end_matches('>').trim();
    let last = out.rfind('<').map_or("", |at| &out[at..]);
    last.strip_prefix('<').is_some_and(|tag| tag.trim_end_matches('>').split_whitespace().next() == Some(name)) && !last.ends_with("/>")
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth.min(40) {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_indented_even_when_cut() {
        let whole = shown(&Body::Utf8(r#"{"a":[1,{"b":"x:{,}"}],"c":{}}"#.into()), 1_000, 10_000);
        assert_eq!(whole.text, "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x:{,}\"\n    }\n  ],\n  \"c\": {}\n}");
        let part = shown(&Body::Utf8(r#"{"a":[1,2,3]}"#.into()), 8, 10_000);
        assert_eq!((part.kind, part.taken, part.total, part.cut), ("JSON", 8, 13, true));
    }

    #[test]
    fn cbor_is_shown_as_json_and_counted_as_it_is_stored() {
        let body = Body::from_bytes(b"\xbf\x6cMetricAlarms\x9f\xff\x61t\xc1\xfb\x41\xda\x00\x00\x00\x00\x00\x00\xff");
        let whole = shown(&body, 1_000, 10_000);
        assert_eq!(whole.text, "{\n  \"MetricAlarms\": [],\n  \"t\": 1744830464.0\n}");
        assert_eq!((whole.kind, whole.taken, whole.total, whole.cut), ("CBOR, shown as JSON", 29, 29, false));
        let part = shown(&body, 10, 10_000);
        assert!(part.cut && part.taken < part.total);
    }

    #[test]
    fn text_that_grows_by_escaping_is_shown_in_part() {
        let page = shown(&Body::Utf8("\"".repeat(600_000)), 500_000, 1_500_000);
        assert!(html_len(&page.text) <= 1_500_000 && page.cut && page.taken > 100_000, "{} of {}", page.taken, page.total);
    }

    #[test]
    fn xml_is_indented_by_its_tags() {
        let page = shown(&Body::Utf8("<?xml version=\"1.0\"?><R xmlns=\"u\"><A><B>text</B><C/><D></D></A></R>".into()), 1_000, 10_000);
        assert_eq!(page.text, "<?xml version=\"1.0\"?>\n<R xmlns=\"u\">\n  <A>\n    <B>text</B>\n    <C/>\n    <D></D>\n  </A>\n</R>");
    }

    #[test]
    fn bytes_and_multibyte_text_are_cut_cleanly() {
        let bytes = shown(&Body::Base64("AAEC/w==".into()), 1_000, 10_000);
        assert_eq!((bytes.kind, bytes.total, bytes.text.starts_with("00000000  00 01 02 ff")), ("bytes", 4, true));
        let text = shown(&Body::Utf8("aé".into()), 2, 10_000);
        assert_eq!((text.text.as_str(), text.taken, text.total), ("a", 1, 3));
    }
}
