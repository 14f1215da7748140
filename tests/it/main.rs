//! What the program does, seen from outside: every test makes a site, runs the real binary on it, and looks at what comes out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a skipped test says so")]
#![allow(clippy::disallowed_methods, reason = "tests make files and read what was made of them")]

mod architecture;
mod audit;
mod bad_input;
mod claim_pages;
mod cli;
mod comparing;
#[path = "../../benches/corpus/mod.rs"]
#[allow(dead_code, reason = "the benchmark uses more of it")]
mod corpus;
mod determinism;
mod diagnostics;
mod exports;
mod fixture;
mod forecasts;
mod golden;
mod lists;
mod preview;
mod publish;
mod random;
mod redirects;
mod related;
mod search;
mod share;
mod site;
mod suggest;
mod themes;
mod tree;
