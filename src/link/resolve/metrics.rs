//! Metrics and events by id and alias; one that nobody declared works all the same.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Directory;
use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::ids::{EventId, MetricId};
use crate::link::names::{Meaning, Names};
use crate::model::{Analysis, Event, Metric, built_in_metrics, repeats};
use crate::text::{Place, Spanned};
use crate::value::Family;

/// The file that declares metrics.
const METRICS: &str = "content/metrics.toml";

/// Metrics and events under all their names.
pub(super) struct MetricIndex {
    metrics: Vec<Metric>,
    names: Names<MetricId>,
    events: Vec<Event>,
    event_ids: FxHashMap<String, EventId>,
}

impl MetricIndex {
    /// Learns the built-in metrics, then the declared ones, which win, and the declared events.
    pub(super) fn of(declared: Vec<Metric>, events: Vec<Event>, diagnostics: &mut Diagnostics) -> Self {
        let file = Arc::from(METRICS);
        let declared_ids: Vec<_> = declared.iter().map(|own| Spanned::new(own.id.clone(), own.span)).collect();
        for (second, first) in repeats(&declared_ids) {
            let message = format!("two metrics have the id `{}`", shown(&second.value));
            let error = Diagnostic::error("duplicate-id", message).at(Place::new(&file, second.span));
            diagnostics.push(error.label(Place::new(&file, first.span), "the first is here"));
        }
        let kept = built_in_metrics().into_iter().filter(|metric| declared.iter().all(|own| own.id != metric.id));
        let metrics: Vec<Metric> = kept.chain(declared.iter().cloned()).collect();
        let mut names = Names::new();
        for (index, metric) in metrics.iter().enumerate() {
            let id = MetricId::at(index);
            names.add_id(&metric.id, id);
            for alias in &metric.aliases {
                names.add_alias(&Metric::id_of(alias), id);
            }
        }
        let event_ids =
            events.iter().enumerate().map(|(index, event)| (event.id.clone(), EventId::at(index))).collect();
        let index = Self { metrics, names, events, event_ids };
        index.check_aliases(&file, diagnostics);
        index
    }

    /// Resolves a metric; one that nobody declared takes the family of the value that it comes with.
    pub(super) fn metric(
        &mut self,
        name: &Spanned<String>,
        family: Option<Family>,
        analysis: &Analysis,
        diagnostics: &mut Diagnostics,
    ) -> MetricId {
        let id = Metric::id_of(&name.value);
        if let Some(found) = self.names.one(&id) {
            let metric = &mut self.metrics[found.index()];
            metric.family = metric.family.or(family);
            return found;
        }
        let message = format!("no metric is called `{}`", shown(&name.value));
        let warning = Diagnostic::warning("undeclared-metric", message);
        let own = shown(&id);
        let help = match self.names.suggest(&id) {
            Some(near) => format!("did you mean `{}`? If not, declare `[{own}]` in content/metrics.toml", shown(near)),
            None => format!("declare `[{own}]` in content/metrics.toml with its label and unit"),
        };
        diagnostics.push(warning.at(analysis.origin.place(name.span)).help(help));
        let made = MetricId::at(self.metrics.len());
        self.metrics.push(Metric::undeclared(&id, family));
        self.names.add_id(&id, made);
        made
    }

    /// Holds the companies that declared events name to those that there are.
    pub(super) fn check_events(&self, directory: &mut Directory, diagnostics: &mut Diagnostics) {
        let file = Arc::from("content/events.toml");
        for company in self.events.iter().filter_map(|event| event.company.as_ref()) {
            directory.company_at(company, &file, diagnostics);
        }
    }

    /// Reports aliases that two metrics share; a claim that uses one means the first.
    fn check_aliases(&self, file: &Arc<str>, diagnostics: &mut Diagnostics) {
        for metric in &self.metrics {
            for alias in &metric.aliases {
                let Some(Meaning::Several(a, b)) = self.names.get(&Metric::id_of(alias)) else { continue };
                let [a, b] = [a, b].map(|id| &self.metrics[id.index()]);
                if metric.id == b.id {
                    let ids = [alias, &a.id, &b.id].map(|name| shown(name));
                    let message = format!("`{}` is an alias of `{}` and of `{}`", ids[0], ids[1], ids[2]);
                    let error = Diagnostic::error("ambiguous-name", message).at(Place::new(file, metric.span));
                    diagnostics.push(error.help("give one of them another alias"));
                }
            }
        }
    }

    /// The family of a metric's units, where it is known.
    pub(super) fn family(&self, id: MetricId) -> Option<Family> {
        self.metrics[id.index()].family
    }

    /// The id of a metric, as messages show it.
    pub(super) fn metric_id(&self, id: MetricId) -> &str {
        &self.metrics[id.index()].id
    }

    /// Resolves an event; one that nobody declared is made.
    pub(super) fn event(&mut self, id: &str) -> EventId {
        if let Some(found) = self.event_ids.get(id) {
            return *found;
        }
        let made = EventId::at(self.events.len());
        self.events.push(Event::undeclared(id));
        self.event_ids.insert(id.to_owned(), made);
        made
    }

    /// Gives metrics and events up.
    pub(super) fn finish(self) -> (Vec<Metric>, Vec<Event>) {
        (self.metrics, self.events)
    }
}
