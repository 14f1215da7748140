use proptest::prelude::*;

use super::*;
use crate::prose::{NameId, NameRule, Names, Outline, Reading, ReferenceKind, outline};

/// Sets a body after its outline, every internal reference resolved to `/target/`.
fn set_with(body: &str, trusted: bool, reading: &Reading<'_>) -> Prose {
    let Outline { headings, references, mentions, .. } = outline(body, reading);
    let resolved: Vec<_> = references
        .iter()
        .filter(|reference| reference.kind != ReferenceKind::External)
        .map(|reference| Resolved {
            span: reference.span,
            href: format!("/{}/", reference.target).into(),
            text: reference.empty.then(|| "the words".into()),
            ..Resolved::default()
        })
        .collect();
    let mentions: Vec<_> =
        mentions.iter().map(|mention| ResolvedMention { span: mention.span, href: "/m/".into() }).collect();
    let component = |call: &ComponentCall, inner: Option<&str>| match &*call.name {
        "fails" => Err("no such metric".to_owned()),
        name => Ok(format!("<{name}>{}</{name}>", inner.unwrap_or_default())),
    };
    let highlighter = Highlighter::new();
    html(
        body,
        &Setting {
            headings: &headings,
            resolved: &resolved,
            mentions: &mentions,
            trusted,
            own_page: true,
            highlighter: &highlighter,
            notes: None,
            component: &component,
        },
    )
}

fn rule(text: &str) -> NameRule {
    NameRule { text: text.into(), name: NameId(0), exact: false, requires: None, from: None, to: None }
}

fn set(body: &str) -> String {
    set_with(body, false, &Reading::default()).html
}

#[test]
fn headings_leave_the_first_level_to_the_title() {
    let prose = set_with("# A & *b*\n\n### C {#own .wide onclick=alert(1)}", false, &Reading::default());
    assert_eq!(
        prose.html,
        "<h2 id=\"a-b\">A &amp; <em>b</em> <a class=\"anchor\" href=\"#a-b\" aria-label=\"Link to “A &amp; b”\">#</a></h2>\n\
         <h3 id=\"own\" class=\"wide\">C <a class=\"anchor\" href=\"#own\" aria-label=\"Link to “C”\">#</a></h3>\n"
    );
    let toc: Vec<_> = prose.toc.iter().map(|entry| (entry.level, &*entry.id, &*entry.text)).collect();
    assert_eq!(toc, [(2, "a-b", "A &amp; b"), (3, "own", "C")]);
}

#[test]
fn references_get_what_they_were_resolved_to() {
    assert_eq!(
        set("[a](b.md) [[meta]] [[x|*y*]] [8,000](claim:cut) [](claim:v) <claim:w>"),
        "<p><a href=\"/b.md/\">a</a> <a href=\"/meta/\">the words</a> <a href=\"/x/\"><em>y</em></a> \
         <a class=\"claim\" data-claim=\"cut\" href=\"/cut/\">8,000</a> \
         <a class=\"claim\" data-claim=\"v\" href=\"/v/\">the words</a> \
         <a class=\"claim\" data-claim=\"w\" href=\"/w/\">the words</a></p>\n"
    );
    assert_eq!(
        set("![A *b* \"c\"](i.png \"t\") [![x](y.png)](z.md)"),
        "<p><img src=\"/i.png/\" alt=\"A b “c”\" title=\"t\" loading=\"lazy\" decoding=\"async\"> \
         <a href=\"/z.md/\"><img src=\"/y.png/\" alt=\"x\" loading=\"lazy\" decoding=\"async\"></a></p>\n"
    );
    assert_eq!(
        set("[a](https://e.example/?a=1&b=\"2\") <a@e.example>"),
        "<p><a rel=\"external noopener\" href=\"https://e.example/?a=1&amp;b=%222%22\">a</a> \
         <a href=\"mailto:a@e.example\">a@e.example</a></p>\n"
    );
}

