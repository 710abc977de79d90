//! A folder, an environment and the binary: what the stories of this module are told with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::emulator::{Emulator, Seeded};

/// The profiles of a place's accounts, in the order of the seed.
pub const PROFILES: [&str; 2] = ["production", "sandbox"];

/// A folder to run commands in, with an environment that holds nothing of the machine's.
pub struct Place {
    folder: tempfile::TempDir,
    pub environment: BTreeMap<String, String>,
}

/// A command that ended.
pub struct Ran {
    line: String,
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Place {
    /// Without any AWS configuration.
    pub fn without_aws() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let below = |name: &str| folder.path().join(name).display().to_string();
        let environment = [
            ("PATH", std::env::var("PATH").expect("a path")),
            ("HOME", below(".home")),
            ("TMPDIR", below(".tmp")),
            ("AWS_EC2_METADATA_DISABLED", "true".into()),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value)).into();
        for name in [".home/.aws", ".tmp"] {
            std::fs::create_dir_all(folder.path().join(name)).expect("a folder");
        }
        Place { folder, environment }
    }

    /// With a profile for each account of a seed: the first is also the default one.
    pub fn with_accounts(emulator: &Emulator, seeded: &Seeded) -> Self {
        let mut place = Place::without_aws();
        place.environment.insert("AWS_ENDPOINT_URL".into(), emulator.endpoint());
        let mut text = String::new();
        for (name, account) in ["default"].iter().zip(&seeded.accounts).chain(PROFILES.iter().zip(&seeded.accounts)) {
            text += &format!("[{name}]\naws_access_key_id = {}\n", account.access_key_id);
            text += &format!("aws_secret_access_key = {}\naws_session_token = {}\n", account.secret_access_key, account.session_token);
        }
        place.write(".home/.aws/credentials", &text);
        place.write(".home/.aws/config", "[default]\nregion = us-east-1\n");
        place
    }

    /// A path below the folder.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    pub fn write(&self, relative: &str, text: &str) {
        let path = self.path(relative);
        std::fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder");
        std::fs::write(path, text).expect("can be written");
    }

    pub fn read(&self, relative: &str) -> String {
        std::fs::read_to_string(self.path(relative)).unwrap_or_else(|error| panic!("{relative}: {error}"))
    }

    /// A file of the source tree, such as a built-in template.
    pub fn read_built_in(&self, relative: &str) -> String {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)).expect("a file of the source tree")
    }

    pub fn json(&self, relative: &str) -> Value {
        serde_json::from_str(&self.read(relative)).unwrap_or_else(|error| panic!("{relative}: {error}"))
    }

    /// Names in a folder, hidden ones of this harness left out; empty where there is no folder.
    pub fn names(&self, relative: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.path(relative)) else { return Vec::new() };
        let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
        let mut names: Vec<String> = names.filter(|name| name != ".home" && name != ".tmp").collect();
        names.sort();
        names
    }

    /// The binary with the arguments of a line, which are parted by spaces.
    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evidence"));
        command.args(line.split_whitespace());
        self.prepare(&mut command);
        command
    }

    fn prepare(&self, command: &mut Command) {
        command.current_dir(self.folder.path()).env_clear().envs(&self.environment).stdin(Stdio::null());
    }

    /// Runs the binary to its end.
    pub fn run(&self, line: &str) -> Ran {
        Ran::of(line, self.command(line).output().expect("the binary runs"))
    }

    /// Runs a line of a shell to its end, with `evidence` as the binary.
    pub fn shell(&self, line: &str) -> Ran {
        let mut command = Command::new("bash");
        let function = format!("evidence() {{ '{}' \"$@\"; }}\n{line}", env!("CARGO_BIN_EXE_evidence"));
        command.args(["-c", &function]);
        self.prepare(&mut command);
        Ran::of(line, command.output().expect("bash runs"))
    }

    /// Starts the binary and returns while it runs.
    pub fn start(&self, line: &str) -> Child {
        self.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs")
    }

    /// What was printed, with what differs between runs replaced by a word: the folder, times, digests, account numbers.
    pub fn normalised(&self, ran: &Ran) -> String {
        let text = format!("$ evidence {}\n{}--- stderr\n{}--- status {}\n", ran.line, ran.stdout, steps(&ran.stderr), ran.status);
        let text = text.replace(&self.folder.path().display().to_string(), "<place>");
        let words: &[(&str, &str)] = &[
            (r"\d{4}-\d\d-\d\d[T ]\d\d:?\d\d:?\d\d(\.\d+)?( UTC|Z)(-\d+\b)?", "<time>"),
            (r"\b[0-9a-f]{64}\b", "<sha256>"),
            (r"\b20000000\d{3}[02468]\b", "<first>"),
            (r"\b20000000\d{3}[13579]\b", "<second>"),
            (r"127\.0\.0\.1:\d+", "<loopback>"),
        ];
        words.iter().fold(text, |text, (pattern, word)| Regex::new(pattern).expect("a pattern").replace_all(&text, *word).into_owned())
    }
}

