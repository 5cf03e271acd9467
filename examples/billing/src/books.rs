//! What is known of each battle that is on: the rules that it started with, and what each giver has
//! had counted.
//!
//! Nothing here must survive a restart: what was counted is read from the server's ledger when a
//! battle is not known.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use duelcast_protocol::{
    BattleId, BattleInfo, GiftMessage, Timestamp, UserId,
    rest::{LedgerEntry, ScoreChange, ScoreOp, ScoreSource, ScoreUpdate},
};
use duelcast_rules::{Gave, GiverTally, RuleSet, Score};
use tokio::sync::Mutex;

use crate::{
    rule_book::RuleBook,
    scores::{Refusal, Scores},
};

/// Battles that are known at once; the oldest is looked up again when it is needed.
const MAX_BATTLES: usize = 1_000;

/// All battles. Gifts are scored one after another, because what counts depends on what counted
/// before.
pub struct Books {
    rules: RuleBook,
    scores: Scores,
    battles: Mutex<BTreeMap<BattleId, Book>>,
}

/// One battle.
struct Book {
    rules: Arc<RuleSet>,
    started_at: Timestamp,
    /// As agreed at the start, even if it ends earlier.
    ends_at: Timestamp,
    /// Absent until the ledger was read.
    counted: Option<Counted>,
}

#[derive(Default)]
struct Counted {
    webhook_ids: BTreeSet<String>,
    givers: BTreeMap<String, GiverTally>,
}

impl Books {
    pub fn new(rules: RuleBook, scores: Scores) -> Self {
        Self { rules, scores, battles: Mutex::new(BTreeMap::new()) }
    }

    /// A battle began: the rules are those of this moment, to its end.
    pub async fn start(&self, battle: &BattleInfo) {
        let mut battles = self.battles.lock().await;
        if !battles.contains_key(&battle.battle_id) {
            insert(&mut battles, battle, Book::new(battle, self.rules.newest()));
        }
    }

    pub async fn end(&self, battle: &BattleId) {
        self.battles.lock().await.remove(battle);
    }

    /// Scores a gift. The id of its webhook is the idempotency key.
    ///
    /// # Errors
    /// If the server does not take it.
    pub async fn score(&self, webhook_id: &str, gift: &GiftMessage) -> Result<(), Refusal> {
        let Some(battle_id) = &gift.battle_id else { return Ok(()) };
        let mut battles = self.battles.lock().await;
        if !battles.contains_key(battle_id) {
            let battle = self.scores.battle(battle_id).await?;
            insert(&mut battles, &battle, Book::new(&battle, self.rules.newest()));
        }
        let Some(book) = battles.get_mut(battle_id) else { return Ok(()) };
        if book.counted.is_none() {
            book.counted = Some(Counted::of(&self.scores.ledger(battle_id).await?, &book.rules));
        }
        let Some((score, update)) = book.update(webhook_id, gift) else { return Ok(()) };
        self.scores.update(battle_id, webhook_id, &update).await?;
        book.count(webhook_id, &gift.sender.user_id, score);
        Ok(())
    }
}

fn insert(battles: &mut BTreeMap<BattleId, Book>, battle: &BattleInfo, book: Book) {
    if battles.len() >= MAX_BATTLES {
        let oldest = battles.iter().min_by_key(|(_, book)| book.started_at);
        if let Some(oldest) = oldest.map(|(id, _)| id.clone()) {
            battles.remove(&oldest);
        }
    }
    battles.insert(battle.battle_id.clone(), book);
}

impl Book {
    fn new(battle: &BattleInfo, rules: Arc<RuleSet>) -> Self {
        let ends_at = battle.started_at.saturating_add(battle.config.duration_ms);
        Self { rules, started_at: battle.started_at, ends_at, counted: None }
    }

    /// What to send; `None` for what was counted before, and for what counts nothing.
    fn update(&self, webhook_id: &str, gift: &GiftMessage) -> Option<(Score, ScoreUpdate)> {
        let counted = self.counted.as_ref()?;
        if counted.webhook_ids.contains(webhook_id) {
            return None;
        }
        let gave = Gave {
            gift: &gift.gift,
            count: gift.count,
            sent_at: gift.sent_at,
            started_at: self.started_at,
            ends_at: self.ends_at,
        };
        let before = counted.givers.get(gift.sender.user_id.as_str()).copied().unwrap_or_default();
        let score = self.rules.score(gave, before);
        let value = i64::try_from(score.points).ok().filter(|value| *value > 0)?;
        let change = ScoreChange { live_id: Some(gift.to_live_id.clone()), user_id: None, value };
        let update = ScoreUpdate {
            op: ScoreOp::Add,
            occurred_at: Some(gift.sent_at),
            source: Some(self.source(gift)),
            reverses: None,
            scores: vec![change],
        };
        Some((score, update))
    }

    fn source(&self, gift: &GiftMessage) -> ScoreSource {
        ScoreSource {
            gift_id: gift.gift.gift_id.to_string(),
            giver_user_id: gift.sender.user_id.to_string(),
            giver_name: gift.sender.user_name.clone(),
            count: Some(gift.count),
            coins: Some(u64::from(gift.gift.coins) * u64::from(gift.count)),
            rule_version: self.rules.version.clone(),
            note: String::new(),
        }
    }

    fn count(&mut self, webhook_id: &str, giver: &UserId, score: Score) {
        let counted = self.counted.get_or_insert_default();
        counted.webhook_ids.insert(webhook_id.to_owned());
        let tally = counted.givers.entry(giver.to_string()).or_default();
        *tally = tally.with(score);
    }
}

impl Counted {
    /// As the ledger has it. Reversals give no room back.
    fn of(ledger: &[LedgerEntry], rules: &RuleSet) -> Self {
        let mut counted = Self::default();
        for entry in ledger {
            counted.webhook_ids.insert(entry.idempotency_key.clone());
            let (Some(source), Ok(points)) = (&entry.source, u64::try_from(entry.value)) else { continue };
            let vote = rules.free_votes.as_ref().filter(|vote| vote.gift_id.as_str() == source.gift_id);
            let votes = vote.and_then(|vote| points.checked_div(vote.points)).unwrap_or(0);
            let tally = counted.givers.entry(source.giver_user_id.clone()).or_default();
            *tally = tally.with(Score { points, votes, ..Score::default() });
        }
        counted
    }
}
