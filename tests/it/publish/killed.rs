//! A publisher that is killed at each of its requests in turn, and run again.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use super::s3::{ENVIRONMENT, publish};
use super::server::{Fault, Seen, Server};
use super::{change, site};
use crate::fixture::{NOW, Outcome, Site, program};

/// What stands in a bucket: the bytes of every object, and what it is served with.
type Bucket = BTreeMap<String, (Vec<u8>, serde_json::Value)>;

/// A site that is published, and has changed since.
struct Story {
    server: Server,
    site: Site,
}

impl Story {
    fn begin() -> Self {
        let server = Server::start();
        let site = site(&server.target());
        publish(&site, &[]).succeeds();
        change(&site);
        Self { server, site }
    }

    /// Tells it once more from here on, with a bucket and a site of its own.
    fn again(&self) -> Self {
        let server = self.server.copy();
        let site = Site::copy_of(&self.site.root());
        let settings = std::fs::read_to_string(site.path("site.toml")).expect("it is there");
        site.put("site.toml", settings.replace(&self.server.target(), &server.target()));
        Self { server, site }
    }

    fn bucket(&self) -> Bucket {
        let objects = self.server.objects().into_iter();
        objects.map(|(key, bytes)| (key.clone(), (bytes, self.server.headers(&key)))).collect()
    }

    /// Publishes, and kills the publisher when the request of that number arrives.
    fn is_killed_at(&self, number: usize, fault: Fault) -> Vec<Seen> {
        self.server.log();
        self.server.rule(move |seen| match seen.number {
            earlier if earlier < number => Fault::None,
            exact if exact == number => fault,
            _ => Fault::Hang,
        });
        let mut command = program();
        command.args(["publish", "--yes", "--now", NOW, "--root"]).arg(self.site.root()).envs(ENVIRONMENT);
        let mut child = command.stdout(Stdio::null()).spawn().expect("the program starts");
        assert!(self.server.hangs(Duration::from_secs(20)), "request {number} never came");
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
        self.server.rule(|_| Fault::None);
        self.server.log()
    }

    /// Publishes to the end.
    fn ends(&self) -> (Outcome, Vec<Seen>) {
        let outcome = publish(&self.site, &[]);
        outcome.succeeds();
        (outcome, self.server.log())
    }
}

/// Lists what was written twice with the same bytes.
fn twice(log: &[Seen]) -> Vec<(&str, &str)> {
    let mut written: Vec<_> = log.iter().filter(|seen| seen.put()).map(|seen| (&*seen.key, &*seen.content)).collect();
    written.sort_unstable();
    written.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
}

#[test]
fn killed_at_every_request_the_next_run_ends_the_same_and_sends_nothing_twice() {
    let first = Story::begin();
    let clean = first.again();
    let (_, requests) = clean.ends();
    let wanted = clean.bucket();
    assert!(requests.len() > 30, "{}", requests.len());
    // Requests of one part are sent side by side, so that a number is not always the same request.
    for number in 0..requests.len() {
        let is_third = number % 3 == 0;
        for fault in [Fault::Hang, Fault::Mute].into_iter().take(1 + usize::from(is_third)) {
            let story = first.again();
            let mut log = story.is_killed_at(number, fault);
            let ended = log.iter().any(|seen| seen.method == "DELETE" && seen.key == ".dateline/pending.json");
            let (outcome, rest) = story.ends();
            let here = format!("killed at request {number}, {fault:?}");
            let took_over = rest.iter().filter(|seen| seen.put() && seen.key == ".dateline/pending.json").count();
            assert_eq!(took_over, usize::from(!ended), "{here}: the journal is taken over");
            assert_eq!(outcome.json()["published"], !ended, "{here}");
            log.extend(rest);
            assert!(twice(&log).is_empty(), "{here}: {:#?}", twice(&log));
            let bucket = story.bucket();
            assert_eq!(bucket.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>(), "{here}");
            let unlike = bucket.iter().filter(|(key, object)| wanted[*key] != **object).map(|(key, _)| key);
            assert_eq!(unlike.collect::<Vec<_>>(), Vec::<&String>::new(), "{here}");
        }
    }
}
