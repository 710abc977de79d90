//! What can be typed: the command line as clap reads it. What it means is decided in each subcommand's own file.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::printer::Format;
use crate::model::Instant;

/// Turn what AWS answers about an account into a verifiable evidence pack.
///
/// Exit status: 0 done, nothing missing; 1 failed; 2 usage; 3 --fail-on reached; 4 done, but gaps touched verdicts; 130 stopped at once by Ctrl-C.
#[derive(Debug, Parser)]
#[command(name = "evidence", version, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    /// Options of every subcommand.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every subcommand.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// Print errors and the last line only
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Never use colour
    #[arg(long, global = true)]
    pub no_color: bool,
    /// How results are printed on stdout
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// Log what the tool does on stderr; repeat for more (secrets are never logged)
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Settings file [default: ./evidence.toml if it exists]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Collect (or take a recording), judge, and render an evidence pack
    Build(Box<Build>),
    /// Record what AWS answers, without judging it
    Collect(Box<Collect>),
    /// Show what a build would ask AWS for
    Plan(Plan),
    /// Check a pack's sums, and re-perform it from its own recording and inputs
    Verify(Verify),
    /// List, show, check and create controls
    #[command(subcommand)]
    Controls(Controls),
    /// List and show frameworks
    #[command(subcommand)]
    Frameworks(Frameworks),
    /// Write a commented evidence.toml
    Init(Init),
    /// Print completions for a shell
    Completions(Completions),
}

/// Which frameworks and which catalogue.
#[derive(Clone, Debug, Default, Args)]
pub struct CatalogArgs {
    /// Framework by id or alias; repeat for several in one pack
    #[arg(long = "framework", short, value_name = "FRAMEWORK")]
    pub frameworks: Vec<String>,
    /// Baseline of frameworks that have them: NIST SP 800-53 has low, moderate and high; `all` takes every item
    #[arg(long, value_name = "BASELINE")]
    pub baseline: Option<String>,
    /// Folder of your own controls (and frameworks/) laid over the built-in catalogue
    #[arg(long, value_name = "DIR")]
    pub controls: Option<PathBuf>,
}

/// Whom to ask and where.
#[derive(Clone, Debug, Default, Args)]
pub struct TargetArgs {
    /// AWS profile; repeat for several accounts in one run
    #[arg(long = "profile", short, value_name = "PROFILE")]
    pub profiles: Vec<String>,
    /// Narrow regional services to this Region; repeat for several [default: all enabled Regions]
    #[arg(long = "region", short, value_name = "REGION")]
    pub regions: Vec<String>,
}

/// `evidence build`.
#[derive(Debug, Args)]
pub struct Build {
    /// Catalogue.
    #[command(flatten)]
    pub catalog: CatalogArgs,
    /// Accounts and Regions.
    #[command(flatten)]
    pub target: TargetArgs,
    /// Judge this recording (a folder, or a pack that holds one) instead of asking AWS
    #[arg(long, value_name = "RECORDING", conflicts_with_all = ["profiles", "regions", "demo", "resume"])]
    pub from: Option<PathBuf>,
    /// Judge the built-in demonstration recording: no AWS, no network
    #[arg(long, conflicts_with_all = ["profiles", "regions", "resume"])]
    pub demo: bool,
    /// Go on with a recording that was broken off
    #[arg(long, value_name = "RECORDING")]
    pub resume: Option<PathBuf>,
    /// Folder of the pack; must not exist or be empty [default: packs/<as-of>_<account>_<frameworks>]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Instant at which ages are judged, RFC 3339 or YYYY-MM-DD [default: the recording's end]
    #[arg(long, value_name = "TIME", value_parser = parse_instant)]
    pub as_of: Option<Instant>,
    /// Judge ages even when --as-of lies more than 24 h after the recording's end
    #[arg(long)]
    pub accept_stale: bool,
    /// Folder of waivers
    #[arg(long, value_name = "DIR")]
    pub waivers: Option<PathBuf>,
    /// Folder of management statements
    #[arg(long, value_name = "DIR")]
    pub statements: Option<PathBuf>,
    /// Folder of your own templates laid over the built-in ones
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// When to end with status 3
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub fail_on: FailOn,
}

