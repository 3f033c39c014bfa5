# The official client: starts a server by the command that it is given, and prints what came of a few calls.
import asyncio
import json
import os
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


def shown(result):
    return {"error": result.is_error, "text": result.content[0].text, "structured": result.structured_content}


async def main():
    server = StdioServerParameters(command=sys.argv[1], args=sys.argv[2:], env=dict(os.environ))
    async with stdio_client(server) as (read, write):
        async with ClientSession(read, write) as session:
            started = await session.initialize()
            tools = (await session.list_tools()).tools
            print(json.dumps({
                "name": started.server_info.name,
                "tools": {tool.name: tool.description for tool in tools},
                "schema": tools[0].input_schema,
                "first": shown(await session.call_tool("a", {"question": "Capital of France?", "conversation": "c-1"})),
                "second": shown(await session.call_tool("a", {"question": "And of Spain?", "conversation": "c-1"})),
                "empty": shown(await session.call_tool("a", {"question": " "})),
                "many": [shown(one)["text"] for one in await asyncio.gather(
                    *(session.call_tool("a", {"question": f"{i}?"}) for i in range(4)))],
            }))


asyncio.run(main())
