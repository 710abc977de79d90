//! The grammar of filter patterns for JSON events, as the CloudWatch Logs User Guide gives it ("Filter pattern syntax"): tests of
//! fields, `&&` before `||`, parentheses.
//!
//! A test that this tool does not read exactly (a regular expression, an escape) is kept as [`Wanted::Unread`]; a pattern that is no
//! JSON pattern, as [`Pattern::Other`].

use std::iter::Peekable;
use std::str::CharIndices;

/// A filter pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// The empty pattern, which matches every event.
    Everything,
    /// `{ … }`.
    Json(Expression),
    /// One word, which every event that holds it matches.
    Term(String),
    /// Several terms or columns, which are not read.
    Other,
}

/// What a JSON pattern says.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// One of these.
    Or(Vec<Expression>),
    /// All of these.
    And(Vec<Expression>),
    /// A field.
    Test(Test),
}

/// A test of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// Path below the root: `userIdentity.type`.
    pub field: String,
    /// What is wanted of it.
    pub wanted: Wanted,
}

/// What a test wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// A comparison.
    Compare(Operator, Value),
    /// `IS TRUE`.
    True,
    /// `IS FALSE`.
    False,
    /// `IS NULL`.
    Null,
    /// `NOT EXISTS`.
    Missing,
    /// Something that is not read exactly, and why.
    Unread(&'static str),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `=`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`, `>`, `<=` or `>=`.
    Ordered,
}

/// A value to compare with.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, in which `*` stands for any characters.
    Text(String),
    /// A number without quotes.
    Number(f64),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Where a pattern in braces does not follow the grammar.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Pattern::Everything);
        }
        if text.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Ok(Pattern::Term(text.to_owned()));
        }
        if !text.starts_with('{') {
            return Ok(Pattern::Other);
        }
        let mut reader = Reader { text, chars: text.char_indices().peekable(), depth: 0 };
        reader.expect('{')?;
        let expression = reader.either()?;
        reader.expect('}')?;
        reader.blank();
        match reader.chars.next() {
            None => Ok(Pattern::Json(expression)),
            Some((at, _)) => Err(format!("something follows the pattern at character {}", at + 1)),
        }
    }
}

/// Deepest nesting of parentheses.
const DEEPEST: usize = 64;

