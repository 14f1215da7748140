//! `dateline new`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use include_dir::{Dir, include_dir};

use super::{Failure, present};
use crate::config::FILE;
use crate::model::slugify;
use crate::report::clean;

/// A small working site about an invented company.
static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/starter");

/// Begins a site, an analysis or a company.
#[derive(Debug, Args)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Begin a site: a small working one about an invented company
    Site {
        /// The folder to make; it must not exist, or be empty
        dir: PathBuf,
    },
    /// Begin an analysis, as a draft
    Analysis {
        /// Its headline
        title: String,
        #[command(flatten)]
        at: At,
    },
    /// Begin a company
    Company {
        /// Its name; for a unit its parent's id, a `/` and the name
        name: String,
        #[command(flatten)]
        at: At,
    },
}

/// Where the site is.
#[derive(Debug, Args)]
struct At {
    /// The folder that holds site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

impl New {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self.what {
            What::Site { dir } => site(&dir),
            What::Analysis { title, at } => analysis(&title, &at.root),
            What::Company { name, at } => company(&name, &at.root),
        }
    }
}

fn site(dir: &Path) -> Result<(), Failure> {
    if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::Usage(format!("{} is not empty", dir.display())));
    }
    write_folder(&STARTER, dir)?;
    tell(&format!("Made a site in {0}\nNext: dateline build --root {0}", dir.display()))
}

fn write_folder(folder: &Dir<'_>, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(|error| refused(to, &error))?;
    for file in folder.files() {
        let path = to.join(file.path().file_name().unwrap_or_default());
        fs::write(&path, file.contents()).map_err(|error| refused(&path, &error))?;
    }
    folder.dirs().try_for_each(|inner| write_folder(inner, &to.join(inner.path().file_name().unwrap_or_default())))
}

fn analysis(title: &str, root: &Path) -> Result<(), Failure> {
    let slug = named(title, "a headline")?;
    let today = present()?.day;
    let text = format!(
        r#"+++
title = {}
date = {today}
draft = true
summary = ""
companies = []

# [[sources]]
# id = "results-call"
# title = "Results call"
# publisher = "The company"
# published = {today}

# [[claims]]
# id = "headcount"
# text = "One statement of fact, in your words"
# metric = "headcount"
# value = "about 8,000 employees"
# date = "{today}"
# sources = ["results-call"]
+++

"#,
        toml::Value::from(title)
    );
    write_new(root, &format!("content/analyses/{slug}.md"), &text)
}

fn company(name: &str, root: &Path) -> Result<(), Failure> {
    let ids: Vec<String> = name.split('/').map(|part| named(part, "a company's name")).collect::<Result<_, _>>()?;
    let own = name.rsplit('/').next().unwrap_or(name).trim();
    let text = format!("+++\nname = {}\naliases = []\n+++\n\n", toml::Value::from(own));
    write_new(root, &format!("content/companies/{}.md", ids.join("/")), &text)
}

fn named(text: &str, what: &str) -> Result<String, Failure> {
    let slug = slugify(text, 80);
    let hint = || Failure::Usage(format!("{what} needs a letter or a digit, and `{}` has none", clean(text)));
    if slug.is_empty() { Err(hint()) } else { Ok(slug) }
}

/// Writes a file that is not there yet.
fn write_new(root: &Path, file: &str, text: &str) -> Result<(), Failure> {
    if !root.join(FILE).is_file() {
        return Err(crate::site::OpenError { root: root.to_owned() }.into());
    }
    let path = root.join(file);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    }
    let made = fs::File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes()));
    match made {
        Ok(()) => tell(&format!("Made {file}")),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Failure::Usage(format!("{file} is there already")))
        }
        Err(error) => Err(refused(&path, &error)),
    }
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    Failure::World(format!("cannot write {}: {error}", path.display()))
}

fn tell(message: &str) -> Result<(), Failure> {
    Ok(writeln!(std::io::stdout(), "{message}")?)
}
