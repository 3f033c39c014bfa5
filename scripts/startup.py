#!/usr/bin/env python3
"""How long commands take to start, with the archive of classes and without: medians, and their ratio.

    scripts/startup.py [rounds]

Both take turns, so that what else the machine does meets both alike. `run` is measured from its start to the first
request that its model gets: a server in this process that answers as OpenAI's interface does.
"""
import http.server
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 10
asked = []


class Model(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked.append(time.perf_counter())
        self.rfile.read(int(self.headers["Content-Length"]))
        text = "```python\nprint('ANSWER:', 20 + 30)\n```"
        chunk = {"choices": [{"index": 0, "delta": {"content": text}}]}
        end = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}],
               "usage": {"prompt_tokens": 100, "completion_tokens": 10}}
        body = "".join(f"data: {json.dumps(part)}\n\n" for part in (chunk, end)) + "data: [DONE]\n\n"
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


def java_home():
    script = f'home={HOME}; . "$home/scripts/prerequisites.sh"; find_jdk; printf %s "$JAVA_HOME"'
    return subprocess.run(["sh", "-c", script], check=True, capture_output=True, text=True).stdout


def timed(arguments, environment):
    asked.clear()
    start = time.perf_counter()
    ended = subprocess.run([HOME / "troupe", *arguments], env=environment, capture_output=True, text=True)
    end = time.perf_counter()
    if ended.returncode != 0:
        sys.exit(ended.stderr)
    return (asked[0] if asked else end) - start


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        team = pathlib.Path(folder) / "team.yaml"
        team.write_text(f"""
team: sums
models:
  small: {{ provider: openai, model: small, url: "http://127.0.0.1:{server.server_port}/v1" }}
prices:
  openai/small: {{ input: 0 USD, output: 0 USD }}
tools:
  python: {{}}
agents:
  adder:
    kind: assistant
    instructions: You add.
    tools: [python]
    ladder: [replay, {{ name: quick, model: small, turns: 1 }}]
    demonstrations: {{ show: 1, similarity: 0.5 }}
""")
        plain = f"-XX:SharedArchiveFile={java_home()}/lib/server/classes.jsa"
        base = dict(os.environ, TROUPE_BUILD="skip", TROUPE_DATA=folder + "/data", XDG_STATE_HOME=folder + "/state")
        commands = {"--help": ["--help"], "run, to its first request": ["run", str(team), "What is 20 plus 30?"]}
        times = {}
        for number in range(ROUNDS + 1):
            for name, arguments in commands.items():
                for kind, options in (("with", ""), ("without", plain)):
                    environment = dict(base, TROUPE_JAVA_OPTIONS=options)
                    seconds = timed(arguments, environment)
                    if number > 0:  # the first round fills the system's caches
                        times.setdefault((name, kind), []).append(seconds)
        print(f"{'command':28} {'with':>8} {'without':>8} {'ratio':>6}   least and most with it, {ROUNDS} rounds")
        for name in commands:
            with_it, without = times[name, "with"], times[name, "without"]
            one, other = statistics.median(with_it), statistics.median(without)
            print(f"{name:28} {one:7.2f}s {other:7.2f}s {one / other:6.2f}   {min(with_it):.2f} to {max(with_it):.2f} s")


main()
