//! Answers over HTTP: whole, in part, not again, or not at all (RFC 9110).

use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH,
    IF_RANGE, LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::response::Response;
use tower_http::services::ServeFile;
use xxhash_rust::xxh3::xxh3_64;

use super::guard::Refusal;
use crate::media::media_type;

/// Says which origin may load an answer: the preview's own. No other site can so much as embed a draft's picture.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What is to be answered, all of it at hand.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status of the whole.
    pub(super) status: StatusCode,
    /// Its media type.
    pub(super) media: &'static str,
    /// Its bytes.
    pub(super) bytes: Bytes,
}

impl Answer {
    /// Answers with something that is there.
    pub(super) fn ok(media: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self { status: StatusCode::OK, media, bytes: bytes.into() }
    }

    /// Answers a request: with a part where one is asked for, with nothing where the asker has it already.
    ///
    /// Conditions and ranges hold for what is there alone; another status is told as it is.
    pub(super) fn to(self, method: &Method, headers: &HeaderMap) -> Response {
        let tag = format!("\"{:016x}\"", xxh3_64(&self.bytes));
        let mut response = if self.status != StatusCode::OK {
            with_body(self.status, self.bytes)
        } else if headers.get_all(IF_NONE_MATCH).iter().any(|known| matches(known, &tag)) {
            empty(StatusCode::NOT_MODIFIED)
        } else {
            match asked_part(method, headers, &tag).map(|range| part(range, self.bytes.len())) {
                None | Some(Part::Ignored) => with_body(StatusCode::OK, self.bytes),
                Some(Part::Of(start, end)) => {
                    let range = format!("bytes {start}-{}/{}", end - 1, self.bytes.len());
                    let mut response = with_body(StatusCode::PARTIAL_CONTENT, self.bytes.slice(start..end));
                    put(&mut response, CONTENT_RANGE, &range);
                    response
                }
                Some(Part::Impossible) => {
                    let mut response = empty(StatusCode::RANGE_NOT_SATISFIABLE);
                    put(&mut response, CONTENT_RANGE, &format!("bytes */{}", self.bytes.len()));
                    response
                }
            }
        };
        put(&mut response, CONTENT_TYPE, self.media);
        put(&mut response, ETAG, &tag);
        put(&mut response, ACCEPT_RANGES, "bytes");
        response
    }
}

/// Answers with a file on disk, which may be large: it is read while it is sent.
pub(super) async fn file(path: &Path, asked: &Parts) -> Response {
    let request = Request::from_parts(asked.clone(), Body::empty());
    let Ok(response) = ServeFile::new(path).try_call(request).await else {
        return text(StatusCode::NOT_FOUND, "The file cannot be read.");
    };
    let mut response = response.map(Body::new);
    if response.status() != StatusCode::NOT_FOUND {
        put(&mut response, CONTENT_TYPE, media_type(&path.to_string_lossy()));
    }
    response
}

/// Answers a request that is not admitted.
pub(super) fn refuse(refusal: Refusal) -> Response {
    let mut response = text(refusal.status, refusal.why);
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        put(&mut response, ALLOW, "GET, HEAD");
    }
    response
}

/// Answers with a sentence.
pub(super) fn text(status: StatusCode, sentence: &'static str) -> Response {
    let mut response = with_body(status, Bytes::from_static(sentence.as_bytes()));
    put(&mut response, CONTENT_TYPE, "text/plain; charset=utf-8");
    response
}

/// Sends the asker to another path of the preview.
pub(super) fn redirect(status: StatusCode, to: &str) -> Response {
    let mut response = empty(status);
    put(&mut response, LOCATION, to);
    response
}

/// Adds what every answer says: it is kept nowhere, is what it says that it is, and is for the preview's own pages.
pub(super) fn finish(mut response: Response) -> Response {
    put(&mut response, CACHE_CONTROL, "no-store");
    put(&mut response, X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(&mut response, RESOURCE_POLICY, "same-origin");
    response
}

/// Sets a header; a value that none can have is left out.
pub(super) fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn with_body(status: StatusCode, bytes: Bytes) -> Response {
    let length = bytes.len();
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_LENGTH, length.into());
    response
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// Tells whether a list of known tags has one; a weak tag is as good here (section 13.1.2).
fn matches(known: &HeaderValue, tag: &str) -> bool {
    let Ok(known) = known.to_str() else { return false };
    known.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

/// Gives the range that is asked for, unless it was meant for other bytes than these (section 13.1.5).
fn asked_part<'h>(method: &Method, headers: &'h HeaderMap, tag: &str) -> Option<&'h str> {
    let is_meant = headers.get(IF_RANGE).is_none_or(|known| known == tag);
    headers.get(RANGE).filter(|_| is_meant && method == Method::GET)?.to_str().ok()
}

/// Which part of some bytes a range is.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// From a byte to before another.
    Of(usize, usize),
    /// None of them.
    Impossible,
    /// It is malformed, of another unit, or several at once: the whole is as good an answer (section 14.2).
    Ignored,
}

fn part(range: &str, length: usize) -> Part {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else {
        return Part::Ignored;
    };
    let number =
        |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().unwrap_or(usize::MAX));
    let (start, end) = match (first, last) {
        ("", "") => return Part::Ignored,
        ("", suffix) => match number(suffix) {
            Some(0) => return Part::Impossible,
            Some(suffix) => (length.saturating_sub(suffix), length),
            None => return Part::Ignored,
        },
        (first, "") => match number(first) {
            Some(first) => (first, length),
            None => return Part::Ignored,
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => (first, last.saturating_add(1).min(length)),
            _ => return Part::Ignored,
        },
    };
    if start < end { Part::Of(start, end) } else { Part::Impossible }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_part_or_impossible_or_ignored() {
        let of = |range| part(range, 10);
        assert_eq!(
            [of("bytes=0-1"), of("bytes=8-"), of("bytes=-3"), of("bytes=-99"), of("bytes=5-99")],
            [Part::Of(0, 2), Part::Of(8, 10), Part::Of(7, 10), Part::Of(0, 10), Part::Of(5, 10)]
        );
        for impossible in ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"] {
            assert_eq!(of(impossible), Part::Impossible, "{impossible}");
        }
        for odd in ["bytes=", "bytes=-", "bytes=a-b", "bytes=3-1", "bytes=0-1,4-5", "lines=0-1", "bytes=+1-2"] {
            assert_eq!(of(odd), Part::Ignored, "{odd}");
        }
        assert_eq!(part("bytes=-5", 0), Part::Impossible);
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let answer = |name: HeaderName, value: &str| {
            let headers = HeaderMap::from_iter([(name, value.parse().unwrap())]);
            Answer::ok("text/plain", "words").to(&Method::GET, &headers)
        };
        let tag = answer(RANGE, "x").headers()[ETAG].to_str().unwrap().to_owned();
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            assert_eq!(answer(IF_NONE_MATCH, &known).status(), StatusCode::NOT_MODIFIED);
        }
        assert_eq!(answer(IF_NONE_MATCH, "\"x\"").status(), StatusCode::OK);
    }
}
