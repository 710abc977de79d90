//! Makes text from AWS and from users inert in HTML, Markdown and CSV, and makes what the eye would miss visible.
//!
//! Every byte of such text passes through one of these functions on its way into a page: the template engines use them as
//! their escape functions, so a template cannot forget them. JSON has its own in `json`.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

/// Whether a character is a control, a bidirectional override, or otherwise takes no visible place and so could hide or
/// reorder what is read. Line feed and tab are left to the caller.
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && c != '\n' && c != '\t';
    }
    matches!(c as u32,
        0x80..=0x9f | 0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180e | 0x200b..=0x200f
        | 0x2028..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfffb | 0xfffe | 0xffff
        | 0xe0000..=0xe0fff)
        || (c as u32) & 0xfffe == 0xfffe
}

/// Text of several lines with hidden characters written as `⟨U+202E⟩`; line feeds and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    replace_chars(text, is_hidden)
}

/// As [`visible`], for text that must stay on one line.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    replace_chars(text, |c| is_hidden(c) || c == '\n' || c == '\t')
}

fn replace_chars(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    let Some(first) = text.find(&hidden) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for c in text[first..].chars() {
        if hidden(c) { push_code(&mut out, c) } else { out.push(c) }
    }
    Cow::Owned(out)
}

fn push_code(out: &mut String, c: char) {
    // Writing to a String cannot fail.
    let _ = write!(out, "⟨U+{:04X}⟩", c as u32);
}

/// The escape function of the HTML templates: hidden characters visible, markup inert in text and in quoted attributes.
///
/// # Errors
/// When `out` cannot be written.
pub fn escape_html(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let text = visible(text);
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.write_all(&bytes[from..at])?;
        out.write_all(entity.as_bytes())?;
        from = at + 1;
    }
    out.write_all(&bytes[from..])
}

/// How many bytes [`escape_html`] writes for a text; what page budgets are counted in.
pub fn html_len(text: &str) -> usize {
    let hidden: usize = text.chars().filter(|c| is_hidden(*c)).count();
    let grown: usize = text
        .bytes()
        .map(|byte| match byte {
            b'&' | b'\'' => 5,
            b'<' | b'>' => 4,
            b'"' => 6,
            _ => 1,
        })
        .sum();
    grown + hidden * 14
}

