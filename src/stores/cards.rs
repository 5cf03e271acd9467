//! Lists of live cards, fetched page by page.

use duelcast_protocol::LiveCard;

/// Cards that the page keeps.
pub const MAX_CARDS: usize = 500;

/// Adds a page. A live that is there already is updated in its place: nothing appears twice.
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
