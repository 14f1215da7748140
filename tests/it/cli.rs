//! The command line: exit statuses, the shapes of what it prints, and the commands that begin things.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::fixture::{Outcome, Site, program};
use crate::tree::Tree;

/// A site with one error, one warning, and a claim.
fn wanting() -> Site {
    Site::new()
        .analysis(
            "good",
            "companies = [\"acme\"]\n[[claims]]\nid = \"cut\"\ntext = \"Acme cut 800 jobs\"\nvalue = \"800 jobs\"",
            "",
        )
        .analysis("bad", "sumary = \"x\"", "<b>raw</b>")
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
}

/// A site with nothing but a warning.
fn warned() -> Site {
    Site::with_analysis("", "<b>raw</b>")
}

/// Runs the program with nothing but what it is given.
fn dateline(args: &[&str]) -> Outcome {
    let mut command = program();
    command.args(args);
    Outcome::of(command)
}

/// The keys of an object; their order means nothing.
fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap_or_else(|| panic!("an object, not {value}")).keys().map(String::as_str).collect()
}

fn set<const N: usize>(keys: [&'static str; N]) -> BTreeSet<&'static str> {
    keys.into()
}

#[test]
fn exit_statuses_tell_four_things_apart() {
    let good = Site::with_analysis("", "");
    good.build().exits(0);
    good.check().exits(0);
    good.run(&["claims"]).exits(0);
    let bad = wanting();
    bad.build().exits(1);
    bad.check().exits(1);
    bad.run(&["claims"]).exits(1);

    let nowhere = Site::bare();
    for usage in [
        &["build"] as &[&str],
        &["check"],
        &["claims"],
        &["new", "analysis", "Title"],
        &["new", "company", "Acme"],
        &["frobnicate"],
        &["build", "--frobnicate"],
        &["build", "--format", "yaml"],
        &["check", "--deny", "everything"],
        &["build", "--now", "yesterday"],
        &["completions", "no-shell"],
        &["schema", "no-kind"],
        &[],
    ] {
        let mut command = program();
        command.args(usage).current_dir(nowhere.root());
        let outcome = Outcome::of(command);
        outcome.exits(2);
        assert!(!outcome.stderr.is_empty(), "{usage:?} says why");
        assert!(outcome.stdout.is_empty(), "{usage:?} prints nothing");
    }
    good.run(&["claims", "--company", "nobody"]).exits(2).says("nobody");
    good.run(&["claims", "--metric", "revenu"]).exits(2).says("did you mean `revenue`?");
    good.run_with(&["build", "--now", ""], &[]).exits(2);
    good.run(&["build", "--out", "/dev/null/x"]).exits(3).says("/dev/null");
    Site::new().file("public", "a file").build().exits(3).says("not a folder");
}

#[test]
fn help_says_what_the_exit_statuses_mean() {
    let help = dateline(&["--help"]);
    help.succeeds().prints("Exit status: 0 done, 1 the content has errors, 2");
    for command in ["build", "check", "new", "claims", "schema", "completions"] {
        help.prints(command);
        dateline(&[command, "--help"]).succeeds().prints("Usage:");
    }
    dateline(&["--version"]).succeeds().prints(concat!("dateline ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_build_prints_one_object() {
    let site = warned();
    let outcome = site.build();
    let json = outcome.succeeds().json();
    let expected =
        ["version", "pages", "written", "unchanged", "removed", "errors", "warnings", "duration_ms", "diagnostics"];
    assert_eq!(keys(&json), set(expected));
    assert_eq!((&json["version"], &json["errors"], &json["warnings"]), (&1.into(), &0.into(), &1.into()));
    assert_eq!(outcome.number("pages"), site.tree().pages().count() as u64);
    assert_eq!(outcome.number("written"), site.tree().site().files().count() as u64);
    assert_eq!((outcome.number("unchanged"), outcome.number("removed")), (0, 0));
    assert!(outcome.stderr.is_empty(), "all of it is in the object");

    let again = site.build();
    again.succeeds();
    assert_eq!((again.number("written"), again.number("unchanged")), (0, outcome.number("written")));
    fs::remove_file(site.path("content/analyses/a.md")).expect("it is removed");
    let less = site.build();
    less.succeeds();
    assert!(less.number("removed") >= 1);

    let failed = wanting().build();
    assert_eq!(keys(&failed.fails().json()), set(expected));
    assert_eq!([failed.number("pages"), failed.number("written"), failed.number("errors")], [0, 0, 1]);
}

#[test]
fn a_check_prints_one_object_and_writes_nothing() {
    let site = wanting();
    let before = Tree::of(site.around());
    let outcome = site.check();
    let json = outcome.fails().json();
    assert_eq!(keys(&json), set(["version", "errors", "warnings", "diagnostics"]));
    assert_eq!((outcome.number("version"), outcome.number("errors"), outcome.number("warnings")), (1, 1, 1));
    for diagnostic in json["diagnostics"].as_array().expect("a list") {
        let expected = ["code", "severity", "message", "file", "line", "column", "end_line", "end_column", "help"];
        assert_eq!(keys(diagnostic), set(expected));
    }
    outcome.finds(&[
        ("unknown-key", "content/analyses/bad.md:4:1", "unknown key `sumary`"),
        ("raw-html", "content/analyses/bad.md:6:1", "raw HTML"),
    ]);
    Tree::of(site.around()).assert_equals(&before, "a check writes nothing");
}

#[test]
fn lines_and_columns_count_from_one_in_characters() {
    let site = Site::with_analysis("take = \"é漢😀\"; zebra = 1", "é漢😀 [x](nowhere.md)");
    let outcome = site.check();
    let found = outcome.fails().findings();
    let regions: Vec<_> = found.iter().filter_map(|one| one.region).collect();
    assert!(regions.iter().all(|[line, column, ..]| *line >= 4 && *column >= 1), "{found:?}");
    let site = Site::with_analysis("", "é漢😀 [x](nowhere.md)");
    site.check().fails().finds(&[("dangling-link", "content/analyses/a.md:6:9", "nowhere.md")]);
}

#[test]
fn a_check_is_told_in_the_words_of_each_service() {
    let site = wanting();
    let short = site.run(&["check", "--format", "short"]);
    short.fails();
    assert_eq!(
        short.stdout,
        "content/analyses/bad.md:4:1: error[unknown-key]: unknown key `sumary`\n\
         content/analyses/bad.md:6:1: warning[raw-html]: raw HTML is shown as text\n"
    );
    let github = site.run(&["check", "--format", "github"]);
    github.fails();
    let commands: Vec<_> = github.stdout.lines().collect();
    assert_eq!(
        commands[0],
        "::error file=content/analyses/bad.md,line=4,col=1,endLine=4,endColumn=7,title=unknown-key::unknown key `sumary`\
         %0Ahelp: did you mean `summary`?"
    );
    assert!(commands[1].starts_with("::warning file=content/analyses/bad.md,line=6,col=1,"), "{}", commands[1]);
    assert_eq!(commands.len(), 2);
    let human = site.run(&["check"]);
    human.fails().prints("error[unknown-key]").prints("--> content/analyses/bad.md:4:1").prints("1 error, 1 warning");
    assert!(!human.stdout.contains('\u{1b}'), "no colours where there is no terminal");
    Site::new().run(&["check"]).succeeds().prints("Nothing is wrong");
}

/// Holds a log to what SARIF 2.1.0 asks of the objects in it (OASIS, sections 3.13, 3.14, 3.27, 3.28 and 3.30).
#[test]
fn a_check_prints_sarif() {
    let outcome = wanting().run(&["check", "--format", "sarif"]);
    let log = outcome.fails().json();
    assert_eq!((&log["version"], log["runs"].as_array().map(Vec::len)), (&"2.1.0".into(), Some(1)));
    assert!(log["$schema"].as_str().is_some_and(|uri| uri.contains("sarif") && uri.contains("2.1.0")));
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "Dateline");
    assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap_or_default()));
    let rules: Vec<_> = driver["rules"].as_array().expect("rules").iter().map(|rule| &rule["id"]).collect();
    assert_eq!(rules, ["raw-html", "unknown-key"]);
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap_or_default()));
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
        assert_eq!(rules[index], &result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/analyses/bad.md");
        let region = |key: &str| place["region"][key].as_u64().unwrap_or_default();
        let [start, end] = [["startLine", "startColumn"], ["endLine", "endColumn"]].map(|keys| keys.map(region));
        assert!(start >= [1, 1] && end >= start, "{place}");
    }
}

