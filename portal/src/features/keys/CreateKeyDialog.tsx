import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isCode, UNREACHABLE } from '@/api/problem.ts';
import type { CreatedKey, Key, Product } from '@/api/types.ts';
import { CreateKeyForm, type KeyFormValues } from '@/features/keys/CreateKeyForm.tsx';
import { expiryFields } from '@/features/keys/expiry.ts';
import { useCreateKey, useReadKeysAnew } from '@/features/keys/keyMutations.ts';
import { activeKeysQuery, type KeyScope } from '@/features/keys/keyQueries.ts';
import { ShowOnce } from '@/features/keys/ShowOnce.tsx';
import { ReauthenticateDialog } from '@/features/session/ReauthenticateDialog.tsx';
import { shownAlready } from '@/lib/ignore.ts';
import { attemptId } from '@/lib/random.ts';
import { Dialog } from '@/ui/Dialog.tsx';

interface Props {
  product: Product;
  /** What the key is made for: a workspace or a resource; empty for the account itself. */
  scope: KeyScope;
  opened: boolean;
  initial?: Partial<KeyFormValues>;
  /** Called when all is over; with the key if one was made. Never with its secret. */
  onClose: (made: Key | null) => void;
}

/** Makes a key in two steps: what it shall be, and the one time that it is shown. */
export function CreateKeyDialog({ product, scope, opened, initial, onClose }: Props) {
  const create = useCreateKey();
  const readAnew = useReadKeysAnew();
  const [attempt, setAttempt] = useState(attemptId);
  const [asked, setAsked] = useState<KeyFormValues | null>(null);
  const [isSaved, setIsSaved] = useState(false);
  const [isWarned, setIsWarned] = useState(false);
  const active = useQuery({
    ...activeKeysQuery(scope),
    enabled: opened && product.key.max_active !== null,
  });
  const created = create.data;
  const isShowing = created !== undefined && hasSecret(created);

  const submit = async (values: KeyFormValues) => {
    setAsked(values);
    try {
      await create.mutateAsync({
        key: {
          product: product.product,
          workspace: scope.workspace,
          resource: scope.resource,
          name: values.name === '' ? undefined : values.name,
          description: values.description === '' ? undefined : values.description,
          ...expiryFields(product.key.expiry, values.expiry, values.date),
        },
        attempt,
      });
    } catch (error) {
      // After an outage the same attempt is repeated, so that no second key comes of it.
      if (!isCode(error, UNREACHABLE, 'unavailable', 'idempotency_in_progress')) {
        setAttempt(attemptId());
      }
    }
  };
  const finish = () => {
    const made = created?.key ?? null;
    create.reset();
    setAttempt(attemptId());
    setAsked(null);
    setIsSaved(false);
    setIsWarned(false);
    // Not before: a list that is read anew must not take the dialog with it.
    if (made !== null) {
      readAnew();
    }
    onClose(made);
  };
  const close = () => (isShowing && !isSaved && !isWarned ? setIsWarned(true) : finish());
  const mustGivePassword = isCode(create.error, 'reauthentication_required');
  return (
    <>
      <Dialog
        title={isShowing ? 'Your new key' : product.portal.create}
        opened={opened && !mustGivePassword}
        onClose={close}
        size="lg"
        lightDismiss={!isShowing}
        closable={!create.isPending}
      >
        {created === undefined && (
          <CreateKeyForm
            product={product}
            initial={asked ?? initial}
            activeCount={active.data?.length}
            error={mustGivePassword ? null : create.error}
            isPending={create.isPending}
            onSubmit={(values) => {
              submit(values).catch(shownAlready);
            }}
            onCancel={finish}
          />
        )}
        {isShowing && isWarned && (
          <CloseAnyway onBack={() => setIsWarned(false)} onClose={finish} />
        )}
        {isShowing && (
          <div hidden={isWarned}>
            <ShowOnce
              created={created}
              product={product}
              isSaved={isSaved}
              onSaved={() => setIsSaved(true)}
              onDone={finish}
            />
          </div>
        )}
        {created !== undefined && !isShowing && <SecretLost onClose={finish} />}
      </Dialog>
      <ReauthenticateDialog
        opened={opened && mustGivePassword}
        onDone={() => {
          if (asked !== null) {
            submit(asked).catch(shownAlready);
          }
        }}
        onCancel={finish}
      />
    </>
  );
}

function hasSecret(created: CreatedKey): created is CreatedKey & { secret: string } {
  return created.secret !== null && created.secret !== undefined;
}

/** Asked once, when the dialog is closed before the key was copied or saved. */
function CloseAnyway({ onBack, onClose }: { onBack: () => void; onClose: () => void }) {
  return (
    <Stack gap="md" role="alert">
      <Text fw={600}>Close without saving the key?</Text>
      <Text size="sm">It cannot be shown again. You would have to make another one.</Text>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" color="red" onClick={onClose}>
          Close anyway
        </Button>
        <Button onClick={onBack} autoFocus>
          Back to the key
        </Button>
      </Group>
    </Stack>
  );
}

/** The first answer was lost on its way, and the key's secret with it. */
function SecretLost({ onClose }: { onClose: () => void }) {
  return (
    <Stack gap="md">
      <Text>
        The key was made, but the connection broke before it could be shown, and it cannot be shown
        later. It stands in your list: take it away there and make another.
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>To the list</Button>
      </Group>
    </Stack>
  );
}
