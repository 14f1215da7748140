//! What a browser is answered.

use super::Preview;
use crate::fixture::Site;

fn site() -> Site {
    Site::with_analysis("[[claims]]\ntext = \"A fact\"\nvalue = \"900 jobs\"", "About 900 jobs.")
        .analysis("b", "aliases = [\"old/b\"]", "See [[a]].")
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\nMakes things.\n")
        .file("static/letters.txt", "abcdefghij")
        .file("static/docs/index.html", "<p>A page of its own.</p>")
}

#[test]
fn every_page_is_what_a_build_makes_and_nothing_is_written() {
    let site = site().file("content/analyses/c.md", "+++\ntitle = \"C\"\ndate = 2026-05-19\n[[predictions]]\ntext = \"X\"\nprobability = 0.5\nwithin = \"2 months\"\n+++\nWords.\n");
    let preview = Preview::of(&site);
    let before = crate::tree::Tree::of(&site.root());
    site.run(&["build", "--drafts", "--format", "json", "--out", site.around().join("built").to_str().expect("UTF-8")])
        .succeeds();
    // A build has sheets and scripts put together, under names with hashes.
    let built = crate::tree::Tree::of(&site.around().join("built")).without_hashes();
    let is_made = |path: &str| path.ends_with(".css") || path.ends_with(".js");
    let mut pages = 0;
    for (path, bytes) in built.files().filter(|(path, _)| !path.starts_with('.') && !is_made(path)) {
        let target = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
        let answer = preview.get(&target);
        let is_page = path.ends_with(".html") && !path.starts_with("docs/");
        pages += usize::from(is_page);
        let text = if is_page { answer.without_script().into_bytes() } else { answer.body.clone() };
        assert_eq!(answer.status, 200, "{target}");
        assert!(text == bytes, "{target} is not what a build makes of it");
        assert_eq!(preview.get(&format!("/{path}")).status, 200, "{path}");
    }
    assert!(pages > 12, "{pages}");
    drop(preview);
    assert_eq!(before, crate::tree::Tree::of(&site.root()), "the site is as it was");
    assert!(!site.path("public").exists() && !site.path("forecasts.lock").exists());
}

#[test]
fn every_answer_says_what_it_is_and_is_kept_nowhere() {
    let site = site();
    let preview = Preview::of(&site);
    for (target, status, media) in [
        ("/", 200, "text/html; charset=utf-8"),
        ("/analyses/a/", 200, "text/html; charset=utf-8"),
        ("/style.css", 200, "text/css; charset=utf-8"),
        ("/claims.js", 200, "text/javascript; charset=utf-8"),
        ("/data/claims.json", 200, "application/json"),
        ("/data/claims.csv", 200, "text/csv; charset=utf-8"),
        ("/sitemap.xml", 200, "application/xml; charset=utf-8"),
        ("/letters.txt", 200, "text/plain; charset=utf-8"),
        ("/docs/", 200, "text/html; charset=utf-8"),
        ("/__dateline/client.js", 200, "text/javascript; charset=utf-8"),
        ("/__dateline/status", 200, "application/json"),
        ("/nothing/", 404, "text/html; charset=utf-8"),
        ("/__dateline/nothing", 404, "text/plain; charset=utf-8"),
    ] {
        let answer = preview.get(target);
        assert_eq!((answer.status, answer.header("content-type")), (status, Some(media)), "{target}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{target}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{target}");
        let head = preview.ask("HEAD", target, &[]);
        assert_eq!((head.status, head.body.len()), (status, 0), "HEAD {target}");
        let length = |of: &super::Answer| of.header("content-length").map(str::to_owned);
        assert_eq!(length(&head), length(&answer), "HEAD {target}");
    }
    let listening = preview.ask("HEAD", "/__dateline/events", &[]);
    assert_eq!((listening.status, listening.body.len()), (200, 0));
    assert_eq!(listening.header("content-type"), Some("text/event-stream"));
    assert!(preview.count("run") > 1_000_000_000_000, "a time, which no other run has");
    assert!(preview.page("/").contains("Title of a"));
    assert!(preview.get("/nothing/").text().contains("Page not found"));
}

