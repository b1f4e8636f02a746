//! How many tests a program ran, from what it wrote.

/// Tests of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
}

/// Counts the tests of every runner whose summary is found; a program without one counts as one test. One that failed
/// without a failed test (it did not compile, say) counts as one failure.
pub fn count(output: &str, ok: bool) -> Count {
    let mut all = Count { passed: 0, failed: 0 };
    for line in output.lines().map(plain) {
        let words: Vec<&str> = line.split(|c: char| c.is_whitespace() || ",;=".contains(c)).collect();
        let (passed, failed) = rust(&line, &words)
            .or_else(|| node(&words))
            .or_else(|| agreeing(&words))
            .or_else(|| pytest(&line, &words))
            .unwrap_or_default();
        all.passed += passed;
        all.failed += failed;
    }
    match (ok, all) {
        (true, Count { passed: 0, failed: 0 }) => Count { passed: 1, failed: 0 },
        (false, Count { failed: 0, .. }) => Count { failed: 1, ..all },
        _ => all,
    }
}

/// A line without the escapes that colour it.
fn plain(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text += part.split_once('m').map_or("", |(_, rest)| rest);
    }
    text
}

fn before(words: &[&str], word: &str) -> Option<u64> {
    let words: Vec<&&str> = words.iter().filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|w| **w == word)?;
    words.get(at.checked_sub(1)?)?.parse().ok()
}

/// `test result: ok. 12 passed; 0 failed; …` of cargo test.
fn rust(line: &str, words: &[&str]) -> Option<(u64, u64)> {
    line.starts_with("test result: ").then_some(())?;
    Some((before(words, "passed")?, before(words, "failed")?))
}

/// `# pass 12` and `# fail 0` of node --test, or with `ℹ` in front.
fn node(words: &[&str]) -> Option<(u64, u64)> {
    match words {
        ["#" | "ℹ", "pass", n] => Some((n.parse().ok()?, 0)),
        ["#" | "ℹ", "fail", n] => Some((0, n.parse().ok()?)),
        _ => None,
    }
}

/// `23 of 24 agree` of the reference.
fn agreeing(words: &[&str]) -> Option<(u64, u64)> {
    let [agree, "of", all, "agree"] = words else { return None };
    let (agree, all): (u64, u64) = (agree.parse().ok()?, all.parse().ok()?);
    Some((agree, all.checked_sub(agree)?))
}

/// `==== 1 failed, 12 passed, 1 skipped in 0.12s ====` of pytest; errors are failures.
fn pytest(line: &str, words: &[&str]) -> Option<(u64, u64)> {
    let (_, time) = line.rsplit_once(" in ")?;
    time.split('s').next()?.parse::<f64>().ok()?;
    let number = |word| before(words, word);
    let failed = [number("failed"), number("error"), number("errors")];
    let found = failed.iter().chain([&number("passed")]).any(Option::is_some);
    found.then(|| (number("passed").unwrap_or(0), failed.into_iter().flatten().sum()))
}

#[cfg(test)]
mod tests {
    use super::{Count, count};

    fn counted(output: &str) -> (u64, u64) {
        let Count { passed, failed } = count(output, true);
        (passed, failed)
    }

    #[test]
    fn adds_up_every_summary_of_cargo_test() {
        let output = "running 2 tests\ntest a ... ok\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 3 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n";
        assert_eq!(counted(output), (5, 4));
    }

    #[test]
    fn reads_node_pytest_and_the_reference() {
        assert_eq!(counted("# tests 7\n# pass 6\n# fail 1\n# skipped 0\n"), (6, 1));
        assert_eq!(counted("ℹ pass 6\nℹ fail 0"), (6, 0));
        assert_eq!(counted("=========== 1 failed, 12 passed, 2 skipped, 1 error in 0.12s ==========="), (12, 2));
        assert_eq!(counted("\u{1b}[32m12 passed\u{1b}[0m in 3.40s"), (12, 0));
        assert_eq!(counted("12 passed in 62.40s (0:01:02)"), (12, 0));
        assert_eq!(counted("ok   01.json\n23 of 24 agree\n"), (23, 1));
    }

    #[test]
    fn a_program_without_tests_is_one_check() {
        assert_eq!(count("all good", true), Count { passed: 1, failed: 0 });
        assert_eq!(count("error: could not compile", false), Count { passed: 0, failed: 1 });
    }

    #[test]
    fn a_failure_behind_passed_tests_is_not_lost() {
        let output = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(count(output, false), Count { passed: 2, failed: 1 });
    }

    #[test]
    fn a_sentence_that_mentions_tests_is_no_summary() {
        assert_eq!(counted("all 3 failed attempts were seen in the logs"), (1, 0));
    }
}
