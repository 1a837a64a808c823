//! Any text as a PO file: what is written of it is read again as the same file, and written the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use survey::po;

fuzz_target!(|text: &str| {
    let (file, findings) = po::read("fr.po", text);
    // A line that cannot be read is not kept.
    if findings.is_empty() {
        let written = po::write(&file);
        let (again, findings) = po::read("fr.po", &written);
        assert!(findings.is_empty(), "{written}");
        assert_eq!(po::write(&again), written);
    }
});