struct Reader<'t> {
    text: &'t str,
    chars: Peekable<CharIndices<'t>>,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn blank(&mut self) {
        while self.chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
    }

    /// What is left to read.
    fn rest(&mut self) -> &'t str {
        let at = self.chars.peek().map_or(self.text.len(), |(at, _)| *at);
        &self.text[at..]
    }

    fn takes(&mut self, token: &str) -> bool {
        self.blank();
        let found = self.rest().starts_with(token);
        if found {
            token.chars().for_each(|_| {
                self.chars.next();
            });
        }
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        self.blank();
        match self.chars.next() {
            Some((_, c)) if c == wanted => Ok(()),
            Some((at, _)) => Err(format!("`{wanted}` is missing at character {}", at + 1)),
            None => Err(format!("`{wanted}` is missing at the end")),
        }
    }

    fn either(&mut self) -> Result<Expression, String> {
        let mut parts = vec![self.both()?];
        while self.takes("||") {
            parts.push(self.both()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expression::Or(parts) })
    }

    fn both(&mut self) -> Result<Expression, String> {
        let mut parts = vec![self.one()?];
        while self.takes("&&") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expression::And(parts) })
    }

    fn one(&mut self) -> Result<Expression, String> {
        if !self.takes("(") {
            return self.test().map(Expression::Test);
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("parentheses nest deeper than {DEEPEST}"));
        }
        let within = self.either()?;
        self.expect(')')?;
        self.depth -= 1;
        Ok(within)
    }

    fn test(&mut self) -> Result<Test, String> {
        let field = self.field()?;
        let operators = [
            ("!=", Operator::NotEqual),
            ("<=", Operator::Ordered),
            (">=", Operator::Ordered),
            ("=", Operator::Equal),
            ("<", Operator::Ordered),
            (">", Operator::Ordered),
        ];
        if let Some((_, operator)) = operators.into_iter().find(|(token, _)| self.takes(token)) {
            let wanted = self.value()?.map_or_else(Wanted::Unread, |value| Wanted::Compare(operator, value));
            return Ok(Test { field, wanted });
        }
        let words = [self.word(), self.word()].map(|word| word.to_ascii_uppercase());
        let wanted = match [words[0].as_str(), words[1].as_str()] {
            ["IS", "TRUE"] => Wanted::True,
            ["IS", "FALSE"] => Wanted::False,
            ["IS", "NULL"] => Wanted::Null,
            ["NOT", "EXISTS"] => Wanted::Missing,
            _ => return Err(format!("what is wanted of `$.{field}` is not one of the comparisons")),
        };
        Ok(Test { field, wanted })
    }

    /// `$.a.b[0]`; names in quotes within brackets are names, too.
    fn field(&mut self) -> Result<String, String> {
        if !self.takes("$") {
            return Err(match self.chars.peek() {
                Some((at, _)) => format!("a field is missing at character {}", at + 1),
                None => "a field is missing at the end".to_owned(),
            });
        }
        let mut field = String::new();
        loop {
            if self.chars.next_if(|(_, c)| *c == '.').is_some() {
                let name = self.run(|c| c.is_alphanumeric() || "_-@*".contains(c));
                if name.is_empty() && !self.rest().starts_with('[') {
                    return Err("a field has an empty name".to_owned());
                }
                push_name(&mut field, name);
            } else if self.chars.next_if(|(_, c)| *c == '[').is_some() {
                let within = self.run(|c| c != ']');
                self.expect(']')?;
                match within.trim_matches(|c| c == '"' || c == '\'') {
                    name if name.len() < within.len() => push_name(&mut field, name),
                    index => field.push_str(&format!("[{index}]")),
                }
            } else {
                return if field.is_empty() { Err("a field has no name".to_owned()) } else { Ok(field) };
            }
        }
    }

    fn run(&mut self, of: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.char_indices().find(|(_, c)| !of(*c)).map_or(rest.len(), |(at, _)| at);
        rest[..end].chars().for_each(|_| {
            self.chars.next();
        });
        &rest[..end]
    }

    fn word(&mut self) -> &'t str {
        self.blank();
        self.run(|c| c.is_ascii_alphabetic())
    }

    /// A value, or why it is not read.
    fn value(&mut self) -> Result<Result<Value, &'static str>, String> {
        self.blank();
        match self.chars.peek() {
            Some((_, '"')) => self.quoted(),
            Some((_, '%')) => {
                self.chars.next();
                self.run(|c| c != '%');
                self.expect('%').map(|()| Err("a regular expression"))
            }
            _ => {
                let text = self.run(|c| !c.is_whitespace() && !"(){}&|\"=<>!%".contains(c));
                match (text.is_empty(), text.parse::<f64>()) {
                    (true, _) => Err("a value is missing".to_owned()),
                    (false, Ok(number)) if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => Ok(Ok(Value::Number(number))),
                    (false, _) => Ok(Ok(Value::Text(text.to_owned()))),
                }
            }
        }
    }

    fn quoted(&mut self) -> Result<Result<Value, &'static str>, String> {
        self.chars.next();
        let (mut text, mut escaped) = (String::new(), false);
        loop {
            match self.chars.next() {
                None => return Err("a quoted text does not end".to_owned()),
                Some((_, '"')) => break,
                Some((_, '\\')) => {
                    escaped = true;
                    text.extend(self.chars.next().map(|(_, c)| c));
                }
                Some((_, c)) => text.push(c),
            }
        }
        Ok(if escaped { Err("a text with escapes") } else { Ok(Value::Text(text)) })
    }
}

