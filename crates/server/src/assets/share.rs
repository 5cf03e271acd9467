//! What a link to a page looks like where it is shared: title, sentence and picture (Open Graph),
//! written into the page.

use duelcast_protocol::{LiveActivity, LiveCard};

/// What the page says without it; it is replaced.
const TITLE: &str = "<title>Duelcast</title>";
const SITE: &str = "Duelcast";
const SENTENCE: &str = "Live voice rooms that link up and fight timed, gift-scored battles.";
/// The picture of whatever has none of its own.
const PICTURE: &str = "/share.jpg";

/// A page as a link shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Share {
    title: String,
    sentence: String,
    picture: Option<String>,
    /// With the first slash. Empty for pages that reveal nothing, their address included.
    path: String,
}

impl Share {
    /// Of any page but that of a public live.
    pub(super) fn site() -> Self {
        Self { title: SITE.to_owned(), sentence: SENTENCE.to_owned(), picture: None, path: String::new() }
    }

    /// Of a live; one that is not public looks as if it were not there.
    pub(super) fn live(card: LiveCard) -> Self {
        let LiveCard { live, activity, .. } = card;
        if !live.is_public_visible {
            return Self::site();
        }
        let owner = Some(live.owner.user_name).filter(|name| !name.is_empty());
        let owner = owner.unwrap_or_else(|| live.owner.user_id.to_string());
        let doing = match activity {
            LiveActivity::Alone => "is live",
            LiveActivity::CoHosting => "is co-hosting",
            LiveActivity::InBattle => "is in a battle",
        };
        Self {
            title: if live.live_name.is_empty() { owner.clone() } else { live.live_name },
            sentence: format!("{owner} {doing} on {SITE}."),
            picture: Some(live.cover_url).filter(|url| !url.is_empty()),
            path: format!("/live/{}", live.live_id),
        }
    }

    /// The page with the tags. `origin` is where browsers reach the server, such as
    /// `https://live.example`.
    pub(super) fn fill(&self, page: &str, origin: &str) -> String {
        let picture = match self.picture.as_deref() {
            Some(path) if path.starts_with('/') => format!("{origin}{path}"),
            Some(address) => address.to_owned(),
            None => format!("{origin}{PICTURE}"),
        };
        let address = if self.path.is_empty() { String::new() } else { format!("{origin}{}", self.path) };
        let mut tags = format!("<title>{}</title>", escaped(&self.title));
        for (property, content) in [
            ("og:site_name", SITE),
            ("og:type", "website"),
            ("og:title", &self.title),
            ("og:description", &self.sentence),
            ("og:image", &picture),
            ("og:url", &address),
        ] {
            if !content.is_empty() {
                tags += &format!("\n    <meta property=\"{property}\" content=\"{}\" />", escaped(content));
            }
        }
        tags += "\n    <meta name=\"twitter:card\" content=\"summary_large_image\" />";
        page.replacen(TITLE, &tags, 1)
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{LiveInfo, UserInfo};

    use super::*;

    const PAGE: &str = "<head><title>Duelcast</title></head>";
    const ORIGIN: &str = "https://live.example";

    fn card(change: impl FnOnce(&mut LiveInfo)) -> LiveCard {
        let mut live = LiveInfo {
            live_name: "Night talk".to_owned(),
            cover_url: "https://img.example/a.jpg".to_owned(),
            owner: UserInfo { user_name: "Mira".to_owned(), ..UserInfo::sample("mira") },
            ..LiveInfo::sample("red", "mira")
        };
        change(&mut live);
        let activity = LiveActivity::InBattle;
        LiveCard { live, activity, connected_count: 2, taken_seat_count: 0, viewer_count: 0 }
    }

    fn filled(change: impl FnOnce(&mut LiveInfo)) -> String {
        Share::live(card(change)).fill(PAGE, ORIGIN)
    }

    #[test]
    fn a_public_live_shows_its_title_its_streamer_and_its_cover() {
        let page = filled(|_| ());
        for tag in [
            "<title>Night talk</title>",
            "property=\"og:title\" content=\"Night talk\"",
            "property=\"og:description\" content=\"Mira is in a battle on Duelcast.\"",
            "property=\"og:image\" content=\"https://img.example/a.jpg\"",
            "property=\"og:url\" content=\"https://live.example/live/red\"",
        ] {
            assert!(page.contains(tag), "{tag} in {page}");
        }
    }

    #[test]
    fn a_cover_of_this_server_gets_its_whole_address() {
        let page = filled(|live| live.cover_url = "/covers/1.jpg".to_owned());
        assert!(page.contains("content=\"https://live.example/covers/1.jpg\""), "{page}");
    }

    #[test]
    fn without_a_cover_there_is_the_picture_of_the_site() {
        let page = filled(|live| live.cover_url.clear());
        assert!(page.contains("content=\"https://live.example/share.jpg\""), "{page}");
    }

    #[test]
    fn texts_of_a_streamer_are_escaped() {
        let page = filled(|live| live.live_name = "\"><script>alert('1')</script>&".to_owned());
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.contains("&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;"), "{page}");
    }

    #[test]
    fn a_live_that_is_not_public_is_the_site_and_nothing_more() {
        assert_eq!(filled(|live| live.is_public_visible = false), Share::site().fill(PAGE, ORIGIN));
        assert!(!Share::site().fill(PAGE, ORIGIN).contains("og:url"));
    }
}
