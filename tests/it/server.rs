//! A plain HTTP/1.1 server on loopback that answers by a script, for what an in-process connector cannot do: real sockets that hang,
//! break, or stop in the middle of a body. It ends with the process.

#![allow(dead_code)] // a harness: what one test leaves unused the next one needs

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::upstream::{Question, Reply, Script, question, surroundings};

/// What a socket does.
pub enum Wire {
    /// Answers as HTTP.
    Reply(Reply),
    /// Sends these bytes and closes.
    Raw(Vec<u8>),
    /// Closes without a word.
    Close,
    /// Keeps the connection open and says nothing.
    Hang,
}

/// The server.
pub struct Server {
    pub port: u16,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Answers by `script`, and what it does not handle by [`surroundings`].
    pub fn start(script: impl Fn(&Question) -> Option<Wire> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let connections = Arc::new(AtomicUsize::new(0));
        let (counter, script) = (connections.clone(), Arc::new(script));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                counter.fetch_add(1, Ordering::SeqCst);
                let script = script.clone();
                std::thread::spawn(move || serve(stream, &*script));
            }
        });
        Server { port, connections }
    }

    pub fn scripted(script: Script) -> Self {
        Server::start(move |question| Some(Wire::Reply(script(question))))
    }

    /// Connections accepted so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

fn serve(mut stream: TcpStream, script: &dyn Fn(&Question) -> Option<Wire>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    loop {
        let question = read(&mut reader)?;
        match script(&question).unwrap_or_else(|| Wire::Reply(surroundings(&question))) {
            Wire::Reply(Reply::Answer { status, headers, body }) => {
                let mut head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nx-amzn-requestid: req-1\r\n", body.len());
                for (name, value) in headers {
                    head += &format!("{name}: {value}\r\n");
                }
                stream.write_all(format!("{head}\r\n").as_bytes()).ok()?;
                stream.write_all(&body).ok()?;
            }
            Wire::Raw(bytes) => return stream.write_all(&bytes).ok(),
            Wire::Hang | Wire::Reply(Reply::Hang) => loop {
                std::thread::park();
            },
            Wire::Close | Wire::Reply(_) => return None,
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Question> {
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut parts = first.split_whitespace();
    let (method, target) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(question(&method, &target, headers, &String::from_utf8_lossy(&body)))
}
