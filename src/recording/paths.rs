//! Where a call stands within a recording: `calls/<account>/<region>/<service>.jsonl.zst`, safe for any key.

use crate::model::call::CallKey;

/// Ending of the files of calls.
pub(super) const ENDING: &str = ".jsonl.zst";

/// Longest part of a path; a longer one is cut and ends in its digest.
const LONGEST: usize = 80;

/// The file of a call, relative to the recording, with `/` between its parts.
pub(super) fn call_file(key: &CallKey) -> String {
    format!("calls/{}/{}/{}{ENDING}", part(&key.account), part(&key.region), part(&key.service))
}

/// A name that is one harmless part of a path on every file system: letters, digits, `-`, `_` and inner dots stay, all else
/// is percent-encoded, so different names stay different.
fn part(name: &str) -> String {
    let mut safe = String::with_capacity(name.len());
    for (index, byte) in name.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => safe.push(char::from(byte)),
            b'.' if index > 0 && index + 1 < name.len() => safe.push('.'),
            _ => safe.push_str(&format!("%{byte:02X}")),
        }
    }
    if safe.is_empty() {
        safe.push('%');
    }
    if safe.len() > LONGEST {
        safe.truncate(LONGEST - 17);
        safe.push('%');
        safe.push_str(&crate::model::short_digest(name, 8));
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(account: &str, region: &str, service: &str) -> CallKey {
        let [account, region, service] = [account, region, service].map(str::to_owned);
        CallKey { account, region, service, operation: String::new(), input: String::new(), n: 0 }
    }

    #[test]
    fn ordinary_keys_read_as_they_are() {
        assert_eq!(call_file(&key("111122223333", "eu-west-1", "API Gateway")), "calls/111122223333/eu-west-1/API%20Gateway.jsonl.zst");
    }

    #[test]
    fn hostile_parts_stay_below_the_folder_and_apart() {
        let hostile = ["", ".", "..", "../..", "/etc/passwd", "a\\b", "C:", "x\0y", "~", ".hidden", "é", "%2F", "a b", "\n"];
        let mut seen = std::collections::BTreeSet::new();
        for name in hostile {
            let file = call_file(&key(name, name, name));
            let parts: Vec<&str> = file.split('/').collect();
            assert_eq!(parts.len(), 4, "{file}");
            assert!(parts.iter().all(|part| !part.is_empty() && !part.starts_with('.')), "{file}");
            assert!(file.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' && byte != b':'), "{file}");
            assert!(seen.insert(file), "{name:?} collides");
        }
    }

    #[test]
    fn long_parts_are_cut_but_stay_apart() {
        let (one, two) = ("r".repeat(4000), "r".repeat(4001));
        let (one, two) = (part(&one), part(&two));
        assert!(one.len() <= LONGEST && two.len() <= LONGEST);
        assert_ne!(one, two);
    }
}