#[test]
fn warnings_fail_a_check_that_denies_them() {
    warned().check().succeeds();
    warned().run(&["check", "--deny", "warnings"]).fails();
    Site::with_analysis("", "").run(&["check", "--deny", "warnings"]).succeeds();
    let toml =
        |level: &str| format!("title = \"T\"\nbase_url = \"https://example.org\"\n[check]\nraw-html = \"{level}\"\n");
    warned().file("site.toml", &toml("deny")).build().fails().finds(&[("raw-html", "content/analyses/a.md:6:1", "")]);
    warned().file("site.toml", &toml("off")).build().succeeds().finds(&[]);
    warned().file("site.toml", &toml("warn")).build().succeeds().finds(&[(
        "raw-html",
        "content/analyses/a.md:6:1",
        "",
    )]);
}

/// A site of two claims about a company and one about its unit.
fn ledger() -> Site {
    Site::new()
        .file("content/companies/acme.md", "+++\nname = \"Acme, Inc.\"\naliases = [\"ACM\"]\n+++\n")
        .file("content/companies/acme/labs.md", "+++\nname = \"Labs\"\n+++\n")
        .analysis(
            "cuts",
            "companies = [\"acme\"]\n[[sources]]\nid = \"s\"\npublisher = \"P\"\npublished = 2026-05-17\n\
             [[claims]]\nid = \"cut\"\ntext = \"It cut \\\"about\\\" 8,000 jobs\"\nmetric = \"layoffs\"\n\
             value = \"about 8,000 jobs\"\ndate = \"2026-05\"\nsources = [\"s\"]\nattribution = \"per P\"\nevent = \"e\"\n\
             confidence = \"high\"\n[[claims]]\nid = \"revenue\"\ntext = \"It took in more\"\nmetric = \"revenue\"\n\
             value = \"more than $2 bn\"\nscenario = \"guidance\"\nstatus = \"disputed\"\n[[claims]]\nid = \"lab\"\n\
             text = \"Labs lost its head\"\ncompany = \"acme/labs\"",
            "",
        )
}

