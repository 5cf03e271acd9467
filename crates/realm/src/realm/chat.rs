//! Chat messages and gifts: a rate limit, and a bounded list of recent ones.

use duelcast_protocol::{
    BattleId, BattlePhase, ChatItem, ErrorCode, Event, GiftMessage, LiveId, Rejection, SendGift,
    SendTextMessage, TextMessage, UserId, UserInfo, gift_catalogue, limits, rest::WebhookEvent,
};

use crate::{
    Actor, Realm, checks,
    outcome::{Answer, DONE},
    step::Step,
};

impl Realm {
    pub(crate) fn send_text_message(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: SendTextMessage,
    ) -> Answer {
        if self.live(&params.live_id)?.muted.contains(&by.user.user_id) {
            return Err(ErrorCode::SendMessageDisabled.into());
        }
        let message = TextMessage { sender: by.user.clone(), text: params.text, sent_at: self.now };
        let item = ChatItem::Text(message.clone());
        self.keep_message(&params.live_id, item)?;
        self.known_live_mut(&params.live_id).summary.message_count += 1;
        self.publish(step, &params.live_id, Event::OnTextMessage { message });
        DONE
    }

    pub(crate) fn send_gift(&mut self, step: &mut Step, by: &Actor, params: &SendGift) -> Answer {
        self.live(&params.live_id)?;
        let message = self.gift_message(by, params)?;
        self.keep_message(&params.live_id, ChatItem::Gift(message.clone()))?;
        let summary = &mut self.known_live_mut(&params.live_id).summary;
        summary.gift_count += u64::from(message.count);
        summary.gift_coins += u64::from(message.count) * u64::from(message.gift.coins);
        self.publish(step, &params.live_id, Event::OnGift { message: message.clone() });
        step.webhook_event(WebhookEvent::GiftSent { live_id: params.live_id.clone(), message });
        DONE
    }

    fn gift_message(&self, by: &Actor, params: &SendGift) -> Result<GiftMessage, Rejection> {
        let gift = gift_catalogue().into_iter().find(|gift| gift.gift_id == params.gift_id);
        let gift = gift.ok_or_else(|| checks::invalid("There is no such gift."))?;
        let (receiver, to_live_id) = self.gift_receiver(&params.live_id, params.to_user_id.as_ref())?;
        let battle_id = self.running_battle_of(&to_live_id);
        Ok(GiftMessage {
            sender: by.user.clone(),
            receiver,
            to_live_id,
            gift,
            count: params.count,
            battle_id,
            sent_at: self.now,
        })
    }

    fn gift_receiver(&self, live_id: &LiveId, to: Option<&UserId>) -> Result<(UserInfo, LiveId), Rejection> {
        let Some(to) = to else {
            return Ok((self.live(live_id)?.info.owner.clone(), live_id.clone()));
        };
        let lives = self.lives_hearing(live_id);
        let owned = lives.iter().find(|id| self.known_live(id).is_owner(to));
        if let Some(id) = owned {
            return Ok((self.known_live(id).info.owner.clone(), id.clone()));
        }
        let seat = self.seat_of(to).filter(|seat| lives.contains(&seat.live_id));
        let on_seat = seat.and_then(|seat| Some((seat.user.as_ref()?.user.clone(), seat.live_id.clone())));
        on_seat.ok_or_else(|| ErrorCode::NotOnSeat.into())
    }

    fn running_battle_of(&self, live_id: &LiveId) -> Option<BattleId> {
        let battle = self.shown_battle(live_id).filter(|battle| battle.has_active_side(live_id))?;
        (battle.info.phase == BattlePhase::Running).then(|| battle.info.battle_id.clone())
    }

    fn keep_message(&mut self, live_id: &LiveId, item: ChatItem) -> Result<(), Rejection> {
        let now = self.now;
        let live = self.known_live_mut(live_id);
        live.chat_window.admit(now)?;
        live.messages.push(item);
        let surplus = live.messages.len().saturating_sub(limits::MAX_RECENT_MESSAGES);
        live.messages.drain(..surplus);
        Ok(())
    }
}
