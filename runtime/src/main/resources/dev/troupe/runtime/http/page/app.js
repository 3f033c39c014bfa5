// The page as a whole: which conversation or page is shown, the list of conversations, panels, theme and key.
import * as api from './api.js';
import { Conversation } from './conversation.js';
import { byId, cut, h, plain } from './dom.js';

const PHONE = matchMedia('(max-width: 1100px)');
const THEMES = ['system', 'light', 'dark'];

let conversation = null;
let agents = [];
let entry = '';
let shownTurn = null;

const question = byId('question');
const scroll = byId('scroll');

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function tell(text) {
  byId('told').textContent = text;
}

// Panels

function panel(name, open) {
  const element = byId(name);
  element.classList.toggle('open', open);
  byId(`open-${name}`).setAttribute('aria-expanded', String(open));
  if (open && PHONE.matches) element.querySelector('a, button')?.focus();
}

function closePanels() {
  for (const name of ['list', 'trace']) {
    if (!byId(name).classList.contains('open')) continue;
    const inside = byId(name).contains(document.activeElement);
    panel(name, false);
    if (inside && PHONE.matches) byId(`open-${name}`).focus();
  }
}

function showTrace(turn, open = false) {
  shownTurn = turn;
  byId('trace-body').replaceChildren(turn.trace.element);
  if (open) {
    panel('list', false);
    panel('trace', true);
  }
}

// Conversations

/** The page before anything was asked, or a conversation, whose title is for those who do not see it. */
function playbill(shown, title = '') {
  byId('playbill').hidden = !shown;
  byId('title').hidden = shown;
  byId('title').textContent = cut(title ?? '', 120);
}

function atBottom() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
}

new ResizeObserver(() => {
  if (scroll.dataset.follow === 'true') scroll.scrollTop = scroll.scrollHeight;
}).observe(byId('turns'));

scroll.addEventListener('scroll', () => { scroll.dataset.follow = String(atBottom()); });

function busy(is) {
  byId('stop').hidden = !is;
  byId('send').hidden = is;
  byId('talk').setAttribute('aria-busy', String(is));
}

const listeners = {
  onTrace: showTrace,
  onAgain: (text) => ask(text),
  onBusy: busy,
  onTurn(turn) {
    playbill(false, turn.question);
    scroll.dataset.follow = 'true';
    showTrace(turn);
  },
  // Not before: a list that is fetched beside the question may come without it.
  onTaken: refreshList,
  onEnd(turn) {
    tell(turn.task && !turn.element.querySelector('.failure') ? `${turn.agent} has answered` : `${turn.agent} has no answer`);
    refreshList();
    if (document.activeElement === document.body) question.focus();
  },
};

async function showConversation(id) {
  conversation?.leave();
  conversation = new Conversation(id ?? newId(), listeners);
  const shown = conversation;
  byId('talk').hidden = false;
  byId('receipts').hidden = true;
  document.body.dataset.view = 'talk';
  busy(false);
  byId('turns').replaceChildren(conversation.element);
  playbill(id === null, 'Conversation');
  byId('trace-body').replaceChildren(h('p', { class: 'hint' }, 'What an agent does appears here while it works.'));
  mark();
  if (id === null) return;
  try {
    await conversation.load();
  } catch (failure) {
    if (shown === conversation) byId('turns').replaceChildren(problem(failure));
    return;
  }
  if (shown !== conversation) return;
  playbill(conversation.empty, conversation.turns[0]?.question);
  choose(conversation.agent);
  scroll.scrollTop = scroll.scrollHeight;
}

export function problem(failure) {
  return h('div', { class: 'failure', role: 'alert' }, h('h2', {}, 'That did not work'), h('p', {}, plain(failure.message)));
}

function ask(text) {
  const asked = text.trim();
  if (!asked || conversation.running) return;
  const agent = byId('agent').value || entry;
  const address = `#/c/${encodeURIComponent(conversation.id)}`;
  if (location.hash !== address) history.replaceState(null, '', address);
  question.value = '';
  fit();
  conversation.ask(agent, asked);
}

async function refreshList() {
  const [kept, live] = await Promise.all([api.get('/v1/conversations?limit=100'), api.get('/v1/tasks')]).catch(() => []);
  if (!kept) return;
  const running = new Map(live.data.filter((task) => task.conversation).map((task) => [task.conversation, task]));
  const known = new Set(kept.data.map((each) => each.id));
  const fresh = [...running.values()].filter((task) => !known.has(task.conversation));
  const items = [
    ...fresh.map((task) => item(task.conversation, task.question, 'at work')),
    ...kept.data.map((each) => item(each.id, each.title, running.has(each.id) ? 'at work' : each.turns === 1 ? '1 question' : `${each.turns} questions`)),
  ];
  byId('conversations').replaceChildren(...items);
  byId('no-conversations').hidden = items.length > 0;
  mark();
}

function item(id, title, more) {
  return h(
    'li',
    {},
    h('a', { href: `#/c/${encodeURIComponent(id)}`, 'data-id': id }, h('span', { class: 'title' }, cut(title, 80)), h('span', { class: 'more' }, more)),
  );
}

