//! Workers that take jobs in any order and give results in the order of the jobs.
//!
//! Jobs come from an iterator, results go to a closure on the calling thread; nothing here knows what a job is.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

/// Does two things, at once where there are several threads.
///
/// # Panics
///
/// Where one of them panics, after the other has ended.
pub(crate) fn both<A, B: Send>(threads: usize, one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    if threads <= 1 {
        return (one(), other());
    }
    thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        (one, other.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// How many jobs a worker may be ahead of the oldest unfinished one: bounds the memory held by results that wait their turn.
const AHEAD: usize = 3;

/// Runs `work` over all jobs on `threads` workers and hands each result to `take`, in the order of the jobs.
///
/// `feed` runs on a thread of its own and hands out jobs; it waits while workers are too far ahead. `local` makes what each worker
/// keeps for itself. With one thread, the calling one does everything. An error of `take` stops the run: jobs that were not begun are dropped.
///
/// # Errors
///
/// The first error of `take`.
///
/// # Panics
///
/// Where a worker panics, after all others have stopped.
pub(crate) fn in_order<J, R, L, E>(
    threads: usize,
    feed: impl FnOnce(&mut dyn FnMut(J) -> bool) + Send,
    local: impl Fn() -> L + Sync,
    work: impl Fn(J, &mut L) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    J: Send,
    R: Send,
{
    if threads <= 1 {
        return one_by_one(feed, local, work, take);
    }
    let gate = Arc::new(Gate::default());
    let limit = threads * AHEAD;
    let (job_in, job_out) = sync_channel::<(usize, J)>(threads);
    let (done_in, done_out) = channel::<(usize, R)>();
    let job_out = Mutex::new(job_out);
    thread::scope(|scope| {
        let feeder_gate = Arc::clone(&gate);
        scope.spawn(move || {
            let mut next = 0;
            feed(&mut |job| {
                let go = feeder_gate.wait(next, limit) && job_in.send((next, job)).is_ok();
                next += 1;
                go
            });
        });
        for _ in 0..threads {
            let done_in = done_in.clone();
            let (job_out, local, work, gate) = (&job_out, &local, &work, &gate);
            scope.spawn(move || {
                let _guard = CloseOnPanic(gate);
                let mut own = local();
                loop {
                    let next = job_out.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((place, job)) = next else { break };
                    if done_in.send((place, work(job, &mut own))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done_in);
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        let mut outcome = Ok(());
        for (place, result) in done_out {
            waiting.insert(place, result);
            while let Some(result) = waiting.remove(&turn) {
                turn += 1;
                gate.pass(turn);
                if outcome.is_ok() {
                    outcome = take(result);
                }
            }
            if outcome.is_err() {
                gate.close();
            }
        }
        outcome
    })
}

/// The same on the calling thread alone.
fn one_by_one<J, R, L, E>(
    feed: impl FnOnce(&mut dyn FnMut(J) -> bool),
    local: impl Fn() -> L,
    work: impl Fn(J, &mut L) -> R,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut own = local();
    let mut outcome = Ok(());
    feed(&mut |job| {
        if outcome.is_ok() {
            outcome = take(work(job, &mut own));
        }
        outcome.is_ok()
    });
    outcome
}

/// Holds the feeder back while it is too far ahead of the results taken.
#[derive(Default)]
struct Gate {
    /// Results taken so far, and whether the run is over.
    state: Mutex<(usize, bool)>,
    /// Told at every change.
    change: Condvar,
}

impl Gate {
    /// Waits until job `place` is less than `limit` ahead; false where the run is over.
    fn wait(&self, place: usize, limit: usize) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self
            .change
            .wait_while(state, |(taken, over)| !*over && place >= *taken + limit)
            .unwrap_or_else(PoisonError::into_inner);
        !state.1
    }

    /// Says that `taken` results have been taken.
    fn pass(&self, taken: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0 = taken;
        self.change.notify_all();
    }

    /// Says that the run is over.
    fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.change.notify_all();
    }
}

/// Ends the run when a worker panics, so that nobody waits for its result.
struct CloseOnPanic<'a>(&'a Gate);

impl Drop for CloseOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize, stop_at: Option<u64>) -> (Vec<u64>, Result<(), u64>) {
        let mut taken = Vec::new();
        let outcome = in_order(
            threads,
            |give| {
                let _ = (0..500_u64).all(&mut *give);
            },
            || 0_u64,
            |job, seen| {
                *seen += 1;
                if job % 7 == 0 {
                    thread::yield_now();
                }
                job * job
            },
            |result| {
                taken.push(result);
                if Some(result) == stop_at { Err(result) } else { Ok(()) }
            },
        );
        (taken, outcome)
    }

    #[test]
    fn both_come_back_each_in_its_place() {
        for threads in [1, 2] {
            assert_eq!(both(threads, || 1, || "two"), (1, "two"));
        }
    }

    #[test]
    #[should_panic(expected = "on purpose")]
    fn the_panic_of_the_other_is_told() {
        both(2, || (), || panic!("on purpose"));
    }

    #[test]
    fn results_come_in_the_order_of_the_jobs_whatever_the_threads() {
        let expected: Vec<u64> = (0..500).map(|n| n * n).collect();
        for threads in [1, 2, 3, 8] {
            assert_eq!(squares(threads, None), (expected.clone(), Ok(())));
        }
    }

    #[test]
    fn an_error_stops_the_run_and_nothing_is_taken_after_it() {
        let (taken, outcome) = squares(4, Some(100));
        assert_eq!(outcome, Err(100));
        assert_eq!(taken.last(), Some(&100));
    }

    #[test]
    fn a_worker_that_panics_ends_the_run() {
        let outcome = std::panic::catch_unwind(|| {
            in_order(
                2,
                |give| {
                    let _ = (0..500_u64).all(&mut *give);
                },
                || (),
                |job, ()| assert_ne!(job, 17, "a worker fails on purpose"),
                |()| Ok::<(), ()>(()),
            )
        });
        assert!(outcome.is_err());
    }
}
