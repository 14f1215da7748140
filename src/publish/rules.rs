//! Headers and redirects in the languages of hosts: `_headers`, `_redirects`, nginx and Caddy.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::headers::{self, Policy};
use super::manifest::Manifest;
use crate::pages::{self, Page};
use crate::site::Site;

/// An old path and the link to where it leads, both as they stand in a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Redirect {
    from: String,
    to: String,
}

/// Lists the old paths of a site.
///
/// None of them leads to another: a redirect leads to a page, and `same-address` is an error where two things want one
/// address, so there are no chains, loops or collisions.
pub(super) fn redirects(site: &Site) -> Vec<Redirect> {
    let redirect = |page: &Page| match page {
        Page::Redirect { to, .. } => {
            Some(Redirect { from: pages::href(&site.briefing, page), to: pages::href(&site.briefing, to) })
        }
        _ => None,
    };
    site.pages.iter().filter_map(redirect).collect()
}

/// What all answers of a site have in common.
#[derive(Debug)]
pub(super) struct Rules<'a> {
    /// Its old paths.
    pub(super) redirects: &'a [Redirect],
    /// The Content-Security-Policy, where it is not the usual one.
    pub(super) policy: Option<&'a str>,
    /// Whether it has pages that other sites may show in a frame.
    pub(super) embeds: bool,
}

impl Rules<'_> {
    /// Writes `_redirects`, as Netlify, Cloudflare Pages, GitLab Pages and Codeberg Pages read it.
    pub(super) fn redirects_file(&self) -> String {
        self.redirects.iter().map(|Redirect { from, to }| format!("{from} {to} 301\n")).collect()
    }

    /// Writes `_redirects` for Netlify alone, which without the mark would answer with the page at the old path.
    pub(super) fn forced_redirects_file(&self) -> String {
        self.redirects.iter().map(|Redirect { from, to }| format!("{from} {to} 301!\n")).collect()
    }

    /// Writes `_headers`, as Netlify and Cloudflare Pages read it.
    ///
    /// Where several rules of it name one header, a page sends all their values, and a browser holds to each policy. So
    /// where some pages are for frames, the rule for all pages says nothing of frames, and all other folders get a rule.
    pub(super) fn headers_file(&self, site: &Manifest) -> String {
        let policy = Policy::of(self.policy);
        let for_all = if self.embeds { &policy.common } else { &policy.of_pages() };
        let mut text = "/*\n".to_owned();
        for (name, value) in headers::security(for_all) {
            let _ = writeln!(text, "  {name}: {value}");
        }
        if let Some(frames) = policy.frames.as_ref().filter(|_| self.embeds) {
            for path in folders(site) {
                let _ = write!(text, "{path}\n  {}: {frames}\n", headers::POLICY_NAME);
            }
        }
        for (path, file) in &site.files {
            if headers::is_hashed(path) {
                let _ = write!(text, "/{}\n  Cache-Control: {}\n", pages::encode(path), file.headers.cache_control);
            }
        }
        text
    }

    /// Writes what belongs into a `server` of nginx.
    pub(super) fn nginx(&self) -> String {
        let mut text = "# Written by dateline publish. Include it in a `server` whose `root` is the site.\n".to_owned();
        text.push_str("index index.html;\nerror_page 404 /404.html;\ncharset utf-8;\n");
        text.push_str("charset_types text/css text/javascript application/javascript text/csv text/calendar application/xml application/atom+xml image/svg+xml;\n");
        text.push_str("location ^~ /.dateline { return 404; }\n");
        text.push_str("# With the module: gzip_static on; and brotli_static on;\n");
        let policy = Policy::of(self.policy);
        if self.embeds {
            let _ = writeln!(text, "set $dateline_policy \"{}\";", policy.of_pages());
            let _ = writeln!(text, "if ($uri ~ \"{FRAMED}\") {{ set $dateline_policy \"{}\"; }}", policy.of_embeds());
        }
        let for_all = if self.embeds { "$dateline_policy" } else { &policy.of_pages() };
        for (name, value) in headers::security(for_all) {
            let _ = writeln!(text, "add_header {name} \"{value}\" always;");
        }
        text.push_str("add_header Cache-Control $dateline_cache always;\n");
        text.push_str("set $dateline_cache \"no-cache\";\n");
        text.push_str("if ($uri ~ \"[.-](?=[0-9a-f]*[a-f])[0-9a-f]{8,64}\\.[^./]+$\") { set $dateline_cache \"public, max-age=31536000, immutable\"; }\n");
        for Redirect { from, to } in self.redirects {
            let _ = writeln!(text, "location = \"{}\" {{ return 301 \"{}\"; }}", decoded(from), to.replace('$', "%24"));
        }
        text
    }

    /// Writes what belongs into a site of Caddy.
    pub(super) fn caddy(&self) -> String {
        let mut text = "# Written by dateline publish. Import it in a site whose `root` is set.\n".to_owned();
        let policy = Policy::of(self.policy);
        text.push_str("header {\n");
        for (name, value) in headers::security(&policy.of_pages()) {
            if name != headers::POLICY_NAME || !self.embeds {
                let _ = writeln!(text, "\t{name} \"{value}\"");
            }
        }
        text.push_str("}\n");
        if self.embeds {
            let _ = writeln!(text, "@framed path_regexp {FRAMED}\n@unframed not path_regexp {FRAMED}");
            let name = headers::POLICY_NAME;
            let _ = writeln!(text, "header @framed {name} \"{}\"", policy.of_embeds());
            let _ = writeln!(text, "header @unframed {name} \"{}\"", policy.of_pages());
        }
        // Each path has one of the two: Caddy promises no order among headers that both set.
        let hashed = "path_regexp('[.-][0-9a-f]{8,64}[.][^./]+$') && path_regexp('[.-][0-9]*[a-f][0-9a-f]*[.][^./]+$')";
        let _ = writeln!(text, "@hashed expression `{hashed}`\n@plain expression `!({hashed})`");
        text.push_str("header @hashed Cache-Control \"public, max-age=31536000, immutable\"\n");
        text.push_str("header @plain Cache-Control \"no-cache\"\n");
        for Redirect { from, to } in self.redirects {
            let _ = writeln!(text, "redir \"{}\" \"{to}\" 301", decoded(from));
        }
        text.push_str("respond /.dateline* 404\nfile_server {\n\tprecompressed br gzip\n}\n");
        text.push_str("handle_errors {\n\trewrite * /404.html\n\tfile_server\n}\n");
        text
    }
}

