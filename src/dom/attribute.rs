//! Values of attributes, classes, styles and properties.

use crate::reactive::{Field, RwSignal, Signal};

use super::{spot::Spot, view::Draw};

/// Can be the value of an attribute, a class, a style or a property.
pub trait IntoAttribute {
    fn set_at(self, spot: &mut Spot);
}

/// What sets an attribute whenever a signal that it reads changes.
struct Live<F>(F);

impl<F: FnMut() -> A, A: IntoAttribute> Draw for Live<F> {
    fn draw(&mut self, spot: &mut Spot) {
        (self.0)().set_at(spot);
    }
}

impl IntoAttribute for bool {
    fn set_at(self, spot: &mut Spot) {
        spot.switch(self);
    }
}

impl IntoAttribute for String {
    fn set_at(self, spot: &mut Spot) {
        spot.text(self);
    }
}

impl IntoAttribute for &'static str {
    fn set_at(self, spot: &mut Spot) {
        spot.word(self);
    }
}

impl<A: IntoAttribute> IntoAttribute for Option<A> {
    fn set_at(self, spot: &mut Spot) {
        match self {
            Some(value) => value.set_at(spot),
            None => spot.switch(false),
        }
    }
}

impl<F: FnMut() -> A + 'static, A: IntoAttribute> IntoAttribute for F {
    fn set_at(self, spot: &mut Spot) {
        spot.live(Box::new(Live(self)));
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<T: IntoAttribute + Clone + Send + Sync + 'static> IntoAttribute for $signal<T> {
            fn set_at(self, spot: &mut Spot) {
                (move || self.get()).set_at(spot);
            }
        }
    )*};
}

signals!(Signal, RwSignal, Field);

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl IntoAttribute for $number {
            fn set_at(self, spot: &mut Spot) {
                spot.text(self.to_string());
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64, usize, i32);
