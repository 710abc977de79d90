//! Long lists over several pages: rows are rendered in small fragments as they come, spooled, and put together to pages of
//! bounded size once their number is known. Memory holds one fragment, however long the list.

use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

use serde::Serialize;
use tera::Value;

use super::error::PackError;
use super::templates::Templates;

/// Rows of a fragment.
const FRAGMENT_ROWS: usize = 50;
/// Bytes of text after which a fragment is closed; escaping makes at most twelve of one.
const FRAGMENT_TEXT: usize = 32 * 1024;
/// Rows of a page.
const PAGE_ROWS: u64 = 1_000;
/// Bytes of rendered rows of a page; the rest of the budget is for what stands around them.
const PAGE_BYTES: usize = 1_200_000;
/// Spooled rows kept in memory before they go to a temporary file.
const SPOOL_BYTES: usize = 1 << 17;

/// A list of rows being rendered.
pub struct Rows<'a> {
    templates: &'a Templates,
    template: &'static str,
    shared: Value,
    pending: Vec<Value>,
    pending_text: usize,
    spool: tempfile::SpooledTempFile,
    fragments: Vec<Fragment>,
    count: u64,
}

#[derive(Clone, Copy, Debug)]
struct Fragment {
    bytes: usize,
    rows: u64,
}

impl<'a> Rows<'a> {
    /// Begins a list whose rows `template` renders. The template sees the rows as `rows` and `shared` as `list`.
    ///
    /// # Errors
    /// When `shared` does not serialize.
    pub fn new(templates: &'a Templates, template: &'static str, shared: &impl Serialize) -> Result<Self, PackError> {
        Ok(Rows {
            templates,
            template,
            shared: templates.value(shared)?,
            pending: Vec::new(),
            pending_text: 0,
            spool: tempfile::SpooledTempFile::new(SPOOL_BYTES),
            fragments: Vec::new(),
            count: 0,
        })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When the template does not fit, or the disk is full.
    pub fn push(&mut self, row: &impl Serialize) -> Result<(), PackError> {
        let row = self.templates.value(row)?;
        self.pending_text += text_len(&row);
        self.pending.push(row);
        self.count += 1;
        if self.pending.len() >= FRAGMENT_ROWS || self.pending_text >= FRAGMENT_TEXT { self.flush() } else { Ok(()) }
    }

    /// Rows so far.
    pub fn count(&self) -> u64 {
        self.count
    }

    fn flush(&mut self) -> Result<(), PackError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.pending);
        self.pending_text = 0;
        let fragment = Fragment { bytes: 0, rows: rows.len() as u64 };
        let html = self.templates.render_rows(self.template, rows, self.shared.clone())?;
        self.spool.write_all(&html).map_err(spool_error)?;
        self.fragments.push(Fragment { bytes: html.len(), ..fragment });
        Ok(())
    }
}

/// Where a page stands among the pages of its list.
#[derive(Clone, Debug, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub page: u64,
    /// All pages.
    pub pages: u64,
    /// First row on it, from 1; 0 where there are none.
    pub first: u64,
    /// Last row on it.
    pub last: u64,
    /// All rows.
    pub total: u64,
    /// File name of the page before, empty for none.
    pub previous: String,
    /// File name of the page after, empty for none.
    pub next: String,
    /// First, last and neighbouring pages.
    pub links: Vec<PagerLink>,
}

/// A link of a pager.
#[derive(Clone, Debug, Serialize)]
pub struct PagerLink {
    /// True for the sign that pages are left out here.
    pub gap: bool,
    /// Page.
    pub page: u64,
    /// File name.
    pub href: String,
    /// Whether it is the page that shows it.
    pub current: bool,
}

