//! Requests that need no log: answered from what is applied so far.

use std::collections::BTreeMap;

use duelcast_protocol::{
    AudiencePage, BannedUserPage, BattleId, BattleInfo, Done, ErrorCode, FetchAudienceList, FetchBannedUsers,
    FetchLiveList, GetCoHostCandidates, GiftCatalogue, JoinLive, JoinReply, LiveCard, LiveId, LiveListPage,
    LiveSnapshot, PingReply, Rejection, ReportVolume, RequestId, Resumed, SendLike, Unlogged, UserId,
    UserInfo, gift_catalogue, limits, rest::LiveBattleStatus,
};
use duelcast_realm::ListFilter;

use super::{
    client::{ClientSocket, SocketId},
    machine::Engine,
    rooms::Standing,
};

const MAX_LEVEL: u8 = 100;

/// What is asked for of a list.
fn check_page(cursor: &str, count: u32) -> Result<(), Rejection> {
    if !(1..=limits::MAX_LIST_COUNT).contains(&count) {
        let sentence = format!("count must be 1 to {}.", limits::MAX_LIST_COUNT);
        return Err(Rejection::new(ErrorCode::InvalidParams, sentence));
    }
    if cursor.len() > limits::MAX_CURSOR_BYTES {
        return Err(Rejection::new(ErrorCode::InvalidParams, "This is no cursor of ours."));
    }
    Ok(())
}

impl<S: ClientSocket> Engine<S> {
    pub(super) fn answer_unlogged(&mut self, socket: &S, id: RequestId, request: Unlogged) {
        let Some(session) = self.sessions.get(socket.id()) else {
            return self.answer::<()>(socket, id, Err(ErrorCode::Unauthorized.into()));
        };
        let user = session.user.user_id.clone();
        match request {
            Unlogged::Login(_) => self.refuse(socket, id, ErrorCode::InvalidRequest),
            Unlogged::Ping(_) => {
                let server_time = self.now();
                self.answer(socket, id, Ok(PingReply { server_time }));
            }
            Unlogged::FetchLiveList(FetchLiveList { cursor, count }) => {
                let page = self.list_lives(&cursor, count, &ListFilter::default());
                self.answer(socket, id, page);
            }
            Unlogged::GetCoHostCandidates(GetCoHostCandidates { live_id, cursor }) => {
                let filter = ListFilter { except: Some(live_id), ..ListFilter::default() };
                let page = self.list_lives(&cursor, limits::DEFAULT_LIST_COUNT, &filter);
                self.answer(socket, id, page);
            }
            Unlogged::FetchLiveInfo(query) => {
                let card = self.live_card(&query.live_id);
                self.answer(socket, id, card);
            }
            Unlogged::JoinLive(query) => {
                let reply = self.join(socket, &user, query);
                self.answer(socket, id, reply);
            }
            Unlogged::LeaveLive(query) => {
                self.leave(socket.id(), &query.live_id);
                self.answer(socket, id, Ok(Done {}));
            }
            Unlogged::FetchBannedUsers(FetchBannedUsers { live_id, cursor, count }) => {
                let page = self.banned_users(&live_id, Some(&user), &cursor, count);
                self.answer(socket, id, page);
            }
            Unlogged::FetchAudienceList(query) => {
                let page = self.audience(socket.id(), &query);
                self.answer(socket, id, page);
            }
            Unlogged::SendLike(query) => {
                let reply = self.like(socket, &query);
                self.answer(socket, id, reply);
            }
            Unlogged::ReportVolume(query) => {
                let reply = self.set_volume(&user, &query);
                self.answer(socket, id, reply);
            }
            Unlogged::FetchGiftCatalogue(_) => {
                self.answer(socket, id, Ok(GiftCatalogue { gifts: gift_catalogue() }));
            }
        }
    }

