//! The client of a page: the user, the socket, and the open lives. There is one per page.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use duelcast_protocol::{CreateLive, LiveId, LoginReply, UserInfo};
use futures::channel::oneshot;
use gloo_timers::callback::Interval;
use leptos::{prelude::*, reactive::graph::Source};
use send_wrapper::SendWrapper;

use super::{
    guest::{Guest, GuestTokens, SignInError},
    live::LiveStore,
    live_list::LiveListStore,
    page_token,
    room::{Room, RoomInner},
};
use crate::stores::signal::SetIfChanged;
use crate::{
    lives::{ClientConfig, Lives, Observer},
    signaling::{CallError, ServerClock, Status, TokenProvider},
};

/// Update interval of [`Client::ticks`].
const TICK_MS: u32 = 200;

/// Whether a user is signed in on this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignIn {
    /// Looking for a stored guest.
    #[default]
    Restoring,
    SignedOut,
    SignedIn,
}

struct ClientInner {
    config: ClientConfig,
    lives: Lives,
    status: ArcRwSignal<Status>,
    sign_in: ArcRwSignal<SignIn>,
    me: ArcRwSignal<Option<UserInfo>>,
    can_create_live: ArcRwSignal<bool>,
    ticks: ArcRwSignal<f64>,
    _ticking: Interval,
    live_list: LiveListStore,
    rooms: RefCell<Vec<(LiveId, Weak<RoomInner>)>>,
    tokens: RefCell<Option<Rc<dyn TokenProvider>>>,
}

/// The client. Clones share everything.
#[derive(Clone)]
pub struct Client {
    inner: SendWrapper<Rc<ClientInner>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Client>> = const { RefCell::new(None) };
}

impl Client {
    /// Creates the client of this page and ends a previous one. No user is signed in.
    #[must_use]
    pub fn start(config: ClientConfig) -> Self {
        let lives = Lives::at(&config);
        let signaling = lives.signaling();
        let ticks = ArcRwSignal::new(signaling.clock().now());
        let ticking = {
            let (ticks, clock) = (ticks.clone(), signaling.clock());
            Interval::new(TICK_MS, move || ticks.set_if_changed(clock.now()))
        };
        let inner = Rc::new(ClientInner {
            config,
            sign_in: ArcRwSignal::default(),
            me: ArcRwSignal::default(),
            can_create_live: ArcRwSignal::default(),
            ticks,
            _ticking: ticking,
            live_list: LiveListStore::new(signaling.clone()),
            rooms: RefCell::default(),
            tokens: RefCell::default(),
            status: ArcRwSignal::default(),
            lives,
        });
        let observer: Weak<ClientInner> = Rc::downgrade(&inner);
        inner.lives.observe(observer);
        let client = Self { inner: SendWrapper::new(inner) };
        CURRENT.with(|current| current.replace(Some(client.clone())));
        client
    }

    /// Returns the client of this page.
    ///
    /// # Panics
    /// If [`Client::start`] was not called.
    #[must_use]
    pub fn current() -> Self {
        CURRENT.with_borrow(|current| current.clone().expect("Client::start comes before any store"))
    }

    /// Closes the socket and stops the clock. Remaining stores receive no more updates.
    pub fn end(&self) {
        self.inner.lives.sign_out();
        CURRENT.with(|current| {
            current.borrow_mut().take_if(|current| Rc::ptr_eq(&current.inner, &self.inner));
        });
    }

    /// Drops all subscribers of long-lived signals: an `ArcRwSignal` of Leptos 0.8 keeps the memory
    /// of every disposed subscriber. Call it only while no view is mounted.
    pub fn clear_subscribers(&self) {
        self.inner.status.clear_subscribers();
        self.inner.sign_in.clear_subscribers();
        self.inner.me.clear_subscribers();
        self.inner.can_create_live.clear_subscribers();
        self.inner.ticks.clear_subscribers();
        self.inner.live_list.state.clear_subscribers();
    }

    /// Signs in the user of the last page load, if there is one.
    pub async fn restore(&self) {
        if let Some(token) = page_token::restore() {
            self.sign_in_with(Rc::new(token));
        } else if let Some(guest) = Guest::restore().await {
            self.connect_guest(guest);
        } else {
            self.inner.sign_in.set_if_changed(SignIn::SignedOut);
        }
    }

    /// Signs in with a token given to this page, and stores it for a reload.
    pub fn sign_in_with_token(&self, token: &str) {
        page_token::store(token);
        self.sign_in_with(Rc::new(token.to_owned()));
    }

