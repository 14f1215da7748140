//! The published site, looked at as a visitor does.

use std::time::Duration;

use super::{Error, Plan, http};
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
    let runtime = http::runtime()?;
    let client = reqwest::Client::builder().timeout(PATIENCE).build();
    let client = client.map_err(|error| Error::host(error.to_string()))?;
    let front = "index.html".to_owned();
    let sent = plan.sent().filter(|path| **path != front && !path.starts_with(['.', '_']));
    let mut wrong = Vec::new();
    for path in std::iter::once(&front).chain(sent).take(LOOKED_AT) {
        let Some(file) = plan.next.files.get(path) else { continue };
        let shown = path.strip_suffix("index.html").unwrap_or(path);
        let url = format!("{address}/{}", encode(shown));
        let answer = runtime.block_on(async {
            let response = client.get(&url).send().await?.error_for_status()?;
            response.bytes().await
        });
        match answer {
            Ok(bytes) if ContentHash::of(&bytes) == file.hash => {}
            Ok(_) => wrong.push(format!("{url} answers with other bytes than were sent")),
            Err(error) => wrong.push(format!("{url}: {}", error.without_url())),
        }
    }
    Ok(wrong)
}
