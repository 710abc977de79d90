//! Verdicts on disk: one unnamed temporary file for each control and set of parameters, so that memory holds the verdicts of
//! one control at a time, and none at all while they are read in order. Those of a control that has only few stay in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read as _, Seek as _, Write as _};

use rayon::prelude::*;
use serde_json::Value;
use tempfile::SpooledTempFile;

use crate::model::Verdict;

/// A verdict with the values of its judge's columns (in the order of `Judge::columns`), for tables and CSV. Population and
/// place lines have none.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The verdict.
    pub verdict: Verdict,
    /// One value for each column.
    pub shown: Vec<Value>,
}

/// A control and its params_id.
pub type RunKey = (String, String);

/// Bytes of a run's verdicts that stay in memory.
const SMALL: usize = 1 << 14;

/// Verdicts in their final order: those of each run, and how many they are.
#[derive(Debug, Default)]
pub struct VerdictStore(BTreeMap<RunKey, (Lines, u64)>);

impl VerdictStore {
    /// The runs that have verdicts, in order.
    pub fn runs(&self) -> impl Iterator<Item = &RunKey> {
        self.0.keys()
    }

    /// How many verdicts a run has.
    pub fn count(&self, run: &RunKey) -> u64 {
        self.0.get(run).map_or(0, |(_, count)| *count)
    }

    /// Visits all verdicts in the order of `verdicts.jsonl`.
    ///
    /// # Errors
    /// When a temporary file cannot be read, or `visit` fails.
    pub fn for_each<E: From<std::io::Error>>(&self, mut visit: impl FnMut(Line) -> Result<(), E>) -> Result<(), E> {
        self.0.keys().try_for_each(|run| self.for_run(run, &mut visit))
    }

    /// Visits the verdicts of one run in their final order.
    ///
    /// # Errors
    /// When the temporary file cannot be read, or `visit` fails.
    pub fn for_run<E: From<std::io::Error>>(&self, run: &RunKey, mut visit: impl FnMut(Line) -> Result<(), E>) -> Result<(), E> {
        self.for_run_text(run, |verdict, shown| {
            let verdict = serde_json::from_str(verdict).map_err(std::io::Error::from)?;
            let shown = serde_json::from_str(shown).map_err(std::io::Error::from)?;
            visit(Line { verdict, shown })
        })
    }

    /// Visits one run's verdicts as text, without parsing: the line of `verdicts.jsonl` (no line end) and the columns' values.
    ///
    /// # Errors
    /// When the temporary file cannot be read, or `visit` fails.
    pub fn for_run_text<E: From<std::io::Error>>(&self, run: &RunKey, mut visit: impl FnMut(&str, &str) -> Result<(), E>) -> Result<(), E> {
        let Some((lines, _)) = self.0.get(run) else { return Ok(()) };
        let mut reader = lines.reader();
        let mut line = String::new();
        while reader.read_line(&mut line)? > 0 {
            let (verdict, shown) = line.trim_end_matches('\n').split_once('\t').unwrap_or((&line, "[]"));
            visit(verdict, shown)?;
            line.clear();
        }
        Ok(())
    }
}

/// A run's lines in their final order.
#[derive(Debug)]
enum Lines {
    Memory(Vec<u8>),
    Disk(File),
}

impl Lines {
    fn reader(&self) -> Box<dyn BufRead + '_> {
        match self {
            Lines::Memory(text) => Box::new(text.as_slice()),
            Lines::Disk(file) => Box::new(BufReader::with_capacity(1 << 16, FromStart { file, at: 0 })),
        }
    }
}

/// A file from its start, with a position of its own: several may read one file at once.
struct FromStart<'a> {
    file: &'a File,
    at: u64,
}

