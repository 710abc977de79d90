//! Chooses what a run judges: the controls of the frameworks asked for, each with the parameters it runs with, and the kinds
//! and groups of facts that these read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::Catalog;
use super::diagnostic::suggestion;
use super::expression::{self, Reads};
use super::mapping::{same_type, type_word};
use super::shape::Shapes;
use crate::model::Kind;
use crate::model::control::{Control, Parameter, Stricter};
use crate::model::framework::{ALL_ITEMS, Coverage, Framework, Mapping, Relation};
use crate::model::kind::Wanted;

/// Parameters that the user sets, by control and name. `local` goes before `organization`, both before what an item demands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// For all runs of the organization.
    pub organization: BTreeMap<String, BTreeMap<String, Value>>,
    /// For this run.
    pub local: BTreeMap<String, BTreeMap<String, Value>>,
}

/// Why nothing could be chosen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// No framework has this id or alias.
    #[error("unknown framework `{name}`")]
    UnknownFramework {
        /// As asked for.
        name: String,
        /// What may be meant.
        hint: Option<String>,
    },
    /// No chosen framework has this baseline.
    #[error("unknown baseline `{name}`")]
    UnknownBaseline {
        /// As asked for.
        name: String,
        /// What may be meant.
        hint: Option<String>,
    },
    /// A parameter is set that does not exist or with a value of another type.
    #[error("cannot set parameter `{name}` of control `{control}`: {cause}")]
    BadOverride {
        /// Control id as given.
        control: String,
        /// Parameter as given.
        name: String,
        /// What is wrong.
        cause: String,
        /// What may be meant.
        hint: Option<String>,
    },
}

impl SelectError {
    /// What to do.
    pub fn hint(&self) -> Option<&str> {
        match self {
            SelectError::UnknownFramework { hint, .. }
            | SelectError::UnknownBaseline { hint, .. }
            | SelectError::BadOverride { hint, .. } => hint.as_deref(),
        }
    }
}

/// A parameter as a control runs with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The value.
    pub value: Value,
    /// `default`, `item <framework> <item>`, `organization`, `local`; several, comma-separated, where items agree.
    pub origins: BTreeSet<String>,
}

/// A demand of an item that the user's settings do not meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Weaker {
    /// The parameter.
    pub param: String,
    /// What the item demands (its own value, else the control's default).
    pub demanded: Value,
    /// What is used.
    pub used: Value,
    /// `local` or `organization`.
    pub origin: String,
}

/// An item that asks for a control with these parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Framework id.
    pub framework: String,
    /// Item id.
    pub item: String,
    /// Covers or related.
    pub relation: Relation,
    /// How much of the item it answers.
    pub coverage: Option<Coverage>,
    /// Settings weaker than the item's: these make it at best `manual`.
    pub weaker: Vec<Weaker>,
}

/// A control with one set of parameters.
#[derive(Clone, Debug)]
pub struct Run {
    /// The control.
    pub control: Arc<Control>,
    /// Short digest of the parameters' values.
    pub params_id: String,
    /// The parameters.
    pub params: BTreeMap<String, Resolved>,
    /// What each judge reads.
    pub reads: Arc<Vec<Reads>>,
    /// The items that ask for it.
    pub asks: Vec<Ask>,
}

impl Run {
    /// The parameters' values alone.
    pub fn values(&self) -> BTreeMap<String, Value> {
        self.params.iter().map(|(name, resolved)| (name.clone(), resolved.value.clone())).collect()
    }

    /// The kinds and groups of facts that the control reads with its parameters.
    fn wanted(&self, shapes: &Shapes, kinds: &[Kind]) -> Wanted {
        let (values, mut wanted) = (self.values(), Wanted::default());
        for judge in &self.control.judges {
            let texts = judge.when.iter().map(String::as_str).chain([judge.test.expression()]);
            let texts = texts.chain(judge.columns.iter().map(|(_, column)| column.as_str()));
            let mut reads = Reads::default();
            reads.facts.entry(judge.resource.clone()).or_default();
            texts.for_each(|text| reads.merge(expression::reads_with(text, &judge.resource, shapes, &self.control.params, &values)));
            add_reads(&mut wanted, &reads, kinds);
        }
        wanted
    }
}

