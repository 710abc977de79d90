//! Whether patterns match every event of a sort, by meaning and in three values.
//!
//! The events are cut into cells: for each field that the patterns test and the sort of event leaves open, one cell for each text
//! that a pattern names, one for every other text, one for the field's absence. Together they hold every event, so patterns that are
//! surely true in each of them cover the sort. One cell in which they are surely false holds an event that is missed. What is neither
//! stays open. Examples of real texts are tried as well; they can only refute.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Event, Known};
use super::glob;
use super::parse::{Expression, Operator, Pattern, Test, Value, Wanted};
use super::required::purposes;

/// What patterns make of a sort of event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cover {
    /// Every such event matches one of them.
    All,
    /// Some do not: one of those, in words.
    Misses(String),
    /// Not settled, and why.
    Unknown(String),
}

/// Most cells that are tried.
const MOST_CELLS: usize = 20_000;
/// A text that no pattern names.
const ANOTHER: &str = "another-value";
/// What AWS CloudTrail sends with every event ("CloudTrail record contents").
const ALWAYS: [&str; 8] = ["eventVersion", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "eventID", "eventType"];

/// Decides whether the patterns together match every event of a sort.
pub fn cover(event: &Event, patterns: &[Pattern]) -> Cover {
    if patterns.contains(&Pattern::Everything) {
        return Cover::All;
    }
    let unread = patterns.iter().any(|pattern| match pattern {
        Pattern::Term(term) => !names_another_call(event, term),
        Pattern::Other => true,
        Pattern::Everything | Pattern::Json(_) => false,
    });
    let expressions: Vec<&Expression> =
        patterns.iter().filter_map(|pattern| if let Pattern::Json(expression) = pattern { Some(expression) } else { None }).collect();
    let mut tests = Vec::new();
    expressions.iter().for_each(|expression| collect(expression, &mut tests));
    let axes = axes(event, &tests);
    if axes.iter().map(|(_, cells)| cells.len()).try_fold(1_usize, usize::checked_mul).is_none_or(|cells| cells > MOST_CELLS) {
        return Cover::Unknown("the pattern tests too many fields that the events leave open".to_owned());
    }
    let mut all = true;
    for cell in Cells::new(&axes) {
        let truths = expressions.iter().map(|expression| truth(expression, &cell.values));
        match any(truths.chain(unread.then_some(None))) {
            Some(true) => {}
            Some(false) => return Cover::Misses(cell.words()),
            None => all &= cell.example,
        }
    }
    if all { Cover::All } else { Cover::Unknown(why(unread, &tests)) }
}

/// Whether a word is the name of another call than that of these events, so that some of them do not hold it.
fn names_another_call(event: &Event, term: &str) -> bool {
    let may_be_missing = match event.fields.get("eventName") {
        Some(Known::Is(own)) => !own.contains(term),
        Some(Known::Like(..)) => false,
        Some(Known::Flag(_) | Known::Missing | Known::Other(_)) | None => true,
    };
    let is_call = |event: &Event| matches!(event.fields.get("eventName"), Some(Known::Is(name)) if name == term);
    may_be_missing && purposes().iter().flat_map(|purpose| &purpose.events).any(is_call)
}

fn why(unread: bool, tests: &[&Test]) -> String {
    let unread_test = tests.iter().find_map(|test| if let Wanted::Unread(what) = test.wanted { Some((test, what)) } else { None });
    match (unread, unread_test) {
        (true, _) => "a pattern of terms or columns is not compared with events".to_owned(),
        (false, Some((test, what))) => format!("`$.{}` is compared with {what}, which is not read", test.field),
        (false, None) => "the pattern does not settle whether every such event matches".to_owned(),
    }
}

fn collect<'e>(expression: &'e Expression, tests: &mut Vec<&'e Test>) {
    match expression {
        Expression::Or(parts) | Expression::And(parts) => parts.iter().for_each(|part| collect(part, tests)),
        Expression::Test(test) => tests.push(test),
    }
}

