import { Text, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import styles from '@/features/connect/ClientGrid.module.css';
import { type Client, directory } from '@/features/connect/clients.ts';
import { Icon } from '@/ui/Icon.tsx';

interface Props {
  clients: readonly Client[];
  chosen: Client | undefined;
  onChoose: (client: Client) => void;
}

const GROUPS: readonly [Client['kind'], string][] = [
  ['cli', 'Command line'],
  ['editor', 'Editors'],
  ['desktop', 'Desktop apps'],
];
/** Below this many a search would be in the way. */
const MANY = 8;

/** The clients, by kind. Radio buttons underneath: one tab stop, and the arrows move among them. */
export function ClientGrid({ clients, chosen, onChoose }: Props) {
  const group = useId();
  const [typed, setTyped] = useState('');
  const found = clients.filter((client) => matches(client, typed));
  return (
    <div className={styles.chooser}>
      {clients.length > MANY && (
        <TextInput
          label="Find your client"
          placeholder="Claude, Cursor, VS Code…"
          leftSection={<Icon name="search" size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-1p-ignore
        />
      )}
      <div role="radiogroup" aria-label="Client">
        {GROUPS.map(([kind, title]) => {
          const members = found.filter((client) => client.kind === kind);
          return members.length === 0 ? null : (
            <div key={kind} className={styles.group}>
              <div className={styles.groupTitle}>{title}</div>
              <div className={styles.grid}>
                {members.map((client) => (
                  <label key={client.key} className={styles.card}>
                    <input
                      type="radio"
                      className={styles.radio}
                      name={group}
                      value={client.key}
                      checked={client.key === chosen?.key}
                      onChange={() => onChoose(client)}
                    />
                    <span>{client.label}</span>
                  </label>
                ))}
              </div>
            </div>
          );
        })}
      </div>
      <div role="status" aria-live="polite">
        {typed !== '' && found.length === 0 && <NotFound typed={typed} />}
      </div>
    </div>
  );
}

function NotFound({ typed }: { typed: string }) {
  const impossible = directory.impossible.find(({ label }) => includes(label, typed));
  return (
    <Text size="sm" c="dimmed">
      {impossible === undefined
        ? 'No client of that name is listed. Any that sends a header with its requests will do: look at curl for what to send.'
        : `${impossible.label}: ${impossible.reason}`}
    </Text>
  );
}

function matches(client: Client, typed: string): boolean {
  return [client.label, client.key, ...client.aliases].some((word) => includes(word, typed));
}

function includes(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.trim().toLowerCase());
}
