//! Scores against a plain model: totals, ledger entries, replies and contributors, for random adds,
//! sets, reversals, repetitions, and late or excessive updates.

use std::collections::{BTreeMap, BTreeSet};

use duelcast_protocol::{
    BattleConfig, BattleId, CreateLive, EntryId, ErrorCode, KeyId, LiveId, NodeId, RequestHostConnection,
    SeatMode, SessionId, Timestamp, UserInfo,
    limits::{MAX_SCORE, MIN_BATTLE_DURATION_MS},
    rest::{LedgerEntry, ScoreChange, ScoreOp, ScoreReply, ScoreSource, ScoreUpdate, StartBattle},
};
use duelcast_realm::{Actor, Command, Effect, Entry, Realm, RealmConfig, Reply, ServiceAction};
use proptest::prelude::*;

const SIDES: [&str; 2] = ["ann", "bob"];
const GIVERS: [&str; 4] = ["", "eve", "dan", "gus"];
const SETTLE_MS: u64 = 2_000;
const START: Timestamp = 1_000_000;

/// The next request of a back end.
#[derive(Debug, Clone)]
enum Sent {
    Fresh {
        op: ScoreOp,
        lines: Vec<(usize, i64)>,
        giver: usize,
        occurred_before_ms: Option<u64>,
    },
    /// Reverses an entry, with a value that is off by this amount.
    Reversal {
        entry: u64,
        off_by: i64,
    },
    /// Repeats an earlier update, with the same body or another one.
    Again {
        update: usize,
        is_changed: bool,
    },
}

fn value() -> impl Strategy<Value = i64> {
    let max = MAX_SCORE.cast_signed();
    prop_oneof![6 => -60..200_i64, 1 => Just(max), 1 => Just(-max), 1 => Just(max - 50)]
}

fn sent() -> impl Strategy<Value = (u64, Sent)> {
    let op = prop_oneof![4 => Just(ScoreOp::Add), 1 => Just(ScoreOp::Set)];
    let lines = prop::collection::vec((0..SIDES.len(), value()), 1..3);
    let fresh = (op, lines, 0..GIVERS.len(), prop::option::of(0..4_000_u64)).prop_map(
        |(op, lines, giver, occurred_before_ms)| Sent::Fresh { op, lines, giver, occurred_before_ms },
    );
    let reversal = (0..12_u64, prop_oneof![5 => Just(0), 1 => Just(1_i64)])
        .prop_map(|(entry, off_by)| Sent::Reversal { entry, off_by });
    let again =
        (0..20_usize, any::<bool>()).prop_map(|(update, is_changed)| Sent::Again { update, is_changed });
    let what = prop_oneof![6 => fresh, 3 => reversal, 2 => again];
    (prop_oneof![6 => 0..300_u64, 1 => 3_000..6_000_u64], what)
}

/// The model of a ledger entry.
struct Line {
    side: usize,
    op: ScoreOp,
    value: i64,
    giver: String,
    reverses: Option<u64>,
}

/// The model: a second, plain implementation of the score rules.
#[derive(Default)]
struct Model {
    totals: [i64; 2],
    book: Vec<Line>,
    taken_back: BTreeSet<u64>,
    answers: BTreeMap<String, (ScoreUpdate, [i64; 2], Vec<u64>)>,
}

type Told = Result<([i64; 2], Vec<u64>), ErrorCode>;

impl Model {
    /// Totals after the update, numbers of its entries, and (before, after) of each new one.
    fn update(
        &mut self,
        key: &str,
        update: &ScoreUpdate,
        ms_since_start: u64,
        occurred_ms: u64,
    ) -> (Told, Vec<(i64, i64)>) {
        let is_impossible = |change: &ScoreChange| {
            change.value.unsigned_abs() > MAX_SCORE || (update.op == ScoreOp::Set && change.value < 0)
        };
        if update.scores.iter().any(is_impossible) {
            return (Err(ErrorCode::ScoreOutOfRange), vec![]);
        }
        if let Some((first, totals, numbers)) = self.answers.get(key) {
            let is_same = first == update;
            let told =
                if is_same { Ok((*totals, numbers.clone())) } else { Err(ErrorCode::IdempotencyConflict) };
            return (told, vec![]);
        }
        let is_running = ms_since_start < MIN_BATTLE_DURATION_MS;
        let is_settling = ms_since_start < MIN_BATTLE_DURATION_MS + SETTLE_MS;
        if !(is_running || is_settling && occurred_ms < MIN_BATTLE_DURATION_MS) {
            return (Err(ErrorCode::BattleHasEnded), vec![]);
        }
        let mut totals = self.totals;
        let mut steps = vec![];
        for change in &update.scores {
            let side = side_of(change);
            let before = totals[side];
            let after = if update.op == ScoreOp::Set { change.value } else { (before + change.value).max(0) };
            if after > MAX_SCORE.cast_signed() {
                return (Err(ErrorCode::ScoreOutOfRange), vec![]);
            }
            totals[side] = after;
            steps.push((before, after));
        }
        if let Some(number) = update.reverses
            && let Err(code) = self.check_reversal(update, number)
        {
            return (Err(code), vec![]);
        }
        self.totals = totals;
        self.taken_back.extend(update.reverses);
        let mut numbers = vec![];
        for change in &update.scores {
            self.book.push(Line {
                side: side_of(change),
                op: update.op,
                value: change.value,
                giver: update.source.as_ref().map(|it| it.giver_user_id.clone()).unwrap_or_default(),
                reverses: update.reverses,
            });
            numbers.push(self.book.len() as u64);
        }
        self.answers.insert(key.to_owned(), (update.clone(), totals, numbers.clone()));
        (Ok((totals, numbers)), steps)
    }