/// What a run judges.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The frameworks in the order asked for.
    pub frameworks: Vec<Arc<Framework>>,
    /// Controls by id and params_id.
    pub runs: Vec<Run>,
}

/// The short digest of resolved parameters.
pub fn params_id(values: &BTreeMap<String, Value>) -> String {
    let text = serde_json::to_string(values).unwrap_or_else(|error| unreachable!("JSON values do not serialize: {error}"));
    crate::model::short_digest(&text, 4)
}

impl Catalog {
    /// Chooses the controls of the named frameworks with their parameters, each framework with its default baseline.
    ///
    /// # Errors
    /// When a framework is unknown or a parameter cannot be set.
    pub fn select(&self, names: &[String], overrides: &Overrides) -> Result<Selection, SelectError> {
        self.select_baseline(names, None, overrides)
    }

    /// Chooses the controls of the named frameworks with their parameters. A baseline (`low`, or `all` for all items) narrows
    /// the frameworks that have one of this name; the others stay as they are.
    ///
    /// # Errors
    /// When a framework is unknown, no chosen framework has the baseline, or a parameter cannot be set.
    pub fn select_baseline(&self, names: &[String], baseline: Option<&str>, overrides: &Overrides) -> Result<Selection, SelectError> {
        self.check_overrides(&overrides.organization)?;
        self.check_overrides(&overrides.local)?;
        let mut frameworks: Vec<Arc<Framework>> = Vec::new();
        for name in names {
            let framework = self.framework(name).ok_or_else(|| SelectError::UnknownFramework {
                name: name.clone(),
                hint: suggestion(name, self.framework_names()).or_else(|| Some("list them with `evidence frameworks list`".into())),
            })?;
            if !frameworks.iter().any(|chosen| chosen.id == framework.id) {
                frameworks.push(framework.clone());
            }
        }
        let frameworks = narrow(frameworks, baseline)?;
        let mut runs: BTreeMap<(String, String), Run> = BTreeMap::new();
        for framework in &frameworks {
            for item in &framework.items {
                for mapping in &item.mappings {
                    if let (Some(control), Some(reads)) = (self.control(&mapping.control), self.reads(&mapping.control)) {
                        add(&mut runs, (control, reads), framework, &item.id, mapping, overrides);
                    }
                }
            }
        }
        Ok(Selection { frameworks, runs: runs.into_values().collect() })
    }

    fn check_overrides(&self, overrides: &BTreeMap<String, BTreeMap<String, Value>>) -> Result<(), SelectError> {
        for (control, params) in overrides {
            for (name, value) in params {
                let bad = |cause: String, hint| SelectError::BadOverride { control: control.clone(), name: name.clone(), cause, hint };
                let Some(known) = self.control(control) else {
                    let hint = suggestion(control, self.controls().map(|one| one.id.as_str()));
                    return Err(bad("there is no such control".into(), hint));
                };
                let Some(parameter) = known.params.get(name) else {
                    let hint = suggestion(name, known.params.keys().map(String::as_str));
                    return Err(bad("the control has no such parameter".into(), hint));
                };
                if !same_type(&parameter.default, value) {
                    return Err(bad(format!("it is {}, not {}", type_word(&parameter.default), type_word(value)), None));
                }
            }
        }
        Ok(())
    }
}

