// What the page says to its server, and only to it.

const KEY = 'troupe.key';

/** A request that was not answered, as the server tells it. */
export class ApiError extends Error {
  constructor(status, code, message, troupe = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.troupe = troupe;
  }

  static of(status, body) {
    const error = body?.error;
    return new ApiError(status, error?.code ?? 'unknown', error?.message ?? `status ${status}`, body?.troupe ?? null);
  }
}

let askForKey = async () => false;

/** @param ask called when a key is needed; resolves with whether one was given */
export function onKeyNeeded(ask) {
  askForKey = ask;
}

export function setKey(key) {
  if (key) sessionStorage.setItem(KEY, key);
  else sessionStorage.removeItem(KEY);
}

export function hasKey() {
  return Boolean(sessionStorage.getItem(KEY));
}

async function send(path, options) {
  for (;;) {
    const key = sessionStorage.getItem(KEY);
    const headers = { ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
    let response;
    try {
      response = await fetch(path, { ...options, headers, credentials: 'omit', redirect: 'error' });
    } catch (failure) {
      if (failure.name === 'AbortError') throw failure;
      throw new ApiError(0, 'unreachable', 'the server cannot be reached');
    }
    if (response.ok) return response;
    const body = await response.json().catch(() => null);
    if (response.status !== 401 || !(await askForKey(Boolean(key)))) throw ApiError.of(response.status, body);
  }
}

export async function get(path) {
  return (await send(path, {})).json();
}

export async function post(path, body) {
  return (await open(path, body)).json();
}

/** As `post`, with the response itself, for streams. */
export function open(path, body, signal) {
  return send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
}

export async function blob(path) {
  return (await send(path, {})).blob();
}

/** The events of a task after a number. */
export function events(task, after, signal) {
  return send(`/v1/tasks/${encodeURIComponent(task)}/events`, {
    headers: after > 0 ? { 'Last-Event-ID': String(after) } : {},
    signal,
  });
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The frames of a stream of server-sent events: `{ data }` or, of a comment that is JSON, `{ comment }`. */
export async function* frames(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (rest + value).split('\n\n');
      rest = parts.pop();
      for (const part of parts) {
        for (const line of part.split('\n')) {
          if (line === 'data: [DONE]') yield { done: true };
          else if (line.startsWith('data: ')) yield { data: json(line.slice(6)) };
          else if (line.startsWith(': {')) yield { comment: json(line.slice(2)) };
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
