//! The words and figures of the pages: our word for each value, times and counts as people read them.

use crate::model::assessment::{Disposition, ItemResult};
use crate::model::control::Severity;
use crate::model::framework::{Coverage, Framework, Method};
use crate::model::population::Ended;
use crate::model::{Instant, Outcome, Reason};

/// A count with thousands set apart: `20,000`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `1 page`, `2 pages`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// An instant to the second: `2026-10-01 08:02:11 UTC`.
pub fn time(at: Instant) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// A span of observation: `2026-10-01, 08:02–08:09 UTC`.
pub fn span(from: Instant, to: Instant) -> String {
    if from.date_naive() != to.date_naive() {
        return format!("{} – {} UTC", from.format("%Y-%m-%d %H:%M"), to.format("%Y-%m-%d %H:%M"));
    }
    format!("{}, {}–{} UTC", from.format("%Y-%m-%d"), from.format("%H:%M"), to.format("%H:%M"))
}

/// Bytes as people read them: `512 bytes`, `1.4 MB`.
pub fn bytes(n: u64) -> String {
    match n {
        0..=9_999 => counted(n, "byte", "bytes"),
        10_000..=999_999 => format!("{} KB", n / 1_000),
        _ => format!("{}.{} MB", n / 1_000_000, n % 1_000_000 / 100_000),
    }
}

/// A verdict in words.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::NotApplicable => "not applicable",
        Outcome::Indeterminate => "could not be seen",
    }
}

/// A result in words.
pub fn result(result: ItemResult) -> &'static str {
    match result {
        ItemResult::Pass => "tests passed",
        ItemResult::Fail => "tests failed",
        ItemResult::Indeterminate => "could not be seen",
        ItemResult::NothingToTest => "nothing to test",
        ItemResult::None => "no test",
    }
}

/// A result's key, as in `assessment.json` and the style sheet.
pub fn result_key(result: ItemResult) -> &'static str {
    match result {
        ItemResult::Pass => "pass",
        ItemResult::Fail => "fail",
        ItemResult::Indeterminate => "indeterminate",
        ItemResult::NothingToTest => "nothing_to_test",
        ItemResult::None => "none",
    }
}

/// All dispositions, the most urgent first.
pub const DISPOSITIONS: [Disposition; 7] = [
    Disposition::Fail,
    Disposition::Indeterminate,
    Disposition::Manual,
    Disposition::NotTested,
    Disposition::Stated,
    Disposition::NothingToTest,
    Disposition::Pass,
];

/// A disposition's key, as in `assessment.json`, framework labels and the style sheet.
pub fn disposition_key(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Pass => "pass",
        Disposition::Fail => "fail",
        Disposition::Indeterminate => "indeterminate",
        Disposition::NothingToTest => "nothing_to_test",
        Disposition::Manual => "manual",
        Disposition::Stated => "stated",
        Disposition::NotTested => "not_tested",
    }
}

/// A disposition in our words.
pub fn disposition(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Pass => "passed",
        Disposition::Fail => "failed",
        Disposition::Indeterminate => "could not be seen",
        Disposition::NothingToTest => "nothing to test",
        Disposition::Manual => "a person must decide",
        Disposition::Stated => "statement on file",
        Disposition::NotTested => "no test in this tool",
    }
}

/// A disposition in the framework's own words, ours where it has none.
pub fn label(framework: Option<&Framework>, of: Disposition) -> String {
    let own = framework.and_then(|framework| framework.labels.get(disposition_key(of)));
    own.cloned().unwrap_or_else(|| disposition(of).to_owned())
}

/// A severity in words.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

/// How an item is assessed, in words.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Automated => "automated",
        Method::Manual => "manual",
    }
}

/// How much of an item a control answers, in words.
pub fn coverage(coverage: Option<Coverage>) -> &'static str {
    match coverage {
        Some(Coverage::Full) => "whole item",
        Some(Coverage::Partial) => "part of the item",
        None => "related, not counted",
    }
}

/// How a listing ended, in words.
pub fn ended(ended: &Ended) -> &'static str {
    match ended {
        Ended::LastPage => "last page, no further token",
        Ended::WholeAnswer => "one whole answer",
        Ended::Singleton => "one setting per place",
        Ended::NotProven => "end not proven",
    }
}

/// A gap's reason in words.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Denied => "denied",
        Reason::Throttled => "throttled",
        Reason::Failed => "failed",
        Reason::Truncated => "listing did not prove its end",
        Reason::Stale => "too old for the question",
        Reason::NotRecorded => "not in the recording",
        Reason::OtherAccount => "in an account not observed",
        Reason::OutOfScope => "left out of scope",
        Reason::Disputed => "two sources disagree",
        Reason::NotManagementAccount => "only the management account may ask",
        Reason::ControlError => "the test itself failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!([count(0), count(999), count(1_000), count(20_000_000)], ["0", "999", "1,000", "20,000,000"]);
        assert_eq!([bytes(1), bytes(9_999), bytes(10_000), bytes(1_450_000)], ["1 byte", "9,999 bytes", "10 KB", "1.4 MB"]);
        let at = |text: &str| text.parse::<Instant>().expect("instant");
        assert_eq!(span(at("2026-10-01T08:02:11Z"), at("2026-10-01T08:09:59Z")), "2026-10-01, 08:02–08:09 UTC");
        assert_eq!(span(at("2026-10-01T23:58:00Z"), at("2026-10-02T00:09:00Z")), "2026-10-01 23:58 – 2026-10-02 00:09 UTC");
    }
}
