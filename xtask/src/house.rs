//! Where things stand: the repository, Cargo's target folder, and the tools that checks use.

use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository and its target folder, as Cargo sees them (`CARGO_TARGET_DIR` counts).
pub struct House {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl House {
    /// Asks Cargo.
    pub fn find() -> Result<Self, String> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let start = if here.is_dir() { here } else { Path::new(".") };
        let out = Command::new(cargo())
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(start)
            .output()
            .map_err(|e| format!("cargo metadata cannot be run: {e}."))?;
        let found: Value = serde_json::from_slice(&out.stdout)
            .map_err(|_| format!("cargo metadata failed:\n{}", String::from_utf8_lossy(&out.stderr)))?;
        let path =
            |key: &str| found[key].as_str().map(PathBuf::from).ok_or_else(|| format!("cargo metadata: no {key}"));
        Ok(Self { root: path("workspace_root")?, target: path("target_directory")? })
    }

    /// Whether the repository has this file or folder.
    pub fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// Reads a file of the repository.
    pub fn read(&self, path: &str) -> Result<String, String> {
        std::fs::read_to_string(self.root.join(path)).map_err(|e| format!("{path} cannot be read: {e}."))
    }

    /// A `cargo` command in the repository.
    pub fn cargo(&self, words: &str) -> Command {
        let mut command = Command::new(cargo());
        command.args(words.split_whitespace()).current_dir(&self.root);
        command
    }

    /// A command in a folder of the repository.
    pub fn command(&self, program: impl Into<OsString>, words: &str, folder: &str) -> Command {
        let mut command = Command::new(program.into());
        command.args(words.split_whitespace()).current_dir(self.root.join(folder));
        command
    }

    /// Where `setup` installs Cargo tools: in the target folder, so that nothing outside of it changes.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// A tool that `setup` installed, or that is on the path.
    pub fn tool(&self, name: &str) -> Option<PathBuf> {
        let own = self.tools().join("bin").join(name);
        if own.is_file() { Some(own) } else { on_path(name) }
    }

    /// The Python virtual environment of the checks.
    pub fn venv(&self) -> PathBuf {
        self.target.join("venv")
    }

    /// A program of the virtual environment, if it is there.
    pub fn venv_tool(&self, name: &str) -> Option<PathBuf> {
        let tool = self.venv().join(if cfg!(windows) { "Scripts" } else { "bin" }).join(name);
        tool.exists().then_some(tool)
    }

    /// The virtual environment's Python, else the system's.
    pub fn python(&self) -> OsString {
        self.venv_tool("python").map_or_else(|| system_python().into(), PathBuf::into_os_string)
    }

    /// Every file below a folder of the repository that ends like this, in the order of its path.
    pub fn files(&self, folder: &str, end: &str) -> Result<Vec<PathBuf>, String> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.join(folder)];
        while let Some(folder) = folders.pop() {
            let entries =
                std::fs::read_dir(&folder).map_err(|e| format!("{} cannot be read: {e}.", folder.display()))?;
            for path in entries.filter_map(|entry| entry.ok().map(|e| e.path())) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().ends_with(end) {
                    found.push(path);
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// A path as it stands in messages: from the root of the repository, with `/`.
    pub fn short(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }
}

fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The name of the system's Python.
pub fn system_python() -> &'static str {
    if cfg!(windows) { "python" } else { "python3" }
}

/// A program on the path.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(&name)).find(|path| path.is_file())
}
