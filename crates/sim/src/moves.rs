//! Random moves, drawn without knowledge of the realm.

use duelcast_protocol::DurationMs;
use proptest::prelude::*;

/// One move: a delay, users and an action. `town` translates it into a command.
#[derive(Debug, Clone)]
pub struct Move {
    pub after_ms: DurationMs,
    /// Index of the acting user, modulo the number of users.
    pub who: usize,
    pub whom: usize,
    /// A random number from which seat, battle, policy, score and so on are derived.
    pub detail: u16,
    pub deed: Deed,
}

macro_rules! deeds {
    ($($weight:literal $deed:ident),* $(,)?) => {
        /// The action of a move. The strategy draws actions by weight.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Deed { $($deed),* }

        fn deed() -> impl Strategy<Value = Deed> {
            prop::strategy::Union::new_weighted(vec![$(($weight, Just(Deed::$deed).boxed())),*])
        }
    };
}

deeds! {
    4 CreateLive, 2 UpdateLiveInfo, 1 EndLive,
    4 TakeSeat, 6 LeaveSeat, 1 LockSeat, 1 UnlockSeat, 4 Kick, 4 MoveToSeat,
    3 ApplyForSeat, 1 CancelApplication, 3 AcceptApplication, 1 RejectApplication,
    3 InviteToSeat, 1 CancelInvitation, 3 AcceptInvitation, 2 RejectInvitation,
    1 Mute, 1 Unmute, 1 OpenRemote, 1 CloseRemote,
    8 InviteHost, 1 CancelHost, 12 AcceptHost, 1 RejectHost, 2 ExitHost, 3 MuteHost,
    10 RequestBattle, 3 CancelBattle, 10 AcceptBattle, 1 RejectBattle, 2 ExitBattle, 3 EndPenalty,
    2 Gift, 2 Text,
    2 KickOut, 2 Ban, 2 Unban, 3 DisableText, 1 ServiceModerate, 1 ServiceBan, 1 ServiceUnban,
    12 Score, 1 ServiceEndBattle, 2 ServiceStartBattle, 1 ServiceEndLive,
    5 OpenSession, 2 CloseSession, 1 RestartNode, 3 Tick,
}

fn after_ms() -> impl Strategy<Value = DurationMs> {
    prop_oneof![60 => Just(0), 80 => 1..600u64, 20 => 1_000..5_000u64, 8 => 9_000..16_000u64, 1 => Just(61_000)]
}

/// A strategy for 1 to `max_count - 1` moves.
pub fn moves(max_count: usize) -> impl Strategy<Value = Vec<Move>> {
    let one = (after_ms(), any::<usize>(), any::<usize>(), any::<u16>(), deed());
    let one = one.prop_map(|(after_ms, who, whom, detail, deed)| Move { after_ms, who, whom, detail, deed });
    prop::collection::vec(one, 1..max_count)
}
