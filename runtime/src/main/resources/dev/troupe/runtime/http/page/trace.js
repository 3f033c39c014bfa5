// What happens to a task, event by event: rungs as acts, what they write, run and print, and what it costs meanwhile.
import { count, cut, h, percent, plain, seconds } from './dom.js';
import { Graph, isPlan } from './graph.js';
import { program } from './markdown.js';
import { pico, usd } from './money.js';
import { ticket } from './receipt.js';

const NUMERALS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
const LONGEST = 100_000;

function voucher(judge) {
  const verified = String(judge).toLowerCase();
  return verified === 'none' ? 'a candidate: nobody has verified it' : `verified by a ${verified}`;
}

/** One task's trace: an element that grows. */
export class Trace {
  constructor(question, startedAt) {
    this.number = 0;
    this.acts = 0;
    this.startedAt = startedAt;
    this.tokens = 0;
    this.cost = 0n;
    this.time = h('dd', {}, seconds(0));
    this.read = h('dd', {}, '0');
    this.spent = h('dd', {}, usd(0n));
    this.steps = h('ol', { class: 'steps' });
    this.element = h(
      'section',
      { class: 'trace' },
      h('p', { class: 'asked' }, cut(question, 200)),
      h(
        'dl',
        { class: 'meter' },
        h('div', {}, h('dt', {}, 'Time'), this.time),
        h('div', {}, h('dt', {}, 'Tokens'), this.read),
        h('div', {}, h('dt', {}, 'Cost'), this.spent),
      ),
      this.steps,
    );
    this.timer = setInterval(() => this.tick(), 200);
    this.act = null;
  }

  tick() {
    if (this.startedAt) this.time.textContent = seconds(Date.now() - this.startedAt);
  }

  /**
   * An event, as the server numbers them; those that were taken already are passed over.
   *
   * @param all whether every event comes this way, so that a gap is one that the server has forgotten
   */
  add(event, all = false) {
    if (event.number && event.number <= this.number) return;
    if (all && event.number > this.number + 1) {
      this.note('missed', `Events ${this.number + 1} to ${event.number - 1} are no longer kept`);
    }
    this.number = event.number ?? this.number;
    this.startedAt ??= event.at_ms;
    const show = this[`on_${String(event.type).replaceAll('-', '_')}`];
    if (isPlan(event)) this.plan(event);
    else if (show) show.call(this, event);
    else this.unknown(event);
  }

  on_demonstration_shown(event) {
    this.note(
      'shown',
      `Shows ${event.id}: “${cut(event.question, 160)}”`,
      `${percent(event.similarity)} alike, ${voucher(event.verified)}`,
    );
  }

  on_rung_started(event) {
    this.turn = 1;
    this.turns = event.turns;
    this.turnText = h('span', { class: 'turn' });
    this.begin(event.rung, event.model);
    this.tellTurn();
  }

  begin(name, model) {
    this.settle();
    const numeral = NUMERALS[this.acts] ?? String(this.acts + 1);
    this.acts += 1;
    this.act = h('ol', { class: 'act-steps' });
    this.steps.append(
      h(
        'li',
        { class: 'act' },
        h(
          'h3',
          {},
          h('span', { class: 'numeral', 'aria-hidden': 'true' }, numeral),
          ' ',
          plain(name),
          ' ',
          h('small', {}, plain(model ?? ''), this.turnText ?? ''),
        ),
        this.act,
      ),
    );
  }

  tellTurn() {
    if (this.turnText && this.turns > 1) this.turnText.textContent = ` · turn ${this.turn} of ${this.turns}`;
  }

  on_text_delta(event) {
    if (!this.writing) {
      const text = h('pre', { tabindex: 0, role: 'group', 'aria-label': 'What the model writes' });
      const summary = h('summary', {}, 'writes …');
      const details = h('details', { class: 'writing', open: true }, summary, text);
      this.writing = { text, summary, details, length: 0 };
      this.append(details);
    }
    this.grow(this.writing, event.text);
  }

  grow(into, text) {
    if (into.length >= LONGEST) return;
    const shown = plain(text).slice(0, LONGEST - into.length);
    into.length += shown.length;
    into.text.append(into.length >= LONGEST ? `${shown}\n… and more` : shown);
    into.text.scrollTop = into.text.scrollHeight;
  }

  settle() {
    if (this.writing) {
      const lines = this.writing.text.textContent.trim().split('\n').length;
      this.writing.summary.textContent = `wrote ${lines === 1 ? '1 line' : `${lines} lines`}`;
      this.writing.details.open = false;
      this.writing = null;
    }
    this.printed = null;
  }

