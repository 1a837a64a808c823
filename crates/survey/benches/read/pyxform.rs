//! The same number of questions in pyxform, the reader of XLSForms, where it is installed.

use std::process::Command;

/// As many questions of four choices in one language, from rows already in memory, ten times; prints the fastest in
/// milliseconds.
const PROGRAM: &str = "
import sys, time
try:
    from pyxform.xls2xform import convert
except ImportError:
    sys.exit(3)
rows = [{'type': 'select_multiple list%d' % n, 'name': 'question%d' % n, 'label': 'What did you need in part %d?' % n}
        for n in range(100)]
choices = [{'list_name': 'list%d' % n, 'name': code, 'label': '%s in part %d' % (code, n)}
           for n in range(100) for code in ('housing', 'work', 'school', 'none')]
times = []
for _ in range(10):
    start = time.perf_counter()
    book = {'survey': [dict(row) for row in rows], 'choices': [dict(row) for row in choices], 'settings': [{}]}
    convert(book, validate=False, form_name='large')
    times.append(time.perf_counter() - start)
print('%.0f' % (min(times) * 1000))
";

/// Print how long pyxform takes, or that it is not installed.
pub(crate) fn print() {
    let done = Command::new("python3").args(["-c", PROGRAM]).output();
    match done {
        Ok(done) if done.status.success() => {
            let fastest = String::from_utf8_lossy(&done.stdout);
            println!("pyxform: 100 questions in one language, fastest of 10: {} ms", fastest.trim());
        }
        Ok(done) if done.status.code() != Some(3) => {
            println!("pyxform: {}", String::from_utf8_lossy(&done.stderr).lines().last().unwrap_or("failed"));
        }
        _ => println!("pyxform: not installed, so there is nothing to compare with"),
    }
}