/// What a field holds in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Held {
    Text(String),
    Flag(bool),
    Like(String),
    Missing,
    /// Something that is none of these texts.
    Other(Vec<String>),
}

/// The cells of one field, each with whether it is only an example.
type Axis = (String, Vec<(Held, bool)>);

fn axes(event: &Event, tests: &[&Test]) -> Vec<Axis> {
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for test in tests {
        let texts = named.entry(&test.field).or_default();
        if let Wanted::Compare(_, Value::Text(text)) = &test.wanted
            && glob::is_plain(text)
        {
            texts.insert(text);
        }
    }
    named.into_iter().map(|(field, texts)| (field.to_owned(), cells(field, event.fields.get(field), &texts))).collect()
}

fn cells(field: &str, known: Option<&Known>, named: &BTreeSet<&str>) -> Vec<(Held, bool)> {
    match known {
        Some(Known::Is(text)) => vec![(Held::Text(text.clone()), false)],
        Some(Known::Flag(flag)) => vec![(Held::Flag(*flag), false)],
        Some(Known::Missing) => vec![(Held::Missing, false)],
        Some(Known::Like(glob, examples)) => {
            let examples = examples.iter().map(|text| (Held::Text(text.clone()), true));
            std::iter::once((Held::Like(glob.clone()), false)).chain(examples).collect()
        }
        Some(Known::Other(left_out)) => open(left_out, named),
        None => {
            let missing = (!ALWAYS.contains(&field)).then_some((Held::Missing, false));
            open(&[], named).into_iter().chain(missing).collect()
        }
    }
}

fn open(left_out: &[String], named: &BTreeSet<&str>) -> Vec<(Held, bool)> {
    let named = || named.iter().filter(|text| !left_out.iter().any(|out| out == *text)).map(|text| (*text).to_owned());
    let none: Vec<String> = left_out.iter().cloned().chain(named()).collect();
    let mut cells: Vec<(Held, bool)> = named().map(|text| (Held::Text(text), false)).collect();
    if !none.iter().any(|text| text == ANOTHER) {
        cells.push((Held::Text(ANOTHER.to_owned()), true));
    }
    cells.push((Held::Other(none), false));
    cells
}

/// All combinations of cells.
struct Cells<'a> {
    axes: &'a [Axis],
    next: Option<Vec<usize>>,
}

struct Cell<'a> {
    values: BTreeMap<&'a str, &'a Held>,
    /// Whether it only illustrates another one.
    example: bool,
}

impl<'a> Cells<'a> {
    fn new(axes: &'a [Axis]) -> Self {
        Cells { axes, next: Some(vec![0; axes.len()]) }
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        let at = self.next.take()?;
        let picked = || self.axes.iter().zip(&at).map(|((field, cells), index)| (field.as_str(), &cells[*index]));
        let values = picked().map(|(field, (held, _))| (field, held)).collect();
        let example = picked().any(|(_, (_, example))| *example);
        let mut following = at.clone();
        for (index, (_, cells)) in following.iter_mut().zip(self.axes) {
            *index += 1;
            if *index < cells.len() {
                self.next = Some(following);
                break;
            }
            *index = 0;
        }
        Some(Cell { values, example })
    }
}

impl Cell<'_> {
    /// The event that is missed.
    fn words(&self) -> String {
        let word = |(field, held): (&&str, &&Held)| match held {
            Held::Text(text) if text == ANOTHER => format!("another `{field}`"),
            Held::Text(text) => format!("`{field}` = `{text}`"),
            Held::Flag(flag) => format!("`{field}` = {flag}"),
            Held::Like(glob) => format!("`{field}` like `{glob}`"),
            Held::Missing => format!("no `{field}`"),
            Held::Other(_) => format!("another `{field}`"),
        };
        self.values.iter().map(word).collect::<Vec<_>>().join(", ")
    }
}

