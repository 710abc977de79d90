//! The types of expressions, and which of them may meet.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::place::Place;
use crate::catalog::shape::{Member, Shape};

/// The type of a known, non-null value.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction.
    Double,
    /// Text.
    String,
    /// An instant.
    Timestamp,
    /// A span of time.
    Duration,
    /// `null` itself.
    Null,
    /// A list.
    List(Box<Type>),
    /// A map whose keys come from AWS.
    Open(Arc<Member>),
    /// Named facts.
    Object(Arc<BTreeMap<String, Member>>),
    /// Whatever comes of a fault already reported, or what an empty list holds.
    Any,
    /// A fact that expressions cannot read.
    Opaque,
}

impl Type {
    /// The type of a fact's shape.
    pub(super) fn of(shape: &Shape) -> Type {
        match shape {
            Shape::Bool => Type::Bool,
            Shape::Int => Type::Int,
            Shape::Double => Type::Double,
            Shape::String => Type::String,
            Shape::Timestamp => Type::Timestamp,
            Shape::List(member) => Type::List(Box::new(Type::of(&member.shape))),
            Shape::Open(member) => Type::Open(member.clone()),
            Shape::Object(facts) => Type::Object(facts.clone()),
            Shape::Opaque => Type::Opaque,
        }
    }

    /// The type of a parameter, by its default.
    pub(super) fn of_json(value: &Json) -> Type {
        match value {
            Json::Bool(_) => Type::Bool,
            Json::Number(number) if number.is_f64() => Type::Double,
            Json::Number(_) => Type::Int,
            Json::Array(list) => Type::List(Box::new(list.first().map_or(Type::String, Type::of_json))),
            _ => Type::String,
        }
    }

    /// In messages.
    pub(super) fn word(&self) -> String {
        match self {
            Type::Bool => "a boolean".into(),
            Type::Int => "an integer".into(),
            Type::Double => "a float".into(),
            Type::String => "a string".into(),
            Type::Timestamp => "an instant".into(),
            Type::Duration => "a duration".into(),
            Type::Null => "null".into(),
            Type::List(_) => "a list".into(),
            Type::Open(_) => "an open map".into(),
            Type::Object(_) => "a group of facts".into(),
            Type::Any => "a value".into(),
            Type::Opaque => "a fact without a simple type".into(),
        }
    }

    pub(super) fn number(&self) -> bool {
        matches!(self, Type::Int | Type::Double | Type::Any)
    }

    /// Whether it is one value without parts.
    pub(super) fn scalar(&self) -> bool {
        matches!(self, Type::Bool | Type::Int | Type::Double | Type::String | Type::Timestamp | Type::Any)
    }

    /// Whether `==` between the two can ever be true. Whole objects and maps never meet anything.
    pub(super) fn meets(&self, other: &Type) -> bool {
        match (self, other) {
            (Type::Object(_) | Type::Open(_) | Type::Opaque, _) | (_, Type::Object(_) | Type::Open(_) | Type::Opaque) => false,
            (Type::Any, _) | (_, Type::Any) => true,
            (Type::List(one), Type::List(two)) => one.meets(two),
            (one, two) => (one.number() && two.number()) || one == two,
        }
    }
}

/// What the checker knows of a value.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// Its type where it is not null.
    pub ty: Type,
    /// Whether it can be null here.
    pub nullable: bool,
    /// Whether the elements of the list can be null.
    pub elements_nullable: bool,
    /// The facts it comes from.
    pub place: Option<Place>,
}

impl Value {
    /// A value that comes from no single fact and is never null.
    pub(super) fn plain(ty: Type) -> Self {
        Value { ty, nullable: false, elements_nullable: false, place: None }
    }

    /// What stands where a fault was reported.
    pub(super) fn any() -> Self {
        Value::plain(Type::Any)
    }

    /// A fact in its place.
    pub(super) fn fact(member: &Member, place: Option<Place>) -> Self {
        let elements_nullable = matches!(&member.shape, Shape::List(element) if element.nullable);
        Value { ty: Type::of(&member.shape), nullable: member.nullable, elements_nullable, place }
    }
}
