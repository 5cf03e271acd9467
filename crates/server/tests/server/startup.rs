//! What the command line says when something is wrong, and what it prints.

use std::net::TcpListener;

use super::{
    host::api_key,
    process::{KEY, Process, run},
};

fn complaint(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr).unwrap().trim().to_owned()
}

#[test]
fn a_port_in_use_is_one_sentence() {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = holder.local_addr().unwrap().to_string();
    let data = tempfile::tempdir().unwrap();
    let complaint = complaint(&[
        "serve",
        "--listen",
        &address,
        "--api-key",
        KEY,
        "--data",
        data.path().to_str().unwrap(),
    ]);
    let port = holder.local_addr().unwrap().port();
    assert!(complaint.starts_with(&format!("Port {port} is in use")), "{complaint}");
    assert_eq!(complaint.lines().count(), 1);
}

#[test]
fn a_data_folder_has_one_server() {
    let data = tempfile::tempdir().unwrap();
    let _process = Process::start(data.path());
    let complaint = complaint(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--api-key",
        KEY,
        "--data",
        data.path().to_str().unwrap(),
    ]);
    assert!(complaint.contains("is used by another process"), "{complaint}");
}

#[test]
fn a_data_folder_that_is_none_is_one_sentence() {
    let complaint =
        complaint(&["serve", "--listen", "127.0.0.1:0", "--api-key", KEY, "--data", "/dev/null/data"]);
    assert!(complaint.contains("cannot be written"), "{complaint}");
    assert_eq!(complaint.lines().count(), 1);
}

#[test]
fn a_missing_or_weak_key_is_one_sentence() {
    assert!(complaint(&["serve"]).starts_with("Give an API key"));
    let weak = complaint(&["serve", "--api-key", "billing:hunter2"]);
    let token = complaint(&["token", "--api-key", "billing:hunter2", "--user", "ann"]);
    for complaint in [weak, token] {
        assert!(complaint.contains("at least 32") && !complaint.contains("hunter2"), "{complaint}");
    }
}

#[test]
fn tokens_are_minted_offline() {
    let output =
        run(&["token", "--api-key", KEY, "--user", "ann", "--name", "Ann", "--create-live", "--ttl", "5m"]);
    assert!(output.status.success());
    let token = String::from_utf8(output.stdout).unwrap();
    let claims = duelcast_server::auth::Keys::new(&[api_key()]).verify(token.trim()).unwrap();
    assert!(claims.create_live && !claims.service);
    assert_eq!(claims.name, "Ann");
}
