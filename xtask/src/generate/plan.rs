//! The inputs of a return on investment: the reference, and the types of Python and JavaScript.

use super::{code, table};
use kpi_core::money::roi::{INPUTS, Input};
use std::fmt::Write as _;

pub fn page() -> String {
    let mut text = String::from(
        "# Inputs of a plan\n\nWhat `roi`, `tornado`, `chance` and `scenarios` are asked for, in any language; \
         [Money](money.md) says what becomes of them. Each has a default, so that a form can begin with any of them: a \
         default is a place to start from, not a finding. `currency` (`USD`) names the money, and `labor`, the labour model of \
         a report's options, takes the place of `human_cost_per_contact` and `fte_cost_per_year`.\n",
    );
    let mut group = "";
    let mut rows: Vec<[String; 5]> = Vec::new();
    let heads = ["input", "unit", "default", "from … to", "meaning"];
    for input in groups() {
        if input.group != group {
            if !rows.is_empty() {
                text += &table(heads, rows.drain(..));
            }
            group = input.group;
            let _ = write!(text, "\n## {}\n\n", group.replace('_', " "));
        }
        let range = format!("{} … {}", input.low.normalize(), input.high.normalize());
        let default = input.default.map_or_else(|| "as what holds".to_owned(), |value| value.normalize().to_string());
        rows.push([code(input.id), input.unit.name().to_owned(), default, range, input.sentence.to_owned()]);
    }
    text + &table(heads, rows)
}

/// The inputs, each beside those of its group.
fn groups() -> Vec<&'static Input> {
    let mut order: Vec<&str> = INPUTS.iter().map(|input| input.group).collect();
    order.dedup();
    let place = |input: &&Input| order.iter().position(|group| *group == input.group);
    let mut inputs: Vec<&Input> = INPUTS.iter().collect();
    inputs.sort_by_key(place);
    inputs
}

pub fn typescript() -> String {
    let mut text = String::from(
        "import type { Decimal } from '../index.js';\n\n\
         /** What a return is calculated from; every input has a default, which `roiInputs()` lists with its range. */\n\
         export interface Plan {\n  \
         /** ISO 4217; default USD. Every amount is in it. */\n  currency?: string;\n  \
         /** The labour model, in place of `human_cost_per_contact` and `fte_cost_per_year`. */\n  \
         labor?: Readonly<Record<string, Decimal>> | null;\n",
    );
    for input in INPUTS {
        let null = if input.default.is_none() { " | null" } else { "" };
        let _ = write!(text, "  /** {} */\n  {}?: Decimal{null};\n", input.sentence, input.id);
    }
    text += "}\n\n/** The name of an input that is a number. */\nexport type PlanInput = Exclude<keyof Plan, 'currency' | 'labor'>;";
    text
}

pub fn python() -> String {
    let mut text = String::from(
        "\"\"\"The inputs of a return on investment, for type checkers; the core reads and checks them.\"\"\"\n\n\
         from __future__ import annotations\n\n\
         from collections.abc import Mapping\n\
         from typing import TYPE_CHECKING, TypedDict\n\n\
         if TYPE_CHECKING:\n    from ._options import Number\n\n\n\
         class Plan(TypedDict, total=False):\n    \
         \"\"\"What a return is calculated from; ``roi_inputs()`` says what each input means, and its range.\"\"\"\n\n    \
         currency: str\n    labor: Mapping[str, Number | str] | None\n",
    );
    for input in INPUTS {
        let null = if input.default.is_none() { " | None" } else { "" };
        let _ = writeln!(text, "    {}: Number | str{null}", input.id);
    }
    text
}
