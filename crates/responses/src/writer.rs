//! The threads that write: jobs wait in one queue, and replies come only after the commit that holds the job.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
};

use crate::{Error, Job, Receipt};

/// So many jobs wait at most; the next one is told that the store is busy.
const QUEUE: usize = 4096;

pub(crate) type Reply = Box<dyn FnOnce(Result<Receipt, Error>) + Send>;

/// Where one thread writes.
pub(crate) trait Ledger: Send {
    /// Write some jobs, each wholly or not at all. When this returns, the disk has every job that has a receipt.
    fn record(&mut self, jobs: &[Job]) -> Vec<Result<Receipt, Error>>;

    /// Leave everything in order.
    fn close(self: Box<Self>) -> Result<(), Error>;
}

/// The handle to the writing threads.
pub(crate) struct Writer {
    queue: SyncSender<Message>,
    threads: Mutex<Vec<JoinHandle<Result<(), Error>>>>,
}

enum Message {
    Write(Job, Reply),
    Stop,
}

impl Writer {
    /// One thread for each ledger; `together` jobs share a commit at most.
    pub(crate) fn start(ledgers: Vec<Box<dyn Ledger>>, together: usize) -> Writer {
        let (queue, waiting) = sync_channel(QUEUE);
        let waiting = Arc::new(Mutex::new(waiting));
        let start = |ledger| {
            let waiting = waiting.clone();
            thread::spawn(move || write(ledger, &waiting, together))
        };
        Writer { queue, threads: Mutex::new(ledgers.into_iter().map(start).collect()) }
    }

    pub(crate) fn submit(&self, job: Job, reply: Reply) {
        match self.queue.try_send(Message::Write(job, reply)) {
            Err(TrySendError::Full(Message::Write(_, reply))) => reply(Err(Error::Busy)),
            Err(TrySendError::Disconnected(Message::Write(_, reply))) => reply(Err(Error::Closed)),
            _ => {}
        }
    }

    pub(crate) fn close(&self) -> Result<(), Error> {
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        // A reply may drop the last store; the writer then ends by itself, since nobody can send any more.
        if threads.iter().any(|thread| thread.thread().id() == thread::current().id()) {
            return Ok(());
        }
        // Refused only if the writers are gone, and then joining tells why.
        threads.iter().for_each(|_| drop(self.queue.send(Message::Stop)));
        let ends = threads.into_iter().map(|thread| thread.join().unwrap_or(Err(Error::Closed)));
        ends.fold(Ok(()), Result::and)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.close();
    }
}

fn write(
    mut ledger: Box<dyn Ledger>,
    waiting: &Mutex<Receiver<Message>>,
    together: usize,
) -> Result<(), Error> {
    let mut open = true;
    while open && let Some(batch) = gather(waiting, together) {
        open = batch.open;
        let receipts = ledger.record(&batch.jobs);
        for (reply, receipt) in batch.replies.into_iter().zip(receipts) {
            tell(reply, receipt);
        }
    }
    ledger.close()
}

/// A reply that panics must not take everybody's writer down.
fn tell(reply: Reply, receipt: Result<Receipt, Error>) {
    let _ = catch_unwind(AssertUnwindSafe(|| reply(receipt)));
}

#[derive(Default)]
struct Batch {
    jobs: Vec<Job>,
    replies: Vec<Reply>,
    open: bool,
}

/// Wait for a job and take whatever came in during the last commit; `None` when nobody can send any more.
fn gather(waiting: &Mutex<Receiver<Message>>, together: usize) -> Option<Batch> {
    let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    let mut batch = Batch { open: true, ..Batch::default() };
    let first = waiting.recv().ok()?;
    for message in std::iter::once(first).chain(waiting.try_iter().take(together - 1)) {
        match message {
            Message::Write(job, reply) => {
                batch.jobs.push(job);
                batch.replies.push(reply);
            }
            Message::Stop => {
                batch.open = false;
                break;
            }
        }
    }
    Some(batch)
}
