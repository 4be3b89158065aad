import type { Key, Product } from '@/api/types.ts';
import { DAY, endOfDay, exact } from '@/lib/time.ts';

/** Ends that fit moving over from an old key to a new one. */
const SOON: { value: string; label: string; millis: number }[] = [
  { value: '1h', label: 'In 1 hour', millis: DAY / 24 },
  { value: '1d', label: 'In 1 day', millis: DAY },
  { value: '7d', label: 'In 7 days', millis: 7 * DAY },
];

/** Whether people may let a key end earlier: not where the product fixes the life of every key. */
export function mayEndEarlier(product: Product, key: Key): boolean {
  return product.key.expiry.mode !== 'fixed' && key.status === 'active';
}

/** The choices that are earlier than the key's own end; a date of one's own is always among them. */
export function earlierChoices(key: Key, now: Date): { value: string; label: string }[] {
  const end = endOf(key);
  const soon = SOON.filter(({ millis }) => now.getTime() + millis < end);
  return [
    ...soon.map(({ value, label }) => ({ value, label })),
    { value: 'date', label: 'On a date' },
  ];
}

/** The instant a choice stands for; null while no date is picked. */
export function earlierEnd(choice: string, date: string, now: Date): Date | null {
  const soon = SOON.find(({ value }) => value === choice);
  if (soon !== undefined) {
    return new Date(now.getTime() + soon.millis);
  }
  return date === '' ? null : endOfDay(date);
}

/** What is wrong with an end: it lies ahead, and before the key's own. */
export function earlierProblem(end: Date | null, key: Key, now: Date): string | null {
  if (end === null || Number.isNaN(end.getTime())) {
    return 'Pick the last day on which it works';
  }
  if (end.getTime() <= now.getTime()) {
    return 'Pick a day ahead. To end it now, revoke it';
  }
  return end.getTime() < endOf(key)
    ? null
    : `It already ends on ${exact(new Date(endOf(key)))}: an expiry can only become earlier`;
}

function endOf(key: Key): number {
  return key.expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(key.expires_at);
}
