"""What OpenAI's library makes of the server: one JSON object with what a test looks at."""

import json
import sys

import openai


def attempt(call):
    """What the library raises, as its class and what it tells."""
    try:
        call()
        return None
    except openai.APIStatusError as error:
        return {
            "class": type(error).__name__,
            "status": error.status_code,
            "code": error.code,
            "param": error.param,
            "message": error.body["message"],
        }
    except openai.OpenAIError as error:
        return {"class": type(error).__name__, "message": str(error)}


def ask(question):
    return [{"role": "user", "content": question}]


client = openai.OpenAI(base_url=sys.argv[1] + "/v1", api_key=sys.argv[2], timeout=30)
seen = {"models": [model.id for model in client.models.list()]}

raw = client.chat.completions.with_raw_response.create(
    model="adder", messages=ask("How much is 6 times 7?"), temperature=0.2, user="me"
)
whole = raw.parse()
seen["whole"] = {
    "text": whole.choices[0].message.content,
    "finish": whole.choices[0].finish_reason,
    "tokens": whole.usage.total_tokens,
    "rung": whole.model_extra["troupe"]["rung"],
    "cost": raw.headers["X-Troupe-Receipt-Cost-Usd"],
}

stream = client.chat.completions.create(
    model="office",
    messages=ask("How much is 6 times 7?"),
    stream=True,
    stream_options={"include_usage": True},
)
chunks = list(stream)
seen["stream"] = {
    "text": "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices),
    "finish": [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1],
    "tokens": chunks[-1].usage.total_tokens,
    "receipt": [
        chunk.model_extra["troupe"]["receipt"]["model_calls"]
        for chunk in chunks
        if "troupe" in (chunk.model_extra or {})
    ],
}

with client.chat.completions.stream(model="adder", messages=ask("How much is 6 times 7?")) as events:
    seen["helper"] = events.get_final_completion().choices[0].message.content

vectors = client.embeddings.create(model="all-minilm-l6-v2-q", input=["a cat", "a dog"])
seen["embeddings"] = [len(vector.embedding) for vector in vectors.data]

seen["errors"] = {
    "model": attempt(lambda: client.chat.completions.create(model="gpt-5", messages=ask("x"))),
    "type": attempt(
        lambda: client.chat.completions.create(model="adder", messages=ask("x"), temperature="hot")
    ),
    "tools": attempt(
        lambda: client.chat.completions.create(
            model="adder",
            messages=ask("x"),
            tools=[{"type": "function", "function": {"name": "f"}}],
        )
    ),
    "path": attempt(lambda: client.moderations.create(input="x")),
    "key": attempt(lambda: client.with_options(api_key="tr-wrong").models.list()),
    "unsolved": attempt(
        lambda: client.chat.completions.create(model="writer", messages=ask("Nobody knows"))
    ),
    "stream": attempt(
        lambda: list(
            client.chat.completions.create(
                model="writer", messages=ask("Nobody knows"), stream=True
            )
        )
    ),
}
print(json.dumps(seen))
