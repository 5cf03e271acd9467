//! A steady pulse, also in a page that nobody looks at: browsers slow the timers of a hidden page down to one a minute, and
//! the server takes a client that does not ping for gone. The timers of a worker keep their pace.

use futures::{
    StreamExt,
    channel::mpsc,
    stream::{LocalBoxStream, select},
};
use gloo_timers::future::IntervalStream;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Worker;

/// Pulses that may wait to be noticed.
const MAX_WAITING: usize = 1;

struct PulseWorker {
    worker: Worker,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for PulseWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Pulses about this far apart, or closer. Where a page may have no worker, a hidden page's pulse slows down.
pub(crate) fn pulse(interval_ms: u32) -> LocalBoxStream<'static, ()> {
    let timer = IntervalStream::new(interval_ms);
    match worker_pulse(interval_ms) {
        Ok(worker) => select(worker, timer).boxed_local(),
        Err(_) => timer.boxed_local(),
    }
}

fn worker_pulse(interval_ms: u32) -> Result<LocalBoxStream<'static, ()>, JsValue> {
    let (mut sender, receiver) = mpsc::channel(MAX_WAITING);
    let callback = Closure::<dyn FnMut()>::new(move || drop(sender.try_send(())));
    let worker = Worker::new(&format!("data:text/javascript,setInterval(()=>postMessage(0),{interval_ms})"))?;
    worker.set_onmessage(Some(callback.as_ref().unchecked_ref()));
    let worker = PulseWorker { worker, _callback: callback };
    Ok(receiver
        .map(move |()| {
            let _keeps_running = &worker;
        })
        .boxed_local())
}
