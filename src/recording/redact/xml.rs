//! Finds the texts of an XML body with their place and position, without changing a byte between them.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::place::{Place, Step};

/// Elements that stand for the elements of a list, so that their place carries an index.
const LIST_ELEMENTS: [&str; 3] = ["member", "item", "entry"];

/// A stretch of a body.
pub(super) enum Stretch {
    /// Text between tags, with references.
    Text(Range<usize>),
    /// Text without references: CDATA, comments, processing instructions, what stands in tags beside their name.
    Raw(Range<usize>),
    /// Text at which the body ends although elements are open.
    Cut(Range<usize>),
}

/// Walks a body and hands on each stretch in order. The place of a text does not name the root element.
///
/// # Errors
/// The position from which on the body is no XML; what came before has been handed on.
pub(super) fn walk(body: &str, visit: &mut dyn FnMut(&Place, Stretch)) -> Result<(), usize> {
    let mark = body.len() - body.trim_start_matches('\u{feff}').len();
    let mut reader = Reader::from_str(&body[mark..]);
    let mut open = Open::default();
    let mut text: Option<Range<usize>> = None;
    let mut at = mark;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(_) => {
                text.into_iter().for_each(|text| visit(&open.place(), Stretch::Text(text)));
                return Err(at);
            }
        };
        let range = at..mark + usize::try_from(reader.buffer_position()).map_err(|_| at)?;
        at = range.end;
        if let Event::Text(_) | Event::GeneralRef(_) = event {
            text.get_or_insert(range.clone()).end = range.end;
            continue;
        }
        if let Some(text) = text.take() {
            let cut = matches!(event, Event::Eof) && !open.0.is_empty();
            visit(&open.place(), if cut { Stretch::Cut(text) } else { Stretch::Text(text) });
        }
        match event {
            Event::Start(tag) => {
                open.begin(tag.local_name().as_ref());
                attributes(body, &range, tag.name().as_ref().len(), &mut |part| visit(&open.place(), Stretch::Raw(part)));
            }
            Event::Empty(tag) => {
                open.begin(tag.local_name().as_ref());
                attributes(body, &range, tag.name().as_ref().len(), &mut |part| visit(&open.place(), Stretch::Raw(part)));
                open.end();
            }
            Event::End(_) => open.end(),
            Event::Eof => return Ok(()),
            Event::CData(_) => visit(&open.place(), Stretch::Raw(within(&range, "<![CDATA[", "]]>"))),
            Event::Comment(_) => visit(&open.place(), Stretch::Raw(within(&range, "<!--", "-->"))),
            Event::PI(_) | Event::Decl(_) => visit(&open.place(), Stretch::Raw(within(&range, "<?", "?>"))),
            _ => visit(&open.place(), Stretch::Raw(within(&range, "<!", ">"))),
        }
    }
}

/// A stretch without what begins and ends it.
fn within(range: &Range<usize>, begin: &str, end: &str) -> Range<usize> {
    let start = (range.start + begin.len()).min(range.end);
    start..range.end.saturating_sub(end.len()).max(start)
}

/// Hands on what stands in a tag behind its name, cut at the quotes around values: no marker may take one of them away.
fn attributes(body: &str, tag: &Range<usize>, name: usize, part: &mut dyn FnMut(Range<usize>)) {
    let inside = within(&(tag.start + name..tag.end), "<", ">");
    let (mut start, mut quote) = (inside.start, None);
    for (at, byte) in body.get(inside.clone()).unwrap_or_default().bytes().enumerate() {
        if quote.is_none_or(|quote| quote == byte) && matches!(byte, b'"' | b'\'') {
            part(start..inside.start + at);
            start = inside.start + at + 1;
            quote = if quote.is_none() { Some(byte) } else { None };
        }
    }
    if body.is_char_boundary(start) && body.is_char_boundary(inside.end) {
        part(start..inside.end);
    }
}

/// Elements around the current position, each with how many list elements it has begun.
#[derive(Default)]
struct Open(Vec<(Vec<Step>, usize)>);

impl Open {
    fn begin(&mut self, name: &str) {
        let mut steps = vec![Step::Name(name.to_owned())];
        if let Some((_, count)) = self.0.last_mut()
            && LIST_ELEMENTS.contains(&name)
        {
            steps.push(Step::Index(*count));
            *count += 1;
        }
        self.0.push((steps, 0));
    }

    fn end(&mut self) {
        self.0.pop();
    }

    fn place(&self) -> Place {
        Place(self.0.iter().skip(1).flat_map(|(steps, _)| steps.iter().cloned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(body: &str) -> Vec<String> {
        let mut found = Vec::new();
        let _ = walk(body, &mut |place, stretch| {
            let (word, range) = match stretch {
                Stretch::Text(range) => ("text", range),
                Stretch::Raw(range) => ("raw", range),
                Stretch::Cut(range) => ("cut", range),
            };
            let text = body[range].trim();
            if !text.is_empty() {
                found.push(format!("{word} {place}={text}"));
            }
        });
        found
    }

    #[test]
    fn places_name_elements_below_the_root_and_count_members() {
        let body = "<?xml version=\"1.0\"?><R xmlns=\"u\"><L><member><K>a&amp;b</K></member><member><K>c</K><!-- d --></member></L></R>";
        assert_eq!(
            texts(body),
            [
                "raw =xml version=\"1.0\"",
                "raw =xmlns=",
                "raw =u",
                "text L.member[0].K=a&amp;b",
                "text L.member[1].K=c",
                "raw L.member[1]=d"
            ]
        );
    }

    #[test]
    fn text_at_which_the_body_ends_is_cut() {
        assert_eq!(texts("<R><A>wJalrXUtn"), ["cut A=wJalrXUtn"]);
        assert_eq!(texts("Service Unavailable"), ["text =Service Unavailable"]);
        assert_eq!(walk("<R><A>x</B></R>", &mut |_, _| {}), Err(7));
    }

    proptest! {
        #[test]
        fn never_panics_and_stays_within_the_body(body in r"(<[a-z/!?\-\[\]é]{0,5}>|&[a-z#x0-9]{0,4};?|[a-zé<>&\x{feff}]|<!\[CDATA\[|\]\]>|<!--|-->){0,20}") {
            let _ = texts(&body);
        }
    }
}
