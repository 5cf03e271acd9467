//! Two lives in a battle on a real server, and a back end that changes its score.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, Result};
use duelcast_protocol::{
    AcceptHostConnection, BattleConfig, CreateLive, JoinLive, LiveId, Login, Method, RequestHostConnection,
    RequestId, RpcRequest, SeatMode, UserId,
    limits::{DEFAULT_SEATS_PER_LIVE, MAX_BATTLE_DURATION_MS, MAX_INVITATION_TIMEOUT_MS},
    rest::{ScoreChange, ScoreOp, ScoreUpdate, StartBattle},
};
use duelcast_server::auth::{ApiKey, Claims, mint};
use tokio::{
    task::spawn_local,
    time::{MissedTickBehavior, interval},
};

use crate::{host::Host, rest::Rest};

const TOKEN_TTL: Duration = Duration::from_secs(3_600);
const LAYOUT_6V6: u32 = 1;

pub struct Stage {
    rest: Rest,
    battle_id: String,
    live_ids: [LiveId; 2],
}

impl Stage {
    /// Opens the lives, connects them and starts the battle.
    pub async fn set(address: SocketAddr, key: &ApiKey) -> Result<Self> {
        let live_ids = [LiveId::new("bench-left")?, LiveId::new("bench-right")?];
        let [left, right] = &live_ids;
        let mut hosts = [open_live(address, key, left).await?, open_live(address, key, right).await?];
        hosts[0].call(&invitation(left, right)).await?;
        hosts[1]
            .call(&AcceptHostConnection { live_id: right.clone(), from_host_live_id: left.clone() })
            .await?;
        for host in hosts {
            spawn_local(host.stay());
        }
        let mut rest = Rest::connect(address, service_token(key)?).await?;
        let config = BattleConfig {
            duration_ms: MAX_BATTLE_DURATION_MS,
            need_response: false,
            ..BattleConfig::default()
        };
        let start = StartBattle { live_ids: live_ids.to_vec(), config };
        let battle = rest.post("/v1/battles", "bench-battle", &start).await?;
        let battle_id = battle["battleId"].as_str().context("a battleId")?.to_owned();
        Ok(Self { rest, battle_id, live_ids })
    }

    /// Changes the score at this rate until an error occurs.
    pub async fn move_score(mut self, rate: u32) -> Result<()> {
        let path = format!("/v1/battles/{}/scores", self.battle_id);
        let mut tick = interval(Duration::from_secs(1) / rate);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for number in 0_u64.. {
            tick.tick().await;
            let live_id = self.live_ids[usize::from(number % 2 == 1)].clone();
            self.rest.post(&path, &format!("bench-{number}"), &one_point(live_id)).await?;
        }
        Ok(())
    }
}

/// The requests of a viewer who watches the battle.
pub fn viewer_greeting(key: &ApiKey, number: usize) -> Result<Vec<String>> {
    let user = UserId::new(format!("viewer-{number}"))?;
    let token = mint(key, &Claims::new(&key.id, user, "Viewer", TOKEN_TTL));
    let live_id = LiveId::new("bench-left")?;
    Ok(vec![request(1, &Login { token })?, request(2, &JoinLive { live_id, resume: None })?])
}

fn request<M: Method>(id: u64, params: &M) -> Result<String> {
    Ok(serde_json::to_string(&RpcRequest::new(RequestId::Number(id), M::NAME, params))?)
}

async fn open_live(address: SocketAddr, key: &ApiKey, live_id: &LiveId) -> Result<Host> {
    let owner = UserId::new(format!("{live_id}-owner"))?;
    let mut claims = Claims::new(&key.id, owner, "Streamer", TOKEN_TTL);
    claims.create_live = true;
    let mut host = Host::log_in(address, mint(key, &claims)).await?;
    host.call(&CreateLive {
        live_id: Some(live_id.clone()),
        live_name: live_id.to_string(),
        cover_url: String::new(),
        notice: String::new(),
        is_public_visible: true,
        max_seat_count: DEFAULT_SEATS_PER_LIVE,
        seat_mode: SeatMode::default(),
    })
    .await?;
    Ok(host)
}

fn invitation(from: &LiveId, to: &LiveId) -> RequestHostConnection {
    RequestHostConnection {
        live_id: from.clone(),
        target_hosts: vec![to.clone()],
        layout_template: LAYOUT_6V6,
        timeout_ms: MAX_INVITATION_TIMEOUT_MS,
        extra_info: String::new(),
        battle: None,
    }
}

fn service_token(key: &ApiKey) -> Result<String> {
    let mut claims = Claims::new(&key.id, UserId::new("bench-back-end")?, "", TOKEN_TTL);
    claims.service = true;
    Ok(mint(key, &claims))
}

fn one_point(live_id: LiveId) -> ScoreUpdate {
    ScoreUpdate {
        op: ScoreOp::Add,
        occurred_at: None,
        source: None,
        reverses: None,
        scores: vec![ScoreChange { live_id: Some(live_id), user_id: None, value: 1 }],
    }
}