impl std::io::Read for FromStart<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = std::os::unix::fs::FileExt::read_at(self.file, buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Lines as they come, in any order.
#[derive(Debug)]
pub(super) struct Spill(SpooledTempFile);

impl Spill {
    pub(super) fn new() -> Self {
        Spill(SpooledTempFile::new(SMALL))
    }

    /// Appends whole lines made by [`encode`].
    pub(super) fn append(&mut self, lines: &[u8]) -> std::io::Result<()> {
        self.0.write_all(lines)
    }

    /// Brings the lines into their final order; the sort key is at the front of each.
    fn sort(mut self) -> std::io::Result<(Lines, u64)> {
        self.0.rewind()?;
        let mut text = Vec::new();
        self.0.read_to_end(&mut text)?;
        drop(self.0);
        let mut lines: Vec<(&[u8], &[u8])> = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).filter_map(cut).collect();
        lines.sort_unstable();
        let sorted = lines.iter().flat_map(|(_, line)| [*line, b"\n"]);
        let kept = if text.len() <= SMALL {
            Lines::Memory(sorted.collect::<Vec<_>>().concat())
        } else {
            let mut file = BufWriter::with_capacity(1 << 16, tempfile::tempfile()?);
            sorted.into_iter().try_for_each(|part| file.write_all(part))?;
            Lines::Disk(file.into_inner().map_err(std::io::IntoInnerError::into_error)?)
        };
        Ok((kept, lines.len() as u64))
    }
}

/// Sort key and rest of an encoded line.
fn cut(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = line.iter().position(|byte| *byte == b'\t')?;
    Some((&line[..at], &line[at + 1..]))
}

/// Appends one line: `key TAB verdict TAB columns LF`. JSON holds neither tabs nor line ends; the key's are escaped in a way
/// that keeps their bytewise order.
pub(super) fn encode(verdict: &Verdict, shown: &[Value], out: &mut Vec<u8>) -> std::io::Result<()> {
    let (_, _, account, region, kind, id) = verdict.sort_key();
    for part in [account, region, kind, id] {
        // Bytes up to the line end become 2 and themselves + 16: in the same order, never a tab, a line end or the 1 that ends
        // a part and sorts before everything.
        for byte in part.bytes() {
            if byte <= b'\n' { out.extend([2, byte + 16]) } else { out.push(byte) }
        }
        out.push(1);
    }
    out.push(b'\t');
    serde_json::to_writer(&mut *out, verdict)?;
    out.push(b'\t');
    serde_json::to_writer(&mut *out, shown)?;
    out.push(b'\n');
    Ok(())
}

/// Sorts all spilled runs.
pub(super) fn settle(spills: BTreeMap<RunKey, Spill>) -> std::io::Result<VerdictStore> {
    spills.into_par_iter().map(|(run, spill)| Ok((run, spill.sort()?))).collect::<std::io::Result<_>>().map(VerdictStore)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::control::Severity;
    use crate::model::verdict::{Outcome, Subject, verdict_id};

    fn verdict(account: &str, region: &str, id: Option<&str>) -> Verdict {
        Verdict {
            verdict_id: verdict_id("c", "p", account, region, "K", id),
            control: "c".into(),
            params_id: "p".into(),
            severity: Severity::Low,
            account: account.into(),
            region: region.into(),
            resource: Subject { kind: "K".into(), id: id.map(str::to_owned), name: None },
            verdict: Outcome::Pass,
            reason: None,
            observed: BTreeMap::new(),
            observed_at: None,
            waiver: None,
            calls: vec![],
            exhibits: vec![],
        }
    }

    #[test]
    fn lines_come_back_in_the_final_order_whatever_their_ids_hold() {
        let ids = [Some("b"), Some("a\tx"), Some("a\nx"), Some("a"), Some("a\u{4}"), None, Some("a b"), Some("\u{1}"), Some("ä")];
        let mut verdicts: Vec<Verdict> = ids.iter().map(|id| verdict("1", "r", *id)).collect();
        verdicts.push(verdict("1", "r-2", Some("a")));
        verdicts.push(verdict("0", "z", Some("z")));
        let mut spill = Spill::new();
        let mut bytes = Vec::new();
        for verdict in &verdicts {
            encode(verdict, &[Value::Null], &mut bytes).expect("memory");
        }
        spill.append(&bytes).expect("temporary file");
        let run = ("c".to_owned(), "p".to_owned());
        let store = settle([(run.clone(), spill)].into()).expect("temporary file");
        verdicts.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        let mut found = Vec::new();
        store
            .for_each::<std::io::Error>(|line| {
                found.push(line.verdict);
                Ok(())
            })
            .expect("temporary file");
        assert_eq!((found, store.count(&run)), (verdicts, 11));
    }
}