    /// One page of the viewers of a live on this node, for a viewer.
    fn audience(&self, socket: SocketId, query: &FetchAudienceList) -> Result<AudiencePage, Rejection> {
        check_page(&query.cursor, query.count)?;
        let room = self.rooms.get(&query.live_id).filter(|room| room.members.contains_key(&socket));
        let room = room.ok_or_else(|| Rejection::new(ErrorCode::NoPermission, "Join the live first."))?;
        let count = usize::try_from(query.count).unwrap_or(usize::MAX);
        let mut page = BTreeMap::new();
        for session in room.members.keys().filter_map(|member| self.sessions.get(*member)) {
            if session.user.user_id.as_str() > query.cursor.as_str() {
                page.insert(&session.user.user_id, &session.user);
            }
            if page.len() > count + 1 {
                page.pop_last();
            }
        }
        let has_more = page.len() > count;
        let users: Vec<UserInfo> = page.into_values().take(count).cloned().collect();
        let last = users.last().filter(|_| has_more).map(|user| user.user_id.to_string());
        Ok(AudiencePage { users, cursor: last.unwrap_or_default() })
    }

    fn refuse(&mut self, socket: &S, id: RequestId, code: ErrorCode) {
        self.answer::<()>(socket, id, Err(code.into()));
    }

    fn join(&mut self, socket: &S, user: &UserId, query: JoinLive) -> Result<JoinReply, Rejection> {
        let snapshot = self.realm.live_snapshot(&query.live_id, Some(user)).ok_or(ErrorCode::RoomNotExist)?;
        if self.realm.is_banned_from(&query.live_id, user, self.now()) {
            return Err(Rejection::new(ErrorCode::UserBanned, "You are banned from this live."));
        }
        let session = self.sessions.get(socket.id()).ok_or(ErrorCode::Unauthorized)?;
        let (joined, user_info) = (&session.joined, session.user.clone());
        if joined.len() >= limits::MAX_JOINED_LIVES_PER_SESSION && !joined.contains(&query.live_id) {
            return Err(Rejection::new(ErrorCode::TooFrequent, "Leave another live first."));
        }
        let is_newcomer = query.resume.is_none() && !joined.contains(&query.live_id);
        self.enter(socket, &query.live_id);
        if is_newcomer {
            self.rooms.open(&query.live_id).welcome(&user_info);
        }
        let snapshot = self.complete(snapshot);
        let missed = query.resume.filter(|from| from.epoch == snapshot.epoch).and_then(|from| {
            if from.seq == snapshot.seq {
                return Some(Vec::new());
            }
            self.rooms.get(&query.live_id)?.replay.after(from.seq)
        });
        Ok(match missed {
            None => JoinReply::Snapshot(Box::new(snapshot)),
            Some(events) => {
                let battle =
                    snapshot.battle.as_ref().and_then(|battle| Standing::of(&self.realm, &battle.battle_id));
                let server_time = snapshot.server_time;
                let room = self.rooms.open(&query.live_id);
                let volatile = room.volatile(&query.live_id, battle, server_time);
                JoinReply::Resumed(Resumed {
                    resumed: true,
                    events,
                    private: snapshot.private,
                    volatile,
                    server_time,
                })
            }
        })
    }

    pub(super) fn enter(&mut self, socket: &S, live: &LiveId) {
        let now = self.now();
        let Some(session) = self.sessions.get_mut(socket.id()) else {
            return;
        };
        session.joined.insert(live.clone());
        self.rooms.enter(live, socket, now);
    }

    pub(super) fn leave(&mut self, socket: SocketId, live: &LiveId) {
        let now = self.now();
        if let Some(session) = self.sessions.get_mut(socket)
            && session.joined.remove(live)
        {
            self.rooms.leave(live, socket, now);
        }
    }

    fn like(&mut self, socket: &S, query: &SendLike) -> Result<Done, Rejection> {
        if !(1..=limits::MAX_LIKE_COUNT).contains(&query.count) {
            let sentence = format!("count must be 1 to {}.", limits::MAX_LIKE_COUNT);
            return Err(Rejection::new(ErrorCode::InvalidParams, sentence));
        }
        let now = self.now();
        let room = self.rooms.get_mut(&query.live_id).ok_or(ErrorCode::RoomNotExist)?;
        if !room.members.contains_key(&socket.id()) {
            return Err(Rejection::new(ErrorCode::NoPermission, "Join the live first."));
        }
        room.likes = (room.likes + u64::from(query.count)).min(limits::MAX_SAFE_INTEGER);
        self.rooms.mark(&query.live_id, now);
        Ok(Done {})
    }

