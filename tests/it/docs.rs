//! The pages of `docs/` about controls and frameworks: what they tell people to write is what the catalogue reads.

use std::path::{Path, PathBuf};

use evidence::catalog::{self, Catalog, Overrides};
use evidence::{assess, collect};

/// A folder for one test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn page(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).expect("the page exists")
}

/// The first code block of a language, without its fences.
fn block<'a>(page: &'a str, fence: &str, language: &str) -> &'a str {
    let open = format!("\n{fence}{language}\n");
    let start = page.find(&open).expect("the page has the block") + open.len();
    let length = page[start..].find(&format!("\n{fence}\n")).expect("the block ends") + 1;
    &page[start..start + length]
}

fn write(folder: &Path, relative: &str, text: &str) {
    let path = folder.join(relative);
    std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("can be made");
    std::fs::write(path, text).expect("can be written");
}

/// Loads the built-in catalogue with the folder over it; nothing may be said about the user's files.
fn load(folder: &Path) -> Catalog {
    let (catalog, warnings) = catalog::load(Some(folder), collect::kinds()).expect("the files hold together");
    let said = warnings.to_string();
    assert!(!said.contains(&*folder.to_string_lossy()), "{said}");
    catalog
}

#[test]
fn the_example_of_the_page_on_controls_is_a_control_and_a_framework() {
    let page = page("controls.md");
    let folder = folder("controls");
    write(&folder, "iam/key-separation.md", block(&page, "````", "markdown"));
    write(&folder, "frameworks/own.toml", block(&page, "```", "toml"));
    let catalog = load(&folder);
    let (_, faults) = assess::selftest::run(&catalog);
    assert!(faults.is_empty(), "{faults}");
    let selection = catalog.select(&["own".to_owned()], &Overrides::default()).expect("it can be selected");
    let runs: Vec<&str> = selection.runs.iter().map(|run| run.control.id.as_str()).collect();
    assert_eq!(runs, ["iam-access-key-rotation", "iam-key-separation"]);
    assert_eq!(selection.runs[0].params["max_age_days"].value, 60);
}

#[test]
fn the_example_of_the_page_on_frameworks_is_a_framework() {
    let page = page("frameworks.md");
    let folder = folder("frameworks");
    write(&folder, "frameworks/own.toml", block(&page, "```", "toml"));
    let catalog = load(&folder);
    let framework = catalog.framework("house").expect("its alias leads to it");
    assert_eq!((framework.id.as_str(), framework.items.len()), ("own", 2));
}

#[test]
fn what_the_page_on_controls_calls_refused_is_refused() {
    let page = page("controls.md");
    let control = block(&page, "````", "markdown");
    let test = "!resource.user.password_enabled || resource.user.user_name in params.exempt_users";
    assert!(control.contains(test));
    let bad = [
        "has(resource.active)",
        "type(resource.slot) == int",
        "resource.last_used_date > resource.user.create_date",
        "resource.last_usd_date == null",
        "resource.slot != \"1\"",
        "resource == resource",
        "size(resource) > 0",
        "resource.user.user_name.lowerAscii() == \"a\"",
    ];
    let folder = folder("refused");
    for expression in bad {
        let one = format!("{expression} || resource.user.user_name in params.exempt_users");
        write(&folder, "iam/key-separation.md", &control.replace(test, &one));
        assert!(catalog::load(Some(&folder), collect::kinds()).is_err(), "{expression}");
    }
    write(&folder, "iam/key-separation.md", &control.replace(test, "!resource.user.password_enabled"));
    let unread = catalog::load(Some(&folder), collect::kinds()).expect_err("nothing reads its parameter").to_string();
    assert!(unread.contains("exempt_users"), "{unread}");
}
