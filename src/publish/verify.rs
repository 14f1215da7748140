//! The published site, looked at as a visitor does.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::Client;

use super::manifest::File;
use super::{Error, Plan, http, parallel};
use crate::emit::ContentHash;
use crate::pages::encode;

/// How many files are looked at, the front page first.
const LOOKED_AT: usize = 20;

/// How long a file may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Fetches what was sent from a public address, and lists what is not answered as it was sent.
///
/// A cache on the way may still answer with the old site, so a difference is told and is no failure.
///
/// # Errors
/// Where no request can be made at all.
pub fn verify(address: &str, plan: &Plan) -> Result<Vec<String>, Error> {
    http::runtime()?;
    let client = Client::builder().timeout(PATIENCE).build().map_err(|error| Error::host(error.to_string()))?;
    let front = "index.html".to_owned();
    let sent = plan.sent().filter(|path| **path != front && !path.starts_with(['.', '_']));
    let paths: Vec<(usize, &String)> = std::iter::once(&front).chain(sent).take(LOOKED_AT).enumerate().collect();
    let unlike = Mutex::new(BTreeMap::new());
    parallel::for_each(&paths, |(n, path)| {
        let Some(file) = plan.next.files.get(*path) else { return Ok(()) };
        if let Some(line) = look(&client, address, path, file)? {
            unlike.lock().unwrap_or_else(PoisonError::into_inner).insert(*n, line);
        }
        Ok(())
    })?;
    Ok(unlike.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect())
}

/// Fetches a file, and says what is wrong with the answer.
fn look(client: &Client, address: &str, path: &str, file: &File) -> Result<Option<String>, Error> {
    let shown = path.strip_suffix("index.html").unwrap_or(path);
    let url = format!("{address}/{}", encode(shown));
    let answer = http::runtime()?.block_on(async {
        let response = client.get(&url).send().await?.error_for_status()?;
        response.bytes().await
    });
    Ok(match answer {
        Ok(bytes) if ContentHash::of(&bytes) == file.hash => None,
        Ok(_) => Some(format!("{url} answers with other bytes than were sent")),
        Err(error) => Some(format!("{url}: {}", error.without_url())),
    })
}