#[test]
fn claims_are_listed_in_three_forms() {
    let site = ledger();
    let json = site.run(&["claims", "--format", "json"]).succeeds().json();
    assert_eq!(keys(&json), set(["version", "claims"]));
    let claims = json["claims"].as_array().expect("a list");
    assert_eq!(claims.len(), 3);
    let cut = &claims[0];
    assert_eq!(
        *cut,
        serde_json::json!({
            "id": "cuts/cut", "url": "https://example.org/analyses/cuts/#claim:cut", "analysis": "cuts", "text": "It cut \"about\" 8,000 jobs", "company": "acme", "person": null,
            "metric": "headcount-reduction", "value": "about 8,000 jobs", "low": "7500", "low_open": false, "high": "8500", "high_open": false, "unit": "person",
            "date": "2026-05", "event": "e", "scenario": "actual", "stated": "2026-05-17", "status": "reported",
            "confidence": "high", "attribution": "per P", "sources": ["s"], "roots": 1,
            "citations": [{ "source": "cuts/s", "url": null }],
        })
    );
    for claim in claims {
        assert_eq!(keys(claim), keys(cut), "every claim has every key");
    }
    let low = ["low", "low_open", "high"].map(|key| claims[1][key].clone());
    assert_eq!(low, ["2000000000".into(), true.into(), Value::Null], "more than $2 bn");

    let csv = site.run(&["claims", "--format", "csv"]);
    let lines: Vec<_> = csv.succeeds().stdout.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[0].starts_with("id,text,company,person,metric,value,low,high,unit,date,event,"), "{}", lines[0]);
    assert!(lines[1].starts_with("cuts/cut,\"It cut \"\"about\"\" 8,000 jobs\",acme,"), "{}", lines[1]);

    let table = site.run(&["claims"]);
    table.succeeds().prints("cuts/cut").prints("about 8,000 jobs").prints("3 claims");
}

#[test]
fn claims_are_chosen_by_company_and_metric() {
    let site = ledger();
    let ids = |args: &[&str]| -> Vec<String> {
        let outcome = site.run(&[&["claims", "--format", "json"], args].concat());
        let json = outcome.succeeds().json();
        let id = |claim: &Value| claim["id"].as_str().expect("an id").trim_start_matches("cuts/").to_owned();
        json["claims"].as_array().expect("a list").iter().map(id).collect()
    };
    assert_eq!(ids(&["--company", "acme"]), ["cut", "revenue", "lab"], "a unit's claims are its parent's too");
    assert_eq!(ids(&["--company", "acm"]), ["cut", "revenue", "lab"], "an alias does");
    assert_eq!(ids(&["--company", "acme/labs"]), ["lab"]);
    assert_eq!(ids(&["--metric", "job-cuts"]), ["cut"]);
    assert!(ids(&["--company", "acme/labs", "--metric", "revenue"]).is_empty());
}

