//! What each document is called.
//!
//! The own id of a record is its `doc_id` where nothing else in the corpus has that name; else `path#record` is. Whether that is so is known
//! only when all files are in, and another file can change it: so it is seen to once after every scan, over the whole ledger. The outcome
//! depends on the corpus alone. Only parts whose names are not as they should be are rewritten.

use std::fs::File;

use polars::prelude::{DataFrame, PolarsResult};
use xxhash_rust::xxh3::xxh3_128;

use super::Ledger;
use super::part::{FileRecord, Part, Table};
use super::read::{number_column, text_column};
use super::record::{self, SKIPPED};
use super::schema::texts;
use super::stream::{Stream, spans};
use super::table::TableWriter;
use crate::error::Error;
use crate::model::repeats::Repeats;

/// The columns that decide a name, and the name.
const COLUMNS: [&str; 5] = ["doc_id", "record_id", "file", "record", "status"];

/// The hashes of names that may be claimed more than once, as often as they are; sorted before it is asked.
#[derive(Debug, Default)]
struct Claims(Vec<u128>);

impl Claims {
    /// Forgets all names that are claimed once.
    fn keep_contested(&mut self) {
        self.0.sort_unstable();
        let mut last = None;
        let mut contested: Vec<u128> = Vec::new();
        for &claim in &self.0 {
            if last == Some(claim) && contested.last() != Some(&claim) {
                contested.push(claim);
            }
            last = Some(claim);
        }
        self.0 = contested;
    }

    /// The name of a row; `None` for the skip of a whole file.
    fn name(&self, row: &Row<'_>) -> Option<String> {
        let free = |own: &&str| self.0.binary_search(&xxh3_128(own.as_bytes())).is_err();
        row.own_id.filter(free).map(str::to_owned).or_else(|| row.place())
    }
}

/// What decides the name of one document or skip.
struct Row<'a> {
    /// Its file.
    file: &'a str,
    /// Its record.
    record: Option<u32>,
    /// Its own id.
    own_id: Option<&'a str>,
    /// What it is called now.
    doc_id: Option<&'a str>,
    /// Whether it is a document and no skip.
    read: bool,
}

impl Row<'_> {
    /// The hashes of the names that it claims: its place, and its own id where that is another name.
    fn claims(&self) -> impl Iterator<Item = u128> {
        let place = self.place();
        let own = self.own_id.filter(|own| place.as_deref() != Some(*own));
        let place = place.as_ref().map(|place| xxh3_128(place.as_bytes()));
        place.into_iter().chain(own.map(|own| xxh3_128(own.as_bytes())))
    }

    /// `path#record`.
    fn place(&self) -> Option<String> {
        self.record.map(|record| record::place(self.file, record))
    }
}

