import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Key, Product } from '@/api/types.ts';
import { firstColumn, Head, KeyGrid } from '@/features/keys/KeyGrid.tsx';
import { KeyRow } from '@/features/keys/KeyRow.tsx';
import styles from '@/features/keys/KeyTable.module.css';
import own from '@/features/members/Members.module.css';
import type { KeyGroup } from '@/features/members/workspaceKeys.ts';
import { count } from '@/lib/words.ts';

interface Props {
  caption: string;
  product: Product;
  group: KeyGroup;
  onRevoke: (key: Key) => void;
}

const STEP = 50;

/** One member's keys: those that work, and on request those that have ended. */
export function MemberKeys({ caption, product, group, onRevoke }: Props) {
  const [showsEnded, setShowsEnded] = useState(group.active.length === 0);
  const [shown, setShown] = useState(STEP);
  const keys = showsEnded ? [...group.active, ...group.ended] : group.active;
  if (group.active.length + group.ended.length === 0) {
    return <p className={own.none}>No keys yet.</p>;
  }
  return (
    <div className={own.keys}>
      {keys.length > 0 && (
        <div className={styles.plainWrap}>
          <KeyGrid
            caption={caption}
            product={product}
            hasTrend={false}
            first={<Head>{firstColumn(product)}</Head>}
            times={
              <>
                <Head>Created</Head>
                <Head>Last used</Head>
                <Head>Expires</Head>
              </>
            }
          >
            {keys.slice(0, shown).map((key) => (
              <KeyRow
                key={key.id}
                of={key}
                product={product}
                maker={undefined}
                trend={undefined}
                onRevoke={onRevoke}
              />
            ))}
          </KeyGrid>
        </div>
      )}
      <div className={own.keysFoot}>
        {keys.length > shown && (
          <Button variant="default" size="xs" onClick={() => setShown(shown + STEP)}>
            Show more
          </Button>
        )}
        {group.active.length > 0 && group.ended.length > 0 && (
          <Button
            variant="subtle"
            size="xs"
            aria-expanded={showsEnded}
            onClick={() => setShowsEnded(!showsEnded)}
          >
            {showsEnded ? 'Hide the ended keys' : `Show ${count(group.ended.length, 'ended key')}`}
          </Button>
        )}
      </div>
    </div>
  );
}
