//! Running a program without letting it run for ever or speak out of turn.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often a program is asked whether it is done.
const TICK: Duration = Duration::from_millis(40);

/// What became of a program.
pub struct Finished {
    pub ok: bool,
    /// Everything it wrote, errors included.
    pub output: String,
}

/// Runs a program with no standard input, and keeps what it writes in a log; ends it after `limit`.
pub fn logged(command: &mut Command, log: &Path, limit: Duration) -> Result<Finished, String> {
    let wrong = |e: std::io::Error| format!("{} cannot be written: {e}.", log.display());
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder).map_err(wrong)?;
    }
    let file = File::create(log).map_err(wrong)?;
    command.stdin(Stdio::null()).stdout(file.try_clone().map_err(wrong)?).stderr(file);
    let begun = Instant::now();
    let mut child = command.spawn().map_err(|e| format!("{} cannot be run: {e}.", name_of(command)))?;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break Some(status),
            Ok(None) if begun.elapsed() < limit => std::thread::sleep(TICK),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
        }
    };
    let bytes = std::fs::read(log).map_err(|e| format!("{} cannot be read: {e}.", log.display()))?;
    let mut output = String::from_utf8_lossy(&bytes).into_owned();
    if status.is_none() {
        output.push_str("\nIt took too long and was ended.\n");
    }
    Ok(Finished { ok: status.is_some_and(|s| s.success()), output })
}

/// Runs a program that speaks for itself.
pub fn aloud(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|e| format!("{} cannot be run: {e}.", name_of(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed.", shown(command))) }
}

/// The command as one would type it, without the folders of the program.
pub fn shown(command: &Command) -> String {
    let mut words = vec![name_of(command)];
    words.extend(command.get_args().map(|w| w.to_string_lossy().into_owned()));
    words.join(" ")
}

fn name_of(command: &Command) -> String {
    let path = Path::new(command.get_program());
    path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// What a failed program wrote, without the tests that passed.
pub fn telling(output: &str) -> String {
    let dull = |line: &&str| {
        let line = line.trim();
        line.is_empty()
            || line.ends_with("... ok")
            || line.starts_with("test result: ok")
            || line.starts_with("running ")
    };
    output.lines().filter(|line| !dull(line)).collect::<Vec<_>>().join("\n")
}

/// The last lines of a text.
pub fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.trim_end().lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}
