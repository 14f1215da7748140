//! Where the preview listens: this machine alone, unless its author says otherwise.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

/// The port where none is named.
pub const PORT: u16 = 4747;

/// How many ports after the wanted one are tried.
const TRIES: u16 = 100;

/// The sockets of a preview, all of one port.
#[derive(Debug)]
pub(super) struct Listening {
    /// The sockets.
    pub(super) sockets: Vec<TcpListener>,
    /// Their port.
    pub(super) port: u16,
    /// The address that leads to them.
    pub(super) host: IpAddr,
}

/// Listens on a port, or on the next free one: of an address, or of 127.0.0.1 and ::1 both.
///
/// # Errors
/// What the system refused, such as an address that this machine has not.
pub(super) fn listen(host: Option<IpAddr>, port: u16) -> io::Result<Listening> {
    let wanted = (port..=port.saturating_add(TRIES)).filter(|wanted| port == 0 || *wanted > 0);
    let ports = wanted.take(if port == 0 { 16 } else { usize::from(TRIES) });
    let mut taken = io::Error::from(ErrorKind::AddrInUse);
    for wanted in ports.map(|wanted| if port == 0 { 0 } else { wanted }) {
        match bind(host, wanted) {
            Ok(listening) => return Ok(listening),
            Err(error) if error.kind() == ErrorKind::AddrInUse => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

fn bind(host: Option<IpAddr>, port: u16) -> io::Result<Listening> {
    let first = host.unwrap_or(Ipv4Addr::LOCALHOST.into());
    let socket = TcpListener::bind(SocketAddr::new(first, port))?;
    let port = socket.local_addr()?.port();
    let mut sockets = vec![socket];
    if host.is_none() {
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
            Ok(socket) => sockets.push(socket),
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
            // A machine without IPv6 has no ::1.
            Err(_) => {}
        }
    }
    Ok(Listening { sockets, port, host: first })
}

impl Listening {
    /// Whether only this machine can reach it.
    pub(super) fn is_loopback(&self) -> bool {
        self.host.is_loopback()
    }

    /// The address that a browser on this machine opens.
    pub(super) fn origin(&self) -> String {
        let host = match self.host {
            host if !host.is_unspecified() => host,
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        };
        format!("http://{}", SocketAddr::new(host, self.port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_leads_to_the_next() {
        let first = listen(None, 0).unwrap();
        let second = listen(None, first.port).unwrap();
        assert!(second.port > first.port && first.is_loopback());
        assert_eq!(second.origin(), format!("http://127.0.0.1:{}", second.port));
        assert_eq!(listen(Some(Ipv4Addr::UNSPECIFIED.into()), 0).unwrap().origin().find("127.0.0.1"), Some(7));
    }

    #[test]
    fn an_address_of_another_machine_is_refused() {
        assert!(listen(Some("192.0.2.1".parse().unwrap()), 0).is_err());
    }
}
