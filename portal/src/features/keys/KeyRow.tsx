import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import type { Key, Product } from '@/api/types.ts';
import { KeyStatus } from '@/features/keys/KeyStatus.tsx';
import styles from '@/features/keys/KeyTable.module.css';
import { titleOf, useHintOf } from '@/features/keys/keyState.ts';
import { CopyButton } from '@/ui/CopyButton.tsx';
import { useNow } from '@/ui/useNow.ts';
import { When } from '@/ui/When.tsx';

interface Props {
  of: Key;
  product: Product;
  /** Who made it; null for somebody who is no member any more, undefined where it is not shown. */
  maker: string | null | undefined;
  trend: ReactNode;
  onRevoke: (key: Key) => void;
}

/** One key in a list. */
export const KeyRow = memo(function KeyRow({ of: key, product, maker, trend, onRevoke }: Props) {
  const isOver = key.status === 'revoked' || key.status === 'deactivated';
  const title = titleOf(key);
  return (
    <tr className={`${styles.row} ${isOver ? styles.ended : ''}`} role="row" data-key={key.id}>
      <td className={styles.nameCell} role="cell">
        <Link className={styles.name} to="/keys/$key" params={{ key: key.id }}>
          {title}
        </Link>
        {key.name !== null && key.description !== null && (
          <div className={styles.description}>{key.description}</div>
        )}
        {maker !== undefined && (
          <div className={styles.description}>by {maker ?? 'a former member'}</div>
        )}
      </td>
      {product.key.show !== 'none' && (
        <Cell label="Key">
          <span className={styles.hintCell}>
            <code className={styles.hint}>{key.hint}</code>
            {product.key.show === 'id' && <CopyButton text={key.id} what="key ID" />}
          </span>
        </Cell>
      )}
      <Cell label="Status">
        <KeyStatus of={key} />
      </Cell>
      <Cell label="Created" className={styles.times}>
        <When at={key.created_at} />
      </Cell>
      <Cell label="Last used" className={styles.times}>
        <LastUse of={key} />
      </Cell>
      <Cell label="Expires" className={styles.times}>
        <Expiry of={key} />
      </Cell>
      {trend !== undefined && (
        <Cell label="30 days" className={styles.trend}>
          {trend}
        </Cell>
      )}
      <td className={styles.actions} role="cell">
        {!isOver && (
          <Button
            variant="subtle"
            color="red"
            className={styles.revoke}
            size="compact-sm"
            px={6}
            onClick={() => onRevoke(key)}
            aria-label={`${product.portal.revoke} ${title}`}
            title={key.hint ?? key.id}
          >
            {product.portal.revoke}
          </Button>
        )}
      </td>
    </tr>
  );
});

interface CellProps {
  label: string;
  className?: string;
  children: ReactNode;
}

function Cell({ label, className, children }: CellProps) {
  return (
    <td className={`${styles.plainCell} ${className ?? ''}`} role="cell">
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      {children}
    </td>
  );
}

const HINTS = {
  'never used': 'Can it go?',
  'idle 30 days': 'Idle 30+ days',
  'idle 90 days': 'Idle 90+ days',
};

function LastUse({ of: key }: { of: Key }) {
  const hint = useHintOf(key, useNow());
  return (
    <span>
      <When at={key.last_used_at} />
      {hint !== null && <span className={styles.useHint}>{HINTS[hint]}</span>}
    </span>
  );
}

function Expiry({ of: key }: { of: Key }) {
  if (key.status === 'revoked' || key.status === 'deactivated') {
    return (
      <span className={styles.faint}>
        {key.revoked_at === null ? 'Ended' : <When at={key.revoked_at} />}
      </span>
    );
  }
  return <When at={key.expires_at} never="No expiry" ahead />;
}
