//! Ways from node to node in a template.

/// Where the cursor is and where it shall be, as numbers of children from the root on.
#[derive(Default)]
pub(crate) struct Steps {
    at: Vec<usize>,
}

impl Steps {
    /// The way there, a letter a step: `u`p, `d`own to the first child, `n`ext.
    pub(crate) fn go_to(&mut self, there: &[usize]) -> String {
        let shared = self.at.iter().zip(there).take_while(|(a, b)| a == b).count();
        let mut way = String::new();
        if shared == self.at.len() {
            for &child in &there[shared..] {
                way.push('d');
                way.extend(std::iter::repeat_n('n', child));
            }
        } else {
            way.extend(std::iter::repeat_n('u', self.at.len() - shared - 1));
            match there.get(shared) {
                Some(&child) if child > self.at[shared] => {
                    way.extend(std::iter::repeat_n('n', child - self.at[shared]));
                    for &child in &there[shared + 1..] {
                        way.push('d');
                        way.extend(std::iter::repeat_n('n', child));
                    }
                }
                Some(_) | None => unreachable!("places come in the order of the document"),
            }
        }
        self.at = there.to_vec();
        way
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_leads_down_along_and_up() {
        let mut steps = Steps::default();
        assert_eq!(steps.go_to(&[]), "");
        assert_eq!(steps.go_to(&[0, 2]), "ddnn");
        assert_eq!(steps.go_to(&[0, 2]), "");
        assert_eq!(steps.go_to(&[1]), "un");
        assert_eq!(steps.go_to(&[3, 0]), "nnd");
    }
}
