import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isCode, messageOf } from '@/api/problem.ts';
import type { Key } from '@/api/types.ts';
import { useUpdateKey } from '@/features/keys/keyMutations.ts';
import { earlierChoices, earlierEnd, earlierProblem } from '@/features/keys/keyPageExpiry.ts';
import { shownAlready } from '@/lib/ignore.ts';
import { calendarDay, exact } from '@/lib/time.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';

interface Props {
  of: Key;
  opened: boolean;
  onClose: () => void;
}

/** Gives a key an end before its own: time to move over to another. */
export function KeyPageEarlier(props: Props) {
  return (
    <Dialog title="Let it expire earlier" opened={props.opened} onClose={props.onClose}>
      {props.opened && <EarlierForm {...props} />}
    </Dialog>
  );
}

function EarlierForm({ of: key, onClose }: Props) {
  const announce = useAnnounce();
  const update = useUpdateKey();
  const [choices] = useState(() => earlierChoices(key, new Date()));
  const [choice, setChoice] = useState(choices[0]?.value ?? 'date');
  const [date, setDate] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const end = earlierEnd(choice, date, new Date());
  const isAboutDate = isCode(update.error, 'invalid_expiry');
  const shown = problem ?? (isAboutDate ? messageOf(update.error) : null);
  const take = (change: () => void) => {
    change();
    setProblem(null);
    update.reset();
  };
  const submit = async () => {
    const now = new Date();
    const chosen = earlierEnd(choice, date, now);
    const wrong = earlierProblem(chosen, key, now);
    setProblem(wrong);
    if (wrong === null && chosen !== null) {
      await update.mutateAsync({ id: key.id, change: { expires_at: chosen.toISOString() } });
      announce(`It stops working on ${exact(chosen)}`);
      onClose();
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit().catch(shownAlready);
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          Everything that uses it can go on until then. An expiry can only become earlier; to have
          longer, make a new key.
        </Text>
        {!isAboutDate && <ErrorNotice error={update.error} />}
        <NativeSelect
          label="It ends"
          data-autofocus
          value={choice}
          onChange={(event) => {
            const value = event.currentTarget.value;
            take(() => setChoice(value));
          }}
          data={choices}
          error={choice === 'date' ? undefined : shown}
        />
        {choice === 'date' && (
          <TextInput
            type="date"
            label="Last day"
            min={calendarDay(new Date())}
            max={key.expires_at === null ? undefined : calendarDay(new Date(key.expires_at))}
            value={date}
            onChange={(event) => {
              const value = event.currentTarget.value;
              take(() => setDate(value));
            }}
            error={shown}
          />
        )}
        {end !== null && shown === null && (
          <Text size="sm" c="dimmed" data-expiry>
            It stops working on {exact(end)}.
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={update.isPending}>
            Set this end
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
