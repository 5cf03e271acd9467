//! A server in this process, and what a test needs to talk to it.

use std::{net::SocketAddr, time::Duration};

use duelcast_protocol::UserId;
use duelcast_server::{
    Running,
    auth::{self, ApiKey, Claims},
    config::Config,
    serve,
};
use duelcast_socket::SocketLimits;
use tempfile::TempDir;

use super::{client::Client, http::Http};

const TTL: Duration = Duration::from_secs(3_600);
/// The clients of these tests never ping, and a busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(600);

pub fn api_key() -> ApiKey {
    "billing:0123456789abcdef0123456789abcdef".parse().unwrap()
}

/// A token that lets this user in and start lives.
pub fn user_token(key: &ApiKey, user: &str) -> String {
    let claims = Claims::new(&key.id, UserId::new(user).unwrap(), user, TTL);
    auth::mint(key, &Claims { create_live: true, ..claims })
}

pub fn service_token(key: &ApiKey) -> String {
    let claims = Claims::new(&key.id, UserId::new("service").unwrap(), "", TTL);
    auth::mint(key, &Claims { service: true, ..claims })
}

/// The configuration of a test: any free port, a short grace.
pub fn config(data: &TempDir) -> Config {
    let mut config = Config::new(data.path().to_owned());
    config.listen = SocketAddr::from(([127, 0, 0, 1], 0));
    config.api_keys = vec![api_key()];
    config.socket = SocketLimits { silence: PATIENCE, login: PATIENCE, ..config.socket };
    config
}

pub struct Host {
    running: Running,
    data: TempDir,
}

impl Host {
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut config = config(&data);
        change(&mut config);
        Self { running: serve(config).await.unwrap(), data }
    }

    pub fn addr(&self) -> SocketAddr {
        self.running.addr()
    }

    pub fn http(&self) -> Http {
        Http::new(self.addr()).with_token(&service_token(&api_key()))
    }

    /// A user who is logged in.
    pub async fn user(&self, name: &str) -> Client {
        Client::login(self.addr(), &user_token(&api_key(), name)).await
    }

    /// Stops the server and gives its data folder back.
    pub async fn stop(self) -> TempDir {
        self.running.shutdown().await;
        self.data
    }
}