#[test]
fn an_unresolved_reference_is_its_words() {
    let highlighter = Highlighter::new();
    let set = Setting {
        notes: None,
        headings: &[],
        resolved: &[],
        mentions: &[],
        trusted: false,
        own_page: true,
        highlighter: &highlighter,
        component: &|_, _| Ok(String::new()),
    };
    assert_eq!(html("[a](b.md) [[c]] ![d](e.png) [f](claim:g)", &set).html, "<p>a c d f</p>\n");
}

#[test]
fn mentions_become_links_across_the_texts_that_they_are_read_as() {
    let names = Names::new(["Meta", "Domino's Pizza", "AT&T"].map(rule).into()).expect("few names fit");
    let set = |body: &str| set_with(body, false, &Reading { names: Some(&names), ..Reading::default() }).html;
    assert_eq!(
        set("*So* Meta's “x”, Meta"),
        "<p><em>So</em> <a class=\"mention\" href=\"/m/\">Meta</a>’s “x”, Meta</p>\n"
    );
    assert_eq!(set("Domino's\nPizza < x"), "<p><a class=\"mention\" href=\"/m/\">Domino’s\nPizza</a> &lt; x</p>\n");
    assert_eq!(set("(AT&amp;T)"), "<p>(<a class=\"mention\" href=\"/m/\">AT&amp;T</a>)</p>\n");
    assert_eq!(set("“Meta”"), "<p>“<a class=\"mention\" href=\"/m/\">Meta</a>”</p>\n");
    assert_eq!(set("Meta"), "<p><a class=\"mention\" href=\"/m/\">Meta</a></p>\n");
}

#[test]
fn unsafe_markup_is_shown_or_dropped_unless_trusted() {
    let body =
        "<script>alert(1)</script>\n\nx <b onclick=x>y</b> [z](javascript:alert(1)) ![w](data:x)\n\n<!-- note -->";
    assert_eq!(
        set(body),
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p>x &lt;b onclick=x&gt;y&lt;/b&gt; z w</p>\n"
    );
    let trusted = set_with(body, true, &Reading { trusted: true, ..Reading::default() }).html;
    assert!(trusted.contains("<script>alert(1)</script>") && trusted.contains("href=\"javascript:alert(1)\""));
}

#[test]
fn hostile_addresses_lose_their_link() {
    for target in [
        "JAVASCRIPT:alert(1)",
        "&#106;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script&colon;alert(1)",
        "<&#1;javascript:alert(1)>",
        "javascript\\:alert(1)",
        "vbscript:x",
        "data:text/html;base64,x",
    ] {
        assert_eq!(set(&format!("[a]({target})")), "<p>a</p>\n", "{target}");
        assert_eq!(set(&format!("[a][b]\n\n[b]: {target}")), "<p>a</p>\n", "{target}");
    }
    assert_eq!(set("<javascript:alert(1)>"), "<p>javascript:alert(1)</p>\n");
    assert!(set("<https://e.example/\"onclick=x>").contains("href=\"https://e.example/%22onclick=x\">"));
    assert!(set("[a](https://e.example '\" onclick=x')").contains(" title=\"&quot; onclick=x\""));
}

#[test]
fn tables_have_headers_and_can_be_scrolled() {
    assert_eq!(
        set("a | b\n--|-:\n1 | $2\n"),
        "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n<thead>\n\
         <tr><th scope=\"col\">a</th><th scope=\"col\" class=\"right\">b</th></tr>\n</thead>\n<tbody>\n\
         <tr><td>1</td><td class=\"right\">$2</td></tr>\n</tbody>\n</table>\n</div>\n"
    );
}

