//! How far a collection is: bars on a terminal, plain lines elsewhere; never a silent minute.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::printer::Printer;
use crate::collect::progress::{Progress, Step};

/// A line for every so many steps, where there is no terminal.
const LINES: u64 = 10;

/// Shows a run on stderr.
pub struct Shown {
    bar: ProgressBar,
    plain: Option<Mutex<Plain>>,
}

struct Plain {
    printer: Printer,
    done: u64,
    all: u64,
}

impl Shown {
    /// As the printer allows.
    pub fn new(printer: &Printer) -> Self {
        let target = if printer.bars { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        // The template is a constant that parses; the default style stands in if it ever did not.
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style);
        let plain = (!printer.bars && !printer.quiet).then(|| Mutex::new(Plain { printer: printer.clone(), done: 0, all: 0 }));
        Shown { bar, plain }
    }
}

fn name(step: &Step) -> String {
    format!("{} {} {}", step.account, step.region.as_deref().unwrap_or("all regions"), step.service)
}

impl Progress for Shown {
    fn planned(&self, steps: &[Step]) {
        self.bar.set_length(steps.len() as u64);
        if let Some(Ok(mut plain)) = self.plain.as_ref().map(Mutex::lock) {
            plain.all = steps.len() as u64;
        }
    }

    fn done(&self, step: &Step) {
        self.bar.set_message(name(step));
        self.bar.inc(1);
        if let Some(Ok(mut plain)) = self.plain.as_ref().map(Mutex::lock) {
            plain.done += 1;
            let every = (plain.all / LINES).max(1);
            if plain.done.is_multiple_of(every) || plain.done == plain.all {
                plain.printer.note(&format!("{} of {} steps: {}", plain.done, plain.all, name(step)));
            }
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
