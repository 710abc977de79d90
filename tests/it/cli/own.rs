//! The page on own controls, followed step by step with its own commands; the settings file; completions.

use super::harness::Place;

fn page(name: &str) -> String {
    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).expect("the page exists")
}

/// All code blocks of a language.
fn blocks<'a>(page: &'a str, fence: &str, language: &str) -> Vec<&'a str> {
    let open = format!("\n{fence}{language}\n");
    let after = page.split(&open).skip(1);
    after.map(|rest| rest.split(&format!("\n{fence}\n")).next().unwrap_or(rest)).collect()
}

#[test]
fn the_ten_minutes_of_the_page_on_controls_end_in_a_pack() {
    let (page, place) = (page("controls.md"), Place::without_aws());
    let commands: Vec<&str> =
        blocks(&page, "```", "sh").into_iter().flat_map(str::lines).filter(|line| line.starts_with("evidence ")).collect();
    let [new, check, demo, live] = commands[..] else { panic!("the page has other commands: {commands:?}") };
    place.shell(new).shows("controls/iam/key-separation.md");
    place.shell(check).ends_quietly();
    place.write("controls/iam/key-separation.md", blocks(&page, "````", "markdown")[0]);
    place.write("controls/frameworks/own.toml", blocks(&page, "```", "toml")[0]);
    let checked = place.shell(check).ends_quietly();
    assert!(!checked.stderr.contains("controls/"), "nothing is said about the files of the page: {checked}");
    let built = place.shell(demo).ends(4);
    let pack = built.pack();
    assert!(
        built.stdout.contains("House rules")
            && place.read(&format!("{pack}/inputs/controls/iam/key-separation.md")).contains("exempt_users")
    );
    for file in ["items/own/h-1.html", "controls/iam-key-separation.html", "populations/iam-key-separation.csv"] {
        assert!(place.path(&format!("{pack}/{file}")).exists(), "no {file} in {:?}", place.names(&format!("{pack}/items")));
    }
    assert!(place.read(&format!("{pack}/controls/iam-key-separation.html")).contains("params.exempt_users"), "the expression is printed");
    place.run(&format!("verify {pack}")).ends(0);
    assert!(live.ends_with("--framework own"), "{live}");
    let emulator = crate::emulator::Emulator::start();
    let account = Place::with_accounts(&emulator, &emulator.seed("clean"));
    for file in ["controls/iam/key-separation.md", "controls/frameworks/own.toml"] {
        account.write(file, &place.read(file));
    }
    account.shell(live).ends(0);
}

#[test]
fn a_skeleton_is_right_as_it_stands_for_every_kind_of_the_page_on_resources() {
    let (page, place) = (page("resources.md"), Place::without_aws());
    let kinds: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).filter(|line| line.contains("::")).collect();
    assert!(kinds.len() > 8, "{kinds:?}");
    for (number, kind) in kinds.iter().enumerate() {
        let kind = kind.trim_matches('`').split_whitespace().next().unwrap_or(kind).trim_matches('`');
        let made = place.run(&format!("controls new house-kind{number} --kind {kind} --dir house"));
        assert_eq!(made.status, 0, "{made}");
    }
    place.run("controls check house").ends_quietly().shows("are right");
}

#[test]
fn init_writes_settings_that_work_and_never_over_a_file() {
    let place = Place::without_aws();
    let written = place.run("init").ends_quietly().says("wrote evidence.toml");
    assert_eq!(written.stdout, "");
    place.run("init").refuses(1, "`evidence.toml` exists already", "name another file");
    place.run("frameworks list").ends_quietly().shows("cis-aws-7.0.0");
    let text = place.read("evidence.toml");
    place.write("evidence.toml", &text.replace("#: frameworks", "frameworks"));
    place.run("build --demo --out pack").ends(4);
    place.run("init nowhere/evidence.toml").ends(1).says("cannot write `nowhere/evidence.toml`");
}

#[test]
fn completions_are_scripts_that_their_shell_reads() {
    let place = Place::without_aws();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = place.run(&format!("completions {shell}")).ends_quietly();
        assert!(script.stdout.contains("evidence") && script.stdout.contains("framework") && script.stderr.is_empty(), "{shell}");
    }
    let line = "source <(evidence completions bash); COMP_WORDS=(evidence fra); COMP_CWORD=1; \
                _evidence evidence fra evidence; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let completed = place.shell(line);
    assert_eq!((completed.status, completed.stdout.as_str()), (0, "frameworks\n"), "{completed}");
}
