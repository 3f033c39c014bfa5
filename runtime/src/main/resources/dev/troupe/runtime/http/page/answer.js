// A question and what came of it.
import * as api from './api.js';
import { artifact } from './artifacts.js';
import { h, plain, seconds } from './dom.js';
import { rendered } from './markdown.js';
import { pico, usd } from './money.js';
import { Trace } from './trace.js';

const HEADS = {
  unreachable: 'The server cannot be reached',
  unsolved: 'No answer that counts',
  cancelled: 'Stopped',
  rate_limit_exceeded: 'Too much at once',
  shutting_down: 'The server is ending',
  budget_exhausted: 'The budget is used up',
  timeout: 'Out of time',
  provider_failed: 'The model’s provider failed',
  provider_refused: 'The model’s provider refused',
  model_unavailable: 'The model cannot be used',
  sandbox_unavailable: 'No program can be run',
};

export class Turn {
  /**
   * @param listeners.onTrace called with the turn when somebody wants to see its trace
   * @param listeners.onAgain called with the question when it is to be asked again
   */
  constructor({ question, agent, startedAt }, listeners) {
    this.question = question;
    this.agent = agent;
    this.task = null;
    this.text = '';
    this.listeners = listeners;
    this.trace = new Trace(question, startedAt);
    this.body = h('div', { class: 'words' });
    this.foot = h('div', { class: 'foot' });
    this.status = h('p', { class: 'status' }, h('span', { class: 'pulse', 'aria-hidden': 'true' }), `${plain(agent)} is at work`);
    this.answer = h('div', { class: 'answer' }, h('p', { class: 'speaker' }, plain(agent)), this.status, this.body, this.foot);
    this.element = h('article', { class: 'exchange' }, h('div', { class: 'question' }, h('p', {}, plain(question))), this.answer);
  }

  event(event, all = false) {
    this.trace.add(event, all);
    const what = {
      'rung-started': () => `${event.rung} is at work`,
      code: () => `${event.rung} runs a program`,
      verifying: () => `${event.model} judges the answer`,
      escalated: () => `on to ${event.rung}`,
      'tool-called': () => `${event.tool} is called`,
      'agent-asked': () => `${event.agent} is asked`,
      'plan-drawn': () => `${this.agent} has a plan`,
    }[event.type];
    if (what) this.status.lastChild.textContent = plain(what());
  }

  /** More of the answer. Drawn once a frame, however often it comes. */
  say(text) {
    this.text += text;
    this.drawing ??= requestAnimationFrame(() => {
      this.drawing = null;
      if (!this.over) this.body.replaceChildren(rendered(this.text));
    });
  }

  /** The answer is whole. */
  end(task, feedback = null) {
    this.over = true;
    this.task = task.task;
    this.status.remove();
    this.body.replaceChildren(rendered(task.answer), ...task.artifacts.map(artifact));
    this.trace.finish(task);
    this.vouched = h('span', { class: 'vouched' });
    this.vouch(task.verified);
    this.foot.replaceChildren(
      this.vouched,
      h('span', { class: 'figures' }, `${seconds(task.receipt.wall_ms)} · ${usd(pico(task.receipt.cost_usd))}`),
      this.traceButton(),
      this.feedback(feedback),
    );
    if (feedback) this.judged(feedback);
  }

  vouch(verified) {
    this.vouched.textContent = verified === 'none' ? 'not verified' : `verified by a ${verified}`;
    this.vouched.classList.toggle('yes', verified !== 'none');
  }

  traceButton() {
    return h('button', { type: 'button', class: 'quiet', onclick: () => this.listeners.onTrace(this, true) }, 'Trace');
  }

  feedback() {
    this.good = h('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false', onclick: () => this.judge('good') }, 'Good');
    this.bad = h(
      'button',
      { type: 'button', class: 'quiet', 'aria-pressed': 'false', 'aria-expanded': 'false', onclick: () => this.objection() },
      'Bad',
    );
    this.said = h('p', { class: 'said', role: 'status' });
    return h('div', { class: 'feedback', role: 'group', 'aria-label': 'Is the answer right?' }, this.good, this.bad, this.said);
  }

  objection() {
    if (this.form) {
      this.form.remove();
      this.form = null;
      this.bad.setAttribute('aria-expanded', 'false');
      return;
    }
    const because = h('input', { type: 'text', maxlength: 4000 });
    const right = h('input', { type: 'text', maxlength: 4000 });
    this.form = h(
      'form',
      { class: 'objection' },
      h('label', {}, 'What is wrong? (may be left out)', because),
      h('label', {}, 'What would have been right? (may be left out)', right),
      h('button', { type: 'submit' }, 'Say that it is bad'),
    );
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.judge('bad', because.value.trim() || null, right.value.trim() || null);
    });
    this.answer.append(this.form);
    this.bad.setAttribute('aria-expanded', 'true');
    because.focus();
  }

  async judge(verdict, because = null, answer = null) {
    this.good.disabled = true;
    this.bad.disabled = true;
    try {
      const reply = await api.post('/v1/feedback', { task: this.task, verdict, because, answer });
      this.judged(verdict, reply);
    } catch (failure) {
      this.said.textContent = failure.message;
    } finally {
      this.good.disabled = false;
      this.bad.disabled = false;
    }
  }

  judged(verdict, reply = null) {
    this.good.setAttribute('aria-pressed', String(verdict === 'good'));
    this.bad.setAttribute('aria-pressed', String(verdict === 'bad'));
    if (this.form) this.objection();
    if (verdict === 'good') this.vouch('person');
    else this.vouch('none');
    const learned = reply?.demonstration ? `Learned as ${reply.demonstration}.` : '';
    const retired = reply?.retired?.length ? `Out of use: ${reply.retired.join(', ')}.` : '';
    this.said.textContent = [learned, retired].filter(Boolean).join(' ') || (reply ? 'Noted.' : '');
  }

  /** There is no answer. */
  fail(failure) {
    this.over = true;
    this.status.remove();
    this.trace.stop();
    const troupe = failure.troupe;
    if (troupe?.receipt) this.trace.finish(troupe);
    const stopped = failure.code === 'cancelled';
    const alert = h(
      'div',
      { class: stopped ? 'failure stopped' : 'failure', role: 'alert' },
      h('h2', {}, HEADS[failure.code] ?? 'That did not work'),
      h('p', {}, plain(failure.message)),
      troupe?.best_guess
        ? h('div', { class: 'guess' }, h('p', {}, 'The best guess, which nobody vouches for:'), rendered(troupe.best_guess))
        : null,
      troupe?.receipt
        ? h('p', { class: 'figures' }, `${seconds(troupe.receipt.wall_ms)} · ${usd(pico(troupe.receipt.cost_usd))} spent`)
        : null,
      h(
        'p',
        { class: 'actions' },
        h('button', { type: 'button', class: 'quiet', onclick: () => this.listeners.onAgain(this.question) }, 'Ask again'),
        ' ',
        this.traceButton(),
      ),
    );
    this.foot.replaceChildren(alert);
  }
}
