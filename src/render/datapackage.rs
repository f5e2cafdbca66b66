//! `datapackage.json`: what every column of every CSV means, as Frictionless Table Schema.
//!
//! In: the tables as they were written. Out: one JSON object that Frictionless validators and readers understand. It is made from the same
//! columns as the CSV files, so it cannot tell other ones.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::output::Written;
use super::tables::csv::{Described, decimal_mark, delimiter};
use super::tables::define::{Head, Kind};
use crate::settings::CsvDialect;

/// The package: one resource a table, in the order of writing.
pub(super) fn describe(
    corpus: &str,
    tables: &[Described],
    files: &BTreeMap<String, Written>,
    dialect: CsvDialect,
) -> Value {
    let resources: Vec<Value> = tables.iter().map(|table| resource(table, files, dialect)).collect();
    json!({
        "profile": "tabular-data-package",
        "name": slug(corpus),
        "title": corpus,
        "description": "Mentions of countries and political actors in a news corpus. Empty cells are not known; 0 means that we looked. \
                        Days are ISO 8601; the last day of a period is part of it. A cell of text that a spreadsheet would run as a \
                        formula has an apostrophe before it.",
        "resources": resources,
    })
}

/// One table.
fn resource(table: &Described, files: &BTreeMap<String, Written>, dialect: CsvDialect) -> Value {
    let schema = &table.schema;
    let mut fields = json!({
        "fields": schema.heads.iter().map(|head| field(head, dialect)).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !schema.key.is_empty() {
        fields["primaryKey"] = json!(schema.key);
    }
    let mut out = json!({
        "profile": "tabular-data-resource",
        "name": slug(schema.path.trim_end_matches(".csv")),
        "path": schema.path,
        "description": schema.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": table.rows,
        "dialect": {
            "delimiter": delimiter(dialect),
            "lineTerminator": "\r\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
        },
        "schema": fields,
    });
    if let Some(file) = files.get(&schema.path) {
        out["bytes"] = json!(file.bytes);
        out["hash"] = json!(format!("sha256:{}", file.sha256));
    }
    out
}

/// One column.
fn field(head: &Head, dialect: CsvDialect) -> Value {
    let mut out = Map::new();
    let mut constraints = Map::new();
    out.insert("name".into(), json!(head.name));
    match head.kind {
        Kind::Text => out.insert("type".into(), json!("string")),
        Kind::Word(known) => {
            constraints.insert("enum".into(), json!(known));
            out.insert("type".into(), json!("string"))
        }
        Kind::Integer => {
            constraints.insert("minimum".into(), json!(0));
            out.insert("type".into(), json!("integer"))
        }
        Kind::Number | Kind::Fraction => {
            out.insert("decimalChar".into(), json!(decimal_mark(dialect)));
            out.insert("type".into(), json!("number"))
        }
        Kind::Date => out.insert("type".into(), json!("date")),
        Kind::Flag => {
            out.insert("trueValues".into(), json!(["1"]));
            out.insert("falseValues".into(), json!(["0"]));
            out.insert("type".into(), json!("boolean"))
        }
    };
    if head.kind == Kind::Fraction {
        constraints.insert("minimum".into(), json!(0));
        constraints.insert("maximum".into(), json!(1));
    }
    if head.required {
        constraints.insert("required".into(), json!(true));
    }
    if !head.unit.is_empty() {
        out.insert("unit".into(), json!(head.unit));
    }
    out.insert("description".into(), json!(head.description));
    if !constraints.is_empty() {
        out.insert("constraints".into(), Value::Object(constraints));
    }
    Value::Object(out)
}

/// A name of lower-case letters, digits, `-` and `_`, as the profile demands.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for sign in name.to_lowercase().chars() {
        if sign.is_ascii_alphanumeric() || sign == '_' {
            out.push(sign);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let trimmed = out.trim_matches('-');
    if trimmed.is_empty() {
        "corpus".to_owned()
    } else {
        trimmed.to_owned()
    }
}
