//! Proposals as front matter, printed or put into a file whose other bytes stay as they are.

use std::fmt;

use super::Proposal;
use crate::load::{Format, Kind, Node, decode, matter, split};
use crate::model::{AnalysisMatter, Claim, slugify};

/// Why proposals cannot be put into a front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What stands in the way.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

impl Refusal {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: "put what `dateline suggest FILE` prints into the front matter by hand" }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}", self.message, self.help)
    }
}

/// Drops proposals that say again what an earlier one says, and gives each an id that no existing claim has.
fn with_ids<'p>(proposals: &'p [Proposal], existing: &[Claim]) -> Vec<(String, &'p Proposal)> {
    let mut taken: std::collections::BTreeSet<String> = existing.iter().map(|claim| claim.id.to_lowercase()).collect();
    let mut seen = std::collections::BTreeSet::new();
    let mut kept = Vec::new();
    for proposal in proposals {
        if !seen.insert((&proposal.value, &proposal.metric, &proposal.company)) {
            continue;
        }
        let id = free_id(&proposal.figure, &mut taken);
        kept.push((id, proposal));
    }
    kept
}

/// The longest id that is made from a figure.
const LONGEST_ID: usize = 40;

fn free_id(figure: &str, taken: &mut std::collections::BTreeSet<String>) -> String {
    let made = slugify(figure, LONGEST_ID);
    let stem = if made.is_empty() { "figure".to_owned() } else { made };
    let numbered = (2_u32..).map(|number| format!("{stem}-{number}"));
    let free = std::iter::once(stem.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(stem);
    taken.insert(free.clone());
    free
}

/// Prints proposals as an author would write them, in the language of the file's front matter.
///
/// # Errors
/// Where the text has no front matter.
pub fn printed(text: &str, existing: &[Claim], proposals: &[Proposal]) -> Result<String, Refusal> {
    let parts = split(text).map_err(|problem| Refusal::new(problem.message.clone()))?;
    let claims = with_ids(proposals, existing);
    Ok(match parts.format {
        Format::Toml => toml(&claims, "\n"),
        Format::Yaml => format!("claims:\n{}", yaml(&claims, "  ", "  ", "\n")),
    })
}

/// Puts proposals into a front matter, and returns the whole text; all other bytes are as they were.
///
/// TOML gets its tables at the end. YAML gets its items at the end of the list `claims`, or a list at the end.
///
/// # Errors
/// Where the result would not be read as the old front matter with these claims more.
pub fn inserted(text: &str, existing: &[Claim], proposals: &[Proposal]) -> Result<String, Refusal> {
    let parts = split(text).map_err(|problem| Refusal::new(problem.message.clone()))?;
    let claims = with_ids(proposals, existing);
    if claims.is_empty() {
        return Ok(text.to_owned());
    }
    let newline = if text.lines().next().is_some() && text.contains("\r\n") { "\r\n" } else { "\n" };
    let end = parts.matter_start as usize + parts.matter.len();
    let (at, block) = match parts.format {
        Format::Toml => {
            let gap = if parts.matter.trim().is_empty() || ends_blank(parts.matter) { "" } else { newline };
            (end, format!("{gap}{}", toml(&claims, newline)))
        }
        Format::Yaml => yaml_place(text, &matter(&parts).0, end, &claims, newline)?,
    };
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let result = [before, &block, after].concat();
    verified(&result, existing.len() + claims.len())?;
    Ok(result)
}

/// Tells whether a text ends with an empty line.
fn ends_blank(text: &str) -> bool {
    text.trim_end_matches(['\r', ' ', '\t']).ends_with("\n\n") || text.ends_with("\n\r\n")
}

/// Makes sure that the result is sound and has so many claims.
fn verified(text: &str, count: usize) -> Result<(), Refusal> {
    let refused = || Refusal::new("the claims cannot be added to this front matter without rewriting it");
    let parts = split(text).map_err(|_| refused())?;
    let (node, mut problems) = matter(&parts);
    let sound = decode::<AnalysisMatter>(&node, &mut problems).is_some() && problems.is_empty();
    let claims = entry(&node, "claims").map_or(0, |(_, value)| match &value.kind {
        Kind::List(items) => items.len(),
        _ => 0,
    });
    if sound && claims == count { Ok(()) } else { Err(refused()) }
}

fn entry<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<(usize, &'n Node<'t>)> {
    let Kind::Table(entries) = &node.kind else { return None };
    entries.iter().find(|(name, _)| name.value == key).map(|(name, value)| (name.span.start as usize, value))
}

/// Finds where items of a YAML list of claims belong, and writes them so that they fit there.
fn yaml_place(
    text: &str,
    root: &Node<'_>,
    end: usize,
    claims: &[(String, &Proposal)],
    newline: &str,
) -> Result<(usize, String), Refusal> {
    let Some((key, list)) = entry(root, "claims") else {
        return Ok((end, format!("claims:{newline}{}", yaml(claims, "  ", "  ", newline))));
    };
    let line_of = |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let at = end_of_value(text, root, key, end);
    let Kind::List(items) = &list.kind else {
        return match list.kind {
            Kind::Null => Ok((at, yaml(claims, "  ", "  ", newline))),
            _ => Err(Refusal::new("`claims` is no list")),
        };
    };
    let first = items.first().map(|item| item.span.start as usize);
    let lead = first.and_then(|first| text.get(line_of(first)..first)).unwrap_or_default();
    let Some((indent, gap)) =
        lead.split_once('-').filter(|(indent, gap)| is_blank(indent) && is_blank(gap) && !gap.is_empty())
    else {
        return Err(Refusal::new("`claims` is written in brackets, or in another way that nothing can be added to"));
    };
    Ok((at, yaml(claims, indent, &" ".repeat(gap.len() + 1), newline)))
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ')
}

/// Finds where the value of a top-level key ends: before the next key, and before blank lines and notes above that.
fn end_of_value(text: &str, root: &Node<'_>, key: usize, end: usize) -> usize {
    let Kind::Table(entries) = &root.kind else { return end };
    let keys = entries.iter().map(|(name, _)| name.span.start as usize);
    let limit = keys.filter(|at| *at > key).min().unwrap_or(end);
    let mut at = limit;
    for line in text.get(key..limit).unwrap_or_default().split_inclusive('\n').rev() {
        let is_apart = line.trim().is_empty() || line.starts_with('#');
        if !is_apart {
            break;
        }
        at -= line.len();
    }
    at
}

/// The keys of a claim with their values, in the order that authors write them.
fn keys<'p>(id: &'p str, proposal: &'p Proposal) -> impl Iterator<Item = (&'static str, &'p str)> {
    let keys = [
        ("id", Some(id)),
        ("text", Some(proposal.text.as_str())),
        ("company", proposal.company.as_deref()),
        ("metric", proposal.metric.as_deref()),
        ("value", Some(proposal.value.as_str())),
        ("date", proposal.date.as_deref()),
        ("attribution", proposal.attribution.as_deref()),
    ];
    keys.into_iter().filter_map(|(key, value)| Some((key, value?)))
}

fn toml(claims: &[(String, &Proposal)], newline: &str) -> String {
    let table = |(id, proposal): &(String, &Proposal)| {
        let lines = keys(id, proposal).map(|(key, value)| format!("{key} = {}{newline}", quoted(value)));
        format!("[[claims]]{newline}{}", lines.collect::<String>())
    };
    claims.iter().map(table).collect::<Vec<_>>().join(newline)
}

/// Writes items of a list; `inner` is what a key has in place of the `- ` before the first.
fn yaml(claims: &[(String, &Proposal)], indent: &str, inner: &str, newline: &str) -> String {
    let item = |(id, proposal): &(String, &Proposal)| {
        let line = |(at, (key, value)): (usize, (&str, &str))| {
            let lead = if at == 0 { format!("-{}", inner.get(1..).unwrap_or(" ")) } else { inner.to_owned() };
            format!("{indent}{lead}{key}: {}{newline}", quoted(value))
        };
        keys(id, proposal).enumerate().map(line).collect::<String>()
    };
    claims.iter().map(item).collect()
}

/// Writes a text between quotation marks, with the escapes that TOML 1.0 and YAML 1.2 share with JSON.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
