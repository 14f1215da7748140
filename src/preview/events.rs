//! What browsers are told while the author writes: server-sent events, one pulse after the other.
//!
//! A pulse is a handful of numbers that only go up, and a browser is always sent the latest: one that reads slowly
//! costs no queue, and misses nothing by missing some.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::Semaphore;

use super::respond;
use super::state::State;

/// How often a browser that hears nothing is sent a comment, so that one that is gone is noticed.
const ALIVE: Duration = Duration::from_secs(15);

/// Answers with pulses, the present one first; `seats` bounds how many are listened to at a time.
pub(super) fn answer(state: &State, seats: &Arc<Semaphore>) -> Response {
    let Ok(seat) = Arc::clone(seats).try_acquire_owned() else {
        return respond::text(StatusCode::SERVICE_UNAVAILABLE, "Too many pages listen already.");
    };
    let mut pulses = state.pulses();
    pulses.mark_changed();
    let next = |(mut pulses, seat): (tokio::sync::watch::Receiver<_>, _)| async move {
        pulses.changed().await.ok()?;
        let pulse = serde_json::to_string(&*pulses.borrow_and_update()).unwrap_or_default();
        Some((Ok::<_, Infallible>(Event::default().event("pulse").data(pulse)), (pulses, seat)))
    };
    Sse::new(stream::unfold((pulses, seat), next)).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}
