use super::*;
use crate::prose::{NameId, NameRule};

fn read(body: &str) -> Outline {
    outline(body, &Reading::default())
}

fn rule(text: &str, name: u32) -> NameRule {
    NameRule { text: text.into(), name: NameId(name), exact: false, requires: None, from: None, to: None }
}

fn mentions(body: &str, rules: Vec<NameRule>) -> Vec<&str> {
    let names = Names::new(rules).expect("few names fit");
    let reading = Reading { names: Some(&names), ..Reading::default() };
    outline(body, &reading).mentions.into_iter().map(|mention| &body[mention.span.range()]).collect()
}

fn codes(body: &str) -> Vec<(&'static str, &str)> {
    read(body).problems.into_iter().map(|problem| (problem.code, &body[problem.span.range()])).collect()
}

#[test]
fn headings_get_ids_and_their_own_win() {
    let reading = Reading { reserved: &["claims"], ..Reading::default() };
    let body = "# Intro\n\n## *Claims* `x`\n\nIntro\n---\n\n## Later {#intro}\n\n### Claims\n\n## Again {#intro}";
    let outline = outline(body, &reading);
    let headings: Vec<_> = outline.headings.iter().map(|h| (h.level, &*h.id, &*h.text)).collect();
    assert_eq!(
        headings,
        [
            (1, "intro-1", "Intro"),
            (2, "claims-x", "Claims x"),
            (2, "intro-2", "Intro"),
            (2, "intro", "Later"),
            (3, "claims-1", "Claims"),
            (2, "again", "Again")
        ]
    );
    assert_eq!(outline.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["duplicate-id"]);
}

#[test]
fn references_are_sorted_and_placed() {
    let body = "[a](../b.md#c) ![i](i.png) [[meta]] [[meta/ai|the unit]] [about 8,000](claim:cut) [](claim:x/y) \
                <claim:z> <https://e.example> <a@e.example> [r][ref] [p](//e.example)\n\n[ref]: /x/ \"t\"";
    let found: Vec<_> = read(body)
        .references
        .into_iter()
        .map(|r| (r.kind, r.target.into_string(), &body[r.target_span.range()], r.empty))
        .collect();
    use ReferenceKind::*;
    let expected = [
        (Link, "../b.md#c", "../b.md#c", false),
        (Image, "i.png", "i.png", false),
        (Wiki, "meta", "meta", true),
        (Wiki, "meta/ai", "meta/ai", false),
        (Claim, "cut", "cut", false),
        (Claim, "x/y", "x/y", true),
        (Claim, "z", "z", true),
        (External, "https://e.example", "https://e.example", false),
        (External, "mailto:a@e.example", "a@e.example", false),
        (Link, "/x/", "/x/", false),
        (External, "//e.example", "//e.example", false),
    ];
    assert_eq!(found, expected.map(|(kind, target, written, empty)| (kind, target.to_owned(), written, empty)));
}

#[test]
fn a_rewritten_target_is_placed_at_its_link() {
    let body = "x [a](b&amp;c.md)";
    let outline = read(body);
    let reference = &outline.references[0];
    assert_eq!((&*reference.target, &body[reference.target_span.range()]), ("b&c.md", "[a](b&amp;c.md)"));
}

#[test]
fn a_name_is_linked_once_a_section_and_only_in_running_text() {
    let body = "Meta and *Meta*. `Meta`\n\n# Meta\n\n[Meta](x.md) ![Meta](y.png)\n\n> Meta\n\n```\nMeta\n```\n\n\
                > [!NOTE]\n> **Meta**\n\n# Two\n\nx | y\n--|--\nMeta | 1\n\n# Three\n\nx[^1]\n\n[^1]: Meta";
    assert_eq!(mentions(body, vec![rule("Meta", 1)]).len(), 4);
}

#[test]
fn a_mention_runs_over_texts_and_lines_but_not_over_markup() {
    let rules = || vec![rule("Domino's Pizza", 1), rule("AT&T", 2), rule("Meta Platforms", 3), rule("Meta", 4)];
    let body = "Domino's\nPizza, AT&amp;T, **Meta** Platforms, *Meta*verse";
    assert_eq!(mentions(body, rules()), ["Domino's\nPizza", "AT&amp;T", "Meta"]);
    assert_eq!(mentions("> [!TIP]\n> Meta\n> Platforms", rules()), ["Meta\n> Platforms"]);
}

#[test]
fn a_name_counts_on_its_days_and_with_the_word_that_it_requires() {
    let names = Names::new(vec![
        NameRule { requires: Some("lab".into()), ..rule("Fair", 1) },
        NameRule { to: Some(10), ..rule("Facebook", 2) },
    ])
    .expect("few names fit");
    let count = |body: &str, context: &str, day| {
        let reading = Reading { names: Some(&names), context, day, ..Reading::default() };
        outline(body, &reading).mentions.len()
    };
    assert_eq!(count("Fair label", "", None), 0);
    assert_eq!(count("Fair, a Lab.", "", None), 1);
    assert_eq!(count("Fair", "The lab", None), 1);
    assert_eq!((count("Facebook", "", Some(10)), count("Facebook", "", Some(11))), (1, 0));
}

#[test]
fn words_are_counted_without_code() {
    assert_eq!(read("# One two\n\nThree *fo*ur, Domino's `x`.\n\n```\na b c\n```\n\n- six\n- seven").words, 8);
}

#[test]
fn what_is_unsafe_is_reported_at_its_place() {
    assert_eq!(
        codes("[a](javascript:alert(1)) ![b](data:x) <b>c</b>\n\n<script>\n</script>\n\n<!-- note -->"),
        [("unsafe-link", "javascript:alert(1)"), ("unsafe-link", "data:x"), ("raw-html", "<b>")]
    );
    assert_eq!(codes("[a](java&#10;script:alert(1))"), [("unsafe-link", "[a](java&#10;script:alert(1))")]);
    let trusted = Reading { trusted: true, ..Reading::default() };
    assert_eq!(outline("<b>x</b> [a](javascript:x)", &trusted).problems, []);
}

#[test]
fn footnotes_that_are_left_out_are_reported() {
    assert_eq!(
        codes("a[^One]\n\n[^one]: x\n\n[^two]: y\n\n[^one]: z"),
        [("unused-footnote", "[^two]: y\n\n"), ("duplicate-footnote", "[^one]: z")]
    );
}

#[test]
fn component_calls_are_listed_and_their_mistakes_placed() {
    let body = "x\n{{<chart company=\"meta\"/>}}\ny\n\n{% <note> %}\n[[meta]]\n{% </note> %}\n\n```\n{{<no/>}}\n```";
    let outline = read(body);
    let calls: Vec<_> = outline.components.iter().map(|call| &body[call.span.range()]).collect();
    assert_eq!(calls, ["{{<chart company=\"meta\"/>}}", "{% <note> %}"]);
    assert_eq!((outline.references.len(), outline.problems.len()), (1, 0));
    assert_eq!(
        codes("{{<chart>}}\n\n- {% x\n\n  {% <a> %}\n\nb\n\n{% </a> %}\n\n{% <c> %}"),
        [
            ("component-syntax", "{{<chart>}}"),
            ("component-syntax", "{% <a> %}"),
            ("component-syntax", "{% </a> %}"),
            ("component-syntax", "{% <c> %}")
        ]
    );
}

#[test]
fn twenty_thousand_equal_headings_have_ids_of_their_own() {
    let outline = read(&"# Why\n\n".repeat(20_000));
    assert_eq!(outline.headings.last().map(|heading| &*heading.id), Some("why-19999"));
}