/// Hands the rows of `frame` to `take`.
fn for_each_row(frame: &DataFrame, mut take: impl FnMut(&Row<'_>)) -> PolarsResult<()> {
    let [doc_ids, own_ids, files, status] =
        ["doc_id", "record_id", "file", "status"].map(|name| text_column(frame, name));
    let (doc_ids, own_ids, files, status) = (doc_ids?, own_ids?, files?, status?);
    let records = number_column(frame, "record")?;
    for row in 0..frame.height() {
        take(&Row {
            file: files.get(row).unwrap_or_default(),
            record: records.get(row),
            own_id: own_ids.get(row),
            doc_id: doc_ids.get(row),
            read: status.get(row) != Some(SKIPPED),
        });
    }
    Ok(())
}

impl Ledger {
    /// Gives every document its final `doc_id`, and joins small parts where there are many. To be called after a scan; a ledger that did not
    /// change since is left as it is.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where a part cannot be read or written.
    pub fn settle(&mut self) -> Result<(), Error> {
        if self.settled {
            return Ok(());
        }
        self.join_small()?;
        let claims = self.claims()?;
        for number in self.parts.keys().copied().collect::<Vec<_>>() {
            let (names, as_it_is) = self.names(number, &claims)?;
            if !as_it_is {
                self.rename(number, &names)?;
            }
        }
        self.settled = true;
        self.commit()
    }

    /// The names that are claimed more than once.
    fn claims(&self) -> Result<Claims, Error> {
        let for_all = |take: &mut dyn FnMut(u128)| {
            for slice in self.stream(Table::Documents, Some(&COLUMNS)) {
                for_each_row(&slice?.frame, |row| row.claims().for_each(&mut *take))
                    .map_err(|error| Error::ledger(&self.dir, &error))?;
            }
            Ok::<(), Error>(())
        };
        let mut met = Repeats::with_room(2 * self.rows());
        for_all(&mut |name| met.add(name))?;
        let mut claims = Claims::default();
        for_all(&mut |name| claims.0.extend(Some(name).filter(|&name| met.may_repeat(name))))?;
        claims.keep_contested();
        Ok(claims)
    }

    /// The names of all rows of a part, each with whether it is a document, and whether the part says so already.
    fn names(&self, number: u32, claims: &Claims) -> Result<(Vec<Name>, bool), Error> {
        let mut names = Vec::new();
        let mut as_it_is = true;
        for slice in self.part_stream(&self.parts[&number], Table::Documents, Some(&COLUMNS)) {
            let take = |row: &Row<'_>| {
                let name = claims.name(row);
                as_it_is &= name.as_deref() == row.doc_id;
                names.push(Name { name, read: row.read });
            };
            for_each_row(&slice?.frame, take).map_err(|error| Error::ledger(&self.dir, &error))?;
        }
        Ok((names, as_it_is))
    }

    /// Replaces a part by one with these names.
    fn rename(&mut self, number: u32, names: &[Name]) -> Result<(), Error> {
        let fresh = self.fresh();
        let fail = |error: &dyn std::fmt::Display| Error::ledger(&self.dir, error);
        let part = &self.parts[&number];
        let mut rows = names.iter().map(|name| name.name.as_deref());
        let mut out = TableWriter::create(
            Table::Documents.path(&self.dir, fresh),
            Table::Documents,
            self.sizes.group,
        )?;
        for slice in self.part_stream(part, Table::Documents, None) {
            let mut frame = slice?.frame;
            let column = texts("doc_id", rows.by_ref().take(frame.height()));
            frame.replace("doc_id", column).map_err(|error| fail(&error))?;
            out.push(frame)?;
        }
        out.finish()?;
        let read: Vec<Option<&str>> = names
            .iter()
            .filter(|name| name.read)
            .map(|name| name.name.as_deref())
            .collect();
        let mut out = TableWriter::create(
            Table::Mentions.path(&self.dir, fresh),
            Table::Mentions,
            self.sizes.group,
        )?;
        for slice in self.part_stream(part, Table::Mentions, None) {
            let mut slice = slice?;
            let in_file = number_column(&slice.frame, "document")
                .map_err(|error| fail(&error))?
                .clone();
            let column = texts(
                "doc_id",
                slice
                    .documents(in_file.iter())
                    .map(|document| read.get(document as usize).copied().flatten()),
            );
            slice.frame.replace("doc_id", column).map_err(|error| fail(&error))?;
            out.push(slice.frame)?;
        }
        out.finish()?;
        self.take_over_words(number, fresh)?;
        let files = part.files.clone();
        self.add_part(fresh, files)?;
        self.retire(number);
        Ok(())
    }

    /// Takes over the words of a part, which do not name their document by its name.
    fn take_over_words(&self, from: u32, to: u32) -> Result<(), Error> {
        for table in [Table::Words, Table::Vocabulary] {
            let path = table.path(&self.dir, to);
            let old = table.path(&self.dir, from);
            // One file under two names, until the old one is removed; a copy where the file system has no such thing.
            let copy = || std::fs::copy(&old, &path).and_then(|_| File::open(&path)?.sync_all());
            std::fs::hard_link(&old, &path)
                .or_else(|_| copy())
                .map_err(|error| Error::ledger(&path, &error))?;
        }
        Ok(())
    }

    /// The rows of one part; mentions are numbered by their document's place among the documents of the part.
    fn part_stream(&self, part: &Part, table: Table, columns: Option<&[&str]>) -> Stream {
        let pieces = part.files.iter().map(|file: &FileRecord| (part.number, file));
        Stream::new(&self.dir, self.sizes, table, columns, spans(table, pieces))
    }
}

/// What a row is to be called.
struct Name {
    /// The name; `None` for the skip of a whole file.
    name: Option<String>,
    /// Whether it is a document and no skip.
    read: bool,
}
