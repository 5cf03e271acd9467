//! What an entry led to: lines of ledgers, which are kept, and webhook events, which are kept until
//! they are delivered.

use duelcast_protocol::{
    Timestamp,
    rest::{LedgerEntry, WebhookEvent},
};
use duelcast_realm::Effect;

use crate::Index;

/// Rows that come from one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    pub index: Index,
    pub at: Timestamp,
    pub ledger: Vec<LedgerEntry>,
    pub events: Vec<WebhookEvent>,
}

impl Projection {
    /// What of these effects is to be kept; `None` if nothing is.
    #[must_use]
    pub fn of(index: Index, at: Timestamp, effects: &[Effect]) -> Option<Self> {
        let mut projection = Self { index, at, ledger: Vec::new(), events: Vec::new() };
        for effect in effects {
            match effect {
                Effect::Ledger(line) => projection.ledger.push(line.clone()),
                Effect::WebhookEvent(event) => projection.events.push(event.clone()),
                Effect::Public(_)
                | Effect::Private { .. }
                | Effect::BannedFromServer { .. }
                | Effect::ScoreChanged { .. } => {}
            }
        }
        (!projection.ledger.is_empty() || !projection.events.is_empty()).then_some(projection)
    }
}