#[test]
fn blocks_are_set() {
    assert_eq!(
        set("> [!WARNING]\n> Careful\n\n> quote"),
        "<aside class=\"alert warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n<p>Careful</p>\n</aside>\n\
         <blockquote>\n<p>quote</p>\n</blockquote>\n"
    );
    assert_eq!(
        set("3. a\n4. b\n\n- [x] c\n- [ ] d"),
        "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n<ul>\n\
         <li><input type=\"checkbox\" disabled checked aria-label=\"Done\"> c</li>\n\
         <li><input type=\"checkbox\" disabled aria-label=\"To do\"> d</li>\n</ul>\n"
    );
    assert_eq!(set("term\n: what it is"), "<dl>\n<dt>term</dt>\n<dd>what it is</dd>\n</dl>\n");
    assert_eq!(set("a\\\nb\n\n---\n\n~~c~~ **d**"), "<p>a<br>\nb</p>\n<hr>\n<p><del>c</del> <strong>d</strong></p>\n");
}

#[test]
fn footnotes_are_gathered_in_the_order_of_reference() {
    assert_eq!(
        set("[^early]: E\n\na[^b] c[^early] d[^B] e[^none]\n\n[^b]: B *x*\n[^unused]: U"),
        "<p>a<sup class=\"footnote-ref\"><a role=\"doc-noteref\" id=\"fnref-1\" href=\"#fn-1\">1</a></sup> \
         c<sup class=\"footnote-ref\"><a role=\"doc-noteref\" id=\"fnref-2\" href=\"#fn-2\">2</a></sup> \
         d<sup class=\"footnote-ref\"><a role=\"doc-noteref\" id=\"fnref-1-2\" href=\"#fn-1\">1</a></sup> e[^none]</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn-1\"><p>B <em>x</em> <a role=\"doc-backlink\" href=\"#fnref-1\" aria-label=\"Back to reference 1\">↩</a> \
         <a role=\"doc-backlink\" href=\"#fnref-1-2\" aria-label=\"Back to reference 1-2\">↩</a></p>\n</li>\n\
         <li id=\"fn-2\"><p>E <a role=\"doc-backlink\" href=\"#fnref-2\" aria-label=\"Back to reference 2\">↩</a></p>\n</li>\n\
         </ol>\n</section>\n"
    );
}

#[test]
fn what_stands_elsewhere_does_not_lead_back() {
    let body = "## A\n\nb[^1]\n\n[^1]: C";
    let Outline { headings, .. } = outline(body, &Reading::default());
    let elsewhere = Setting {
        headings: &headings,
        resolved: &[],
        mentions: &[],
        trusted: false,
        own_page: false,
        highlighter: &Highlighter::new(),
        notes: None,
        component: &|_: &ComponentCall, _: Option<&str>| Ok(String::new()),
    };
    let html = html(body, &elsewhere).html;
    assert!(html.starts_with("<h2 id=\"a\">A</h2>\n") && html.contains("<p>C</p>"), "{html}");
}

#[test]
fn code_is_coloured_or_left_plain() {
    assert!(
        set("```rust\nfn x() {}\n```")
            .starts_with("<pre class=\"hl-code\" tabindex=\"0\"><code class=\"language-rust\"><span")
    );
    assert_eq!(set("```\na < b\n```"), "<pre class=\"hl-code\" tabindex=\"0\"><code>a &lt; b\n</code></pre>\n");
    assert_eq!(set("`a < b`"), "<p><code>a &lt; b</code></p>\n");
    let body = "```pyhton\nx\n```";
    let problems = set_with(body, false, &Reading::default()).problems;
    assert_eq!((problems[0].code, &body[problems[0].span.range()]), ("unknown-language", "pyhton"));
    assert_eq!(problems[0].help.as_deref(), Some("did you mean `python`?"));
}

#[test]
fn formulas_are_mathml_and_money_is_text() {
    assert!(set("$x^2$ and $$y$$").starts_with("<p><math><msup>"));
    let money = "Meta spends $60–65 billion, not ($14.3 billion); from $5 to $10, **$5**.";
    assert_eq!(
        set(money),
        "<p>Meta spends $60–65 billion, not ($14.3 billion); from $5 to $10, <strong>$5</strong>.</p>\n"
    );
    assert!(set(&format!("{money} $x$")).contains("($14.3 billion); from $5 to $10, <strong>$5</strong>. <math>"));
    let body = "so $a + \\nope$";
    let prose = set_with(body, false, &Reading::default());
    assert_eq!(prose.html, "<p>so <code>a + \\nope</code></p>\n");
    assert_eq!((prose.problems[0].code, &body[prose.problems[0].span.range()]), ("math", "\\nope"));
}

