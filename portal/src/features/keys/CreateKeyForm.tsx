import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useEffect, useRef } from 'react';
import { ApiError } from '@/api/problem.ts';
import type { Product } from '@/api/types.ts';
import styles from '@/features/keys/CreateKeyForm.module.css';
import { allowedChoice, endOf, expiryChoices } from '@/features/keys/expiry.ts';
import { nameProblem } from '@/features/keys/keyName.ts';
import { calendarDay, day, daysOf, exact } from '@/lib/time.ts';
import { ErrorNotice } from '@/ui/Notice.tsx';

export interface KeyFormValues {
  name: string;
  description: string;
  /** A span of the API, "never" or "date". */
  expiry: string;
  date: string;
}

interface Props {
  product: Product;
  initial?: Partial<KeyFormValues>;
  /** How many keys are active now, where the product limits them. */
  activeCount: number | undefined;
  error: unknown;
  isPending: boolean;
  onSubmit: (values: KeyFormValues) => void;
  onCancel: () => void;
}

/** The first step: what the product lets one choose, with what it fixes said beside it. */
export function CreateKeyForm(props: Props) {
  const { product, initial, activeCount, error, isPending, onSubmit, onCancel } = props;
  const policy = product.key;
  const summary = useRef<HTMLDivElement>(null);
  const form = useForm<KeyFormValues>({
    mode: 'controlled',
    initialValues: {
      name: initial?.name ?? '',
      description: initial?.description ?? '',
      expiry: allowedChoice(policy.expiry, initial?.expiry),
      date: initial?.date ?? '',
    },
    validate: {
      name: (value) => nameProblem(policy.name, value),
      description: (value) => (value.length > 500 ? 'At most 500 characters' : null),
      date: (value, values) => dateProblem(policy.expiry.mode, values.expiry, value),
    },
  });
  const setFieldError = form.setFieldError;
  useEffect(() => {
    const field = fieldOf(error);
    if (field !== null && error instanceof ApiError) {
      setFieldError(field, error.detail);
    } else if (error !== null && error !== undefined) {
      summary.current?.focus();
    }
  }, [error, setFieldError]);
  const isFull = policy.max_active !== null && (activeCount ?? 0) >= policy.max_active;
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack gap="md">
        <div ref={summary} tabIndex={-1}>
          {fieldOf(error) === null && <ErrorNotice error={error} />}
        </div>
        {policy.max_active !== null && activeCount !== undefined && (
          <Text size="sm" c={isFull ? 'var(--kw-bad)' : 'dimmed'} data-quota>
            {activeCount} of {policy.max_active} active
            {isFull && `. ${product.portal.revoke} one that you no longer need to make room.`}
          </Text>
        )}
        {policy.name.mode !== 'none' && (
          <TextInput
            label={product.key.show === 'id' ? 'Key Name' : 'Name'}
            description="Where it will be used, as machine/client"
            placeholder="laptop/cursor"
            required={policy.name.mode === 'required'}
            data-autofocus
            autoComplete="off"
            data-1p-ignore
            {...form.getInputProps('name')}
          />
        )}
        <ExpiryField product={product} form={form} />
        <Textarea
          label="Description"
          description={
            policy.name.mode === 'none'
              ? 'Recommended: what uses it, such as “Claude Desktop on Ana’s laptop” or “staging agent”'
              : 'What it is for, so that you know later whether it can go'
          }
          rows={2}
          autoComplete="off"
          data-1p-ignore
          {...form.getInputProps('description')}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending} disabled={isFull}>
            Generate
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ExpiryField({
  product,
  form,
}: {
  product: Product;
  form: Pick<UseFormReturnType<KeyFormValues>, 'values' | 'getInputProps'>;
}) {
  const { expiry } = product.key;
  const now = new Date();
  if (expiry.mode === 'fixed') {
    const end = expiry.after === null ? null : endOf(expiry.after, '', now);
    const days = expiry.after === null ? null : daysOf(expiry.after);
    return (
      <Text size="sm" c="dimmed" data-expiry>
        {end === null || days === null
          ? `It does not expire: it works until you choose ${product.portal.revoke}.`
          : `It expires on ${day(end)}, ${days} days after it is made. ${product.title} sets this for every key.`}
      </Text>
    );
  }
  const { expiry: chosen, date } = form.values;
  const end = endOf(chosen, date, now);
  return (
    <div>
      <Radio.Group label="Expire In" {...form.getInputProps('expiry')}>
        <div className={styles.choices}>
          {expiryChoices(expiry, product.title).map((choice) => (
            <Radio
              key={choice.value}
              value={choice.value}
              label={choice.label}
              disabled={choice.blocked !== undefined}
              description={choice.blocked}
            />
          ))}
        </div>
      </Radio.Group>
      {chosen === 'date' && (
        <TextInput
          mt="xs"
          type="date"
          label="Last day"
          min={calendarDay(now)}
          {...form.getInputProps('date')}
        />
      )}
      <Text size="sm" c="dimmed" mt={8} data-expiry>
        {chosen === 'never'
          ? 'It works until it is taken away. Give it a date if you can.'
          : end !== null && `It stops working on ${exact(end)}.`}
      </Text>
    </div>
  );
}

function dateProblem(mode: string, choice: string, date: string): string | null {
  if (mode === 'fixed' || choice !== 'date') {
    return null;
  }
  if (date === '') {
    return 'Pick the last day on which it works';
  }
  const end = endOf(choice, date, new Date());
  return end !== null && end.getTime() > Date.now() ? null : 'Pick a day ahead';
}

/** The field that a refusal of the server is about; null for the form as a whole. */
function fieldOf(error: unknown): 'name' | 'expiry' | null {
  if (!(error instanceof ApiError)) {
    return null;
  }
  return error.code === 'invalid_name' ? 'name' : error.code === 'invalid_expiry' ? 'expiry' : null;
}
