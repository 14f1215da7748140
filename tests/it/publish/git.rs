//! A branch of a bare repository.

use std::path::Path;
use std::process::Command;

use super::{change, publish, site};

const TARGET: &str = "kind = \"git\"\nremote = \"../pages.git\"\nbranch = \"pages\"";

/// Runs git in a folder, and gives what it prints.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=T", "-c", "user.email=t@example.org"]).args(arguments);
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

fn bare(around: &Path) -> std::path::PathBuf {
    git(around, &["init", "--quiet", "--bare", "pages.git"]);
    around.join("pages.git")
}

/// Gives the tree of our own files at the branch.
fn files(pages: &Path) -> Vec<String> {
    let listed = git(pages, &["ls-tree", "-r", "pages"]);
    listed.lines().filter(|line| !line.contains("\t.dateline/")).map(str::to_owned).collect()
}

#[test]
fn a_branch_is_brought_up_to_date_and_back() {
    let site = site(TARGET);
    let pages = bare(site.around());
    publish(&site, &["--dry-run"], &[]).exits(2);
    assert_eq!(git(&pages, &["for-each-ref"]), "", "a dry run writes nothing");
    publish(&site, &[], &[]).succeeds();
    let first = files(&pages);
    assert!(first.iter().any(|line| line.ends_with("\tanalyses/one/index.html")));
    assert!(first.iter().any(|line| line.ends_with("\t.nojekyll")));
    let again = publish(&site, &[], &[]);
    again.succeeds();
    assert_eq!(again.json()["published"], false);
    change(&site);
    publish(&site, &[], &[]).succeeds();
    assert_eq!(git(&pages, &["rev-list", "--count", "pages"]), "2");
    publish(&site, &["--rollback"], &[]).succeeds();
    let back: Vec<String> = files(&pages).into_iter().filter(|line| !line.ends_with("app.4b0c12de.css")).collect();
    assert_eq!(back, first);
    assert_eq!(git(&pages, &["rev-list", "--count", "pages"]), "3", "history is never rewritten");
}

#[test]
fn the_work_tree_the_index_other_branches_and_files_stay_as_they_are() {
    let site = site(TARGET);
    let pages = bare(site.around());
    let other = site.around().join("other");
    git(site.around(), &["clone", "--quiet", "pages.git", "other"]);
    std::fs::write(other.join("CNAME"), "brief.example\n").expect("a file");
    git(&other, &["add", "."]);
    git(&other, &["commit", "--quiet", "-m", "theirs"]);
    git(&other, &["push", "--quiet", "origin", "HEAD:pages", "HEAD:main"]);
    let root = site.root();
    git(&root, &["init", "--quiet"]);
    std::fs::write(root.join(".gitignore"), ".dateline/\n").expect("a file");
    git(&root, &["add", "."]);
    let before = (
        git(&root, &["status", "--porcelain"]),
        git(&root, &["ls-files", "--stage"]),
        git(&pages, &["rev-parse", "main"]),
    );
    publish(&site, &[], &[]).succeeds();
    let after = (
        git(&root, &["status", "--porcelain"]),
        git(&root, &["ls-files", "--stage"]),
        git(&pages, &["rev-parse", "main"]),
    );
    assert_eq!(before, after);
    assert_eq!(git(&pages, &["show", "pages:CNAME"]), "brief.example");
    assert_eq!(git(&pages, &["rev-list", "--count", "pages"]), "2", "their commit is the first");
}

#[test]
fn a_branch_that_cannot_be_reached_is_told() {
    let site = site("kind = \"git\"\nremote = \"../nowhere.git\"\nbranch = \"pages\"");
    publish(&site, &[], &[]).exits(3).says("git ls-remote");
}
