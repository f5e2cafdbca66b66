//! One Parquet file that is being written: frames come in, row groups of one size go out.
//!
//! Each column is written as suits it. polars' own writer tries a dictionary for every column and compresses every page, on threads of its own; here the
//! thread that writes does it all.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use polars::prelude::{ArrayRef, CompatLevel, DataFrame, PolarsError, PolarsResult, SchemaExt};
use polars_parquet::read::ParquetError;
use polars_parquet::write::{
    CompressionOptions, Compressor, DynIter, DynStreamingIterator, Encoding, FallibleStreamingIterator, FileWriter,
    ParquetType, StatisticsOptions, Version, WriteOptions, ZstdLevel, array_to_columns,
};

use super::part::{Table, to_offset};
use crate::error::Error;

/// How the column of a table is written.
#[derive(Clone, Copy)]
struct Style {
    /// The encoding.
    encoding: Encoding,
    /// The compression and what is said of the values.
    options: WriteOptions,
}

impl Style {
    /// How the column of this name is written.
    fn of(table: Table, column: &str) -> Self {
        let encoding = match (table, column) {
            (Table::Documents, "record") | (Table::Mentions | Table::Words, "document") => Encoding::DeltaBinaryPacked,
            (Table::Mentions, "byte_start" | "byte_end" | "sentence")
            | (Table::Documents, "doc_id" | "title" | "url" | "words" | "sentences" | "text_hash" | "signature")
            | (Table::Words, "words")
            | (Table::Vocabulary, _)
            | (_, "language_confidence" | "shingles" | "counted") => Encoding::Plain,
            _ => Encoding::RleDictionary,
        };
        let compression = match (table, column) {
            // Hashes do not shrink, and the numbers of words by too little for the time it takes.
            (Table::Documents, "signature") | (Table::Words, "words") => CompressionOptions::Uncompressed,
            // LZ4 takes half the time of that again, and half as much room more.
            (Table::Mentions, "context") | (Table::Vocabulary, _) => CompressionOptions::Lz4Raw,
            // Level 1 takes half the time of zstd's default, and some 5 % more room.
            _ => CompressionOptions::Zstd(ZstdLevel::try_new(1).ok()),
        };
        // What is never searched needs no smallest and no largest value.
        let statistics = if encoding == Encoding::Plain || column == "context" {
            StatisticsOptions {
                null_count: true,
                ..StatisticsOptions::empty()
            }
        } else {
            StatisticsOptions::default()
        };
        Self {
            encoding,
            options: WriteOptions {
                statistics,
                version: Version::V1,
                compression,
                data_page_size: None,
            },
        }
    }
}

/// A Parquet file that is being written, frame by frame.
pub(super) struct TableWriter {
    /// Where it lies.
    path: PathBuf,
    /// A second handle, to sync it.
    file: File,
    /// What encodes.
    writer: FileWriter<BufWriter<File>>,
    /// How each column is written.
    styles: Vec<Style>,
    /// Rows that do not fill a row group yet.
    waiting: Option<DataFrame>,
    /// Rows of a row group.
    group: usize,
}

impl TableWriter {
    /// Begins the file at `path`.
    pub(super) fn create(path: PathBuf, table: Table, group: usize) -> Result<Self, Error> {
        let fail = |error: &dyn std::fmt::Display| Error::ledger(&path, error);
        let out = File::create(&path).map_err(|error| fail(&error))?;
        let file = out.try_clone().map_err(|error| fail(&error))?;
        let schema = table.schema();
        let styles = schema.iter_names().map(|name| Style::of(table, name)).collect();
        let options = Style::of(table, "").options;
        let writer = FileWriter::try_new(BufWriter::new(out), schema.to_arrow(CompatLevel::newest()), options)
            .map_err(|error| fail(&error))?;
        Ok(Self {
            path,
            file,
            writer,
            styles,
            waiting: None,
            group,
        })
    }

    /// Adds the rows of `frame`, which has exactly the columns of the table.
    pub(super) fn push(&mut self, frame: DataFrame) -> Result<(), Error> {
        let mut all = match self.waiting.take() {
            None => frame,
            Some(mut waiting) => {
                waiting
                    .vstack_mut_owned(frame)
                    .map_err(|error| Error::ledger(&self.path, &error))?;
                waiting
            }
        };
        while all.height() >= self.group {
            self.write(all.slice(0, self.group))?;
            all = all.slice(to_offset(self.group), all.height() - self.group);
        }
        if all.height() > 0 {
            self.waiting = Some(all);
        }
        Ok(())
    }

    /// Writes what waits and closes the file.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        if let Some(rest) = self.waiting.take() {
            self.write(rest)?;
        }
        self.writer
            .end(None)
            .map_err(|error| Error::ledger(&self.path, &error))?;
        self.file.sync_all().map_err(|error| Error::ledger(&self.path, &error))
    }

    /// Writes a row group of these columns, those of the table in their order; no rows may wait before them.
    pub(super) fn write_columns(&mut self, rows: usize, columns: &[ArrayRef]) -> Result<(), Error> {
        debug_assert!(self.waiting.is_none(), "rows wait before these");
        self.write_group(rows, columns)
            .map_err(|error| Error::ledger(&self.path, &error))
    }

    /// Writes one row group.
    fn write(&mut self, mut frame: DataFrame) -> Result<(), Error> {
        frame.rechunk_mut();
        for rows in frame.iter_chunks(CompatLevel::newest(), false) {
            self.write_columns(rows.len(), rows.arrays())?;
        }
        Ok(())
    }

    /// The same with polars' own error.
    fn write_group(&mut self, rows: usize, columns: &[ArrayRef]) -> PolarsResult<()> {
        let kinds = self.writer.parquet_schema().fields();
        let mut pages = Vec::with_capacity(columns.len());
        for ((array, kind), style) in columns.iter().zip(kinds).zip(&self.styles) {
            pages.extend(pages_of(array, kind, *style)?);
        }
        self.writer.write(rows as u64, DynIter::new(pages.into_iter()))
    }
}

/// The pages of one column, compressed one by one as they are written.
type Pages = DynStreamingIterator<'static, polars_parquet::write::CompressedPage, PolarsError>;

/// The pages of a column.
fn pages_of(array: &ArrayRef, kind: &ParquetType, style: Style) -> PolarsResult<Vec<PolarsResult<Pages>>> {
    let columns = array_to_columns(array, kind.clone(), style.options, &[style.encoding])?;
    let pages = columns.into_iter().map(|pages| {
        let pages = pages.map(|page| page.map_err(|error| ParquetError::FeatureNotSupported(error.to_string())));
        let pages = Compressor::new_from_vec(pages, style.options.compression, Vec::new());
        Ok(DynStreamingIterator::new(pages.map_err(PolarsError::from)))
    });
    Ok(pages.collect())
}

#[cfg(test)]
mod tests {
    use polars_io::SerReader;
    use polars_io::parquet::read::ParquetReader;

    use super::*;

    #[test]
    fn every_column_has_an_encoding_that_its_type_can_have() {
        for table in Table::ALL {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("a.parquet");
            let schema = table.schema();
            let mut writer = TableWriter::create(path.clone(), table, 2).unwrap();
            for height in [1, 4] {
                writer.push(DataFrame::full_null(&schema, height)).unwrap();
            }
            writer.finish().unwrap();
            let frame = ParquetReader::new(File::open(&path).unwrap()).finish().unwrap();
            assert_eq!((frame.height(), frame.schema().as_ref()), (5, &schema));
        }
    }
}
