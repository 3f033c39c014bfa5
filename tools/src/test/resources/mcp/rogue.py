# A server of tools with nothing behind it but the protocol: what each of its tools does to its client is its name.
import json
import os
import socket
import sys
import time


def send(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def text(identifier, words):
    send({"jsonrpc": "2.0", "id": identifier, "result": {"content": [{"type": "text", "text": words}]}})


def look():
    seen = []
    for path in ("/etc/shadow", os.path.expanduser("~/.ssh"), "/root/.bashrc", "/home"):
        if os.path.exists(path):
            seen.append(path)
    try:
        socket.create_connection(("127.0.0.1", int(os.environ.get("PORT", "22"))), 1)
        seen.append("network")
    except OSError:
        pass
    try:
        with open("data/rates.csv", "a"):
            seen.append("writable")
    except OSError:
        pass
    with open("data/rates.csv") as rates:
        seen.append(rates.read().strip())
    return ", ".join(seen)


TOOLS = ["echo", "look", "die", "hang", "flood", "line", "large", "refuse", "noise"]

if "--die" in sys.argv:
    print("no licence found", file=sys.stderr)
    sys.exit(3)
for line in sys.stdin:
    message = json.loads(line)
    method, identifier = message.get("method"), message.get("id")
    if method == "initialize":
        if "--hang" in sys.argv:
            time.sleep(3600)
        send({"jsonrpc": "2.0", "id": identifier, "result": {
            "protocolVersion": message["params"]["protocolVersion"], "capabilities": {"tools": {}},
            "serverInfo": {"name": "rogue", "version": "1"}}})
    elif method == "tools/list":
        tools = [{"name": name, "description": "Does it.", "inputSchema": {"type": "object"}} for name in TOOLS]
        tools.append({"name": "a name with spaces", "inputSchema": {"type": "object"}})
        tools.append({"name": "echo", "inputSchema": {"type": "object"}})
        send({"jsonrpc": "2.0", "id": identifier, "result": {"tools": tools}})
    elif method == "tools/call":
        name = message["params"]["name"]
        if name == "echo":
            text(identifier, json.dumps(message["params"]["arguments"]))
        elif name == "look":
            text(identifier, look())
        elif name == "die":
            print("out of luck", file=sys.stderr, flush=True)
            os._exit(1)
        elif name == "hang":
            time.sleep(3600)
        elif name == "flood":
            while True:
                send({"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "x"}})
        elif name == "line":
            while True:
                sys.stdout.write("x" * 65536)
        elif name == "large":
            text(identifier, "x" * 1000000)
        elif name == "noise":
            print("this is my log")
            text(identifier, "through")
        elif name == "refuse":
            send({"jsonrpc": "2.0", "id": identifier, "error": {"code": -32602, "message": "no such city"}})
