//! What waits for a person: items that no test settles, with what to look at.

use serde::Serialize;

use crate::model::assessment::Disposition;
use crate::pack::build::{Build, Crumb, List};
use crate::pack::error::PackError;
use crate::pack::text::cut;
use crate::pack::words;

#[derive(Serialize)]
struct Row {
    framework: String,
    id: String,
    title: String,
    href: String,
    key: &'static str,
    label: String,
    guidance: String,
    why: String,
    result: &'static str,
    result_key: &'static str,
}

#[derive(Serialize)]
struct Model {
    manual: u64,
    not_tested: u64,
    stated: u64,
    several_frameworks: bool,
}

/// Writes `people.html`.
pub(in crate::pack) fn write(build: &Build<'_>) -> Result<(), PackError> {
    let several_frameworks = build.input.assessment.frameworks.len() > 1;
    let mut model = Model { manual: 0, not_tested: 0, stated: 0, several_frameworks };
    let mut lists = Vec::new();
    for wanted in [Disposition::Manual, Disposition::NotTested, Disposition::Stated] {
        let mut rows = build.rows("html/rows/person.html", "people.html")?;
        for framework in &build.input.assessment.frameworks {
            let read = build.frameworks.get(framework.id.as_str()).copied();
            for item in framework.items.iter().filter(|item| item.disposition == wanted) {
                let source = read.and_then(|read| read.items.iter().find(|one| one.id == item.id));
                rows.push(&Row {
                    framework: if several_frameworks { framework.id.clone() } else { String::new() },
                    id: item.id.clone(),
                    title: cut(&item.title, 300).into_owned(),
                    href: build.links.item(&framework.id, &item.id),
                    key: words::disposition_key(wanted),
                    label: words::label(read, wanted),
                    guidance: source
                        .and_then(|source| source.guidance.as_deref())
                        .map(|text| cut(text, 600).into_owned())
                        .unwrap_or_default(),
                    why: cut(&item.why, 400).into_owned(),
                    result: words::result(item.result),
                    result_key: words::result_key(item.result),
                })?;
            }
        }
        match wanted {
            Disposition::Manual => model.manual = rows.count(),
            Disposition::NotTested => model.not_tested = rows.count(),
            _ => model.stated = rows.count(),
        }
        lists.push(rows);
    }
    let list = List {
        stem: "people",
        template: "html/people.html",
        title: "What waits for a person",
        crumbs: &[Crumb::new("index.html", "Overview")],
        what: "items that no test settles",
        all: "assessment.json",
    };
    build.list(list, lists, &model).map(|_| ())
}
