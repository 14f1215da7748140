//! Requests to hosts, which are sent again where waiting helps.

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::time::Duration;

use async_trait::async_trait;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
};
use tokio::runtime::Runtime;

use super::{Error, clock};

/// How often a request is sent at most.
const TRIES: u32 = 6;

/// How long the first wait is; each is twice as long as the one before.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// No wait is longer, whatever the host asks for.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);

/// How long a request may take, its body among it.
const REQUEST: Duration = Duration::from_secs(300);

/// Gives the threads that requests are waited for on.
pub(super) fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let start = || {
        // Another part of the process may have chosen already, and that is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().ok()
    };
    RUNTIME.get_or_init(start).as_ref().ok_or_else(|| Error::host("the system gives no more threads"))
}

/// What a client is built with.
pub(super) fn options(allow_http: bool) -> ClientOptions {
    ClientOptions::new().with_allow_http(allow_http).with_connect_timeout(CONNECT).with_timeout(REQUEST)
}

/// Makes clients that send a request again where the host asks for patience or the connection breaks.
///
/// A refusal (403, 404, 412) is an answer, and is not asked for twice.
#[derive(Debug)]
pub(super) struct Patient;

#[derive(Debug)]
struct PatientService {
    client: HttpClient,
}

impl HttpConnector for Patient {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let client = object_store::client::ReqwestConnector::default().connect(options)?;
        Ok(HttpClient::new(PatientService { client }))
    }
}

#[async_trait]
impl HttpService for PatientService {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let mut tries = 1;
        loop {
            let answer = self.client.execute(request.clone()).await;
            let asked = match &answer {
                _ if tries == TRIES => return answer,
                Ok(response) if is_passing(response.status().as_u16()) => retry_after(response),
                Err(error) if is_broken(error.kind()) => None,
                _ => return answer,
            };
            tokio::time::sleep(wait(tries, asked)).await;
            tries += 1;
        }
    }
}

/// Tells whether a status may be another one soon: too many requests, or a server in trouble (S3's SlowDown is 503).
fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// Tells whether a connection broke; a request whose answer was lost is sent again, and each of ours may be.
fn is_broken(kind: HttpErrorKind) -> bool {
    matches!(
        kind,
        HttpErrorKind::Connect | HttpErrorKind::Request | HttpErrorKind::Timeout | HttpErrorKind::Interrupted
    )
}

/// Reads `Retry-After` in seconds (RFC 9110, section 10.2.3); a date there is passed over. Where a host has none but
/// tells when its limit ends, as Netlify does with a Unix time in `X-RateLimit-Reset`, that is the wait.
fn retry_after(response: &HttpResponse) -> Option<Duration> {
    let number = |name: &str| -> Option<i64> { response.headers().get(name)?.to_str().ok()?.trim().parse().ok() };
    let ends_in = || Some(number("x-ratelimit-reset")?.saturating_sub(clock::now().as_second()));
    let seconds = number("retry-after").or_else(|| ends_in().filter(|_| response.status() == 429))?;
    u64::try_from(seconds).ok().map(Duration::from_secs)
}

/// Chooses how long to wait: twice as long each time, and never as long as another publisher does.
fn wait(tries: u32, asked: Option<Duration>) -> Duration {
    let longest = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(tries));
    let share = RandomState::new().hash_one(tries) % 1000;
    let jitter = longest / 2 + longest.mul_f64(share as f64 / 2000.0);
    asked.map_or(jitter, |asked| asked + jitter / 10).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_differ_and_end() {
        let waits: Vec<Duration> = (1..20).map(|tries| wait(tries, None)).collect();
        assert!(waits[0] >= FIRST_WAIT && waits[0] <= FIRST_WAIT * 2);
        assert!(waits[3] >= FIRST_WAIT * 8);
        assert_eq!(waits[18], LONGEST_WAIT);
        assert!(wait(1, Some(Duration::from_secs(2))) >= Duration::from_secs(2));
        assert_eq!(wait(1, Some(Duration::from_secs(3600))), LONGEST_WAIT);
        let several: std::collections::BTreeSet<Duration> = (0..20).map(|_| wait(3, None)).collect();
        assert!(several.len() > 1);
    }

    #[test]
    fn a_refusal_is_an_answer() {
        assert!([429, 503].into_iter().all(is_passing));
        assert!(![200, 304, 403, 404, 409, 412].into_iter().any(is_passing));
    }
}
