import { Button, Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditEvent } from '@/api/types.ts';
import styles from '@/features/keys/KeyPage.module.css';
import { activityWords, type Cast } from '@/features/usage/activityWords.ts';
import { activityQuery } from '@/features/usage/usageQueries.ts';
import { exact } from '@/lib/time.ts';
import { Icon } from '@/ui/Icon.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { Panel } from '@/ui/Page.tsx';
import { When } from '@/ui/When.tsx';

/** What was done with the key and what was refused, from the audit trail, newest first. */
export function KeyPageActivity({ cast }: { cast: Cast }) {
  const activity = useInfiniteQuery(activityQuery(cast.key));
  const events = activity.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Panel title="Activity">
      {activity.isPending && <Skeleton height={90} radius="md" aria-label="Loading the activity" />}
      {activity.isError && (
        <ErrorNotice error={activity.error} onRetry={() => activity.refetch()} />
      )}
      {activity.isSuccess && events.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing is on record.
        </Text>
      )}
      <ol className={styles.timeline}>
        {events.map((event) => (
          <Event key={event.id} event={event} cast={cast} />
        ))}
      </ol>
      {activity.hasNextPage && (
        <Button
          variant="default"
          onClick={() => activity.fetchNextPage()}
          loading={activity.isFetchingNextPage}
        >
          Show earlier activity
        </Button>
      )}
    </Panel>
  );
}

function Event({ event, cast }: { event: AuditEvent; cast: Cast }) {
  const { icon, text, quote, isRefusal } = activityWords(event, cast);
  return (
    <li className={styles.event} data-action={event.action}>
      <span className={styles.mark} data-refusal={isRefusal}>
        <Icon name={icon} size={15} />
      </span>
      <div>
        <div className={styles.eventText}>{text}</div>
        {quote !== null && quote !== '' && (
          <div className={styles.quote}>
            <bdi>{quote}</bdi>
          </div>
        )}
        <div className={styles.meta}>
          <When at={event.at} />
          <time dateTime={event.at}>{exact(new Date(event.at))}</time>
          {event.address !== '' && (
            <span>
              from <span className={styles.machine}>{event.address}</span>
            </span>
          )}
        </div>
      </div>
    </li>
  );
}