fn any(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut settled = true;
    for truth in truths {
        match truth {
            Some(true) => return Some(true),
            Some(false) => {}
            None => settled = false,
        }
    }
    settled.then_some(false)
}

fn truth(expression: &Expression, values: &BTreeMap<&str, &Held>) -> Option<bool> {
    match expression {
        Expression::Or(parts) => any(parts.iter().map(|part| truth(part, values))),
        Expression::And(parts) => any(parts.iter().map(|part| truth(part, values).map(|truth| !truth))).map(|truth| !truth),
        // Every field that is tested has an axis.
        Expression::Test(test) => values.get(test.field.as_str()).and_then(|held| holds(&test.wanted, held)),
    }
}

/// Whether a test holds for all that a cell's field may be; `None` where not for all alike, or where AWS does not say.
fn holds(wanted: &Wanted, held: &Held) -> Option<bool> {
    match (wanted, held) {
        (Wanted::Unread(_), _) => None,
        (Wanted::Missing, held) => Some(*held == Held::Missing),
        (Wanted::True, Held::Flag(flag)) => Some(*flag),
        (Wanted::False, Held::Flag(flag)) => Some(!*flag),
        (Wanted::True | Wanted::False, Held::Missing) | (Wanted::Null, Held::Flag(_) | Held::Text(_) | Held::Like(_)) => Some(false),
        (Wanted::True | Wanted::False, Held::Text(text)) if text != "true" && text != "false" => Some(false),
        (Wanted::True | Wanted::False | Wanted::Null, _) => None,
        (Wanted::Compare(Operator::Equal, value), held) => equals(value, held),
        // What `!=` says of a field that is not there, AWS does not document.
        (Wanted::Compare(Operator::NotEqual, _), Held::Missing) => None,
        (Wanted::Compare(Operator::NotEqual, value), held) => equals(value, held).map(|equal| !equal),
        (Wanted::Compare(Operator::Ordered, _), Held::Missing) => Some(false),
        (Wanted::Compare(Operator::Ordered, _), _) => None,
    }
}

