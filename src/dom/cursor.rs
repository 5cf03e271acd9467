//! The way through a copy of a template, from one thing that is not fixed to the next.

use web_sys::Node;

use super::spot::{Name, Place};

/// Where it stands, and its way from there. `crates/markup` writes the way: letters for steps (`u`p, `d`own to the first
/// child, `n`ext), a sign for what is there, its name if it has one, and a semicolon.
pub(super) struct Cursor {
    at: Node,
    way: &'static str,
}

impl Cursor {
    pub(super) fn new(root: Node, way: &'static str) -> Self {
        Self { at: root, way }
    }

    pub(super) fn next(&mut self) -> Place {
        let end = self.way.bytes().position(|byte| byte == b';').expect("a value has a place");
        let step = &self.way[..end];
        self.way = &self.way[end + 1..];
        for (i, sign) in step.bytes().enumerate() {
            let next = match sign {
                b'u' => self.at.parent_node(),
                b'd' => self.at.first_child(),
                b'n' => self.at.next_sibling(),
                _ => return place(self.at.clone(), sign, &step[i + 1..]),
            };
            self.at = next.expect("the way was made from the same HTML");
        }
        unreachable!("a step ends with a sign")
    }
}

fn place(node: Node, sign: u8, name: &'static str) -> Place {
    let kind = match sign {
        b'{' => return Place::Whole(node),
        b'|' => return Place::Before(node),
        b'.' => Name::Class,
        b'~' => Name::Style,
        b'=' => Name::Property,
        b'!' => Name::Event,
        _ => Name::Attribute,
    };
    Place::Named(node, kind, name)
}
