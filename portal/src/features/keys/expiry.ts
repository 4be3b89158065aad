import type { Product } from '@/api/types.ts';
import { DAY, daysOf, endOfDay, spanWords } from '@/lib/time.ts';

/** The lifetimes that are offered, those that a product does not allow too: disabled, with the reason. */
const SPANS = ['7d', '30d', '90d', '180d', '365d'] as const;

/** Of the spans allowed this is taken first: long enough to be of use, short enough to be renewed. */
const SENSIBLE = '90d';

export interface ExpiryChoice {
  /** A span of the API, "never", or "date" for a day of one's own. */
  value: string;
  label: string;
  /** Why it cannot be taken; absent if it can. */
  blocked?: string;
}

type Expiry = Product['key']['expiry'];

export function expiryChoices(expiry: Expiry, title: string): ExpiryChoice[] {
  const spans = [...new Set([...SPANS, ...expiry.choices.filter((one) => one !== 'never')])];
  const byLength = spans.sort((a, b) => (daysOf(a) ?? 0) - (daysOf(b) ?? 0));
  const choice = (value: string, label: string, isAllowed: boolean): ExpiryChoice =>
    isAllowed ? { value, label } : { value, label, blocked: `Not offered by ${title}` };
  return [
    ...byLength.map((span) => choice(span, spanWords(span), expiry.choices.includes(span))),
    choice('date', 'A date of your choice', expiry.mode === 'optional'),
    choice('never', 'No expiry', expiry.choices.includes('never')),
  ];
}

/** The choice that was wished for where it may be taken, else the sensible one. */
export function allowedChoice(expiry: Expiry, wish?: string): string {
  if (wish !== undefined && expiry.choices.includes(wish)) {
    return wish;
  }
  return expiry.choices.includes(SENSIBLE) ? SENSIBLE : (expiry.choices[0] ?? 'date');
}

/** The instant at which a key made now with this choice ends; null for never or not known yet. */
export function endOf(choice: string, date: string, now: Date): Date | null {
  const days = daysOf(choice);
  if (days !== null) {
    return new Date(now.getTime() + days * DAY);
  }
  return choice === 'date' && date !== '' ? endOfDay(date) : null;
}

/** What is sent for a choice: nothing where the product fixes it. */
export function expiryFields(
  expiry: Expiry,
  choice: string,
  date: string,
): { expires_in?: string; expires_at?: string } {
  if (expiry.mode === 'fixed') {
    return {};
  }
  return choice === 'date' ? { expires_at: endOfDay(date).toISOString() } : { expires_in: choice };
}
