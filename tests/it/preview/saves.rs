//! What a save comes to: what is read again, what is rendered again, and what browsers are told.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use super::{Preview, eventually};
use crate::fixture::Site;
use crate::tree::unhashed;

/// A site of a few documents that name each other.
fn site() -> Site {
    Site::with_analysis("companies = [\"acme\"]", "Acme did it.")
        .analysis("b", "companies = [\"acme\", \"nobody\"]", "See [[a]]; Nobody and Acme.")
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\nMakes things.\n")
        .file("templates/page.html", "{% extends \"briefing/page.html\" %}")
        .file("static/own.css", "body { color: red }")
        .file("static/letters.txt", "abc")
}

fn analysis(title: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndate = 2026-05-18\n+++\n{body}\n")
}

#[test]
fn a_saved_body_costs_one_file_and_one_page() {
    let site = (0..60).fold(site(), |site, n| site.analysis(&format!("n{n}"), "", "Words."));
    let preview = Preview::of(&site);
    let mut events = preview.events();
    preview.page("/analyses/a/");
    for round in 0..3 {
        let [parsed, rendered, version] = ["parsed", "rendered", "site"].map(|name| preview.count(name));
        site.put("content/analyses/a.md", analysis("A", &format!("Reading {round}.")));
        events.until("site", version);
        assert!(preview.page("/analyses/a/").contains(&format!("Reading {round}.")));
        assert!(preview.page("/analyses/a/").contains("Reading"));
        assert_eq!(preview.count("parsed") - parsed, 1, "one file is parsed");
        assert_eq!(preview.count("rendered") - rendered, 1, "one page is rendered");
    }
}

#[test]
fn a_file_that_is_saved_as_it_was_costs_nothing() {
    let site = site();
    let preview = Preview::of(&site);
    let [parsed, links] = ["parsed", "links"].map(|name| preview.count(name));
    let text = fs::read(site.path("content/analyses/a.md")).expect("it is there");
    site.put("content/analyses/a.md", text);
    sleep(Duration::from_millis(300));
    assert_eq!(["parsed", "links"].map(|name| preview.count(name)), [parsed, links]);
    site.put("content/analyses/a.md", analysis("A", "Other words."));
    eventually("it is seen", || preview.get("/analyses/a/").text().contains("Other words."));
    assert_eq!(["parsed", "links"].map(|name| preview.count(name)), [parsed + 1, links + 1], "saves are seen at all");
}

#[test]
fn a_save_reads_no_company_again_however_many_there_are() {
    for companies in [5, 120] {
        let company = |words: &str| format!("+++\nname = \"Unit\"\n+++\nIt is not Acme. {words}\n");
        let named = |n: u32| format!("+++\nname = \"Company {n}\"\n+++\nIt is not Acme.\n");
        let add = |site: Site, n| site.file(&format!("content/companies/c{n}.md"), &named(n));
        let site = (0..companies).fold(site(), add).file("content/companies/unit.md", &company("Once."));
        let preview = Preview::of(&site);
        let mut events = preview.events();
        let mut save = |path: &str, text: String| {
            let [parsed, read, version] = ["parsed", "read", "site"].map(|name| preview.count(name));
            site.put(path, text);
            events.until("site", version);
            [preview.count("parsed") - parsed, preview.count("read") - read]
        };
        let matter = "companies = [\"acme\", \"nobody\"]\n";
        let b = |words: &str| format!("+++\ntitle = \"B\"\ndate = 2026-05-18\n{matter}+++\nAcme. {words}\n");
        assert_eq!(save("content/analyses/b.md", b("Once.")), [1, 0], "an analysis beside {companies} companies");
        assert_eq!(save("content/analyses/b.md", b("Twice.")), [1, 0], "an analysis beside {companies} companies");
        assert_eq!(save("content/companies/unit.md", company("Twice.")), [1, 1], "one of {companies} companies");
        assert!(preview.page("/companies/unit/").contains("Twice."));
        assert!(preview.page("/companies/unit/").contains("href=\"/companies/acme/\">Acme</a>"));
    }
}

#[test]
fn every_way_of_saving_is_seen() {
    let site = site();
    let preview = Preview::of(&site);
    let shows = |target: &str, words: &str| {
        eventually(&format!("{target} shows {words}"), || preview.get(target).text().contains(words));
    };
    let gone = |target: &str| eventually(&format!("{target} is gone"), || preview.get(target).status == 404);
    let path = |path: &str| site.path(path);

    site.put("content/analyses/.a.md.tmp", analysis("A", "Renamed over it."));
    fs::rename(path("content/analyses/.a.md.tmp"), path("content/analyses/a.md")).expect("it is renamed");
    shows("/analyses/a/", "Renamed over it.");

    fs::write(path("content/analyses/a.md"), "").expect("it is cut");
    sleep(Duration::from_millis(5));
    site.put("content/analyses/a.md", analysis("A", "Cut, then written."));
    shows("/analyses/a/", "Cut, then written.");

    fs::remove_file(path("content/analyses/a.md")).expect("it is removed");
    fs::remove_file(path("content/analyses/b.md")).expect("it is removed");
    gone("/analyses/a/");
    site.put("content/analyses/a.md", analysis("A", "Written again."));
    shows("/analyses/a/", "Written again.");

    site.put("content/analyses/2026/new/index.md", analysis("New", "In a new folder."));
    site.put("content/analyses/2026/new/data.csv", "a,b\n");
    shows("/analyses/new/", "In a new folder.");
    shows("/analyses/new/data.csv", "a,b");
    fs::rename(path("content/analyses/2026"), path("content/analyses/later")).expect("it is moved");
    site.put("content/analyses/later/new/index.md", analysis("New", "Moved and written."));
    shows("/analyses/new/", "Moved and written.");

    fs::rename(path("content"), path("elsewhere")).expect("it is moved");
    sleep(Duration::from_millis(100));
    fs::rename(path("elsewhere"), path("content")).expect("it is moved back");
    sleep(Duration::from_millis(100));
    site.put("content/analyses/a.md", analysis("A", "After the folder was moved."));
    shows("/analyses/a/", "After the folder was moved.");

    site.put("templates/404.html", "Nothing at all.");
    shows("/nothing/", "Nothing at all.");
    site.put("site.toml", "title = \"Another Brief\"\nbase_url = \"https://example.org\"\n");
    shows("/", "Another Brief");
    site.put("static/new.txt", "A new file.");
    shows("/new.txt", "A new file.");
}

