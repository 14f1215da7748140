//! Bad input of every kind: each gets an error at its place, and nothing hangs, panics, or is written where it should not be.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::fixture::{Finding, Outcome, Site};
use crate::tree::Tree;

/// Asserts one error, and that a build leaves no trace of itself.
#[track_caller]
fn refused(site: &Site, code: &str, place: &str, message: &str) {
    let before = Tree::of(site.around());
    site.build().fails().finds(&[(code, place, message)]);
    Tree::of(site.around()).assert_equals(&before, "a refused build writes nothing");
}

#[test]
fn front_matter_that_is_never_closed_or_says_a_key_twice() {
    for (fence, key) in [("+++", "title = "), ("---", "title: ")] {
        let site = Site::new().file("content/analyses/a.md", &format!("{fence}\n{key}\"A\"\nText\n"));
        refused(&site, "unclosed-front-matter", "content/analyses/a.md:1:1", "never closed");
        let date = key.replace("title", "date");
        let text = format!("{fence}\n{key}\"A\"\n{date}2026-05-18\n{key}\"B\"\n{fence}\n");
        let site = Site::new().file("content/analyses/a.md", &text);
        refused(&site, "duplicate-key", "content/analyses/a.md:4:1", "key `title` is given twice");
    }
}

#[test]
fn a_file_that_is_not_utf8_is_named_with_the_byte() {
    for path in ["content/analyses/a.md", "content/companies/a.md", "content/sources.toml", "templates/page.html"] {
        let site = Site::new().bytes(path, b"+++\ntitle = \"\xff\"\n+++\n");
        refused(&site, "not-utf8", path, "byte 13 of this file is not UTF-8");
    }
    let site = Site::new().bytes("site.toml", b"title = \"\xe9\"\n");
    refused(&site, "not-utf8", "site.toml", "byte 9 of this file is not UTF-8");
    let site = Site::new().bytes("content/pages/a.md", b"+++\ntitle = \"A\"\n+++\nText\0\n");
    refused(&site, "nul-byte", "content/pages/a.md:4:5", "byte 24 of this file is NUL");
}

#[test]
fn marks_line_ends_and_a_missing_last_newline_change_nothing() {
    let text = "+++\ntitle = \"A\"\ndate = 2026-05-18\n\n[[claims]]\ntext = \"It cut 800 jobs\"\nid = \"c\"\nvalue = \
                \"800 jobs\"\n+++\nIt cut [800 jobs](claim:c).\n\n- one\n- two\n\n```rust\nfn a() {}\n```\n\n> quote";
    let built = |text: &str| {
        let site = Site::new().file("content/analyses/a.md", text);
        site.build().succeeds().finds(&[]);
        site.tree().site()
    };
    let plain = built(&format!("{text}\n"));
    built(text).assert_equals(&plain, "without a last newline");
    built(&format!("\u{feff}{text}\n")).assert_equals(&plain, "behind a byte order mark");
    built(&format!("{text}\n").replace('\n', "\r\n")).assert_equals(&plain, "with line ends of two characters");
}

#[test]
fn a_value_or_a_date_that_does_not_parse_says_what_would() {
    for (key, value, code) in [
        ("value", "lots", "bad-quantity"),
        ("value", "", "bad-quantity"),
        ("value", "$5 million EUR", "bad-quantity"),
        ("date", "yesterday", "bad-date"),
        ("date", "2026-02-30", "bad-date"),
        ("date", "", "bad-date"),
        ("stated", "2026-13", "bad-date"),
    ] {
        let site = Site::with_analysis(&format!("[[claims]]\ntext = \"A\"\n{key} = \"{value}\""), "");
        let outcome = site.build();
        let found = outcome.fails().findings();
        assert_eq!(found.len(), 1, "{key} = {value:?}: {found:?}");
        assert_eq!((&*found[0].code, found[0].region.map(|[line, ..]| line)), (code, Some(6)), "{key} = {value:?}");
        assert!(found[0].help.as_ref().is_some_and(|help| help.contains('`')), "an example of what would: {found:?}");
    }
}

