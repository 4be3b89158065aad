import { LOCALE } from '@/lib/locale.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

/** "3 days ago", "in 2 months"; under a minute "just now". */
export function relative(at: Date, now: Date = new Date(), locale = LOCALE): string {
  const distance = at.getTime() - now.getTime();
  for (const [unit, length] of STEPS) {
    if (Math.abs(distance) >= length) {
      const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
      return format.format(Math.round(distance / length), unit);
    }
  }
  return distance > 0 ? 'in less than a minute' : 'just now';
}

/** "22 November 2026 at 13:05:07 UTC+1": with the zone, for it is the reader's own. */
export function exact(at: Date, locale = LOCALE): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'long',
  }).format(at);
}

/** "22 Nov 2026". */
export function day(at: Date, locale = LOCALE): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at);
}

/** The days a span of the API stands for; null for "never". */
export function daysOf(span: string): number | null {
  const found = /^(\d+)d$/.exec(span);
  return found === null ? null : Number(found[1]);
}

/** "30 days", "No expiry". */
export function spanWords(span: string): string {
  const days = daysOf(span);
  const hours = /^(\d+)h$/.exec(span)?.[1];
  if (hours !== undefined) {
    return `${hours} hours`;
  }
  return days === null ? 'No expiry' : days === 1 ? '1 day' : `${days} days`;
}

/** The local end of a day picked in a calendar: that day still counts. */
export function endOfDay(date: string): Date {
  return new Date(`${date}T23:59:59.999`);
}

/** A day for a calendar field, in the reader's own zone. */
export function calendarDay(at: Date): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}