/// Puts lists together to pages, in order, and hands each page's pager and rows to `write`. There is always a first page.
///
/// # Errors
/// When the spool cannot be read, or `write` fails.
pub fn paginate(stem: &str, lists: Vec<Rows<'_>>, mut write: impl FnMut(Pager, String) -> Result<(), PackError>) -> Result<u64, PackError> {
    let mut spools = Vec::new();
    let mut all = Vec::new();
    for mut list in lists {
        list.flush()?;
        list.spool.seek(SeekFrom::Start(0)).map_err(spool_error)?;
        all.extend(list.fragments.iter().map(|fragment| (spools.len(), *fragment)));
        spools.push(list.spool);
    }
    let pages = group(&all);
    let total = all.iter().map(|(_, fragment)| fragment.rows).sum();
    let mut first = 1;
    for (at, page) in pages.iter().enumerate() {
        let mut html = Vec::new();
        let mut rows = 0;
        for (spool, fragment) in *page {
            std::io::Read::by_ref(&mut spools[*spool]).take(fragment.bytes as u64).read_to_end(&mut html).map_err(spool_error)?;
            rows += fragment.rows;
        }
        let pager = pager(stem, at as u64 + 1, pages.len() as u64, (if rows == 0 { 0 } else { first }, first + rows - 1, total));
        // Rendered by our own templates from Rust strings, so UTF-8.
        write(pager, String::from_utf8_lossy(&html).into_owned())?;
        first += rows;
    }
    Ok(pages.len() as u64)
}

/// Groups fragments to pages; no fragments make one empty page.
fn group(all: &[(usize, Fragment)]) -> Vec<&[(usize, Fragment)]> {
    let mut pages = Vec::new();
    let (mut start, mut rows, mut bytes) = (0, 0, 0);
    for (at, (_, fragment)) in all.iter().enumerate() {
        if at > start && (rows + fragment.rows > PAGE_ROWS || bytes + fragment.bytes > PAGE_BYTES) {
            pages.push(&all[start..at]);
            (start, rows, bytes) = (at, 0, 0);
        }
        rows += fragment.rows;
        bytes += fragment.bytes;
    }
    pages.push(&all[start..]);
    pages
}

fn pager(stem: &str, page: u64, pages: u64, (first, last, total): (u64, u64, u64)) -> Pager {
    let near = |n: u64| n == 1 || n == pages || n.abs_diff(page) <= 2;
    let mut links: Vec<PagerLink> = Vec::new();
    let mut before = 0;
    for n in [1].into_iter().chain(page.saturating_sub(2)..=page + 2).chain([pages]) {
        if n <= before || n == 0 || n > pages || !near(n) {
            continue;
        }
        if n > before + 1 && before > 0 {
            links.push(PagerLink { gap: true, page: 0, href: String::new(), current: false });
        }
        links.push(PagerLink { gap: false, page: n, href: file_name(stem, n), current: n == page });
        before = n;
    }
    Pager {
        page,
        pages,
        first,
        last,
        total,
        previous: if page > 1 { file_name(stem, page - 1) } else { String::new() },
        next: if page < pages { file_name(stem, page + 1) } else { String::new() },
        links,
    }
}

/// The name of a page: the stem for the first, `stem.2.html` for the second.
pub fn file_name(stem: &str, page: u64) -> String {
    if page <= 1 { format!("{stem}.html") } else { format!("{stem}.{page}.html") }
}

/// Bytes of text in a value.
fn text_len(value: &Value) -> usize {
    if let Some(text) = value.as_str() {
        return text.len();
    }
    if let Some(list) = value.as_array() {
        return list.iter().map(text_len).sum();
    }
    value.as_map().map_or(8, |map| map.iter().map(|(_, value)| text_len(value)).sum())
}

fn spool_error(source: std::io::Error) -> PackError {
    PackError::Io { verb: "write", path: std::env::temp_dir(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_hold_bounded_rows_and_bytes() {
        let fragment = |rows, bytes| (0, Fragment { rows, bytes });
        assert_eq!(group(&[]).len(), 1);
        assert_eq!(group(&vec![fragment(50, 10); 20]).len(), 1);
        assert_eq!(group(&vec![fragment(50, 10); 21]).len(), 2);
        assert_eq!(group(&[fragment(1, 700_000); 4]).len(), 4);
    }

    #[test]
    fn a_pager_reaches_every_page() {
        let middle = pager("x", 10, 20, (1, 2, 3));
        let pages: Vec<u64> = middle.links.iter().map(|link| link.page).collect();
        assert_eq!(pages, [1, 0, 8, 9, 10, 11, 12, 0, 20]);
        assert_eq!((middle.previous.as_str(), middle.next.as_str()), ("x.9.html", "x.11.html"));
        let only = pager("x", 1, 1, (0, 0, 0));
        assert_eq!((only.links.len(), only.previous.as_str(), only.next.as_str()), (1, "", ""));
    }
}
