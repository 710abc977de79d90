//! Markdown prose of controls and frameworks as HTML: raw HTML is shown as text, links are not links (the address stands
//! behind the text), images are their description. A user's control file can so hold anything.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::text;

/// Renders prose. Headings begin at level three, because prose stands within a section of a page.
pub fn html(markdown: &str) -> String {
    let visible = text::visible(markdown);
    let parser = Parser::new_ext(&visible, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut links = Vec::new();
    let events = parser.flat_map(move |event| made_inert(event, &mut links));
    let mut out = String::with_capacity(markdown.len() * 2);
    pulldown_cmark::html::push_html(&mut out, events);
    // Code may be wider than the page: who uses a keyboard must be able to scroll it. Raw HTML is escaped, so these are ours.
    out.replace("<pre><code", "<pre tabindex=\"0\"><code")
}

fn made_inert<'a>(event: Event<'a>, links: &mut Vec<CowStr<'a>>) -> Vec<Event<'a>> {
    match event {
        Event::Html(raw) | Event::InlineHtml(raw) => vec![Event::Text(raw)],
        Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
        Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            links.push(dest_url);
            Vec::new()
        }
        Event::End(TagEnd::Link | TagEnd::Image) => match links.pop() {
            Some(url) if !url.is_empty() => vec![Event::Text(" (".into()), Event::Code(url), Event::Text(")".into())],
            _ => Vec::new(),
        },
        Event::Start(Tag::Heading { level, .. }) => {
            vec![Event::Start(Tag::Heading { level: lowered(level), id: None, classes: Vec::new(), attrs: Vec::new() })]
        }
        Event::End(TagEnd::Heading(level)) => vec![Event::End(TagEnd::Heading(lowered(level)))],
        other => vec![other],
    }
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        _ => HeadingLevel::H5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_html_and_links_are_text() {
        let page = html(
            "A <b onclick=x>bold</b> [word](javascript:alert(1)) ![pic](http://e.example/x.png)\n\n<script>alert(1)</script>\n\n# Big",
        );
        assert!(!page.contains("<script") && !page.contains("<b ") && !page.contains("<a ") && !page.contains("<img"), "{page}");
        assert!(page.contains("&lt;script&gt;") && page.contains("<code>javascript:alert(1)</code>") && page.contains("<h3>"), "{page}");
    }

    #[test]
    fn code_and_lists_stay() {
        let page = html("- one\n- two\n\n```sh\naws iam <x>\n```\n");
        assert!(page.contains("<li>one</li>") && page.contains("aws iam &lt;x&gt;"), "{page}");
        assert!(page.contains("<pre tabindex=\"0\"><code"), "{page}");
    }
}
