//! Which files have to be read again, and which rows have to leave.
//!
//! The stamps of the files that are there come in; out comes what is new or changed. Rows of files that changed or vanished are removed. It
//! reads no file of the corpus: where a stamp leaves doubt, the caller is asked for the hash.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Ledger;
use super::list::write_list;
use super::part::{FileRecord, list_path};
use crate::error::Error;
use crate::model::input::InputStatus;

/// Time stamps younger than this may be carried by two contents of one file: some file systems count in steps of two seconds.
const RACY: i64 = 2_000_000_000;

/// How a file is recognised without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Path relative to the corpus root, with `/`.
    pub file: Arc<str>,
    /// Size on disk.
    pub bytes: u64,
    /// Time of its last change, in nanoseconds since 1970; `None` where it is not known.
    pub modified: Option<i64>,
}

/// What a run has to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The files that are new or changed, as indices into the stamps, in their order.
    pub to_read: Vec<usize>,
    /// Files that are as the ledger knows them.
    pub unchanged: u64,
    /// Files that the ledger knew and that are not there any more.
    pub gone: u64,
    /// Files among `to_read` that the ledger knew otherwise.
    pub changed: u64,
}

impl Ledger {
    /// Compares the files that are there with those that the ledger knows, and removes the rows of files that changed or vanished.
    ///
    /// A file of the same size and time stamp is unchanged, unless the stamp was too young when it was taken, or `rehash` is set. Else
    /// `hash` is asked for the SHA-256 of the file at an index (lower-case hexadecimal; `None` where it cannot be read), and a file with the
    /// hash that the ledger knows is unchanged too. `now_ns` is the time of this run in nanoseconds since 1970.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where two stamps have one path, and where a part cannot be read or written.
    pub fn plan(
        &mut self,
        stamps: &[Stamp],
        now_ns: i64,
        rehash: bool,
        hash: &mut dyn FnMut(usize) -> Option<String>,
    ) -> Result<Plan, Error> {
        self.trust_before = now_ns.saturating_sub(RACY);
        let mut known: Vec<&FileRecord> = self.parts.values().flat_map(|part| &part.files).collect();
        known.sort_by(|a, b| a.input.file.cmp(&b.input.file));
        known.dedup_by(|a, b| a.input.file == b.input.file);
        let mut known = known.into_iter().peekable();
        let mut plan = Plan::default();
        let mut leaving = BTreeSet::new();
        let mut refreshed = BTreeMap::new();
        for (place, stamp) in in_order(stamps).map_err(|what| Error::ledger(&self.dir, &what))? {
            let mut order = Ordering::Less;
            while let Some(gone) = known.next_if(|old| {
                order = old.input.file.as_str().cmp(&stamp.file);
                order == Ordering::Less
            }) {
                plan.gone += 1;
                leaving.insert(gone.input.file.clone());
            }
            let Some(old) = known.next_if(|_| order == Ordering::Equal) else {
                plan.to_read.push(place);
                continue;
            };
            // A change of rights mends what could not even be opened, without a new time stamp.
            let closed = old.input.status == InputStatus::Unreadable && old.input.sha256.is_empty();
            let same_stamp = old.modified.is_some() && old.modified == stamp.modified && old.bytes == stamp.bytes;
            if same_stamp && old.trusted && !rehash && !closed {
                plan.unchanged += 1;
            } else if !closed && old.bytes == stamp.bytes && hash(place).is_some_and(|hash| hash == old.input.sha256) {
                plan.unchanged += 1;
                let trusted = self.trusts(stamp.modified);
                if !same_stamp || old.trusted != trusted {
                    refreshed.insert(&*stamp.file, (stamp.modified, trusted));
                }
            } else {
                plan.changed += 1;
                plan.to_read.push(place);
                leaving.insert(stamp.file.to_string());
            }
        }
        for gone in known {
            plan.gone += 1;
            leaving.insert(gone.input.file.clone());
        }
        plan.to_read.sort_unstable();
        let moved = self.refresh(&refreshed)?;
        if self.remove(&leaving)? {
            self.commit_unsettled()?;
        } else if moved {
            self.commit()?;
        }
        Ok(plan)
    }

    /// Whether a time stamp is old enough that a later change of the file cannot carry it.
    pub(super) fn trusts(&self, modified: Option<i64>) -> bool {
        modified.is_some_and(|modified| modified < self.trust_before)
    }

    /// Writes new time stamps into the lists; says whether there were any.
    fn refresh(&mut self, stamps: &BTreeMap<&str, (Option<i64>, bool)>) -> Result<bool, Error> {
        if stamps.is_empty() {
            return Ok(false);
        }
        for number in self.parts.keys().copied().collect::<Vec<_>>() {
            let fresh = self.fresh();
            let Some(part) = self.parts.get_mut(&number) else {
                continue;
            };
            let mut moved = false;
            for file in &mut part.files {
                if let Some(stamp) = stamps.get(file.input.file.as_str()) {
                    (file.modified, file.trusted) = *stamp;
                    moved = true;
                }
            }
            if moved {
                write_list(&list_path(&self.dir, fresh), &part.files)?;
                self.retired.push(list_path(&self.dir, part.list));
                part.list = fresh;
            }
        }
        Ok(true)
    }

    /// Removes the rows of these files; says whether there were any. The next commit makes it valid.
    fn remove(&mut self, leaving: &BTreeSet<String>) -> Result<bool, Error> {
        if leaving.is_empty() {
            return Ok(false);
        }
        let stays = |file: &FileRecord| !leaving.contains(&file.input.file);
        let touched: Vec<u32> = self
            .parts
            .values()
            .filter(|part| !part.files.iter().all(stays))
            .map(|part| part.number)
            .collect();
        for number in &touched {
            let kept = self.parts[number].files.iter().filter(|file| stays(file));
            let kept: Vec<_> = kept.map(|file| (*number, file.clone())).collect();
            if !kept.is_empty() {
                self.regroup(&kept)?;
            }
            self.retire(*number);
        }
        Ok(!touched.is_empty())
    }
}

/// The stamps in the order of their paths, each with its place; what is wrong where two have one path.
fn in_order(stamps: &[Stamp]) -> Result<Vec<(usize, &Stamp)>, String> {
    let mut all: Vec<(usize, &Stamp)> = stamps.iter().enumerate().collect();
    if stamps.is_sorted_by(|a, b| a.file < b.file) {
        return Ok(all);
    }
    all.sort_by(|(_, a), (_, b)| a.file.cmp(&b.file));
    match all.windows(2).find(|pair| pair[0].1.file == pair[1].1.file) {
        Some(pair) => Err(format!("the corpus holds two files of the path `{}`", pair[0].1.file)),
        None => Ok(all),
    }
}
