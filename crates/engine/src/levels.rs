//! Speaking levels that the audience of a live hears, by seat: there are never more than seats of
//! the live and of those it is connected with. Knows no clock and no realm.

use std::collections::BTreeMap;

use duelcast_protocol::{DurationMs, Event, LiveId, SeatInfo, Timestamp, UserId, Volume};

/// How long a level counts after its last report, and how long a level of 0 is still sent, so that
/// a slow reader gets it.
pub(super) const KEEP_LEVEL_MS: DurationMs = 2_000;

/// A user's speaking level, and when it was reported.
#[derive(Debug, Clone)]
struct Level {
    user: UserId,
    level: u8,
    at: Timestamp,
}

/// The levels of all seats that a live hears.
#[derive(Debug, Default)]
pub(super) struct Levels(BTreeMap<(LiveId, u16), Level>);

impl Levels {
    /// Stores what the user of a seat reports.
    pub(super) fn report(&mut self, seat: &SeatInfo, user: &UserId, level: u8, at: Timestamp) {
        self.0.insert(place_of(seat), Level { user: user.clone(), level, at });
    }

    /// Forgets the levels of users whom the live does not hear after this event of it. A user who
    /// moved to another seat starts there with 0.
    pub(super) fn follow(&mut self, event: &Event, live: &LiveId, at: Timestamp) {
        if let Event::OnSeatListChanged { seats } = event {
            self.follow_seats(seats, at);
        } else if let Event::OnCoHostUserLeft { left_live_id, .. } = event {
            self.0.retain(|(place, _), _| (place == left_live_id) == (left_live_id == live));
        }
    }

    fn follow_seats(&mut self, seats: &[SeatInfo], at: Timestamp) {
        let mut gone: Vec<UserId> = Vec::new();
        for seat in seats {
            let place = place_of(seat);
            if self.0.get(&place).is_some_and(|level| open_user(seat) != Some(&level.user)) {
                gone.extend(self.0.remove(&place).map(|level| level.user));
            }
        }
        for seat in seats {
            if let Some(user) = open_user(seat).filter(|user| gone.contains(user)) {
                self.report(seat, user, 0, at);
            }
        }
    }

    /// Replaces levels whose last report is too old by 0, and forgets those that have been 0 for as
    /// long.
    pub(super) fn age(&mut self, now: Timestamp) {
        let is_old = |level: &Level| now.saturating_sub(level.at) >= KEEP_LEVEL_MS;
        for level in self.0.values_mut().filter(|level| level.level > 0 && is_old(level)) {
            level.level = 0;
            level.at = level.at.saturating_add(KEEP_LEVEL_MS);
        }
        self.0.retain(|_, level| level.level > 0 || !is_old(level));
    }

    /// When the next level becomes too old.
    pub(super) fn next_silence(&self) -> Option<Timestamp> {
        let speaking = self.0.values().filter(|level| level.level > 0);
        speaking.map(|level| level.at.saturating_add(KEEP_LEVEL_MS)).min()
    }

    /// What is told of them; `None` if there is nothing to tell.
    pub(super) fn volumes(&self) -> Option<Vec<Volume>> {
        let volumes =
            self.0.values().map(|Level { user, level, .. }| Volume { user_id: user.clone(), level: *level });
        (!self.0.is_empty()).then(|| volumes.collect())
    }
}

fn place_of(seat: &SeatInfo) -> (LiveId, u16) {
    (seat.live_id.clone(), seat.index)
}

