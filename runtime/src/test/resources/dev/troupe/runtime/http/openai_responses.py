"""What OpenAI's library makes of responses: one JSON object with what a test looks at."""

import json
import sys

import openai

client = openai.OpenAI(base_url=sys.argv[1] + "/v1", api_key=sys.argv[2], timeout=30)


def attempt(call):
    try:
        call()
        return None
    except openai.APIStatusError as error:
        return {"class": type(error).__name__, "code": error.code, "param": error.param}


first = client.responses.create(model="talker", input="I am Ann.", temperature=0.5)
second = client.responses.create(
    model="talker",
    input=[{"role": "user", "content": [{"type": "input_text", "text": "Who am I?"}]}],
    previous_response_id=first.id,
)
third = client.responses.create(
    model="talker",
    instructions="Be brief.",
    input="And you?",
    previous_response_id=second.id,
)
seen = {
    "text": [response.output_text for response in (first, second, third)],
    "status": first.status,
    "tokens": first.usage.total_tokens,
    "previous": second.previous_response_id == first.id,
    "cost": first.model_extra["troupe"]["receipt"]["cost_usd"],
    "again": client.responses.retrieve(first.id).output_text,
}

events = list(client.responses.create(model="adder", input="How much is 6 times 7?", stream=True))
seen["events"] = [event.type for event in events]
seen["numbers"] = [event.sequence_number for event in events]
seen["streamed"] = events[-1].response.output_text

with client.responses.stream(model="talker", input="Hello.") as stream:
    for event in stream:
        pass
    seen["helper"] = stream.get_final_response().output_text

events = list(client.responses.create(model="writer", input="Nobody knows it", stream=True))
seen["failed"] = [events[-1].type, events[-1].response.error.code]

seen["errors"] = {
    "stale": attempt(
        lambda: client.responses.create(model="talker", input="x", previous_response_id=first.id)
    ),
    "unknown": attempt(
        lambda: client.responses.create(model="talker", input="x", previous_response_id="resp_x")
    ),
    "gone": attempt(lambda: client.responses.retrieve("resp_x")),
    "tools": attempt(
        lambda: client.responses.create(model="talker", input="x", tools=[{"type": "web_search"}])
    ),
    "unsolved": attempt(lambda: client.responses.create(model="writer", input="Nobody knows it")),
    "key": attempt(
        lambda: client.with_options(api_key=sys.argv[3]).responses.create(
            model="talker", input="x", previous_response_id=third.id
        )
    ),
}
print(json.dumps(seen))
