//! `-v`: what the tool does, on stderr. The SDK's own logs stay off at every level, because they print requests and bodies.

use tracing_subscriber::EnvFilter;

/// Switches logging on: 0 nothing, 1 steps, 2 or more each call by operation and outcome.
pub fn start(verbosity: u8) {
    let directive = match verbosity {
        0 => return,
        1 => "off,evidence=info",
        _ => "off,evidence=debug",
    };
    let filter = EnvFilter::new(directive);
    // A second initialisation (in tests) changes nothing.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(std::io::stderr).without_time().try_init();
}
