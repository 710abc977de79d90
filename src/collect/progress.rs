//! How a run tells how far it is. Printing is `cli`'s.

/// One service in one account, in one Region or in all of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Account.
    pub account: String,
    /// SDK service id.
    pub service: &'static str,
    /// Region; `None` where the step covers all of the account's.
    pub region: Option<String>,
}

/// Listens to a run.
pub trait Progress: Send + Sync {
    /// All steps, before the first begins.
    fn planned(&self, _steps: &[Step]) {}

    /// A step has ended.
    fn done(&self, _step: &Step) {}
}

/// Listens to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {}
