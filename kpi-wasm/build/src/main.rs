//! `cargo run -p kpi-wasm-build` packs supportkpi for browsers into `kpi-wasm/pkg` and says how large it is.

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let pkg = kpi_wasm_build::pack(&root)?;
    for file in fs::read_dir(&pkg)? {
        let file = file?;
        println!("{:>9} {}", file.metadata()?.len(), file.path().strip_prefix(&root)?.display());
    }
    Ok(())
}