/// What could lead out of a folder, on one system or another.
const HOSTILE: [&str; 12] = [
    "..",
    "../up",
    "a/../../up",
    "/etc/passwd",
    "//host/share",
    "a\\b",
    "..\\up",
    "C:/up",
    "c:up",
    "nul\0byte",
    "line\nbreak",
    "",
];

#[test]
fn a_path_that_leads_elsewhere_is_refused_in_every_key() {
    for path in HOSTILE {
        let path = serde_json::to_string(path).expect("JSON");
        let matter = format!(
            "slug = {path}\naliases = [{path}]\nimage = {path}\n[[sources]]\nid = {path}\n[[claims]]\nid = {path}\ntext = \
             \"A\"\n[[predictions]]\nid = {path}\ntext = \"A\""
        );
        let site = Site::with_analysis(&matter, "")
            .file("content/companies/a.md", &format!("+++\nname = \"A\"\nmerged_from = [{path}]\n+++\n"))
            .file("content/pages/a.md", &format!("+++\ntitle = \"A\"\nslug = {path}\naliases = [{path}]\n+++\n"));
        let before = Tree::of(site.around());
        let outcome = site.build();
        let (analysis, company, page) = ("content/analyses/a.md", "content/companies/a.md", "content/pages/a.md");
        let expected = [
            ("unsafe-path", analysis, 4),
            ("unsafe-path", analysis, 5),
            ("unsafe-path", analysis, 6),
            ("bad-id", analysis, 8),
            ("bad-id", analysis, 10),
            ("bad-id", analysis, 13),
            ("unsafe-path", company, 3),
            ("unsafe-path", page, 3),
            ("unsafe-path", page, 4),
        ];
        let found = outcome.fails().findings();
        let places = found.iter().map(|one| (&*one.code, &*one.file, one.region.map_or(0, |[line, ..]| line)));
        assert_eq!(places.collect::<Vec<_>>(), expected, "{path}");
        Tree::of(site.around()).assert_equals(&before, "nothing is written");
    }
}

#[test]
fn a_name_from_which_a_path_is_made_never_leads_out() {
    for name in HOSTILE {
        let quoted = serde_json::to_string(name).expect("JSON");
        let matter = format!(
            "companies = [{quoted}, \"acme\"]\npeople = [{quoted}]\ntags = [{quoted}]\nseries = {quoted}\nauthors = \
             [{quoted}]\n[[claims]]\ntext = \"A\"\ncompany = {quoted}\nevent = {quoted}\nmetric = {quoted}"
        );
        let site = Site::with_analysis(&matter, "");
        let site = site.file("content/events.toml", &format!("[{quoted}]\nlabel = \"E\"\n"));
        let site = site.file("content/metrics.toml", &format!("[{quoted}]\nlabel = \"M\"\n"));
        let before = Tree::of(site.around());
        let outcome = site.build();
        outcome.exits(i32::from(outcome.number("errors") > 0));
        fs::remove_dir_all(site.out()).ok();
        Tree::of(site.around()).assert_equals(&before, "nothing is written outside the output folder");
    }
}

#[test]
fn two_sources_of_one_address_are_both_named() {
    let composed = "caf\u{e9}";
    let decomposed = "cafe\u{301}";
    for (one, two) in
        [("results", "results"), ("results", "Results"), (composed, decomposed), ("stra\u{df}e", "STRA\u{1e9e}E")]
    {
        let site = Site::new().analysis("one", &format!("slug = \"{one}\""), "").analysis(
            "two",
            &format!("slug = \"{two}\""),
            "",
        );
        let outcome = site.build();
        let found = outcome.fails().findings();
        assert_eq!(found.len(), 1, "{one} and {two}: {found:?}");
        assert_eq!(found[0].code, "same-address");
        let names = ["content/analyses/one.md", "content/analyses/two.md"];
        assert!(names.iter().all(|name| found[0].message.contains(name)), "{}", found[0].message);
    }
    for other in ["content/analyses/2025/one.md", "content/analyses/one/index.md", "content/analyses/ONE.md"] {
        let site = Site::new().analysis("one", "", "").file(other, "+++\ntitle = \"B\"\ndate = 2026-05-18\n+++\n");
        let outcome = site.build();
        let found = outcome.fails().findings();
        assert!(
            found.iter().any(|one| one.code == "same-address" && one.message.contains(other)),
            "{other}: {found:?}"
        );
    }
    for taken in [
        "",
        "analyses/two",
        "Analyses/TWO",
        "companies",
        "404.html",
        "plain.css",
        "plain.css/x",
        "analyses/two/index.html",
    ] {
        let site = Site::new()
            .analysis("one", &format!("aliases = [\"{taken}\"]"), "")
            .analysis("two", "", "")
            .file("static/plain.css", "");
        site.build().fails();
    }
}

