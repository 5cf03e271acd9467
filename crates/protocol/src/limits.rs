//! All limits of the protocol. Lengths of text count Unicode scalar values unless a name says
//! bytes.

use crate::DurationMs;

/// Most lives in one co-host connection.
pub const MAX_LIVES_PER_CONNECTION: usize = 9;
/// Most seats of one live.
pub const MAX_SEATS_PER_LIVE: u16 = 50;
/// Seats of a live by default.
pub const DEFAULT_SEATS_PER_LIVE: u16 = 8;
/// Shortest lifetime of an invitation.
pub const MIN_INVITATION_TIMEOUT_MS: DurationMs = 1_000;
/// Longest lifetime of an invitation, and the default.
pub const MAX_INVITATION_TIMEOUT_MS: DurationMs = 30_000;
/// Lifetime of an invitation that the client sends.
pub const UI_INVITATION_TIMEOUT_MS: DurationMs = 10_000;
/// Shortest battle.
pub const MIN_BATTLE_DURATION_MS: DurationMs = 10_000;
/// Longest battle.
pub const MAX_BATTLE_DURATION_MS: DurationMs = 3_600_000;
/// Duration of a battle by default.
pub const DEFAULT_BATTLE_DURATION_MS: DurationMs = 300_000;
/// Longest settling phase, in which late scores count.
pub const MAX_SETTLE_MS: DurationMs = 60_000;
/// Longest penalty.
pub const MAX_PENALTY_MS: DurationMs = 600_000;
/// Lives on one page of the list by default.
pub const DEFAULT_LIST_COUNT: u32 = 20;
/// Most lives on one page of the list.
pub const MAX_LIST_COUNT: u32 = 50;
/// Bytes of `extraInfo` and `extensionInfo`.
pub const MAX_EXTRA_INFO_BYTES: usize = 2_048;
/// Characters of a chat message.
pub const MAX_TEXT_CHARS: usize = 500;
/// Characters of a live's name.
pub const MAX_LIVE_NAME_CHARS: usize = 100;
/// Characters of a live's notice.
pub const MAX_NOTICE_CHARS: usize = 500;
/// Characters of a user's name.
pub const MAX_USER_NAME_CHARS: usize = 64;
/// Bytes of a URL (cover, avatar).
pub const MAX_URL_BYTES: usize = 1_024;
/// Bytes of an id.
pub const MAX_ID_BYTES: usize = 64;
/// Bytes of a cursor.
pub const MAX_CURSOR_BYTES: usize = 256;
/// Bytes of a client's frame; a larger one closes the socket with code 1009.
pub const MAX_CLIENT_FRAME_BYTES: usize = 16 * 1_024;
/// Admins of one live.
pub const MAX_ADMINS_PER_LIVE: usize = 20;
/// Users banned from one live at once.
pub const MAX_BANS_PER_LIVE: usize = 1_000;
/// Users banned from the whole server at once.
pub const MAX_BANS_OF_SERVER: usize = 10_000;
/// Users of one live who may not send texts.
pub const MAX_MUTED_PER_LIVE: usize = 200;
/// Shortest ban.
pub const MIN_BAN_MS: DurationMs = 1_000;
/// Longest ban with an end: 365 days.
pub const MAX_BAN_MS: DurationMs = 365 * 24 * 3_600_000;
/// Lives one socket may have joined at once.
pub const MAX_JOINED_LIVES_PER_SESSION: usize = 16;
/// Lives one user may own at once.
pub const MAX_LIVES_PER_OWNER: usize = 1;
/// Open co-host invitations in the inbox of one live.
pub const MAX_APPLICANTS_PER_LIVE: usize = 32;
/// Open seat applications of one live.
pub const MAX_SEAT_APPLICATIONS_PER_LIVE: usize = 100;
/// Open seat invitations of one live.
pub const MAX_SEAT_INVITATIONS_PER_LIVE: usize = 50;
/// Chat messages and gifts per live and second. More are refused with `tooFrequent`.
pub const MAX_CHAT_PER_LIVE_PER_SECOND: u32 = 40;
/// Chat messages and gifts that a snapshot carries.
pub const MAX_RECENT_MESSAGES: usize = 30;
/// Gifts of one kind in one `sendGift`.
pub const MAX_GIFT_COUNT: u32 = 9_999;
/// Likes in one `sendLike`.
pub const MAX_LIKE_COUNT: u32 = 100;
/// Volatile messages (score, likes, viewers, volumes) per live and second.
pub const MAX_VOLATILE_PER_SECOND: u32 = 20;
/// Largest integer that every JSON reader keeps exact (JavaScript's `Number.MAX_SAFE_INTEGER`).
/// Bounds timestamps, request ids, sequence numbers and counters.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;
/// Largest total of a side and largest change of one, in points.
pub const MAX_SCORE: u64 = MAX_SAFE_INTEGER;
/// Scores in one update.
pub const MAX_SCORES_PER_UPDATE: usize = 9;
/// Newcomers in one volatile message.
pub const MAX_NEWCOMERS: usize = 3;
/// Contributors of each side in battle state and result.
pub const MAX_RESULT_CONTRIBUTORS: usize = 3;
/// Versions of gift rules in one result.
pub const MAX_RESULT_RULE_VERSIONS: usize = 4;
/// Ledger entries of one battle.
pub const MAX_LEDGER_ENTRIES_PER_BATTLE: usize = 200_000;
/// Bytes of an idempotency key.
pub const MAX_IDEMPOTENCY_KEY_BYTES: usize = 255;
/// Shortest lifetime of a token that the server mints.
pub const MIN_TOKEN_TTL_MS: DurationMs = 1_000;
/// Lifetime of a minted token by default.
pub const DEFAULT_TOKEN_TTL_MS: DurationMs = 3_600_000;
/// Longest lifetime of a token that the server mints.
pub const MAX_TOKEN_TTL_MS: DurationMs = 24 * 3_600_000;
/// Interval of a client's pings.
pub const PING_INTERVAL_MS: DurationMs = 5_000;
/// Silence after which the server closes a socket.
pub const SILENCE_TIMEOUT_MS: DurationMs = 12_000;
/// Time for a login on a new socket.
pub const LOGIN_TIMEOUT_MS: DurationMs = 5_000;
/// Grace period in which an offline user keeps seat, connection and battle.
pub const DEFAULT_GRACE_MS: DurationMs = 15_000;
/// Grace period in which a live stays open without its owner.
pub const OWNER_GONE_MS: DurationMs = 60_000;
/// Retention of an ended battle in the realm.
pub const KEEP_ENDED_BATTLE_MS: DurationMs = 24 * 3_600_000;
/// Events of a live that are kept for replay: at least the newest this many,
pub const REPLAY_EVENTS: usize = 1_000;
/// and all younger than this,
pub const REPLAY_MS: DurationMs = 120_000;
/// but at most this many.
pub const MAX_REPLAY_EVENTS: usize = 8_000;
