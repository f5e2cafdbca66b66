//! When a file is read again, and when it is not.

use super::corpus::{Corpus, article, hash, input};
use super::{SECOND, assert_same, open, told};
use crate::ledger::{Plan, Stamp};
use crate::model::entity::Gazetteer;
use crate::model::input::{Input, InputStatus};

#[test]
fn what_did_not_change_is_not_read_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    let mut corpus = Corpus::default();
    corpus
        .put("a", vec![article(None, "a", 1)])
        .put("b", vec![article(None, "b", 2)])
        .put("c", Vec::new());
    assert_eq!(corpus.scan(&mut ledger, 100 * SECOND).to_read, [0, 1, 2]);
    let before = told(&ledger);
    drop(ledger);

    let mut ledger = open(dir.path());
    let stamps = corpus.stamps();
    let plan = ledger
        .plan(&stamps, 100 * SECOND, false, &mut |_| {
            panic!("a file with the same stamp is read")
        })
        .unwrap();
    assert_eq!(
        plan,
        Plan {
            unchanged: 3,
            ..Plan::default()
        }
    );
    assert_same(&told(&ledger), &before);

    let mut asked = Vec::new();
    let plan = ledger.plan(&stamps, 100 * SECOND, true, &mut |place| {
        asked.push(place);
        Some(hash(&corpus.0[&*stamps[place].file].records)).filter(|_| place != 1)
    });
    assert_eq!(
        plan.unwrap(),
        Plan {
            to_read: vec![1],
            unchanged: 2,
            changed: 1,
            gone: 0
        }
    );
    assert_eq!(asked, [0, 1, 2]);
}

#[test]
fn a_young_or_unknown_time_stamp_is_not_trusted() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    let mut corpus = Corpus::default();
    corpus
        .put("young", vec![article(None, "same size 1", 1)])
        .put("none", vec![article(None, "none", 1)]);
    corpus.0.get_mut("young").unwrap().modified = Some(99 * SECOND);
    corpus.0.get_mut("none").unwrap().modified = None;
    corpus.scan(&mut ledger, 100 * SECOND);
    assert_eq!(ledger.newest_file(), Some(99 * SECOND));

    corpus.0.get_mut("young").unwrap().records = vec![article(None, "same size 2", 1)];
    let plan = corpus.scan(&mut ledger, 100 * SECOND);
    assert_eq!(
        (plan.changed, plan.unchanged),
        (1, 1),
        "a change within the same tick is not seen"
    );
    let plan = corpus.plan(&mut ledger, 200 * SECOND, false);
    assert_eq!((plan.changed, plan.unchanged), (0, 2));

    // By now the stamp is old and was found to fit, so only the file without one is hashed.
    let mut asked = Vec::new();
    let stamps = corpus.stamps();
    let _ = ledger.plan(&stamps, 200 * SECOND, false, &mut |place| {
        asked.push(&*stamps[place].file);
        Some(hash(&corpus.0[&*stamps[place].file].records))
    });
    assert_eq!(asked, ["none"]);
    assert_same(&told(&ledger), &corpus.fresh());
}

#[test]
fn a_file_that_could_not_be_opened_is_tried_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    let stamp = Stamp {
        file: "a".into(),
        bytes: 3,
        modified: Some(1),
    };
    let closed = Input {
        status: InputStatus::Unreadable,
        sha256: String::new(),
        bytes: 3,
        ..input("a", &[])
    };
    let binary = Input {
        status: InputStatus::Unreadable,
        file: "b".to_owned(),
        bytes: 3,
        ..closed.clone()
    };
    let binary = Input {
        sha256: "00ff".to_owned(),
        ..binary
    };
    let gazetteer = Gazetteer::default();
    let stamps = [
        stamp.clone(),
        Stamp {
            file: "b".into(),
            ..stamp
        },
    ];
    ledger.plan(&stamps, 100 * SECOND, false, &mut |_| None).unwrap();
    let mut writer = ledger.writer(&gazetteer);
    writer.end_file(closed, stamps[0].clone()).unwrap();
    writer.end_file(binary, stamps[1].clone()).unwrap();
    writer.finish().unwrap();
    let plan = ledger.plan(&stamps, 100 * SECOND, false, &mut |_| None).unwrap();
    assert_eq!((plan.to_read, plan.unchanged), (vec![0], 1));
    assert!(
        ledger
            .plan(&[stamps[0].clone(), stamps[0].clone()], 0, false, &mut |_| None)
            .is_err()
    );
}
