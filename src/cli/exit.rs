//! Exit statuses, and which of several wins.

/// The documented exit statuses, in their order of precedence: interrupted, failed, usage, `--fail-on` reached, gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done, nothing missing.
    Done,
    /// 1: failed; no result.
    Failed,
    /// 2: the command line or a settings file is wrong.
    Usage,
    /// 3: done, and `--fail-on` was reached.
    FailOn,
    /// 4: done, but gaps touched verdicts.
    Gaps,
    /// 130: stopped at once by Ctrl-C, as shells tell it.
    Interrupted,
}

impl Exit {
    /// The number the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::FailOn => 3,
            Exit::Gaps => 4,
            Exit::Interrupted => 130,
        }
    }

    /// The words of the last line on stderr.
    pub fn meaning(self) -> &'static str {
        match self {
            Exit::Done => "done, nothing missing",
            Exit::Failed => "failed",
            Exit::Usage => "usage",
            Exit::FailOn => "--fail-on reached",
            Exit::Gaps => "done, but something could not be seen",
            Exit::Interrupted => "interrupted",
        }
    }

    /// The one that counts when both apply.
    pub fn or(self, other: Exit) -> Exit {
        let rank = |exit: Exit| match exit {
            Exit::Interrupted => 5,
            Exit::Failed => 4,
            Exit::Usage => 3,
            Exit::FailOn => 2,
            Exit::Gaps => 1,
            Exit::Done => 0,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn failure_outranks_usage_outranks_fail_on_outranks_gaps() {
        let order = [Exit::Interrupted, Exit::Failed, Exit::Usage, Exit::FailOn, Exit::Gaps, Exit::Done];
        for (rank, stronger) in order.iter().enumerate() {
            for weaker in &order[rank..] {
                assert_eq!(stronger.or(*weaker), *stronger);
                assert_eq!(weaker.or(*stronger), *stronger);
            }
        }
    }
}
