import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import type { CreatedKey, Product } from '@/api/types.ts';
import { keyFileName, keyFileText, saveFile } from '@/features/keys/keyFile.ts';
import { SecretField } from '@/features/keys/SecretField.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { WarningNotice } from '@/ui/Notice.tsx';

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
  const download = () => {
    saveFile(keyFileName(created, product), keyFileText(created, product, window.location.origin));
    onSaved();
  };
  return (
    <Stack gap="md">
      <WarningNotice title="Save it now">
        This is the only time it is shown. When this dialog is closed, nobody can look it up again.
      </WarningNotice>
      {isPair && (
        <SecretField label="API Key ID" value={key.id} what="API key ID" onCopied={() => {}} />
      )}
      <SecretField
        label={isPair ? 'Key Secret' : 'API key'}
        value={secret}
        open={product.key.prefix}
        what={isPair ? 'key secret' : 'key'}
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
      <Group justify="space-between" gap="sm">
        <Button variant="default" leftSection={<Icon name="download" />} onClick={download}>
          Download .txt
        </Button>
        <Button onClick={onDone} data-autofocus>
          I have saved it
        </Button>
      </Group>
    </Stack>
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
