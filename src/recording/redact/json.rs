//! Finds the strings and numbers of a JSON body with their place and position, without changing a byte between them.

use std::ops::Range;

use super::place::{Place, Step};

/// Deepest nesting, as in `serde_json`.
const DEEPEST: usize = 128;

/// A scalar of a body.
pub(super) enum Scalar {
    /// What stands between the quotes of a value.
    Text(Range<usize>),
    /// What stands between the quotes of a member's name; the place is that of the object.
    Name(Range<usize>),
    /// A number, as it stands.
    Number(Range<usize>),
}

/// Where a body stops being JSON.
#[derive(Debug, PartialEq)]
pub(super) struct Broken {
    /// First byte of the token that is none.
    pub at: usize,
    /// Whether the body ends within that token.
    pub cut: bool,
}

/// Walks a body and hands on each scalar in order.
///
/// # Errors
/// Where the body stops being JSON; what came before has been handed on.
pub(super) fn walk(body: &str, visit: &mut dyn FnMut(&Place, Scalar)) -> Result<(), Broken> {
    let mut walker = Walker { body: body.as_bytes(), at: 0, place: Place::default(), visit };
    walker.value(DEEPEST)?;
    walker.space();
    if walker.at == body.len() { Ok(()) } else { walker.broken() }
}

struct Walker<'b, 'v> {
    body: &'b [u8],
    at: usize,
    place: Place,
    visit: &'v mut dyn FnMut(&Place, Scalar),
}

impl Walker<'_, '_> {
    fn broken<T>(&self) -> Result<T, Broken> {
        Err(Broken { at: self.at, cut: self.at == self.body.len() })
    }

    fn space(&mut self) {
        while matches!(self.body.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The next byte after white space.
    fn peek(&mut self) -> Option<u8> {
        self.space();
        self.body.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Result<(), Broken> {
        if self.peek() != Some(byte) {
            return self.broken();
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Result<(), Broken> {
        match self.peek() {
            Some(b'{') if depth > 0 => self.object(depth - 1),
            Some(b'[') if depth > 0 => self.list(depth - 1),
            Some(b'"') => {
                let range = self.text()?;
                (self.visit)(&self.place, Scalar::Text(range));
                Ok(())
            }
            Some(b'-' | b'0'..=b'9') => {
                let range = self.number()?;
                (self.visit)(&self.place, Scalar::Number(range));
                Ok(())
            }
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'n') => self.word(b"null"),
            _ => self.broken(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<(), Broken> {
        self.at += 1;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            if self.peek() != Some(b'"') {
                return self.broken();
            }
            let name = self.text()?;
            (self.visit)(&self.place, Scalar::Name(name.clone()));
            let name = String::from_utf8_lossy(&self.body[name]);
            let name = super::layers::unescape_json(&name).map_or_else(|| name.to_string(), |layer| layer.text.into_owned());
            self.expect(b':')?;
            self.place.0.push(Step::Name(name));
            self.value(depth)?;
            self.place.0.pop();
            if self.peek() == Some(b',') {
                self.at += 1;
                continue;
            }
            return self.expect(b'}');
        }
    }

    fn list(&mut self, depth: usize) -> Result<(), Broken> {
        self.at += 1;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        for index in 0.. {
            self.place.0.push(Step::Index(index));
            self.value(depth)?;
            self.place.0.pop();
            if self.peek() != Some(b',') {
                break;
            }
            self.at += 1;
        }
        self.expect(b']')
    }

    /// A string; `at` stays at its opening quote where it is broken.
    fn text(&mut self) -> Result<Range<usize>, Broken> {
        let start = self.at + 1;
        let mut end = start;
        loop {
            match self.body.get(end) {
                Some(b'"') => break,
                Some(b'\\') if self.is_escape(end) => end += 2,
                Some(b'\\') if end + 1 < self.body.len() => return self.broken(),
                Some(0..=0x1F) => return self.broken(),
                Some(_) => end += 1,
                None => return Err(Broken { at: self.at, cut: true }),
            }
        }
        self.at = end + 1;
        Ok(start..end)
    }

    fn is_escape(&self, at: usize) -> bool {
        match self.body.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => true,
            // Digits that are missing because the body ends are found by the loop.
            Some(b'u') => self.body[at + 2..].iter().take(4).all(u8::is_ascii_hexdigit),
            _ => false,
        }
    }

    fn digits(&self, mut at: usize) -> usize {
        while self.body.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    }

    fn number(&mut self) -> Result<Range<usize>, Broken> {
        let start = self.at;
        let first = start + usize::from(self.body[start] == b'-');
        let mut end = self.digits(first);
        let mut good = end > first && (self.body[first] != b'0' || end == first + 1);
        if self.body.get(end) == Some(&b'.') {
            let fraction = self.digits(end + 1);
            good &= fraction > end + 1;
            end = fraction;
        }
        if matches!(self.body.get(end), Some(b'e' | b'E')) {
            let sign = end + 1 + usize::from(matches!(self.body.get(end + 1), Some(b'+' | b'-')));
            let exponent = self.digits(sign);
            good &= exponent > sign;
            end = exponent;
        }
        if !good {
            return Err(Broken { at: start, cut: end == self.body.len() });
        }
        self.at = end;
        Ok(start..end)
    }

    fn word(&mut self, word: &[u8]) -> Result<(), Broken> {
        if !self.body[self.at..].starts_with(word) {
            return self.broken();
        }
        self.at += word.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn accepts(body: &str) -> bool {
        walk(body, &mut |_, _| {}).is_ok()
    }

    #[test]
    fn places_name_members_and_elements() {
        let body = r#"{"items":[{"a.b":"x"},{"stageVariables":{"K":"y","n":-1.5e3}}]}"#;
        let mut found = Vec::new();
        let walked = walk(body, &mut |place, scalar| {
            if let Scalar::Text(range) | Scalar::Number(range) = scalar {
                found.push(format!("{place}={}", &body[range]));
            }
        });
        assert_eq!(walked, Ok(()));
        assert_eq!(found, ["items[0].a.b=x", "items[1].stageVariables.K=y", "items[1].stageVariables.n=-1.5e3"]);
    }

    #[test]
    fn a_cut_string_is_told_apart_from_garbage() {
        assert_eq!(walk(r#"{"a":"b"#, &mut |_, _| {}), Err(Broken { at: 5, cut: true }));
        assert_eq!(walk(r#"{"a":"b"} x"#, &mut |_, _| {}), Err(Broken { at: 10, cut: false }));
        assert_eq!(walk(r#"{"a":"\u00"#, &mut |_, _| {}), Err(Broken { at: 5, cut: true }));
        assert_eq!(walk("<html>", &mut |_, _| {}), Err(Broken { at: 0, cut: false }));
    }

    proptest! {
        #[test]
        fn accepts_what_serde_json_accepts(text in r#"([\[\]{},:"\\ue0-9.+\-tfnrals ]|true|false|null|"a"|\{\}|\[\]){0,12}"#) {
            let serde = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            prop_assert_eq!(accepts(&text), serde, "{}", text);
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = accepts(&text);
        }
    }
}
