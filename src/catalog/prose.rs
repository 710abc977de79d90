//! The Markdown of a control's file: where it begins, and what its sections say. Nothing is rendered here.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use super::diagnostic::{Diagnostic, Diagnostics, SourceFile};

/// The byte ranges of the TOML and of the prose.
pub(super) fn split(text: &str) -> Option<(Range<usize>, usize)> {
    let mut at = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        let fence = line.trim_end() == "+++";
        match start {
            None if fence => start = Some(at + line.len()),
            None => return None,
            Some(start) if fence => return Some((start..at, at + line.len())),
            Some(_) => {}
        }
        at += line.len();
    }
    None
}

/// Why, remediation, further sections.
type Prose = (String, String, Vec<(String, String)>);

/// Splits the Markdown at its second-level headings; code blocks keep their `##`.
pub(super) fn read(file: &Arc<SourceFile>, start: usize, faults: &RefCell<Diagnostics>) -> Prose {
    let mut parts = vec![(String::new(), String::new())];
    let mut fence: Option<&str> = None;
    for line in file.text[start..].lines() {
        let marker = ["```", "~~~"].into_iter().find(|marker| line.trim_start().starts_with(marker));
        match (fence, marker) {
            (None, Some(marker)) => fence = Some(marker),
            (Some(open), Some(marker)) if open == marker => fence = None,
            _ => {}
        }
        let heading = line.strip_prefix("## ").filter(|_| fence.is_none());
        match (heading, parts.last_mut()) {
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (heading, _) => parts.push((heading.unwrap_or_default().trim().to_owned(), String::new())),
        }
    }
    let mut parts: Vec<(String, String)> = parts.into_iter().map(|(heading, text)| (heading, text.trim().to_owned())).collect();
    let why = parts.remove(0).1;
    let remediation = parts.iter().position(|(heading, _)| heading == "Remediation").map(|at| parts.remove(at).1).unwrap_or_default();
    let report = |message: &str, hint: &str| faults.borrow_mut().push(Diagnostic::error(file, start..start, message).hint(hint));
    if why.is_empty() {
        report("the control does not say why it matters", "write two or three sentences below the second `+++`");
    }
    if remediation.is_empty() {
        report("the control lacks `## Remediation`", "add the section with the command or property that mends a failure");
    }
    (why, remediation, parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_inside_code_blocks_are_text() {
        let text = "why\n## Remediation\n```sh\n## not a heading\n```\ndone\n## Notes\nn\n";
        let file = Arc::new(SourceFile { path: "x".into(), text: text.into() });
        let faults = RefCell::default();
        let (why, remediation, sections) = read(&file, 0, &faults);
        assert_eq!((why.as_str(), remediation.as_str()), ("why", "```sh\n## not a heading\n```\ndone"));
        assert_eq!(sections, [("Notes".to_owned(), "n".to_owned())]);
        assert!(faults.into_inner().is_empty());
    }
}