#[test]
fn names_that_change_are_found_in_all_prose() {
    let site = site();
    let preview = Preview::of(&site);
    let same = |what: &str| {
        let out = site.around().join("built");
        site.run(&["build", "--drafts", "--format", "json", "--out", out.to_str().expect("UTF-8")]).succeeds();
        for target in ["", "analyses/a/", "analyses/b/", "companies/acme/", "companies/"] {
            let built = unhashed(&fs::read_to_string(out.join(target).join("index.html")).expect("a page"));
            eventually(&format!("{what}: /{target}"), || {
                let answer = preview.get(&format!("/{target}"));
                answer.status == 200 && answer.without_script() == built
            });
        }
    };
    same("as it began");
    site.put("content/companies/acme.md", "+++\nname = \"Zenith\"\naliases = [\"Acme\"]\n+++\nMakes things.\n");
    same("a company with another name");
    site.put(
        "content/analyses/b.md",
        "+++\ntitle = \"B\"\ndate = 2026-05-18\ncompanies = [\"acme\", \"others\"]\n+++\nNobody, Others, Acme.\n",
    );
    same("a company that only an analysis names, in the place of another");
    site.put("content/companies/others.md", "+++\nname = \"Others\"\n+++\nOthers.\n");
    same("that company with a file");
    fs::remove_file(site.path("content/companies/others.md")).expect("it goes");
    same("and without one");
}

#[test]
fn a_style_is_swapped_and_nothing_is_linked() {
    let site = site();
    let preview = Preview::of(&site);
    let mut events = preview.events();
    let links = preview.count("links");
    site.put("static/own.css", "body { color: blue }");
    let pulse = events.until("styles", 0);
    assert_eq!((pulse["site"].as_u64(), preview.count("links")), (Some(1), links));
    assert!(preview.get("/own.css").text().contains("blue"));
    site.put("static/letters.txt", "def");
    events.until("files", 0);
    assert_eq!(preview.count("links"), links);
}

#[test]
fn a_thousand_files_are_one_change() {
    let site = (0..1000).fold(site(), |site, n| site.analysis(&format!("n{n}"), "", "Words."));
    let preview = Preview::of(&site);
    let links = preview.count("links");
    for n in 0..1000 {
        site.put(&format!("content/analyses/n{n}.md"), analysis("N", "Other words."));
    }
    eventually("the last shows", || preview.get("/analyses/n999/").text().contains("Other words."));
    sleep(Duration::from_millis(300));
    // A machine that is busy with other tests may rest in the middle of writing them.
    let links = preview.count("links") - links;
    assert!((1..=2).contains(&links), "{links}");
}

#[test]
fn a_hundred_saves_in_a_second_are_few_changes_and_the_last_shows() {
    let site = site();
    let preview = Preview::of(&site);
    let links = preview.count("links");
    for save in 0..100 {
        site.put("content/analyses/a.md", analysis("A", &format!("Save {save}.")));
        sleep(Duration::from_millis(8));
    }
    eventually("the last shows", || preview.get("/analyses/a/").text().contains("Save 99."));
    let links = preview.count("links") - links;
    assert!((1..=25).contains(&links), "{links}");
}

#[test]
fn changes_are_looked_for_where_nobody_tells_of_them() {
    let site = site();
    let preview = Preview::with(&site, &["--poll"]);
    site.put("content/analyses/a.md", analysis("A", "Found by looking."));
    eventually("it is found", || preview.get("/analyses/a/").text().contains("Found by looking."));
    let links = preview.count("links");
    sleep(Duration::from_millis(1200));
    assert_eq!(preview.count("links"), links, "looking alone links nothing");
}

/// Runs where a user may make a name space of their own, in which the limit can be set low.
#[cfg(target_os = "linux")]
#[test]
fn at_the_limit_of_watched_folders_changes_are_looked_for() {
    let site = site();
    let script = "echo 1 > /proc/sys/user/max_inotify_watches && exec \"$0\" \"$@\"";
    let mut command = std::process::Command::new("unshare");
    command.args(["--user", "--map-root-user", "sh", "-c", script]);
    let program = crate::fixture::program();
    let may = std::process::Command::new("unshare")
        .args(["--user", "--map-root-user", "sh", "-c", "echo 1 > /proc/sys/user/max_inotify_watches"])
        .output()
        .is_ok_and(|ran| ran.status.success());
    if !may {
        eprintln!("SKIPPED the limit of watched folders: no name space of one's own");
        return;
    }
    command
        .arg(program.get_program())
        .args(["serve", "--port", "0", "--now", crate::fixture::NOW, "--root"])
        .arg(site.root());
    let preview = Preview::run(command);
    let told = preview.lines.iter().find(|line| line.starts_with("Looking for changes")).expect("a word");
    assert!(told.contains("limit of watched folders"), "{told}");
    site.put("content/analyses/a.md", analysis("A", "Found all the same."));
    eventually("it is found", || preview.get("/analyses/a/").text().contains("Found all the same."));
}
