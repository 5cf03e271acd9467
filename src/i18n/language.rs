//! The supported languages.

/// A supported language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    English,
    Chinese,
    Korean,
    Japanese,
    Arabic,
    Spanish,
}

impl Language {
    pub const ALL: [Self; 6] =
        [Self::English, Self::Chinese, Self::Korean, Self::Japanese, Self::Arabic, Self::Spanish];

    /// The BCP 47 tag, which is also the file name.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
            Self::Korean => "ko",
            Self::Japanese => "ja",
            Self::Arabic => "ar",
            Self::Spanish => "es",
        }
    }

    /// The language's name in the language itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
            Self::Korean => "한국어",
            Self::Japanese => "日本語",
            Self::Arabic => "العربية",
            Self::Spanish => "Español",
        }
    }

    /// The writing direction, as HTML's `dir`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            Self::English | Self::Chinese | Self::Korean | Self::Japanese | Self::Spanish => "ltr",
        }
    }

    /// The language of a tag, ignoring region and script: `es-MX`, `zh-TW`.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let base = primary(tag);
        Self::ALL.into_iter().find(|language| primary(language.tag()).eq_ignore_ascii_case(base))
    }

    /// The first supported language of a list of tags, else English.
    #[must_use]
    pub fn pick<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Self {
        wanted.into_iter().find_map(Self::of_tag).unwrap_or_default()
    }

    /// The tag for number formats: the user's regional tag of this language, if `Intl` supports it
    /// and it has the script of the texts.
    #[must_use]
    pub fn region_tag(self, wanted: &[String]) -> String {
        let is_tag = |tag: &&String| tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let has_script = self.tag().contains('-');
        let region = wanted.iter().filter(is_tag).find(|tag| Self::of_tag(tag) == Some(self));
        region.filter(|_| !has_script).map_or_else(|| self.tag().to_owned(), Clone::clone)
    }
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_there_is_wins() {
        for (wanted, language) in [
            (&["de-DE", "es-419", "en"][..], Language::Spanish),
            (&["zh-TW"], Language::Chinese),
            (&["KO_kr"], Language::Korean),
            (&["ar-EG", "en"], Language::Arabic),
            (&["en-US@posix", "ja"], Language::English),
            (&["tlh"], Language::English),
            (&[], Language::English),
        ] {
            assert_eq!(Language::pick(wanted.iter().copied()), language, "{wanted:?}");
        }
    }

    #[test]
    fn numbers_are_written_as_in_the_readers_region_unless_its_script_is_another() {
        let tag = |language: Language, wanted: &[&str]| {
            language.region_tag(&wanted.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(tag(Language::Spanish, &["en", "es-MX"]), "es-MX");
        assert_eq!(tag(Language::Chinese, &["zh-TW"]), "zh-Hans");
        assert_eq!(tag(Language::English, &["en-US@posix"]), "en");
    }
}