fn push_name(field: &mut String, name: &str) {
    if !field.is_empty() && !name.is_empty() {
        field.push('.');
    }
    field.push_str(name);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(field: &str, wanted: Wanted) -> Expression {
        Expression::Test(Test { field: field.to_owned(), wanted })
    }

    fn is(field: &str, value: &str) -> Expression {
        test(field, Wanted::Compare(Operator::Equal, Value::Text(value.to_owned())))
    }

    fn json(text: &str) -> Expression {
        match Pattern::parse(text) {
            Ok(Pattern::Json(expression)) => expression,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn and_binds_before_or_and_parentheses_before_both() {
        let flat = json("{ $.a = x || $.b = y && $.c = z }");
        assert_eq!(flat, Expression::Or(vec![is("a", "x"), Expression::And(vec![is("b", "y"), is("c", "z")])]));
        let grouped = json("{($.a = x || $.b = y) && ($.c = z)}");
        assert_eq!(grouped, Expression::And(vec![Expression::Or(vec![is("a", "x"), is("b", "y")]), is("c", "z")]));
    }

    #[test]
    fn every_form_of_test_is_read() {
        for (text, expected) in [
            ("{ $.a IS TRUE }", test("a", Wanted::True)),
            ("{$.a is false}", test("a", Wanted::False)),
            ("{ $.a IS NULL }", test("a", Wanted::Null)),
            ("{ $.userIdentity.invokedBy NOT EXISTS }", test("userIdentity.invokedBy", Wanted::Missing)),
            ("{ $.a != \"b c\" }", test("a", Wanted::Compare(Operator::NotEqual, Value::Text("b c".into())))),
            ("{ $.a>=4.5 }", test("a", Wanted::Compare(Operator::Ordered, Value::Number(4.5)))),
            ("{ $.a = 404 }", test("a", Wanted::Compare(Operator::Equal, Value::Number(404.0)))),
            ("{ $.a = \"404\" }", is("a", "404")),
            ("{ $.eventSource=cloudtrail.amazonaws.com }", is("eventSource", "cloudtrail.amazonaws.com")),
            ("{ $.a = 4xx }", is("a", "4xx")),
            ("{ $.a = 123.123.* }", is("a", "123.123.*")),
            ("{ $.a[0].b = x }", is("a[0].b", "x")),
            ("{ $.a[\"b-c\"] = x }", is("a.b-c", "x")),
            ("{ $.a = %^Create% }", test("a", Wanted::Unread("a regular expression"))),
            (r#"{ $.a = "x\"y" }"#, test("a", Wanted::Unread("a text with escapes"))),
            ("{\n  $.a\n =\n x\n}", is("a", "x")),
        ] {
            assert_eq!(json(text), expected, "{text}");
        }
    }

    #[test]
    fn what_has_no_braces_is_something_else_and_nothing_is_everything() {
        assert_eq!(Pattern::parse("  "), Ok(Pattern::Everything));
        assert_eq!(Pattern::parse("ERROR"), Ok(Pattern::Term("ERROR".to_owned())));
        assert_eq!(Pattern::parse("ERROR -EXITING"), Ok(Pattern::Other));
        assert_eq!(Pattern::parse("[ip, user, status = 4*]"), Ok(Pattern::Other));
    }

    #[test]
    fn what_breaks_the_grammar_is_an_error() {
        for text in [
            "{",
            "{}",
            "{ }",
            "{ $.a }",
            "{ $.a = }",
            "{ $.a = x",
            "{ $.a = x } y",
            "{ $.a = x && }",
            "{ ($.a = x }",
            "{ $.a = x) }",
            "{ a = x }",
            "{ $ = x }",
            "{ $.a = \"x }",
            "{ $.a == x }",
            "{ $.a IS GOOD }",
            "{ $.a EXISTS }",
            "{ $.a = x $.b = y }",
            "{ $. = x }",
            "{ $.a[1 = x }",
            "{ $.a = %x }",
            "{ $.a = x | $.b = y }",
            "{ NOT $.a = x }",
        ] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
        let deep = format!("{{ {}$.a = x{} }}", "(".repeat(1000), ")".repeat(1000));
        assert!(Pattern::parse(&deep).is_err());
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[{}()$.a-c=!<>&|\"%*\\\\ \\[\\]0-9ISNULTREXF]{0,60}") {
            let _ = Pattern::parse(&text);
            let _ = Pattern::parse(&format!("{{ $.a = x || {text} }}"));
        }
    }
}
