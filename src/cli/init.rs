//! `evidence init`: writes a commented `evidence.toml`. Never overwrites.

use std::io::Write as _;

use super::args::Init;
use super::failure::Failure;
use super::printer::Printer;

/// The file as written. Lines that begin with `#: ` are settings switched off; a test switches all of them on.
pub const TEMPLATE: &str = include_str!("evidence.toml");

/// Writes the file.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn run(args: &Init, printer: &Printer) -> Result<(), Failure> {
    let path = args.file.display();
    let created = std::fs::OpenOptions::new().write(true).create_new(true).open(&args.file);
    let written = created.and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::failed(format!("`{path}` exists already")).hint("name another file, or remove it first")
        }
        _ => Failure::failed(format!("cannot write `{path}`: {error}")),
    })?;
    printer.note(&format!("wrote {path}; every line in it is a comment until you switch it on"));
    Ok(())
}
