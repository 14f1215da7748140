//! Diagnostics as a log of SARIF 2.1.0 (OASIS, 2020), for code scanning.

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::places::{Places, Spot};
use super::write_json;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::text::Place;

/// All but the unreserved characters of RFC 3986, section 2.3, and the slash between folders.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
/// The file that stands for the whole site: services refuse a result without a file.
const SITE: &str = "site.toml";

#[derive(Serialize)]
struct Log<'d> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'d>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'d> {
    tool: Tool<'d>,
    column_kind: &'static str,
    results: Vec<Outcome<'d>>,
}

#[derive(Serialize)]
struct Tool<'d> {
    driver: Driver<'d>,
}

#[derive(Serialize)]
struct Driver<'d> {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule<'d>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'d> {
    id: &'d str,
    short_description: Text,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

/// A result, as the format calls a diagnostic.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'d> {
    rule_id: &'d str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

/// Writes a log of one run; its rules are the codes that occur, in the order of the alphabet.
pub(super) fn write(out: &mut dyn Write, diagnostics: &Diagnostics, places: &Places<'_>) -> io::Result<()> {
    let mut codes: BTreeMap<&str, usize> = diagnostics.iter().map(|diagnostic| (diagnostic.code, 0)).collect();
    codes.values_mut().enumerate().for_each(|(n, index)| *index = n);
    let rules = codes.keys().map(|id| Rule { id, short_description: Text { text: id.replace('-', " ") } }).collect();
    let driver = Driver { name: "Dateline", version: env!("CARGO_PKG_VERSION"), rules };
    let results = diagnostics.iter().map(|diagnostic| outcome(diagnostic, &codes, places)).collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
    };
    write_json(out, &log)
}

fn outcome<'d>(diagnostic: &'d Diagnostic, codes: &BTreeMap<&str, usize>, places: &Places<'_>) -> Outcome<'d> {
    let labels = diagnostic.labels.iter();
    Outcome {
        rule_id: diagnostic.code,
        rule_index: codes.get(diagnostic.code).copied().unwrap_or_default(),
        level: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: Text {
            text: match &diagnostic.help {
                Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
                None => diagnostic.message.clone(),
            },
        },
        locations: [location(diagnostic.place.as_ref(), None, places)],
        related_locations: labels.map(|label| location(Some(&label.place), Some(&label.text), places)).collect(),
    }
}

fn location(place: Option<&Place>, label: Option<&str>, places: &Places<'_>) -> Location {
    let file = place.map_or(SITE, |place| &place.file);
    let region = place.and_then(|place| places.get(place)).map(|Spot { start, end, .. }| Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
    });
    Location {
        physical_location: Physical {
            artifact_location: Artifact { uri: utf8_percent_encode(file, PATH).to_string(), uri_base_id: "%SRCROOT%" },
            region,
        },
        message: label.map(|text| Text { text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::fixture::drawn;

    #[test]
    fn a_log_has_its_rules_and_its_results() {
        let file = |uri: &str| format!(r#""artifactLocation":{{"uri":"{uri}","uriBaseId":"%SRCROOT%"}}"#);
        let region = |numbers: [u32; 4]| {
            let [line, column, end_line, end_column] = numbers;
            format!(
                r#""region":{{"startLine":{line},"startColumn":{column},"endLine":{end_line},"endColumn":{end_column}}}"#
            )
        };
        let (a, b, gone) = (file("content/a.md"), file("content/b%2C%20100%25.md"), file("content/gone%07.md"));
        let rules = ["front-matter", "no-title", "odd-id", "unknown-key", "unreadable"]
            .map(|id| format!(r#"{{"id":"{id}","shortDescription":{{"text":"{}"}}}}"#, id.replace('-', " ")));
        let results = [
            format!(
                r#"{{"ruleId":"no-title","ruleIndex":1,"level":"error","message":{{"text":"the site has no title"}},"locations":[{{"physicalLocation":{{{}}}}}]}}"#,
                file("site.toml")
            ),
            format!(
                r#"{{"ruleId":"unknown-key","ruleIndex":3,"level":"error","message":{{"text":"unknown key `compnay`\nhelp: did you mean `company`?\nit is optional"}},"locations":[{{"physicalLocation":{{{a},{}}}}}],"relatedLocations":[{{"physicalLocation":{{{a},{}}},"message":{{"text":"its value"}}}},{{"physicalLocation":{{{b},{}}},"message":{{"text":"the same, here"}}}}]}}"#,
                region([3, 1, 3, 8]),
                region([3, 11, 3, 17]),
                region([1, 2, 1, 4])
            ),
            format!(
                r#"{{"ruleId":"odd-id","ruleIndex":2,"level":"warning","message":{{"text":"odd: \u001b[2J, 100%\r\n::set-output"}},"locations":[{{"physicalLocation":{{{b},{}}}}}]}}"#,
                region([1, 8, 1, 16])
            ),
            format!(
                r#"{{"ruleId":"unreadable","ruleIndex":4,"level":"warning","message":{{"text":"the file cannot be read"}},"locations":[{{"physicalLocation":{{{gone}}}}}],"relatedLocations":[{{"physicalLocation":{{{gone}}},"message":{{"text":"again"}}}}]}}"#
            ),
            format!(
                r#"{{"ruleId":"front-matter","ruleIndex":0,"level":"error","message":{{"text":"it never ends"}},"locations":[{{"physicalLocation":{{{a},{}}}}}],"relatedLocations":[{{"physicalLocation":{{{a}}},"message":{{"text":"in here"}}}}]}}"#,
                region([1, 1, 2, 6])
            ),
        ];
        let expected = format!(
            r#"{{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"Dateline","version":"{}","rules":[{}]}}}},"columnKind":"unicodeCodePoints","results":[{}]}}]}}"#,
            env!("CARGO_PKG_VERSION"),
            rules.join(","),
            results.join(",")
        );
        assert_eq!(drawn(Format::Sarif), expected + "\n");
    }
}
