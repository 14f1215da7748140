//! Why a site was not published.

use std::fmt;

/// A reason why a site was not published, or not wholly; it never holds a credential.
#[derive(Debug)]
pub struct Error {
    /// What sort of reason it is.
    pub kind: ErrorKind,
    /// One sentence, with the key or the path that it is about.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// What sort of reason keeps a site from being published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The settings, or what the environment holds of credentials, cannot do.
    Settings,
    /// A guard holds: publishing would harm what is there.
    Refused,
    /// Another publish was faster.
    Overtaken,
    /// What was asked for is not there.
    Missing,
    /// The host, the network or the file system refused.
    Host,
}

impl Error {
    /// Tells that settings or credentials cannot do.
    pub(super) fn settings(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Settings, message)
    }

    /// Tells of a guard that holds.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Refused, message)
    }

    /// Tells that another publish was faster.
    pub(super) fn overtaken(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Overtaken, message)
    }

    /// Tells that something is not at the host.
    pub(super) fn missing(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Missing, message)
    }

    /// Tells that there is nothing for a rollback.
    pub(super) fn no_earlier() -> Self {
        Self::missing("there is no earlier site to bring back")
    }

    /// Tells what a host or the system refused.
    pub(super) fn host(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Host, message)
    }

    /// Gives a function that tells what the file system refused.
    pub(super) fn io<'a>(doing: &'a str, path: &'a std::path::Path) -> impl FnOnce(std::io::Error) -> Self + 'a {
        move |error| Self::host(format!("cannot {doing} `{}`: {error}", path.display()))
    }

    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: None }
    }

    /// Says what to do about it.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Puts what was being done before the message.
    pub(super) fn during(self, what: &str) -> Self {
        Self { message: format!("{what}: {}", self.message), ..self }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