    fn set_volume(&mut self, user: &UserId, query: &ReportVolume) -> Result<Done, Rejection> {
        if query.level > MAX_LEVEL {
            return Err(Rejection::new(ErrorCode::InvalidParams, "level must be 0 to 100."));
        }
        let seat = self
            .realm
            .seat_of(user)
            .filter(|seat| seat.live_id == query.live_id)
            .ok_or(ErrorCode::NotOnSeat)?;
        let is_open = seat.user.as_ref().is_some_and(|user| user.is_microphone_open);
        if !is_open && query.level > 0 {
            return Err(ErrorCode::MicrophoneNotAllowed.into());
        }
        let seat = seat.clone();
        let now = self.now();
        for live in self.realm.lives_hearing(&query.live_id) {
            self.rooms.open(&live).levels.report(&seat, user, query.level, now);
            self.rooms.mark(&live, now);
        }
        Ok(Done {})
    }

    /// A live's whole state for this user; `None` if it does not exist.
    pub(super) fn snapshot(&self, live: &LiveId, user: &UserId) -> Option<LiveSnapshot> {
        self.realm.live_snapshot(live, Some(user)).map(|snapshot| self.complete(snapshot))
    }

    /// Adds what the realm does not know.
    pub(super) fn complete(&self, snapshot: LiveSnapshot) -> LiveSnapshot {
        let room = self.rooms.get(&snapshot.live.live_id);
        LiveSnapshot {
            viewer_count: room.map_or(0, |room| room.viewer_count()),
            likes: room.map_or(0, |room| room.likes),
            rev: room.map_or(0, |room| room.rev()),
            server_time: self.now(),
            epoch: self.epoch_of(&snapshot.live.live_id),
            ..snapshot
        }
    }

    /// The history that the `seq` of a live belongs to: a live that is created again under an old
    /// id starts another.
    fn epoch_of(&self, live: &LiveId) -> String {
        let number = self.realm.live_number(live).unwrap_or_default();
        format!("{}.{number}", self.epoch)
    }

    pub fn list_lives(
        &self,
        cursor: &str,
        count: u32,
        filter: &ListFilter,
    ) -> Result<LiveListPage, Rejection> {
        check_page(cursor, count)?;
        let mut page = self.realm.list_lives(cursor, count, filter)?;
        page.lives.iter_mut().for_each(|card| card.viewer_count = self.viewer_count(&card.live.live_id));
        Ok(page)
    }

    pub fn live_card(&self, live: &LiveId) -> Result<LiveCard, Rejection> {
        let card = self.realm.live_card(live).ok_or(ErrorCode::RoomNotExist)?;
        Ok(LiveCard { viewer_count: self.viewer_count(live), ..card })
    }

    /// Users who are banned from a live. Without a viewer, the caller is a service.
    pub fn banned_users(
        &self,
        live: &LiveId,
        viewer: Option<&UserId>,
        cursor: &str,
        count: u32,
    ) -> Result<BannedUserPage, Rejection> {
        self.realm.banned_users(live, viewer, (cursor, count), self.now())
    }

    pub fn banned_from_server(&self, cursor: &str, count: u32) -> Result<BannedUserPage, Rejection> {
        self.realm.banned_from_server(cursor, count, self.now())
    }

    pub fn muted_users(&self, live: &LiveId) -> Result<Vec<UserId>, Rejection> {
        self.realm.muted_users(live)
    }

    pub fn live_battle_status(&self, live: &LiveId) -> Result<LiveBattleStatus, Rejection> {
        self.realm.live_battle_status(live, self.now()).ok_or_else(|| ErrorCode::RoomNotExist.into())
    }

    pub fn battle(&self, battle: &BattleId) -> Option<BattleInfo> {
        self.realm.battle(battle).cloned()
    }

    fn viewer_count(&self, live: &LiveId) -> u32 {
        self.rooms.get(live).map_or(0, |room| room.viewer_count())
    }
}
