//! The components of a battle.

mod bar;
mod clock;
mod controls;
mod digest;
mod intro;
mod layer;
mod options;
mod overlay;
mod podium;
pub(crate) mod ranks;
mod request_sheet;
mod result;
pub(crate) mod rolling;
mod spoken;
mod supporters;
mod verdict;

pub use bar::{BarSide, DuelBar, StackedBar};
pub use clock::ClockPill;
pub use intro::Intro;
pub use layer::PkLayer;
pub use options::{BattleChoice, BattleOptions};
pub use overlay::PkCover;
pub use request_sheet::BattleSheet;
pub use result::ResultCard;
pub use verdict::Verdict;
