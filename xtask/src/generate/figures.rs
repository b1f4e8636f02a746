//! The reference of figures: an index, and a page a family.

use super::words::{better, formula, inputs, law, list, populations, tier, timing, unit};
use super::{code, example, table};
use kpi_core::kpis::{CATALOGUE_VERSION, Family, Flag, Kpi, Population};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The index, and a page for each family that has figures.
pub fn pages(catalogue: &[&Kpi]) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::from([("docs/kpis/README.md".to_owned(), index(catalogue))]);
    for family in Family::ALL {
        let own: Vec<&Kpi> = of(catalogue, family).collect();
        if !own.is_empty() {
            pages.insert(format!("docs/kpis/{}.md", family.name()), page(family, &own, catalogue));
        }
    }
    pages
}

fn of<'c>(catalogue: &'c [&'c Kpi], family: Family) -> impl Iterator<Item = &'c Kpi> {
    catalogue.iter().copied().filter(move |kpi| kpi.family == family)
}

fn index(catalogue: &[&Kpi]) -> String {
    let mut text = format!(
        "# Figures\n\nCatalogue {CATALOGUE_VERSION}: {} figures. Each page says of every figure what it means, when it \
         misleads, how it is computed, and works it out on a few rows.\n",
        catalogue.len()
    );
    for family in Family::ALL {
        let rows: Vec<[String; 4]> = of(catalogue, family)
            .map(|kpi| {
                let whose: Vec<String> = kpi.populations.iter().map(|p| code(p.name())).collect();
                let name = format!("[{}]({}.md#{})", kpi.id, family.name(), kpi.id);
                [name, first_sentence(kpi.means).to_owned(), kpi.unit.name().to_owned(), whose.join(" ")]
            })
            .collect();
        if !rows.is_empty() {
            let _ = write!(text, "\n## [{}]({}.md)\n\n", family.title(), family.name());
            text += &table(["figure", "meaning", "unit", "populations"], rows);
        }
    }
    text + &legend()
}

/// What the pages take for granted.
fn legend() -> String {
    let mut text = String::from(
        "\n## Populations\n\nA figure is about somebody's contacts, and never blends them by accident.\n\n",
    );
    let letters = |p: Population| match p {
        Population::All => "$A \\cup H \\cup X$",
        Population::Ai => "$A$",
        Population::Human => "$H$",
        Population::AiToHuman => "$X$",
        Population::AiFronted => "$F = A \\cup X$",
        Population::People => "$P = H \\cup X$",
    };
    let rows = Population::ALL.map(|p| [code(p.name()), letters(p).to_owned(), p.in_words().to_owned()]);
    text += &table(["population", "in formulas", "contacts"], rows);
    text += "\n## Flags\n\nA figure about which there is doubt says so. Every figure is looked at for \
             `small_sample`; the others stand with the figures they belong to.\n\n";
    text += &table(["flag", "it says"], FLAGS.map(|f| [code(f.name()), f.says().to_owned()]));
    text += "\n## Sources\n\nDefinitions and benchmarks come from published articles: [M] Meo, [R] Runrate, [C] an \
             article on customer experience, [N] Nexvio, [H] Helply.\n";
    text
}

/// Every flag, in the order in which values list them.
const FLAGS: [Flag; 14] = [
    Flag::SmallSample,
    Flag::Immature,
    Flag::ResponseBias,
    Flag::MissingCostLayer,
    Flag::TooGood,
    Flag::LowCoverage,
    Flag::Unverified,
    Flag::Approximate,
    Flag::Blended,
    Flag::OpenBacklog,
    Flag::NotCausal,
    Flag::NoBaseline,
    Flag::NoRevenue,
    Flag::PerContactBaseline,
];

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |at| &text[..=at])
}

fn page(family: Family, own: &[&Kpi], catalogue: &[&Kpi]) -> String {
    let names: Vec<String> = own.iter().map(|kpi| format!("[{}](#{})", kpi.name, kpi.id)).collect();
    let mut text = format!("# {}\n\n[All figures](README.md) · {}\n", family.title(), names.join(" · "));
    for kpi in own {
        text += "\n";
        text += &figure(kpi, catalogue);
    }
    text
}

fn figure(kpi: &Kpi, catalogue: &[&Kpi]) -> String {
    let link = |id: &str| match catalogue.iter().find(|k| k.id == id) {
        Some(other) if other.family == kpi.family => format!("[{}](#{id})", other.name),
        Some(other) => format!("[{}]({}.md#{id})", other.name, other.family.name()),
        None => code(id),
    };
    let other_names = list(kpi.also_called.iter().map(|n| (*n).to_owned()), ", ", "");
    let called = if other_names.is_empty() { String::new() } else { format!(" · also called {other_names}") };
    let mut text = format!("<a id=\"{0}\"></a>\n\n## {1}\n\n`{0}`{called}\n\n", kpi.id, kpi.name);
    let _ = write!(text, "{}\n\n**When it misleads.** {}\n\n", kpi.means, kpi.misleads);
    let _ = write!(text, "**Formula.** {}\n\n$$\n{}\n$$\n\n", kpi.words, kpi.tex);
    text += &table(["", ""], facts(kpi));
    text += "\n**What always holds.** ";
    text += &list(kpi.laws.iter().map(|l| law(l, &link)), " ", "");
    text += "\n\n";
    text + &example::page(kpi)
}

fn facts(kpi: &Kpi) -> Vec<[String; 2]> {
    let codes = |words: &[&str]| list(words.iter().map(|w| code(w)), ", ", "none");
    let doubts = kpi.doubts.iter().map(|f| format!("{}: {}", code(f.name()), f.says()));
    let mut rows = vec![
        ["Unit", unit(kpi.unit)].map(str::to_owned),
        ["Direction", better(kpi.better)].map(str::to_owned),
        ["Populations".to_owned(), populations(kpi.populations)],
        ["Computed as", formula(&kpi.formula)].map(str::to_owned),
        ["Columns needed".to_owned(), inputs(kpi)],
        ["Options needed".to_owned(), list(kpi.needs.iter().map(|n| code(n.path())), ", ", "none")],
        ["Where".to_owned(), if kpi.in_total_only() { "in the grand total only" } else { "in every group" }.to_owned()],
        ["Flags looked for".to_owned(), list(doubts, "; ", "only those of every figure")],
        ["Timing", timing(kpi.timing)].map(str::to_owned),
        ["Tier", tier(kpi.tier)].map(str::to_owned),
        ["Views".to_owned(), codes(kpi.views)],
    ];
    if let Some(benchmark) = kpi.benchmark {
        rows.push(["Benchmark".to_owned(), benchmark.to_owned()]);
    }
    rows.push(["Sources".to_owned(), kpi.sources.join("; ")]);
    rows
}

#[cfg(test)]
mod tests {
    use super::{FLAGS, first_sentence};

    #[test]
    fn every_flag_that_is_looked_for_is_explained_in_its_order() {
        assert!(FLAGS.is_sorted());
        let looked_for = kpi_core::kpis::CATALOGUE.iter().flat_map(|kpi| kpi.doubts);
        assert!(looked_for.into_iter().all(|flag| FLAGS.contains(flag)));
    }

    #[test]
    fn a_meaning_is_cut_after_its_first_sentence() {
        assert_eq!(first_sentence("One. Two."), "One.");
        assert_eq!(first_sentence("One of 0.5 and more."), "One of 0.5 and more.");
    }
}
