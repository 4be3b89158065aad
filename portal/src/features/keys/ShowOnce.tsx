import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { CreatedKey, Product } from '@/api/types.ts';
import type { ConnectSearch } from '@/features/connect/connectSearch.ts';
import { keyFileName, keyFileText, saveFile } from '@/features/keys/keyFile.ts';
import { SecretField } from '@/features/keys/SecretField.tsx';
import { CopyButton } from '@/ui/CopyButton.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { WarningNotice } from '@/ui/Notice.tsx';

const ClientConnect = lazy(async () => ({
  default: (await import('@/features/connect/ClientConnect.tsx')).ClientConnect,
}));

interface Props {
  created: CreatedKey & { secret: string };
  product: Product;
  isSaved: boolean;
  onSaved: () => void;
  /** "I have saved it". */
  onDone: () => void;
}

/** The one time that a key is shown. Its secret lives in this component and nowhere else. */
export function ShowOnce({ created, product, isSaved, onSaved, onDone }: Props) {
  useLeaveGuard(!isSaved);
  const { key, secret, endpoint_url: endpoint } = created;
  const isPair = product.key.show === 'id';
  const what = isPair ? 'key secret' : 'key';
  const download = () => {
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
        what={what}
        onCopied={onSaved}
      />
      {endpoint !== null && endpoint !== undefined && (
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
      <Clients created={created} product={product} />
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <CopyButton text={secret} what={`the ${what}`} labelled onCopied={onSaved} />
          <Button variant="default" leftSection={<Icon name="download" />} onClick={download}>
            Download .txt
          </Button>
        </Group>
        <Button variant={isSaved ? 'filled' : 'default'} onClick={onDone}>
          I have saved it
        </Button>
      </Group>
    </Stack>
  );
}

/** The settings for a client, with the key in those that hold one. */
function Clients({ created, product }: Pick<Props, 'created' | 'product'>) {
  const [isOpen, setIsOpen] = useState(false);
  // Not in the address: it would go with the dialog, and the dialog with it.
  const [search, setSearch] = useState<ConnectSearch>({});
  if (!isOpen) {
    return (
      <div>
        <Button
          variant="subtle"
          size="compact-md"
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
        secret={created.secret}
        keyId={created.key.id}
      />
    </Suspense>
  );
}

/** Lets the browser ask before the page is left with a key that was not saved. */
function useLeaveGuard(isOn: boolean) {
  useEffect(() => {
    if (!isOn) {
      return;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isOn]);
}