#[test]
fn what_leads_nowhere_is_an_error() {
    let claims = "companies = [\"acme\"]\n[[claims]]\nid = \"a\"\ntext = \"A\"\n";
    for (matter, body, code) in [
        ("", "[x](claim:a)", "unknown-claim"),
        ("", "[x](claim:b/a)", "dangling-link"),
        ("supports = [\"b\"]", "", "unknown-claim"),
        ("supports = [\"b/a\"]", "", "unknown-analysis"),
        ("sources = [\"s\"]", "", "unknown-source"),
        ("id = \"again\"\n[[claims]]\ntext = \"B\"\nid = \"again\"", "", "duplicate-id"),
        ("", "[[nobody]]", "dangling-link"),
        ("", "[x](nowhere.md)", "dangling-link"),
        ("", "[x](/nowhere/)", "dangling-link"),
        ("", "[x](#nowhere)", "unknown-part"),
        ("", "![x](nowhere.png)", "dangling-link"),
        ("", "{{<timeline company=\"nobody\"/>}}", "unknown-company"),
    ] {
        let matter = format!("{claims}\n[[claims]]\ntext = \"C\"\n{matter}").replace("id = \"a\"", "id = \"own\"");
        let site = Site::with_analysis(&matter, body).file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n");
        let outcome = site.build();
        let found = outcome.fails().findings();
        assert!(found.iter().any(|one| one.code == code && one.region.is_some()), "{matter}\n{body}: {found:?}");
        assert!(!site.out().join("index.html").exists(), "nothing is written");
    }
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_content_are_refused() {
    let secret = "+++\ntitle = \"Secret\"\ndate = 2026-05-18\n+++\n";
    let outside = || Site::new().file("../secret/x.md", secret).file("secret.md", secret).file("content2/y.md", secret);
    for (target, link) in [
        ("../../secret.md", "content/analyses/x.md"),
        ("../../../secret", "content/analyses/folder"),
        ("/etc/hostname", "content/analyses/picture.png"),
        ("../../content2", "content/analyses/two"),
        ("/", "content/analyses/all"),
    ] {
        refused(&outside().symlink(target, link), "symlink-outside", link, "leaves");
    }
    let site = Site::new().folder("static").symlink("/etc/hostname", "static/name.txt");
    refused(&site, "symlink-outside", "static/name.txt", "leaves");
    let site = Site::new().folder("templates").symlink("/etc/hostname", "templates/name.html");
    refused(&site, "symlink-outside", "templates/name.html", "leaves");
    refused(&Site::new().symlink(".", "content/analyses/loop"), "symlink-loop", "content/analyses/loop", "leads back");
    let inside = Site::new().analysis("one", "", "").symlink("one.md", "content/analyses/two.md");
    inside.build().succeeds();
}

#[cfg(unix)]
#[test]
fn pipes_and_what_cannot_be_read_are_refused() {
    for pipe in ["content/analyses/pipe.md", "content/analyses/pipe.png", "static/pipe.txt", "templates/pipe.html"] {
        let site = Site::new().folder("static").folder("templates");
        assert!(Command::new("mkfifo").arg(site.path(pipe)).status().expect("mkfifo").success());
        let outcome = site.build();
        outcome.fails().finds(&[("not-a-file", pipe, "")]);
    }
    let site = Site::new().symlink("nowhere", "content/analyses/x.md");
    refused(&site, "unreadable", "content/analyses/x.md", "cannot be read");
    let site = Site::new().symlink("nowhere", "content/sources.toml");
    refused(&site, "unreadable", "content/sources.toml", "cannot be read");

    let pipe = Site::bare();
    assert!(Command::new("mkfifo").arg(pipe.path("site.toml")).status().expect("mkfifo").success());
    pipe.build().exits(2).says("site.toml");
    Site::bare().folder("site.toml").build().exits(2).says("site.toml");
    Site::new().folder("content/analyses/x.md").build().succeeds();
    let site = Site::bare().file("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n");
    refused(&site, "unreadable", "content", "cannot be read");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_is_not_utf8_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new();
    fs::write(site.path("content/analyses").join(std::ffi::OsStr::from_bytes(b"x\xff.md")), "").expect("a file");
    site.build().fails().finds(&[("file-name", "content/analyses/x\u{fffd}.md", "not UTF-8")]);
}

/// Builds an analysis of one body, which must neither fail nor hang.
#[track_caller]
fn takes_in(what: &str, body: &str) -> Site {
    let site = Site::with_analysis("", body);
    let outcome = site.build();
    outcome.exits(i32::from(outcome.number("errors") > 0));
    // Two hundred times what it should take, and still far from what a quadratic pass over these takes.
    assert!(outcome.took.as_secs() < 20, "{what} took {:?}", outcome.took);
    site
}

#[test]
fn twenty_thousand_equal_headings_get_an_id_each() {
    let site = takes_in("equal headings", &"## Results\n\n".repeat(20_000));
    let page = site.page("analyses/a/index.html");
    let mut ids: Vec<&str> = page.split(" id=\"results").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), 20_000);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 20_000, "no id twice");
}