#[test]
fn components_are_rendered_where_they_stand() {
    assert_eq!(set("a\n{{<chart/>}}\nb"), "<p>a</p>\n<chart></chart>\n<p>b</p>\n");
    assert_eq!(
        set("{% <note> %}\n*a* [[b]]\n\n{% <inner> %}\nc\n{% </inner> %}\n{% </note> %}"),
        "<note><p><em>a</em> <a href=\"/b/\">the words</a></p>\n<inner><p>c</p>\n</inner>\n</note>\n"
    );
    assert_eq!(
        set("- x\n\n  {{<chart/>}}\n\n> {{<chart/>}}"),
        "<ul>\n<li>\n<p>x</p>\n<chart></chart>\n</li>\n</ul>\n<blockquote>\n<chart></chart>\n</blockquote>\n"
    );
    assert_eq!(
        set("```\n{{<chart/>}}\n```\n\n    {% <note> %}\n"),
        "<pre class=\"hl-code\" tabindex=\"0\"><code>{{&lt;chart/&gt;}}\n</code></pre>\n\
         <pre class=\"hl-code\" tabindex=\"0\"><code>{% &lt;note&gt; %}\n</code></pre>\n"
    );
    let body = "{{<fails/>}}";
    let problem = &set_with(body, false, &Reading::default()).problems[0];
    assert_eq!(
        (problem.code, &*problem.message, &body[problem.span.range()]),
        ("component-failed", "no such metric", body)
    );
}

#[test]
fn hostile_bodies_are_set_all_the_same() {
    let deep = |open: &str| open.repeat(100_000 / open.len());
    let lists: String = (0..300).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    let bodies = [
        deep(">"),
        deep("`"),
        deep("`` ` "),
        deep("["),
        deep("[["),
        deep("![["),
        deep("[a]("),
        deep("*"),
        deep("*a_ "),
        deep("$"),
        deep("$a "),
        deep("$$ $"),
        deep("<"),
        deep("<!--"),
        deep("{"),
        deep("{{<"),
        deep("{{<a/>}}\n"),
        deep("{% <a> %}\n"),
        deep("> {% <a> %}\n"),
        deep("[^a]"),
        deep("[^a]: x\n"),
        deep("\\"),
        deep("a | "),
        deep("&"),
        deep("#\n"),
        "- ".repeat(10_000),
        lists,
        format!("$x$ {}", deep("$5 ")),
        format!("```rust\n{}\n```", deep("a(\n")),
    ];
    for body in bodies {
        let prose = set_with(&body, false, &Reading::default());
        assert!(!prose.html.contains("<script"));
    }
}

#[test]
fn a_page_of_ten_megabytes_is_set() {
    let paragraph = "Meta *spends* $60–65 billion on [AI](ai.md), says `it`.\n\n";
    let prose = set_with(&paragraph.repeat(10_000_000 / paragraph.len()), false, &Reading::default());
    assert!(prose.html.len() > 10_000_000);
}

