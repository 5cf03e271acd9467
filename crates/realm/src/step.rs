//! The context of one `apply`.

use std::collections::BTreeSet;

use duelcast_protocol::{BattleId, ConnectionId, EntryId, LiveId, UserId, rest::WebhookEvent};

use crate::Effect;

/// Most bytes of an entry's id. Leaves room for the prefixes of derived ids.
pub(crate) const MAX_ENTRY_ID_BYTES: usize = 40;

const DERIVED: &str = "an entry id of at most 40 bytes leaves room for the prefix";

/// The entry that is being applied, and its effects so far.
pub(crate) struct Step {
    entry: EntryId,
    pub effects: Vec<Effect>,
    /// Users who may have lost their last stake. Checked at the end of the step.
    pub may_lack_stake: BTreeSet<UserId>,
}

impl Step {
    pub fn new(entry: EntryId) -> Self {
        Self { entry, effects: Vec::new(), may_lack_stake: BTreeSet::new() }
    }

    pub fn live_id(&self) -> LiveId {
        LiveId::new(format!("live_{}", self.entry)).expect(DERIVED)
    }

    pub fn connection_id(&self) -> ConnectionId {
        ConnectionId::new(format!("conn_{}", self.entry)).expect(DERIVED)
    }

    pub fn battle_id(&self) -> BattleId {
        BattleId::new(format!("battle_{}", self.entry)).expect(DERIVED)
    }

    pub fn webhook_event(&mut self, event: WebhookEvent) {
        self.effects.push(Effect::WebhookEvent(event));
    }
}
