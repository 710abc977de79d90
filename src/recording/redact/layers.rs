//! Encodings within strings: each layer is a decoded text that knows where in the text above it each byte came from, so that a
//! secret found below can be replaced in place.

use std::borrow::Cow;
use std::ops::Range;

/// A decoded text.
pub(super) struct Layer<'t> {
    /// The text.
    pub text: Cow<'t, str>,
    /// For each byte of `text`, and for its end, the offset in the text above; `None` where both are the same.
    offsets: Option<Vec<usize>>,
}

impl<'t> Layer<'t> {
    /// A text without any encoding.
    pub(super) fn plain(text: &'t str) -> Self {
        Layer { text: text.into(), offsets: None }
    }

    /// The stretch of the text above from which a stretch of this one came.
    pub(super) fn above(&self, range: &Range<usize>) -> Range<usize> {
        match &self.offsets {
            None => range.clone(),
            Some(offsets) => offsets[range.start]..offsets[range.end],
        }
    }
}

/// Builds a [`Layer`] piece by piece.
struct Builder {
    text: String,
    offsets: Vec<usize>,
}

impl Builder {
    fn new(size: usize) -> Self {
        Builder { text: String::with_capacity(size), offsets: Vec::with_capacity(size + 1) }
    }

    /// Adds decoded text that came from what begins at `from`.
    fn push(&mut self, decoded: &str, from: usize) {
        self.text.push_str(decoded);
        self.offsets.resize(self.text.len(), from);
    }

    /// Adds a stretch that stands for itself.
    fn copy(&mut self, text: &str, from: usize) {
        self.text.push_str(text);
        self.offsets.extend(from..from + text.len());
    }

    fn build(mut self, end: usize) -> Layer<'static> {
        self.offsets.push(end);
        Layer { text: self.text.into(), offsets: Some(self.offsets) }
    }
}

/// Takes off JSON's escapes; what is no escape stays. `None` where there is nothing to take off.
pub(super) fn unescape_json(text: &str) -> Option<Layer<'static>> {
    let bytes = text.as_bytes();
    text.contains('\\').then_some(())?;
    let mut builder = Builder::new(text.len());
    let mut at = 0;
    while let Some(step) = text[at..].find('\\') {
        builder.copy(&text[at..at + step], at);
        at += step;
        let (decoded, length) = json_escape(text, bytes, at);
        match decoded {
            Some(character) => builder.push(character.encode_utf8(&mut [0; 4]), at),
            None => builder.copy("\\", at),
        }
        at += length;
    }
    builder.copy(&text[at..], at);
    Some(builder.build(text.len()))
}

/// The character of the escape at `at`, and how many bytes it takes; a lone backslash is none.
fn json_escape(text: &str, bytes: &[u8], at: usize) -> (Option<char>, usize) {
    let character = match bytes.get(at + 1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(simple @ (b'"' | b'\\' | b'/')) => char::from(*simple),
        Some(b'u') => return unicode_escape(text, at),
        _ => return (None, 1),
    };
    (Some(character), 2)
}

fn unicode_escape(text: &str, at: usize) -> (Option<char>, usize) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
    };
    let Some(first) = unit(at) else { return (None, 1) };
    if let Some(second) = unit(at + 6).filter(|_| (0xD800..0xDC00).contains(&first))
        && let Some(Ok(character)) = char::decode_utf16([first, second]).next()
    {
        return (Some(character), 12);
    }
    (Some(char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER)), 6)
}

/// Takes off percent-encoding; what is none stays. `None` where there is nothing to take off.
pub(super) fn decode_percent(text: &str) -> Option<Layer<'static>> {
    text.contains('%').then_some(())?;
    let mut builder = Builder::new(text.len());
    let mut at = 0;
    let mut any = false;
    while let Some(step) = text[at..].find('%') {
        builder.copy(&text[at..at + step], at);
        at += step;
        let run = percent_run(text, at);
        if run.is_empty() {
            builder.copy("%", at);
            at += 1;
            continue;
        }
        any = true;
        push_decoded(&mut builder, &run, at);
        at += 3 * run.len();
    }
    builder.copy(&text[at..], at);
    any.then(|| builder.build(text.len()))
}

/// The bytes of the `%XX` that stand one behind the other from `at` on.
fn percent_run(text: &str, mut at: usize) -> Vec<u8> {
    let mut run = Vec::new();
    while let Some(digits) = text.get(at..at + 3).and_then(|part| part.strip_prefix('%'))
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        && let Ok(byte) = u8::from_str_radix(digits, 16)
    {
        run.push(byte);
        at += 3;
    }
    run
}

fn push_decoded(builder: &mut Builder, run: &[u8], from: usize) {
    let mut at = from;
    for chunk in run.utf8_chunks() {
        for character in chunk.valid().chars() {
            builder.push(character.encode_utf8(&mut [0; 4]), at);
            at += 3 * character.len_utf8();
        }
        for _ in chunk.invalid() {
            builder.push("\u{FFFD}", at);
            at += 3;
        }
    }
}

/// Takes off XML's references; what is none stays. `None` where there is nothing to take off.
pub(super) fn unescape_xml(text: &str) -> Option<Layer<'static>> {
    text.contains('&').then_some(())?;
    let mut builder = Builder::new(text.len());
    let mut at = 0;
    while let Some(step) = text[at..].find('&') {
        builder.copy(&text[at..at + step], at);
        at += step;
        // The longest reference that decodes to something has ten characters.
        let length = text.as_bytes()[at..].iter().take(12).position(|byte| *byte == b';');
        match length.and_then(|length| Some((length, reference(&text[at + 1..at + length])?))) {
            Some((length, character)) => {
                builder.push(character.encode_utf8(&mut [0; 4]), at);
                at += length + 1;
            }
            None => {
                builder.copy("&", at);
                at += 1;
            }
        }
    }
    builder.copy(&text[at..], at);
    Some(builder.build(text.len()))
}

fn reference(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(layer: Option<Layer<'_>>, source: &str, decoded: &str, part: &str, above: &str) {
        let layer = layer.unwrap_or_else(|| panic!("{source} has no layer"));
        assert_eq!(layer.text, decoded);
        let start = layer.text.find(part).unwrap_or_else(|| panic!("{part} is not in {decoded}"));
        assert_eq!(&source[layer.above(&(start..start + part.len()))], above);
    }

    #[test]
    fn a_part_leads_back_to_its_encoded_form() {
        let json = r#"a\"b\u003dé\ud83d\ude00\/c\q"#;
        check(unescape_json(json), json, "a\"b=é😀/c\\q", "=é😀/", r#"\u003dé\ud83d\ude00\/"#);
        let percent = "a%22b%3d%C3%A9%FFc%zz%4";
        check(decode_percent(percent), percent, "a\"b=é\u{FFFD}c%zz%4", "=é", "%3d%C3%A9");
        let xml = "a&quot;b&#x3d;&#61;&amp;c & d";
        check(unescape_xml(xml), xml, "a\"b==&c & d", "==&", "&#x3d;&#61;&amp;");
    }

    #[test]
    fn nothing_to_take_off_is_no_layer() {
        assert!(unescape_json("abc").is_none());
        assert!(decode_percent("100%").is_none());
        assert!(unescape_xml("abc").is_none());
    }
}
