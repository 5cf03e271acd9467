//! Rows that are kept by their keys: what stays is not touched, and moved only when its order changed.

use leptos::prelude::{Owner, untrack};
use web_sys::Node;

use super::{
    document,
    insert::{insert_view, mark, put, remove},
    into_view::IntoView,
    spot::Place,
    view::View,
};

/// What [`View::rows`] shows: it names each row in its order, with what makes the row should it not be there yet.
pub trait ListRows {
    fn list(&mut self, rows: &mut Update<'_>);
}

/// What makes a row.
pub(super) trait MakeRow {
    fn make(&self) -> View;
}

impl<F: Fn() -> V, V: IntoView> MakeRow for F {
    fn make(&self) -> View {
        self().into_view()
    }
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

    pub(super) fn update(&mut self, wanted: &mut dyn ListRows) {
        let before = self.rows.drain(..).map(Some).collect();
        let mut update = Update { before, guess: 0, owner: self.owner.as_ref(), rows: Vec::new() };
        wanted.list(&mut update);
        let Update { before, rows, .. } = update;
        for gone in before.into_iter().flatten() {
            gone.remove();
        }
        self.arrange(&rows);
        for (row, _) in rows {
            self.rows.push(row);
        }
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

/// The rows while they are listed anew.
pub struct Update<'a> {
    /// Those of the last time that are not listed yet.
    before: Vec<Option<ShownRow>>,
    /// Where the next one is, most likely.
    guess: usize,
    owner: Option<&'a Owner>,
    /// Those that are listed, with their place the last time.
    rows: Vec<(ShownRow, Option<usize>)>,
}

impl Update<'_> {
    /// The next row.
    pub(super) fn row(&mut self, key: u64, make: &dyn MakeRow) {
        let is = |row: &Option<ShownRow>| row.as_ref().is_some_and(|row| row.key == key);
        if !self.before.get(self.guess).is_some_and(is) {
            self.guess = self.before.iter().position(is).unwrap_or(self.before.len());
        }
        let index = self.guess;
        self.guess += 1;
        let row = match self.before.get_mut(index).and_then(Option::take) {
            Some(shown) => (shown, Some(index)),
            None => (new_row(key, make, self.owner), None),
        };
        self.rows.push(row);
    }
}

fn new_row(key: u64, make: &dyn MakeRow, owner: Option<&Owner>) -> ShownRow {
    let row_owner = owner.map_or_else(Owner::new, |owner| owner.with(Owner::new));
    let fragment: Node = document().create_document_fragment().into();
    row_owner.with(|| untrack(|| insert_view(make.make(), &fragment, None)));
    let first = fragment.first_child().unwrap_or_else(|| mark(&fragment, None));
    let last = fragment.last_child().unwrap_or_else(|| first.clone());
    ShownRow { key, owner: row_owner, first, last }
}
