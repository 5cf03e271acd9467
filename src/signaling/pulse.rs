//! A steady timer, also in a hidden page: browsers slow the timers of a hidden page down to one a minute, and
//! the server takes a client that does not ping for gone. The timers of a worker keep their pace.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Worker;

/// Pulses until it is dropped.
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
    /// Pulses about this far apart, or closer. Where a page may have no worker, a hidden page's pulse slows down.
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
