//! What is wrong with a user's file, as a labelled span in that very file. Collecting and rendering only; who finds a fault
//! writes its words.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// A file that messages point into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path as the user knows it.
    pub path: String,
    /// The whole text.
    pub text: std::sync::Arc<str>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// The file cannot be used.
    Error,
    /// The file can be used; its author should look.
    Warning,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub degree: Degree,
    /// What is wrong: lower case, literals in backticks, no full stop.
    pub message: String,
    /// The file.
    pub file: Arc<SourceFile>,
    /// Where in the file, in bytes; empty where the whole file is meant.
    pub span: Range<usize>,
    /// Words beside the marked span.
    pub label: String,
    /// What to do; begins with a verb.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(file: &Arc<SourceFile>, span: Range<usize>, message: impl Into<String>) -> Self {
        Diagnostic { degree: Degree::Error, message: message.into(), file: file.clone(), span, label: String::new(), hint: None }
    }

    /// A warning at `span`.
    pub fn warning(file: &Arc<SourceFile>, span: Range<usize>, message: impl Into<String>) -> Self {
        Diagnostic { degree: Degree::Warning, ..Diagnostic::error(file, span, message) }
    }

    /// Adds words beside the marked span.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds a hint where there is one.
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// Line and column of the span's start, both from 1, the column in characters.
    pub fn position(&self) -> (usize, usize) {
        let before = &self.file.text[..floor(&self.file.text, self.span.start)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }

    /// The message with the marked lines of the file and the hint.
    pub fn render(&self, styled: bool) -> String {
        let text = &self.file.text;
        let start = floor(text, self.span.start);
        let end = floor(text, self.span.end.max(start));
        let mut annotation = AnnotationKind::Primary.span(start..end);
        if !self.label.is_empty() {
            annotation = annotation.label(self.label.as_str());
        }
        let level = match self.degree {
            Degree::Error => Level::ERROR,
            Degree::Warning => Level::WARNING,
        };
        let snippet = Snippet::source(&**text).path(self.file.path.as_str()).annotation(annotation);
        let mut group = level.primary_title(self.message.as_str()).element(snippet);
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.with_name(Some("hint")).message(hint.as_str()));
        }
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// All faults found, in the order of files and places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Takes over all of `other`.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// How many are errors.
    pub fn errors(&self) -> usize {
        self.0.iter().filter(|one| one.degree == Degree::Error).count()
    }

    /// How many are warnings.
    pub fn warnings(&self) -> usize {
        self.0.len() - self.errors()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Orders by file, place and message, and drops repetitions.
    pub fn settle(&mut self) {
        self.0.sort_by(|a, b| (&a.file.path, a.span.start, a.degree, &a.message).cmp(&(&b.file.path, b.span.start, b.degree, &b.message)));
        self.0.dedup();
    }

    /// All messages with their lines, one empty line between.
    pub fn render(&self, styled: bool) -> String {
        self.0.iter().map(|one| one.render(styled)).collect::<Vec<_>>().join("\n\n")
    }
}

impl std::fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}

/// The candidate nearest to a misspelt word, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let score = |candidate: &str| strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase());
    candidates
        .into_iter()
        .map(|candidate| (score(candidate), candidate))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// `did you mean` as a hint, else a list of what exists if that is short.
pub fn suggestion<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    match nearest(word, candidates.iter().copied()) {
        Some(candidate) => Some(format!("did you mean `{candidate}`?")),
        None if candidates.is_empty() || candidates.len() > 12 => None,
        None => Some(format!("use one of `{}`", candidates.join("`, `"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_names_file_line_column_and_hint() {
        let file = Arc::new(SourceFile { path: "controls/iam/x.md".into(), text: "+++\ntitel = \"ä\"\n+++\n".into() });
        let diagnostic =
            Diagnostic::error(&file, 4..9, "unknown key `titel`").label("not a key of a control").hint("did you mean `title`?");
        assert_eq!(diagnostic.position(), (2, 1));
        insta::assert_snapshot!(diagnostic.render(false), @r#"
        error: unknown key `titel`
         --> controls/iam/x.md:2:1
          |
        2 | titel = "ä"
          | ^^^^^ not a key of a control
          |
          = hint: did you mean `title`?
        "#);
    }

    #[test]
    fn spans_beyond_the_text_or_inside_a_character_do_not_panic() {
        let file = Arc::new(SourceFile { path: "x".into(), text: "ä".into() });
        for span in [0..0, 1..1, 1..9, 9..9] {
            assert!(Diagnostic::error(&file, span, "m").render(false).contains("error: m"));
        }
    }
}
