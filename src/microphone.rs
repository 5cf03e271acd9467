//! The device's microphone, used only to measure the volume. No audio leaves the page.

use std::fmt;

use js_sys::Reflect;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AnalyserNode, AudioContext, DomException, MediaDevices, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

const SAMPLES: u32 = 512;
const SILENCE: f64 = 128.0;
/// Gain of the meter: speech has a quarter of the full amplitude and should fill most of the meter.
const GAIN: f64 = 400.0;
const MAX_LEVEL: f64 = 100.0;

/// Why the microphone cannot be opened. `Display` is a sentence for users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MicrophoneError {
    /// The user or the browser denied access.
    Denied,
    /// The device has no microphone.
    Missing,
    /// The page is not on https, or the browser has no support.
    Unavailable,
}

impl fmt::Display for MicrophoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Denied => {
                "The microphone is blocked. Allow it for this site in the browser's settings, then try again."
            }
            Self::Missing => "No microphone was found. Plug one in and try again.",
            Self::Unavailable => "The microphone cannot be used here: the page needs https.",
        })
    }
}

struct Opened {
    stream: MediaStream,
    context: AudioContext,
    analyser: AnalyserNode,
}

/// An open microphone; closed when dropped.
pub struct Microphone {
    opened: SendWrapper<Opened>,
}

impl Microphone {
    /// Opens the microphone; the browser may ask the user.
    ///
    /// # Errors
    /// If it is denied, missing or not available on this page.
    pub async fn open() -> Result<Self, MicrophoneError> {
        let devices = devices().ok_or(MicrophoneError::Unavailable)?;
        let wanted = MediaStreamConstraints::new();
        wanted.set_audio(&JsValue::TRUE);
        let asked = devices.get_user_media_with_constraints(&wanted).map_err(|error| reason(&error))?;
        let stream: MediaStream =
            JsFuture::from(asked).await.map_err(|error| reason(&error))?.unchecked_into();
        let opened = analyse(stream).ok_or(MicrophoneError::Unavailable)?;
        Ok(Self { opened: SendWrapper::new(opened) })
    }

    /// The current volume level, 0 to 100.
    #[must_use]
    pub fn level(&self) -> u8 {
        let mut samples = [0_u8; SAMPLES as usize];
        self.opened.analyser.get_byte_time_domain_data(&mut samples);
        loudness(&samples)
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        let Opened { stream, context, .. } = &*self.opened;
        for track in stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        drop(context.close());
    }
}

/// `None` on pages without https, although the type of web-sys says otherwise.
fn devices() -> Option<MediaDevices> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"mediaDevices".into()).ok()?.dyn_into().ok()
}

fn analyse(stream: MediaStream) -> Option<Opened> {
    let context = AudioContext::new().ok()?;
    let analyser = context.create_analyser().ok()?;
    analyser.set_fft_size(SAMPLES);
    context.create_media_stream_source(&stream).ok()?.connect_with_audio_node(&analyser).ok()?;
    Some(Opened { stream, context, analyser })
}

fn reason(error: &JsValue) -> MicrophoneError {
    match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
        Some("NotAllowedError" | "SecurityError") => MicrophoneError::Denied,
        Some("NotFoundError" | "OverconstrainedError") => MicrophoneError::Missing,
        Some(_) | None => MicrophoneError::Unavailable,
    }
}

/// The root mean square of unsigned samples, as a level.
fn loudness(samples: &[u8]) -> u8 {
    let square = |sample: &u8| ((f64::from(*sample) - SILENCE) / SILENCE).powi(2);
    let mean = samples.iter().map(square).sum::<f64>() / samples.len().max(1) as f64;
    (mean.sqrt() * GAIN).min(MAX_LEVEL) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_nought_and_a_shout_is_a_hundred() {
        assert_eq!(loudness(&[128; 64]), 0);
        assert_eq!(loudness(&[0, 255, 0, 255]), 100);
        assert_eq!(loudness(&[]), 0);
    }

    #[test]
    fn louder_is_more() {
        assert!(loudness(&[120, 136]) < loudness(&[110, 146]));
    }
}
