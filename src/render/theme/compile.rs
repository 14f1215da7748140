//! Compiles a theme's templates, or finds every mistake that keeps them from it.

use std::ops::Range;

use tera::{ErrorKind, Tera};

use super::sources::Sources;
use super::tags::{comment_out, tags};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::Span;

/// How many knots are untied before the rest is left for the next run: each costs compiling all templates again.
const MOST_KNOTS: usize = 64;

/// A mistake in how templates hang together, which hides all others, with the part of a text that makes it.
struct Knot {
    template: String,
    range: Range<usize>,
    mistake: Diagnostic,
}

/// Compiles templates.
///
/// # Errors
/// Every mistake of every template, each at its place.
pub(super) fn compile(sources: &Sources) -> Result<Tera, Diagnostics> {
    sources.build().map_err(|_| mistakes(sources))
}

/// Collects mistakes: syntax template by template, then knots one after another, then all unknown names at once.
///
/// What was reported is taken out of a copy of the texts, so that it does not hide what comes after it.
fn mistakes(sources: &Sources) -> Diagnostics {
    let mut left = sources.clone();
    let mut found = syntax_mistakes(&mut left);
    for _ in 0..MOST_KNOTS {
        let Err(error) = left.build() else { break };
        let Some(knot) = left.knot(error.kind()) else {
            found.append(unknown_names(sources, &error, found.has_errors()));
            break;
        };
        found.push(knot.mistake);
        if let Some(one) = left.files.get_mut(&knot.template) {
            comment_out(&mut one.text, knot.range);
        }
    }
    found
}

/// Finds the templates that cannot be parsed, and empties them.
fn syntax_mistakes(left: &mut Sources) -> Diagnostics {
    let names: Vec<String> = left.files.keys().cloned().collect();
    let mut found = Diagnostics::new();
    for name in names {
        let Err(error) = Tera::new().add_raw_template(&name, left.text(&name)) else { continue };
        if let ErrorKind::SyntaxError(report) = error.kind() {
            found.push(left.placed(report));
            left.files.entry(name).and_modify(|one| one.text.clear());
        }
    }
    found
}

/// Places the last of Tera's errors; where texts were changed before, what may only follow from that is left out.
fn unknown_names(sources: &Sources, error: &tera::Error, changed: bool) -> Diagnostics {
    match error.kind() {
        ErrorKind::Msg(text) if text.starts_with("error: ") => sources.drawn(text, changed),
        ErrorKind::SyntaxError(_) if changed => Diagnostics::new(),
        _ => Diagnostics::from_iter([sources.diagnostic(error)]),
    }
}

impl Sources {
    /// Tells what knot Tera met.
    fn knot(&self, kind: &ErrorKind) -> Option<Knot> {
        match kind {
            ErrorKind::MissingParent { current, parent } => {
                let mistake = Diagnostic::error("template", format!("template `{parent}` does not exist"));
                self.tied(current, "extends", parent, mistake.nearest(parent, self.names()))
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => {
                let (start, again) = (std::iter::once(tpl), chain.last()?);
                let chain: Vec<&String> = start.chain(chain).skip_while(|name| *name != again).collect();
                self.circle("extends", &chain)
            }
            ErrorKind::CircularInclude { tpl, include_chain: chain } => {
                let chain: Vec<&String> = chain.iter().skip_while(|name| *name != tpl).collect();
                self.circle("include", &chain)
            }
            ErrorKind::Msg(text) => self.defined_twice(text),
            _ => None,
        }
    }

    /// Reports a circle of templates, from one back to the same, at the tag that starts it.
    fn circle(&self, keyword: &str, chain: &[&String]) -> Option<Knot> {
        let [first, next, ..] = chain else { return None };
        let own = self.plain(first);
        let mistake = Diagnostic::error("template", format!("template `{own}` leads back to itself"));
        let themes = self.files.keys().find(|name| *name != own && self.plain(name) == own);
        let mistake = match themes {
            Some(themes) if first == next => mistake.help(format!("the theme's own is `{themes}`")),
            None if first == next => mistake,
            _ => {
                let names: Vec<_> = chain.iter().map(|name| format!("`{}`", self.plain(name))).collect();
                mistake.help(format!("the way is {}", names.join(" → ")))
            }
        };
        self.tied(first, keyword, next, mistake)
    }

    fn tied(&self, template: &str, keyword: &str, name: &str, mistake: Diagnostic) -> Option<Knot> {
        let tag = self.tag(template, keyword, name)?;
        let mistake = mistake.at(self.place(template, Span::from(tag.name_at)));
        Some(Knot { template: template.to_owned(), range: tag.range, mistake })
    }

    /// Reports a component of two templates at the second, from a sentence that names all three.
    fn defined_twice(&self, sentence: &str) -> Option<Knot> {
        let names: Vec<&str> = sentence.strip_prefix("Component ")?.split('`').collect();
        let [_, name, _, first, _, second, _] = names.as_slice() else { return None };
        let mut mistake = Diagnostic::error("template", format!("component `{name}` is defined twice"));
        if let Some(tag) = self.tag(first, "component", name) {
            mistake = mistake.label(self.place(first, Span::from(tag.name_at)), "the other is here");
        }
        let mut knot = self.tied(second, "component", name, mistake)?;
        let mut after = tags(self.text(second)).filter(|tag| tag.range.start > knot.range.start);
        knot.range.end = after.find(|tag| tag.keyword == "endcomponent")?.range.end;
        Some(knot)
    }
}

#[cfg(test)]
mod tests {
    use super::super::TemplateFile;
    use super::*;
    use crate::text::Lines;