#[test]
fn floods_of_one_sign_are_read_in_linear_time() {
    const LENGTH: usize = 100_000;
    for unit in [
        ">",
        "> ",
        "`",
        "*",
        "_",
        "~",
        "[",
        "]",
        "![",
        "[[",
        "[[a",
        "[](",
        "<",
        "<a",
        "<!--",
        "&",
        "$",
        "$$",
        "{{<",
        "{% <a> %}\n",
        "|",
        "|a",
        "- ",
        "1. ",
        "#",
        "\\",
        "\"",
        "'",
        "[^a]",
        "[^a]: ",
        "a\n: b\n",
        ": ",
        "**a",
        "*a_",
        "[a](claim:a)",
        "\t",
        "+++\n",
        "> [!NOTE]\n",
        "```\n",
        "a|b\n-|-\n",
        "http://",
        "<b>",
        "\u{200b}",
        "é",
    ] {
        takes_in(unit, &unit.repeat(LENGTH / unit.len()));
    }
}

#[test]
fn a_long_page_is_read() {
    let paragraph = "A paragraph of *plain* text with a [link](https://example.org), about nothing at all.\n\n";
    takes_in("10 MB", &paragraph.repeat((10 << 20) / paragraph.len()));
    takes_in("10 MB in one line", &"word ".repeat((10 << 20) / 5));
}

