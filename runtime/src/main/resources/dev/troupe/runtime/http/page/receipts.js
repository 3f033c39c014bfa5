// What was spent and saved: over the last questions or over days, by lever and by agent, and what was learned.
import * as api from './api.js';
import { count, cut, h, percent, plain, seconds } from './dom.js';
import { dollars, pico, usd } from './money.js';
import { bars, figures, lines } from './plots.js';
import { ticket } from './receipt.js';

let range = 'questions';
let open = [];

/** Shows the page in an element, fetched anew. */
export async function show(element) {
  open.forEach((plot) => plot.close());
  open = [];
  if (!element.firstChild) element.replaceChildren(h('p', { class: 'hint' }, 'Reading the receipts …'));
  try {
    const [recent, days, levers, agents] = await Promise.all([
      api.get('/v1/receipts?limit=100'),
      api.get('/v1/receipts?by=day'),
      api.get('/v1/receipts?by=lever'),
      api.get('/v1/receipts?by=agent'),
    ]);
    element.replaceChildren(page(element, recent.data, days.data, levers.data, agents.data));
  } catch (failure) {
    element.replaceChildren(h('div', { class: 'failure', role: 'alert' }, h('h2', {}, 'That did not work'), h('p', {}, plain(failure.message))));
  }
}

function page(element, recent, days, levers, agents) {
  const head = h('header', {}, h('h1', {}, 'Receipts'), days.length > 0 ? chooser(element) : null);
  if (days.length === 0) {
    return h('div', { class: 'ledger' }, head, h('p', { class: 'hint' }, 'Nothing was asked yet. Each answer leaves a receipt here.'));
  }
  const points = range === 'questions' ? ofQuestions(recent) : ofDays(days);
  return h(
    'div',
    { class: 'ledger' },
    head,
    totals(days),
    h('div', { class: 'plots' }, costs(points), learning(points), byLever(levers), byAgent(agents)),
    latest(recent),
  );
}

function chooser(element) {
  const button = (value, text) =>
    h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-pressed': String(range === value),
        onclick: async () => {
          range = value;
          await show(element);
          element.querySelector('[aria-pressed="true"]')?.focus();
        },
      },
      text,
    );
  return h('div', { class: 'chooser', role: 'group', 'aria-label': 'Plots over' }, button('questions', 'Last 100 questions'), button('days', 'Days'));
}

function sum(rows, of) {
  return rows.reduce((all, row) => all + of(row), 0n);
}

function totals(days) {
  const cost = sum(days, (day) => pico(day.cost_usd));
  const saved = sum(days, (day) => pico(day.saved_usd));
  const measured = sum(days, (day) => pico(day.saved_measured_usd));
  const asked = days.reduce((all, day) => all + day.count, 0);
  const solved = days.reduce((all, day) => all + day.solved, 0);
  const demonstrated = days.reduce((all, day) => all + day.demonstrated, 0);
  const figure = (name, value, more) => h('div', {}, h('dt', {}, name), h('dd', {}, value, h('small', {}, more)));
  return h(
    'dl',
    { class: 'totals' },
    figure('Spent', usd(cost), `${usd(cost + saved)} on the baseline`),
    figure(saved < 0n ? 'Dearer by' : 'Saved', usd(saved < 0n ? -saved : saved), `${usd(measured)} of it measured`),
    figure('Questions', count(asked), `${asked ? percent(solved / asked) : '–'} answered`),
    figure('With a demonstration', solved ? percent(demonstrated / solved) : '–', 'of the answered'),
  );
}

/** One point for each question, oldest first: sums until then. */
function ofQuestions(recent) {
  let cost = 0n;
  let baseline = 0n;
  let learned = 0;
  let solved = 0;
  let demonstrated = 0;
  return recent.toReversed().map((task, index) => {
    cost += pico(task.receipt.cost_usd);
    baseline += pico(task.receipt.cost_usd) + pico(task.receipt.saved_usd);
    learned += task.learned ? 1 : 0;
    if (task.outcome === 'solved') {
      solved += 1;
      demonstrated += task.demonstration ? 1 : 0;
    }
    return { x: index + 1, label: String(index + 1), cost, baseline, learned, share: solved ? demonstrated / solved : 0 };
  });
}

