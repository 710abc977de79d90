//! Build script: embeds the catalogue, the templates and the demonstration recording into the library (`src/embedded.rs`).
//!
//! One mechanism for all three: every file below the folders listed here becomes one entry of a sorted table.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Folders of the repository whose files are embedded. A missing folder embeds nothing.
const FOLDERS: [&str; 3] = ["controls", "demo", "templates"];

fn main() -> std::io::Result<()> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").map_err(std::io::Error::other)?);
    let mut found = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        walk(&root, Path::new(folder), &mut found)?;
    }
    found.sort();
    let mut table = String::from("&[\n");
    for path in found {
        // Relative to the checkout that is compiled: a target directory that two checkouts share keeps what this script wrote.
        let _ = writeln!(table, "    ({path:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))),", format!("/{path}"));
    }
    table.push_str("]\n");
    let out = PathBuf::from(std::env::var("OUT_DIR").map_err(std::io::Error::other)?);
    std::fs::write(out.join("embedded.rs"), table)
}

/// Collects the relative paths, with `/`, of all files below `folder`; dot files are not part of the product.
fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) -> std::io::Result<()> {
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            walk(root, &path, found)?;
        } else {
            println!("cargo::rerun-if-changed={}", path.display());
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}