/// What the paths of pages for frames have in them, as an expression of servers: the host's path may stand before it.
const FRAMED: &str = "/embed/(claims|companies)/";

/// Lists what stands at the top of a site, folders with all that is in them, but for the pages for frames.
fn folders(site: &Manifest) -> BTreeSet<String> {
    let is_framed =
        |path: &str| path.strip_prefix(pages::EMBEDS.trim_start_matches('/')).is_some_and(|rest| rest.starts_with('/'));
    let top = |path: &String| match path.split_once('/') {
        Some((folder, _)) => format!("/{}/*", pages::encode(folder)),
        None if path == "index.html" => "/".to_owned(),
        None => format!("/{}", pages::encode(path)),
    };
    let pages = site.files.keys().filter(|path| path.ends_with(".html") && !is_framed(path));
    pages.map(top).collect()
}

/// Gives a path as servers compare it, without what a string of theirs cannot hold.
fn decoded(path: &str) -> String {
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    path.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::manifest::File;

    #[test]
    fn every_language_has_the_policy_and_the_old_paths() {
        let redirects = [Redirect { from: "/old%20one/".into(), to: "/analyses/new/".into() }];
        let rules = Rules { redirects: &redirects, policy: None, embeds: false };
        let site = Manifest::new("https://a.org", jiff::Timestamp::UNIX_EPOCH, <_>::default());
        assert_eq!(rules.redirects_file(), "/old%20one/ /analyses/new/ 301\n");
        for text in [rules.headers_file(&site), rules.nginx(), rules.caddy()] {
            assert!(text.contains("script-src 'self'"), "{text}");
        }
        assert!(rules.nginx().contains("location = \"/old one/\" { return 301 \"/analyses/new/\"; }"));
        assert!(rules.caddy().contains("redir \"/old one/\" \"/analyses/new/\" 301"));
    }

    #[test]
    fn pages_for_frames_have_a_policy_of_their_own() {
        let rules = Rules { redirects: &[], policy: None, embeds: true };
        let file = || File {
            hash: crate::emit::ContentHash::of(b""),
            size: 0,
            kind: headers::kind_of_asset("a.html"),
            headers: headers::of("a.html"),
        };
        let paths = ["index.html", "404.html", "style.css", "claims/a/index.html", "embed/claims/a/b/index.html"];
        let files = paths.map(|path| (path.to_owned(), file())).into();
        let text = rules.headers_file(&Manifest::new("https://a.org", jiff::Timestamp::UNIX_EPOCH, files));
        let frames = "\n  Content-Security-Policy: frame-ancestors 'none'\n";
        for path in ["/", "/index.html", "/404.html", "/claims/*"].iter().filter(|path| **path != "/index.html") {
            assert!(text.contains(&format!("\n{path}{frames}")), "{path}: {text}");
        }
        assert!(!text.contains("/embed"), "{text}");
        assert!(rules.nginx().contains("if ($uri ~ \"/embed/(claims|companies)/\")"), "{}", rules.nginx());
        assert!(rules.caddy().contains("header @framed Content-Security-Policy"), "{}", rules.caddy());
    }
}