    /// Signs in a new guest. Demo servers only.
    ///
    /// # Errors
    /// If the server issues no token.
    pub async fn sign_in_as_guest(&self, user_name: &str) -> Result<(), SignInError> {
        let guest = Guest::fetch(&self.inner.config.base_url, user_name).await?;
        page_token::forget();
        self.connect_guest(guest);
        Ok(())
    }

    fn connect_guest(&self, guest: Guest) {
        self.sign_in_with(Rc::new(GuestTokens::new(self.inner.config.base_url.clone(), guest)));
    }

    /// Signs in with tokens of this provider.
    pub fn sign_in_with(&self, tokens: Rc<dyn TokenProvider>) {
        self.inner.tokens.replace(Some(tokens.clone()));
        self.inner.sign_in.set_if_changed(SignIn::SignedIn);
        self.inner.lives.sign_in_with(tokens);
    }

    /// Reconnects at once as the same user: after another session took over, or instead of the
    /// back-off delay.
    pub fn reconnect(&self) {
        let tokens = self.inner.tokens.borrow().clone();
        if let Some(tokens) = tokens {
            self.inner.lives.sign_in_with(tokens);
        }
    }

    /// Signs the user out, deletes the stored token and closes the socket.
    pub fn sign_out(&self) {
        Guest::forget();
        page_token::forget();
        self.inner.tokens.replace(None);
        self.inner.lives.sign_out();
        self.inner.sign_in.set_if_changed(SignIn::SignedOut);
        self.inner.me.set_if_changed(None);
        self.inner.can_create_live.set_if_changed(false);
    }

    #[must_use]
    pub fn sign_in_state(&self) -> ArcRwSignal<SignIn> {
        self.inner.sign_in.clone()
    }

    /// Our user; known after the first login.
    #[must_use]
    pub fn me(&self) -> ArcRwSignal<Option<UserInfo>> {
        self.inner.me.clone()
    }

    #[must_use]
    pub fn can_create_live(&self) -> ArcRwSignal<bool> {
        self.inner.can_create_live.clone()
    }

    #[must_use]
    pub fn status(&self) -> ArcRwSignal<Status> {
        self.inner.status.clone()
    }

    #[must_use]
    pub fn clock(&self) -> ServerClock {
        self.inner.lives.signaling().clock()
    }

    /// Server time in milliseconds, updated five times per second; for countdowns.
    #[must_use]
    pub fn ticks(&self) -> ArcRwSignal<f64> {
        self.inner.ticks.clone()
    }

    pub(crate) fn live_list(&self) -> LiveListStore {
        self.inner.live_list.clone()
    }

    pub(crate) fn room(&self, live_id: &LiveId) -> Room {
        self.inner.room(live_id)
    }

    /// The open lives, for callers with their own [`View`](crate::lives::View).
    #[must_use]
    pub fn lives(&self) -> Lives {
        self.inner.lives.clone()
    }

    pub(crate) async fn create_live(&self, live: CreateLive) -> Result<LiveStore, CallError> {
        let (sender, store) = oneshot::channel();
        let inner = Rc::downgrade(&self.inner);
        let created = move |reply: Result<duelcast_protocol::LiveSnapshot, CallError>| {
            let Some(inner) = inner.upgrade() else { return };
            drop(sender.send(reply.map(|snapshot| {
                let room = inner.room(&snapshot.live.live_id);
                room.take_snapshot(snapshot);
                LiveStore::of(room)
            })));
        };
        self.inner.lives.signaling().call_then(&live, created);
        store.await.unwrap_or(Err(CallError::ConnectionLost))
    }
}

impl ClientInner {
    fn room(&self, live_id: &LiveId) -> Room {
        let mut rooms = self.rooms.borrow_mut();
        rooms.retain(|(_, room)| room.strong_count() > 0);
        let open = rooms.iter().find(|(id, _)| id == live_id);
        open.and_then(|(_, room)| Room::upgrade(room)).unwrap_or_else(|| {
            let room = Room::new(self.lives.open(live_id), self.lives.signaling().clone(), self.me.clone());
            rooms.push((live_id.clone(), room.downgrade()));
            room
        })
    }
}

impl Observer for ClientInner {
    fn on_status(&self, status: Status) {
        self.status.set_if_changed(status);
    }

    fn on_login(&self, reply: &LoginReply) {
        let LoginReply { user_id, user_name, avatar_url, .. } = reply.clone();
        self.me.set_if_changed(Some(UserInfo { user_id, user_name, avatar_url }));
        self.can_create_live.set_if_changed(reply.can_create_live);
    }

    fn on_live_ended(&self, live_id: &LiveId) {
        self.live_list.forget(live_id);
    }
}
