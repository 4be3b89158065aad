import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError, isCode } from '@/api/problem.ts';
import type { Key, Product } from '@/api/types.ts';
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
  const made = create.data;
  const once = made?.once ?? null;
  useForgetWhenGone(made?.once ?? null);

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
      if (!isOutcomeUnknown(error)) {
        setAttempt(attemptId());
      }
    }
  };
  const finish = () => {
    once?.forget();
    const key = made?.key ?? null;
    create.reset();
    setAttempt(attemptId());
    setAsked(null);
    setIsSaved(false);
    setIsWarned(false);
    // Not before: a list that is read anew must not take the dialog with it.
    if (asked !== null) {
      readAnew();
    }
    onClose(key);
  };
  const close = () => (once !== null && !isSaved && !isWarned ? setIsWarned(true) : finish());
  const mustGivePassword = isCode(create.error, 'reauthentication_required');
  return (
    <>
      <Dialog
        title={once !== null ? 'Your new key' : product.portal.create}
        opened={opened && !mustGivePassword}
        onClose={close}
        size="lg"
        lightDismiss={once === null}
        closable={!create.isPending}
      >
        {made === undefined && (
          <CreateKeyForm
            product={product}
            initial={asked ?? initial}
            activeCount={active.data?.length}
            error={mustGivePassword ? null : told(create.error)}
            isPending={create.isPending}
            onSubmit={(values) => {
              submit(values).catch(shownAlready);
            }}
            onCancel={finish}
          />
        )}
        {once !== null && isWarned && (
          <CloseAnyway onBack={() => setIsWarned(false)} onClose={finish} />
        )}
        {made !== undefined && once !== null && (
          <div hidden={isWarned}>
            <ShowOnce
              of={made.key}
              once={once}
              product={product}
              isSaved={isSaved}
              onSaved={() => setIsSaved(true)}
              onLeave={() => setIsWarned(true)}
              onDone={finish}
            />
          </div>
        )}
        {made !== undefined && once === null && <SecretLost onClose={finish} />}
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

/** The page may be left in ways that call nothing here: then, too, nothing may stay. */
function useForgetWhenGone(once: { forget: () => void } | null) {
  const latest = useRef(once);
  latest.current = once;
  useEffect(() => () => latest.current?.forget(), []);
}

/** Whether a key may have been made: then the same attempt is repeated, so that no second one is. */
function isOutcomeUnknown(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.status === 0 || error.status >= 500 || error.code === 'idempotency_in_progress')
  );
}

function told(error: unknown): unknown {
  return error instanceof ApiError && error.code === 'idempotency_mismatch'
    ? new ApiError(
        error.status,
        error.code,
        'An earlier try, with other words, may have made a key. Close this and look at the list first.',
        error.requestId,
      )
    : error;
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
