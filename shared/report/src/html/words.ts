/** Numbers, durations, sizes and moments as people read them. */
import type { Score } from '@modelwright/contracts';

/** Four significant digits, without needless zeros. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const short = Number(value.toPrecision(4));
  return Math.abs(short) >= 10_000 ? short.toLocaleString('en-US') : String(short);
}

export function signedText(value: number): string {
  if (value === 0) return '0';
  return `${value < 0 ? '−' : '+'}${numberText(Math.abs(value))}`;
}

export function intervalText({ interval: [low, high] }: Score): string {
  return `${numberText(low)} … ${numberText(high)}`;
}

/** Such as `8 s`, `3 min 05 s`, `2 h 10 min`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return milliseconds < 9500 ? `${shortest(milliseconds / 1000)} s` : `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Two significant digits. */
function shortest(value: number): string {
  return String(Number(value.toPrecision(2)));
}

/** `2026-03-01 14:05 UTC`. */
export function momentText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function percentText(share: number): string {
  return `${numberText(Math.round(share * 1000) / 10)} %`;
}

/** In decimal units, such as `12.4 MB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${numberText(bytes / 1000 ** step)} ${units[step] ?? ''}`;
}

/** US dollars from millionths of them. */
export function usdText(micro: number): string {
  return `$${(micro / 1e6).toFixed(micro < 1e6 ? 4 : 2)}`;
}

export function countText(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** One line of at most so many characters; what is cut is shown by an ellipsis. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
