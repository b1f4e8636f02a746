//! Lines of a terminal: cells of fixed width, wrapped sentences, colour where it is asked for.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How a piece of text stands out. Nothing is said by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Strong,
    Faint,
    Doubt,
}

impl Ink {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\u{1b}[1m",
            Self::Faint => "\u{1b}[2m",
            Self::Doubt => "\u{1b}[33m",
        }
    }
}

/// A piece of a line.
pub(super) struct Cell {
    text: String,
    width: usize,
    right: bool,
    ink: Ink,
}

/// A cell that begins at its left edge.
pub(super) fn left(text: impl Into<String>, width: usize) -> Cell {
    Cell { text: text.into(), width, right: false, ink: Ink::Plain }
}

/// A cell that ends at its right edge, as numbers do.
pub(super) fn right(text: impl Into<String>, width: usize) -> Cell {
    Cell { text: text.into(), width, right: true, ink: Ink::Plain }
}

impl Cell {
    pub(super) fn ink(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }
}

/// The text as it grows.
pub(super) struct Canvas {
    out: String,
    pub(super) width: usize,
    colour: bool,
}

impl Canvas {
    pub(super) fn new(width: usize, colour: bool) -> Self {
        Self { out: String::new(), width, colour }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A line across.
    pub(super) fn rule(&mut self) {
        self.row(&[left("─".repeat(self.width), self.width).ink(Ink::Faint)]);
    }

    /// The heading of a section.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        self.row(&[left(text.to_uppercase(), self.width).ink(Ink::Strong)]);
        self.rule();
    }

    /// One line of cells, beside one another, none longer than its width.
    pub(super) fn row(&mut self, cells: &[Cell]) {
        let (mut line, mut gap, mut room) = (String::new(), 0, self.width);
        for cell in cells {
            let text = clip(&clean(&cell.text), cell.width.min(room));
            let used = text.width();
            let width = cell.width.min(room);
            room -= width;
            let (before, after) = if cell.right { (width - used, 0) } else { (0, width - used) };
            gap += before;
            if !text.is_empty() {
                line.extend(std::iter::repeat_n(' ', gap));
                gap = 0;
                self.dip(&mut line, &text, cell.ink);
            }
            gap += after;
        }
        self.out.push_str(&line);
        self.out.push('\n');
    }

    fn dip(&self, line: &mut String, text: &str, ink: Ink) {
        let code = if self.colour { ink.code() } else { "" };
        line.push_str(code);
        line.push_str(&text.replace(['\u{a0}', '\u{202f}'], " "));
        if !code.is_empty() {
            line.push_str("\u{1b}[0m");
        }
    }

    /// A paragraph; what does not fit goes to the next line, `hang` further in.
    pub(super) fn wrapped(&mut self, indent: usize, hang: usize, ink: Ink, text: &str) {
        let text = clean(text);
        let (mut line, mut start) = (String::new(), indent);
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            let gap = usize::from(!line.is_empty());
            if !line.is_empty() && start + line.width() + gap + word.width() > self.width {
                self.row(&[left("", start), left(std::mem::take(&mut line), self.width).ink(ink)]);
                start = indent + hang;
            } else if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.row(&[left("", start), left(line, self.width).ink(ink)]);
    }
}

/// What would move the cursor, or reorder the line, stands as a mark: data must not be able to write on the terminal.
fn clean(text: &str) -> String {
    let harmful = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if harmful(c) { '\u{fffd}' } else { c }).collect()
}

/// As much as fits, with a sign that there was more.
pub(super) fn clip(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used < width
    };
    let kept: String = text.chars().take_while(fits).collect();
    if width == 0 { String::new() } else { kept + "…" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_to_their_width() {
        let mut canvas = Canvas::new(20, false);
        canvas.row(&[left("a name too long", 8), right("12", 6), left(" ok", 3)]);
        canvas.row(&[left("幅の広い字", 8), right("12", 6)]);
        assert_eq!(canvas.finish(), "a name …    12 ok\n幅の広…     12\n");
    }

    #[test]
    fn sentences_break_between_words_and_never_before_a_percent_sign() {
        let mut canvas = Canvas::new(16, false);
        canvas.wrapped(2, 2, Ink::Plain, "it is now 73.4\u{a0}% of all");
        assert_eq!(canvas.finish(), "  it is now\n    73.4 % of\n    all\n");
    }

    #[test]
    fn data_cannot_write_on_the_terminal() {
        let mut canvas = Canvas::new(20, true);
        canvas.row(&[left("a\u{1b}[2Jb\nc", 20)]);
        assert_eq!(canvas.finish(), "a\u{fffd}[2Jb\u{fffd}c\n");
    }
}