/// The frameworks with the items of the baseline asked for, or of their default.
fn narrow(frameworks: Vec<Arc<Framework>>, baseline: Option<&str>) -> Result<Vec<Arc<Framework>>, SelectError> {
    let known = || frameworks.iter().flat_map(|framework| &framework.baselines.names).map(String::as_str);
    if let Some(name) = baseline.filter(|name| known().next().is_none() || (*name != ALL_ITEMS && !known().any(|one| one == *name))) {
        let offered: BTreeSet<&str> = known().chain(known().next().map(|_| ALL_ITEMS)).collect();
        let hint = match offered.is_empty() {
            true => "leave `--baseline` out: the chosen frameworks have no baselines".into(),
            false => format!("choose one of: {}", offered.into_iter().collect::<Vec<_>>().join(", ")),
        };
        return Err(SelectError::UnknownBaseline { name: name.to_owned(), hint: Some(hint) });
    }
    let chosen = |framework: &Arc<Framework>| match baseline {
        Some(ALL_ITEMS) => framework.clone(),
        Some(name) if framework.baselines.names.iter().any(|one| one == name) => Arc::new(framework.narrowed(name)),
        _ => match &framework.baselines.default {
            Some(name) => Arc::new(framework.narrowed(name)),
            None => framework.clone(),
        },
    };
    Ok(frameworks.iter().map(chosen).collect())
}

fn add(
    runs: &mut BTreeMap<(String, String), Run>,
    (control, reads): (&Arc<Control>, &Arc<Vec<Reads>>),
    framework: &Framework,
    item: &str,
    mapping: &Mapping,
    overrides: &Overrides,
) {
    let mut params = BTreeMap::new();
    let mut weaker = Vec::new();
    for (name, parameter) in &control.params {
        let (value, origin, weak) = resolve(control, name, parameter, framework, item, mapping, overrides);
        weaker.extend(weak);
        params.insert(name.clone(), Resolved { value, origins: BTreeSet::from([origin]) });
    }
    let values = params.iter().map(|(name, resolved): (&String, &Resolved)| (name.clone(), resolved.value.clone())).collect();
    let id = params_id(&values);
    let ask =
        Ask { framework: framework.id.clone(), item: item.to_owned(), relation: mapping.relation, coverage: mapping.coverage, weaker };
    let run = runs.entry((control.id.clone(), id.clone())).or_insert_with(|| Run {
        control: control.clone(),
        params_id: id,
        params: params.clone(),
        reads: reads.clone(),
        asks: Vec::new(),
    });
    for (name, resolved) in params {
        if let Some(known) = run.params.get_mut(&name) {
            known.origins.extend(resolved.origins);
        }
    }
    run.asks.push(ask);
}

/// The value of one parameter for one item, its origin, and the item's demand where the user's setting does not meet it.
fn resolve(
    control: &Control,
    name: &str,
    parameter: &Parameter,
    framework: &Framework,
    item: &str,
    mapping: &Mapping,
    overrides: &Overrides,
) -> (Value, String, Option<Weaker>) {
    let (demanded, origin) = match mapping.params.get(name) {
        Some(value) => (value, format!("item {} {item}", framework.id)),
        None => (&parameter.default, "default".to_owned()),
    };
    let set = |layer: &BTreeMap<String, BTreeMap<String, Value>>| layer.get(&control.id).and_then(|params| params.get(name)).cloned();
    let own = set(&overrides.local).map(|value| (value, "local"));
    let Some((used, own_origin)) = own.or_else(|| set(&overrides.organization).map(|value| (value, "organization"))) else {
        return (demanded.clone(), origin, None);
    };
    let weaker = (!as_strict(parameter.stricter, &used, demanded)).then(|| Weaker {
        param: name.to_owned(),
        demanded: demanded.clone(),
        used: used.clone(),
        origin: own_origin.to_owned(),
    });
    (used, own_origin.to_owned(), weaker)
}

