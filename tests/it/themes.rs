//! Themes: files with hashes in their names, options, strings, and the language and direction of pages.

use crate::fixture::Site;

const SETTINGS: &str = "title = \"The Test Brief\"\nbase_url = \"https://example.org/brief\"\n";

/// A site of one analysis with more in its settings.
fn site(settings: &str) -> Site {
    let claim = "[[sources]]\nid = \"s\"\ntitle = \"S\"\nurl = \"https://s.example/\"\n[[claims]]\ntext = \"Acme cuts jobs\"\nid = \"cut\"\nvalue = \"8,000 jobs\"\ndate = 2026-05-18\ncompany = \"acme\"\nsources = \"s\"\n";
    Site::bare()
        .file("site.toml", &format!("{SETTINGS}{settings}"))
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
        .analysis("a", claim, "## Eins\n\n[8,000](claim:cut) `code`\n\n```rust\nfn a() {}\n```\n")
}

/// The attributes of a kind in a page that lead to files with an ending.
fn links(page: &str, ending: &str) -> Vec<String> {
    let values = page.split(['"', '(', ')']).filter(|value| value.ends_with(ending));
    values.map(str::to_owned).collect()
}

#[test]
fn what_a_theme_publishes_has_a_hash_in_its_name_and_is_there() {
    let site = site("");
    site.build().succeeds();
    let page = site.page("analyses/a/index.html");
    let found: Vec<String> = [".css", ".js", ".woff2"].iter().flat_map(|ending| links(&page, ending)).collect();
    assert!(found.len() >= 6, "{found:?}");
    for link in &found {
        let path = link.strip_prefix("/brief/").expect("the base path");
        let hash = path.rsplit('.').nth(1).expect("a hash");
        assert!(hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{path}");
        assert!(site.out().join(path).is_file(), "{path}");
    }
    let style = found.iter().find(|link| link.contains("/style.")).expect("a style sheet");
    let style = site.page(style.trim_start_matches("/brief/"));
    assert!(!style.contains("@import") && !style.contains("\n\n") && style.contains("light-dark("), "{style:.300}");
    for font in links(&style, ".woff2") {
        assert!(site.out().join(&font).is_file(), "{font}");
        assert!(page.contains(&font) || font.contains("italic"), "the page and the sheet name one file: {font}");
    }
    assert!(!site.out().join("style.css").exists());
    let whole = Site::copy_of(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/invented/in")));
    whole.build().succeeds();
    for (path, page) in whole.tree().pages() {
        for link in [".css", ".js", ".woff2"].iter().flat_map(|ending| links(page, ending)) {
            assert!(whole.out().join(link.trim_start_matches('/')).is_file(), "{path}: {link}");
        }
    }
}

#[test]
fn a_file_of_the_site_keeps_its_name_unless_it_stands_for_one_of_the_theme() {
    let site = site("")
        .file("static/style.css", "@import \"own/more.css\"; h1 { color: red }")
        .file("static/own/more.css", "h2 { color: blue }")
        .file("static/letters.txt", "abc");
    site.build().succeeds();
    assert_eq!(site.page("letters.txt"), "abc");
    assert_eq!(site.page("own/more.css"), "h2 { color: blue }", "it is published as it is");
    let style = links(&site.page("index.html"), ".css").remove(0);
    assert_eq!(site.page(style.trim_start_matches("/brief/")), "h2{color:#00f}h1{color:red}");
}

#[test]
fn sheets_are_put_together_under_the_conditions_of_their_imports() {
    let site = site("theme = \"own\"\n")
        .file("themes/own/styles/style.css", "@import \"parts/a.css\" layer(base) screen;\nb { color: red }")
        .file("themes/own/styles/parts/a.css", "@import \"./b.css\";\na { background: url(\"../pictures/dot.svg\") }")
        .file("themes/own/styles/parts/b.css", "i { color: blue }")
        .file("themes/own/static/pictures/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.build().succeeds();
    let style = links(&site.page("index.html"), ".css").remove(0);
    let style = site.page(style.trim_start_matches("/brief/"));
    assert!(style.starts_with("@media screen{@layer base{i{"), "{style}");
    let dot = links(&style, ".svg").remove(0);
    assert!(dot.starts_with("pictures/dot.") && site.out().join(&dot).is_file(), "{style}");
    assert!(!site.out().join("parts").exists() && !site.out().join("pictures/dot.svg").exists());
}

#[test]
fn mistakes_in_sheets_and_scripts_are_told_at_their_places() {
    let site = site("theme = \"own\"\n")
        .file("themes/own/styles/style.css", "h1 { color: red }\n\nh2 { background: url(no.png) }\n")
        .file("themes/own/styles/wrong.css", "a { color: red }\nb >> c { color: red }\n")
        .file("themes/own/styles/round.css", "@import \"round.css\";")
        .file("themes/own/styles/deep.css", &"a{".repeat(40_000))
        .file("themes/own/scripts/look.js", "import { a } from './lok.js';\n");
    let found = site.check().fails().findings();
    let told: Vec<String> = found.iter().map(|one| format!("{} {}", one.place(), one.message)).collect();
    for expected in [
        "themes/own/styles/style.css:3:22 there is no file `no.png`",
        "themes/own/styles/wrong.css:2:",
        "themes/own/scripts/look.js:1:20 there is no script `./lok.js`",
        "themes/own/styles/round.css `round.css` leads back to itself",
        "themes/own/styles/deep.css:1:",
    ] {
        assert!(told.iter().any(|one| one.contains(expected)), "{expected}: {told:#?}");
    }
}

#[test]
fn a_template_that_asks_for_what_there_is_not_is_told_the_nearest() {
    let site = site("").file("templates/404.html", "{{ asset(\"stile.css\") }}\n{{ words.clams }}");
    let found = site.check().fails().findings();
    let told: Vec<String> = found.iter().map(|one| format!("{} {}", one.place(), one.message)).collect();
    assert!(told.contains(&"templates/404.html:1:11 there is no file `stile.css` to publish".to_owned()), "{told:?}");
    assert!(told.contains(&"templates/404.html:2:10 there is no string `clams`".to_owned()), "{told:?}");
}

#[test]
fn options_are_chosen_and_checked() {
    let chosen = site("[theme_options]\nfonts = \"system\"\nnotes = false\naccent = \"#123456\"\n");
    chosen.build().succeeds();
    let page = chosen.page("index.html");
    assert!(
        page.contains("data-fonts=\"system\" data-notes=\"cards\"") && !page.contains("as=\"font\""),
        "{page:.600}"
    );
    let style = links(&page, ".css").remove(0);
    assert!(chosen.page(style.trim_start_matches("/brief/")).contains("--option-accent:#123456"));
    let wrong = site("[theme_options]\nfont = \"system\"\nnotes = \"no\"\naccent = \"bluish\"\nfonts = \"sytem\"\n");
    let found = wrong.check().fails().findings();
    let told: Vec<String> = found.iter().map(|one| format!("{} {}", one.place(), one.message)).collect();
    assert_eq!(
        told,
        [
            "site.toml:4:1 the theme has no option `font`",
            "site.toml:5:9 this option takes true or false",
            "site.toml:6:10 this option takes a colour as style sheets write it, such as `#0b5f6b`",
            "site.toml:7:9 this option takes one of `theme`, `system`",
        ]
    );
}

#[test]
fn a_theme_declares_options_and_stands_on_another() {
    let site = site("theme = \"own\"\n[theme_options]\nmotto = \"Plainly\"\n")
        .file(
            "themes/own/theme.toml",
            "base = \"middle\"\n[options.motto]\ntype = \"text\"\ndefault = \"\"\n[options.columns]\ntype = \"integer\"\ndefault = 2\n",
        )
        .file("themes/own/templates/404.html", "{{ site.theme.motto }} {{ site.theme.columns + 1 }}")
        .file("themes/middle/templates/page.html", "middle");
    site.put("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n");
    site.build().succeeds();
    assert_eq!(site.page("404.html"), "Plainly 3");
    assert_eq!(site.page("about/index.html"), "middle");
}

#[test]
fn a_site_has_its_own_words() {
    let own = site("[strings]\nclaims = \"Facts\"\nclaims_counted = { one = \"{n} fact\", other = \"{n} facts\" }\n");
    own.build().succeeds();
    assert!(own.page("index.html").contains("1 fact") && own.page("claims/index.html").contains("<h1>Facts</h1>"));
    let wrong = site("[strings]\nclams = \"Facts\"\npage_of = \"{nummer}\"\nclaims = \"a } b\"\n");
    wrong.check().fails().finds(&[
        ("unknown-string", "site.toml:4:1", "the theme says no `clams`"),
        ("string-parameter", "site.toml:5:1", "`page_of` has no parameter `nummer`"),
        ("string-parameter", "site.toml:6:1", "a brace stands alone"),
    ]);
}

#[test]
fn words_of_ones_own_leave_dates_alone() {
    let date = |settings: &str| {
        let site = site(settings);
        site.build().succeeds();
        let page = site.page("analyses/a/index.html");
        let (_, rest) = page.split_once("<time datetime=\"2026-05-18\">").expect("a date");
        rest.split('<').next().unwrap_or_default().to_owned()
    };
    assert_eq!(date(""), "18 May 2026");
    assert_eq!(date("[strings]\ntake = \"Our view\"\n"), "18 May 2026");
    assert_eq!(date("language = \"en-US\"\n"), "May 18, 2026");
}

#[test]
fn a_tag_that_is_of_no_language_is_told() {
    let wrong = site("language = \"de_DE\"\n");
    wrong.check().fails().finds(&[("language-tag", "site.toml:3:12", "`de_DE` is no tag of a language")]);
    let lax = site("language = \"DE-de\"\n");
    lax.build().succeeds();
    assert!(lax.page("index.html").contains("<html lang=\"de-DE\""), "the tag is written as it is agreed");
}

#[test]
fn what_a_site_says_and_chooses_is_built_again_where_it_changed() {
    let one = site("");
    one.build().succeeds();
    let mut page = one.page("claims/index.html");
    let with = |settings: &str| {
        one.put("site.toml", format!("{SETTINGS}{settings}"));
        one.build().succeeds();
        one.page("claims/index.html")
    };
    for (settings, expected) in [
        ("[strings]\nclaims = \"Facts\"\n", "<h1>Facts</h1>"),
        ("language = \"de\"\n", "<h1>Angaben</h1>"),
        ("[theme_options]\nnotes = false\n", "data-notes=\"cards\""),
        ("[theme_options]\naccent = \"#123456\"\n", "style."),
    ] {
        let next = with(settings);
        assert!(next != page && next.contains(expected), "{settings}");
        page = next;
    }
}

#[test]
fn a_colour_is_written_whole() {
    let site = site("[theme_options]\naccent = \"rgb(1 2 3\"\n");
    site.build().succeeds();
    let style = links(&site.page("index.html"), ".css").remove(0);
    assert!(site.page(style.trim_start_matches("/brief/")).contains("--option-accent:#010203"));
}

#[test]
fn a_sheet_of_ones_own_that_is_no_utf_8_is_published_as_it_is() {
    let site = site("");
    site.put("static/legacy.css", b"a { content: \"\xe9\" }");
    site.build().succeeds();
}

#[test]
fn a_page_has_the_direction_of_its_language() {
    for (language, direction, date) in
        [("he", "rtl", "18 במאי 2026"), ("ar", "rtl", "مايو"), ("fr", "ltr", "18 mai 2026")]
    {
        let site = site(&format!("language = \"{language}\"\n"));
        site.build().succeeds();
        let page = site.page("analyses/a/index.html");
        assert!(page.contains(&format!("<html lang=\"{language}\" dir=\"{direction}\"")), "{page:.200}");
        assert!(page.contains(date), "{language}: dates are of the language");
        assert!(page.contains("What this rests on"), "what no table has is said in English");
    }
}

/// Gives every text of a page that a reader sees or hears, in the order of the page.
fn said(page: &str) -> String {
    let mut said = String::new();
    for node in scraper::Html::parse_document(page).tree.nodes() {
        let is_code = |name: &str| ["script", "style", "pre", "noscript"].contains(&name);
        match node.value() {
            scraper::Node::Text(_)
                if node.ancestors().any(|one| one.value().as_element().is_some_and(|one| is_code(one.name()))) => {}
            scraper::Node::Text(text) => said.push_str(text),
            scraper::Node::Element(element) => {
                let spoken = ["aria-label", "alt", "placeholder", "title", "data-failed", "data-nothing"];
                let described = ["description", "og:title", "og:description", "og:image:alt"];
                let is_meta = |name| element.attr(name).is_some_and(|name| described.contains(&name));
                let content = element.attr("content").filter(|_| is_meta("name") || is_meta("property"));
                let attributes = spoken.iter().filter_map(|name| element.attr(name)).chain(content);
                attributes.for_each(|text| said.extend([" ", text, " "]));
            }
            _ => {}
        }
        said.push(' ');
    }
    said
}

/// Takes out what stands in brackets, brackets in brackets too, and addresses.
fn outside(text: &str) -> String {
    let mut depth = 0_usize;
    let keep = |c: &char| {
        match c {
            '⟦' => depth += 1,
            '⟧' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    let kept: String = text.chars().filter(keep).collect();
    kept.split_whitespace().filter(|token| !token.contains("://")).collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1).map(str::to_lowercase)
}

/// Gives what an author says in a file: not keys, and not words that the format has for them.
fn written(text: &str) -> String {
    const CLOSED: [&str; 7] = ["status", "kind", "confidence", "scenario", "likelihood", "reliability", "unit"];
    let said = |line: &str| match line.split_once(" = ") {
        Some((key, _)) if CLOSED.contains(&key.trim()) => String::new(),
        Some((_, value)) => ["yes", "no", "ambiguous"]
            .iter()
            .fold(value.to_owned(), |value, outcome| value.replace(&format!("outcome = \"{outcome}\""), "")),
        None => line.to_owned(),
    };
    let is_heading = |line: &str| line.starts_with('[') && line.ends_with(']');
    text.lines().filter(|line| !is_heading(line)).map(said).collect::<Vec<_>>().join("\n")
}

/// A site whose strings all stand in brackets shows what a page says that is neither of the table nor of the author.
#[test]
fn all_that_a_page_says_is_of_the_table_or_of_the_author() {
    let table = include_str!("../../src/speech/strings/en.toml");
    let bracketed: Vec<String> = (0..)
        .zip(table.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n").split('"'))
        .map(|(at, part)| if at % 2 == 1 { format!("⟦{part}⟧") } else { part.to_owned() })
        .collect();
    // What CLDR and the grammar of values bring, what things are called everywhere, and code.
    let proper = "january february march april may june july august september october november december \
                  jan feb mar apr jun jul aug sept oct nov dec januar februar märz mai juni juli oktober dezember \
                  mär okt dez usd eur million about people jobs bibtex csl json csv \
                  schema lei wikidata atom feed utc icd href";
    for case in ["invented", "tageswerk"] {
        let folder = format!("{}/tests/golden/{case}/in", env!("CARGO_MANIFEST_DIR"));
        let site = Site::copy_of(std::path::Path::new(&folder));
        let settings = std::fs::read_to_string(site.root().join("site.toml")).expect("settings");
        site.put("site.toml", format!("{settings}\n[strings]\n{}", bracketed.join("\"")));
        site.build().succeeds();
        let inputs = crate::tree::Tree::of(std::path::Path::new(&folder));
        let texts: Vec<String> = inputs
            .files()
            .map(|(path, bytes)| format!("{path}\n{}", written(&String::from_utf8_lossy(bytes))))
            .collect();
        let known: std::collections::BTreeSet<String> =
            texts.iter().flat_map(|text| words(text)).chain(words(proper)).collect();
        let mut wrong = std::collections::BTreeMap::new();
        for (path, page) in site.tree().pages() {
            assert!(page.contains('⟦'), "{path} says nothing of the table");
            for word in words(&outside(&said(page))).filter(|word| !known.contains(word)) {
                wrong.entry(word).or_insert_with(|| path.to_owned());
            }
        }
        assert!(wrong.is_empty(), "{case}: {wrong:#?}");
    }
}

#[test]
fn no_template_has_a_word_outside_of_the_table() {
    let proper = ["BibTeX", "LEI", "Wikidata", "CSL-JSON", "Atom", "JSON Feed"];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/briefing/templates");
    let mut wrong = Vec::new();
    for (path, text) in crate::tree::Tree::of(std::path::Path::new(folder)).pages() {
        let mut rest = text.to_owned();
        // What is code goes, and then what is a tag; words are left.
        for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<", ">")] {
            let mut parts = rest.split(open);
            let first = parts.next().unwrap_or_default().to_owned();
            let after = parts.map(|part| part.split_once(close).map_or("", |(_, after)| after));
            rest = [first].into_iter().chain(after.map(str::to_owned)).collect::<Vec<_>>().join("\n");
        }
        let words = rest.lines().map(str::trim).filter(|line| line.contains(|c: char| c.is_ascii_alphabetic()));
        wrong.extend(
            words
                .filter(|line| !proper.iter().any(|name| line.trim_matches(['(', ')', ' ']) == *name))
                .map(|line| format!("{path}: {line}")),
        );
    }
    assert!(wrong.is_empty(), "put it into src/speech/strings: {wrong:#?}");
}

#[test]
fn the_steps_of_the_guide_make_a_theme() {
    let guide = include_str!("../../docs/themes.md");
    let steps =
        guide.split("## A theme in five steps").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("steps");
    let blocks: Vec<&str> =
        steps.split("```").skip(1).step_by(2).filter_map(|block| Some(block.split_once('\n')?.1)).collect();
    let [block, options, strings, sheet, manifest, motto] = blocks.as_slice() else { panic!("{blocks:#?}") };
    let one = site(&format!("{options}{strings}")).file("templates/analysis.html", block);
    one.build().succeeds().finds(&[]);
    let page = one.page("analyses/a/index.html");
    assert!(page.contains("content=\"noarchive\"") && page.contains("data-fonts=\"system\""), "{page:.900}");
    assert!(one.page("index.html").contains("1 fact"));
    let two = site("theme = \"ours\"\n[theme_options]\nmotto = \"Plainly\"\n")
        .file("themes/ours/styles/style.css", sheet)
        .file("themes/ours/styles/parts/colours.css", ":root { --ink: #111 }")
        .file("themes/ours/theme.toml", manifest)
        .file("themes/ours/templates/404.html", motto);
    two.build().succeeds().finds(&[]);
    assert_eq!(two.page("404.html").trim(), "<p>Plainly</p>");
}

#[test]
fn the_variables_of_every_template_are_listed() {
    let site = site("");
    let json = site.run(&["schema", "--views", "--format", "json"]).succeeds().json();
    let of = |template: &str| -> Vec<String> {
        let templates = json["templates"].as_array().expect("templates");
        let has = |one: &&serde_json::Value| {
            one["templates"].as_array().is_some_and(|all| all.iter().any(|it| it == template))
        };
        let one = templates.iter().find(has).unwrap_or_else(|| panic!("{template}"));
        let variables = one["variables"].as_array().expect("variables").iter();
        variables
            .map(|one| format!("{} {}", one["path"].as_str().expect("a path"), one["kind"].as_str().expect("a kind")))
            .collect()
    };
    let analysis = of("analysis.html");
    for expected in [
        "analysis.date date",
        "analysis.claims list of object",
        "analysis.claims[].text text",
        "analysis.series.link.href text",
    ] {
        assert!(analysis.iter().any(|one| one == expected), "{expected}: {analysis:#?}");
    }
    assert!(of("claims.html").contains(&"list.claims list of object".to_owned()));
    let markdown = site.run(&["schema", "--views"]).succeeds().stdout.clone();
    assert!(
        markdown.contains("| `site.dir` | text |") && markdown.contains("| `prose.html` | HTML |"),
        "{markdown:.2000}"
    );
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/briefing/templates");
    for (path, _) in crate::tree::Tree::of(std::path::Path::new(folder)).pages() {
        if !path.contains('/') && !["base.html", "list.html", "forecast.html", "social.html"].contains(&path) {
            of(path);
        }
    }
}
