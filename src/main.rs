//! The `evidence` binary: a thin shell over the library.

fn main() -> std::process::ExitCode {
    evidence::cli::run(std::env::args_os())
}