/// Whether `used` is at least as strict as `demanded`. What cannot be compared is not.
pub fn as_strict(stricter: Stricter, used: &Value, demanded: &Value) -> bool {
    let within = |inner: &Value, outer: &Value| match (inner.as_array(), outer.as_array()) {
        (Some(inner), Some(outer)) => inner.iter().all(|one| outer.contains(one)),
        _ => false,
    };
    let numbers = used.as_f64().zip(demanded.as_f64());
    match stricter {
        Stricter::Lower => numbers.is_some_and(|(used, demanded)| used <= demanded),
        Stricter::Higher => numbers.is_some_and(|(used, demanded)| used >= demanded),
        Stricter::Subset => within(used, demanded),
        Stricter::Superset => within(demanded, used),
        Stricter::True => used == demanded || used == &Value::Bool(true),
        Stricter::None => used == demanded,
    }
}

impl Selection {
    /// The kinds and groups of facts to read: those that an expression reads with the parameters it is run with, and no others.
    pub fn wanted(&self, kinds: &[Kind]) -> Wanted {
        let (shapes, mut wanted) = (Shapes::of(kinds), Wanted::default());
        self.runs.iter().for_each(|run| wanted.merge(run.wanted(&shapes, kinds)));
        wanted
    }

    /// The controls that read what an operation fills, of a resource that they judge, show or find: all that lose something where it
    /// may not be called. Operations as in [`operations`].
    pub fn readers(&self, kinds: &[Kind]) -> BTreeMap<(&'static str, &'static str), BTreeSet<String>> {
        let (shapes, mut readers) = (Shapes::of(kinds), BTreeMap::<_, BTreeSet<String>>::new());
        for run in &self.runs {
            for operation in operations(&run.wanted(&shapes, kinds), kinds).into_keys() {
                readers.entry(operation).or_default().insert(run.control.id.clone());
            }
        }
        readers
    }

    /// The kinds that some expression finds.
    pub fn finds(&self) -> BTreeSet<&str> {
        self.runs.iter().flat_map(|run| run.reads.iter()).flat_map(|reads| &reads.finds).map(String::as_str).collect()
    }
}

fn add_reads(wanted: &mut Wanted, reads: &Reads, kinds: &[Kind]) {
    let known = |name: &str| kinds.iter().find(|kind| kind.name == name);
    reads.facts.keys().filter_map(|name| known(name)).for_each(|kind| wanted.add(kind.name, 0));
    for (name, path) in &reads.direct {
        known(name).into_iter().for_each(|kind| wanted.add(kind.name, kind.group_of(first_segment(path))));
    }
    for (name, path, from) in &reads.found {
        known(name).into_iter().for_each(|kind| wanted.add_named(kind.name, kind.group_of(first_segment(path)), from));
    }
}

fn first_segment(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// The operations behind what is wanted, each with the kinds it serves: `(SDK service id, operation)`.
pub fn operations(wanted: &Wanted, kinds: &[Kind]) -> BTreeMap<(&'static str, &'static str), BTreeSet<&'static str>> {
    let mut operations: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for kind in kinds {
        for (index, group) in kind.groups.iter().enumerate() {
            if wanted.group(kind.name, index) || wanted.named(kind.name, index).next().is_some() {
                for operation in group.operations {
                    operations.entry(*operation).or_default().insert(kind.name);
                }
            }
        }
    }
    operations
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn strictness_follows_its_direction_and_never_guesses() {
        assert!(as_strict(Stricter::Lower, &json!(30), &json!(45)));
        assert!(!as_strict(Stricter::Lower, &json!(90), &json!(45)));
        assert!(as_strict(Stricter::Higher, &json!(16), &json!(14)));
        assert!(as_strict(Stricter::Subset, &json!(["a"]), &json!(["a", "b"])));
        assert!(!as_strict(Stricter::Subset, &json!(["c"]), &json!(["a", "b"])));
        assert!(as_strict(Stricter::Superset, &json!(["a", "b"]), &json!(["a"])));
        assert!(as_strict(Stricter::True, &json!(true), &json!(false)));
        assert!(!as_strict(Stricter::True, &json!(false), &json!(true)));
        assert!(!as_strict(Stricter::None, &json!("x"), &json!("y")));
    }
}
