# A server of the official Python SDK over streamable HTTP: its port is printed when it is ready.
import contextlib
import socket

import uvicorn
from mcp.server.mcpserver import Context, MCPServer

server = MCPServer("rates")


@server.tool()
def rate(currency: str) -> str:
    """The rate of a currency."""
    return f"1 EUR = 1.1 {currency}"


@server.tool()
def key(context: Context) -> str:
    """What the client sent as its key."""
    return context.headers.get("x-key", "none")


with contextlib.closing(socket.socket()) as listener:
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(server.streamable_http_app(), log_level="error")).run(sockets=[listener])
