import { Button, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '@/api/http.ts';
import { messageOf } from '@/api/problem.ts';
import styles from '@/features/connect/FirstRequest.module.css';
import {
  latestOf,
  type SeenClient,
  type SeenUsage,
  type Sighting,
  sighting,
} from '@/features/connect/firstRequest.ts';
import { LOCALE } from '@/lib/locale.ts';
import { Icon } from '@/ui/Icon.tsx';

const EVERY_MILLIS = 2000;
const AT_MOST_MILLIS = 10 * 60_000;

/** Waits for a request made with a key and says who came. It reports what the server saw. */
export function FirstRequest({ keyId, keyTitle }: { keyId: string; keyTitle: string }) {
  const [round, setRound] = useState(0);
  return (
    <Watch
      key={`${keyId} ${round}`}
      keyId={keyId}
      keyTitle={keyTitle}
      onAgain={() => setRound(round + 1)}
    />
  );
}

interface WatchProps {
  keyId: string;
  keyTitle: string;
  onAgain: () => void;
}

function Watch({ keyId, keyTitle, onAgain }: WatchProps) {
  const [before, setBefore] = useState<SeenUsage | null>(null);
  const [isOver, setOver] = useState(false);
  const [found, setFound] = useState<Sighting | null>(null);
  const isSeen = found?.kind === 'seen';
  const { data, error } = useQuery({
    queryKey: ['key', keyId, 'clients'],
    queryFn: ({ signal }) => call('get', '/v1/keys/{key}/usage', { path: { key: keyId }, signal }),
    // A page that nobody looks at does not ask: the library stops the interval there.
    refetchInterval: isSeen || isOver ? false : EVERY_MILLIS,
    enabled: !isSeen && !isOver,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

  useEffect(() => {
    const timer = setTimeout(() => setOver(true), AT_MOST_MILLIS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (data === undefined) {
      return;
    }
    if (before === null) {
      setBefore(data);
    } else {
      setFound((earlier) => sighting(before, data) ?? earlier);
    }
  }, [data, before]);

  const isWaiting = !isSeen && !isOver;
  return (
    <div className={styles.watch} data-state={isSeen ? 'seen' : isOver ? 'over' : 'waiting'}>
      <span className={styles.mark} aria-hidden="true">
        {isSeen ? <Icon name="check" /> : isWaiting ? <Loader size={18} /> : <Icon name="clock" />}
      </span>
      <div className={styles.words}>
        <div role="status" aria-live="polite">
          <Text fw={600}>{headline(found, isOver, before)}</Text>
          {found?.kind === 'refused' && (
            <Text size="sm">
              A request was refused at {clock(found.at)}: {found.reason.replaceAll('_', ' ')}.
            </Text>
          )}
        </div>
        <Text size="sm" c="dimmed">
          {error !== null && isWaiting
            ? `${messageOf(error)} This page goes on asking.`
            : hint(keyTitle, before, isSeen)}
        </Text>
        {!isWaiting && (
          <Button variant="default" size="xs" mt={8} onClick={onAgain}>
            {isSeen ? 'Test again' : 'Wait again'}
          </Button>
        )}
      </div>
    </div>
  );
}

function headline(found: Sighting | null, isOver: boolean, before: SeenUsage | null): string {
  if (found?.kind === 'seen') {
    const which = found.isFirst ? 'First request' : 'Request';
    return `${which} seen from ${clientName(found)} at ${clock(found.at)}`;
  }
  if (isOver) {
    return 'No request came within 10 minutes';
  }
  const isUsed = (before?.clients.length ?? 0) > 0;
  return isUsed ? 'Waiting for the next request…' : 'Waiting for the first request…';
}

function hint(keyTitle: string, before: SeenUsage | null, isSeen: boolean): string {
  if (isSeen) {
    return `“${keyTitle}” works from there.`;
  }
  const last = latestOf(before?.clients ?? []);
  const earlier =
    last === null ? '' : ` Used before by ${clientName(last)}, ${clock(last.last_seen_at)}.`;
  return `Use the client now; requests made with “${keyTitle}” show up here.${earlier}`;
}

function clientName({ client }: Pick<SeenClient, 'client'>): string {
  return client ?? 'a client that gives no name';
}

/** "12:03", with the day where it is another one. */
function clock(at: string): string {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(LOCALE, {
    timeStyle: 'short',
    dateStyle: isToday ? undefined : 'medium',
  }).format(date);
}
