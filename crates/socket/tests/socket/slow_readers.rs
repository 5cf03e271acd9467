//! A reader that stalls costs a bounded amount of memory, and delays no other.

use duelcast_socket::{CloseCode, Delivery, Frame, SocketLimits};

use crate::harness::{Client, Host, close_code, next_text};

const LIMITS: SocketLimits = SocketLimits {
    silence: std::time::Duration::from_secs(3_600),
    login: std::time::Duration::from_secs(3_600),
    max_queue_frames: 8,
    max_queue_bytes: 1_000_000,
};

/// Large, so that the kernel's buffers are full soon.
fn event(number: usize) -> Frame {
    Frame::text(&format!("{number} {}", "x".repeat(100_000)))
}

async fn read_until(client: &mut Client, last: &str) -> Vec<String> {
    let mut texts = Vec::new();
    while texts.last().is_none_or(|text: &String| text != last) {
        texts.push(next_text(client).await);
    }
    texts
}

#[tokio::test]
async fn a_stalled_reader_overflows_and_others_get_every_frame() {
    let mut host = Host::start(LIMITS).await;
    let (mut stalled, stalled_socket) = host.connect().await;
    let (mut healthy, healthy_socket) = host.connect().await;
    let mut sent = 0;
    loop {
        let frame = event(sent);
        assert!(matches!(healthy_socket.send(&frame), Delivery::Written | Delivery::Queued));
        let expected = format!("{sent} ");
        assert!(next_text(&mut healthy).await.starts_with(&expected));
        sent += 1;
        if stalled_socket.send(&frame) == Delivery::Overflowed {
            break;
        }
        assert!(stalled_socket.buffered_bytes() <= LIMITS.max_queue_bytes);
    }

    let snapshot = Frame::text("snapshot");
    assert_eq!(stalled_socket.send(&snapshot), Delivery::Queued);
    let seen = read_until(&mut stalled, "snapshot").await;
    let numbers = seen.iter().filter_map(|text| text.split_once(' ')?.0.parse::<usize>().ok());
    assert!(numbers.clone().is_sorted());
    assert!(numbers.count() < sent, "what overflowed is not delivered");
    assert_eq!(stalled_socket.buffered_bytes(), 0);
}

#[tokio::test]
async fn volatile_values_do_not_pile_up() {
    let mut host = Host::start(LIMITS).await;
    let (mut client, socket) = host.connect().await;
    while socket.send(&event(0)) == Delivery::Written {}
    for score in 0..1_000 {
        let delivery = socket.send_latest(7, &Frame::text(&format!("score {score}")));
        assert_eq!(delivery, Delivery::Queued);
    }
    assert_eq!(socket.send_latest(8, &Frame::text("likes")), Delivery::Queued);
    let seen = read_until(&mut client, "likes").await;
    let scores: Vec<_> = seen.iter().filter(|text| text.starts_with("score")).collect();
    assert_eq!(scores, ["score 999"]);
}

#[tokio::test]
async fn a_slow_reader_still_learns_why_it_is_closed() {
    let mut host = Host::start(LIMITS).await;
    let (mut client, socket) = host.connect().await;
    while socket.send(&event(0)) == Delivery::Written {}
    socket.close(CloseCode::GoingAway, "the server restarts");
    assert_eq!(socket.send(&event(1)), Delivery::Closed);
    assert_eq!(close_code(&mut client).await, CloseCode::GoingAway.number());
}

#[tokio::test]
async fn frames_from_another_thread_arrive_in_order() {
    let mut host = Host::start(SocketLimits { max_queue_frames: 100_000, ..LIMITS }).await;
    let (mut client, socket) = host.connect().await;
    let sender = std::thread::spawn(move || {
        for number in 0..20_000 {
            let delivery = socket.send(&Frame::text(&format!("{number}")));
            assert!(matches!(delivery, Delivery::Written | Delivery::Queued));
        }
    });
    for number in 0..20_000 {
        assert_eq!(next_text(&mut client).await, number.to_string());
    }
    sender.join().unwrap();
}
