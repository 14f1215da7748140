//! The clock that leases are held against; what is published never depends on it.

use jiff::Timestamp;

/// The present.
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}
