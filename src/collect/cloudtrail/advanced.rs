//! Advanced event selectors: what one of them covers. All its fields must hold; the values of one operator are alternatives.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::selection::{Cover, Covers};

/// An advanced event selector, with the API's own member names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Advanced {
    /// Given by people.
    pub name: Option<String>,
    /// All must hold.
    pub field_selectors: Vec<Field>,
}

/// A condition on one field of an event. Unknown operators are kept, so that they are never taken for none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Field {
    /// `eventCategory`, `resources.ARN`.
    pub field: String,
    /// The field is one of these.
    pub equals: Vec<String>,
    /// The field begins with one of these.
    pub starts_with: Vec<String>,
    /// The field ends with one of these.
    pub ends_with: Vec<String>,
    /// The field is none of these.
    pub not_equals: Vec<String>,
    /// The field begins with none of these.
    pub not_starts_with: Vec<String>,
    /// The field ends with none of these.
    pub not_ends_with: Vec<String>,
}

/// Fields that narrow what is selected, whatever their values.
const NARROWING: &[&str] =
    &["eventName", "eventType", "eventSource", "sessionCredentialFromConsole", "userIdentity.arn", "errorCode", "vpcEndpointId"];

impl Field {
    fn operators(&self) -> [(&'static str, &[String]); 6] {
        [
            ("=", &self.equals),
            ("begins with", &self.starts_with),
            ("ends with", &self.ends_with),
            ("!=", &self.not_equals),
            ("does not begin with", &self.not_starts_with),
            ("does not end with", &self.not_ends_with),
        ]
    }

    /// The values of `Equals`, where that is the only operator.
    fn only_equals(&self) -> Option<&[String]> {
        self.only(0)
    }

    /// The values of `NotEquals`, where that is the only operator.
    fn only_not_equals(&self) -> Option<&[String]> {
        self.only(3)
    }

    fn only(&self, wanted: usize) -> Option<&[String]> {
        let operators = self.operators();
        let others = operators.iter().enumerate().any(|(index, (_, values))| index != wanted && !values.is_empty());
        let values = operators[wanted].1;
        (!others && !values.is_empty()).then_some(values)
    }

    fn is_empty(&self) -> bool {
        self.operators().iter().all(|(_, values)| values.is_empty())
    }

    fn excludes(&self) -> bool {
        !(self.not_equals.is_empty() && self.not_starts_with.is_empty() && self.not_ends_with.is_empty())
    }

    fn includes(&self) -> bool {
        !(self.equals.is_empty() && self.starts_with.is_empty() && self.ends_with.is_empty())
    }
}

/// What an advanced selector covers.
pub(super) fn covers(partition: &str, index: usize, selector: &Advanced) -> Covers {
    let unknown = |why: String| Covers::all(&Cover::Unknown(format!("advanced event selector {}: {why}", index + 1)));
    if let Err(why) = well_formed(selector) {
        return unknown(why);
    }
    let found = |name: &str| selector.field_selectors.iter().find(|field| field.field == name);
    let category = match found("eventCategory").and_then(Field::only_equals) {
        Some([category]) => category.as_str(),
        _ => return unknown("its event category is not one exact word".to_owned()),
    };
    let (reads, writes) = match found("readOnly").map(sides) {
        None => (true, true),
        Some(Some(sides)) => sides,
        Some(None) => return unknown("its `readOnly` is not `true` or `false`".to_owned()),
    };
    match category {
        "Management" => match management(selector) {
            Ok(cover) => spread(Covers::all(&Cover::Nothing), Kind::Management, &cover, (reads, writes)),
            Err(why) => unknown(why),
        },
        "Data" => match data(partition, selector) {
            Ok((s3, lambda)) => {
                let covers = spread(Covers::all(&Cover::Nothing), Kind::S3, &s3, (reads, writes));
                spread(covers, Kind::Lambda, &lambda, (reads, writes))
            }
            Err(why) => unknown(why),
        },
        "NetworkActivity" | "Insight" => Covers::all(&Cover::Nothing),
        other => unknown(format!("the event category `{other}` is not known")),
    }
}

/// One selector per field, each with an operator and a name that is known.
fn well_formed(selector: &Advanced) -> Result<(), String> {
    const OTHERS: &[&str] = &["eventCategory", "readOnly", "resources.type", "resources.ARN"];
    let mut seen = BTreeSet::new();
    for field in &selector.field_selectors {
        let name = field.field.as_str();
        if !NARROWING.contains(&name) && !OTHERS.contains(&name) {
            return Err(format!("the field `{name}` is not known"));
        }
        if field.is_empty() {
            return Err(format!("the field `{name}` has no operator that is known"));
        }
        if !seen.insert(name) {
            return Err(format!("the field `{name}` stands there twice"));
        }
    }
    Ok(())
}

/// Reads and writes that `readOnly` lets through.
fn sides(field: &Field) -> Option<(bool, bool)> {
    let values = field.only_equals()?;
    let known = values.iter().all(|value| value == "true" || value == "false");
    known.then(|| (values.iter().any(|value| value == "true"), values.iter().any(|value| value == "false")))
}

fn management(selector: &Advanced) -> Result<Cover, String> {
    let mut excluded = BTreeSet::new();
    let mut part = None;
    for field in &selector.field_selectors {
        match field.field.as_str() {
            "eventCategory" | "readOnly" => {}
            "eventSource" if field.only_not_equals().is_some() => excluded.extend(field.not_equals.iter().cloned()),
            "resources.type" | "resources.ARN" => return Err(format!("`{}` is not a field of management events", field.field)),
            name => part = narrowed(part, field, matches!(name, "eventName" | "eventSource"))?,
        }
    }
    Ok(part.unwrap_or(Cover::Full(excluded)))
}

/// The cover of a selector that one more field narrows. What a field includes may be all that occurs (`eventSource` of S3's own
/// data events), so only `eventName` and sources of management events are known to leave something out.
fn narrowed(part: Option<Cover>, field: &Field, names_some: bool) -> Result<Option<Cover>, String> {
    let flag = field.field == "sessionCredentialFromConsole" && field.equals.len() + field.not_equals.len() == 1;
    if !flag && !names_some && !field.excludes() {
        return Err(format!("whether `{}` leaves anything out is not known", field.field));
    }
    let rest = matches!(part, Some(Cover::Part { rest: true })) || field.excludes() || flag;
    Ok(Some(Cover::Part { rest }))
}

/// What the selector covers of objects and of functions.
fn data(partition: &str, selector: &Advanced) -> Result<(Cover, Cover), String> {
    let field = |name: &str| selector.field_selectors.iter().find(|field| field.field == name);
    let types = field("resources.type").and_then(Field::only_equals).ok_or("its `resources.type` is not one exact word")?;
    let mut part = None;
    for field in selector.field_selectors.iter().filter(|field| NARROWING.contains(&field.field.as_str())) {
        part = narrowed(part, field, field.field == "eventName")?;
    }
    let arn = field("resources.ARN");
    let cover = |kind: &str, service: &str| match types.iter().any(|name| name == kind) {
        true => of_arn(arn, &format!("arn:{partition}:{service}:"), part.clone()),
        false => Cover::Nothing,
    };
    Ok((cover("AWS::S3::Object", "s3"), cover("AWS::Lambda::Function", "lambda")))
}

/// What `resources.ARN` leaves, of resources whose ARNs all begin with `root`.
fn of_arn(field: Option<&Field>, root: &str, part: Option<Cover>) -> Cover {
    let Some(field) = field else { return part.unwrap_or(Cover::ALL) };
    let root = if root.ends_with(":s3:") { format!("{root}::") } else { root.to_owned() };
    let everything = !field.includes() || field.starts_with.iter().any(|prefix| root.starts_with(prefix.as_str()));
    if let (false, Some(prefix)) = (everything, field.starts_with.iter().find(|prefix| may_begin_all(&root, prefix))) {
        return Cover::Unknown(format!("`{prefix}` may begin the ARNs of all there are"));
    }
    match (everything, field.excludes(), part) {
        (true, false, part) => part.unwrap_or(Cover::ALL),
        (_, excludes, part) => Cover::Part { rest: excludes || matches!(part, Some(Cover::Part { rest: true })) },
    }
}

/// Whether a prefix leaves so much open that it, or several like it, may leave nothing out: less than a bucket's name, or a Region
/// and account of functions.
fn may_begin_all(root: &str, prefix: &str) -> bool {
    match prefix.strip_prefix(root) {
        None => false,
        Some(rest) if root.ends_with(":::") => rest.len() < 3,
        Some(rest) => rest.split(':').count() < 3 || rest.ends_with(":function:"),
    }
}

enum Kind {
    Management,
    S3,
    Lambda,
}

fn spread(mut covers: Covers, kind: Kind, cover: &Cover, (reads, writes): (bool, bool)) -> Covers {
    let (read, write) = match kind {
        Kind::Management => (&mut covers.management_read, &mut covers.management_write),
        Kind::S3 => (&mut covers.s3_read, &mut covers.s3_write),
        Kind::Lambda => (&mut covers.lambda_read, &mut covers.lambda_write),
    };
    if reads {
        *read = cover.clone();
    }
    if writes {
        *write = cover.clone();
    }
    covers
}

/// One readable line.
pub(super) fn describe(selector: &Advanced) -> String {
    let conditions: Vec<String> = selector
        .field_selectors
        .iter()
        .flat_map(|field| {
            let stated = field.operators().into_iter().filter(|(_, values)| !values.is_empty());
            stated.map(|(word, values)| format!("{} {word} {}", field.field, values.join(" or "))).collect::<Vec<_>>()
        })
        .collect();
    match selector.name.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => format!("{name}: {}", conditions.join("; ")),
        None => conditions.join("; "),
    }
}
