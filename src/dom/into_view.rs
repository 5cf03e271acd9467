//! What may stand between tags.

use std::borrow::Cow;

use leptos::either::{Either, EitherOf3};

use super::{spot::Spot, view::View};
use crate::reactive::{Field, RwSignal, Signal};

/// Can be drawn.
pub trait IntoView: Sized {
    fn into_view(self) -> View;

    /// Draws it there. The same as putting its [`View`], made for what is put most to need less code.
    fn put_at(self, spot: &mut Spot) {
        spot.view(self.into_view());
    }

    /// For branches of several types.
    fn into_any(self) -> View {
        self.into_view()
    }
}

/// Many views side by side.
pub trait CollectView {
    fn collect_view(self) -> View;
}

impl<I: IntoIterator<Item: IntoView>> CollectView for I {
    fn collect_view(self) -> View {
        // Not `collect`, which is a function anew for each kind of iterator.
        let mut views = Vec::new();
        for view in self {
            views.push(view.into_view());
        }
        View::list(views)
    }
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::default()
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        View::text(self)
    }

    fn put_at(self, spot: &mut Spot) {
        spot.text(self);
    }
}

impl IntoView for &str {
    fn into_view(self) -> View {
        View::text(self.to_owned())
    }

    fn put_at(self, spot: &mut Spot) {
        spot.text(self.to_owned());
    }
}

impl IntoView for Cow<'_, str> {
    fn into_view(self) -> View {
        View::text(self.into_owned())
    }
}

impl<V: IntoView> IntoView for Option<V> {
    fn into_view(self) -> View {
        self.map(V::into_view).unwrap_or_default()
    }

    fn put_at(self, spot: &mut Spot) {
        match self {
            Some(value) => value.put_at(spot),
            None => spot.view(View::default()),
        }
    }
}

impl<V: IntoView> IntoView for Vec<V> {
    fn into_view(self) -> View {
        self.collect_view()
    }
}

impl<V: IntoView, const N: usize> IntoView for [V; N] {
    fn into_view(self) -> View {
        self.collect_view()
    }
}

impl<A: IntoView, B: IntoView> IntoView for Either<A, B> {
    fn into_view(self) -> View {
        match self {
            Self::Left(view) => view.into_view(),
            Self::Right(view) => view.into_view(),
        }
    }

    fn put_at(self, spot: &mut Spot) {
        match self {
            Self::Left(view) => view.put_at(spot),
            Self::Right(view) => view.put_at(spot),
        }
    }
}

impl<A: IntoView, B: IntoView, C: IntoView> IntoView for EitherOf3<A, B, C> {
    fn into_view(self) -> View {
        match self {
            Self::A(view) => view.into_view(),
            Self::B(view) => view.into_view(),
            Self::C(view) => view.into_view(),
        }
    }
}

impl<F: FnMut() -> V + 'static, V: IntoView> IntoView for F {
    fn into_view(self) -> View {
        View::live(Box::new(self))
    }

    fn put_at(self, spot: &mut Spot) {
        spot.live(Box::new(self));
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<T: IntoView + Clone + Send + Sync + 'static> IntoView for $signal<T> {
            fn into_view(self) -> View {
                View::live(Box::new(move || self.get()))
            }

            fn put_at(self, spot: &mut Spot) {
                (move || self.get()).put_at(spot);
            }
        }
    )*};
}

signals!(Signal, RwSignal, Field);

macro_rules! texts {
    ($($text:ty),*) => {$(
        impl IntoView for $text {
            fn into_view(self) -> View {
                View::text(self.to_string())
            }

            fn put_at(self, spot: &mut Spot) {
                spot.text(self.to_string());
            }
        }
    )*};
}

texts!(char, u8, u16, u32, u64, usize, i32);