/// Text as HTML, in memory.
pub fn html(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 16);
    // Writing to a Vec cannot fail, and escaping keeps UTF-8.
    let _ = escape_html(text, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The escape function of the Markdown templates: one line of plain text in which nothing is markup, a link, a mention or an
/// issue reference. Words that a renderer would link (`@name`, addresses, `#12`) become code.
///
/// # Errors
/// When `out` cannot be written.
pub fn escape_markdown(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(markdown(text).as_bytes())
}

/// Text as inert Markdown.
pub fn markdown(text: &str) -> String {
    let text = visible_line(text);
    let mut out = String::with_capacity(text.len() + 16);
    for (n, word) in text.split(' ').enumerate() {
        if n > 0 {
            out.push(' ');
        }
        if is_linked(word) { out.push_str(&code_span(word)) } else { push_word(&mut out, word, n == 0) }
    }
    let inner = out.trim_matches(' ');
    let (before, after) = (out.len() - out.trim_start_matches(' ').len(), out.len() - out.trim_end_matches(' ').len());
    if inner.is_empty() { "&#32;".repeat(before) } else { format!("{}{inner}{}", "&#32;".repeat(before), "&#32;".repeat(after)) }
}

/// Whether GitHub-flavoured renderers would make a link, mention or reference of a word.
fn is_linked(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    word.contains('@')
        || lower.contains("://")
        || lower.contains("www.")
        || ["mailto:", "xmpp:"].iter().any(|scheme| lower.contains(scheme))
        || lower.contains("gh-")
        || word.split('#').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || (word.len() >= 40 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Escapes a word; only the first of a text could begin a list, heading or rule.
fn push_word(out: &mut String, word: &str, first: bool) {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in word.char_indices() {
        let escaped = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '!' | '$' | '{' | '}' | '^' => true,
            '-' | '+' | '=' | ':' => first && at == 0,
            '.' | ')' => first && digits > 0 && at == digits,
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Text as a Markdown code span that also stands in a table cell. A pipe is written outside the span, since within one it
/// could only be escaped in tables.
pub fn code_span(text: &str) -> String {
    let text = visible_line(text);
    if text.is_empty() {
        return String::new();
    }
    let parts: Vec<String> = text.split('|').map(|part| if part.is_empty() { String::new() } else { fence(part) }).collect();
    parts.join("\\|")
}

/// Text of several lines as a fenced Markdown code block.
pub fn code_block(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}

fn fence(text: &str) -> String {
    if text.chars().all(|c| c == ' ') {
        return "&#32;".repeat(text.len());
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let edge = |c: Option<char>| matches!(c, Some('`' | ' '));
    if edge(text.chars().next()) || edge(text.chars().last()) { format!("{ticks} {text} {ticks}") } else { format!("{ticks}{text}{ticks}") }
}

/// Text as a CSV cell that no spreadsheet takes for a formula: one line, and a leading `'` where it would begin with
/// `= + - @` (or their full-width forms). The CSV writer adds the quotes.
pub fn csv_cell(text: &str) -> Cow<'_, str> {
    let text = visible_line(text);
    match text.trim_start_matches(' ').chars().next() {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => Cow::Owned(format!("'{text}")),
        _ => text,
    }
}

/// Characters of a title, heading or name from a file of the user's.
const TITLE: usize = 300;

/// A title, cut where nobody would call it one any more.
pub fn title(text: &str) -> String {
    cut(text, TITLE).into_owned()
}

/// At most `limit` characters of a text, with how many there are where it was cut.
pub fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(limit) else { return Cow::Borrowed(text) };
    let all = limit + text[end..].chars().count();
    Cow::Owned(format!("{} … ({limit} of {all} characters)", &text[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out() {
        assert_eq!(visible("a\u{202e}b\u{1b}[31m\nc"), "a⟨U+202E⟩b⟨U+001B⟩[31m\nc");
        assert_eq!(visible_line("a\nb"), "a⟨U+000A⟩b");
        assert!(matches!(visible("plain ünïcode 日本"), Cow::Borrowed(_)));
        assert_eq!(visible("\u{e0041}\u{feff}"), "⟨U+E0041⟩⟨U+FEFF⟩");
    }

    #[test]
    fn html_is_inert_in_text_and_attributes() {
        assert_eq!(html("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        for text in ["<a href='x'>\u{202e}", "plain", "\u{e0041}\"\"", "ü&"] {
            assert!(html_len(text) >= html(text).len(), "{text:?}");
        }
    }

    #[test]
    fn csv_never_begins_a_formula() {
        for text in ["=1+1", "+1", "-1", "@x", " =1", "＝1"] {
            assert!(csv_cell(text).starts_with('\''), "{text}");
        }
        assert_eq!(csv_cell("\t=1"), "⟨U+0009⟩=1");
        assert_eq!(csv_cell("a=b"), "a=b");
    }

    #[test]
    fn cuts_say_how_much_there_was() {
        assert_eq!(cut("äbc", 3), "äbc");
        assert_eq!(cut("äbcd", 2), "äb … (2 of 4 characters)");
    }

    fn rendered(markdown: &str) -> String {
        let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
        let mut out = String::new();
        pulldown_cmark::html::push_html(&mut out, pulldown_cmark::Parser::new_ext(markdown, options));
        out
    }

    const HOSTILE: &[&str] = &[
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](http://e.example)",
        "# head",
        "- item",
        "1. item",
        "12) item",
        "> quote",
        "***",
        "===",
        "---",
        "~~~",
        "```",
        "a | b",
        "`tick`",
        "``",
        "`|`",
        "&lt;b&gt;",
        "**bold** _it_ ~~no~~",
        "<https://e.example>",
        "https://e.example www.e.example a@e.example",
        "line\n\nbreak",
        "    indented",
        "\\",
        "trailing\\",
        "[ref]: http://x",
        "+ plus",
        " ",
        "\\| x",
        "- [ ] task",
        ":--",
        "$x$",
    ];

    #[test]
    fn markdown_shows_hostile_text_as_text() {
        for text in HOSTILE {
            for made in [markdown(text), code_span(text)] {
                for page in [made.clone(), format!("- {made}\n"), format!("| a | b |\n| --- | --- |\n| {made} | end |\n")] {
                    let html = rendered(&page);
                    for bad in ["<script", "<a ", "<img", "<h1", "<h2", "<em", "<strong", "<del", "<ol", "<blockquote", "<hr", "<pre"] {
                        assert!(!html.contains(bad), "{text:?} as {made:?} gives {html}");
                    }
                    assert!(!page.contains('|') || html.matches("<td").count() == 2 || !page.contains("---"), "{text:?}: {html}");
                }
                let plain = rendered(&made).replace("<p>", "").replace("</p>\n", "").replace("<code>", "").replace("</code>", "");
                let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
                assert_eq!(plain.trim(), visible_line(text).trim(), "shown text changed: {made:?}");
            }
        }
    }
}
