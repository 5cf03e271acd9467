//! Validation of texts that other users see.

/// Whether a text is safe to display: no control characters except line breaks and tabs, and no
/// characters that change the writing direction of the text around them.
#[must_use]
pub fn is_presentable(text: &str) -> bool {
    !text.chars().any(|char| (char.is_control() && !matches!(char, '\n' | '\t')) || turns_direction(char))
}

/// Whether a text is safe to display and has no line breaks or tabs, as a name must.
#[must_use]
pub fn is_presentable_line(text: &str) -> bool {
    is_presentable(text) && !text.chars().any(|char| matches!(char, '\n' | '\t' | '\u{2028}' | '\u{2029}'))
}

/// Whether a text has no visible character.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|char| char.is_whitespace() || is_invisible(char))
}

/// Embeddings, overrides and isolates. The direction marks of right-to-left scripts are allowed.
fn turns_direction(char: char) -> bool {
    matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters without a glyph, and joiners, which are visible only between other characters.
fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_and_emoji_is_presentable() {
        for text in
            ["Ann", "Müller", "שלום\u{200F}!", "می\u{200C}خواهم", "👨\u{200D}👩\u{200D}👧", "❤\u{FE0F}"]
        {
            assert!(is_presentable_line(text) && !is_blank(text), "{text:?}");
        }
        assert!(is_presentable("one\n\ttwo") && !is_presentable_line("one\ntwo"));
    }

    #[test]
    fn controls_and_what_turns_the_writing_around_are_not() {
        for text in ["a\0", "a\u{1b}[31m", "a\u{7f}", "a\u{85}", "evil\u{202e}txt.exe", "a\u{2066}b"] {
            assert!(!is_presentable(text), "{text:?}");
        }
    }

    #[test]
    fn invisible_characters_are_blank() {
        for text in ["", " \n", "\u{200b}", "\u{3164}\u{2800}", "\u{200d}\u{feff}"] {
            assert!(is_blank(text), "{text:?}");
        }
    }
}
