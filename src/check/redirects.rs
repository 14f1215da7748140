//! `redirect-loop`, `redirect-chain`: rules of the author's own `_redirects` that lead to one another.
//!
//! The old paths of documents cannot: each leads to a page, and two that want one address are `same-address`. A rule of
//! `_redirects` (as Netlify, Cloudflare Pages, GitLab Pages and Codeberg Pages read it) may lead anywhere, so it is
//! compared with the other rules, with the old paths and with what the site has at its address.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::addresses::{Owner, folded};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::{Place, Span};

/// A text file of redirects, and what messages call it.
pub struct Rules {
    /// Its path from the site's folder.
    pub file: Arc<str>,
    /// What stands in it.
    pub text: String,
}

/// A rule that sends every visitor of one address to another.
struct Rule<'t> {
    from: &'t str,
    to: &'t str,
    /// The address that it is about, as it is compared.
    address: String,
    /// The address that it leads to, where that is one of this site.
    target: Option<String>,
    span: Span,
}

/// Reports rules that loop, that lead to another redirect, or that want an address that something else has.
pub(super) fn check(rules: &Rules, config: &Config, owners: &BTreeMap<String, Owner>, diagnostics: &mut Diagnostics) {
    let place = |rule: &Rule<'_>| Place::new(&rules.file, rule.span);
    let mut by_address: BTreeMap<String, Rule<'_>> = BTreeMap::new();
    for rule in read(&rules.text, config) {
        if let Some(owner) = owner_at(owners, &rule.address) {
            let message = format!("the redirect of `{}` and {} both want that address", rule.from, owner.name);
            let error = Diagnostic::error("same-address", message).at(place(&rule));
            diagnostics.push(error.help("take one of them out"));
        }
        match by_address.entry(rule.address.clone()) {
            Entry::Vacant(entry) => drop(entry.insert(rule)),
            Entry::Occupied(first) => {
                let error = Diagnostic::error("same-address", format!("`{}` is redirected twice", rule.from));
                let error = error.at(place(&rule)).label(place(first.get()), "the other is here");
                diagnostics.push(error.help("take one of them out"));
            }
        }
    }
    let loops = loops(&by_address);
    for (address, rule) in &by_address {
        let Some(target) = &rule.target else { continue };
        let next = by_address.get(target);
        let old_path = owner_at(owners, target).filter(|owner| owner.is_old_path);
        let error = if loops.contains(&address) {
            let message = format!("the redirect of `{}` to `{}` leads back to where it began", rule.from, rule.to);
            Diagnostic::error("redirect-loop", message).help("let it lead to a page")
        } else if next.is_some() || old_path.is_some() {
            let message = format!("the redirect of `{}` leads to `{}`, which is redirected itself", rule.from, rule.to);
            Diagnostic::error("redirect-chain", message).help("let it lead to where that one leads")
        } else {
            continue;
        };
        let error = error.at(place(rule));
        diagnostics.push(match next.filter(|next| next.span != rule.span) {
            Some(next) => error.label(place(next), "the next is here"),
            None => error,
        });
    }
}

/// Finds the addresses from which redirects lead back to where they began, each looked at once.
fn loops<'r>(rules: &'r BTreeMap<String, Rule<'_>>) -> Vec<&'r String> {
    let mut seen: BTreeMap<&String, usize> = BTreeMap::new();
    let mut loops = Vec::new();
    for (walk, start) in rules.keys().enumerate() {
        let mut path = Vec::new();
        let mut at = rules.get_key_value(start);
        while let Some((address, rule)) = at {
            if let Some(last) = seen.insert(address, walk) {
                if last == walk {
                    loops.extend(path.iter().copied().skip_while(|before| *before != address));
                } else {
                    seen.insert(address, last);
                }
                break;
            }
            path.push(address);
            at = rule.target.as_ref().and_then(|target| rules.get_key_value(target));
        }
    }
    loops.sort_unstable();
    loops
}

/// Reads the rules for one address each that hold for every visitor.
///
/// Patterns (`*`, `:name`), conditions (`Country=de`) and rewrites (200, 404) are left to the host.
fn read<'t>(text: &'t str, config: &'t Config) -> impl Iterator<Item = Rule<'t>> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let began = start;
        start += line.len();
        let span = Span::new(began, began + line.trim_end().len());
        rule(line, span, config)
    })
}

fn rule<'t>(line: &'t str, span: Span, config: &Config) -> Option<Rule<'t>> {
    let words: Vec<&str> = line.split_whitespace().take_while(|word| !word.starts_with('#')).collect();
    let (from, to, status) = match *words {
        [from, to] => (from, to, "301"),
        [from, to, status] => (from, to, status.trim_end_matches('!')),
        _ => return None,
    };
    let path = to.strip_prefix(&*config.base_url).map_or(to, |path| if path.is_empty() { "/" } else { path });
    let is_ours = path.starts_with('/');
    let is_pattern = from.contains(['*', ':', '?']) || is_ours && path.contains(['*', ':']);
    if !from.starts_with('/') || is_pattern || !matches!(status, "301" | "302" | "303" | "307" | "308") {
        return None;
    }
    let target = is_ours.then(|| address(path, config));
    Some(Rule { from, to, address: address(from, config), target, span })
}

/// Brings the spellings of one address together: hosts take `/a`, `/a/` and `/a/index.html` for the same.
fn address(path: &str, config: &Config) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix(&*config.base_path).filter(|rest| rest.starts_with('/')).unwrap_or(path);
    let path = percent_decode_str(path).decode_utf8_lossy();
    let path = path.strip_suffix("/index.html").unwrap_or(&path);
    folded(path.trim_matches('/'))
}

/// Finds what the site has at an address: a page, or a file.
fn owner_at<'o>(owners: &'o BTreeMap<String, Owner>, address: &str) -> Option<&'o Owner> {
    let page = if address.is_empty() { "index.html".to_owned() } else { format!("{address}/index.html") };
    owners.get(&page).or_else(|| owners.get(address))
}