/// Steps end in any order; how many there were is what counts.
fn steps(stderr: &str) -> String {
    static STEP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\d+ of (\d+) steps: .*$").expect("a pattern"));
    let mut lines: Vec<String> = stderr.lines().map(|line| STEP.replace(line, "<one> of $1 steps: <which>").into_owned()).collect();
    lines.dedup();
    lines.iter().map(|line| format!("{line}\n")).collect()
}

impl Ran {
    pub fn of(line: &str, output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8 on both streams");
        let status = output.status.code().unwrap_or_else(|| panic!("`{line}` was killed: {}", output.status));
        Ran { line: line.to_owned(), status, stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Asserts the exit status, and that the last line on stderr names it.
    #[track_caller]
    pub fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self}");
        assert!(self.last().starts_with(&format!("exit {status} (")), "{self}");
        self
    }

    /// Asserts success of a command that has nothing to explain.
    #[track_caller]
    pub fn ends_quietly(self) -> Self {
        assert!(self.status == 0 && !self.last().starts_with("exit "), "{self}");
        self
    }

    /// The last line on stderr.
    pub fn last(&self) -> &str {
        self.stderr.lines().last().unwrap_or_default()
    }

    /// Asserts that stderr holds the text.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no `{text}` in {self}");
        self
    }

    /// Asserts that stdout holds the text.
    #[track_caller]
    pub fn shows(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no `{text}` in {self}");
        self
    }

    /// Asserts an error with its hint, nothing on stdout, and the status.
    #[track_caller]
    pub fn refuses(self, status: i32, error: &str, hint: &str) -> Self {
        assert_eq!(self.stdout, "", "{self}");
        self.ends(status).says(&format!("error: {error}")).says(&format!("hint: {hint}"))
    }

    /// Stdout as the one JSON document that it is.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// The folder of the pack, as named on stdout.
    #[track_caller]
    pub fn pack(&self) -> String {
        let line = self.stdout.lines().find_map(|line| line.strip_prefix("pack: "));
        line.unwrap_or_else(|| panic!("no pack: {self}")).to_owned()
    }

    /// The folder of the recording, as named on stderr.
    #[track_caller]
    pub fn recording(&self) -> String {
        let line = self.stderr.lines().find_map(|line| line.strip_prefix("recording: "));
        line.unwrap_or_else(|| panic!("no recording: {self}")).to_owned()
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "$ evidence {}\n{}--- stderr\n{}--- status {}", self.line, self.stdout, self.stderr, self.status)
    }
}

/// The demonstration's accounts, built once over HTTP for all stories that only read what came out.
pub struct Demo {
    pub place: Place,
    pub emulator: Emulator,
    pub seeded: Seeded,
    pub built: Ran,
    /// What the emulator was asked.
    pub calls: Vec<crate::emulator::Call>,
}

/// The live build that many stories begin with.
pub static DEMO: LazyLock<Demo> = LazyLock::new(|| {
    let emulator = Emulator::start();
    let seeded = emulator.seed("demo");
    let place = Place::with_accounts(&emulator, &seeded);
    let built = place.run("build --framework cis --profile production --profile sandbox");
    let calls = emulator.calls();
    Demo { place, emulator, seeded, built, calls }
});

impl Demo {
    pub fn recording(&self) -> PathBuf {
        self.place.path(&self.built.recording())
    }

    pub fn pack(&self) -> PathBuf {
        self.place.path(&self.built.pack())
    }
}

/// A framework of one item that one built-in control covers: packs of it are small and quick.
pub const SMALL: &str = r#"
title = "House rules"
version = "1"
notice = "Rules of our own."

[[item]]
id = "H-1"
title = "Access keys are young"
section = "Identities"
method = "automated"

[[item.covers]]
control = "iam-access-key-rotation"
part = "Keys are replaced in time"
coverage = "full"
"#;

/// A copy of a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    for (path, bytes) in crate::pack::reading::files(from) {
        let to = to.join(path);
        std::fs::create_dir_all(to.parent().expect("it has a parent")).expect("a folder");
        std::fs::write(to, bytes).expect("can be written");
    }
}