#[test]
fn a_folder_without_its_slash_leads_to_it() {
    let site = site();
    let preview = Preview::of(&site);
    let moved = |target: &str| {
        let answer = preview.get(target);
        (answer.status, answer.header("location").unwrap_or_default().to_owned())
    };
    assert_eq!(moved("/analyses/a"), (308, "/analyses/a/".to_owned()));
    assert_eq!(moved("/analyses?q=1"), (308, "/analyses/?q=1".to_owned()));
    assert_eq!(moved("/docs"), (308, "/docs/".to_owned()));
    assert_eq!(moved("//analyses"), (404, String::new()));
    assert_eq!(preview.get("/old/b/").status, 200);
}

#[test]
fn the_site_is_shown_below_its_base_path() {
    let site = site().file("site.toml", "title = \"T\"\nbase_url = \"https://example.org/brief\"\n");
    let preview = Preview::of(&site);
    assert!(preview.said.contains("/brief/"), "{}", preview.said);
    assert!(preview.page("/brief/").contains("href=\"/brief/style.css\""));
    let answer = preview.get("/");
    assert_eq!((answer.status, answer.header("location")), (307, Some("/brief/")));
    assert_eq!(preview.get("/?q=1").header("location"), Some("/brief/?q=1"));
    let answer = preview.get("/brief?q=1");
    assert_eq!((answer.status, answer.header("location")), (308, Some("/brief/?q=1")));
    assert_eq!(preview.get("/analyses/a/").status, 404);
    assert_eq!(preview.get("/brief/analyses/a").header("location"), Some("/brief/analyses/a/"));
    drop(preview);
    let preview = Preview::with(&site, &["--base-path", "/else"]);
    assert!(preview.page("/else/analyses/a/").contains("href=\"/else/style.css\""));
    drop(preview);
    assert_eq!(Preview::with(&site, &["--base-path", "/"]).get("/analyses/a/").status, 200);
}

