// A conversation that the server keeps: its turns, the one that is under way, and asking.
import * as api from './api.js';
import { Turn } from './answer.js';
import { h } from './dom.js';

export class Conversation {
  /**
   * @param listeners.onTurn a turn has begun
   * @param listeners.onTaken the server has taken a question on
   * @param listeners.onBusy whether something is under way
   * @param listeners.onEnd a turn is over
   */
  constructor(id, listeners) {
    this.id = id;
    this.listeners = listeners;
    this.element = h('div', { class: 'turns', role: 'log', 'aria-label': 'Conversation', 'aria-live': 'off' });
    this.turns = [];
    this.running = null;
    this.left = new AbortController();
  }

  /** What was said before, and what is still under way, from the server. */
  async load() {
    const [kept, live] = await Promise.all([
      api.get(`/v1/conversations/${encodeURIComponent(this.id)}`).catch((failure) => {
        if (failure.status === 404) return { turns: [] };
        throw failure;
      }),
      api.get('/v1/tasks'),
    ]);
    if (this.left.signal.aborted) return;
    for (const task of kept.turns) {
      const turn = this.add({ question: task.question, agent: task.agent, startedAt: null });
      turn.end(task, task.feedback);
    }
    for (const task of live.data.filter((each) => each.conversation === this.id)) {
      const turn = this.add({ question: task.question, agent: task.agent, startedAt: Date.parse(task.started) });
      turn.task = task.task;
      this.run(turn, () => this.follow(turn));
    }
  }

  get empty() {
    return this.turns.length === 0;
  }

  /** The agent that was asked last, or null. */
  get agent() {
    return this.turns.at(-1)?.agent ?? null;
  }

  add(what) {
    const turn = new Turn(what, this.listeners);
    this.turns.push(turn);
    this.element.append(turn.element);
    this.listeners.onTurn(turn);
    return turn;
  }

  ask(agent, question) {
    const turn = this.add({ question, agent, startedAt: Date.now() });
    return this.run(turn, () => this.stream(turn, agent, question));
  }

  async run(turn, work) {
    this.running = turn;
    this.listeners.onBusy(true);
    try {
      await work();
    } catch (failure) {
      if (this.left.signal.aborted) return;
      turn.fail(failure);
    }
    if (this.left.signal.aborted) return;
    this.running = null;
    this.listeners.onBusy(false);
    this.listeners.onEnd(turn);
  }

  async stream(turn, agent, question) {
    const response = await api.open(
      '/v1/chat/completions',
      // Detached: a page that is loaded anew finds its task still under way.
      { model: agent, stream: true, detached: true, conversation: this.id, messages: [{ role: 'user', content: question }] },
      this.left.signal,
    );
    turn.task = response.headers.get('X-Troupe-Task');
    this.listeners.onTaken(turn);
    try {
      for await (const frame of api.frames(response)) {
        if (frame.comment) turn.event(frame.comment);
        else if (frame.data) this.chunk(turn, frame.data);
      }
    } catch (failure) {
      if (turn.over || failure instanceof api.ApiError || this.left.signal.aborted) throw failure;
    }
    // The connection broke: the task goes on without it.
    if (!turn.over) await this.follow(turn);
  }

  chunk(turn, data) {
    if (data.error) throw api.ApiError.of(0, data);
    const text = data.choices?.[0]?.delta?.content;
    if (text) turn.say(text);
    if (data.troupe) turn.end(data.troupe);
  }

  /** Comes back to a task that is under way, or was a moment ago. */
  async follow(turn) {
    let why = null;
    let failedWith = null;
    try {
      const response = await api.events(turn.task, turn.trace.number, this.left.signal);
      for await (const { data } of api.frames(response)) {
        if (!data) continue;
        turn.event(data, true);
        if (data.type === 'finished') why = data.outcome === 'solved' ? null : data;
      }
    } catch (failure) {
      if (this.left.signal.aborted) throw failure;
      failedWith = failure;
    }
    const task = await api.get(`/v1/receipts/${encodeURIComponent(turn.task)}`).catch((failure) => {
      throw failedWith ?? failure;
    });
    if (task.outcome === 'solved') turn.end(task);
    else turn.fail(new api.ApiError(0, task.outcome, why?.why || `it ended as ${task.outcome}`, task));
  }

  async stop() {
    const turn = this.running;
    if (!turn) return;
    // Its id comes with the first bytes of the answer; before that, the server's list has it.
    const id = turn.task ?? (await api.get('/v1/tasks')).data.find((task) => task.conversation === this.id)?.task;
    if (id) await api.post(`/v1/tasks/${encodeURIComponent(id)}/cancel`, {});
  }

  /** Somebody looks elsewhere; what is under way goes on. */
  leave() {
    this.left.abort();
    this.turns.forEach((turn) => turn.trace.stop());
  }
}
