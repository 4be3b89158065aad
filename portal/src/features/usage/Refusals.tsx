import type { KeyUsage } from '@/api/types.ts';
import { refusalWords } from '@/features/usage/refusalWords.ts';
import styles from '@/features/usage/Usage.module.css';
import { rangeWords, type UsageRange } from '@/features/usage/usageRange.ts';
import { exact } from '@/lib/time.ts';
import { count } from '@/lib/words.ts';
import { Panel } from '@/ui/Page.tsx';

/** Why requests were refused and what to do about it; nothing where none were. */
export function Refusals({ usage, range }: { usage: KeyUsage; range: UsageRange }) {
  const reasons = Object.entries(usage.refusals)
    .filter(([, total]) => total > 0)
    .sort(([, m], [, n]) => n - m);
  if (reasons.length === 0 && usage.recent_refusals.length === 0) {
    return null;
  }
  return (
    <Panel title={`Refused in the last ${rangeWords(range)}`}>
      {reasons.length === 0 && <p className={styles.advice}>None in this time.</p>}
      <ul className={styles.reasons}>
        {reasons.map(([reason, total]) => {
          const { title, advice } = refusalWords(reason);
          return (
            <li key={reason} className={styles.reason} data-reason={reason}>
              <div className={styles.reasonTitle}>
                {title}: {count(total, 'request')}
              </div>
              <p className={styles.advice}>{advice}</p>
            </li>
          );
        })}
      </ul>
      {usage.recent_refusals.length > 0 && <Recent refusals={usage.recent_refusals} />}
    </Panel>
  );
}

function Recent({ refusals }: { refusals: KeyUsage['recent_refusals'] }) {
  return (
    <>
      <h3 className={styles.sub}>The last ones</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label="Table of the last refusals">
        <table className={`${styles.table} ${styles.cards}`}>
          <caption>Newest first, since the server started</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Reason</th>
              <th scope="col">Address</th>
            </tr>
          </thead>
          <tbody>
            {refusals.map((refusal, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: refusals of one instant are alike
              <tr key={`${refusal.at} ${index}`}>
                <th scope="row">
                  <time dateTime={refusal.at}>{exact(new Date(refusal.at))}</time>
                </th>
                <td data-label="Reason">{refusalWords(refusal.reason).title}</td>
                <td data-label="Address">
                  {refusal.address === null ? (
                    'A server asked about it'
                  ) : (
                    <span className={styles.machine}>{refusal.address}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
