import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { Product } from '@/api/types.ts';
import styles from '@/features/keys/KeyFilters.module.css';
import { isFiltered, type KeySearch, NO_FILTERS } from '@/features/keys/keySearch.ts';
import { searchText } from '@/features/keys/pastedKey.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { useShortcut } from '@/ui/useShortcut.ts';

interface Props {
  product: Product;
  search: KeySearch;
  onChange: (change: Partial<KeySearch>) => void;
  /** Names by account, where the keys are not all one's own. */
  people?: Map<string, string>;
}

/** Search and filters; all of them stand in the address, none of a pasted secret does. */
export function KeyFilters({ product, search, onChange, people }: Props) {
  return (
    <search className={styles.bar} aria-label="Filter the keys">
      <SearchField product={product} search={search} onChange={onChange} />
      <NativeSelect
        className={styles.choice}
        label="Status"
        value={search.status ?? ''}
        onChange={(event) =>
          onChange({ status: (event.currentTarget.value || undefined) as KeySearch['status'] })
        }
        data={statuses(product)}
      />
      <NativeSelect
        className={styles.choice}
        label="Attention"
        value={search.expiring !== undefined ? 'expiring' : (search.idle ?? '')}
        onChange={(event) => {
          const value = event.currentTarget.value;
          onChange({
            expiring: value === 'expiring' ? '30d' : undefined,
            idle: value === 'expiring' ? undefined : value || undefined,
          });
        }}
        data={[
          { value: '', label: 'Any' },
          { value: 'expiring', label: 'Expires in 30 days' },
          { value: '30d', label: 'Unused for 30 days' },
          { value: '90d', label: 'Unused for 90 days' },
        ]}
      />
      {people !== undefined && (
        <NativeSelect
          className={styles.choice}
          label="Made by"
          value={search.maker ?? ''}
          onChange={(event) => onChange({ maker: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: 'Anybody' },
            ...[...people].map(([value, label]) => ({ value, label })),
          ]}
        />
      )}
      {isFiltered(search) && (
        <Button variant="subtle" onClick={() => onChange(NO_FILTERS)}>
          Clear filters
        </Button>
      )}
    </search>
  );
}

function SearchField({ product, search, onChange }: Props) {
  const announce = useAnnounce();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search.q ?? '');
  const [note, setNote] = useState<string | null>(null);
  useEffect(() => setTyped(search.q ?? ''), [search.q]);
  useShortcut('/', () => input.current?.focus());
  const send = useDebouncedCallback((q: string) => onChange({ q: q || undefined }), 250);

  const take = (text: string) => {
    const found = searchText(text, product.key.prefix);
    if (found.kind === 'secret') {
      setTyped('');
      tell('That looks like a secret. It was not sent; search by name or key ID.');
    } else if (found.kind === 'key') {
      setTyped(found.text);
      tell('You pasted a whole key. Only its public ID is searched for.');
      send(found.text);
    } else {
      setTyped(text);
      setNote(null);
      send(found.text);
    }
  };
  const tell = (words: string) => {
    setNote(words);
    announce(words);
  };
  return (
    <>
      <TextInput
        ref={input}
        className={styles.search}
        label="Search"
        placeholder="Name, description or key ID"
        leftSection={<Icon name="search" size={16} />}
        value={typed}
        onChange={(event) => take(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        data-1p-ignore
        aria-keyshortcuts="/"
      />
      {note !== null && <div className={styles.note}>{note}</div>}
    </>
  );
}

/** The statuses, in the words of the product: what is taken away is "deleted" where it says Delete. */
function statuses(product: Product) {
  const isListed = product.portal.ended === 'listed';
  const gone = isListed ? 'Revoked' : 'Deleted';
  return [
    { value: '', label: isListed ? 'All' : 'Current' },
    { value: 'active', label: 'Active' },
    { value: 'expired', label: 'Expired' },
    { value: 'deleted', label: gone },
    ...(isListed ? [] : [{ value: 'all', label: 'All' }]),
  ];
}
