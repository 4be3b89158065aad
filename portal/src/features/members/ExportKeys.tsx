import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Member, Product, Workspace } from '@/api/types.ts';
import { saveFile } from '@/features/keys/keyFile.ts';
import {
  csvOf,
  type ExportForm,
  exportName,
  jsonOf,
  readAllKeys,
} from '@/features/members/keyExport.ts';
import { count } from '@/lib/words.ts';
import { useAnnounce } from '@/ui/Announcer.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';

interface Props {
  product: Product;
  workspace: Workspace;
  members: Member[];
}

type State =
  | { at: 'rest' }
  | { at: 'reading'; soFar: number }
  | { at: 'saved'; keys: number; form: ExportForm }
  | { at: 'failed'; error: unknown; form: ExportForm };

/** Saves the list of all keys as a file that is made here; there is no secret in any of it. */
export function ExportKeys({ product, workspace, members }: Props) {
  const announce = useAnnounce();
  const [state, setState] = useState<State>({ at: 'rest' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const save = async (form: ExportForm) => {
    const run = new AbortController();
    running.current = run;
    setState({ at: 'reading', soFar: 0 });
    try {
      const keys = await readAllKeys(
        workspace.id,
        (soFar) => setState({ at: 'reading', soFar }),
        run.signal,
      );
      const now = new Date();
      const text = form === 'csv' ? csvOf(keys, members) : jsonOf(keys, members, workspace, now);
      const type = form === 'csv' ? 'text/csv' : 'application/json';
      saveFile(exportName(product, workspace, now, form), text, type);
      setState({ at: 'saved', keys: keys.length, form });
      announce(`Saved ${count(keys.length, 'key')} as ${form.toUpperCase()}`);
    } catch (error) {
      setState(run.signal.aborted ? { at: 'rest' } : { at: 'failed', error, form });
    }
  };
  const isReading = state.at === 'reading';
  const button = (form: ExportForm) => (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon name="download" size={15} />}
      disabled={isReading}
      onClick={() => save(form)}
    >
      Export {form.toUpperCase()}
    </Button>
  );
  return (
    <>
      <Group gap={8}>
        {button('csv')}
        {button('json')}
        {isReading && (
          <>
            <Text size="sm" c="dimmed">
              Reading: {count(state.soFar, 'key')} so far
            </Text>
            <Button variant="subtle" size="xs" onClick={() => running.current?.abort()}>
              Cancel
            </Button>
          </>
        )}
        {state.at === 'saved' && (
          <Text size="sm" c="dimmed">
            Saved {count(state.keys, 'key')}
          </Text>
        )}
      </Group>
      {state.at === 'failed' && (
        <div>
          <Text size="sm" mb={6}>
            Nothing was saved: not all keys could be read, and part of a list would mislead.
          </Text>
          <ErrorNotice error={state.error} onRetry={() => save(state.form)} />
        </div>
      )}
    </>
  );
}
