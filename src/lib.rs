//! Dateline: a static site generator for analysis briefings, where every claim is data.

pub mod build;
pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod emit;
pub mod ids;
pub mod link;
pub mod load;
pub mod model;
pub mod pages;
pub mod prose;
pub mod render;
pub mod report;
pub mod site;
pub mod text;
mod theme_files;
pub mod value;
