//! A connection on which a `#` in a request's target is seen.
//!
//! The part of an address after `#` belongs to the browser and is never sent (RFC 9110, section 7.1). The parser of
//! targets below this server cuts it off in silence, so that `/#/../x` would be answered as `/`. Here the byte becomes
//! one that no target has, and the request is refused as any other that is malformed.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// DEL, which no target has.
const REFUSED: u8 = 0x7f;

/// A connection whose request lines are looked at.
#[derive(Debug)]
pub(super) struct Looked<C> {
    connection: C,
    line: Line,
}

/// Which line of a request is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// The first one, or an empty one before it.
    Request { is_empty: bool },
    /// One of its header.
    Field { is_empty: bool },
}

impl<C> Looked<C> {
    /// Looks at a connection from its first byte on.
    pub(super) fn new(connection: C) -> Self {
        Self { connection, line: Line::Request { is_empty: true } }
    }
}

impl Line {
    /// Takes the next bytes of a connection.
    fn look(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            *self = match (*self, *byte) {
                (line, b'\r') => line,
                (Self::Request { is_empty: true }, b'\n') => *self,
                (Self::Request { is_empty: false } | Self::Field { is_empty: false }, b'\n') => {
                    Self::Field { is_empty: true }
                }
                (Self::Field { is_empty: true }, b'\n') => Self::Request { is_empty: true },
                (Self::Request { .. }, b'#') => {
                    *byte = REFUSED;
                    Self::Request { is_empty: false }
                }
                (Self::Request { .. }, _) => Self::Request { is_empty: false },
                (Self::Field { .. }, _) => Self::Field { is_empty: false },
            };
        }
    }
}

impl<C: AsyncRead + Unpin> AsyncRead for Looked<C> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.connection).poll_read(cx, buffer);
        if let Some(new) = buffer.filled_mut().get_mut(before..) {
            self.line.look(new);
        }
        read
    }
}

impl<C: AsyncWrite + Unpin> AsyncWrite for Looked<C> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.connection).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.connection).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_refused_in_targets_alone_however_the_bytes_arrive() {
        let requests = "\r\nGET /a#b HTTP/1.1\r\nx: #\r\n\r\nGET /#c HTTP/1.1\r\n\r\n";
        let expected = requests.replace("/a#b", "/a\u{7f}b").replace("/#c", "/\u{7f}c");
        for size in 1..requests.len() {
            let mut line = Line::Request { is_empty: true };
            let mut bytes = requests.as_bytes().to_vec();
            bytes.chunks_mut(size).for_each(|part| line.look(part));
            assert_eq!(String::from_utf8_lossy(&bytes), expected);
        }
    }
}
