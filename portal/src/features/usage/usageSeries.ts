import type { KeyUsage } from '@/api/types.ts';
import { refusalWords } from '@/features/usage/refusalWords.ts';
import { LOCALE } from '@/lib/locale.ts';
import { count } from '@/lib/words.ts';

/** Refusals that are drawn alike: of one reason, or of all those too rare for a look of their own. */
export interface RefusalGroup {
  /** The reason of the API; null for the rest. */
  reason: string | null;
  title: string;
  brief: string;
  total: number;
}

export interface UsageBar {
  at: Date;
  accepted: number;
  refused: number;
  /** Refusals in the order of the groups. */
  byGroup: number[];
}

/** What the chart draws and its table tells: the same numbers in both. */
export interface UsageSeries {
  step: 'hour' | 'day';
  groups: RefusalGroup[];
  bars: UsageBar[];
  accepted: number;
  refused: number;
}

/** As many patterns are told apart. */
const MOST_GROUPS = 4;

export function seriesOf(usage: Pick<KeyUsage, 'step' | 'requests' | 'refusals' | 'data'>) {
  const groups = groupsOf(usage.refusals);
  const bars = usage.data.map((step) => barOf(step, groups));
  const series: UsageSeries = {
    step: usage.step,
    groups,
    bars,
    accepted: usage.requests,
    refused: sum(Object.values(usage.refusals)),
  };
  return series;
}

function groupsOf(refusals: Record<string, number>): RefusalGroup[] {
  const reasons = Object.entries(refusals)
    .filter(([, total]) => total > 0)
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
  const own = reasons.length > MOST_GROUPS ? reasons.slice(0, MOST_GROUPS - 1) : reasons;
  const groups: RefusalGroup[] = own.map(([reason, total]) => {
    const { title, brief } = refusalWords(reason);
    return { reason, title, brief, total };
  });
  const rest = sum(reasons.slice(own.length).map(([, total]) => total));
  return rest === 0
    ? groups
    : [...groups, { reason: null, title: 'Other reasons', brief: 'other reasons', total: rest }];
}

function barOf(step: KeyUsage['data'][number], groups: RefusalGroup[]): UsageBar {
  const refused = sum(Object.values(step.refusals));
  const named = groups.map(({ reason }) => (reason === null ? 0 : (step.refusals[reason] ?? 0)));
  const rest = refused - sum(named);
  return {
    at: new Date(step.at),
    accepted: step.requests,
    refused,
    byGroup: groups.map(({ reason }, index) => (reason === null ? rest : (named[index] ?? 0))),
  };
}

/** The greatest number of requests in one step. */
export function greatest(series: UsageSeries): number {
  return Math.max(0, ...series.bars.map((bar) => bar.accepted + bar.refused));
}

/**
 * "1,204 requests, 3 refused", or with `during` "1,204 requests in 30 days, 3 refused". Refused ones
 * are requests, too.
 */
export function requestWords(accepted: number, refused: number, during?: string): string {
  const requests = count(accepted + refused, 'request');
  const all = during === undefined ? requests : `${requests} ${during}`;
  return refused === 0 ? all : `${all}, ${new Intl.NumberFormat(LOCALE).format(refused)} refused`;
}

/** One bar in a sentence: "22 November 2026: 5 requests, 2 refused (2 expired)". */
export function barWords(bar: UsageBar, series: UsageSeries): string {
  const number = new Intl.NumberFormat(LOCALE);
  const why = series.groups
    .map((group, index) => ({ brief: group.brief, n: bar.byGroup[index] ?? 0 }))
    .filter(({ n }) => n > 0)
    .map(({ brief, n }) => `${number.format(n)} ${brief}`)
    .join(', ');
  const words = requestWords(bar.accepted, bar.refused);
  return `${stepWords(bar.at, series.step)}: ${words}${why === '' ? '' : ` (${why})`}`;
}

/** A step's time in full. Days are those of UTC, in which they are counted; hours are the reader's. */
export function stepWords(at: Date, step: 'hour' | 'day', locale?: string): string {
  return new Intl.DateTimeFormat(
    locale,
    step === 'day'
      ? { dateStyle: 'long', timeZone: 'UTC' }
      : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(at);
}

/** The same, short, for an axis. */
export function stepMark(at: Date, step: 'hour' | 'day', locale?: string): string {
  return new Intl.DateTimeFormat(
    locale,
    step === 'day'
      ? { day: 'numeric', month: 'short', timeZone: 'UTC' }
      : { hour: '2-digit', minute: '2-digit' },
  ).format(at);
}

export function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
