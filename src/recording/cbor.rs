//! CBOR (RFC 8949), in which services that speak Smithy's RPC v2 write their bodies: read strictly to its end, written back, and
//! shown as JSON. It is read by the decoder that the SDK itself uses, so that both see the same.
//!
//! What stands in the recording is what AWS sent; JSON is only its shape for people, for canonical inputs and for tests.

use std::fmt::Write as _;

use minicbor::data::{Int, Tag, Type};
use minicbor::{Decoder, Encoder};
use serde_json::{Map, Number, Value};

/// Deepest nesting, as JSON has it from `serde_json`.
const DEEPEST: usize = 128;
/// The tag of an instant in seconds.
const EPOCH: u64 = 1;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cbor {
    /// `null`, or CBOR's own `undefined`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A list.
    List(Vec<Cbor>),
    /// Members in the order sent; no name stands twice.
    Map(Vec<(String, Cbor)>),
    /// A tagged value; tag 1 is an instant in seconds.
    Tag(u64, Box<Cbor>),
}

/// Whether a body can be an answer in CBOR, which is always a map: neither JSON nor XML begin so.
pub fn is_map(body: &[u8]) -> bool {
    body.first().is_some_and(|first| first >> 5 == 5)
}

/// Reads a value that ends where the bytes end.
///
/// # Errors
/// One phrase that says what is wrong.
pub fn parse(body: &[u8]) -> Result<Cbor, String> {
    let mut decoder = Decoder::new(body);
    let value = value(&mut decoder, 0)?;
    match decoder.position() == body.len() {
        true => Ok(value),
        false => Err(broken("bytes follow the value")),
    }
}

fn broken(cause: impl std::fmt::Display) -> String {
    format!("the body is not whole CBOR: {cause}")
}

fn value(decoder: &mut Decoder<'_>, depth: usize) -> Result<Cbor, String> {
    if depth >= DEEPEST {
        return Err(broken(format!("values nest deeper than {DEEPEST}")));
    }
    Ok(match decoder.datatype().map_err(broken)? {
        Type::Null => decoder.null().map(|()| Cbor::Null).map_err(broken)?,
        Type::Undefined => decoder.undefined().map(|()| Cbor::Null).map_err(broken)?,
        Type::Bool => Cbor::Bool(decoder.bool().map_err(broken)?),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Int => {
            Cbor::Int(decoder.int().map_err(broken)?.into())
        }
        Type::F16 => Cbor::Float(decoder.f16().map_err(broken)?.into()),
        Type::F32 => Cbor::Float(decoder.f32().map_err(broken)?.into()),
        Type::F64 => Cbor::Float(decoder.f64().map_err(broken)?),
        Type::String | Type::StringIndef => Cbor::Text(text(decoder)?),
        Type::Bytes | Type::BytesIndef => {
            let parts: Result<Vec<&[u8]>, _> = decoder.bytes_iter().map_err(broken)?.collect();
            Cbor::Bytes(parts.map_err(broken)?.concat())
        }
        Type::Array | Type::ArrayIndef => list(decoder, depth)?,
        Type::Map | Type::MapIndef => map(decoder, depth)?,
        Type::Tag => {
            let tag = decoder.tag().map_err(broken)?;
            Cbor::Tag(tag.into(), Box::new(value(decoder, depth + 1)?))
        }
        other => return Err(broken(format!("`{other}` stands where a value should"))),
    })
}

fn text(decoder: &mut Decoder<'_>) -> Result<String, String> {
    let parts: Result<Vec<&str>, _> = decoder.str_iter().map_err(broken)?.collect();
    Ok(parts.map_err(broken)?.concat())
}

/// Whether a list or map of this length, or of none told, has come to its end after so many members.
fn ended(decoder: &mut Decoder<'_>, length: Option<u64>, count: u64) -> Result<bool, String> {
    match length {
        Some(length) => Ok(count == length),
        None if decoder.datatype().map_err(broken)? == Type::Break => decoder.skip().map(|()| true).map_err(broken),
        None => Ok(false),
    }
}

fn list(decoder: &mut Decoder<'_>, depth: usize) -> Result<Cbor, String> {
    let length = decoder.array().map_err(broken)?;
    let mut items = Vec::new();
    while !ended(decoder, length, items.len() as u64)? {
        items.push(value(decoder, depth + 1)?);
    }
    Ok(Cbor::List(items))
}

fn map(decoder: &mut Decoder<'_>, depth: usize) -> Result<Cbor, String> {
    let length = decoder.map().map_err(broken)?;
    let mut members: Vec<(String, Cbor)> = Vec::new();
    let mut names = std::collections::HashSet::new();
    while !ended(decoder, length, members.len() as u64)? {
        let name = text(decoder)?;
        if !names.insert(name.clone()) {
            return Err(broken(format!("the member `{}` stands twice in one map", name.chars().take(40).collect::<String>())));
        }
        members.push((name, value(decoder, depth + 1)?));
    }
    Ok(Cbor::Map(members))
}

impl Cbor {
    /// The bytes, with the length of every list and map told beforehand.
    pub fn bytes(&self) -> Vec<u8> {
        let mut encoder = Encoder::new(Vec::new());
        // Cannot fail: nothing is written but to memory.
        let _ = self.write(&mut encoder);
        encoder.into_writer()
    }

