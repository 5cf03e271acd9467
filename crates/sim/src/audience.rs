//! The audience: each viewer keeps a snapshot and folds the received events into it, as a client
//! does.

use std::collections::BTreeMap;

use duelcast_protocol::{Event, EventFrame, LiveId, LiveSnapshot, UserId, Volatile};
use duelcast_realm::{Effect, Outcome, Realm};

type Viewer = Option<UserId>;

/// The snapshots of all viewers of all lives.
#[derive(Default)]
pub(crate) struct Audience {
    screens: BTreeMap<LiveId, BTreeMap<Viewer, LiveSnapshot>>,
}

impl Audience {
    /// Delivers the effects to all viewers, then compares each viewer's snapshot with the realm's.
    pub fn watch(&mut self, realm: &Realm, outcome: &Outcome, lives: &[LiveId], viewers: &[UserId]) {
        for effect in &outcome.effects {
            match effect {
                Effect::Public(frame) => self.send_public(frame),
                Effect::Private { to, frame } => self.send_private(to, frame),
                Effect::ScoreChanged { battle_id, live_ids } => {
                    let battle_score = realm.battle_score(battle_id);
                    for live_id in live_ids {
                        let volatile = Volatile {
                            live_id: live_id.clone(),
                            rev: 0,
                            battle_score: battle_score.clone(),
                            battle_contributors: realm.battle_contributors(battle_id),
                            likes: None,
                            viewer_count: None,
                            volumes: None,
                            newcomers: None,
                        };
                        self.of(live_id).for_each(|screen| screen.fold_volatile(&volatile));
                    }
                }
                Effect::BannedFromServer { .. } | Effect::Ledger(_) | Effect::WebhookEvent(_) => {}
            }
        }
        for live_id in lives {
            self.compare(realm, live_id, viewers);
        }
    }

    fn of(&mut self, live_id: &LiveId) -> impl Iterator<Item = &mut LiveSnapshot> {
        self.screens.get_mut(live_id).into_iter().flat_map(BTreeMap::values_mut)
    }

    fn send_public(&mut self, frame: &EventFrame) {
        for screen in self.of(&frame.live_id) {
            assert_eq!(frame.seq, Some(screen.seq + 1), "the events of a live have a contiguous seq");
            screen.fold(frame);
        }
        if matches!(frame.event, Event::OnLiveEnded { .. }) {
            self.screens.remove(&frame.live_id);
        }
    }

    fn send_private(&mut self, to: &[UserId], frame: &EventFrame) {
        assert_eq!(frame.seq, None, "a private event has no seq");
        for viewer in to {
            let screens = self.screens.get_mut(&frame.live_id);
            if let Some(screen) = screens.and_then(|screens| screens.get_mut(&Some(viewer.clone()))) {
                screen.fold(frame);
            }
        }
    }

    fn compare(&mut self, realm: &Realm, live_id: &LiveId, viewers: &[UserId]) {
        for viewer in viewers.iter().cloned().map(Some).chain([None]) {
            let Some(truth) = realm.live_snapshot(live_id, viewer.as_ref()) else {
                assert!(!self.screens.contains_key(live_id), "a live that is over says so");
                return;
            };
            let screens = self.screens.entry(live_id.clone()).or_default();
            let screen = screens.entry(viewer.clone()).or_insert_with(|| truth.clone());
            screen.server_time = truth.server_time;
            assert_eq!(*screen, truth, "events folded by {viewer:?} in {live_id} give the realm's snapshot");
        }
    }
}