/// When `build` ends with status 3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// An item failed.
    Fail,
    /// An item failed or is indeterminate.
    Indeterminate,
    /// Never.
    #[default]
    Never,
}

/// `evidence collect`.
#[derive(Debug, Args)]
pub struct Collect {
    /// Catalogue: which facts will be needed.
    #[command(flatten)]
    pub catalog: CatalogArgs,
    /// Accounts and Regions.
    #[command(flatten)]
    pub target: TargetArgs,
    /// Folder of the recording; must not exist or be empty [default: recordings/<time>]
    #[arg(long, short, value_name = "DIR", conflicts_with = "resume")]
    pub out: Option<PathBuf>,
    /// Go on with a recording that was broken off
    #[arg(long, value_name = "RECORDING", conflicts_with_all = ["profiles", "regions", "frameworks"])]
    pub resume: Option<PathBuf>,
}

/// `evidence plan`.
#[derive(Debug, Args)]
pub struct Plan {
    /// Catalogue.
    #[command(flatten)]
    pub catalog: CatalogArgs,
    /// Accounts and Regions, for --check and for the partition of --iam-policy.
    #[command(flatten)]
    pub target: TargetArgs,
    /// Print the IAM policy that allows exactly these reads
    #[arg(long, conflicts_with = "check")]
    pub iam_policy: bool,
    /// Partition of the ARNs in the IAM policy
    #[arg(long, value_name = "PARTITION", default_value = "aws", value_parser = ["aws", "aws-cn", "aws-us-gov"])]
    pub partition: String,
    /// Ask AWS one cheap call per operation, and say what would be lost
    #[arg(long)]
    pub check: bool,
}

/// `evidence verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The pack
    #[arg(value_name = "PACK")]
    pub pack: PathBuf,
}

/// `evidence controls`.
#[derive(Debug, Subcommand)]
pub enum Controls {
    /// List controls
    List(CatalogArgs),
    /// Show one control
    Show {
        /// Control id
        id: String,
        /// Catalogue.
        #[command(flatten)]
        catalog: CatalogArgs,
    },
    /// Check controls and frameworks: spelling, types, null guards, examples
    Check {
        /// Folder of your own controls [default: the built-in catalogue alone]
        dir: Option<PathBuf>,
    },
    /// Write the skeleton of a new control
    New {
        /// Control id: <service>-<name>
        id: String,
        /// Kind of resource it judges, for example AWS::IAM::User
        #[arg(long, value_name = "KIND")]
        kind: String,
        /// Folder of your own controls
        #[arg(long, value_name = "DIR", default_value = "controls")]
        dir: PathBuf,
    },
}

/// `evidence frameworks`.
#[derive(Debug, Subcommand)]
pub enum Frameworks {
    /// List frameworks
    List(CatalogArgs),
    /// Show the items of one framework and what tests them
    Show {
        /// Framework id or alias
        id: String,
        /// Count how many items are tested in full, in part, left to a person, or have no test
        #[arg(long)]
        coverage: bool,
        /// Catalogue.
        #[command(flatten)]
        catalog: CatalogArgs,
    },
}

/// `evidence init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Where to write it
    #[arg(value_name = "FILE", default_value = "evidence.toml")]
    pub file: PathBuf,
}

/// `evidence completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// Shell
    pub shell: clap_complete::Shell,
}

/// Reads an instant: RFC 3339, or a day, which means its first moment in UTC.
///
/// # Errors
/// When the text is neither.
pub fn parse_instant(text: &str) -> Result<Instant, String> {
    if let Ok(instant) = chrono::DateTime::parse_from_rfc3339(text) {
        return Ok(instant.with_timezone(&chrono::Utc));
    }
    let day = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| "not an instant; write 2026-11-20T08:00:00Z or 2026-11-20".to_owned())?;
    Ok(day.and_time(chrono::NaiveTime::MIN).and_utc())
}