/// The user who can be heard from this seat.
fn open_user(seat: &SeatInfo) -> Option<&UserId> {
    seat.user.as_ref().filter(|user| user.is_microphone_open).map(|user| &user.user.user_id)
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{CoHostLeaveReason, ConnectionId, SeatUser, UserInfo};

    use super::*;

    const START: Timestamp = 10_000;

    fn live(id: &str) -> LiveId {
        LiveId::new(id).unwrap()
    }

    fn user(id: &str) -> UserId {
        UserId::new(id).unwrap()
    }

    fn seat(place: &str, index: u16, user: Option<&str>) -> SeatInfo {
        let user = user.map(|id| SeatUser {
            user: UserInfo { user_id: self::user(id), user_name: id.to_owned(), avatar_url: String::new() },
            is_online: true,
            is_microphone_open: true,
            allow_open_microphone: true,
            taken_at: START,
        });
        SeatInfo { user, ..SeatInfo::vacant(live(place), index) }
    }

    /// Ann speaks on seat 0 of the live red, and Bob on seat 1 of the live blue.
    fn two_speak() -> Levels {
        let mut levels = Levels::default();
        levels.report(&seat("red", 0, Some("ann")), &user("ann"), 40, START);
        levels.report(&seat("blue", 1, Some("bob")), &user("bob"), 90, START);
        levels
    }

    fn told(levels: &Levels) -> Vec<(String, u8)> {
        let volumes = levels.volumes().unwrap_or_default();
        volumes.into_iter().map(|volume| (volume.user_id.to_string(), volume.level)).collect()
    }

    fn change(levels: &mut Levels, seats: Vec<SeatInfo>) {
        levels.follow(&Event::OnSeatListChanged { seats }, &live("red"), START);
    }

    fn left(left_live: &str) -> Event {
        Event::OnCoHostUserLeft {
            connection_id: ConnectionId::new("conn").unwrap(),
            left_live_id: live(left_live),
            reason: CoHostLeaveReason::Left,
        }
    }

    #[test]
    fn a_level_without_a_report_is_silence_that_is_told_for_a_while() {
        let mut levels = two_speak();
        levels.report(&seat("blue", 1, Some("bob")), &user("bob"), 80, START + 1_000);
        assert_eq!(levels.next_silence(), Some(START + KEEP_LEVEL_MS));
        levels.age(START + KEEP_LEVEL_MS - 1);
        assert_eq!(told(&levels), [("bob".to_owned(), 80), ("ann".to_owned(), 40)]);
        levels.age(START + KEEP_LEVEL_MS);
        assert_eq!(told(&levels), [("bob".to_owned(), 80), ("ann".to_owned(), 0)]);
        levels.age(START + 2 * KEEP_LEVEL_MS);
        assert_eq!(told(&levels), [("bob".to_owned(), 0)]);
        levels.age(START + 1_000 + 2 * KEEP_LEVEL_MS);
        assert_eq!((levels.volumes(), levels.next_silence()), (None, None));
    }

    #[test]
    fn who_leaves_the_seat_is_forgotten() {
        let mut levels = two_speak();
        change(&mut levels, vec![seat("red", 0, None)]);
        assert_eq!(told(&levels), [("bob".to_owned(), 90)]);
        change(&mut levels, vec![seat("blue", 1, Some("eve"))]);
        assert_eq!(told(&levels), []);
    }

    #[test]
    fn who_closes_the_microphone_is_forgotten() {
        let mut levels = two_speak();
        let mut closed = seat("blue", 1, Some("bob"));
        closed.user.as_mut().unwrap().is_microphone_open = false;
        change(&mut levels, vec![closed]);
        assert_eq!(told(&levels), [("ann".to_owned(), 40)]);
    }

    #[test]
    fn who_moves_starts_with_silence_on_the_other_seat() {
        let mut levels = two_speak();
        change(&mut levels, vec![seat("red", 0, None), seat("red", 2, Some("ann"))]);
        assert_eq!(told(&levels), [("bob".to_owned(), 90), ("ann".to_owned(), 0)]);
    }

    #[test]
    fn a_change_of_another_kind_keeps_the_level_of_a_seat() {
        let mut levels = two_speak();
        change(&mut levels, vec![seat("red", 0, Some("ann")), seat("red", 1, None)]);
        assert_eq!(told(&levels), [("bob".to_owned(), 90), ("ann".to_owned(), 40)]);
    }

    #[test]
    fn lives_that_part_do_not_hear_each_other() {
        let mut levels = two_speak();
        levels.follow(&left("blue"), &live("red"), START);
        assert_eq!(told(&levels), [("ann".to_owned(), 40)]);
        let mut levels = two_speak();
        levels.follow(&left("red"), &live("red"), START);
        assert_eq!(told(&levels), [("ann".to_owned(), 40)]);
    }
}