#[test]
fn a_part_is_sent_where_one_is_asked_for() {
    let site = site();
    let preview = Preview::of(&site);
    for target in ["/letters.txt", "/style.css", "/analyses/a/", "/data/claims.json"] {
        let whole = preview.get(target);
        let ask = |range: &str| preview.ask("GET", target, &[&format!("Range: {range}")]);
        let first = ask("bytes=0-1");
        assert_eq!((first.status, &*first.body), (206, &whole.body[..2]), "{target}");
        let range = format!("bytes 0-1/{}", whole.body.len());
        assert_eq!(first.header("content-range"), Some(&*range), "{target}");
        let last = ask("bytes=-3");
        assert_eq!((last.status, &*last.body), (206, &whole.body[whole.body.len() - 3..]), "{target}");
        let none = ask("bytes=9999999-");
        assert_eq!(none.status, 416, "{target}");
        assert_eq!(none.header("content-range"), Some(&*format!("bytes */{}", whole.body.len())), "{target}");
    }
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let site = site();
    let preview = Preview::of(&site);
    for target in ["/", "/code.css", "/data/claims.json", "/__dateline/client.js"] {
        let tag = preview.get(target).header("etag").expect("a tag").to_owned();
        let again = preview.ask("GET", target, &[&format!("If-None-Match: {tag}")]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{target}");
        assert_eq!(preview.ask("GET", target, &["If-None-Match: \"x\""]).status, 200);
    }
    let day = preview.get("/letters.txt").header("last-modified").expect("a day").to_owned();
    assert_eq!(preview.ask("GET", "/letters.txt", &[&format!("If-Modified-Since: {day}")]).status, 304);
}

#[test]
fn drafts_and_embargoed_pieces_are_shown_and_marked() {
    let site = site()
        .analysis("draft", "draft = true", "Not yet.")
        .analysis("later", "publish_at = 2027-01-01T00:00:00Z", "Later.")
        .file("content/pages/idea.md", "+++\ntitle = \"Idea\"\ndraft = true\n+++\nWords.\n");
    let preview = Preview::of(&site);
    let mark =
        |preview: &Preview, page: &str| preview.about(page)["page"]["mark"].as_str().unwrap_or_default().to_owned();
    assert_eq!(preview.get("/analyses/draft/").status, 200);
    assert!(mark(&preview, "/analyses/draft/").starts_with("Draft"));
    assert!(mark(&preview, "/analyses/later/").starts_with("Embargoed until 2027-01-01"));
    assert!(mark(&preview, "/idea/").starts_with("Draft"));
    assert_eq!(mark(&preview, "/analyses/a/"), "");
    assert_eq!(preview.page("/analyses/").matches("not published").count(), 2, "lists say so too");
    let preview = Preview::with(&site, &["--no-drafts"]);
    assert_eq!(preview.get("/analyses/draft/").status, 404);
}

#[test]
fn the_bar_knows_the_claims_of_a_page_and_who_links_to_it() {
    let matter = "related = [\"a\"]\n[[claims]]\ntext = \"Acme ends 900 jobs\"\nmetric = \"headcount-reduction\"\n\
                  value = \"900 jobs\"\ncompany = \"acme\"\nevent = \"cut\"\n\
                  [[claims]]\ntext = \"Acme ends 300 jobs\"\nmetric = \"headcount-reduction\"\nvalue = \"300 jobs\"\n\
                  company = \"acme\"\nevent = \"cut\"";
    let site = site().analysis("c", matter, "It ends 900 jobs and costs $7 million.");
    let preview = Preview::of(&site);
    let page = &preview.about("/analyses/c/")["page"];
    assert_eq!(page["claims"][0]["meets"][0]["relation"], "conflicts", "{page:#}");
    assert!(page["claims"][0]["meets"][0]["reason"].as_str().is_some_and(|reason| reason.len() > 10));
    assert_eq!(page["unbacked"][0]["figure"], "$7 million");
    assert!(page["related"][0]["why"].as_str().is_some_and(|why| why.starts_with("Chosen by the author")));
    assert!(page["words"].as_u64() > Some(5) && page["minutes"] == 1);
    let linked = &preview.about("/analyses/a/")["page"];
    assert_eq!(linked["linked_from"], 2, "{linked:#}");
}

#[test]
fn the_bar_lists_the_first_claims_and_warnings_and_counts_all() {
    let claims: String = (0..70).map(|n| format!("[[claims]]\ntext = \"Claim {n}\"\n")).collect();
    let figures: String = (0..50).map(|n| format!("It costs ${} million. ", 100 + n)).collect();
    let preview = Preview::of(&site().analysis("c", &claims, &figures));
    let page = &preview.about("/analyses/c/")["page"];
    let listed = |name: &str| page[name].as_array().map(Vec::len);
    assert_eq!((listed("claims"), &page["claims_in_all"]), (Some(60), &70.into()), "{page:#}");
    assert_eq!(listed("warnings"), Some(40));
    assert!(page["warnings_in_all"].as_u64() >= Some(50), "{page:#}");
}

#[test]
fn a_taken_port_leads_to_the_next() {
    let site = site();
    let first = Preview::of(&site);
    let mut command = crate::fixture::program();
    command.args(["serve", "--now", crate::fixture::NOW, "--port", &first.port.to_string(), "--root"]).arg(site.root());
    let second = Preview::run(command);
    assert!(second.port > first.port);
    assert_eq!(second.get("/").status, 200);
}

#[test]
fn a_folder_without_a_site_is_no_preview() {
    let site = Site::bare();
    site.run(&["serve", "--root", site.root().to_str().expect("UTF-8")]).exits(2).says("there is no site.toml");
    Site::new().run(&["serve", "--host", "evil.example"]).exits(2);
}
