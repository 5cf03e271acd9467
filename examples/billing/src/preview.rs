//! What a list of gifts would score, one after another in one battle.

use std::{collections::BTreeMap, fmt::Write, fs};

use anyhow::{Context, Result};
use duelcast_protocol::{DurationMs, Gift, GiftId, GiftTier, UserId, gift_catalogue};
use duelcast_rules::{Gave, GiverTally, RuleSet, Score};
use serde::Deserialize;

use crate::{config::Preview, rule_book};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GiftList {
    duration_ms: DurationMs,
    gifts: Vec<Given>,
}

/// A gift of the catalogue, or a custom gift with tier and price.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Given {
    giver_user_id: UserId,
    gift_id: GiftId,
    tier: Option<GiftTier>,
    coins: Option<u32>,
    #[serde(default = "one")]
    count: u32,
    /// Since the start of the battle.
    #[serde(default)]
    at_ms: DurationMs,
}

fn one() -> u32 {
    1
}

/// # Errors
/// If a file cannot be read, or a gift is not known.
pub fn print(preview: &Preview) -> Result<()> {
    let rules = preview.rules.as_deref().map_or_else(|| Ok(RuleSet::reference()), rule_book::read)?;
    let name = preview.gifts.display();
    let text = fs::read(&preview.gifts).with_context(|| format!("{name} cannot be read"))?;
    let list: GiftList =
        serde_json::from_slice(&text).with_context(|| format!("{name} is not a list of gifts"))?;
    print!("{}", table(&rules, &list)?);
    Ok(())
}

fn table(rules: &RuleSet, list: &GiftList) -> Result<String> {
    let mut tallies: BTreeMap<&UserId, GiverTally> = BTreeMap::new();
    let mut text = format!("rules {}\n", rules.version);
    for given in &list.gifts {
        let gift = gift(given)?;
        let tally = tallies.entry(&given.giver_user_id).or_default();
        let gave = Gave {
            gift: &gift,
            count: given.count,
            sent_at: given.at_ms,
            started_at: 0,
            ends_at: list.duration_ms,
        };
        let score = rules.score(gave, *tally);
        *tally = tally.with(score);
        writeln!(text, "{}", line(given, score))?;
    }
    for (giver, tally) in &tallies {
        writeln!(text, "{giver} in all: {} points", tally.points)?;
    }
    Ok(text)
}

fn line(given: &Given, score: Score) -> String {
    let Given { giver_user_id, gift_id, count, at_ms, .. } = given;
    let capped = if score.is_capped { ", capped" } else { "" };
    let percent = score.percent;
    format!("{at_ms} ms: {giver_user_id}, {count} {gift_id}: {} points ({percent} %{capped})", score.points)
}

fn gift(given: &Given) -> Result<Gift> {
    if let (Some(tier), Some(coins)) = (given.tier, given.coins) {
        let gift_id = given.gift_id.clone();
        return Ok(Gift { gift_id, gift_name: String::new(), icon: String::new(), tier, coins });
    }
    let known = gift_catalogue().into_iter().find(|gift| gift.gift_id == given.gift_id);
    known.with_context(|| {
        format!("{} is not in the catalogue: say its tier and its price in coins", given.gift_id)
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_gifts_beside_this_example_score_what_its_rules_say() {
        let rules = rule_book::read(Path::new("rules.json")).unwrap();
        let list = serde_json::from_slice(&fs::read("gifts.json").unwrap()).unwrap();
        assert_eq!(
            table(&rules, &list).unwrap(),
            "rules house-1\n\
             1000 ms: ann, 3 rose: 15 points (100 %)\n\
             60000 ms: bob, 1 forever: 1314 points (100 %)\n\
             290000 ms: ann, 2 rocket: 2400 points (200 %)\n\
             295000 ms: eve, 12 vote: 10 points (100 %, capped)\n\
             ann in all: 2415 points\n\
             bob in all: 1314 points\n\
             eve in all: 10 points\n"
        );
    }

    #[test]
    fn an_unknown_gift_needs_its_tier_and_price() {
        let text = r#"{"durationMs":1,"gifts":[{"giverUserId":"ann","giftId":"moon"}]}"#;
        let list = serde_json::from_str(text).unwrap();
        let error = table(&RuleSet::reference(), &list).unwrap_err().to_string();
        assert_eq!(error, "moon is not in the catalogue: say its tier and its price in coins");
    }
}
