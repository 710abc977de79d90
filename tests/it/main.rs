//! The one integration test binary.

mod architecture;
mod assess;
mod catalog;
mod cli;
mod collect;
mod demo;
mod docs;
mod emulated;
mod emulator;
mod expressions;
mod fixture;
mod frameworks;
mod pack;
mod policy;
mod recording;
mod server;
mod session;
mod silence;
mod silence_property;
mod transport;
mod upstream;
mod wrong_answers;
