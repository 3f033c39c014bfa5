// A receipt as a ticket: what each stage came to, what it cost, and what the baseline would have cost.
import { count, h, plain, seconds } from './dom.js';
import { pico, usd } from './money.js';

/** What was saved, in words, with whether that was measured. */
export function saving(receipt) {
  const saved = pico(receipt.saved_usd);
  const basis = receipt.baseline.basis === 'measured' ? '' : ', estimated';
  if (saved === 0n) return 'saved nothing';
  return saved > 0n ? `saved ${usd(saved)}${basis}` : `dearer by ${usd(-saved)}${basis}`;
}

export function ticket(task) {
  const receipt = task.receipt;
  const rows = receipt.steps.map((step) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, plain(step.stage)),
      h('td', {}, plain(step.outcome)),
      h('td', { class: 'figure' }, usd(pico(step.cost_usd))),
    ),
  );
  return h(
    'section',
    { class: 'ticket', 'aria-label': 'Receipt' },
    h('h3', {}, 'Receipt'),
    h(
      'p',
      { class: 'figures' },
      `${seconds(receipt.wall_ms)} · ${receipt.model_calls === 1 ? '1 model call' : `${receipt.model_calls} model calls`} · `,
      `${count(receipt.input_tokens)} tokens in (${count(receipt.cached_tokens)} cached), ${count(receipt.output_tokens)} out`,
    ),
    h(
      'table',
      {},
      h('caption', { class: 'unseen' }, 'Stages of the receipt'),
      h('thead', { class: 'unseen' }, h('tr', {}, h('th', {}, 'Stage'), h('th', {}, 'Outcome'), h('th', {}, 'Cost'))),
      h('tbody', {}, ...rows),
    ),
    h(
      'dl',
      { class: 'sum' },
      h('div', {}, h('dt', {}, 'Cost'), h('dd', {}, usd(pico(receipt.cost_usd)))),
      h(
        'div',
        {},
        h('dt', {}, `${plain(receipt.baseline.model)} alone`),
        h('dd', {}, usd(pico(receipt.baseline.cost_usd))),
      ),
    ),
    h('p', { class: 'saving' }, saving(receipt)),
    h('p', { class: 'number' }, plain(task.task)),
  );
}
