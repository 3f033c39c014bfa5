// Amounts are decimal strings of dollars with 12 places; sums are whole picodollars, so that nothing is rounded on the way.

const PLACES = 12;

/** Picodollars of a decimal string. */
export function pico(decimal) {
  const negative = decimal.startsWith('-');
  const [whole, part = ''] = decimal.replace('-', '').split('.');
  const amount = BigInt(whole + part.padEnd(PLACES, '0').slice(0, PLACES));
  return negative ? -amount : amount;
}

/** A number of dollars, for plots only. */
export function dollars(amount) {
  return Number(amount) / 1e12;
}

/** `$0.0036`: four places, or as many as show two digits. */
export function usd(amount) {
  const negative = amount < 0n;
  const digits = (negative ? -amount : amount).toString().padStart(PLACES + 1, '0');
  const whole = digits.slice(0, -PLACES);
  const part = digits.slice(-PLACES);
  const first = part.search(/[1-9]/);
  const places = whole !== '0' ? 2 : first < 0 || first < 3 ? 4 : Math.min(PLACES, first + 2);
  const shown = part.slice(0, places);
  return `${negative ? '−' : ''}$${whole}.${shown}`;
}
