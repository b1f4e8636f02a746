//! Strict JSON, piece by piece. Nothing says what is wrong: whatever is no JSON is simply not there.

/// A place in a JSON text.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Whether a line's end is a space like any other; in JSON lines it ends the row.
    lines_may_break: bool,
}

impl<'t> Scanner<'t> {
    pub fn new(text: &'t str, lines_may_break: bool) -> Self {
        Self { text, at: 0, lines_may_break }
    }

    #[inline]
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next byte, which stays.
    #[inline]
    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes the next byte.
    #[inline]
    pub fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Takes the next byte if it is this one.
    #[inline]
    pub fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Takes this byte, spaces around it included.
    #[inline]
    pub fn mark(&mut self, byte: u8) -> Option<()> {
        self.space();
        let found = self.eat(byte);
        self.space();
        found.then_some(())
    }

    /// Passes over spaces.
    #[inline]
    pub fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            if !self.lines_may_break && self.peek() == Some(b'\n') {
                return;
            }
            self.at += 1;
        }
    }

    /// Takes this word.
    #[inline]
    pub fn word(&mut self, word: &str) -> Option<()> {
        self.rest().starts_with(word.as_bytes()).then(|| self.at += word.len())
    }

    /// Takes a text with its quotes. What stands between them may have escapes, which need not spell anything.
    #[inline]
    pub fn quoted(&mut self) -> Option<Quoted<'t>> {
        let from = self.at;
        if !self.eat(b'"') {
            return None;
        }
        let mut escapes = false;
        loop {
            self.at += plain(self.rest());
            match self.next()? {
                b'"' => return Some(Quoted { whole: self.text.get(from..self.at)?, escapes }),
                b'\\' => {
                    escapes = true;
                    self.escape()?;
                }
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        match self.next()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => (0..4).all(|_| self.next().is_some_and(|b| b.is_ascii_hexdigit())).then_some(()),
            _ => None,
        }
    }

    /// Takes a number as it is written.
    #[inline]
    pub fn number(&mut self) -> Option<&'t str> {
        let from = self.at;
        self.eat(b'-');
        // After a zero there is no digit; whoever reads on will not find what must follow a number.
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _sign = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        self.text.get(from..self.at)
    }

    #[inline]
    fn digits(&mut self) -> Option<()> {
        let digits = self.rest().iter().take_while(|b| b.is_ascii_digit()).count();
        self.at += digits;
        (digits > 0).then_some(())
    }

    /// Takes a list or an object, as it is written, that is at most `deep` deep.
    pub fn nested(&mut self, deep: usize) -> Option<&'t str> {
        let from = self.at;
        let mut open = Vec::new();
        loop {
            match self.peek()? {
                bracket @ (b'[' | b'{') if open.len() < deep => {
                    self.at += 1;
                    self.space();
                    open.push(bracket);
                    if !matches!((bracket, self.peek()?), (b'[', b']') | (b'{', b'}')) {
                        self.name_in(bracket)?;
                        continue;
                    }
                }
                b'[' | b'{' => return None,
                _ => self.simple()?,
            }
            if self.close(&mut open)? {
                return self.text.get(from..self.at);
            }
        }
    }

    /// Takes what follows a value: all brackets that end with it, and whether that was the last, or else the comma.
    fn close(&mut self, open: &mut Vec<u8>) -> Option<bool> {
        while let Some(bracket) = open.last().copied() {
            self.space();
            match (bracket, self.next()?) {
                (b'[', b']') | (b'{', b'}') => _ = open.pop(),
                (_, b',') => {
                    self.space();
                    self.name_in(bracket)?;
                    return Some(false);
                }
                _ => return None,
            }
        }
        Some(true)
    }

    /// Takes the name that a value has in an object.
    fn name_in(&mut self, bracket: u8) -> Option<()> {
        if bracket == b'[' {
            return Some(());
        }
        self.quoted()?;
        self.mark(b':')
    }

    /// Takes a value that does not nest.
    fn simple(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.quoted().map(|_| ()),
            b'n' => self.word("null"),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            _ => self.number().map(|_| ()),
        }
    }
}

/// A text in its quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quoted<'t> {
    /// As it is written, quotes included.
    pub whole: &'t str,
    /// Whether a backslash is in it.
    pub escapes: bool,
}

impl<'t> Quoted<'t> {
    /// What it says, if nothing is escaped.
    #[inline]
    pub fn plain(self) -> Option<&'t str> {
        if self.escapes { None } else { self.whole.get(1..self.whole.len().checked_sub(1)?) }
    }

    /// What it says, if its escapes spell a text.
    pub fn unescaped(self) -> Option<String> {
        serde_json::from_str(self.whole).ok()
    }
}

/// How many bytes come before the first quote, backslash or control character.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    let mut passed = 0;
    let mut rest = bytes;
    while let Some((eight, tail)) = rest.split_first_chunk::<8>() {
        let stops = stops(u64::from_le_bytes(*eight));
        if stops != 0 {
            return passed + (stops.trailing_zeros() / 8) as usize;
        }
        passed += 8;
        rest = tail;
    }
    passed + rest.iter().take_while(|b| !matches!(b, b'"' | b'\\' | 0..=0x1F)).count()
}

/// The high bit of each of eight bytes that ends a plain run. A borrow may set bits behind the first one, so only the
/// first one counts.
#[inline]
fn stops(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = ONES << 7;
    let zero = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
    let controls = eight.wrapping_sub(ONES * 0x20) & !eight;
    (controls | zero(eight ^ (ONES * u64::from(b'"'))) | zero(eight ^ (ONES * u64::from(b'\\')))) & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_runs_stop_at_quotes_backslashes_and_controls() {
        for stop in 0..=u8::MAX {
            for before in 0..20 {
                let mut bytes = vec![b'!'; before];
                bytes.push(stop);
                bytes.extend([b'a'; 11]);
                let stops = matches!(stop, b'"' | b'\\' | 0..=0x1F);
                assert_eq!(plain(&bytes), if stops { before } else { bytes.len() }, "{stop} after {before}");
            }
        }
    }

    /// Texts that are JSON or nearly so.
    fn nearly_json() -> impl Strategy<Value = String> {
        let pieces =
            "(\\[|\\]|\\{|\\}|,|:| |\n|0|-|1|7|\\.|e|E|\\+|null|true|fals|e|\"|\\\\|\\\\u00e9|\\\\ud83e|a|ü|\t){0,12}";
        let leaf = prop_oneof![
            Just("null".to_owned()),
            Just("-1.5e+3".into()),
            Just("\"a\\n\"".into()),
            Just("[]".into()),
            Just("{ }".into()),
            pieces
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(|v| format!("[{}]", v.join(" , "))),
                prop::collection::vec(inner, 0..3).prop_map(|v| format!(
                    "{{{}}}",
                    v.iter().map(|x| format!("\"k\" :{x}")).collect::<Vec<_>>().join(",")
                )),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn takes_what_serde_takes(text in nearly_json()) {
            let mut scanner = Scanner::new(&text, true);
            scanner.space();
            let value = match scanner.peek() {
                Some(b'[' | b'{') => scanner.nested(usize::MAX).map(|_| ()),
                _ => scanner.simple(),
            };
            scanner.space();
            let ours = value.is_some() && scanner.peek().is_none();
            prop_assert_eq!(ours, serde_json::from_str::<&serde_json::value::RawValue>(&text).is_ok(), "{}", text);
        }
    }
}
