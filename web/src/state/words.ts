export const percent = (share: number): string => `${Math.round(share * 100)} %`;
export const points = (value: number | 'none'): string => (value === 'none' ? '–' : value.toFixed(1));
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
/** The same where there is little room. */
export function shortDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime())
    ? day
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** A capital at the start, but not of a path or a name in code. */
export const capital = (text: string): string =>
  /^[a-z]+(?![\w./:(\[-])/.test(text) ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : text;

/** `2026-11-21` as people write it. */
export function dayWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime())
    ? day
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** It begins with a capital and ends with a full stop, but where that would become part of an address. */
export const sentence = (text: string): string => {
  const whole = capital(text);
  return /[.!?…]$|:\/\/\S+$/.test(whole) ? whole : `${whole}.`;
};
