//! No circle among the top-level modules of a crate under `crates/`: what a module names with
//! `crate::` or `super::`, it depends on.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::{
    Attribute, ImplItemFn, ItemFn, ItemImpl, ItemMod, ItemUse, UseTree,
    visit::{self, Visit},
};

type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_modules_of_a_crate_depend_on_each_other_one_way() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut circles = Vec::new();
    for folder in fs::read_dir(crates).unwrap().map(|entry| entry.unwrap().path()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let sources = folder.join("src");
        if sources.is_dir() {
            circles.extend(find_circles(&graph(&sources)).iter().map(|circle| describe(&name, circle)));
        }
    }
    assert!(circles.is_empty(), "modules depend on each other in a circle:\n{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found_and_a_chain_is_not_one() {
    let sources = [
        ("a", "use crate::b::B; #[cfg(test)] mod tests { use crate::d; }"),
        ("b", "fn f() { let _ = crate::c::g(); }"),
        ("c", "use crate::{d, a::A};"),
        ("d", "mod inner { use super::super::e::E; use super::Own; }"),
        ("e", "struct E;"),
    ];
    let names: BTreeSet<String> = sources.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut graph = Graph::new();
    for (name, text) in sources {
        Scan::new(&[name.to_owned()], &names, &mut graph).visit_file(&syn::parse_file(text).unwrap());
    }
    let circle = ["a", "b", "c"].map(str::to_owned).to_vec();
    assert_eq!(find_circles(&graph), [circle]);
    assert_eq!(graph["a"], BTreeSet::from(["b".to_owned()]));
    assert_eq!(graph["d"], BTreeSet::from(["e".to_owned()]));
}

/// Which module depends on which, by their names.
fn graph(sources: &Path) -> Graph {
    let files = rust_files(sources);
    let paths: Vec<Vec<String>> = files.iter().map(|file| module_path(sources, file)).collect();
    let modules = paths.iter().filter_map(|path| path.first().cloned()).collect();
    let mut graph = Graph::new();
    for (file, path) in files.iter().zip(&paths).filter(|(_, path)| !path.is_empty()) {
        let text = fs::read_to_string(file).unwrap();
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Scan::new(path, &modules, &mut graph).visit_file(&parsed);
    }
    graph
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Where a file stands in its crate; empty for the root.
fn module_path(sources: &Path, file: &Path) -> Vec<String> {
    let relative = file.strip_prefix(sources).unwrap().with_extension("");
    let mut path: Vec<String> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let is_root = path.len() == 1 && ["lib", "main"].contains(&path[0].as_str());
    if is_root || path.last().is_some_and(|last| last == "mod") {
        path.pop();
    }
    path
}

/// Notes what one file depends on.
struct Scan<'a> {
    /// Where the code stands that is being looked at.
    path: Vec<String>,
    modules: &'a BTreeSet<String>,
    graph: &'a mut Graph,
}

impl<'a> Scan<'a> {
    fn new(path: &[String], modules: &'a BTreeSet<String>, graph: &'a mut Graph) -> Self {
        graph.entry(path[0].clone()).or_default();
        Self { path: path.to_vec(), modules, graph }
    }

    fn note(&mut self, segments: &[String]) {
        let supers = segments.iter().take_while(|segment| *segment == "super").count();
        let absolute = match segments.first().map(String::as_str) {
            Some("crate") => segments[1..].to_vec(),
            Some("super") => {
                let kept = self.path.len().saturating_sub(supers);
                [&self.path[..kept], &segments[supers..]].concat()
            }
            Some(_) | None => return,
        };
        let own = &self.path[0];
        if let Some(module) = absolute.first().filter(|it| self.modules.contains(*it) && *it != own) {
            self.graph.entry(own.clone()).or_default().insert(module.clone());
        }
    }

    fn note_tree(&mut self, tree: &UseTree, mut prefix: Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.note_tree(&path.tree, prefix);
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.note_tree(item, prefix.clone()));
            }
            UseTree::Name(name) => {
                prefix.push(name.ident.to_string());
                self.note(&prefix);
            }
            UseTree::Rename(rename) => {
                prefix.push(rename.ident.to_string());
                self.note(&prefix);
            }
            UseTree::Glob(_) => self.note(&prefix),
        }
    }
}

impl<'ast> Visit<'ast> for Scan<'_> {
    fn visit_item_use(&mut self, used: &'ast ItemUse) {
        if !is_test(&used.attrs) {
            self.note_tree(&used.tree, Vec::new());
        }
    }

    fn visit_item_impl(&mut self, implementation: &'ast ItemImpl) {
        if !is_test(&implementation.attrs) {
            visit::visit_item_impl(self, implementation);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if is_test(&module.attrs) {
            return;
        }
        self.path.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.path.pop();
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if !is_test(&function.attrs) {
            visit::visit_item_fn(self, function);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        if !is_test(&function.attrs) {
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(&segments);
        visit::visit_path(self, path);
    }
}

/// Tests may name anything: what is not built into the crate is no dependency of it.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_cfg_test = attribute
            .meta
            .require_list()
            .is_ok_and(|list| list.path.is_ident("cfg") && list.tokens.to_string() == "test");
        is_cfg_test || attribute.path().is_ident("test")
    })
}

/// Sets of more than one module that all reach each other, by name.
fn find_circles(graph: &Graph) -> Vec<Vec<String>> {
    let reachable: BTreeMap<&String, BTreeSet<&String>> =
        graph.keys().map(|module| (module, reach(graph, module))).collect();
    let mut circles = BTreeSet::new();
    for (module, reached) in &reachable {
        let circle: Vec<String> = reached
            .iter()
            .filter(|other| reachable.get(**other).is_some_and(|back| back.contains(module)))
            .map(|other| (*other).clone())
            .collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// Every module that this one depends on, directly or not.
fn reach<'a>(graph: &'a Graph, module: &String) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&String> = graph.get(module).into_iter().flatten().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(graph.get(next).into_iter().flatten());
        }
    }
    reached
}

fn describe(name: &str, circle: &[String]) -> String {
    format!("crates/{name}: {}", circle.join(" <-> "))
}
