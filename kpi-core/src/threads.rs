//! Work that several threads share. Which thread does what is left to chance, so no result may depend on it.

use std::sync::Mutex;

/// Runs the same work on several states, each on a thread of its own; on this one if there is only one.
pub fn in_parallel<S: Send, T: Send>(states: &mut [S], work: &(impl Fn(&mut S) -> T + Sync)) -> Vec<T> {
    match states {
        [only] => vec![work(only)],
        states => std::thread::scope(|scope| {
            let running: Vec<_> = states.iter_mut().map(|state| scope.spawn(move || work(state))).collect();
            let finished = running.into_iter().map(std::thread::ScopedJoinHandle::join);
            finished.map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        }),
    }
}

/// Does the same to each item, with the help of so many threads; the results stand in the order of the items.
pub fn share_out<I: Send, T: Send>(items: Vec<I>, threads: usize, work: impl Fn(I) -> T + Sync) -> Vec<T> {
    if threads < 2 || items.len() < 2 {
        return items.into_iter().map(work).collect();
    }
    let waiting = Mutex::new(items.into_iter().enumerate());
    let next = || waiting.lock().map_or_else(|poisoned| poisoned.into_inner().next(), |mut items| items.next());
    let mut done: Vec<Vec<(usize, T)>> = (0..threads).map(|_| Vec::new()).collect();
    in_parallel(&mut done, &|done: &mut Vec<(usize, T)>| {
        while let Some((place, item)) = next() {
            done.push((place, work(item)));
        }
    });
    let mut all: Vec<(usize, T)> = done.into_iter().flatten().collect();
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        for threads in [1, 2, 7] {
            let squares = share_out((0..100).collect(), threads, |n: u64| n * n);
            assert_eq!(squares, (0..100).map(|n| n * n).collect::<Vec<u64>>());
        }
    }
}
