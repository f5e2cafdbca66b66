//! A Chromium without a window, spoken to in its `DevTools` protocol through a pair of pipes: no port, no socket, no further crate.
//!
//! <https://chromedevtools.github.io/devtools-protocol/>. Messages are JSON, each ended by a zero byte. A tab is driven by one test at a time.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// Where this is set, a missing browser is a failure and no reason to pass.
pub(super) const DEMANDED: &str = "MARSAD_DEMAND_TOOLS";

/// The names that the program goes by.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Longer than this no answer takes, on a busy machine either.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running Chromium with one tab. It ends when it is dropped.
pub(super) struct Browser {
    /// The program.
    child: Child,
    /// Where commands go.
    commands: Option<ChildStdin>,
    /// Where answers and events come from.
    messages: Receiver<Value>,
    /// Events that came while an answer was waited for.
    pub(super) events: Vec<Value>,
    /// How many commands were given.
    given: u64,
    /// The tab.
    session: Option<String>,
    /// Its profile.
    _profile: TempDir,
}

/// Says that a test is left out, past the harness, which would hide it.
pub(super) fn left_out(why: &str) {
    assert!(
        std::env::var(DEMANDED).is_err(),
        "{why}, and {DEMANDED} demands it (apt-get install chromium; .ci/run fetches axe-core)"
    );
    let _ = writeln!(std::io::stderr(), "LEFT OUT: a test of the page in a browser: {why}");
}

/// The program, if there is one on the path.
fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let all = std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    all.into_iter().find(|file| file.is_file())
}

impl Browser {
    /// Starts one; `None` where there is no Chromium and none is demanded.
    pub(super) fn start() -> Option<Self> {
        let Some(program) = program().filter(|_| cfg!(unix)) else {
            left_out("there is no chromium");
            return None;
        };
        let profile = tempfile::tempdir().expect("a temporary folder");
        // The protocol speaks on descriptors 3 and 4; a shell puts the pipes there.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null"])
            .arg(program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
            .args(["--remote-debugging-pipe", "--no-first-run", "--disable-extensions"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell runs");
        let answers = child.stdout.take().expect("it is piped");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(answers).split(0).map_while(Result::ok) {
                let message = serde_json::from_slice(&message).expect("the protocol is JSON");
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut browser = Self {
            commands: child.stdin.take(),
            child,
            messages,
            events: Vec::new(),
            given: 0,
            session: None,
            _profile: profile,
        };
        let target = browser.call("Target.createTarget", &json!({"url": "about:blank"}));
        let attached = browser.call(
            "Target.attachToTarget",
            &json!({"targetId": target["targetId"], "flatten": true}),
        );
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    /// Gives a command and waits for its answer.
    pub(super) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.given += 1;
        let mut command = json!({"id": self.given, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            command["sessionId"] = json!(session);
        }
        let mut bytes = command.to_string().into_bytes();
        bytes.push(0);
        let pipe = self.commands.as_mut().expect("it is open until the end");
        pipe.write_all(&bytes)
            .and_then(|()| pipe.flush())
            .expect("chromium listens");
        loop {
            let message = self.receive();
            if message["id"] == self.given {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
            self.events.push(message);
        }
    }

    /// The next message of whatever kind.
    fn receive(&mut self) -> Value {
        self.messages.recv_timeout(PATIENCE).expect("chromium answers")
    }

    /// Waits for an event.
    fn wait(&mut self, event: &str) {
        while !self.events.iter().any(|message| message["method"] == event) {
            let message = self.receive();
            self.events.push(message);
        }
    }

    /// Opens a page of a report in a window of so many pixels, on a light or a dark system.
    pub(super) fn open(&mut self, page: &Path, (width, height): (u32, u32), dark: bool) {
        self.call(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
        );
        self.media("screen", dark);
        self.events.clear();
        self.call("Page.navigate", &json!({"url": format!("file://{}", page.display())}));
        self.wait("Page.loadEventFired");
    }

    /// Screen or print, light or dark.
    pub(super) fn media(&mut self, media: &str, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.call(
            "Emulation.setEmulatedMedia",
            &json!({"media": media, "features": features}),
        );
    }

    /// The value of a JavaScript expression, a promise awaited.
    pub(super) fn value(&mut self, expression: &str) -> Value {
        let answer = self.call(
            "Runtime.evaluate",
            &json!({"expression": expression, "returnByValue": true, "awaitPromise": true}),
        );
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Presses and releases a key.
    pub(super) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "End" => (35, ""),
            "Home" => (36, ""),
            "ArrowLeft" => (37, ""),
            "ArrowUp" => (38, ""),
            "ArrowRight" => (39, ""),
            "ArrowDown" => (40, ""),
            other => panic!("{other} has no code here"),
        };
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        let mut event = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
        if !text.is_empty() {
            event["text"] = json!(text);
        }
        self.call("Input.dispatchKeyEvent", &event);
        event["type"] = json!("keyUp");
        self.call("Input.dispatchKeyEvent", &event);
    }

    /// Moves the mouse, and presses its button where it is told to.
    pub(super) fn point(&mut self, x: f64, y: f64, press: bool) {
        let event = |kind: &str| json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
        self.call(
            "Input.dispatchMouseEvent",
            &json!({"type": "mouseMoved", "x": x, "y": y}),
        );
        if press {
            self.call("Input.dispatchMouseEvent", &event("mousePressed"));
            self.call("Input.dispatchMouseEvent", &event("mouseReleased"));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Without anybody to listen to it ends by itself; a stubborn one is ended.
        self.commands = None;
        for _ in 0..50 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
