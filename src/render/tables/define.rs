//! What a table is: its columns, each with its name, its meaning and the way to its value.
//!
//! A column is declared once. The CSV writer takes header and cells from it, `datapackage.json` its type and its description, so the two
//! cannot tell different things. A column's method decides its type, so no cell can be of another type than the schema says.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::model::entity::Names;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'r> {
    /// Words; an empty one is an empty cell.
    Text(Cow<'r, str>),
    /// What an entity is called: English in CSV, the language of the report in its workbook.
    Name(&'r Names),
    /// A count.
    Integer(u64),
    /// A number, written with six decimals.
    Decimal(f64),
    /// A number, written with three significant digits.
    Significant(f64),
    /// A day.
    Date(NaiveDate),
    /// Yes or no, written 1 or 0.
    Flag(bool),
    /// Not known: an empty cell.
    Missing,
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A count from 0.
    Integer,
    /// A number.
    Number,
    /// A fraction from 0 to 1.
    Fraction,
    /// A day, ISO 8601.
    Date,
    /// 1 or 0.
    Flag,
}

/// What a column is called and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Its name in the header.
    pub(crate) name: Cow<'static, str>,
    /// The entity that it is about, where it has the entity's id for a name.
    pub(crate) names: Option<Names>,
    /// Its type.
    pub(crate) kind: Kind,
    /// Its unit; empty where it has none.
    pub(crate) unit: &'static str,
    /// What it means.
    pub(crate) description: Cow<'static, str>,
    /// Whether no cell of it is empty.
    pub(crate) required: bool,
}

/// What a table is called and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schema {
    /// Its place in the report, with `/`.
    pub(crate) path: String,
    /// What a row of it is.
    pub(crate) description: String,
    /// Its columns.
    pub(crate) heads: Vec<Head>,
    /// The columns that together name a row; empty where rows have no name.
    pub(crate) key: &'static [&'static str],
}

/// How the value of a column is found in a row.
pub(crate) type Find<'f, R> = Box<dyn for<'r> Fn(&'r R) -> Value<'r> + Send + 'f>;

/// A table over rows of type `R`.
pub(crate) struct Table<'f, R> {
    /// Its name and its columns.
    pub(crate) schema: Schema,
    /// How the cells are found, in the order of the columns.
    pub(crate) find: Vec<Find<'f, R>>,
}

impl<'f, R> Table<'f, R> {
    /// A table without columns at `path`.
    pub(crate) fn new(path: &str, description: &str) -> Self {
        let schema = Schema {
            path: path.to_owned(),
            description: description.to_owned(),
            heads: Vec::new(),
            key: &[],
        };
        Self {
            schema,
            find: Vec::new(),
        }
    }

    /// The columns that together name a row.
    pub(crate) fn key(mut self, names: &'static [&'static str]) -> Self {
        self.schema.key = names;
        self
    }

    /// Says that no cell of the last column is empty.
    pub(crate) fn required(mut self) -> Self {
        if let Some(head) = self.schema.heads.last_mut() {
            head.required = true;
        }
        self
    }

    /// Appends a column.
    pub(crate) fn column(mut self, head: Head, find: Find<'f, R>) -> Self {
        self.schema.heads.push(head);
        self.find.push(find);
        self
    }

    /// Appends a column of text.
    pub(crate) fn text(
        self,
        name: &'static str,
        description: &'static str,
        find: impl Fn(&R) -> &str + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Text, "", description),
            Box::new(move |row| Value::Text(find(row).into())),
        )
    }

    /// Appends a column of what entities are called.
    pub(crate) fn name(
        self,
        name: &'static str,
        description: &'static str,
        find: impl Fn(&R) -> &Names + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Text, "", description),
            Box::new(move |row| Value::Name(find(row))),
        )
    }

    /// Says whom the last column, which has the id of an entity for its name, is about.
    pub(crate) fn about(mut self, names: &Names) -> Self {
        if let Some(head) = self.schema.heads.last_mut() {
            head.names = Some(names.clone());
        }
        self
    }

    /// Appends a column of text that is put together row by row.
    pub(crate) fn words(
        self,
        name: &'static str,
        description: &'static str,
        find: impl Fn(&R) -> String + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Text, "", description),
            Box::new(move |row| Value::Text(find(row).into())),
        )
    }

    /// Appends a column whose cells are one of `known`; none is empty.
    pub(crate) fn word(
        self,
        name: &'static str,
        known: &'static [&'static str],
        description: &'static str,
        find: impl Fn(&R) -> &'static str + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Word(known), "", description),
            Box::new(move |row| Value::Text(find(row).into())),
        )
        .required()
    }

    /// Appends a column of counts of `unit`; none is empty.
    pub(crate) fn count(
        self,
        name: impl Into<Cow<'static, str>>,
        unit: &'static str,
        description: impl Into<Cow<'static, str>>,
        find: impl Fn(&R) -> u64 + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Integer, unit, description),
            Box::new(move |row| find(row).into()),
        )
        .required()
    }

    /// Appends a column of counts, some of which may not be known.
    pub(crate) fn known_count(
        self,
        name: &'static str,
        unit: &'static str,
        description: &'static str,
        find: impl Fn(&R) -> Option<u64> + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Integer, unit, description),
            Box::new(move |row| find(row).into()),
        )
    }

    /// Appends a column of fractions from 0 to 1.
    pub(crate) fn fraction(
        self,
        name: impl Into<Cow<'static, str>>,
        description: impl Into<Cow<'static, str>>,
        find: impl Fn(&R) -> Option<f64> + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Fraction, "fraction 0–1", description),
            Box::new(move |row| find(row).map_or(Value::Missing, Value::Decimal)),
        )
    }

    /// Appends a column of numbers.
    pub(crate) fn number(
        self,
        name: &'static str,
        unit: &'static str,
        description: &'static str,
        find: impl Fn(&R) -> Option<f64> + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Number, unit, description),
            Box::new(move |row| find(row).map_or(Value::Missing, Value::Decimal)),
        )
    }

    /// Appends a column of probabilities, written with three significant digits.
    pub(crate) fn probability(
        self,
        name: &'static str,
        description: &'static str,
        find: impl Fn(&R) -> Option<f64> + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Fraction, "probability", description),
            Box::new(move |row| find(row).map_or(Value::Missing, Value::Significant)),
        )
    }

    /// Appends a column of days, some of which may not be known.
    pub(crate) fn date(
        self,
        name: &'static str,
        description: &'static str,
        find: impl Fn(&R) -> Option<NaiveDate> + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Date, "", description),
            Box::new(move |row| find(row).map_or(Value::Missing, Value::Date)),
        )
    }

    /// Appends a column of 1 and 0.
    pub(crate) fn flag(
        self,
        name: &'static str,
        description: &'static str,
        find: impl Fn(&R) -> Option<bool> + Send + 'f,
    ) -> Self {
        self.column(
            Head::new(name, Kind::Flag, "", description),
            Box::new(move |row| find(row).map_or(Value::Missing, Value::Flag)),
        )
    }
}

impl Head {
    /// A column that may have empty cells.
    pub(crate) fn new(
        name: impl Into<Cow<'static, str>>,
        kind: Kind,
        unit: &'static str,
        description: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            name: name.into(),
            names: None,
            kind,
            unit,
            description: description.into(),
            required: false,
        }
    }
}

impl From<u64> for Value<'_> {
    fn from(count: u64) -> Self {
        Self::Integer(count)
    }
}

impl From<Option<u64>> for Value<'_> {
    fn from(count: Option<u64>) -> Self {
        count.map_or(Self::Missing, Self::Integer)
    }
}
