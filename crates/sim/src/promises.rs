//! Invariants that hold after each entry.

use std::collections::BTreeSet;

use duelcast_protocol::{BattleId, LiveId, UserId, limits};
use duelcast_realm::{Entry, Outcome, Realm};

/// Entries between two restorations of the second realm.
const RESTORE_EVERY: u64 = 8;

/// Two realms with the same entries. One of them is stored and restored at intervals.
pub(crate) struct Twins {
    pub realm: Realm,
    twin: Realm,
    entry_count: u64,
}

impl Twins {
    pub fn new(realm: Realm) -> Self {
        Self { twin: realm.clone(), realm, entry_count: 0 }
    }

    /// Applies an entry to both realms and compares outcomes and states, byte for byte.
    pub fn apply(&mut self, entry: &Entry) -> Outcome {
        self.entry_count += 1;
        if self.entry_count.is_multiple_of(RESTORE_EVERY) {
            self.restore_twin();
        }
        let outcome = self.realm.apply(entry.clone());
        assert_eq!(outcome, self.twin.apply(entry.clone()), "the same entries give the same outcomes");
        assert_eq!(written(&self.realm), written(&self.twin), "the same entries give the same state");
        outcome
    }

    fn restore_twin(&mut self) {
        self.twin = serde_json::from_slice(&written(&self.twin)).expect("what was stored can be read");
        assert_eq!(self.realm, self.twin, "a stored realm is the same realm");
        only_those_with_a_stake_are_remembered(&self.twin);
    }
}

fn written(realm: &Realm) -> Vec<u8> {
    serde_json::to_vec(realm).expect("a realm can be stored")
}

pub(crate) fn check(realm: &Realm, lives: &[LiveId], battles: &[BattleId]) {
    assert_one_seat_per_user(realm, lives);
    the_banned_have_no_place(realm, lives);
    connections_are_agreed_on(realm, lives);
    totals_are_within_bounds(realm, battles);
    let is_later = realm.next_deadline().is_none_or(|deadline| deadline.at > realm.now());
    assert!(is_later, "what was due has happened: {:?} at {}", realm.next_deadline(), realm.now());
}

fn assert_one_seat_per_user(realm: &Realm, lives: &[LiveId]) {
    let mut seated = BTreeSet::new();
    for snapshot in lives.iter().filter_map(|live_id| realm.live_snapshot(live_id, None)) {
        let own_seats = snapshot.seats.iter().filter(|seat| seat.live_id == snapshot.live.live_id);
        for (seat, user) in own_seats.filter_map(|seat| seat.user.as_ref().map(|user| (seat, user))) {
            let user_id = &user.user.user_id;
            assert!(seated.insert(user_id.clone()), "{user_id} sits twice");
            assert_eq!(realm.seat_of(user_id), Some(seat));
        }
    }
}

fn the_banned_have_no_place(realm: &Realm, lives: &[LiveId]) {
    for snapshot in lives.iter().filter_map(|live_id| realm.live_snapshot(live_id, None)) {
        let (live_id, owner) = (&snapshot.live.live_id, &snapshot.live.owner.user_id);
        let is_banned = |user: &UserId| {
            realm.is_banned_from(live_id, user, realm.now()) || realm.is_banned(user, realm.now())
        };
        assert!(!is_banned(owner), "{owner} is banned and has a live");
        let own_seats = snapshot.seats.iter().filter(|seat| seat.live_id == *live_id);
        let seated = own_seats.filter_map(|seat| seat.user.as_ref().map(|user| &user.user.user_id));
        let private = realm.private_state(live_id, owner);
        let waiting = private.seat_applications.iter().map(|application| &application.user.user_id);
        let invited = private.seat_invitations.iter().map(|invitation| &invitation.user.user_id);
        for user_id in seated.chain(waiting).chain(invited) {
            assert!(!is_banned(user_id), "{user_id} is banned and has a place in {live_id}");
        }
        for admin in &snapshot.live.admin_user_ids {
            assert!(!realm.is_banned_from(live_id, admin, realm.now()), "{admin} is banned and an admin");
        }
    }
}

fn connections_are_agreed_on(realm: &Realm, lives: &[LiveId]) {
    for snapshot in lives.iter().filter_map(|live_id| realm.live_snapshot(live_id, None)) {
        let connected = &snapshot.co_host.connected;
        let Some(connection_id) = &snapshot.co_host.connection_id else {
            assert!(connected.is_empty());
            continue;
        };
        assert!((2..=limits::MAX_LIVES_PER_CONNECTION).contains(&connected.len()));
        assert!(connected.iter().any(|live| live.live_id == snapshot.live.live_id));
        for other in connected {
            let other = realm.live_snapshot(&other.live_id, None).expect("a connected live is on");
            assert_eq!(other.co_host.connection_id.as_ref(), Some(connection_id), "in one connection only");
            assert_eq!(other.co_host.connected, *connected);
        }
    }
}

fn totals_are_within_bounds(realm: &Realm, battles: &[BattleId]) {
    for battle in battles.iter().filter_map(|id| realm.battle(id)) {
        assert!(battle.sides.iter().all(|side| side.score <= limits::MAX_SCORE));
        assert!((2..=limits::MAX_LIVES_PER_CONNECTION).contains(&battle.sides.len()));
    }
}

fn only_those_with_a_stake_are_remembered(realm: &Realm) {
    let stored = serde_json::to_value(realm).expect("a realm can be stored");
    let remembered = stored["presence"].as_object().expect("presence is a map by user");
    for user_id in remembered.keys() {
        let user_id = UserId::new(user_id).expect("it is a user's id");
        assert!(realm.has_stake(&user_id), "{user_id} has no stake");
    }
}
