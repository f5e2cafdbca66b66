//! What a scan tells. Counted once for each state of the ledger, and remembered there.

use std::collections::BTreeMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use crate::analyse::{ACCOUNT_COLUMNS, DocumentCounter, TEXT_COLUMNS, Texts};
use crate::error::Error;
use crate::ledger::{Ledger, Memo};
use crate::model::account::{Account, DocumentCount};
use crate::model::entity::Gazetteer;
use crate::model::input::Input;
use crate::model::skip::SkipReason;
use crate::settings::Settings;

/// The account of the ledger as it stands, with every file that the walk met.
pub(super) fn account(
    settings: &Settings,
    gazetteer: &Gazetteer,
    ledger: &Ledger,
    inputs: &[Arc<Input>],
) -> Result<Account, Error> {
    let mut account = Account {
        mentions: ledger.mentions(),
        ..Account::default()
    };
    for same in inputs.chunk_by(|a, b| (&a.format, a.status, &a.encoding) == (&b.format, b.status, &b.encoding)) {
        account.add_files(same.iter().map(Arc::as_ref));
    }
    let of = depends_on(settings, gazetteer);
    (account.documents, account.skipped) = if let Some(counted) = ledger.remembered(Memo::Account, &of) {
        counted
    } else {
        let counted = (documents(settings, gazetteer, ledger)?, skipped(ledger)?);
        ledger.remember(Memo::Account, &of, &counted)?;
        counted
    };
    Ok(account)
}

/// All that the counts depend on beside the ledger, as one name.
fn depends_on(settings: &Settings, gazetteer: &Gazetteer) -> String {
    let analyse = &settings.analyse;
    let all = format!(
        "{} {:?}",
        env!("CARGO_PKG_VERSION"),
        (
            analyse.from,
            analyse.to,
            &analyse.languages,
            &analyse.sources,
            &gazetteer.sources
        )
    );
    format!("{:032x}", xxh3_128(all.as_bytes()))
}

/// What the documents are.
fn documents(settings: &Settings, gazetteer: &Gazetteer, ledger: &Ledger) -> Result<DocumentCount, Error> {
    let mut texts = Texts::with_room(ledger.rows());
    for frame in ledger.document_parts(&TEXT_COLUMNS) {
        texts.add(&frame?)?;
    }
    let mut counter = DocumentCounter::new(&gazetteer.sources, &settings.analyse, super::newest(ledger), texts);
    for frame in ledger.document_parts(&ACCOUNT_COLUMNS) {
        counter.add(&frame?)?;
    }
    Ok(counter.finish())
}

/// What was left out, by reason.
fn skipped(ledger: &Ledger) -> Result<BTreeMap<SkipReason, u64>, Error> {
    let mut reasons = BTreeMap::new();
    for skip in ledger.skips()? {
        *reasons.entry(skip.reason).or_default() += 1;
    }
    Ok(reasons)
}
