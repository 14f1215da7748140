//! Headers and redirects in the languages of hosts: `_headers`, `_redirects`, nginx and Caddy.

use std::fmt::Write;

use super::headers;
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
    pub(super) fn headers_file(&self, site: &Manifest) -> String {
        let mut text = "/*\n".to_owned();
        for (name, value) in headers::security(self.policy) {
            let _ = writeln!(text, "  {name}: {value}");
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
        for (name, value) in headers::security(self.policy) {
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
        text.push_str("header {\n");
        for (name, value) in headers::security(self.policy) {
            let _ = writeln!(text, "\t{name} \"{value}\"");
        }
        text.push_str("}\n");
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

/// Gives a path as servers compare it, without what a string of theirs cannot hold.
fn decoded(path: &str) -> String {
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    path.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_policy_and_the_old_paths() {
        let redirects = [Redirect { from: "/old%20one/".into(), to: "/analyses/new/".into() }];
        let rules = Rules { redirects: &redirects, policy: None };
        let site = Manifest::new("https://a.org", jiff::Timestamp::UNIX_EPOCH, <_>::default());
        assert_eq!(rules.redirects_file(), "/old%20one/ /analyses/new/ 301\n");
        for text in [rules.headers_file(&site), rules.nginx(), rules.caddy()] {
            assert!(text.contains("script-src 'self'"), "{text}");
        }
        assert!(rules.nginx().contains("location = \"/old one/\" { return 301 \"/analyses/new/\"; }"));
        assert!(rules.caddy().contains("redir \"/old one/\" \"/analyses/new/\" 301"));
    }
}
