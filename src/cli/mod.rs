//! The command line: one file per subcommand, one printer, one table of failures and exit statuses. It alone sees every
//! module and glues them together.

pub mod args;
mod build;
mod catalogue;
mod collect;
mod completions;
mod controls;
pub mod exit;
pub mod failure;
mod frameworks;
pub mod iam_policy;
mod init;
pub mod inputs;
mod live;
mod logging;
pub mod perform;
mod plan;
mod plan_check;
pub mod printer;
mod progress;
pub mod settings;
mod summary;
mod table;
pub mod tool;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};
use exit::Exit;
use failure::Failure;
use printer::Printer;
use settings::Settings;

/// Runs the tool and says on stderr, last, which exit status it is and why.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let no_color = arguments.iter().any(|word| word == "--no-color");
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, no_color),
    };
    let printer = Printer::new(cli.global.quiet, cli.global.no_color, cli.global.format);
    logging::start(cli.global.verbose);
    let (exit, why) = match dispatch(&cli, &printer) {
        Ok((exit, why)) => (exit, why),
        Err(failure) => {
            printer.failure(&failure.to_string());
            (failure.exit(), failure.message().to_owned())
        }
    };
    last_line(&printer, exit, &why);
    ExitCode::from(exit.code())
}

/// What clap found wrong, or the help and version it was asked for.
fn usage(error: &clap::Error, no_color: bool) -> ExitCode {
    // Before clap prints, which asks for colour as we do.
    let printer = Printer::new(false, no_color, printer::Format::Text);
    // Nobody to tell when the stream is closed.
    let _ = error.print();
    if !error.use_stderr() {
        return ExitCode::SUCCESS;
    }
    last_line(&printer, Exit::Usage, &error.kind().to_string());
    ExitCode::from(Exit::Usage.code())
}

fn last_line(printer: &Printer, exit: Exit, why: &str) {
    if exit == Exit::Done && why.is_empty() {
        return;
    }
    let reason = if why.is_empty() { String::new() } else { format!(": {}", printer::inert(why)) };
    printer.error_line(&format!("exit {} ({}){reason}", exit.code(), exit.meaning()));
}

/// Runs the subcommand: its exit status and, in words, why.
fn dispatch(cli: &Cli, printer: &Printer) -> Result<(Exit, String), Failure> {
    let done = |()| (Exit::Done, String::new());
    let settings = || Settings::load(cli.global.config.as_deref());
    match &cli.command {
        Command::Completions(args) => {
            completions::run(args, printer);
            Ok(done(()))
        }
        Command::Init(args) => init::run(args, printer).map(done),
        Command::Controls(args) => controls::run(args, &settings()?, printer).map(done),
        Command::Frameworks(args) => frameworks::run(args, &settings()?, printer).map(done),
        Command::Build(args) => build::run(args, &settings()?, printer),
        Command::Collect(args) => collect::run(args, &settings()?, printer),
        Command::Plan(args) => plan::run(args, &settings()?, printer),
        Command::Verify(args) => verify::run(args, printer),
    }
}

/// The runtime in which sessions run: on the thread that waits for them, since a call costs far less than AWS takes to answer it.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::failed(format!("cannot start the runtime: {error}")))
}
