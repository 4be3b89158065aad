import { heightOf } from '@/features/usage/chartScale.ts';
import styles from '@/features/usage/Usage.module.css';
import { requestWords, sum } from '@/features/usage/usageSeries.ts';

/** A key's daily use: accepted requests and refusals, oldest day first. */
export interface Trend {
  requests: number[];
  refusals: number[];
}

const WIDTH = 72;
const HEIGHT = 22;

/** The days of a key, drawn small, with what they say in words for those who do not see them. */
export function Sparkline({ trend }: { trend: Trend }) {
  const all = trend.requests.map((n, day) => n + (trend.refusals[day] ?? 0));
  const top = Math.max(1, ...all);
  const pitch = WIDTH / Math.max(1, all.length);
  const words = trendWords(trend);
  const compact = new Intl.NumberFormat(undefined, { notation: 'compact' });
  return (
    <span className={styles.spark} title={words} data-trend>
      <svg width={WIDTH} height={HEIGHT} role="img" aria-label={words} focusable="false">
        <line className={styles.sparkBase} x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        {all.map((_, day) => {
          const accepted = heightOf(trend.requests[day] ?? 0, top, HEIGHT - 3);
          const refused = heightOf(trend.refusals[day] ?? 0, top, HEIGHT - 3);
          const at = { x: day * pitch + 0.4, width: Math.max(1, pitch - 0.8) };
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a day keeps its place
            <g key={day}>
              {accepted > 0 && (
                <rect
                  className={styles.sparkAccepted}
                  {...at}
                  y={HEIGHT - 1 - accepted}
                  height={accepted}
                />
              )}
              {refused > 0 && (
                <rect
                  className={styles.sparkRefused}
                  {...at}
                  y={HEIGHT - 1 - accepted - refused}
                  height={refused}
                />
              )}
            </g>
          );
        })}
      </svg>
      <span className={styles.sparkNumber} aria-hidden="true">
        {compact.format(sum(all))}
      </span>
    </span>
  );
}

/** "1,204 requests in 30 days, 3 refused". */
export function trendWords(trend: Trend): string {
  const accepted = sum(trend.requests);
  const refused = sum(trend.refusals);
  const days = `in ${trend.requests.length} days`;
  return accepted + refused === 0 ? `No requests ${days}` : requestWords(accepted, refused, days);
}
