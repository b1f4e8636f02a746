//! Markup that cannot be broken by data: what is raw is known when the library is compiled, and all else is escaped.

use std::fmt::{Display, Write};

/// A page as it grows.
pub(super) struct Markup {
    out: String,
}

impl Markup {
    pub(super) fn new() -> Self {
        Self { out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Markup of our own.
    pub(super) fn raw(&mut self, markup: &'static str) {
        self.out.push_str(markup);
    }

    /// Anything else, escaped for text and for quoted attributes alike.
    pub(super) fn text(&mut self, text: impl Display) {
        // Writing into a string cannot fail.
        let _ = write!(Escaped(&mut self.out), "{text}");
    }
}

struct Escaped<'o>(&'o mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // Not allowed in HTML, or able to reorder what stands around it.
                '\t' | '\n' => self.0.push(letter),
                c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                    self.0.push('\u{fffd}');
                }
                c => self.0.push(c),
            }
        }
        Ok(())
    }
}

/// Puts literals as markup and `{expressions}` as text: `put!(page, "<b>" {name} "</b>")`.
macro_rules! put {
    ($page:expr $(,)?) => {};
    ($page:expr, $markup:literal $($rest:tt)*) => {
        $page.raw($markup);
        $crate::render::html::markup::put!($page, $($rest)*);
    };
    ($page:expr, {$text:expr} $($rest:tt)*) => {
        $page.text($text);
        $crate::render::html::markup::put!($page, $($rest)*);
    };
}
pub(super) use put;

/// A coordinate: a tenth is finer than a screen shows.
pub(super) fn tenth(x: f64) -> f64 {
    // Nought has no sign here, so that the same picture is the same text.
    (x * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_data_is_escaped() {
        let mut page = Markup::new();
        put!(page, "<td title=\"" {"a\"b"} "\">" {"<script>&'\u{1}\u{202e}"} "</td>");
        assert_eq!(page.finish(), "<td title=\"a&quot;b\">&lt;script&gt;&amp;&#39;\u{fffd}\u{fffd}</td>");
    }
}
