//! The Duelcast client: signaling and stores for any Leptos app, and with the feature `app` the app itself.

#[cfg(feature = "app")]
pub mod app;
#[cfg(feature = "app")]
pub mod components;
#[cfg(feature = "app")]
pub mod format;
#[cfg(feature = "app")]
pub mod i18n;
#[cfg(feature = "app")]
pub mod layout;
#[cfg(feature = "app")]
mod microphone;
#[cfg(feature = "app")]
pub mod navigation;
#[cfg(feature = "app")]
pub mod pages;
pub mod signaling;
pub mod stores;
#[cfg(feature = "app")]
mod token;
