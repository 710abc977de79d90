//! The pages on what people write themselves, followed step by step with their own commands; the settings file; completions; terminals.

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

#[test]
fn the_framework_of_the_page_on_frameworks_ends_in_a_pack_by_its_own_commands() {
    let (page, place) = (page("frameworks.md"), Place::without_aws());
    place.write("controls/frameworks/own.toml", blocks(&page, "```", "toml")[0]);
    let commands: Vec<&str> = blocks(&page, "```", "sh").into_iter().flat_map(str::lines).collect();
    let [list, show, coverage, build] = commands[..] else { panic!("the page has other commands: {commands:?}") };
    place.shell(list).ends_quietly().shows("House rules");
    place.shell(show).ends_quietly().shows("Every API has somebody who answers for it");
    place.shell(coverage).ends_quietly().shows("70");
    let built = place.shell(build).ends(4);
    let pack = built.pack();
    for file in ["items/own/h-1.html", "items/own/h-2.html", "items/cis-aws-7.0.0/2.12.html"] {
        assert!(place.path(&format!("{pack}/{file}")).exists(), "no {file} in {:?}", place.names(&format!("{pack}/items")));
    }
    let assessment = place.json(&format!("{pack}/assessment.json"));
    let named: Vec<&str> = assessment["frameworks"].as_array().expect("frameworks").iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(named, ["own", "cis-aws-7.0.0"]);
    assert!(place.read(&format!("{pack}/items/own/h-2.html")).contains("For the reviewer"), "the framework's own words are used");
    place.run(&format!("verify {pack}")).ends(0);
}

#[test]
fn what_the_page_on_waivers_shows_stands_beside_the_verdicts_and_changes_none() {
    let (page, place) = (page("waivers.md"), Place::without_aws());
    let (files, commands) = (blocks(&page, "```", "toml"), blocks(&page, "```", "sh"));
    let ([waiver, statement], [build]) = (&files[..], &commands[..]) else { panic!("the page has other blocks: {files:?} {commands:?}") };
    place.write("waivers/archive-key.toml", waiver);
    place.write("statements/contact.toml", statement);
    place.write("statements/calls/2026-11.txt", "b\n");
    place.shell(build).ends(1).says("`calls/2026-11.txt` has another SHA-256").says("statements/contact.toml:");
    place.write("statements/calls/2026-11.txt", "a\n");
    let own = place.read_built_in("templates/html/people.html");
    place.write("templates/html/people.html", &own.replace("{% endblock main %}", "<p>As the house has it.</p>{% endblock main %}"));
    place.run("build --framework cis --demo --out without").ends(4);
    place.shell(&format!("{} --templates templates --out with", build.trim())).ends(4);

    let verdict = |line: &str| {
        let mut verdict: serde_json::Value = serde_json::from_str(line).expect("a verdict");
        (verdict["waiver"].take(), verdict)
    };
    let (without, with) = (place.read("without/verdicts.jsonl"), place.read("with/verdicts.jsonl"));
    let mut waived = Vec::new();
    for (before, after) in without.lines().zip(with.lines()) {
        let ((_, before), (waiver, after)) = (verdict(before), verdict(after));
        assert_eq!(before, after, "a waiver changes no verdict");
        waived.extend((!waiver.is_null()).then(|| (after["resource"]["id"].clone(), after["verdict"].clone(), waiver["id"].clone())));
    }
    assert_eq!(without.lines().count(), with.lines().count());
    let key = "arn:aws:iam::111122223333:user/svc-archive/access-key/2";
    assert_eq!(waived, [(key.into(), "fail".into(), "archive-key".into())]);
    let disposition = |pack: &str, id: &str| {
        let assessment = place.json(&format!("{pack}/assessment.json"));
        let items = assessment["frameworks"][0]["items"].as_array().expect("items").clone();
        items.into_iter().find(|item| item["id"] == id).expect("an item")["disposition"].clone()
    };
    assert_eq!((disposition("without", "2.12"), disposition("with", "2.12")), ("fail".into(), "fail".into()));
    assert_eq!((disposition("without", "2.2"), disposition("with", "2.2")), ("manual".into(), "stated".into()));
    assert!(place.read("with/waivers.html").contains("Security board") && place.read("with/people.html").contains("As the house has it."));
    assert!(place.read("with/items/cis-aws-7.0.0/2.2.html").contains("Head of cloud operations"));
    for input in ["waivers/archive-key.toml", "statements/contact.toml", "statements/calls/2026-11.txt", "templates/html/people.html"] {
        assert_eq!(place.read(&format!("with/inputs/{input}")), place.read(input), "{input}");
    }
    place.run("verify with").ends(0);
}

/// `script` gives the command a terminal of its own.
#[test]
fn a_terminal_gets_colours_and_bars_unless_they_are_not_wanted() {
    let emulator = crate::emulator::Emulator::start();
    let mut place = Place::with_accounts(&emulator, &emulator.seed("empty"));
    place.environment.insert("TERM".into(), "xterm-256color".into());
    let binary = env!("CARGO_BIN_EXE_evidence");
    let on_terminal = |line: &str| {
        place.shell(&format!("script --quiet --return --command \"'{binary}' {line}\" /dev/null </dev/null")) // one stream for both
    };
    let refused = on_terminal("build --framework ciss");
    assert!(refused.status == 2 && refused.stdout.contains("\u{1b}[1m\u{1b}[31merror"), "an error is red: {refused}");
    for plain in ["--no-color build --framework ciss", "build --framework ciss --no-color", "bild --no-color"] {
        let refused = on_terminal(plain);
        assert!(refused.status == 2 && refused.stdout.contains("error: ") && !refused.stdout.contains('\u{1b}'), "{plain}: {refused}");
    }
    let shown = on_terminal("collect --framework cis --out shown");
    assert!(shown.stdout.contains('█') && !shown.stdout.contains("all regions IAM\r\n"), "bars: {shown}");
    let quiet = on_terminal("collect --framework cis --out quiet --quiet");
    assert!(!quiet.stdout.contains('█'), "{quiet}");
}
