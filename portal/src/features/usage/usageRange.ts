/** The stretches of time that use is shown for. */
export const USAGE_RANGES = ['24h', '7d', '30d', '90d'] as const;
export type UsageRange = (typeof USAGE_RANGES)[number];

/** What stands in the address; absent for the usual 30 days. */
export interface UsageSearch {
  range?: UsageRange;
}

export const USUAL_RANGE: UsageRange = '30d';

const HOUR_MILLIS = 3_600_000;
const DAY_MILLIS = 24 * HOUR_MILLIS;

const STEPS: Record<UsageRange, { step: 'hour' | 'day'; count: number; words: string }> = {
  '24h': { step: 'hour', count: 24, words: '24 hours' },
  '7d': { step: 'day', count: 7, words: '7 days' },
  '30d': { step: 'day', count: 30, words: '30 days' },
  '90d': { step: 'day', count: 90, words: '90 days' },
};

export function readUsageSearch(search: Record<string, unknown>): UsageSearch {
  return { range: USAGE_RANGES.find((range) => range === search.range) };
}

export function rangeWords(range: UsageRange): string {
  return STEPS[range].words;
}

/** What is asked of the API: as many whole hours or days (UTC) as the range has, with this one. */
export function rangeQuery(range: UsageRange, now: Date): { from: string; step: 'hour' | 'day' } {
  const { step, count } = STEPS[range];
  const length = step === 'hour' ? HOUR_MILLIS : DAY_MILLIS;
  const thisStep = Math.floor(now.getTime() / length) * length;
  return { step, from: new Date(thisStep - (count - 1) * length).toISOString() };
}
