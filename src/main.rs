//! The `dateline` program: hands the command line to the library.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `mi_option_purge_delay` of mimalloc 2 and 3, which its bindings do not name.
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;

/// Keeps freed memory for the next page; by default it goes back to the system after 10 milliseconds.
///
/// Pages are made and dropped thousands of times a second: memory that went back to the system between two of them
/// would be cleared and handed out again, which costs a tenth of a build.
const KEPT: std::ffi::c_long = -1;

fn main() -> ExitCode {
    // SAFETY: the option is set before another thread exists, to a value in its range.
    #[allow(unsafe_code, reason = "the allocator's options have no other door")]
    unsafe {
        libmimalloc_sys::mi_option_set(PURGE_DELAY, KEPT);
    }
    dateline::cli::run()
}
