//! Any text as a hidden seal or a cookie: only what we sealed is opened, and only for what it was sealed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use responses::Keys;

fuzz_target!(|input: (&str, Vec<(u8, u8)>)| {
    server::fuzzing::open_seals(&Keys::of_secret([9; 32]), input.0, &input.1);
});
