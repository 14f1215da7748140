//! Many requests at a time, and none any more once one has failed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Error;

/// How many requests are under way at a time: hosts are far away, and wait more than they work.
const AT_A_TIME: usize = 16;

/// Does something to every item; after a failure no item is begun, and the first failure is returned.
pub(super) fn for_each<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<(), Error> + Sync) -> Result<(), Error> {
    let next = AtomicUsize::new(0);
    let failure = Mutex::new(None);
    let failed = || failure.lock().unwrap_or_else(PoisonError::into_inner);
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME.min(items.len()) {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if failed().is_some() {
                        return;
                    }
                    if let Err(error) = work(item) {
                        failed().get_or_insert(error);
                    }
                }
            });
        }
    });
    failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_done_or_the_failure_is_told() {
        let done = AtomicUsize::new(0);
        let items: Vec<usize> = (0..100).collect();
        let count = |_: &usize| {
            done.fetch_add(1, Ordering::Relaxed);
            Ok(())
        };
        for_each(&items, count).unwrap();
        assert_eq!(done.load(Ordering::Relaxed), 100);
        let fails = |n: &usize| if *n == 7 { Err(Error::host("seven")) } else { Ok(()) };
        assert_eq!(for_each(&items, fails).unwrap_err().message, "seven");
    }
}
