//! Places that open in the author's editor.

use std::path::{Path, PathBuf};

use crate::pages::encode;

/// The addresses by which editors open a place, by the name of their program.
const EDITORS: [(&str, &str); 9] = [
    ("code", "vscode://file{path}:{line}:{column}"),
    ("code-insiders", "vscode-insiders://file{path}:{line}:{column}"),
    ("codium", "vscodium://file{path}:{line}:{column}"),
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
    ("subl", "subl://open?url=file://{path}&line={line}&column={column}"),
    ("mate", "txmt://open?url=file://{path}&line={line}&column={column}"),
    ("mvim", "mvim://open?url=file://{path}&line={line}&column={column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
];

/// How a place is opened, if it can be.
#[derive(Debug, Default)]
pub(super) struct Editor {
    root: PathBuf,
    pattern: Option<String>,
}

impl Editor {
    /// Takes the address that site.toml names, else that of the editor which VISUAL or EDITOR names.
    pub(super) fn new(root: &Path, configured: Option<&str>) -> Self {
        let named = || ["VISUAL", "EDITOR"].into_iter().find_map(|name| known(&std::env::var(name).ok()?));
        Self { root: root.to_owned(), pattern: configured.or_else(named).map(str::to_owned) }
    }

    /// Links to a place of a file; none where no editor is known, or the file is not on disk.
    pub(super) fn link(&self, file: &str, line: Option<u32>, column: Option<u32>) -> Option<String> {
        let path = self.root.join(file);
        let pattern = self.pattern.as_deref().filter(|_| path.is_file())?;
        let number = |number: Option<u32>| number.unwrap_or(1).to_string();
        let path = encode(path.to_str()?).replace('&', "%26").replace('+', "%2B");
        let link = pattern.replace("{line}", &number(line)).replace("{column}", &number(column));
        // An address of the form `…file/{path}` brings the slash that an absolute path begins with.
        let link = link.replace("/{path}", "{path}").replace("{path}", &path);
        Some(link)
    }
}

/// Gives the address for a command such as `/usr/bin/code --wait`.
fn known(command: &str) -> Option<&'static str> {
    let program = Path::new(command.split_whitespace().next()?).file_stem()?.to_str()?;
    EDITORS.iter().find(|(name, _)| *name == program).map(|(_, pattern)| *pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_becomes_the_address_of_an_editor() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a b&c.md"), "").unwrap();
        let root = dir.path().to_str().unwrap();
        let link = |pattern| Editor::new(dir.path(), Some(pattern)).link("a b&c.md", Some(3), None);
        assert_eq!(link("vscode://file/{path}:{line}:{column}"), Some(format!("vscode://file{root}/a%20b%26c.md:3:1")));
        assert_eq!(link("x:{path}#{line}"), Some(format!("x:{root}/a%20b%26c.md#3")));
        assert_eq!(Editor::new(dir.path(), Some("x:{path}")).link("gone.md", None, None), None);
    }

    #[test]
    fn editors_are_known_by_the_name_of_their_program() {
        assert_eq!(known("/usr/bin/code --wait"), Some(EDITORS[0].1));
        assert_eq!(known("vim"), None);
        assert_eq!(known(""), None);
    }
}
