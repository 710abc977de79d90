//! Texts with `*`, which stands for any characters, also none.

/// Whether a text matches.
pub fn matches(glob: &str, text: &str) -> bool {
    contains(&symbols(glob), &text.chars().map(Symbol::Char).collect::<Vec<_>>())
}

/// Whether every text that matches `inner` surely matches `outer`. `false` says only that this is not sure.
pub fn covers(outer: &str, inner: &str) -> bool {
    contains(&symbols(outer), &symbols(inner))
}

/// Whether it stands for itself alone.
pub fn is_plain(glob: &str) -> bool {
    !glob.contains('*')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Symbol {
    Any,
    Char(char),
}

fn symbols(glob: &str) -> Vec<Symbol> {
    glob.chars().map(|c| if c == '*' { Symbol::Any } else { Symbol::Char(c) }).collect()
}

/// Whether the outer one reads the inner one symbol by symbol, where only its `*` can read another `*`: then it reads whatever
/// stands for that `*`, too.
fn contains(outer: &[Symbol], inner: &[Symbol]) -> bool {
    // `reach[j]`: the outer symbols so far read the first `j` inner ones.
    let mut reach = vec![false; inner.len() + 1];
    reach[0] = true;
    for symbol in outer {
        if *symbol == Symbol::Any {
            let mut so_far = false;
            for reached in &mut reach {
                so_far |= *reached;
                *reached = so_far;
            }
        } else {
            for at in (0..inner.len()).rev() {
                reach[at + 1] = reach[at] && inner[at] == *symbol;
            }
            reach[0] = false;
        }
    }
    reach[inner.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters_and_for_none() {
        for (glob, text, expected) in [
            ("AccessDenied*", "AccessDenied", true),
            ("AccessDenied*", "AccessDeniedException", true),
            ("AccessDenied*", "accessdenied", false),
            ("*UnauthorizedOperation", "Client.UnauthorizedOperation", true),
            ("*UnauthorizedOperation", "UnauthorizedOperationX", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("*", "", true),
            ("", "", true),
            ("", "x", false),
        ] {
            assert_eq!(matches(glob, text), expected, "{glob} {text}");
        }
    }

    #[test]
    fn one_covers_another_only_where_that_is_sure() {
        for (outer, inner, expected) in [
            ("AccessDenied*", "AccessDenied*", true),
            ("Access*", "AccessDenied*", true),
            ("*Denied*", "AccessDenied*", true),
            ("*", "AccessDenied*", true),
            ("AccessDenied", "AccessDenied*", false),
            ("AccessDeniedEx*", "AccessDenied*", false),
            ("*UnauthorizedOperation", "*UnauthorizedOperation", true),
            ("*Operation", "*UnauthorizedOperation", true),
            ("Client.*", "*UnauthorizedOperation", false),
        ] {
            assert_eq!(covers(outer, inner), expected, "{outer} {inner}");
        }
    }
}
