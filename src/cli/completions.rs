//! `evidence completions SHELL`.

use clap::CommandFactory as _;

use super::args::{Cli, Completions};
use super::printer::Printer;

/// Prints the completion script.
pub fn run(args: &Completions, printer: &Printer) {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "evidence", &mut script);
    printer.result(String::from_utf8_lossy(&script).trim_end());
}
