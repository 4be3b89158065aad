import { Text } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import styles from '@/features/connect/ClientConnect.module.css';
import { ClientGrid } from '@/features/connect/ClientGrid.tsx';
import { ClientSetup } from '@/features/connect/ClientSetup.tsx';
import { directory } from '@/features/connect/clients.ts';
import { type ConnectSearch, systemOf } from '@/features/connect/connectSearch.ts';
import { type ConnectProduct, clientsFor, formsOf, targetOf } from '@/features/connect/target.ts';

interface Props {
  product: ConnectProduct;
  search: ConnectSearch;
  onSearch: (change: Partial<ConnectSearch>) => void;
  /** Only while a new key is shown: it lives in the caller's state, and goes with it. */
  secret?: string;
  keyId?: string;
}

/** Chooses a client and shows how it is connected to a product. */
export function ClientConnect({ product, search, onSearch, secret, keyId }: Props) {
  const os = search.os ?? systemOf(navigator.userAgent);
  const target = useMemo(() => targetOf(product), [product]);
  const setup = useComesIntoView(search.client);
  if (target === undefined) {
    return <Text size="sm">{product.title} has no address that a client could be given.</Text>;
  }
  const clients = clientsFor(directory.clients, product, target, os);
  const client = clients.find(({ key }) => key === search.client) ?? onlyOne(clients);
  const forms = client === undefined ? [] : formsOf(client, product, target, os);
  const form = forms.find((one) => one.form === search.form) ?? forms[0];
  return (
    <div className={styles.connect}>
      {clients.length > 1 && (
        <ClientGrid
          clients={clients}
          chosen={client}
          onChoose={({ key }) => onSearch({ client: key })}
        />
      )}
      {clients.length === 0 && (
        <Text size="sm">No client is known that could carry a key of {product.title}.</Text>
      )}
      {client !== undefined && form !== undefined && (
        <section className={styles.setup} aria-label={client.label} ref={setup}>
          <h3 className={styles.title}>{client.label}</h3>
          <ClientSetup
            client={client}
            forms={forms}
            form={form}
            os={os}
            target={target}
            secret={secret}
            keyId={keyId}
            onForm={(next) => onSearch({ form: next.form })}
            onSystem={(next) => onSearch({ os: next })}
          />
        </section>
      )}
    </div>
  );
}

function onlyOne<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** What was chosen opens below the choice: it comes to where one looks. */
function useComesIntoView(chosen: string | undefined) {
  const element = useRef<HTMLElement>(null);
  const before = useRef(chosen);
  useEffect(() => {
    if (before.current !== chosen) {
      element.current?.scrollIntoView({ block: 'start' });
    }
    before.current = chosen;
  }, [chosen]);
  return element;
}
