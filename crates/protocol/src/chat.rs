//! Chat messages and gifts. They are entries of the log, ordered and resumable.

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{BattleId, GiftId, LiveId, Timestamp, UserInfo, members};

/// A text message in a live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TextMessage {
    pub sender: UserInfo,
    pub text: String,
    pub sent_at: Timestamp,
}

/// The tier of a gift. The billing back end decides how many points a tier gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GiftTier {
    Basic,
    Intermediate,
    Advanced,
    /// A special effect with a fixed score.
    Special,
}

/// An entry of the gift catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Gift {
    pub gift_id: GiftId,
    pub gift_name: String,
    /// One emoji.
    pub icon: String,
    pub tier: GiftTier,
    /// Price of one gift, in coins.
    pub coins: u32,
}

/// A gift that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GiftMessage {
    pub sender: UserInfo,
    /// The receiver: the sender's choice, or else the owner of the live.
    pub receiver: UserInfo,
    /// The live whose side and summary it counts for: the live in which the receiver sits or which
    /// the receiver owns.
    pub to_live_id: LiveId,
    pub gift: Gift,
    pub count: u32,
    /// The battle that was running in that live, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle_id: Option<BattleId>,
    pub sent_at: Timestamp,
}

/// An item of the chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ChatItem {
    Text(TextMessage),
    Gift(GiftMessage),
}

/// The format must be JSON.
impl<'de> Deserialize<'de> for ChatItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        enum Kind {
            Text,
            Gift,
        }
        #[derive(Deserialize)]
        struct Tag {
            kind: Kind,
        }
        let json = members::raw(deserializer)?;
        let item = serde_json::from_str(json.get()).and_then(|Tag { kind }| match kind {
            Kind::Text => serde_json::from_str(json.get()).map(Self::Text),
            Kind::Gift => serde_json::from_str(json.get()).map(Self::Gift),
        });
        item.map_err(de::Error::custom)
    }
}

/// The built-in gift catalogue. Prices of special effects are those of the reference's table.
#[must_use]
pub fn gift_catalogue() -> Vec<Gift> {
    const GIFTS: [(&str, &str, &str, GiftTier, u32); 10] = [
        ("rose", "Rose", "🌹", GiftTier::Basic, 1),
        ("heart", "Heart", "💖", GiftTier::Basic, 2),
        ("clap", "Applause", "👏", GiftTier::Basic, 5),
        ("cake", "Cake", "🎂", GiftTier::Intermediate, 10),
        ("crown", "Crown", "👑", GiftTier::Intermediate, 20),
        ("rocket", "Rocket", "🚀", GiftTier::Advanced, 50),
        ("spark", "Spark", "✨", GiftTier::Special, 10),
        ("storm", "Storm", "⚡", GiftTier::Special, 50),
        ("galaxy", "Galaxy", "🌌", GiftTier::Special, 100),
        ("forever", "Forever", "💍", GiftTier::Special, 520),
    ];
    GIFTS
        .into_iter()
        .map(|(id, name, icon, tier, coins)| Gift {
            gift_id: GiftId::new(id).expect("the ids above are valid"),
            gift_name: name.to_owned(),
            icon: icon.to_owned(),
            tier,
            coins,
        })
        .collect()
}
