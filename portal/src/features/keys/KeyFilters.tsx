import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { Product } from '@/api/types.ts';
import styles from '@/features/keys/KeyFilters.module.css';
import { isFiltered, type KeySearch, NO_FILTERS } from '@/features/keys/keySearch.ts';
import { searchText } from '@/features/keys/pastedKey.ts';
import { spanWords } from '@/lib/time.ts';
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
  const [clearings, setClearings] = useState(0);
  return (
    <search className={styles.bar} aria-label="Filter the keys">
      {/* Made anew by clearing, which also ends what was typed and not sent yet. */}
      <SearchField key={clearings} product={product} search={search} onChange={onChange} />
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
        value={attentionOf(search)}
        onChange={(event) => {
          const [expiring, idle] = event.currentTarget.value.split(' ');
          onChange({ expiring: expiring || undefined, idle: idle || undefined });
        }}
        data={attentions(search)}
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
        <Button
          variant="subtle"
          onClick={() => {
            setClearings(clearings + 1);
            onChange(NO_FILTERS);
          }}
        >
          Clear filters
        </Button>
      )}
    </search>
  );
}

/** The two filters by time as one value: "30d " expires, " 30d" is unused. */
function attentionOf({ expiring = '', idle = '' }: KeySearch): string {
  return `${expiring} ${idle}`;
}

/** What is usually asked, and what the address asks. */
function attentions(search: KeySearch) {
  const usual = [
    { value: ' ', label: 'Any' },
    { value: '30d ', label: 'Expires in 30 days' },
    { value: ' 30d', label: 'Unused for 30 days' },
    { value: ' 90d', label: 'Unused for 90 days' },
  ];
  const asked = attentionOf(search);
  const words = [
    search.expiring && `Expires in ${spanWords(search.expiring)}`,
    search.idle && `Unused for ${spanWords(search.idle)}`,
  ].filter(Boolean);
  return usual.some(({ value }) => value === asked)
    ? usual
    : [...usual, { value: asked, label: words.join(', ') }];
}

function SearchField({ product, search, onChange }: Props) {
  const announce = useAnnounce();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search.q ?? '');
  const [note, setNote] = useState<string | null>(null);
  // What was typed since it was sent stays; what came from elsewhere takes its place.
  const sent = useRef(search.q ?? '');
  useEffect(() => {
    if ((search.q ?? '') !== sent.current) {
      sent.current = search.q ?? '';
      setTyped(sent.current);
      cancelSending.current?.();
    }
  }, [search.q]);
  useShortcut('/', () => input.current?.focus());
  const send = useDebouncedCallback((q: string) => {
    sent.current = q;
    onChange({ q: q || undefined });
  }, 250);
  const cancelSending = useRef<() => void>(undefined);
  cancelSending.current = () => send.cancel();

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
