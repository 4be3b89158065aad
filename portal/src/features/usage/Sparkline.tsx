import { heightOf } from '@/features/usage/chartScale.ts';
import styles from '@/features/usage/Usage.module.css';
import { requestWords, sum } from '@/features/usage/usageSeries.ts';
import { LOCALE } from '@/lib/locale.ts';

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
  const accepted = trend.requests.map((n) => heightOf(n, top, HEIGHT - 3));
  const refused = all.map((_, day) => heightOf(trend.refusals[day] ?? 0, top, HEIGHT - 3));
  const words = trendWords(trend);
  if (sum(all) === 0) {
    return (
      <span role="img" aria-label={words} title={words} data-trend>
        –
      </span>
    );
  }
  const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact' });
  return (
    <span className={styles.spark} title={words} data-trend>
      <svg width={WIDTH} height={HEIGHT} role="img" aria-label={words} focusable="false">
        <line className={styles.sparkBase} x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        <path
          className={styles.sparkAccepted}
          d={bars(
            accepted,
            accepted.map(() => 0),
          )}
        />
        <path className={styles.sparkRefused} d={bars(refused, accepted)} />
      </svg>
      <span className={styles.sparkNumber} aria-hidden="true">
        {compact.format(sum(all))}
      </span>
    </span>
  );
}

/** One path for all bars: a list of a thousand keys has a thousand of these, and not thirty thousand. */
function bars(heights: number[], below: number[]): string {
  const pitch = WIDTH / Math.max(1, heights.length);
  const width = Math.max(1, pitch - 0.8).toFixed(1);
  return heights
    .map((height, day) => {
      const x = (day * pitch + 0.4).toFixed(1);
      const y = (HEIGHT - 1 - (below[day] ?? 0) - height).toFixed(1);
      return height > 0 ? `M${x} ${y}h${width}v${height.toFixed(1)}h-${width}z` : '';
    })
    .join('');
}

/** "1,204 requests in 30 days, 3 refused". */
export function trendWords(trend: Trend): string {
  const accepted = sum(trend.requests);
  const refused = sum(trend.refusals);
  const days = `in ${trend.requests.length} days`;
  return accepted + refused === 0 ? `No requests ${days}` : requestWords(accepted, refused, days);
}
