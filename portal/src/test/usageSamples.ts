import type { KeyUsage } from '@/api/types.ts';

const DAY_MILLIS = 86_400_000;
const FIRST = Date.parse('2026-11-20T00:00:00Z');

type Step = Partial<Pick<KeyUsage['data'][number], 'requests' | 'refusals'>>;

/** The use of the sample key on some days from 20 November on. */
export function usageOf(steps: Step[], rest: Partial<KeyUsage> = {}): KeyUsage {
  const data = steps.map((step, index) => ({
    at: new Date(FIRST + index * DAY_MILLIS).toISOString(),
    requests: step.requests ?? 0,
    refusals: step.refusals ?? {},
  }));
  const refusals: Record<string, number> = {};
  for (const [reason, count] of data.flatMap((step) => Object.entries(step.refusals))) {
    refusals[reason] = (refusals[reason] ?? 0) + count;
  }
  return {
    key: 'key_a1B2c3D4e5F6',
    from: new Date(FIRST).toISOString(),
    to: new Date(FIRST + steps.length * DAY_MILLIS).toISOString(),
    step: 'day',
    requests: data.reduce((total, step) => total + step.requests, 0),
    refusals,
    data,
    recent_refusals: [],
    clients: [],
    accuracy_seconds: 5,
    ...rest,
  };
}