#[test]
fn a_new_site_builds_without_a_word() {
    let site = Site::bare();
    site.run(&["new", "site", "site/brief"]).succeeds().prints("site/brief");
    let root = site.path("brief");
    let root = root.to_str().expect("UTF-8");
    site.run(&["check", "--root", root, "--deny", "warnings", "--format", "json"]).succeeds().finds(&[]);
    site.run(&["build", "--root", root, "--format", "json"]).succeeds().finds(&[]);
    assert!(site.path("brief/public/index.html").is_file());
    let ignored = fs::read_to_string(site.path("brief/.gitignore")).expect("it is there");
    assert!(ignored.lines().any(|line| line == "/public/") && ignored.lines().any(|line| line == "/.dateline/"));

    let before = Tree::of(&site.root());
    site.run(&["new", "site", "site/brief"]).exits(2).says("not empty");
    Tree::of(&site.root()).assert_equals(&before, "a folder in use");
    let site = site.file("file", "a file").folder("empty");
    site.run(&["new", "site", "site/empty"]).succeeds();
    let outcome = site.run(&["new", "site", "site/file"]);
    assert!(outcome.exits(3).stderr.contains("site/file"));
    assert_eq!(fs::read(site.path("file")).expect("it is there"), b"a file");
}

#[test]
fn a_new_analysis_is_a_draft_and_overwrites_nothing() {
    let site = Site::with_analysis("", "");
    site.run_with(&["new", "analysis", "Acme’s \"quiet\" cuts: 8,000"], &[("SOURCE_DATE_EPOCH", "1780272000")])
        .succeeds()
        .prints("content/analyses/acmes-quiet-cuts-8-000.md");
    let file = site.path("content/analyses/acmes-quiet-cuts-8-000.md");
    let text = fs::read_to_string(&file).expect("it is there");
    assert!(text.contains("date = 2026-06-01\n") && text.contains("draft = true\n"), "{text}");
    site.run(&["check", "--drafts", "--deny", "warnings", "--format", "json"]).succeeds().finds(&[]);
    site.build().succeeds().finds(&[]);
    assert!(!site.tree().has("analyses/acmes-quiet-cuts-8-000/index.html"), "a draft stays out");
    site.run(&["new", "analysis", "Acmes quiet cuts 8 000"]).exits(2).says("is there already");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), text);
    site.run(&["new", "analysis", "???"]).exits(2);
    site.run(&["new", "analysis", "../../up"]).succeeds().prints("content/analyses/up.md");
    site.run_with(&["new", "analysis", "T"], &[("SOURCE_DATE_EPOCH", "soon")]).exits(2).says("SOURCE_DATE_EPOCH");
}

#[test]
fn a_new_company_may_be_a_unit() {
    let site = Site::new();
    site.run(&["new", "company", "Acme, Inc."]).succeeds().prints("content/companies/acme-inc.md");
    site.run(&["new", "company", "acme-inc/AI Labs"]).succeeds().prints("content/companies/acme-inc/ai-labs.md");
    site.build().succeeds().finds(&[]);
    assert!(site.page("companies/acme-inc/ai-labs/index.html").contains("AI Labs"));
    site.run(&["new", "company", "Acme Inc"]).exits(2).says("is there already");
    for name in ["", "a//b", "../x", "/x"] {
        let before = Tree::of(site.around());
        site.run(&["new", "company", name]).exits(2);
        Tree::of(site.around()).assert_equals(&before, name);
    }
}

#[test]
fn the_day_comes_from_the_option_or_else_from_the_environment() {
    let site =
        Site::new().analysis("later", "publish_at = 2026-06-10", "").analysis("gone", "expires = 2026-05-20", "");
    let built = |args: &[&str], environment: &[(&str, &str)]| -> [bool; 2] {
        let mut command = program();
        command.arg("build").arg("--root").arg(site.root()).args(args).envs(environment.iter().copied());
        Outcome::of(command).succeeds();
        ["later", "gone"].map(|slug| site.out().join(format!("analyses/{slug}/index.html")).is_file())
    };
    assert_eq!(built(&["--now", "2026-05-19"], &[]), [false, true]);
    assert_eq!(built(&["--now", "2026-05-20T23:59:59Z"], &[]), [false, true], "the last day counts in full");
    assert_eq!(built(&["--now", "2026-05-21"], &[]), [false, false]);
    assert_eq!(built(&["--now", "2026-06-10T00:00:00+02:00"], &[]), [false, false], "its zone counts");
    assert_eq!(built(&["--now", "2026-06-10"], &[]), [true, false]);
    assert_eq!(built(&[], &[("SOURCE_DATE_EPOCH", "1781049600")]), [true, false]);
    assert_eq!(built(&["--now", "2026-05-19"], &[("SOURCE_DATE_EPOCH", "1781049600")]), [false, true]);
    assert_eq!(built(&["--now", "2026-05-19", "--drafts"], &[]), [true, true]);
}

