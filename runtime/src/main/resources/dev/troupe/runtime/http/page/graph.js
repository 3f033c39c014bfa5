// A plan as a graph: tasks from left to right in the order of what they need, each with its state.
import { cut, h, plain, s } from './dom.js';

const WIDTH = 128;
const HEIGHT = 46;
const GAP_X = 34;
const GAP_Y = 14;
const STATES = {
  waiting: 'waiting',
  ready: 'waiting',
  running: 'running',
  done: 'done',
  solved: 'done',
  failed: 'failed',
  skipped: 'skipped',
  cancelled: 'cancelled',
};

function tasksOf(event) {
  const tasks = event.plan?.tasks ?? event.plan ?? event.tasks;
  return Array.isArray(tasks) && tasks.every((task) => task && task.id !== undefined) ? tasks : null;
}

/** Whether an event brings a plan of tasks. */
export function isPlan(event) {
  return tasksOf(event) !== null;
}

/** What a task needs: named outright, or through what it takes from others. */
function needs(task, ids) {
  const named = task.needs ?? task.depends_on ?? task.dependencies ?? task.after;
  const words = JSON.stringify(named ?? task.inputs ?? task.arguments ?? []);
  return ids.filter((id) => id !== String(task.id) && words.split(/[^\w-]+/).includes(id));
}

export class Graph {
  constructor() {
    this.nodes = new Map();
    this.list = h('ol', { class: 'unseen' });
    this.frame = h('div', { class: 'wide plan', tabindex: 0, role: 'group', 'aria-label': 'Plan' });
    this.element = h('div', {}, h('p', { class: 'label' }, 'plan'), this.frame, this.list);
  }

  /** Takes a plan, or the state of one of its tasks; false when it is neither. */
  take(event) {
    const tasks = tasksOf(event);
    if (tasks) {
      tasks.forEach((task) => this.update(task));
    } else {
      const id = String(event.id ?? event.step ?? event.node ?? '');
      if (!this.nodes.has(id)) return false;
      this.update({ ...event, id });
    }
    this.draw();
    return true;
  }

  update(task) {
    const id = String(task.id);
    const known = this.nodes.get(id) ?? { state: 'waiting' };
    const { type, ...rest } = task;
    this.nodes.set(id, { ...known, ...rest, id, state: STATES[task.state] ?? known.state });
  }

  /** Columns by how much has to be done before. */
  layout() {
    const ids = [...this.nodes.keys()];
    const before = new Map(ids.map((id) => [id, needs(this.nodes.get(id), ids)]));
    const depth = new Map();
    const of = (id, seen) => {
      if (!depth.has(id)) {
        const found = seen.has(id) ? [] : before.get(id);
        depth.set(id, Math.max(0, ...found.map((need) => of(need, new Set([...seen, id])) + 1)));
      }
      return depth.get(id);
    };
    const rows = [];
    const places = new Map();
    for (const id of ids) {
      const column = of(id, new Set());
      rows[column] = (rows[column] ?? 0) + 1;
      places.set(id, { x: column * (WIDTH + GAP_X), y: (rows[column] - 1) * (HEIGHT + GAP_Y) });
    }
    const tallest = Math.max(...rows.map((row) => row ?? 0));
    return { places, before, width: rows.length * (WIDTH + GAP_X) - GAP_X, height: tallest * (HEIGHT + GAP_Y) - GAP_Y };
  }

  draw() {
    const { places, before, width, height } = this.layout();
    const svg = s('svg', { width: width + 4, height: height + 4, viewBox: `-2 -2 ${width + 4} ${height + 4}`, 'aria-hidden': 'true' });
    for (const [id, place] of places) {
      for (const need of before.get(id)) {
        const from = places.get(need);
        const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, place.x, place.y + HEIGHT / 2];
        const bend = (x2 - x1) / 2;
        svg.append(s('path', { class: 'edge', d: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}` }));
      }
    }
    for (const [id, place] of places) svg.append(this.node(this.nodes.get(id), place));
    this.frame.replaceChildren(svg);
    this.list.replaceChildren(...[...this.nodes.values()].map((node) => h('li', {}, `${plain(node.task ?? node.id)}: ${node.state}`)));
  }

  node(node, { x, y }) {
    const who = node.expert ?? node.agent ?? node.id;
    return s(
      'g',
      { class: `node ${node.state}`, transform: `translate(${x},${y})` },
      s('rect', { width: WIDTH, height: HEIGHT, rx: 4 }),
      s('text', { x: 10, y: 19 }, cut(node.task ?? node.id, 17)),
      s('text', { x: 10, y: 36, class: 'who' }, `${cut(who, 12)} · ${node.state}`),
    );
  }
}
