// Plots of sums: lines over questions or days, and bars.
import { h, plain } from './dom.js';
import uPlot from './uplot.mjs';

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * Lines over a common axis.
 *
 * @param plot.x numbers, rising
 * @param plot.labels what stands at each of them
 * @param plot.lines `{ name, values, colour, dash, step, scale }`, the colour a custom property's name
 * @param plot.formats by scale, from a number to its text
 */
export function lines(plot) {
  const element = h('div', { class: 'plot', 'aria-hidden': 'true' });
  const readout = h('p', { class: 'readout' });
  let drawn = null;
  const draw = () => {
    drawn?.destroy();
    const width = Math.max(240, element.clientWidth);
    drawn = new uPlot(options(plot, width, readout), [plot.x, ...plot.lines.map((line) => line.values)], element);
  };
  const legend = h(
    'ul',
    { class: 'legend' },
    ...plot.lines.map((line) => h('li', { class: line.dash ? 'dashed' : '', 'data-colour': line.colour.slice(2) }, line.name)),
  );
  const observer = new ResizeObserver(() => { if (element.clientWidth !== drawn?.width) draw(); });
  observer.observe(element);
  document.addEventListener('troupe-theme', draw);
  return {
    element: h('div', {}, legend, element, readout),
    close() {
      observer.disconnect();
      document.removeEventListener('troupe-theme', draw);
      drawn?.destroy();
    },
  };
}

function options(plot, width, readout) {
  const ink = colour('--muted');
  const rule = colour('--line');
  const font = '12px ui-monospace, "Liberation Mono", monospace';
  const scales = Object.keys(plot.formats);
  return {
    width,
    height: 220,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: {
      x: { time: false },
      ...Object.fromEntries(scales.map((scale) => [scale, { range: (self, low, high) => [Math.min(0, low), high > 0 ? high * 1.08 : 1] }])),
    },
    axes: [
      {
        stroke: ink,
        font,
        grid: { show: false },
        ticks: { stroke: rule },
        values: (self, splits) => splits.map((at) => (Number.isInteger(at) ? plot.labels[plot.x.indexOf(at)] ?? '' : '')),
        space: 70,
      },
      ...scales.map((scale, index) => ({
        scale,
        side: index === 0 ? 3 : 1,
        stroke: ink,
        font,
        size: 74,
        grid: { show: index === 0, stroke: rule, width: 1 },
        ticks: { show: false },
        values: (self, splits) => splits.map((value) => plot.formats[scale](value)),
      })),
    ],
    series: [
      {},
      ...plot.lines.map((line) => ({
        label: line.name,
        scale: line.scale,
        stroke: colour(line.colour),
        width: 2,
        dash: line.dash ? [6, 5] : undefined,
        paths: line.step ? uPlot.paths.stepped({ align: 1 }) : undefined,
        points: { show: plot.x.length < 30, size: 5, fill: colour(line.colour) },
      })),
    ],
    hooks: {
      setCursor: [
        (self) => {
          const at = self.cursor.idx;
          readout.textContent =
            at === null || at === undefined
              ? ''
              : [plot.labels[at], ...plot.lines.map((line) => `${line.name} ${plot.formats[line.scale](line.values[at])}`)].join(' · ');
        },
      ],
    },
  };
}

/** Bars with their figures, as a table: `{ name, value, text, more }`. */
export function bars(caption, rows, kind = '') {
  const most = Math.max(...rows.map((row) => Math.abs(row.value)), 0);
  return h(
    'table',
    { class: 'bars' },
    h('caption', { class: 'unseen' }, caption),
    h('thead', { class: 'unseen' }, h('tr', {}, h('th', {}, 'Name'), h('th', {}, 'Share'), h('th', {}, 'Amount'))),
    h(
      'tbody',
      {},
      ...rows.map((row) => {
        const bar = h('span', { class: `bar-value ${row.value < 0 ? 'negative' : kind}` });
        bar.style.width = `${most > 0 ? Math.max(1, (100 * Math.abs(row.value)) / most) : 0}%`;
        return h(
          'tr',
          {},
          h('th', { scope: 'row' }, plain(row.name), row.more ? h('small', {}, row.more) : null),
          h('td', { class: 'bar-cell' }, bar),
          h('td', { class: 'figure' }, row.text),
        );
      }),
    ),
  );
}

/** The figures of a plot for those who cannot see it. */
export function figures(caption, head, rows) {
  return h(
    'details',
    { class: 'numbers' },
    h('summary', {}, 'As a table'),
    h(
      'div',
      { class: 'wide', tabindex: 0, role: 'group', 'aria-label': caption },
      h(
        'table',
        {},
        h('caption', { class: 'unseen' }, caption),
        h('thead', {}, h('tr', {}, ...head.map((name) => h('th', { scope: 'col' }, name)))),
        h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((value) => h('td', {}, plain(value)))))),
      ),
    ),
  );
}
