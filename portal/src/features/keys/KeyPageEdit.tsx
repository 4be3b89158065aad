import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect } from 'react';
import { ApiError } from '@/api/problem.ts';
import type { Key, KeyChange, Product } from '@/api/types.ts';
import { useUpdateKey } from '@/features/keys/keyMutations.ts';
import { nameProblem } from '@/features/keys/keyName.ts';
import { shownAlready } from '@/lib/ignore.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';

interface Props {
  of: Key;
  product: Product;
  opened: boolean;
  onClose: () => void;
}

/** The words by which people know a key; what it opens never changes. */
export function KeyPageEdit(props: Props) {
  return (
    <Dialog title="Edit this key" opened={props.opened} onClose={props.onClose}>
      {props.opened && <EditForm {...props} />}
    </Dialog>
  );
}

const MAX_DESCRIPTION = 500;

function EditForm({ of: key, product, onClose }: Props) {
  const announce = useAnnounce();
  const update = useUpdateKey();
  const rule = product.key.name;
  const form = useForm({
    initialValues: { name: key.name ?? '', description: key.description ?? '' },
    validate: {
      name: (value) =>
        key.name !== null && value === ''
          ? 'A name can be changed, but not taken away'
          : nameProblem(rule, value),
      description: (value) =>
        value.length > MAX_DESCRIPTION ? `At most ${MAX_DESCRIPTION} characters` : null,
    },
  });
  const field = fieldOf(update.error);
  const setFieldError = form.setFieldError;
  useEffect(() => {
    if (field !== null && update.error instanceof ApiError) {
      setFieldError(field, update.error.detail);
    }
  }, [field, update.error, setFieldError]);
  const submit = async (values: { name: string; description: string }) => {
    await update.mutateAsync({ id: key.id, change: changeOf(key, values) });
    announce('Saved');
    onClose();
  };
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        submit(values).catch(shownAlready);
      })}
    >
      <Stack gap="md">
        {field === null && <ErrorNotice error={update.error} />}
        {rule.mode !== 'none' && (
          <TextInput
            label={product.key.show === 'id' ? 'Key Name' : 'Name'}
            description={rule.hint ?? undefined}
            required={rule.mode === 'required'}
            data-autofocus
            autoComplete="off"
            data-1p-ignore
            {...form.getInputProps('name')}
          />
        )}
        <Textarea
          label="Description"
          description="What uses it, so that you know later whether it can go"
          rows={3}
          autoComplete="off"
          data-1p-ignore
          data-autofocus={rule.mode === 'none' ? true : undefined}
          {...form.getInputProps('description')}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Only what is another than before, so that nothing else is overwritten. */
export function changeOf(key: Key, values: { name: string; description: string }): KeyChange {
  return {
    ...(values.name === (key.name ?? '') ? {} : { name: values.name }),
    ...(values.description === (key.description ?? '') ? {} : { description: values.description }),
  };
}

/** The field that a refusal is about; null for the form as a whole. */
function fieldOf(error: unknown): 'name' | 'description' | null {
  if (!(error instanceof ApiError)) {
    return null;
  }
  if (error.code === 'invalid_name') {
    return 'name';
  }
  const isAboutDescription =
    error.code === 'invalid_request' && error.detail.includes("'description'");
  return isAboutDescription ? 'description' : null;
}
