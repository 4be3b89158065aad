import { Button, Loader, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Key, Product } from '@/api/types.ts';
import type { ConnectSearch } from '@/features/connect/connectSearch.ts';
import { keyFileName, keyFileText, saveFile } from '@/features/keys/keyFile.ts';
import type { ShownOnce } from '@/features/keys/keyMutations.ts';
import { SecretField } from '@/features/keys/SecretField.tsx';
import styles from '@/features/keys/ShowOnce.module.css';
import type { Forgettable } from '@/lib/forgettable.ts';
import { holdPage } from '@/lib/holding.ts';
import { Icon } from '@/ui/Icon.tsx';
import { WarningNotice } from '@/ui/Notice.tsx';

const ClientConnect = lazy(async () => ({
  default: (await import('@/features/connect/ClientConnect.tsx')).ClientConnect,
}));

interface Props {
  of: Key;
  once: Forgettable<ShownOnce>;
  product: Product;
  isSaved: boolean;
  onSaved: () => void;
  /** Somebody wants to go elsewhere, and has not saved it. */
  onLeave: () => void;
  /** "I have saved it". */
  onDone: () => void;
}

/** The one time that a key is shown. */
export function ShowOnce({ of: key, once, product, isSaved, onSaved, onLeave, onDone }: Props) {
  useGuard(!isSaved, onLeave);
  const shown = once.read();
  if (shown === null) {
    return null;
  }
  const { secret, endpoint } = shown;
  const isPair = product.key.show === 'id';
  const download = () => {
    const created = { key, secret, endpoint_url: endpoint };
    saveFile(keyFileName(created, product), keyFileText(created, product, window.location.origin));
    onSaved();
  };
  return (
    <Stack gap="md">
      <WarningNotice title="Save it now">
        This is the only time it is shown. When this dialog is closed, nobody can look it up again.
      </WarningNotice>
      {isPair && <SecretField label="API Key ID" value={key.id} what="API key ID" />}
      <SecretField
        label={isPair ? 'Key Secret' : 'API key'}
        value={secret}
        open={product.key.prefix}
        what={isPair ? 'key secret' : 'key'}
        isMain
        onCopied={onSaved}
      />
      {endpoint !== null && (
        <div>
          <SecretField
            label="Endpoint URL"
            value={endpoint}
            open={endpoint.slice(0, endpoint.indexOf('=') + 1)}
            what="endpoint URL"
            onCopied={onSaved}
          />
          <Text size="sm" c="dimmed" mt={6}>
            The address holds the key: treat it as the key itself.
          </Text>
        </div>
      )}
      <Clients keyId={key.id} secret={secret} product={product} />
      <div className={styles.footer}>
        <Button variant="default" leftSection={<Icon name="download" />} onClick={download}>
          Download .txt
        </Button>
        <Button variant={isSaved ? 'filled' : 'default'} onClick={onDone}>
          I have saved it
        </Button>
      </div>
    </Stack>
  );
}

interface ClientsProps {
  keyId: string;
  secret: string;
  product: Product;
}

/** The settings for a client, with the key in those that hold one. */
function Clients({ keyId, secret, product }: ClientsProps) {
  const [isOpen, setIsOpen] = useState(false);
  // Not in the address: it would go with the dialog, and the dialog with it.
  const [search, setSearch] = useState<ConnectSearch>({});
  if (!isOpen) {
    return (
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="plug" size={16} />}
          onClick={() => setIsOpen(true)}
        >
          Put it into a client
        </Button>
      </div>
    );
  }
  return (
    <Suspense fallback={<Loader size="sm" aria-label="Loading" />}>
      <ClientConnect
        product={product}
        search={search}
        onSearch={(change) => setSearch({ ...search, ...change })}
        secret={secret}
        keyId={keyId}
      />
    </Suspense>
  );
}

/**
 * Asks before a key that was not saved is lost: within the portal, by the browser where the page
 * itself is left, and not at all by a session that ends meanwhile.
 */
function useGuard(isOn: boolean, onLeave: () => void) {
  useBlocker({
    shouldBlockFn: () => {
      onLeave();
      return true;
    },
    disabled: !isOn,
    enableBeforeUnload: isOn,
  });
  useEffect(holdPage, []);
}
