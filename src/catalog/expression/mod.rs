//! Expressions of controls: CEL with its holes closed. Here they are parsed and held against the kinds; `assess` runs them.
//!
//! CEL itself finds a misspelt fact, a wrong type or a missing guard only at run time, or not at all (`null != "NONE"` and
//! `"a" != 1` are true). A control that passes this checker can fail at run time only by a gap or by overflow.

mod calls;
mod check;
mod decide;
mod guard;
mod operators;
mod place;
mod types;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use cel::{Env, ParseErrors, Program};

pub use calls::FUNCTIONS;
pub use check::{check, reads_with};
pub use types::Type;

/// The environment of every expression: the standard library without optional values, which would swallow errors.
pub fn env() -> Arc<Env> {
    static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib().with_optional_support(false)));
    ENV.clone()
}

/// Parses an expression, once in the life of the process: it is parsed to be checked, to learn what it reads with the parameters
/// chosen, and to be run, and the parser takes longer than all of these.
///
/// # Errors
/// What is wrong with it, in the parser's words.
pub fn parse(text: &str) -> Result<Arc<Program>, ParseErrors> {
    static PARSED: LazyLock<Mutex<HashMap<String, Arc<Program>>>> = LazyLock::new(Mutex::default);
    let known = || PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(program) = known().get(text) {
        return Ok(program.clone());
    }
    let program = Arc::new(env().compile(text)?);
    known().insert(text.to_owned(), program.clone());
    Ok(program)
}

/// No duration may be longer than ten thousand years: instants beyond what the calendar holds would end the process, not the
/// expression.
pub const LONGEST_DAYS: i64 = 3_652_500;

/// What an expression reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Paths of facts by kind: `status.is_logging`, `items[].name`.
    pub facts: BTreeMap<String, BTreeSet<String>>,
    /// Those of them that are read of resources that `find` reached by an id in a fact alone: kind, path, and kind and path of the
    /// fact that holds the id.
    pub found: BTreeSet<(String, String, (String, String))>,
    /// Those that are read of any other resource: kind and path.
    pub direct: BTreeSet<(String, String)>,
    /// Whether it reads `as_of`.
    pub as_of: bool,
    /// Kinds that `find` reaches.
    pub finds: BTreeSet<String>,
    /// Parameters.
    pub params: BTreeSet<String>,
}

impl Reads {
    /// Adds everything that `other` reads.
    pub fn merge(&mut self, other: Reads) {
        for (kind, paths) in other.facts {
            self.facts.entry(kind).or_default().extend(paths);
        }
        self.found.extend(other.found);
        self.direct.extend(other.direct);
        self.as_of |= other.as_of;
        self.finds.extend(other.finds);
        self.params.extend(other.params);
    }
}

/// Something wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub message: String,
    /// Where, in bytes of the expression.
    pub span: Range<usize>,
    /// What to do.
    pub hint: Option<String>,
}

/// What an expression has to yield.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// `when`, `every`, `at_least_one`: true or false.
    Test,
    /// A column: a scalar or a list of scalars, possibly null.
    Column,
}

/// What the checker found out about an expression.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// What it reads.
    pub reads: Reads,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}
