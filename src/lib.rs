//! The Duelcast client: signaling and lives for any page; with the feature `stores`, their state as
//! signals for any Leptos app; with the feature `app`, the app itself.

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
pub mod lives;
#[cfg(feature = "app")]
mod microphone;
#[cfg(feature = "app")]
pub mod navigation;
#[cfg(feature = "app")]
pub mod pages;
#[cfg(feature = "app")]
mod route;
#[cfg(test)]
mod sample;
pub mod signaling;
#[cfg(feature = "stores")]
pub mod stores;
#[cfg(feature = "app")]
mod token;