#[test]
fn a_base_url_of_the_command_line_wins() {
    let site = Site::with_analysis("", "");
    site.run(&["build", "--base-url", "https://preview.example/pr/7"]).succeeds();
    let page = site.page("analyses/a/index.html");
    assert!(page.contains("href=\"https://preview.example/pr/7/analyses/a/\""), "{page}");
    assert!(page.contains("href=\"/pr/7/style."), "{page}");
    for bad in ["example.org", "ftp://example.org", "https://", "https://example.org/?q", "javascript:alert(1)"] {
        site.run(&["build", "--base-url", bad, "--format", "json"]).fails().finds(&[("base-url", "", bad)]);
    }
}

/// Reads the front matter of a document, or a whole TOML file, as JSON.
fn matter(text: &str) -> Value {
    let toml = text.strip_prefix("+++\n").map_or(text, |rest| rest.split("\n+++").next().expect("a first part"));
    let table: toml::Table = toml.parse().unwrap_or_else(|error| panic!("{error}\n{toml}"));
    plain(toml::Value::Table(table))
}

/// Turns TOML into the JSON that an editor would hold against a schema, dates being text.
fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(plain).collect(),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, plain(value))).collect()),
        other => serde_json::to_value(other).expect("JSON"),
    }
}

/// Names the schema that a file of a site is held against.
fn kind(path: &str) -> Option<&'static str> {
    Some(match path {
        "site.toml" => "site",
        "content/sources.toml" => "sources",
        "content/metrics.toml" => "metrics",
        "content/events.toml" => "events",
        _ if !path.ends_with(".md") => return None,
        _ => match path.split('/').nth(1)? {
            "analyses" => "analysis",
            "companies" => "company",
            "people" => "person",
            "pages" => "page",
            _ => return None,
        },
    })
}

#[test]
fn schemas_accept_what_the_program_accepts() {
    let site = Site::bare();
    let all = site.run(&["schema"]).succeeds().json();
    let kinds = ["site", "analysis", "company", "person", "page", "sources", "metrics", "events"];
    assert_eq!(keys(&all), set(kinds));
    for kind in kinds {
        assert_eq!(site.run(&["schema", kind]).succeeds().json(), all[kind], "{kind}");
        assert!(jsonschema::meta::is_valid(&all[kind]), "{kind} is a JSON Schema");
    }
    site.run(&["new", "site", "site/brief"]).succeeds();
    let invented = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/invented/in"));
    let mut seen = BTreeSet::new();
    for tree in [Tree::of(&site.path("brief")), Tree::of(invented)] {
        for (path, bytes) in tree.files() {
            let text = String::from_utf8_lossy(bytes);
            let Some(kind) = kind(path).filter(|_| !text.starts_with("---")) else { continue };
            seen.insert(kind);
            let validator = jsonschema::validator_for(&all[kind]).expect("a schema");
            let mut document = matter(&text);
            let problems: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
            assert!(problems.is_empty(), "{path}: {problems:#?}");
            misspell(&mut document, &mut |misspelt, at| {
                assert!(!validator.is_valid(misspelt), "{path}: a misspelt key in {at} passes");
            });
        }
    }
    assert_eq!(seen, set(kinds), "every kind has an example");
}

/// Puts a misspelt key into each table of a document in turn.
fn misspell(document: &mut Value, check: &mut dyn FnMut(&Value, &str)) {
    let mut tables = vec![String::new()];
    while let Some(at) = tables.pop() {
        let value = document.pointer(&at).expect("it is there");
        match value {
            Value::Object(table) => {
                tables.extend(table.keys().map(|key| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))))
            }
            Value::Array(items) => tables.extend((0..items.len()).map(|index| format!("{at}/{index}"))),
            _ => continue,
        }
        if let Some(Value::Object(table)) = document.pointer_mut(&at) {
            table.insert("mispelt".to_owned(), Value::Bool(true));
            check(document, &format!("{at}/"));
            if let Some(Value::Object(table)) = document.pointer_mut(&at) {
                table.remove("mispelt");
            }
        }
    }
}

#[test]
fn completions_are_scripts_for_their_shells() {
    let site = Site::bare();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let outcome = site.run(&["completions", shell]);
        outcome.succeeds().prints("dateline");
        assert!(["--base-url", "base-url"].iter().any(|option| outcome.stdout.contains(option)), "{shell}");
    }
    let script = site.run(&["completions", "bash"]);
    site.put("completions.bash", &script.succeeds().stdout);
    let bash = Command::new("bash").arg("-n").arg(site.path("completions.bash")).status();
    assert!(bash.is_ok_and(|status| status.success()), "bash reads its script");
}
