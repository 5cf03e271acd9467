//! A timer that keeps its rate in a hidden page. Browsers throttle the timers of a hidden page to
//! one per minute, and the server closes a session that sends no pings. The timers of a worker are
//! not throttled.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Worker;

/// A repeating timer; stops when dropped.
pub(crate) struct Pulse {
    _timer: Interval,
    _worker: Option<PulseWorker>,
}

struct PulseWorker {
    worker: Worker,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for PulseWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Pulse {
    /// Calls `beat` at this interval or more often. If the page cannot start a worker, the rate
    /// drops while the page is hidden.
    pub(crate) fn start(interval_ms: u32, beat: Rc<dyn Fn()>) -> Self {
        let worker = PulseWorker::start(interval_ms, beat.clone()).ok();
        Self { _timer: Interval::new(interval_ms, move || beat()), _worker: worker }
    }
}

impl PulseWorker {
    fn start(interval_ms: u32, beat: Rc<dyn Fn()>) -> Result<Self, JsValue> {
        let callback = Closure::<dyn FnMut()>::new(move || beat());
        let script = format!("data:text/javascript,setInterval(()=>postMessage(0),{interval_ms})");
        let worker = Worker::new(&script)?;
        worker.set_onmessage(Some(callback.as_ref().unchecked_ref()));
        Ok(Self { worker, _callback: callback })
    }
}