/// Finds the first tag that does not close what was opened last.
fn misnested(html: &str) -> Option<String> {
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let name = tag.split([' ', '>', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        let is_end = tag.starts_with('/');
        let is_void = matches!(name, "br" | "hr" | "img" | "input" | "mspace") || tag.contains("/>");
        if is_end && open.pop() != Some(name) {
            return Some(format!("</{name}>"));
        }
        if !is_end && !is_void {
            open.push(name);
        }
    }
    open.pop().map(str::to_owned)
}

/// Makes bodies of bits of every syntax, put together in any order.
fn bodies() -> impl Strategy<Value = String> {
    let bits = [
        "Meta",
        "Domino's",
        " ",
        "\n",
        "\n\n",
        "a",
        "é",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "[",
        "]",
        "(x)",
        "(claim:x)",
        "[[",
        "]]",
        "|",
        "![",
        "<b>",
        "<!-- x -->",
        "<https://e.example>",
        "$",
        "$$",
        "$5",
        "x^2",
        "> ",
        "> [!NOTE]\n> ",
        "- ",
        "  - ",
        "1. ",
        "- [ ] ",
        "# ",
        "## ",
        "[^1]",
        "[^1]: ",
        "\n[r]: /x\n",
        "[r]",
        "a | b\n--|--\n",
        "\n: ",
        "\\",
        "&amp;",
        "\"",
        "---\n",
        "\n{{<chart/>}}\n",
        "\n{% <note> %}\n",
        "\n{% </note> %}\n",
        "\n> {% <note> %}\n",
        "    ",
        "{#id}",
        "\r\n",
        "\t",
    ];
    proptest::collection::vec(proptest::sample::select(bits.as_slice().to_vec()), 0..40).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn any_body_is_well_nested_and_both_passes_agree(body in bodies()) {
        let rules = ["Meta", "Domino's", "a"].map(rule).into();
        let names = Names::new(rules).expect("few names fit");
        let reading = Reading { names: Some(&names), ..Reading::default() };
        let outline = outline(&body, &reading);
        for span in outline.mentions.iter().map(|mention| mention.span) {
            prop_assert!(body.get(span.range()).is_some(), "{span:?}");
        }
        let prose = set_with(&body, false, &reading);
        prop_assert_eq!(misnested(&prose.html), None, "{}", prose.html);
        let links = prose.html.matches("<a class=\"mention\"").count();
        let all_shown = outline.problems.iter().all(|problem| !problem.code.ends_with("-footnote"));
        prop_assert!(!all_shown || links == outline.mentions.len(), "{}", prose.html);
        prop_assert_eq!(prose.html.matches("class=\"anchor\"").count() <= outline.headings.len(), true);
    }
}

/// Sets a body whose claims have notes, which name them.
fn noted(body: &str) -> String {
    let Outline { references, headings, .. } = outline(body, &Reading::default());
    let resolved: Vec<_> = references
        .iter()
        .map(|reference| Resolved {
            span: reference.span,
            href: format!("#{}", reference.target).into(),
            claim: Some(format!("a/{}", reference.target).into()),
            ..Resolved::default()
        })
        .collect();
    let notes = |claims: &[&str]| Ok(format!("<aside>{}</aside>", claims.join(" ")));
    let set = Setting {
        headings: &headings,
        resolved: &resolved,
        mentions: &[],
        trusted: false,
        own_page: true,
        highlighter: &Highlighter::new(),
        notes: Some(&notes),
        component: &|_: &ComponentCall, body: Option<&str>| Ok(body.unwrap_or_default().to_owned()),
    };
    let mut html = html(body, &set).html;
    for claim in ["x", "y", "z"] {
        html = html.replace(&format!("<a class=\"claim\" data-claim=\"a/{claim}\" href=\"#{claim}\">"), "<a>");
    }
    html
}

#[test]
fn a_block_has_notes_on_what_it_cites_first() {
    assert_eq!(noted("Plain."), "<p>Plain.</p>\n");
    assert_eq!(
        noted("[one](claim:x) and [two](claim:y)\n\n[one](claim:x) again"),
        "<div class=\"noted\">\n<aside>a/x a/y</aside>\n<p><a>one</a> and <a>two</a></p>\n</div>\n<p><a>one</a> again</p>\n"
    );
    assert_eq!(
        noted("- [one](claim:x)\n- [two](claim:y)\n"),
        "<div class=\"noted\">\n<aside>a/x a/y</aside>\n<ul>\n<li><a>one</a></li>\n<li><a>two</a></li>\n</ul>\n</div>\n",
        "a list is one block"
    );
    let footnote = noted("Text.[^1]\n\n[^1]: See [three](claim:z).\n");
    assert!(!footnote.contains("<aside>") && footnote.contains("three"), "{footnote}");
}
