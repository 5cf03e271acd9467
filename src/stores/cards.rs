//! Paginated lists of live cards.

use std::mem;

use duelcast_protocol::LiveCard;

/// Maximum number of cards in memory.
pub const MAX_CARDS: usize = 500;

/// Appends a page. A live that is in the list already is updated in place: no duplicates.
pub(crate) fn append_cards(cards: &mut Vec<LiveCard>, page: Vec<LiveCard>) {
    for card in page {
        let place = cards.iter().position(|old| old.live.live_id == card.live.live_id);
        if let Some(place) = place {
            cards[place] = card;
        } else if cards.len() < MAX_CARDS {
            cards.push(card);
        }
    }
}

/// Replaces the range of the first page and keeps later pages, so that a visible list does not
/// jump. Returns whether the list ends with this page.
pub(crate) fn refresh_cards(cards: &mut Vec<LiveCard>, page: Vec<LiveCard>, is_whole: bool) -> bool {
    let page_len = page.len();
    let covered_from = page.last().map(|card| card.live.created_at);
    let is_beyond = |card: &LiveCard| {
        !is_whole && covered_from.is_some_and(|covered_from| card.live.created_at <= covered_from)
    };
    for card in mem::replace(cards, page) {
        let is_new = || cards.iter().all(|shown| shown.live.live_id != card.live.live_id);
        if is_beyond(&card) && cards.len() < MAX_CARDS && is_new() {
            cards.push(card);
        }
    }
    cards.len() == page_len
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::LiveActivity;

    use super::*;
    use crate::sample;

    fn card(id: &str, created_at: u64, viewer_count: u32) -> LiveCard {
        let mut live = sample::snapshot(id, 1).live;
        live.created_at = created_at;
        LiveCard {
            live,
            activity: LiveActivity::Alone,
            connected_count: 1,
            taken_seat_count: 1,
            viewer_count,
        }
    }

    fn shown(cards: &[LiveCard]) -> Vec<(String, u32)> {
        cards.iter().map(|card| (card.live.live_id.to_string(), card.viewer_count)).collect()
    }

    fn expect(cards: &[(&str, u32)]) -> Vec<(String, u32)> {
        cards.iter().map(|(id, viewers)| ((*id).to_owned(), *viewers)).collect()
    }

    #[test]
    fn a_refresh_drops_what_ended_and_keeps_later_pages() {
        let mut cards = vec![card("d", 4, 0), card("c", 3, 0), card("b", 2, 0), card("a", 1, 0)];
        assert!(!refresh_cards(&mut cards, vec![card("e", 5, 1), card("d", 4, 2), card("b", 2, 3)], false));
        assert_eq!(shown(&cards), expect(&[("e", 1), ("d", 2), ("b", 3), ("a", 0)]));
    }

    #[test]
    fn a_page_that_is_everything_replaces_everything() {
        let mut cards = vec![card("b", 2, 0), card("a", 1, 0)];
        assert!(refresh_cards(&mut cards, vec![card("b", 2, 7)], true));
        assert_eq!(shown(&cards), expect(&[("b", 7)]));
        assert!(refresh_cards(&mut cards, vec![], true));
        assert!(cards.is_empty());
    }
}