fn equals(value: &Value, held: &Held) -> Option<bool> {
    match (value, held) {
        (_, Held::Missing) => Some(false),
        (Value::Text(glob), Held::Text(text)) => Some(glob::matches(glob, text)),
        (Value::Text(glob), Held::Like(like)) if glob::covers(glob, like) => Some(true),
        (Value::Text(text), Held::Like(like)) if glob::is_plain(text) && !glob::matches(like, text) => Some(false),
        (Value::Text(text), Held::Other(none)) if none.contains(text) => Some(false),
        (Value::Number(_), Held::Text(text)) if text.parse::<f64>().is_err() => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::purpose;

    fn event(fields: &[(&str, Known)]) -> Event {
        Event { name: "e".into(), fields: fields.iter().map(|(field, known)| ((*field).to_owned(), known.clone())).collect() }
    }

    fn stop() -> Event {
        event(&[
            ("eventName", Known::Is("StopLogging".into())),
            ("eventSource", Known::Is("cloudtrail.amazonaws.com".into())),
            ("readOnly", Known::Flag(false)),
        ])
    }

    fn said(event: &Event, patterns: &[&str]) -> Cover {
        let patterns: Vec<Pattern> = patterns.iter().map(|text| Pattern::parse(text).expect("a pattern")).collect();
        cover(event, &patterns)
    }

    fn covered(text: &str) -> bool {
        said(&stop(), &[text]) == Cover::All
    }

    fn missed(text: &str) -> bool {
        matches!(said(&stop(), &[text]), Cover::Misses(_))
    }

    fn open_question(text: &str) -> bool {
        matches!(said(&stop(), &[text]), Cover::Unknown(_))
    }

    #[test]
    fn what_says_the_same_in_other_words_covers() {
        for text in [
            "",
            "{ $.eventName = StopLogging }",
            "{ ($.eventName = \"StartLogging\") || ($.eventName = \"StopLogging\") }",
            "{ $.eventName = \"Stop*\" }",
            "{ $.eventName = * }",
            "{ $.eventSource = cloudtrail.amazonaws.com && $.readOnly IS FALSE }",
            "{ $.eventName != DescribeTrails }",
            "{ $.eventName = StopLogging && $.awsRegion = * || $.eventName = StopLogging }",
            "{ $.errorCode NOT EXISTS && $.eventName = StopLogging || $.errorCode = * && $.eventName = StopLogging || $.eventName = \"S*Logging\" }",
            "{ $.eventName = %x% || $.eventName = StopLogging }",
        ] {
            assert!(covered(text), "{text}: {:?}", said(&stop(), &[text]));
        }
    }

    #[test]
    fn what_leaves_such_an_event_out_is_named() {
        for text in [
            "{ $.eventName = StartLogging }",
            "{ $.eventName = \"stoplogging\" }",
            "{ $.eventName = StopLogging && $.awsRegion = us-east-1 }",
            "{ $.eventName = StopLogging && $.errorCode NOT EXISTS }",
            "{ $.eventName = StopLogging && $.userIdentity.type = Root }",
            "{ $.eventName = StopLogging && $.userIdentity.userName = \"admin*\" }",
            "{ $.eventName = \"Stop*\" && $.readOnly IS TRUE }",
            "{ $.eventSource = iam.amazonaws.com && $.eventName = StopLogging }",
            "{ $.eventName = StopLogging && $.eventName = StartLogging }",
            "{ $.eventName = StopLogging && $.recipientAccountId != 111122223333 && $.recipientAccountId = another }",
        ] {
            assert!(missed(text), "{text}: {:?}", said(&stop(), &[text]));
        }
        let Cover::Misses(which) = said(&stop(), &["{ $.eventName = StopLogging && $.awsRegion = us-east-1 }"]) else {
            panic!("it covers")
        };
        assert_eq!(which, "another `awsRegion`, `eventName` = `StopLogging`");
    }

    #[test]
    fn what_cannot_be_read_or_is_not_documented_stays_open() {
        for text in [
            "StopLogging",
            "{ $.eventName = %^Stop% }",
            "{ $.eventName = StopLogging && $.errorCode != AccessDenied }",
            "{ $.readOnly = false }",
            "{ $.eventName = StopLogging && $.requestParameters.size > 3 || $.eventName = StopLogging && $.requestParameters.size <= 3 }",
        ] {
            assert!(open_question(text) || missed(text), "{text}");
            assert!(!covered(text), "{text}");
        }
        assert!(open_question("StopLogging") && open_question("{ $.eventName = %^Stop% }") && open_question("{ $.readOnly = false }"));
        assert!(
            open_question("{ $.eventName = StopLogging && $.errorCode != AccessDenied }")
                || missed("{ $.eventName = StopLogging && $.errorCode != AccessDenied }")
        );
    }

    #[test]
    fn one_word_misses_what_is_another_call_and_else_settles_nothing() {
        let stop = stop();
        let Some(Known::Is(own)) = stop.fields.get("eventName").cloned() else { panic!("{stop:?}") };
        assert!(matches!(said(&stop, &["ReplaceNetworkAclEntry"]), Cover::Misses(_)));
        for word in [own.as_str(), "ERROR", "eventName", "ReplaceNetworkAclEntry DeleteTrail"] {
            assert!(matches!(said(&stop, &[word]), Cover::Unknown(_)), "{word}");
        }
    }

    #[test]
    fn filters_of_one_metric_cover_together() {
        let halves = ["{ $.eventName = StopLogging && $.errorCode NOT EXISTS }", "{ $.eventName = \"Stop*\" && $.errorCode = * }"];
        assert!(matches!(said(&stop(), &halves[..1]), Cover::Misses(_)));
        assert!(!matches!(said(&stop(), &halves), Cover::Misses(_)));
        assert_eq!(said(&stop(), &["{ $.eventName = StartLogging }", "{ $.eventName = StopLogging }"]), Cover::All);
        assert_eq!(said(&stop(), &["StopLogging", "{ $.eventName = StopLogging }"]), Cover::All);
        assert!(matches!(said(&stop(), &[]), Cover::Misses(_)));
    }

    fn every(id: &str, pattern: &str) -> BTreeSet<&'static str> {
        let word = |event: &Event| match said(event, &[pattern]) {
            Cover::All => "all",
            Cover::Misses(_) => "misses",
            Cover::Unknown(_) => "unknown",
        };
        purpose(id).expect("a purpose").events.iter().map(word).collect()
    }

    #[test]
    fn texts_with_stars_are_compared_as_such() {
        let wide = r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }"#;
        let usual = r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }"#;
        let narrow = r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied") }"#;
        let without_s3 =
            r#"{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.eventSource != "s3.amazonaws.com") }"#;
        assert_eq!(every("unauthorized-api-calls", wide), ["all"].into());
        assert_eq!(every("unauthorized-api-calls", usual), ["all"].into());
        assert_eq!(every("unauthorized-api-calls", narrow), ["all", "misses"].into());
        assert_eq!(every("unauthorized-api-calls", without_s3), ["misses"].into());
    }

    #[test]
    fn root_without_mfa_and_failures_at_the_console_are_read_by_their_fields() {
        let root = r#"{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }"#;
        assert_eq!(every("root-usage", root), ["all"].into());
        assert_eq!(every("root-usage", "{ $.userIdentity.type = Root }"), ["all"].into());
        assert_eq!(every("root-usage", "{ $.userIdentity.type = Root && $.eventName = ConsoleLogin }"), ["misses"].into());
        let mfa = r#"{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }"#;
        assert_eq!(every("console-sign-in-without-mfa", mfa), ["all"].into());
        assert_eq!(every("console-sign-in-without-mfa", &mfa.replace("!= \"Yes\"", "= \"Yes\"")), ["misses"].into());
        let failed = r#"{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }"#;
        assert_eq!(every("console-auth-failures", failed), ["all"].into());
        assert_eq!(every("console-auth-failures", mfa), ["misses"].into());
    }

    proptest::proptest! {
        /// A pattern is never said to cover what an event of the sort shows it does not match.
        #[test]
        fn no_example_contradicts_a_yes(words in proptest::collection::vec((0..4_usize, 0..5_usize, 0..3_usize), 1..6)) {
            let fields = ["eventName", "awsRegion", "errorCode", "userAgent"];
            let tests = ["= StopLogging", "!= StopLogging", "= \"S*\"", "NOT EXISTS", "= eu-west-1"];
            let glue = [" && ", " || ", ") || ("];
            let mut text = "{ (".to_owned();
            for (index, (field, test, between)) in words.iter().enumerate() {
                if index > 0 { text.push_str(glue[*between]); }
                text.push_str(&format!("$.{} {}", fields[*field], tests[*test]));
            }
            text.push_str(") }");
            let Ok(Pattern::Json(expression)) = Pattern::parse(&text) else { return Ok(()) };
            let verdict = cover(&stop(), &[Pattern::Json(expression.clone())]);
            for region in ["eu-west-1", "us-east-1", "StopLogging"] {
                for error in [Held::Missing, Held::Text("StopLogging".into()), Held::Text("Some".into()), Held::Text("eu-west-1".into())] {
                    for agent in [Held::Missing, Held::Text("S".into()), Held::Text("x".into())] {
                        let (name, region) = (Held::Text("StopLogging".into()), Held::Text(region.into()));
                        let values = [("eventName", &name), ("awsRegion", &region), ("errorCode", &error), ("userAgent", &agent)].into();
                        let truth = truth(&expression, &values);
                        proptest::prop_assert!(!(verdict == Cover::All && truth == Some(false)), "{text}: {values:?}");
                    }
                }
            }
        }
    }
}
