//! Likes and gifts: many small ones, few large ones, more of both while a battle runs.

use duelcast_protocol::{Action, GiftId, Request, SendGift, SendLike, Unlogged};
use tokio::time::Instant;

use super::{pace::Alarm, room::Room};

/// Gifts with their weight (how often one is chosen) and the most that are sent at once.
const GIFTS: [(&str, u32, u32); 9] = [
    ("rose", 40, 10),
    ("heart", 24, 6),
    ("clap", 14, 5),
    ("spark", 10, 2),
    ("cake", 8, 3),
    ("crown", 5, 2),
    ("storm", 3, 1),
    ("rocket", 2, 1),
    ("galaxy", 1, 1),
];

#[derive(Debug)]
pub struct Generosity {
    likes: Alarm,
    gives: Alarm,
    gives_in_battle: Alarm,
}

impl Generosity {
    pub fn new(now: Instant) -> Self {
        Self {
            likes: Alarm::every(now, 2_000, 12_000),
            gives: Alarm::every(now, 20_000, 90_000),
            gives_in_battle: Alarm::every(now, 2_500, 9_000),
        }
    }

    pub fn deeds(&mut self, room: &Room, now: Instant) -> Vec<Request> {
        let is_battle_running = room.is_battle_running();
        let gift = if is_battle_running { self.gives_in_battle.rings(now) } else { self.gives.rings(now) };
        let like = self.likes.rings(now);
        gift.then(|| give(room)).into_iter().chain(like.then(|| applaud(room))).collect()
    }
}

fn applaud(room: &Room) -> Request {
    Request::Unlogged(Unlogged::SendLike(SendLike {
        live_id: room.live_id().clone(),
        count: fastrand::u32(1..=8),
    }))
}

fn give(room: &Room) -> Request {
    let total: u32 = GIFTS.iter().map(|(_, weight, _)| weight).sum();
    let (id, most) = choice(fastrand::u32(..total));
    Request::Action(Action::SendGift(SendGift {
        live_id: room.live_id().clone(),
        gift_id: GiftId::new(id).expect("the ids above are valid"),
        count: fastrand::u32(1..=most),
        to_user_id: None,
    }))
}

/// The gift at a place between 0 and the sum of the weights.
fn choice(mut place: u32) -> (&'static str, u32) {
    for (id, weight, most) in GIFTS {
        match place.checked_sub(weight) {
            Some(rest) => place = rest,
            None => return (id, most),
        }
    }
    let (id, _, most) = GIFTS[0];
    (id, most)
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::gift_catalogue;

    use super::*;

    #[test]
    fn every_gift_that_bots_send_is_in_the_catalogue() {
        let catalogue = gift_catalogue();
        for (id, _, _) in GIFTS {
            assert!(catalogue.iter().any(|gift| gift.gift_id.as_str() == id), "{id}");
        }
    }

    #[test]
    fn a_place_falls_on_the_gift_whose_weight_covers_it() {
        assert_eq!(choice(0).0, "rose");
        assert_eq!(choice(39).0, "rose");
        assert_eq!(choice(40).0, "heart");
        assert_eq!(choice(106).0, "galaxy");
    }
}
