//! The `evidence` binary: a thin shell over the library.

fn main() -> std::process::ExitCode {
    // This thread is one of those that share work: memory that it has freed is used again. Fails only where they exist already.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    evidence::cli::run(std::env::args_os())
}