function mark() {
  const receipts = location.hash === '#/receipts';
  for (const link of byId('conversations').querySelectorAll('a')) {
    const current = !receipts && conversation && link.dataset.id === conversation.id;
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (receipts) byId('to-receipts').setAttribute('aria-current', 'page');
  else byId('to-receipts').removeAttribute('aria-current');
}

// Agents

function choose(agent) {
  if (agent && agents.includes(agent)) byId('agent').value = agent;
  for (const button of byId('cast').querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.dataset.agent === byId('agent').value));
  }
}

async function loadTeam() {
  const models = await api.get('/v1/models');
  entry = models.troupe.entry;
  agents = models.data.map((model) => model.id).filter((id) => id !== models.troupe.team || id === entry);
  for (const id of ['team', 'bar-name', 'playbill-team']) byId(id).textContent = models.troupe.team;
  document.title = `${models.troupe.team} · Troupe`;
  byId('agent').replaceChildren(...agents.map((agent) => h('option', { value: agent }, agent)));
  byId('cast').replaceChildren(
    ...agents.map((agent) =>
      h(
        'li',
        {},
        h(
          'button',
          { type: 'button', 'data-agent': agent, 'aria-pressed': 'false', onclick: () => { choose(agent); question.focus(); } },
          h('span', { class: 'role' }, agent),
          h('span', { class: 'dots', 'aria-hidden': 'true' }),
          h('span', { class: 'part' }, agent === entry ? 'is asked first' : 'can be asked'),
        ),
      ),
    ),
  );
  choose(agents.includes(entry) ? entry : agents[0]);
}

// Composer

function fit() {
  question.style.height = 'auto';
  question.style.height = `${Math.min(question.scrollHeight, 220)}px`;
}

question.addEventListener('input', fit);
question.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    ask(question.value);
  }
});
byId('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  ask(question.value);
});
byId('agent').addEventListener('change', () => choose(null));
byId('stop').addEventListener('click', stop);

function stop() {
  byId('stop').disabled = true;
  conversation
    .stop()
    .catch((failure) => tell(failure.message))
    .finally(() => { byId('stop').disabled = false; });
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || byId('key').open) return;
  if (byId('list').classList.contains('open') || byId('trace').classList.contains('open')) closePanels();
  else if (conversation?.running) stop();
});

// Theme

function theme(chosen) {
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  byId('theme').textContent = `Theme: ${chosen}`;
  document.dispatchEvent(new Event('troupe-theme'));
}

byId('theme').addEventListener('click', () => {
  const now = document.documentElement.dataset.theme ?? 'system';
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  theme(next);
  try {
    localStorage.setItem('troupe.theme', next);
  } catch {
    // It holds until the page is loaded anew.
  }
});

// Key

let keyAsked = null;

api.onKeyNeeded((wrong) => {
  keyAsked ??= new Promise((resolve) => {
    const dialog = byId('key');
    byId('key-why').textContent = wrong
      ? 'The server does not know that key.'
      : 'This server answers those who have a key. It stays in this tab until the tab is closed.';
    dialog.returnValue = '';
    dialog.showModal();
    dialog.addEventListener('close', () => {
      const key = byId('key-value').value.trim();
      byId('key-value').value = '';
      keyAsked = null;
      if (dialog.returnValue !== 'given' || !key) {
        resolve(false);
        return;
      }
      api.setKey(key);
      byId('forget-key').hidden = false;
      resolve(true);
    }, { once: true });
  });
  return keyAsked;
});

byId('key-form').addEventListener('submit', (event) => {
  event.preventDefault();
  byId('key').close('given');
});

byId('forget-key').addEventListener('click', () => {
  api.setKey(null);
  location.reload();
});

// Routes

async function route() {
  closePanels();
  if (location.hash === '#/receipts') {
    byId('talk').hidden = true;
    byId('receipts').hidden = false;
    document.body.dataset.view = 'receipts';
    mark();
    const { show } = await import('./receipts.js');
    await show(byId('receipts'));
    return;
  }
  const named = location.hash.match(/^#\/c\/(.+)$/);
  await showConversation(named ? decodeURIComponent(named[1]) : null);
  if (!PHONE.matches) question.focus();
}

window.addEventListener('hashchange', route);
byId('new').addEventListener('click', (event) => {
  if (location.hash === '' || location.hash === '#/') {
    event.preventDefault();
    closePanels();
    question.focus();
  }
});
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  question.focus();
});
byId('open-list').addEventListener('click', () => {
  panel('trace', false);
  panel('list', !byId('list').classList.contains('open'));
});
byId('open-trace').addEventListener('click', () => {
  panel('list', false);
  panel('trace', !byId('trace').classList.contains('open'));
});
byId('close-trace').addEventListener('click', closePanels);
byId('conversations').addEventListener('click', () => closePanels());

async function begin() {
  theme(document.documentElement.dataset.theme ?? 'system');
  byId('forget-key').hidden = !api.hasKey();
  try {
    await loadTeam();
  } catch (failure) {
    playbill(false, 'Troupe');
    byId('turns').replaceChildren(problem(failure));
    return;
  }
  await Promise.all([refreshList(), route()]);
}

begin();
