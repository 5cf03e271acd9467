//! Rows that are kept by their keys: what stays is not touched, and moved only when its order changed.

use leptos::prelude::{Owner, untrack};
use web_sys::Node;

use super::{
    document,
    insert::{insert, mark, put, remove},
    spot::Place,
    view::View,
};

/// A row that shall be there; `make` is called if it is not there yet.
pub struct Row {
    pub(super) key: u64,
    pub(super) make: Box<dyn FnOnce() -> View>,
}

struct ShownRow {
    key: u64,
    owner: Owner,
    first: Node,
    last: Node,
}

impl ShownRow {
    fn put(&self, parent: &Node, before: Option<&Node>) {
        let mut node = Some(self.first.clone());
        while let Some(this) = node {
            node = if this == self.last { None } else { this.next_sibling() };
            put(&this, parent, before);
        }
    }

    fn remove(self) {
        self.owner.cleanup();
        let mut node = Some(self.first);
        while let Some(this) = node {
            node = if this == self.last { None } else { this.next_sibling() };
            remove(&this);
        }
    }
}

/// The rows that are there.
pub(super) struct Shown {
    place: Place,
    /// Of what shows the list: rows outlive each change of it.
    owner: Option<Owner>,
    rows: Vec<ShownRow>,
}

impl Shown {
    pub(super) fn new(place: Place) -> Self {
        Self { place, owner: Owner::current(), rows: Vec::new() }
    }

    pub(super) fn update(&mut self, wanted: Vec<Row>) {
        let mut before: Vec<Option<ShownRow>> = self.rows.drain(..).map(Some).collect();
        let is = |row: &Option<ShownRow>, key: u64| row.as_ref().is_some_and(|row| row.key == key);
        let mut guess = 0;
        let rows: Vec<(ShownRow, Option<usize>)> = wanted
            .into_iter()
            .map(|row| {
                if !before.get(guess).is_some_and(|shown| is(shown, row.key)) {
                    guess = before.iter().position(|shown| is(shown, row.key)).unwrap_or(before.len());
                }
                let index = guess;
                guess += 1;
                match before.get_mut(index).and_then(Option::take) {
                    Some(shown) => (shown, Some(index)),
                    None => (make(row, self.owner.as_ref()), None),
                }
            })
            .collect();
        before.into_iter().flatten().for_each(ShownRow::remove);
        self.arrange(&rows);
        self.rows = rows.into_iter().map(|(row, _)| row).collect();
    }

    /// From the last to the first: new ones are put in, and those that stood behind what now follows them are moved.
    fn arrange(&self, rows: &[(ShownRow, Option<usize>)]) {
        let Some((parent, end)) = self.place.end() else { return };
        let mut next = end.cloned();
        let mut limit = usize::MAX;
        for (row, index) in rows.iter().rev() {
            match index {
                Some(index) if *index < limit => limit = *index,
                Some(_) | None => row.put(&parent, next.as_ref()),
            }
            next = Some(row.first.clone());
        }
    }
}

fn make(row: Row, owner: Option<&Owner>) -> ShownRow {
    let Row { key, make } = row;
    let row_owner = owner.map_or_else(Owner::new, |owner| owner.with(Owner::new));
    let fragment: Node = document().create_document_fragment().into();
    row_owner.with(|| untrack(|| insert(make(), &fragment, None)));
    let first = fragment.first_child().unwrap_or_else(|| mark(&fragment, None));
    let last = fragment.last_child().unwrap_or_else(|| first.clone());
    ShownRow { key, owner: row_owner, first, last }
}
