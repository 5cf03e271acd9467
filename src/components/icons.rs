//! The icon set: 24 by 24, stroke width 2, in the text colour. Icons are hidden from assistive
//! technology; the control has the label.

use leptos::prelude::*;

/// The icons of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    Back,
    Check,
    Close,
    Clock,
    Crown,
    Exit,
    Eye,
    Gift,
    Globe,
    Heart,
    Link,
    Lock,
    Mic,
    MicOff,
    More,
    Plus,
    Power,
    Refresh,
    Rematch,
    Search,
    Send,
    Share,
    Swords,
    User,
    Wifi,
}

impl Glyph {
    fn is_solid(self) -> bool {
        matches!(self, Self::Crown | Self::Heart)
    }

    /// Whether the icon points in reading direction and is mirrored in right-to-left languages.
    fn is_directional(self) -> bool {
        matches!(self, Self::Back | Self::Exit | Self::Send)
    }

    fn path(self) -> &'static str {
        match self {
            Self::Back => "M15 5l-7 7 7 7",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5V12l3 2",
            Self::Crown => {
                "M3.2 7.6l4.6 3.2L12 4.4l4.2 6.4 4.6-3.2-1.9 10.2a1.6 1.6 0 0 1-1.6 1.3H6.7a1.6 1.6 0 0 1-1.6-1.3z"
            }
            Self::Exit => "M10 4H6.5A2.5 2.5 0 0 0 4 6.5v11A2.5 2.5 0 0 0 6.5 20H10M15 8l4 4-4 4M19 12H9.5",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"
            }
            Self::Gift => {
                "M4 11h16v8.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19.5zM3 7.5h18V11H3zM12 7.5V21M12 7.5C10 3 6 3.4 6.2 5.6 6.4 7.2 9 7.5 12 7.5zM12 7.5c2-4.5 6-4.1 5.8-1.9C17.6 7.2 15 7.5 12 7.5z"
            }
            Self::Globe => {
                "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c2.6 2.4 3.9 5.4 3.9 9s-1.3 6.6-3.9 9c-2.6-2.4-3.9-5.4-3.9-9S9.4 5.4 12 3z"
            }
            Self::Heart => {
                "M12 20.5S3 15 3 8.9A4.9 4.9 0 0 1 12 6.2a4.9 4.9 0 0 1 9 2.7C21 15 12 20.5 12 20.5z"
            }
            Self::Link => {
                "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5"
            }
            Self::Lock => {
                "M6.5 11h11a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-6A1.5 1.5 0 0 1 6.5 11zM8 11V8a4 4 0 0 1 8 0v3"
            }
            Self::Mic => {
                "M12 14.5a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5.5a3 3 0 0 0 3 3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"
            }
            Self::MicOff => {
                "M4 4l16 16M15 10.5V6a3 3 0 0 0-5.8-1M9 9v2.5a3 3 0 0 0 4.5 2.6M5.5 11.5a6.5 6.5 0 0 0 10.5 5.1M18.5 11.5a6.5 6.5 0 0 1-.5 2.5M12 18v3"
            }
            Self::More => "M5.5 12h.01M12 12h.01M18.5 12h.01",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Power => "M12 3.5v8M6.6 7a7.5 7.5 0 1 0 10.8 0",
            Self::Refresh => "M20 11.5a8 8 0 1 0-2.3 6.1M20 5v6.5h-6.5",
            Self::Rematch => {
                "M17 3l3 3-3 3M4 11V9.5A3.5 3.5 0 0 1 7.5 6H20M7 21l-3-3 3-3M20 13v1.5a3.5 3.5 0 0 1-3.5 3.5H4"
            }
            Self::Search => "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16.2 16.2L20.5 20.5",
            Self::Send => "M21 3L10.5 13.5M21 3l-6.5 18-4-7.5L3 9.5z",
            Self::Share => {
                "M12 3v12M7.5 7L12 2.8 16.5 7M5 12v7.5A1.5 1.5 0 0 0 6.5 21h11a1.5 1.5 0 0 0 1.5-1.5V12"
            }
            Self::Swords => {
                "M4 4h3.5L17 13.5M4 4v3.5L13.5 17M15.5 18.5l3-3M17 17l3.5 3.5M20 4h-3.5L13 7.5M20 4v3.5L16.5 11M8.5 18.5l-3-3M7 17l-3.5 3.5M10.5 10.5L7 14"
            }
            Self::User => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
            Self::Wifi => {
                "M4 4l16 16M8.5 15.5a5 5 0 0 1 5.5-1M5 12a10 10 0 0 1 4.5-2.6M2 8.5A14.5 14.5 0 0 1 6 6M11 5a14.5 14.5 0 0 1 11 3.5M16 10.5a10 10 0 0 1 3 1.5M12 19.5h.01"
            }
        }
    }
}

/// One icon of the set.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg
            class="icon"
            class:solid=glyph.is_solid()
            class:directional=glyph.is_directional()
            viewBox="0 0 24 24"
            aria-hidden="true"
            focusable="false"
        >
            <path d=glyph.path()></path>
        </svg>
    }
}
