// Elements from code. Text stays text: nothing here ever becomes markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.setAttribute('class', value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** An HTML element with attributes, listeners (`onclick`) and children. */
export function h(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same for SVG. */
export function s(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

export function byId(id) {
  return document.getElementById(id);
}

// Terminal sequences first, whole; then what is left of control characters.
const SEQUENCES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** What a program or a model wrote, without what would move a cursor or turn the direction of text. */
export function plain(text) {
  return String(text).replace(SEQUENCES, '').replace(/\r\n?/g, '\n').replace(CONTROLS, '');
}

export function cut(text, most) {
  const line = plain(text);
  return line.length > most ? line.slice(0, most - 1) + '…' : line;
}

export function seconds(millis) {
  if (millis < 1000) return `${Math.max(0, Math.round(millis))} ms`;
  if (millis < 60000) return `${(millis / 1000).toFixed(millis < 10000 ? 1 : 0)} s`;
  return `${Math.floor(millis / 60000)} min ${Math.round((millis % 60000) / 1000)} s`;
}

export function count(number) {
  return Number(number).toLocaleString('en-GB');
}

export function percent(share) {
  return `${Math.round(share * 100)} %`;
}
