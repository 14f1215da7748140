//! What Netlify's API says and is told, as its OpenAPI description and its guide to deploys by file digest have it.
//!
//! ```text
//! GET  /sites/{site}                              the deploy that is published
//! GET  /sites/{site}/files                        the files of that deploy
//! GET  /sites/{site}/files/{path}                 the digest of one, or its bytes
//! POST /sites/{site}/deploys                      a new deploy: a digest for each path
//! GET  /deploys/{deploy}                          its state
//! PUT  /deploys/{deploy}/files/{path}             bytes that Netlify does not have
//! POST /sites/{site}/deploys/{deploy}/restore     makes a deploy the one that is published
//! ```

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use hyper::{Method, Request};
use object_store::client::{HttpClient, HttpConnector, HttpRequestBody, HttpResponse};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

use crate::pages;
use crate::publish::http::{self, Patient};
use crate::publish::{Error, credentials};

/// The media type with which a file's address answers with the file itself.
const RAW: &str = "application/vnd.bitballoon.v1.raw";

/// The SHA-1 of a file as hexadecimal digits, by which Netlify knows bytes that it has.
pub(super) type Digest = String;

/// Computes the digest of a file.
pub(super) fn sha1(bytes: &[u8]) -> Digest {
    let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(Deserialize)]
struct Site {
    published_deploy: Option<Deploy>,
}

/// A deploy, as far as a publish wants to know.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Deploy {
    /// What names it; empty for none.
    #[serde(default)]
    pub(super) id: String,
    /// How far it is: `uploading`, `prepared`, `processing`, `ready`, `error` among others.
    #[serde(default)]
    pub(super) state: String,
    /// The digests whose bytes Netlify does not have.
    pub(super) required: Option<Vec<Digest>>,
    /// Its own address, at which it stays for good.
    pub(super) deploy_ssl_url: Option<String>,
    /// Why it failed.
    pub(super) error_message: Option<String>,
}

#[derive(Deserialize)]
struct FileInfo {
    #[serde(default)]
    path: String,
    sha: Digest,
}

/// What a deploy begins with.
#[derive(Serialize)]
struct NewDeploy<'a> {
    files: &'a BTreeMap<String, Digest>,
    /// One that is not published when it is ready.
    draft: bool,
    /// One whose digests are compared after the answer, for there are many.
    #[serde(rename = "async")]
    is_async: bool,
}

/// A site at Netlify, and the right to change it.
pub(super) struct Api {
    client: HttpClient,
    runtime: &'static Runtime,
    endpoint: String,
    site: String,
    token: String,
}

impl Api {
    /// Makes a client; no request is sent.
    ///
    /// # Errors
    /// Where there is no token.
    pub(super) fn open(endpoint: &str, site: &str) -> Result<Self, Error> {
        let token = credentials::netlify()?;
        let runtime = http::runtime()?;
        let options = http::options(endpoint.starts_with("http://"));
        let client = Patient.connect(&options).map_err(|error| Error::host(error.to_string()))?;
        let site = utf8_percent_encode(site, NON_ALPHANUMERIC).to_string();
        Ok(Self { client, runtime, endpoint: endpoint.trim_end_matches('/').to_owned(), site, token })
    }

    /// Tells which deploy is published; a new site has none.
    pub(super) fn published(&self) -> Result<Option<Deploy>, Error> {
        let site: Site = self.json(Method::GET, &format!("/sites/{}", self.site), None)?;
        Ok(site.published_deploy.filter(|deploy| !deploy.id.is_empty()))
    }

    /// Lists the paths of the deploy that is published.
    pub(super) fn paths(&self) -> Result<Vec<String>, Error> {
        let files: Vec<FileInfo> = self.json(Method::GET, &format!("/sites/{}/files", self.site), None)?;
        Ok(files.into_iter().map(|file| file.path.trim_start_matches('/').to_owned()).collect())
    }