    fn check_reversal(&self, update: &ScoreUpdate, number: u64) -> Result<(), ErrorCode> {
        let place = (number as usize).checked_sub(1);
        let line = place.and_then(|place| self.book.get(place)).ok_or(ErrorCode::LedgerEntryNotExist)?;
        if self.taken_back.contains(&number) {
            return Err(ErrorCode::AlreadyReversed);
        }
        let fits = line.reverses.is_none()
            && line.op == ScoreOp::Add
            && update.scores.len() == 1
            && side_of(&update.scores[0]) == line.side
            && update.scores[0].value == -line.value;
        if fits { Ok(()) } else { Err(ErrorCode::InvalidParams) }
    }

    /// The top three contributors of a side.
    fn contributors(&self, side: usize) -> Vec<(String, i64)> {
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for (line, number) in self.book.iter().zip(1..) {
            let is_counted = line.op == ScoreOp::Add
                && line.reverses.is_none()
                && !self.taken_back.contains(&number)
                && line.side == side
                && !line.giver.is_empty();
            if is_counted {
                *sums.entry(&line.giver).or_default() += line.value;
            }
        }
        let most = MAX_SCORE.cast_signed();
        let mut sums: Vec<(String, i64)> = sums
            .into_iter()
            .filter(|(_, sum)| *sum > 0)
            .map(|(who, sum)| (who.to_owned(), sum.min(most)))
            .collect();
        sums.sort_by_key(|(who, sum)| (-sum, who.clone()));
        sums.truncate(3);
        sums
    }
}

fn side_of(change: &ScoreChange) -> usize {
    let named = change.live_id.as_ref().expect("the updates of this test name lives");
    SIDES.iter().position(|side| *side == named.as_str()).expect("they name those of the battle")
}

/// A realm with a battle in it.
struct Fight {
    realm: Realm,
    entry_count: u64,
    now: Timestamp,
    battle: BattleId,
    book: Vec<LedgerEntry>,
}

impl Fight {
    fn start() -> Self {
        let battle = BattleId::new("battle_e5").expect("short ascii");
        let mut fight = Self {
            realm: Realm::new(RealmConfig::default()),
            entry_count: 0,
            now: START,
            battle,
            book: vec![],
        };
        for name in SIDES {
            fight.by(
                name,
                CreateLive {
                    live_id: Some(live(name)),
                    live_name: name.to_owned(),
                    cover_url: String::new(),
                    notice: String::new(),
                    is_public_visible: true,
                    max_seat_count: 2,
                    seat_mode: SeatMode::Free,
                },
            );
        }
        for (own, other) in [("ann", "bob"), ("bob", "ann")] {
            fight.by(
                own,
                RequestHostConnection {
                    live_id: live(own),
                    target_hosts: vec![live(other)],
                    layout_template: 1,
                    timeout_ms: 5_000,
                    extra_info: String::new(),
                    battle: None,
                },
            );
        }
        let config = BattleConfig {
            duration_ms: MIN_BATTLE_DURATION_MS,
            settle_ms: SETTLE_MS,
            ..BattleConfig::default()
        };
        let request = StartBattle { live_ids: SIDES.map(live).into(), config };
        fight.service(ServiceAction::StartBattle { request }).expect("the lives are connected");
        fight
    }

    fn by(&mut self, name: &str, action: impl Into<duelcast_protocol::Action>) {
        let by = Actor {
            user: UserInfo::sample(name),
            session: SessionId::new(name).expect("short ascii"),
            node: NodeId::new("node").expect("short ascii"),
            can_create_live: true,
        };
        self.apply(Command::User { by, action: action.into() }).expect("the stage is set");
    }

    fn service(&mut self, action: ServiceAction) -> Result<Reply, ErrorCode> {
        self.apply(Command::Service { key_id: KeyId::new("key").expect("short ascii"), action })
    }