  on_called(event) {
    this.settle();
    this.tokens += event.input_tokens + event.output_tokens;
    this.cost += pico(event.cost_usd);
    this.read.textContent = count(this.tokens);
    this.spent.textContent = usd(this.cost);
  }

  on_code(event) {
    this.settle();
    this.append(h('p', { class: 'label' }, 'runs ', plain(event.language)), program(event.source, event.language));
  }

  on_output_chunk(event) {
    if (!this.printed) {
      const text = h('pre', { class: 'output', tabindex: 0, role: 'group', 'aria-label': 'What the program printed' });
      this.printed = { text, length: 0 };
      this.append(text);
    }
    this.grow(this.printed, event.text);
  }

  on_code_ended(event) {
    const time = seconds(event.wall_millis);
    if (event.exit_code === null) this.badge('failed', `not run: ${event.end}`);
    else if (event.end !== 'exited') this.badge('failed', `ended by its limit on ${event.end.replaceAll('_', ' ')}, ${time}`);
    else this.badge(event.exit_code === 0 ? 'done' : 'failed', `exit code ${event.exit_code}, ${time}`);
    this.printed = null;
  }

  on_retried(event) {
    this.settle();
    this.turn += 1;
    this.tellTurn();
    this.note('retried', 'Tries again', event.why);
  }

  on_escalated(event) {
    this.settle();
    this.note('escalated', `On to ${plain(event.rung)}`, event.why);
  }

  on_replay(event) {
    this.turnText = null;
    if (event.demonstration) this.begin(event.rung, 'no model');
    this.note(event.demonstration ? 'shown' : 'quiet', event.demonstration ? event.text : `${event.rung} abstains`,
      event.demonstration ? null : event.text);
  }

  on_tool_called(event) {
    this.settle();
    this.note('quiet', `Calls ${plain(event.tool)}`, cut(event.arguments, 300));
  }

  on_tool_ended(event) {
    this.note(event.problem ? 'bad' : 'quiet', event.problem ? `${plain(event.tool)}: ${event.problem}` : plain(event.tool), cut(event.text, 300));
  }

  on_agent_asked(event) {
    this.settle();
    this.note('quiet', event.to === 'hand_over' ? `Over to ${plain(event.agent)}` : `Asks ${plain(event.agent)}`, cut(event.question, 300));
  }

  on_agent_ended(event) {
    this.note(event.answered ? 'quiet' : 'bad', event.answered ? plain(event.agent) : `${plain(event.agent)} has no answer`, cut(event.text, 300));
  }

  on_verifying(event) {
    this.settle();
    this.note('verifying', `${plain(event.model)} judges the answer`, cut(event.answer, 200));
  }

  on_judgement(event) {
    this.note('quiet', 'The judge', cut(event.reply, 300));
  }

  on_model_failed(event) {
    this.settle();
    this.note('bad', `${plain(event.model)} failed`, event.message);
  }

  on_finished(event) {
    this.settle();
    const words = { solved: 'Answered', unsolved: 'No answer that counts', failed: 'Failed', cancelled: 'Stopped' };
    this.act = null;
    this.note(event.outcome === 'solved' ? 'good' : 'bad', words[event.outcome] ?? event.outcome, event.why || null);
    this.stop();
  }

  plan(event) {
    if (!this.graph) {
      this.settle();
      this.graph = new Graph();
      this.append(this.graph.element);
    }
    this.graph.take(event);
  }

  unknown(event) {
    const { task, number, at_ms: at, type, ...rest } = event;
    // States of tasks of a plan that came before belong to its graph.
    if (this.graph?.take(event)) return;
    this.note('quiet', String(type ?? 'event').replaceAll('-', ' '), cut(JSON.stringify(rest), 300));
  }

  note(kind, text, more = null) {
    this.append(h('p', { class: `note ${kind}` }, h('strong', {}, plain(text)), more ? [' ', plain(more)] : null));
  }

  badge(kind, text) {
    this.append(h('p', { class: `badge ${kind}` }, plain(text)));
  }

  append(...nodes) {
    const step = h('li', {}, ...nodes);
    (this.act ?? this.steps).append(step);
  }

  /** It is over: time and cost are those of the receipt. */
  finish(task) {
    this.stop();
    this.settle();
    const receipt = task.receipt;
    this.time.textContent = seconds(receipt.wall_ms);
    this.read.textContent = count(receipt.input_tokens + receipt.output_tokens);
    this.spent.textContent = usd(pico(receipt.cost_usd));
    this.element.append(ticket(task));
  }

  stop() {
    clearInterval(this.timer);
  }
}
