//! Who may ask, and for what: the preview answers the author's own browser and nobody else.
//!
//! A page of another site can send requests to a server on the reader's own machine. With a name that it has made to
//! mean 127.0.0.1 (DNS rebinding) it could read the answers too, and with them drafts and embargoed pieces. So only
//! names are answered to that no other site can have, and a page of another origin hears no events.

use std::net::IpAddr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use percent_encoding::percent_decode_str;

/// Where the preview's own files are, apart from the site's.
pub(super) const OWN: &str = "/__dateline/";

/// The longest target that is looked at, in bytes; a site's longest paths have a few hundred.
const LONGEST_TARGET: usize = 8 << 10;

/// The names that the server is called by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hosts {
    /// Whether only this machine can reach it; its other addresses are answered to as well where not.
    pub(super) loopback: bool,
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The status.
    pub(super) status: StatusCode,
    /// The reason in a sentence; nothing of the request stands in it.
    pub(super) why: &'static str,
}

const fn refusal(status: StatusCode, why: &'static str) -> Refusal {
    Refusal { status, why }
}

/// Admits a request, and gives its path with every `%` read.
///
/// # Errors
/// 414 for a target that is too long, 400 for one that is no plain path and for a request without one host, 403 for a
/// stranger, 405 for a method that would change something.
pub(super) fn admit(method: &Method, uri: &Uri, headers: &HeaderMap, hosts: Hosts) -> Result<String, Refusal> {
    let target = uri.path_and_query().map_or(0, |target| target.as_str().len());
    if target > LONGEST_TARGET {
        return Err(refusal(StatusCode::URI_TOO_LONG, "The address is too long."));
    }
    let mut named = headers.get_all(HOST).iter();
    let (Some(host), None) = (named.next().and_then(|host| host.to_str().ok()), named.next()) else {
        return Err(refusal(StatusCode::BAD_REQUEST, "A request names one host."));
    };
    if !hosts.has(host) {
        return Err(refusal(StatusCode::FORBIDDEN, "The preview answers to this machine's own names only."));
    }
    if method != Method::GET && method != Method::HEAD {
        return Err(refusal(StatusCode::METHOD_NOT_ALLOWED, "The preview can only be read."));
    }
    if uri.authority().is_some() || !uri.path().starts_with('/') {
        return Err(refusal(StatusCode::BAD_REQUEST, "The preview is no proxy."));
    }
    let path = decode(uri.path()).ok_or(refusal(StatusCode::BAD_REQUEST, "This is no path on a site."))?;
    if path.starts_with(OWN) && is_from_elsewhere(headers, host) {
        return Err(refusal(StatusCode::FORBIDDEN, "The preview speaks to its own pages only."));
    }
    Ok(path)
}

/// Reads a path; none where it is not UTF-8, holds what no file's name does, or climbs out of a folder.
fn decode(path: &str) -> Option<String> {
    let is_hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = path.as_bytes();
    let is_whole = |(at, _): (usize, &str)| is_hex(bytes.get(at + 1)) && is_hex(bytes.get(at + 2));
    if !path.match_indices('%').all(is_whole) {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let is_plain = !path.contains(|c: char| c == '\\' || c.is_control())
        && !path.split('/').any(|part| part == ".." || part == ".");
    is_plain.then(|| path.into_owned())
}

/// Tells whether a page of another origin asks: browsers say so in one of two headers.
fn is_from_elsewhere(headers: &HeaderMap, host: &str) -> bool {
    let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(|origin| origin.eq_ignore_ascii_case(host));
    let origin = headers.get(ORIGIN).is_some_and(|origin| !origin.to_str().is_ok_and(is_own));
    let fetched = headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    origin || fetched
}

impl Hosts {
    /// Tells whether a `Host` is a name of this machine that nobody else can have.
    fn has(self, host: &str) -> bool {
        let Some(name) = without_port(host) else { return false };
        if let Ok(address) = name.parse::<IpAddr>() {
            return !self.loopback || address.is_loopback();
        }
        name.eq_ignore_ascii_case("localhost")
    }
}

/// Cuts the port off a host; none where what stands there is no port.
fn without_port(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (name, port) = rest.split_once(']')?;
            name.contains(':').then_some(())?;
            (name, if port.is_empty() { None } else { Some(port.strip_prefix(':')?) })
        }
        None => host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port))),
    };
    port.is_none_or(|port| port.parse::<u16>().is_ok()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(method: &str, target: &str, headers: &[(&'static str, &str)]) -> Result<String, u16> {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        let uri = target.parse().unwrap();
        admit(&method.parse().unwrap(), &uri, &headers, Hosts { loopback: true }).map_err(|no| no.status.as_u16())
    }

    #[test]
    fn only_names_are_answered_to_that_no_stranger_can_have() {
        let status = |host| ask("GET", "/", &[("host", host)]).map_or_else(|status| status, |_| 200);
        for own in ["localhost", "LOCALHOST:4747", "127.0.0.1:80", "127.8.8.8", "[::1]:1"] {
            assert_eq!(status(own), 200, "{own}");
        }
        for strange in [
            "evil.example",
            "127.0.0.1.evil.test",
            "localhost.evil.test",
            "192.168.0.1",
            "[::2]",
            "localhost:x",
            "127.0.0.1:80:80",
            "",
            "localhost.",
            "evil@localhost",
            "[127.0.0.1]",
            "0x7f000001",
        ] {
            assert_eq!(status(strange), 403, "{strange}");
        }
        assert!(Hosts { loopback: false }.has("192.168.0.1:80") && !Hosts { loopback: false }.has("evil.example"));
        assert_eq!(ask("GET", "/", &[]), Err(400));
    }

    #[test]
    fn a_target_is_a_plain_path() {
        let path = |target| ask("GET", target, &[("host", "localhost")]);
        assert_eq!(path("/a%20b/%C3%A9?q=%zz"), Ok("/a b/é".to_owned()));
        assert_eq!(path("//etc"), Ok("//etc".to_owned()));
        for bad in
            ["/../x", "/a/%2e%2e/x", "/..%2fx", "/a/..%5cx", "/%00", "/%ff", "/%", "/%4", "/%g0", "http://localhost/"]
        {
            assert_eq!(path(bad), Err(400), "{bad}");
        }
        assert_eq!(path(&format!("/{}", "a".repeat(20_000))), Err(414));
    }

    #[test]
    fn nothing_can_be_changed() {
        for method in ["POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW"] {
            assert_eq!(ask(method, "/", &[("host", "localhost")]), Err(405), "{method}");
        }
    }

    #[test]
    fn the_previews_own_files_are_for_its_own_pages() {
        let ask = |headers: &[(&'static str, &str)]| {
            let host = [("host", "localhost:4747")];
            ask("GET", "/__dateline/events", &[&host, headers].concat()).is_ok()
        };
        assert!(ask(&[]) && ask(&[("origin", "http://localhost:4747"), ("sec-fetch-site", "same-origin")]));
        for origin in
            ["http://evil.example", "null", "https://localhost:4747", "http://localhost:4748", "http://localhost"]
        {
            assert!(!ask(&[("origin", origin)]), "{origin}");
        }
        assert!(!ask(&[("sec-fetch-site", "cross-site")]) && !ask(&[("sec-fetch-site", "same-site")]));
    }
}