function ofDays(days) {
  let cost = 0n;
  let baseline = 0n;
  let learned = 0;
  return days.map((day, index) => {
    cost += pico(day.cost_usd);
    baseline += pico(day.cost_usd) + pico(day.saved_usd);
    learned += day.learned;
    return { x: index, label: day.day, cost, baseline, learned, share: day.solved ? day.demonstrated / day.solved : 0 };
  });
}

function panel(title, lead, ...children) {
  return h('section', { class: 'panel' }, h('h2', {}, title), h('p', { class: 'lead' }, lead), ...children);
}

function unit() {
  return range === 'questions' ? 'Question' : 'Day (UTC)';
}

function costs(points) {
  const plot = lines({
    x: points.map((point) => point.x),
    labels: points.map((point) => point.label),
    formats: { usd: (value) => (value === null || value === undefined ? '' : usd(BigInt(Math.round(value * 1e12)))) },
    lines: [
      { name: 'Spent', colour: '--curtain', scale: 'usd', values: points.map((point) => dollars(point.cost)) },
      { name: 'On the baseline', colour: '--gilt', dash: true, scale: 'usd', values: points.map((point) => dollars(point.baseline)) },
    ],
  });
  open.push(plot);
  const last = points.at(-1);
  return panel(
    'Cost over time',
    last ? `${usd(last.cost)} so far; the baseline alone would have cost about ${usd(last.baseline)}.` : 'Nothing yet.',
    plot.element,
    figures('Cost over time', [unit(), 'Spent', 'On the baseline'], points.map((point) => [point.label, usd(point.cost), usd(point.baseline)])),
  );
}

function learning(points) {
  const plot = lines({
    x: points.map((point) => point.x),
    labels: points.map((point) => point.label),
    formats: {
      count: (value) => (Number.isInteger(value) ? String(value) : ''),
      share: (value) => (value === null || value === undefined || value > 1.0001 ? '' : percent(value)),
    },
    lines: [
      { name: 'Demonstrations learned', colour: '--leaf', step: true, scale: 'count', values: points.map((point) => point.learned) },
      { name: 'Answered with one', colour: '--curtain', dash: true, scale: 'share', values: points.map((point) => point.share) },
    ],
  });
  open.push(plot);
  const last = points.at(-1);
  return panel(
    'Learning',
    last ? `${last.learned === 1 ? '1 demonstration' : `${last.learned} demonstrations`} learned; ${percent(last.share)} of the answers came with one.` : 'Nothing yet.',
    plot.element,
    figures('Learning', [unit(), 'Demonstrations learned', 'Answered with one'], points.map((point) => [point.label, String(point.learned), percent(point.share)])),
  );
}

function byLever(levers) {
  const rows = levers.map((lever) => ({
    name: lever.lever,
    value: dollars(pico(lever.saved_usd)),
    text: usd(pico(lever.saved_usd)),
    more: lever.count === 1 ? ' once' : ` ${count(lever.count)} times`,
  }));
  return panel('By lever', 'What each stage of the receipts saved against the baseline.', bars('Saved by lever', rows));
}

function byAgent(agents) {
  const rows = agents.map((agent) => ({
    name: agent.agent,
    value: dollars(pico(agent.cost_usd)),
    text: usd(pico(agent.cost_usd)),
    more: ` ${agent.solved} of ${agent.count} answered`,
  }));
  return panel('By agent', 'What each agent spent.', bars('Spent by agent', rows, 'spent'));
}

function latest(recent) {
  const row = (task) => {
    const details = h('details', {}, h('summary', {}, h('span', { class: 'when' }, new Date(task.started).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })),
      h('span', { class: 'what' }, cut(task.question, 120)),
      h('span', { class: `badge ${task.outcome === 'solved' ? 'done' : 'failed'}` }, task.outcome),
      h('span', { class: 'figure' }, usd(pico(task.receipt.cost_usd)))));
    details.addEventListener('toggle', () => {
      if (details.open && !details.querySelector('.ticket')) {
        details.append(
          h('p', { class: 'figures' }, `${plain(task.agent)} · ${task.rung ?? 'no rung'} · ${seconds(task.receipt.wall_ms)}`),
          h('p', {}, h('a', { href: `#/c/${encodeURIComponent(task.conversation)}` }, 'Its conversation')),
          ticket(task),
        );
      }
    });
    return h('li', {}, details);
  };
  return h('section', { class: 'latest' }, h('h2', {}, 'The latest'), h('ol', {}, ...recent.slice(0, 50).map(row)));
}