    /// Reads a file of the deploy that is published; none where it is not there.
    ///
    /// The digest says what the bytes are. The API hands them out for some sites and not for others; where it does not,
    /// the deploy's own address does.
    pub(super) fn read(&self, live: &Deploy, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let encoded = pages::encode(path);
        let address = format!("/sites/{}/files/{encoded}", self.site);
        let FileInfo { sha, .. } = match self.json(Method::GET, &address, None) {
            Err(error) if error.kind == super::super::ErrorKind::Missing => return Ok(None),
            info => info?,
        };
        let raw = self.authorized(Method::GET, &address).header("Content-Type", RAW).header("Accept", RAW);
        let bytes = self.bytes(raw, HttpRequestBody::empty())?;
        if sha1(&bytes) == sha {
            return Ok(Some(bytes));
        }
        // The token stays here: this address is anyone's.
        let own = live.deploy_ssl_url.as_deref().unwrap_or_default().trim_end_matches('/');
        let plain = Request::builder().method(Method::GET).uri(format!("{own}/{encoded}"));
        let bytes = self.bytes(plain, HttpRequestBody::empty())?;
        if sha1(&bytes) == sha { Ok(Some(bytes)) } else { Err(Error::host("the host answered with other bytes")) }
    }

    /// Begins a deploy that is not published when it is ready.
    pub(super) fn draft(&self, files: &BTreeMap<String, Digest>, is_async: bool) -> Result<Deploy, Error> {
        let order = NewDeploy { files, draft: true, is_async };
        let order = serde_json::to_vec(&order).map_err(|error| Error::host(error.to_string()))?;
        self.json(Method::POST, &format!("/sites/{}/deploys", self.site), Some(order))
    }

    /// Asks how far a deploy is.
    pub(super) fn deploy(&self, id: &str) -> Result<Deploy, Error> {
        self.json(Method::GET, &format!("/deploys/{id}"), None)
    }

    /// Sends the bytes of a file.
    pub(super) fn upload(&self, deploy: &str, path: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let address = format!("/deploys/{deploy}/files/{}", pages::encode(path));
        let request = self.authorized(Method::PUT, &address).header("Content-Type", "application/octet-stream");
        self.bytes(request, bytes.into()).map(drop)
    }

    /// Makes a deploy the one that is published.
    pub(super) fn restore(&self, deploy: &str) -> Result<(), Error> {
        let address = format!("/sites/{}/deploys/{deploy}/restore", self.site);
        self.bytes(self.authorized(Method::POST, &address), HttpRequestBody::empty()).map(drop)
    }

    /// Waits for a moment, as a question that is asked again does.
    pub(super) fn pause(&self, time: std::time::Duration) {
        self.runtime.block_on(async { tokio::time::sleep(time).await });
    }

    fn authorized(&self, method: Method, path: &str) -> hyper::http::request::Builder {
        let uri = format!("{}/api/v1{path}", self.endpoint);
        Request::builder().method(method).uri(uri).header("Authorization", format!("Bearer {}", self.token))
    }

    fn json<T: DeserializeOwned>(&self, method: Method, path: &str, body: Option<Vec<u8>>) -> Result<T, Error> {
        let request = self.authorized(method, path).header("Content-Type", "application/json");
        let answer = self.bytes(request, body.map_or_else(HttpRequestBody::empty, HttpRequestBody::from))?;
        serde_json::from_slice(&answer).map_err(|error| Error::host(format!("the host's answer is no JSON: {error}")))
    }

    /// Sends a request, and gives the bytes of its answer.
    fn bytes(&self, request: hyper::http::request::Builder, body: HttpRequestBody) -> Result<Vec<u8>, Error> {
        let request = request.body(body).map_err(|error| Error::host(error.to_string()))?;
        if reqwest::Url::parse(&request.uri().to_string()).is_err() {
            return Err(Error::host("the host has given no address"));
        }
        self.runtime.block_on(async {
            let answer = self.client.execute(request).await.map_err(broken)?;
            let answer = succeeded(answer)?;
            answer.into_body().bytes_stream().map_ok(|part| part.to_vec()).try_concat().await.map_err(broken)
        })
    }
}

/// Says why there was no answer, by the cause of all causes.
fn broken(error: impl std::error::Error) -> Error {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        text = deeper.to_string();
        cause = deeper.source();
    }
    Error::host(text)
}

/// Passes an answer on that is no refusal.
fn succeeded(answer: HttpResponse) -> Result<HttpResponse, Error> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let said = format!("the host answered {}", status.as_u16());
    Err(match status.as_u16() {
        401 | 403 => Error::host(said).help("see that NETLIFY_AUTH_TOKEN is valid, and may change this site"),
        404 => Error::missing(said).help("see that `site` is the site's ID, and that the token belongs to its team"),
        _ => Error::host(said),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_forty_hexadecimal_digits() {
        assert_eq!(sha1(b"abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    }
}