    fn apply(&mut self, command: Command) -> Result<Reply, ErrorCode> {
        self.entry_count += 1;
        let id = EntryId::new(format!("e{}", self.entry_count)).expect("short ascii");
        let outcome = self.realm.apply(Entry { id, at: self.now, command });
        for effect in outcome.effects {
            if let Effect::Ledger(entry) = effect {
                self.book.push(entry);
            }
        }
        outcome.reply.map_err(|refusal| refusal.code)
    }
}

fn live(name: &str) -> LiveId {
    LiveId::new(name).expect("short ascii")
}

fn changes(lines: &[(usize, i64)]) -> Vec<ScoreChange> {
    let change = |(side, value): &(usize, i64)| ScoreChange {
        live_id: Some(live(SIDES[*side])),
        user_id: None,
        value: *value,
    };
    lines.iter().map(change).collect()
}

/// The update, and the key that it is sent with.
fn written(
    sent: &Sent,
    number: usize,
    now: Timestamp,
    model: &Model,
    past: &[(String, ScoreUpdate)],
) -> (String, ScoreUpdate) {
    let plain = |op, lines: &[(usize, i64)]| ScoreUpdate {
        op,
        occurred_at: None,
        source: None,
        reverses: None,
        scores: changes(lines),
    };
    let key = format!("key{number}");
    match sent {
        Sent::Fresh { op, lines, giver, occurred_before_ms } => {
            let giver_user_id = GIVERS[*giver].to_owned();
            let source = Some(ScoreSource { giver_user_id, ..ScoreSource::default() });
            let occurred_at = occurred_before_ms.map(|ms| now - ms);
            (key, ScoreUpdate { source, occurred_at, ..plain(*op, lines) })
        }
        Sent::Reversal { entry, off_by } => {
            let place = (*entry as usize).checked_sub(1);
            let (side, value) =
                place.and_then(|place| model.book.get(place)).map_or((0, 1), |line| (line.side, line.value));
            (key, ScoreUpdate { reverses: Some(*entry), ..plain(ScoreOp::Add, &[(side, -value + off_by)]) })
        }
        Sent::Again { update, is_changed } => match past.get(*update) {
            Some((key, first)) if *is_changed => {
                let mut other = first.clone();
                other.scores[0].value += 1;
                (key.clone(), other)
            }
            Some(same) => same.clone(),
            None => (key, plain(ScoreOp::Add, &[(0, 1)])),
        },
    }
}

fn told(reply: Result<Reply, ErrorCode>) -> Told {
    let Reply::Score(ScoreReply { score, entries }) = reply? else {
        panic!("an update is answered by scores")
    };
    let total = |side: usize| score.scores[side].score.cast_signed();
    Ok(([total(0), total(1)], entries))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_ledger_is_what_a_plain_model_says(stream in prop::collection::vec(sent(), 1..60)) {
        let (mut fight, mut model, mut past) = (Fight::start(), Model::default(), vec![]);
        for (number, (after_ms, sent)) in stream.iter().enumerate() {
            fight.now += after_ms;
            let (key, update) = written(sent, number, fight.now, &model, &past);
            past.push((key.clone(), update.clone()));
            let first_new = fight.book.len();
            let action = ServiceAction::UpdateScores {
                battle_id: fight.battle.clone(),
                idempotency_key: key.clone(),
                update: update.clone(),
            };
            let reply = told(fight.service(action));
            let occurred_at = update.occurred_at.unwrap_or(fight.now).min(fight.now);
            let (expected, steps) =
                model.update(&key, &update, fight.now - START, occurred_at.saturating_sub(START));
            prop_assert_eq!(&reply, &expected, "{:?} {:?}", &key, &update);
            let new = &fight.book[first_new..];
            let said: Vec<_> =
                new.iter().map(|entry| (entry.before.cast_signed(), entry.after.cast_signed())).collect();
            prop_assert_eq!(said, steps);
            for (entry, number) in new.iter().zip(first_new as u64 + 1..) {
                let about = (entry.number, entry.op, &entry.idempotency_key, entry.occurred_at, entry.applied_at);
                prop_assert_eq!(about, (number, update.op, &key, occurred_at, fight.now));
                prop_assert_eq!((&entry.source, entry.reverses), (&update.source, update.reverses));
            }
        }
        fight.now += START + MIN_BATTLE_DURATION_MS + SETTLE_MS;
        fight.apply(Command::Tick).expect("time passes");
        let info = fight.realm.battle(&fight.battle).expect("it is kept for a day");
        let result = info.result.as_ref().expect("it is over");
        for (side, name) in SIDES.iter().enumerate() {
            prop_assert_eq!(info.sides[side].score.cast_signed(), model.totals[side]);
            let of_side = result.contributors.iter().find(|it| it.live_id == live(name));
            let top: Vec<_> = of_side
                .into_iter()
                .flat_map(|it| &it.contributors)
                .map(|it| (it.user_id.clone(), it.score.cast_signed()))
                .collect();
            prop_assert_eq!(top, model.contributors(side));
        }
    }
}
