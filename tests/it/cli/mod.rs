//! The binary itself, from what is typed to the exit status, against the emulator over real HTTP. Each test is a story of
//! commands in a folder of its own; what a command prints and how it ends is asserted, not only what it leaves behind.

mod accounts;
mod chain;
mod failures;
mod harness;
mod hostile;
mod interruption;
mod matrix;
mod own;
mod plan;
mod readme;
mod secrets;
mod statuses;
mod tampering;
