import { Button, NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Key, Product } from '@/api/types.ts';
import { firstColumn, KeyGrid } from '@/features/keys/KeyGrid.tsx';
import { KeyRow } from '@/features/keys/KeyRow.tsx';
import styles from '@/features/keys/KeyTable.module.css';
import { ROWS_AT_FIRST } from '@/features/keys/keyQueries.ts';
import { type KeySort, ROWS } from '@/features/keys/keySearch.ts';

export interface KeyTableProps {
  caption: string;
  keys: Key[];
  product: Product;
  sort: KeySort | undefined;
  onSort: (sort: KeySort) => void;
  onRevoke: (key: Key) => void;
  /** Names of the people whose keys these are, where they are not all one's own. */
  people?: Map<string, string>;
  /** Requests of the last days, drawn small; by key. */
  trend?: (key: Key) => ReactNode;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
  /** How many rows are read at a time. */
  rows: number | undefined;
  onRows: (rows: number) => void;
}

/** The rows of a list of keys; on a narrow screen each row becomes a card. */
export function KeyTable(props: KeyTableProps) {
  const { caption, keys, product, people, trend, hasMore, isLoadingMore, onMore, rows, onRows } =
    props;
  return (
    <div className={styles.wrap}>
      <KeyGrid
        caption={caption}
        product={product}
        hasTrend={trend !== undefined}
        first={
          <SortHead {...props} ascending="name" descending="-name" label={firstColumn(product)} />
        }
        times={
          <>
            <SortHead {...props} ascending="created_at" descending="-created_at" label="Created" />
            <SortHead
              {...props}
              ascending="last_used_at"
              descending="-last_used_at"
              label="Last used"
            />
            <SortHead {...props} ascending="expires_at" descending="-expires_at" label="Expires" />
          </>
        }
      >
        {keys.map((key) => (
          <KeyRow
            key={key.id}
            of={key}
            product={product}
            maker={people === undefined ? undefined : (people.get(key.created_by) ?? null)}
            trend={trend?.(key)}
            onRevoke={props.onRevoke}
          />
        ))}
      </KeyGrid>
      {(hasMore || keys.length > ROWS[0]) && (
        <div className={styles.more}>
          <NativeSelect
            aria-label="Rows at a time"
            size="sm"
            value={String(rows ?? ROWS_AT_FIRST)}
            onChange={(event) => onRows(Number(event.currentTarget.value))}
            data={ROWS.map((n) => ({ value: String(n), label: `${n} rows` }))}
          />
          {hasMore && (
            <Button variant="default" onClick={onMore} loading={isLoadingMore}>
              Show more
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

interface SortHeadProps {
  sort: KeySort | undefined;
  onSort: (sort: KeySort) => void;
  ascending: KeySort;
  descending: KeySort;
  label: string;
}

function SortHead({ sort = '-created_at', onSort, ascending, descending, label }: SortHeadProps) {
  const direction =
    sort === ascending ? 'ascending' : sort === descending ? 'descending' : undefined;
  const next = direction === 'descending' ? ascending : descending;
  return (
    <th scope="col" role="columnheader" aria-sort={direction}>
      <button type="button" className={styles.sort} onClick={() => onSort(next)}>
        {label}
        <span className={styles.arrow} aria-hidden="true">
          {direction === 'ascending' ? '▲' : direction === 'descending' ? '▼' : ''}
        </span>
      </button>
    </th>
  );
}
