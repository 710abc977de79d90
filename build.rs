//! Build script: embeds the catalogue, the templates and the demonstration recording.

fn main() {}
