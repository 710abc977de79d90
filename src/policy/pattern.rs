//! Wildcard patterns as small languages, so that "does A cover B" is decided and not guessed from spelling.
//!
//! A language is a row of tokens, each one character class, once or any number of times. Policy patterns use `*` and
//! `?`; the sets they are held against (every action name, every key ARN of an account) are written as templates.

/// A class of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Char(char),
    Any,
    /// Any character but a colon.
    Segment,
    /// A union of [`LOWER`], [`DIGIT`], [`DASH`].
    Of(u8),
    /// Matches no character: stands for a text that is not known (a policy variable).
    Nothing,
}

const LOWER: u8 = 1;
const DIGIT: u8 = 2;
const DASH: u8 = 4;

impl Class {
    /// Tells whether the character belongs to the class.
    pub(super) fn has(self, c: char) -> bool {
        match self {
            Class::Char(own) => own == c,
            Class::Any => true,
            Class::Segment => c != ':',
            Class::Nothing => false,
            Class::Of(kinds) => {
                (kinds & LOWER != 0 && c.is_ascii_lowercase())
                    || (kinds & DIGIT != 0 && c.is_ascii_digit())
                    || (kinds & DASH != 0 && c == '-')
            }
        }
    }
}

/// One character class, exactly once or any number of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) class: Class,
    pub(super) repeat: bool,
}

/// A set of strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Language(pub(super) Vec<Token>);

impl Language {
    /// Every string.
    pub(super) fn everything() -> Language {
        Language(vec![many(Class::Any)])
    }

    /// A policy pattern without variables.
    pub(super) fn wildcard(pattern: &str) -> Language {
        Language(wildcard_tokens(pattern))
    }

    /// A template: literal text with the placeholders of [`placeholder`] in braces.
    pub(super) fn template(template: &str) -> Language {
        let mut tokens = Vec::new();
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            tokens.extend(rest[..open].chars().map(|c| one(Class::Char(c))));
            let inner = &rest[open + 1..];
            match inner.find('}').and_then(|close| Some((placeholder(&inner[..close])?, close))) {
                Some((expansion, close)) => {
                    tokens.extend(expansion);
                    rest = &inner[close + 1..];
                }
                None => {
                    tokens.push(one(Class::Char('{')));
                    rest = inner;
                }
            }
        }
        tokens.extend(rest.chars().map(|c| one(Class::Char(c))));
        Language(tokens)
    }

    /// Tells whether the string belongs to the set.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut at = self.close(vec![0]);
        for c in text.chars() {
            let next = at.iter().filter_map(|&i| self.0.get(i).filter(|t| t.class.has(c)).map(|t| i + usize::from(!t.repeat)));
            at = self.close(next.collect());
        }
        at.contains(&self.0.len())
    }

    fn close(&self, mut at: Vec<usize>) -> Vec<usize> {
        let mut i = 0;
        while i < at.len() {
            if self.0.get(at[i]).is_some_and(|token| token.repeat) && !at.contains(&(at[i] + 1)) {
                at.push(at[i] + 1);
            }
            i += 1;
        }
        at.sort_unstable();
        at.dedup();
        at
    }
}

fn one(class: Class) -> Token {
    Token { class, repeat: false }
}

fn many(class: Class) -> Token {
    Token { class, repeat: true }
}

fn wildcard_tokens(text: &str) -> Vec<Token> {
    text.chars().map(wildcard_token).collect()
}

/// Keeps the wildcards of a whole ARN's first five parts inside their part: only the last part may hold colons.
fn keep_segments(mut tokens: Vec<Token>) -> Vec<Token> {
    let is = |token: &Token, c: char| token.class == Class::Char(c);
    let whole = tokens.len() > 4 && "arn:".chars().zip(&tokens).all(|(c, token)| is(token, c));
    if !whole || tokens.iter().filter(|token| is(token, ':')).count() < 5 {
        return tokens;
    }
    let mut colons = 0;
    for token in &mut tokens {
        colons += usize::from(is(token, ':'));
        if colons < 5 && token.class == Class::Any {
            token.class = Class::Segment;
        }
    }
    tokens
}

fn wildcard_token(c: char) -> Token {
    match c {
        '*' => many(Class::Any),
        '?' => one(Class::Any),
        c => one(Class::Char(c)),
    }
}

