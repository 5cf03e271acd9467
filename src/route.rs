//! The routes of our own pages.

use duelcast_protocol::LiveId;

/// The page of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Lobby,
    Live(LiveId),
    Overlay(LiveId),
    /// No page has this path.
    Nowhere,
}

impl Route {
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let (page, id, rest) = (parts.next(), parts.next(), parts.next());
        let live_id = id.filter(|_| rest.is_none()).and_then(|id| LiveId::new(id).ok());
        match (page, live_id) {
            (None, _) => Self::Lobby,
            (Some("live"), Some(live_id)) => Self::Live(live_id),
            (Some("overlay"), Some(live_id)) => Self::Overlay(live_id),
            (Some(_), _) => Self::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_page() {
        let live_id = LiveId::new("r1").unwrap();
        assert_eq!(Route::parse("/"), Route::Lobby);
        assert_eq!(Route::parse("/live/r1"), Route::Live(live_id.clone()));
        assert_eq!(Route::parse("/live/r1/"), Route::Live(live_id.clone()));
        assert_eq!(Route::parse("/overlay/r1"), Route::Overlay(live_id));
    }

    #[test]
    fn any_other_path_leads_nowhere() {
        for path in ["/live", "/live/r1/more", "/lives/r1", "/live/no%20id", "/overlay"] {
            assert_eq!(Route::parse(path), Route::Nowhere, "{path}");
        }
    }
}
