//! How the client reads and writes messages. Serde does the same for the server; in a page it would be a third of the code, since it
//! makes a reader of its own for every type. Here a type is a list of calls, a few bytes for each member.
//!
//! Reading never stops half-way: what is absent or wrong gives some value and is noted, the first of it, and [`read`] looks at
//! that once at the end. Unknown members are ignored; of a member that comes twice, the first counts.

mod json;
mod reader;
mod values;
mod writer;

pub use duelcast_wire_derive::{FromWire, ToWire};
pub use json::{At, Json, Part};
pub use reader::Reader;
pub use writer::Writer;

/// Something that is read from JSON.
pub trait FromWire: Sized {
    /// What stands there; some value, and a note in the reader, if it is something else.
    fn read(reader: &mut Reader<'_>, at: At) -> Self;
}

/// Something that is written as JSON.
pub trait ToWire {
    fn write(&self, writer: &mut Writer);
}

/// Something that is written as an object, or as a part of one.
pub trait Members: ToWire {
    fn write_members(&self, writer: &mut Writer);
}

/// Reads a whole text.
///
/// # Errors
/// A sentence that says what is not JSON, absent or wrong.
pub fn read<T: FromWire>(text: impl Into<String>) -> Result<T, String> {
    Json::parse(text.into())?.root().read()
}

/// Writes a whole text.
pub fn write<T: ToWire + ?Sized>(value: &T) -> String {
    let mut writer = Writer::default();
    value.write(&mut writer);
    writer.text()
}
