//! The one place that prints: results on stdout, everything else on stderr. Text from AWS is made inert for terminals here.

use std::io::{IsTerminal as _, Write as _};

use super::exit::Exit;

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON document.
    Json,
}

/// Prints what the options allow.
#[derive(Clone, Debug)]
pub struct Printer {
    /// `--quiet`: no notes on stderr, only errors and the last line.
    pub quiet: bool,
    /// `--format`.
    pub format: Format,
    /// Whether stderr shows progress bars: a terminal, and not quiet.
    pub bars: bool,
}

impl Printer {
    /// From the global options; colour follows `--no-color`, `NO_COLOR` and whether the stream is a terminal.
    pub fn new(quiet: bool, no_color: bool, format: Format) -> Self {
        if no_color {
            anstream::ColorChoice::Never.write_global();
        }
        Printer { quiet, format, bars: !quiet && std::io::stderr().is_terminal() }
    }

    /// A result, as it is, with a newline. A reader that has gone (`| head`) wanted no more, and the exit status is what it would
    /// be; a result that could not be written for another reason (a full disk) ends the process with status 1.
    pub fn result(&self, text: &str) {
        let mut out = anstream::stdout().lock();
        match writeln!(out, "{text}").and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                self.failure(&format!("error: cannot write the result: {error}"));
                super::last_line(self, Exit::Failed, "the result could not be written");
                std::process::exit(Exit::Failed.code().into());
            }
            _ => {}
        }
    }

    /// A result as pretty JSON.
    pub fn json(&self, value: &serde_json::Value) {
        self.result(&format!("{value:#}"));
    }

    /// A note for people, unless `--quiet`.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.error_line(text);
        }
    }

    /// A warning, unless `--quiet`.
    pub fn warning(&self, text: &str) {
        let yellow = anstyle::AnsiColor::Yellow.on_default().bold();
        self.note(&format!("{yellow}warning{yellow:#}: {text}"));
    }

    /// A failure with its hints, always.
    pub fn failure(&self, text: &str) {
        let (red, cyan) = (anstyle::AnsiColor::Red.on_default().bold(), anstyle::AnsiColor::Cyan.on_default().bold());
        let styled = |line: &str| match (line.strip_prefix("error: "), line.strip_prefix("hint: ")) {
            (Some(rest), _) => format!("{red}error{red:#}: {rest}"),
            (_, Some(rest)) => format!("{cyan}hint{cyan:#}: {rest}"),
            _ => line.to_owned(),
        };
        self.error_line(&text.lines().map(styled).collect::<Vec<_>>().join("\n"));
    }

    /// A line on stderr, always.
    pub fn error_line(&self, text: &str) {
        let mut err = anstream::stderr().lock();
        // A closed stderr leaves nobody to tell.
        let _ = writeln!(err, "{text}");
    }
}

/// A word as a POSIX shell reads it back.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=@%+,".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// A number with its noun: `1 warning`, `2 warnings`.
pub fn counted(count: impl std::fmt::Display, noun: &str) -> String {
    let count = count.to_string();
    format!("{count} {noun}{}", if count == "1" { "" } else { "s" })
}

/// Makes text from AWS or from files inert for a terminal: control characters and bidirectional overrides become visible.
pub fn inert(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        let hidden =
            c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if hidden {
            safe.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{inert, quoted};

    #[test]
    fn terminal_escapes_and_overrides_become_visible() {
        assert_eq!(inert("a\u{1b}[31mred\n\u{202e}gpj"), "a⟨U+001B⟩[31mred⟨U+000A⟩⟨U+202E⟩gpj");
        assert_eq!(inert("Größe 漢字"), "Größe 漢字");
    }

    #[test]
    fn words_are_quoted_where_a_shell_would_split_them() {
        assert_eq!(quoted("packs/2026-11-20T080000Z_1"), "packs/2026-11-20T080000Z_1");
        assert_eq!(quoted("my packs/it's"), r"'my packs/it'\''s'");
    }
}
