import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Product } from '@/api/types.ts';
import styles from '@/features/keys/KeyTable.module.css';

interface Props {
  caption: string;
  product: Product;
  /** The heads of the columns with times, which may sort. */
  times: ReactNode;
  /** The head of the first column. */
  first: ReactNode;
  hasTrend: boolean;
  /** The rows. */
  children: ReactNode;
}

/**
 * The table that rows of keys stand in. Its roles are said, because the way in which the rows are
 * laid out takes them away in some browsers.
 */
export function KeyGrid({ caption, product, first, times, hasTrend, children }: Props) {
  const columns = [columnsOf(product), hasTrend ? styles.withTrend : ''].join(' ');
  return (
    <table className={`${styles.table} ${columns}`} role="table" aria-label={caption}>
      <thead className={styles.head} role="rowgroup">
        <tr className={styles.headRow} role="row">
          {first}
          {product.key.show !== 'none' && (
            <Head>{product.key.show === 'id' ? 'Key ID' : 'Key'}</Head>
          )}
          <Head>Status</Head>
          {times}
          {hasTrend && <Head className={styles.trend}>30 days</Head>}
          <Head>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Head>
        </tr>
      </thead>
      <tbody className={styles.body} role="rowgroup">
        {children}
      </tbody>
    </table>
  );
}

export function Head({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="col" role="columnheader" className={className}>
      {children}
    </th>
  );
}

/** What rows are told apart by: a name, or where keys have none their description. */
export function firstColumn(product: Product): string {
  return product.key.name.mode === 'none' ? 'Description' : 'Name';
}

/** How wide the columns are: a key is told by four characters, fifteen or an id. */
function columnsOf(product: Product): string | undefined {
  return {
    suffix: styles.named,
    prefix: styles.prefixed,
    id: styles.identified,
    none: styles.unhinted,
  }[product.key.show];
}