/// The named sets of templates. They are as narrow as AWS's own names, so that `arn:aws:kms:*:????????????:*` is seen to
/// cover every key.
fn placeholder(name: &str) -> Option<Vec<Token>> {
    let lower = Class::Of(LOWER);
    let word = Class::Of(LOWER | DIGIT);
    let dashed = Class::Of(LOWER | DIGIT | DASH);
    Some(match name {
        "service" => vec![one(lower), one(dashed), many(dashed)],
        "action" => vec![one(lower), one(word), one(word), many(word)],
        "region" => vec![
            one(lower),
            one(lower),
            one(Class::Char('-')),
            one(lower),
            many(Class::Of(LOWER | DASH)),
            one(Class::Char('-')),
            one(Class::Of(DIGIT)),
        ],
        "account" => vec![one(Class::Of(DIGIT)); 12],
        "key" => vec![one(dashed), many(dashed)],
        "id" => vec![one(word), many(word)],
        "field" => vec![many(dashed)],
        "some" => vec![one(Class::Any), many(Class::Any)],
        "any" => vec![many(Class::Any)],
        _ => return None,
    })
}

/// What a policy pattern may stand for: `lower` is what it surely matches, `upper` what it possibly matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) language: Language,
    pub(super) lower: bool,
    pub(super) upper: bool,
    /// The service that the pattern names without a wildcard.
    pub(super) service: Option<String>,
    /// Whether the text is one unknown string per request (a plain policy variable): it may be any string, never all.
    pub(super) single: bool,
}

/// Reads an action pattern. Actions are not case-sensitive and know no variables. A pattern without a service, or with a
/// wildcard inside the service name, is not valid and only *possibly* matches.
pub(super) fn read_action(pattern: &str) -> Reading {
    let pattern = pattern.to_lowercase();
    let all_stars = |text: &str| !text.is_empty() && text.chars().all(|c| c == '*');
    let (valid, pattern) = match pattern.split_once(':') {
        Some((service, action)) if all_stars(service) && all_stars(action) => (true, "*".to_owned()),
        Some((service, _)) => (!service.contains(['*', '?', '$']), pattern),
        None => (all_stars(&pattern), pattern),
    };
    let lower = valid && !pattern.contains("${");
    let service = pattern.split_once(':').and_then(|(service, _)| literal_name(service));
    Reading { language: Language::wildcard(&pattern), lower, upper: true, single: false, service }
}

/// Reads a resource pattern into one or two readings; a policy variable has an unknown text and so two readings.
pub(super) fn read_resource(pattern: &str, variables: bool) -> Vec<Reading> {
    let service = pattern.strip_prefix("arn:").and_then(|rest| literal_name(rest.split(':').nth(1)?));
    if !variables || !pattern.contains("${") {
        return vec![Reading {
            language: Language(keep_segments(wildcard_tokens(pattern))),
            lower: true,
            upper: true,
            single: false,
            service,
        }];
    }
    let (lower, upper) = read_variables(pattern);
    // A variable's default text (`${key, 'text'}`) or a broken variable might act as a wildcard; a plain one cannot.
    let single = !pattern.contains(',') && pattern.matches("${").count() <= pattern.matches('}').count();
    vec![
        Reading { language: Language(lower), lower: true, upper: false, single: false, service: service.clone() },
        Reading { language: Language(upper), lower: false, upper: true, single, service },
    ]
}

/// The text, where it is a plain name.
fn literal_name(text: &str) -> Option<String> {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain.then(|| text.to_owned())
}

fn read_variables(pattern: &str) -> (Vec<Token>, Vec<Token>) {
    let (mut lower, mut upper) = (Vec::new(), Vec::new());
    let mut rest = pattern;
    while let Some(at) = rest.find("${") {
        lower.extend(rest[..at].chars().map(wildcard_token));
        upper.extend(rest[..at].chars().map(wildcard_token));
        let inner = &rest[at + 2..];
        let close = inner.find('}');
        match close.map(|close| &inner[..close]) {
            // `${*}`, `${?}` and `${$}` are the escaped characters themselves.
            Some(escaped @ ("*" | "?" | "$")) => {
                lower.extend(escaped.chars().map(|c| one(Class::Char(c))));
                upper.extend(escaped.chars().map(|c| one(Class::Char(c))));
            }
            _ => {
                lower.push(one(Class::Nothing));
                upper.push(many(Class::Any));
            }
        }
        rest = close.map_or("", |close| &inner[close + 1..]);
    }
    lower.extend(rest.chars().map(wildcard_token));
    upper.extend(rest.chars().map(wildcard_token));
    (keep_segments(lower), keep_segments(upper))
}