#[test]
fn floods_in_front_matter_are_refused_or_read() {
    let claims = "[[claims]]\ntext = \"The same text\"\n".repeat(5_000);
    let deep = |open: &str, close: &str| format!("take = {}{}", open.repeat(50_000), close.repeat(50_000));
    for (what, matter) in [
        ("claims of one text", claims),
        ("lists", deep("[", "]")),
        ("tables", deep("{a=", "}")),
        ("open lists", deep("[", "")),
        ("dotted keys", format!("a{} = 1", ".a".repeat(50_000))),
        ("keys", (0..20_000).map(|n| format!("key{n} = 1\n")).collect()),
        ("a long text", format!("summary = \"{}\"", "a".repeat(1 << 20))),
        ("a long value", format!("[[claims]]\ntext = \"A\"\nvalue = \"{}\"", "9".repeat(1 << 20))),
        ("a long date", format!("[[claims]]\ntext = \"A\"\ndate = \"{}\"", "2026-".repeat(1 << 18))),
        ("a long slug", format!("slug = \"{}\"", "a/".repeat(2_000))),
    ] {
        let outcome = Site::with_analysis(&matter, "").build();
        let errors = outcome.stdout.contains("\"errors\":") && outcome.number("errors") > 0;
        outcome.exits(if outcome.stdout.is_empty() { 3 } else { i32::from(errors) });
        assert!(outcome.took.as_secs() < 20, "{what} took {:?}", outcome.took);
    }
    for (what, matter) in [
        ("lists", format!("take: {}", "[".repeat(50_000))),
        ("nested", (0..5_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
        ("an alias bomb", bomb()),
    ] {
        let text = format!("---\ntitle: A\ndate: 2026-05-18\n{matter}\n---\n");
        let outcome = Site::new().file("content/analyses/a.md", &text).build();
        outcome.fails();
        assert!(outcome.took.as_secs() < 20, "{what} took {:?}", outcome.took);
    }
}

/// Nine lists of nine aliases each, which a careless parser makes a thousand million values of.
fn bomb() -> String {
    let mut text = "takeaways:\n  - &a0 x\n".to_owned();
    for n in 1..10 {
        text += &format!("  - &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "));
    }
    text
}

#[test]
fn an_output_folder_that_holds_something_else_is_refused() {
    let site = Site::new().analysis("a", "", "").folder("themes").folder("static");
    let home = site.around().join("home");
    fs::create_dir(&home).expect("a folder");
    let before = Tree::of(site.around());
    for out in [
        "site",
        "site/content",
        "site/content/analyses/deep",
        "site/themes",
        "site/static",
        ".",
        "/",
        "home",
        "site/public/..",
    ] {
        let outcome = site.run_with(&["build", "--out", out], &[("HOME", home.to_str().expect("UTF-8"))]);
        outcome.exits(3).says("the output folder");
        Tree::of(site.around()).assert_equals(&before, out);
    }
    let site = site.file("public/mine.txt", "not Dateline's");
    site.build().exits(3).says("mine.txt");
    assert_eq!(Tree::of(&site.out()).paths(), ["mine.txt"]);
    site.run(&["build", "--out", "site/site.toml"]).exits(3).says("site.toml");
}

#[test]
fn an_error_leaves_the_last_site_whole() {
    let site = Site::new().analysis("a", "", "One.").analysis("b", "", "Two.");
    site.build().succeeds();
    let before = site.tree();
    for (path, broken) in [
        ("content/analyses/a.md", "+++\ntitle = \"A\"\n+++\n"),
        ("content/analyses/c.md", "+++\ntitle = \"C\"\ndate = 2026-05-18\n+++\n[x](nowhere.md)\n"),
        ("templates/page.html", "{{ nothing"),
        ("templates/analysis.html", "{{ nothing }}"),
        ("site.toml", "title = \"\n"),
    ] {
        let kept = fs::read(site.path(path)).ok();
        site.put(path, broken);
        site.build().fails();
        site.tree().assert_equals(&before, path);
        match kept {
            Some(kept) => site.put(path, kept),
            None => fs::remove_file(site.path(path)).expect("it is taken away"),
        }
    }
    site.build().succeeds();
    site.tree().assert_equals(&before, "mended");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_read_only_one_leave_the_last_site_whole() {
    let site = Site::new().analysis("a", "", "One.");
    let disk = site.around().join("disk");
    fs::create_dir(&disk).expect("a folder");
    let Some(mounted) = Mounted::new(&disk) else {
        skipped("a full disk and a read-only one: only root may mount a disk");
        return;
    };
    let build = |site: &Site| -> Outcome { site.run(&["build", "--out", "disk/out", "--format", "json"]) };
    build(&site).succeeds();
    let before = Tree::of(&disk);
    let site = site.analysis("b", "", &"A long text. ".repeat(200_000));
    build(&site).exits(3).says("disk/out");
    Tree::of(&disk).assert_equals(&before, "a full disk");
    let site = site.analysis("b", "", "A short text.");
    mounted.make_read_only();
    build(&site).exits(3).says("disk/out");
    Tree::of(&disk).assert_equals(&before, "a read-only disk");
}

/// A disk of one megabyte, which goes away with this.
#[cfg(target_os = "linux")]
struct Mounted<'p>(&'p Path);

#[cfg(target_os = "linux")]
impl<'p> Mounted<'p> {
    fn new(at: &'p Path) -> Option<Self> {
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(at).output();
        mounted.is_ok_and(|done| done.status.success()).then_some(Self(at))
    }

    fn make_read_only(&self) {
        let done = Command::new("mount").args(["-o", "remount,ro"]).arg(self.0).status().expect("mount");
        assert!(done.success());
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        Command::new("umount").arg(self.0).status().expect("umount");
    }
}

/// Says loudly that a test was not run; `./test` counts these lines.
pub(crate) fn skipped(what: &str) {
    use std::io::Write;
    // Straight to the terminal, for the harness keeps what a passing test prints to itself.
    writeln!(std::io::stderr(), "SKIPPED {what}").expect("standard error is open");
}

/// Mistakes in a site's own template for a plain page.
const TEMPLATES: [(&str, &str); 14] = [
    ("a syntax error", "{{ page.title }"),
    ("an unclosed block", "{% if page %}"),
    ("an unknown tag", "{% frobnicate %}"),
    ("an unknown variable", "{{ pagee }}"),
    ("an unknown attribute", "{{ page.titel }}"),
    ("an unknown filter", "{{ page.title | uper }}"),
    ("an unknown function", "{{ frobnicate() }}"),
    ("an unknown test", "{% if page is frobnicated %}{% endif %}"),
    ("an unknown component", "{{ <frobnicate/> }}"),
    ("a component without its argument", "{{ <pager/> }}"),
    ("arithmetic on text", "{{ page.title * 2 }}"),
    ("a loop over text", "{% for one in page.title %}{% endfor %}{{ page.title | first | abs }}"),
    ("an unknown include", "{% include \"footr.html\" %}"),
    ("an unknown parent", "{% extends \"bsae.html\" %}"),
];

#[test]
fn a_mistake_in_a_template_is_placed() {
    let mistakes = TEMPLATES.map(|(what, template)| misplaced(what, &[("templates/page.html", template)]));
    assert!(mistakes.iter().all(Option::is_none), "{:#?}", mistakes.iter().flatten().collect::<Vec<_>>());
}

/// Mistakes between a template of the site's own and its template for a plain page.
const PAIRS: [(&str, &str, &str); 5] = [
    (
        "a block that the parent lacks",
        "{% block main %}{% endblock main %}",
        "{% extends \"own.html\" %}{% block mian %}{% endblock mian %}",
    ),
    ("templates that extend one another", "{% extends \"page.html\" %}", "{% extends \"own.html\" %}"),
    ("templates that include one another", "{% include \"page.html\" %}", "{% include \"own.html\" %}"),
    ("a mistake in the parent", "{{ nothing }}{% block main %}{% endblock main %}", "{% extends \"own.html\" %}"),
    (
        "a component that is there twice",
        "{% component a() %}{% endcomponent a %}",
        "{% component a() %}{% endcomponent a %}",
    ),
];

#[test]
fn a_mistake_between_templates_is_placed() {
    let mistakes =
        PAIRS.map(|(what, own, page)| misplaced(what, &[("templates/own.html", own), ("templates/page.html", page)]));
    assert!(mistakes.iter().all(Option::is_none), "{:#?}", mistakes.iter().flatten().collect::<Vec<_>>());
}

/// Checks a site with some templates, and tells what is found unless it is all at its place, in one sentence each.
fn misplaced(what: &str, templates: &[(&str, &str)]) -> Option<String> {
    let site = Site::new().file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n");
    let site = templates.iter().fold(site, |site, (path, text)| site.file(path, text));
    let outcome = site.check();
    let found = outcome.fails().findings();
    let placed = |one: &Finding| {
        let inside = one.file.starts_with("templates/") && one.region.is_some();
        one.code == "template" && inside && !one.message.contains('\n')
    };
    let shown: Vec<_> = found.iter().map(|one| (one.place(), &*one.message)).collect();
    (found.is_empty() || !found.iter().all(placed)).then(|| format!("{what}: {shown:?}"))
}
