//! What is read as a time is written as a text that reads as the same time, with or without a zone for naive ones.
#![no_main]

use kpi_core::Instant;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for naive in [None, Some(chrono_tz::Europe::Berlin), Some(chrono_tz::America::Havana)] {
        if let Ok(at) = Instant::parse(text, naive) {
            let written = at.to_string();
            assert_eq!(Instant::parse(&written, None), Ok(at), "{text:?} was written as {written}");
        }
    }
});
