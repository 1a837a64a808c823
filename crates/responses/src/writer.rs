//! The one thread that writes: many jobs, one commit, one sync, and only then the replies.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
};

use crate::{Error, Job, Receipt, sqlite::Ledger};

/// So many jobs wait at most; the next one is told that the store is busy.
const QUEUE: usize = 4096;

/// So many jobs share one commit at most.
const TOGETHER: usize = 256;

pub(crate) type Reply = Box<dyn FnOnce(Result<Receipt, Error>) + Send>;

/// The handle to the writing thread.
pub(crate) struct Writer {
    queue: SyncSender<Message>,
    thread: Mutex<Option<JoinHandle<Result<(), Error>>>>,
}

enum Message {
    Write(Job, Reply),
    Stop,
}

impl Writer {
    pub(crate) fn start(ledger: Ledger) -> Writer {
        let (queue, waiting) = sync_channel(QUEUE);
        let thread = thread::spawn(move || write(ledger, &waiting));
        Writer { queue, thread: Mutex::new(Some(thread)) }
    }

    pub(crate) fn submit(&self, job: Job, reply: Reply) {
        match self.queue.try_send(Message::Write(job, reply)) {
            Err(TrySendError::Full(Message::Write(_, reply))) => reply(Err(Error::Busy)),
            Err(TrySendError::Disconnected(Message::Write(_, reply))) => reply(Err(Error::Closed)),
            _ => {}
        }
    }

    pub(crate) fn close(&self) -> Result<(), Error> {
        let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() else {
            return Ok(());
        };
        // A reply may drop the last store; the writer then ends by itself, since nobody can send any more.
        if thread.thread().id() == thread::current().id() {
            return Ok(());
        }
        // Refused only if the writer is gone, and then joining tells why.
        let _ = self.queue.send(Message::Stop);
        thread.join().unwrap_or(Err(Error::Closed))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.close();
    }
}

fn write(mut ledger: Ledger, waiting: &Receiver<Message>) -> Result<(), Error> {
    let mut open = true;
    while open && let Some(batch) = gather(waiting) {
        open = batch.open;
        let receipts = ledger.record(&batch.jobs);
        for (reply, receipt) in batch.replies.into_iter().zip(receipts) {
            tell(reply, receipt);
        }
    }
    for message in waiting.try_iter() {
        if let Message::Write(_, reply) = message {
            tell(reply, Err(Error::Closed));
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
fn gather(waiting: &Receiver<Message>) -> Option<Batch> {
    let mut batch = Batch { open: true, ..Batch::default() };
    let first = waiting.recv().ok()?;
    for message in std::iter::once(first).chain(waiting.try_iter().take(TOGETHER - 1)) {
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
