//! Values of types that no column has, as text: lists and structs as JSON, bytes as their text.

use super::layout;
use crate::input::data::Data;
use crate::input::text::Text;
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_schema::DataType;

/// Lists within lists are shown this deep.
const DEEPEST: usize = 16;

/// Each row's value as text.
pub(super) fn texts(array: &dyn Array) -> Text<'static> {
    let text = |row| if array.is_null(row) { String::new() } else { show(array, row, 0) };
    Text::collect((0..array.len()).map(text))
}

fn show(array: &dyn Array, row: usize, depth: usize) -> String {
    if depth > DEEPEST {
        return "…".to_owned();
    }
    nested(array, row, depth).or_else(|| bytes(array, row)).unwrap_or_else(|| format!("({})", array.data_type()))
}

fn nested(array: &dyn Array, row: usize, depth: usize) -> Option<String> {
    let items = match array.data_type() {
        DataType::List(_) => array.as_list_opt::<i32>()?.value(row),
        DataType::LargeList(_) => array.as_list_opt::<i64>()?.value(row),
        DataType::ListView(_) => array.as_list_view_opt::<i32>()?.value(row),
        DataType::LargeListView(_) => array.as_list_view_opt::<i64>()?.value(row),
        DataType::FixedSizeList(..) => array.as_fixed_size_list_opt()?.value(row),
        DataType::Struct(fields) => {
            let columns = array.as_struct_opt()?.columns();
            let part =
                |(name, column): (&str, &dyn Array)| format!("{}:{}", quoted(name), json(column, row, depth + 1));
            let columns = columns.iter().map(AsRef::as_ref);
            let parts: Vec<_> = fields.iter().map(|f| f.name().as_str()).zip(columns).map(part).collect();
            return Some(format!("{{{}}}", parts.join(",")));
        }
        DataType::Map(..) => {
            let entries = array.as_map_opt()?.value(row);
            let [keys, values] = entries.columns() else { return None };
            let key = |at| layout::cells(keys.slice(at, 1).as_ref()).show(0).unwrap_or_default();
            let part = |at| format!("{}:{}", quoted(&key(at)), json(values.as_ref(), at, depth + 1));
            return Some(format!("{{{}}}", (0..entries.len()).map(part).collect::<Vec<_>>().join(",")));
        }
        _ => return None,
    };
    let parts: Vec<_> = (0..items.len()).map(|at| json(items.as_ref(), at, depth + 1)).collect();
    Some(format!("[{}]", parts.join(",")))
}

/// A part of a list or struct as it stands in JSON.
fn json(array: &dyn Array, row: usize, depth: usize) -> String {
    if array.is_null(row) {
        return "null".to_owned();
    }
    let one = array.slice(row, 1);
    if one.data_type().is_nested() && !matches!(one.data_type(), DataType::Dictionary(..) | DataType::RunEndEncoded(..))
    {
        return show(one.as_ref(), 0, depth);
    }
    let cells = layout::cells(one.as_ref());
    match (cells.show(0), &cells.data) {
        (None, _) => "null".to_owned(),
        (Some(text), Data::Text(_) | Data::Other(_) | Data::Instants { .. } | Data::Days(_)) => quoted(&text),
        (Some(text), _) => text,
    }
}

fn bytes(array: &dyn Array, row: usize) -> Option<String> {
    let bytes = match array.data_type() {
        DataType::Binary => array.as_binary_opt::<i32>()?.value(row),
        DataType::LargeBinary => array.as_binary_opt::<i64>()?.value(row),
        DataType::BinaryView => array.as_binary_view_opt()?.value(row),
        DataType::FixedSizeBinary(_) => array.as_fixed_size_binary_opt()?.value(row),
        _ => return None,
    };
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
