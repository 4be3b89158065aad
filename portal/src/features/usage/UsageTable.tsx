import styles from '@/features/usage/Usage.module.css';
import { stepWords, type UsageSeries } from '@/features/usage/usageSeries.ts';
import { LOCALE } from '@/lib/locale.ts';

/** The chart's numbers as a table, newest first. */
export function UsageTable({ series, caption }: { series: UsageSeries; caption: string }) {
  const number = new Intl.NumberFormat(LOCALE);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={caption}>
      <table className={styles.table}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{series.step === 'day' ? 'Day (UTC)' : 'Hour'}</th>
            <th scope="col" className={styles.number}>
              Accepted
            </th>
            {series.groups.map((group) => (
              <th scope="col" className={styles.number} key={group.title}>
                Refused: {group.brief}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.bars.toReversed().map((bar) => (
            <tr key={bar.at.getTime()}>
              <th scope="row">
                <time dateTime={bar.at.toISOString()}>{stepWords(bar.at, series.step)}</time>
              </th>
              <td className={styles.number}>{number.format(bar.accepted)}</td>
              {series.groups.map((group, index) => (
                <td className={styles.number} key={group.title}>
                  {number.format(bar.byGroup[index] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