    fn write(&self, encoder: &mut Encoder<Vec<u8>>) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        match self {
            Cbor::Null => encoder.null().map(drop),
            Cbor::Bool(value) => encoder.bool(*value).map(drop),
            Cbor::Int(value) => match Int::try_from(*value) {
                Ok(value) => encoder.int(value).map(drop),
                Err(_) => encoder.null().map(drop),
            },
            Cbor::Float(value) => encoder.f64(*value).map(drop),
            Cbor::Text(text) => encoder.str(text).map(drop),
            Cbor::Bytes(bytes) => encoder.bytes(bytes).map(drop),
            Cbor::List(items) => {
                encoder.array(items.len() as u64)?;
                items.iter().try_for_each(|item| item.write(encoder))
            }
            Cbor::Map(members) => {
                encoder.map(members.len() as u64)?;
                members.iter().try_for_each(|(name, value)| {
                    encoder.str(name)?;
                    value.write(encoder)
                })
            }
            Cbor::Tag(tag, value) => {
                encoder.tag(Tag::new(*tag))?;
                value.write(encoder)
            }
        }
    }

    /// The value as JSON, for people: bytes in hexadecimal, an instant as its seconds.
    pub fn json(&self) -> Value {
        match self {
            Cbor::Null => Value::Null,
            Cbor::Bool(value) => Value::Bool(*value),
            Cbor::Int(value) => i64::try_from(*value).map_or_else(|_| Value::String(value.to_string()), Value::from),
            Cbor::Float(value) => Number::from_f64(*value).map_or_else(|| Value::String(value.to_string()), Value::Number),
            Cbor::Text(text) => Value::String(text.clone()),
            Cbor::Bytes(bytes) => Value::String(hexadecimal(bytes)),
            Cbor::List(items) => items.iter().map(Cbor::json).collect(),
            Cbor::Map(members) => Value::Object(members.iter().map(|(name, value)| (name.clone(), value.json())).collect::<Map<_, _>>()),
            Cbor::Tag(_, value) => value.json(),
        }
    }

    /// The CBOR of JSON, for tests: what [`Cbor::json`] shows, with the tag of an instant on numbers that are named as time stamps.
    pub fn of_json(value: &Value) -> Cbor {
        Self::named(value, "")
    }

    fn named(value: &Value, name: &str) -> Cbor {
        let float = |number: &Number| Cbor::Float(number.as_f64().unwrap_or_default());
        match value {
            Value::Null => Cbor::Null,
            Value::Bool(value) => Cbor::Bool(*value),
            Value::Number(number) if name.ends_with("Timestamp") => Cbor::Tag(EPOCH, Box::new(float(number))),
            Value::Number(number) => number.as_i64().map_or_else(|| float(number), |n| Cbor::Int(n.into())),
            Value::String(text) => Cbor::Text(text.clone()),
            Value::Array(items) => Cbor::List(items.iter().map(Self::of_json).collect()),
            Value::Object(members) => Cbor::Map(members.iter().map(|(name, value)| (name.clone(), Self::named(value, name))).collect()),
        }
    }

    /// Whether this is an instant in seconds.
    pub fn is_instant(&self) -> bool {
        matches!(self, Cbor::Tag(EPOCH, inner) if matches!(**inner, Cbor::Int(_) | Cbor::Float(_)))
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Cbor {
        let alarm = Cbor::Map(vec![
            ("AlarmName".into(), Cbor::Text("root".into())),
            ("ActionsEnabled".into(), Cbor::Bool(true)),
            ("Period".into(), Cbor::Int(300)),
            ("Threshold".into(), Cbor::Float(1.5)),
            ("Unit".into(), Cbor::Null),
            ("StateUpdatedTimestamp".into(), Cbor::Tag(1, Box::new(Cbor::Float(1.79e9)))),
            ("Raw".into(), Cbor::Bytes(vec![0, 255])),
            ("Below".into(), Cbor::Int(-7)),
        ]);
        Cbor::Map(vec![("MetricAlarms".into(), Cbor::List(vec![alarm]))])
    }

    #[test]
    fn what_is_written_is_read_again_and_shown_as_json() {
        assert_eq!(parse(&sample().bytes()), Ok(sample()));
        let shown = r#"{"MetricAlarms":[{"ActionsEnabled":true,"AlarmName":"root","Below":-7,"Period":300,"Raw":"00ff","StateUpdatedTimestamp":1790000000.0,"Threshold":1.5,"Unit":null}]}"#;
        assert_eq!(sample().json(), serde_json::from_str::<Value>(shown).expect("JSON"));
    }

    #[test]
    fn every_cut_and_every_byte_too_many_is_refused() {
        let whole = sample().bytes();
        for end in 0..whole.len() {
            assert!(parse(&whole[..end]).is_err(), "cut at {end}");
        }
        assert!(parse(&[whole.as_slice(), b"\0"].concat()).is_err());
        let mut deep = vec![0x81; 200];
        deep.push(0);
        assert!(parse(&deep).is_err());
    }

    #[test]
    fn lists_and_maps_without_a_length_end_with_their_break() {
        let indefinite = [b"\xbf\x61a\x9f\x01\x02\xff\x61b".as_slice(), b"\x7f\x61x\x61y\xff\xff"].concat();
        let value = Cbor::Map(vec![("a".into(), Cbor::List(vec![Cbor::Int(1), Cbor::Int(2)])), ("b".into(), Cbor::Text("xy".into()))]);
        assert_eq!(parse(&indefinite), Ok(value));
        assert!(parse(b"\xbf\x61a\x01").is_err());
    }

    #[test]
    fn a_name_that_stands_twice_is_refused() {
        assert!(parse(b"\xa2\x61a\x01\x61a\x02").is_err_and(|why| why.contains("stands twice")));
    }

    #[test]
    fn json_and_xml_are_told_apart_from_cbor_by_their_first_byte() {
        assert!(is_map(&sample().bytes()) && is_map(b"\xbf\xff"));
        assert!(!is_map(b"{}") && !is_map(b"<html>") && !is_map(b"") && !is_map(b"[]"));
    }
}
