//! Facts: values of AWS members in three states. *Absent* (could not be read, with the gap), *known null* and *known value*
//! are never confused, neither in Rust nor in the JSON that expressions see.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use super::GapId;

/// The key of the JSON object that stands where an absent fact would: `{"$gap": "<gap id>"}`.
///
/// No AWS data can forge it: the keys of [`OpenMap`], the only maps whose keys come from AWS, are escaped.
pub const GAP_KEY: &str = "$gap";

/// One fact of a resource. `T` is an `Option` where AWS may leave the member unset: `Known(None)` is `null`.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact<T> {
    /// Could not be read; the gap says why.
    Absent(GapId),
    /// Read. For an `Option`, `None` is the knowledge that AWS has it unset.
    Known(T),
}

impl<T> Fact<T> {
    /// The known value, or `None` where the fact is absent.
    pub fn known(&self) -> Option<&T> {
        match self {
            Fact::Absent(_) => None,
            Fact::Known(value) => Some(value),
        }
    }

    /// Applies `f` to a known value and keeps an absence.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Fact::Absent(gap) => Fact::Absent(gap),
            Fact::Known(value) => Fact::Known(f(value)),
        }
    }

    /// A known fact from `Ok`, an absent one from the gap.
    pub fn from_result(result: Result<T, GapId>) -> Self {
        match result {
            Ok(value) => Fact::Known(value),
            Err(gap) => Fact::Absent(gap),
        }
    }
}

impl<T> From<T> for Fact<T> {
    fn from(value: T) -> Self {
        Fact::Known(value)
    }
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Fact::Known(value) => value.serialize(serializer),
            Fact::Absent(gap) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(GAP_KEY, &gap.0)?;
                map.end()
            }
        }
    }
}

/// The schema of a fact is that of its value with the marker `"x-fact": true`: it may be absent as a whole.
/// `Fact<Option<T>>` is nullable, `Fact<T>` is not.
impl<T: JsonSchema> JsonSchema for Fact<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Fact_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = generator.subschema_for::<T>();
        schema.insert("x-fact".into(), true.into());
        schema
    }
}

/// A map whose keys come from AWS (tags, stage variables, per-route settings). Expressions read it with `get(map, key)`,
/// which is `null` where the known map lacks the key.
///
/// A key that begins with `$` is written with one more `$`, so that no key can look like [`GAP_KEY`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenMap<T>(pub BTreeMap<String, T>);

impl<T: Serialize> Serialize for OpenMap<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(&escape_key(key), value)?;
        }
        map.end()
    }
}

impl<T: JsonSchema> JsonSchema for OpenMap<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("OpenMap_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value, "x-open-map": true })
    }
}

/// The form in which a key of an [`OpenMap`] stands in facts.
pub fn escape_key(key: &str) -> std::borrow::Cow<'_, str> {
    if key.starts_with('$') { format!("${key}").into() } else { key.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, JsonSchema)]
    struct Facts {
        size: Fact<Option<i64>>,
        tags: Fact<OpenMap<String>>,
    }

    #[test]
    fn three_states_stay_apart_in_json() {
        let absent = Facts { size: Fact::Absent(GapId("00".into())), tags: Fact::Known(OpenMap::default()) };
        assert_eq!(serde_json::json!(absent), serde_json::json!({"size": {"$gap": "00"}, "tags": {}}));
        let unset = Facts { size: Fact::Known(None), tags: Fact::Known(OpenMap([("$gap".into(), "x".into())].into())) };
        assert_eq!(serde_json::json!(unset), serde_json::json!({"size": null, "tags": {"$$gap": "x"}}));
    }

    #[test]
    fn schema_marks_facts_and_nullability() {
        let schema = serde_json::json!(schemars::schema_for!(Facts));
        assert_eq!(schema["properties"]["size"]["x-fact"], true);
        assert_eq!(schema["properties"]["size"]["type"], serde_json::json!(["integer", "null"]));
        assert_eq!(schema["properties"]["tags"]["x-open-map"], true);
    }
}
