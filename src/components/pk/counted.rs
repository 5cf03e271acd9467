//! Numbers that run up to what they are instead of jumping. Only text changes.

use leptos::prelude::*;

/// Of the way that is left, in each frame.
const STEP: f64 = 0.22;

/// Follows a number, frame by frame; at once where motion is not wanted.
#[must_use]
pub fn use_counted(number: Signal<u64>) -> Signal<u64> {
    let shown = RwSignal::new(number.get_untracked());
    let frame = StoredValue::new(None::<AnimationFrameRequestHandle>);
    Effect::watch(
        move || number.get(),
        move |_, _, _| {
            if prefers_stillness() {
                shown.set(number.get_untracked());
            } else if frame.with_value(Option::is_none) {
                run(number, shown, frame);
            }
        },
        false,
    );
    on_cleanup(move || {
        frame.try_update_value(|frame| frame.take().map(|frame| frame.cancel()));
    });
    shown.into()
}

fn run(number: Signal<u64>, shown: RwSignal<u64>, frame: StoredValue<Option<AnimationFrameRequestHandle>>) {
    let step = move || {
        let (Some(target), Some(now)) = (number.try_get_untracked(), shown.try_get_untracked()) else {
            return;
        };
        frame.set_value(None);
        if now != target {
            shown.set(towards(now, target));
            run(number, shown, frame);
        }
    };
    frame.set_value(request_animation_frame_with_handle(step).ok());
}

/// A part of the way, at least one.
fn towards(now: u64, target: u64) -> u64 {
    let part = |way: u64| ((way as f64 * STEP) as u64).clamp(1, way);
    if now < target { now + part(target - now) } else { now - part(now - target) }
}

fn prefers_stillness() -> bool {
    window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::limits::MAX_SCORE;

    use super::*;

    #[test]
    fn a_number_that_runs_arrives_and_never_overshoots() {
        for (from, to) in [(0, 1), (0, 100_000), (500, 20), (0, MAX_SCORE), (MAX_SCORE, 0)] {
            let (mut now, mut frames) = (from, 0);
            while now != to {
                let next = towards(now, to);
                assert!((next > now) == (to > now) && next.abs_diff(to) < now.abs_diff(to));
                (now, frames) = (next, frames + 1);
            }
            assert!(frames < 200, "{from} to {to} takes {frames} frames");
        }
    }
}
