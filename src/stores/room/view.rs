//! Writes the changes of a live: to the signals first, then to the event streams.

use duelcast_protocol::{LiveSnapshot, Volatile};
use leptos::prelude::*;

use super::RoomInner;
use crate::lives::{LivePhase, News, View};
use crate::stores::signal::SetIfChanged;

impl View for RoomInner {
    fn set_phase(&self, phase: &LivePhase) {
        self.state.live.phase.clone_if_changed(phase);
    }

    fn take_volatile(&self, volatile: &Volatile) {
        let me = self.me.get_untracked().map(|me| me.user_id);
        let newest = volatile.newcomers.iter().flatten().rfind(|user| me.as_ref() != Some(&user.user_id));
        if let Some(user) = newest {
            self.state.audience.welcome(user);
        }
        self.state.seats.set_volumes(volatile.volumes.as_deref().unwrap_or_default());
    }

    fn write(&self, snapshot: Option<&LiveSnapshot>, news: &News) {
        if let Some(snapshot) = snapshot {
            self.write_snapshot(snapshot, news);
        }
        self.write_likes();
        for frame in &news.events {
            self.events.send(frame);
        }
    }
}

impl RoomInner {
    fn write_snapshot(&self, snapshot: &LiveSnapshot, news: &News) {
        let me = self.me.get_untracked().map(|me| me.user_id);
        if news.has_snapshot || news.has_private || !news.events.is_empty() {
            self.state.sync(snapshot, me.as_ref());
        } else if news.has_volatile {
            self.state.sync_volatile(snapshot);
        }
        if news.has_snapshot {
            self.state.reset_chat(&snapshot.recent_messages);
        } else {
            self.state.add_chat(&news.events);
        }
        if news.has_snapshot || news.has_private {
            self.likes.borrow_mut().reset(snapshot.likes);
        } else {
            self.likes.borrow_mut().take_server_total(snapshot.likes);
        }
    }
}