    /// Compiles templates under the prefix `briefing/`, and tells each mistake as `file:line:column: message (help)`.
    fn told(templates: &[(&str, &str)]) -> Vec<String> {
        let file = |(name, text): &(&str, &str)| TemplateFile {
            name: (*name).to_owned(),
            file: (*name).into(),
            text: (*text).to_owned(),
        };
        let files: Vec<_> = templates.iter().map(file).collect();
        let speech = std::sync::Arc::new(crate::speech::Speech::of("en", std::collections::BTreeMap::new()));
        let names = std::collections::BTreeMap::new();
        let constants = super::super::Constants { base_path: "", names: &names, speech: &speech };
        let (sources, _) = Sources::new(&files, &["briefing/".to_owned()], &constants);
        let tell = |one: Diagnostic| {
            assert_eq!(one.code, "template");
            let place = one.place.unwrap();
            let at = Lines::new(sources.text(&place.file)).position(place.span.start);
            let help = one.help.map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{}:{}:{}: {}{help}", place.file, at.line, at.column, one.message)
        };
        compile(&sources).map(|_| ()).unwrap_err().sorted().into_iter().map(tell).collect()
    }

    #[test]
    fn every_unknown_name_has_its_place_and_the_nearest() {
        let a = "é\n{{ x | uper }}\n\
            {% include \"lsit.html\" %}{{ rnge(end=3) }}{% if x is definde %}{% endif %}\n{{ <crad /> }}";
        let b = "{% component card() %}c{% endcomponent card %}";
        assert_eq!(
            told(&[("a.html", a), ("b.html", b), ("briefing/list.html", "")]),
            [
                "a.html:2:8: filter `uper` does not exist (did you mean `upper`?)",
                "a.html:3:13: template `lsit.html` does not exist (did you mean `list.html`?)",
                "a.html:3:29: function `rnge` does not exist (did you mean `range`?)",
                "a.html:3:54: test `definde` does not exist (did you mean `defined`?)",
                "a.html:4:5: component `crad` does not exist (did you mean `card`?)",
            ]
        );
    }

    #[test]
    fn a_syntax_error_hides_no_other_mistake() {
        let parent = ("base.html", "{{ title");
        let child = ("child.html", "{% extends 'base.html' %}{% block main %}{{ x | uper }}{% endblock %}");
        let found = told(&[parent, child, ("z.html", "{% if %}")]);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("base.html:1:"), "{found:?}");
        assert_eq!(found[1], "child.html:1:49: filter `uper` does not exist (did you mean `upper`?)");
        assert!(found[2].starts_with("z.html:1:"), "{found:?}");
    }

    #[test]
    fn a_component_of_a_broken_template_is_not_called_unknown() {
        let broken = ("a.html", "{% component card() %}{{ x {% endcomponent card %}");
        let found = told(&[broken, ("b.html", "{{ <card /> }}")]);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn every_missing_parent_is_shown_at_its_tag() {
        let near = ("a.html", "{# first #}\n{% extends \"base.htm\" %}");
        let far = ("b.html", "{% extends \"zebra\" %}{% block x %}{{ 1 | uper }}{% endblock %}");
        assert_eq!(
            told(&[near, far, ("briefing/base.html", "")]),
            [
                "a.html:2:13: template `base.htm` does not exist (did you mean `base.html`?)",
                "b.html:1:13: template `zebra` does not exist",
                "b.html:1:42: filter `uper` does not exist (did you mean `upper`?)",
            ]
        );
    }

    #[test]
    fn circles_are_shown_where_they_start() {
        let a = ("a.html", "{% extends \"b.html\" %}");
        let b = ("b.html", "\n{% extends \"a.html\" %}");
        let c = ("c.html", "c{% include 'c.html' %}{% include 'c.html' %}");
        let own = ("d.html", "{% extends 'd.html' %}");
        assert_eq!(
            told(&[a, b, c, own, ("briefing/d.html", "")]),
            [
                "a.html:1:13: template `a.html` leads back to itself (the way is `a.html` → `b.html` → `a.html`)",
                "c.html:1:14: template `c.html` leads back to itself",
                "c.html:1:36: template `c.html` leads back to itself",
                "d.html:1:13: template `d.html` leads back to itself (the theme's own is `briefing/d.html`)",
            ]
        );
    }

    #[test]
    fn a_component_defined_twice_is_shown_at_the_second() {
        let one = "{% component card() %}c{% endcomponent card %}";
        let two = format!("{{{{ 1 | uper }}}}\n{one}");
        assert_eq!(
            told(&[("a.html", one), ("b.html", &two)]),
            [
                "b.html:1:8: filter `uper` does not exist (did you mean `upper`?)",
                "b.html:2:14: component `card` is defined twice",
            ]
        );
    }
}
