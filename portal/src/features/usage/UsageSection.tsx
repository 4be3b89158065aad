import { Anchor, Button, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { KeyUsage } from '@/api/types.ts';
import { Refusals } from '@/features/usage/Refusals.tsx';
import { SeenClients } from '@/features/usage/SeenClients.tsx';
import styles from '@/features/usage/Usage.module.css';
import { UsageChart } from '@/features/usage/UsageChart.tsx';
import { UsageTable } from '@/features/usage/UsageTable.tsx';
import { keyUsageQuery } from '@/features/usage/usageQueries.ts';
import { rangeWords, USAGE_RANGES, type UsageRange } from '@/features/usage/usageRange.ts';
import { seriesOf, type UsageSeries } from '@/features/usage/usageSeries.ts';
import { LOCALE } from '@/lib/locale.ts';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { Empty, Panel } from '@/ui/Page.tsx';

interface Props {
  /** The key's id. */
  of: string;
  /** Whether it was ever used, or may be still. */
  isUsable: boolean;
  wasUsed: boolean;
  range: UsageRange;
  onRange: (range: UsageRange) => void;
  /** Where one is shown how to use a key. */
  connect: string;
}

/** How a key was used: over time, refused for what, and by whom. */
export function UsageSection({ of: key, isUsable, wasUsed, range, onRange, connect }: Props) {
  const usage = useQuery(keyUsageQuery(key, range));
  const [asTable, setAsTable] = useState(false);
  const series = usage.data === undefined ? undefined : seriesOf(usage.data);
  const isNew = series !== undefined && !wasUsed && isUnused(series) && !hasTraces(usage.data);
  return (
    <>
      <Panel label="Usage">
        <div className={styles.head}>
          <h2 className={styles.title}>Usage</h2>
          {!isNew && (
            <div className={styles.tools}>
              <SegmentedControl
                size="xs"
                aria-label="Range"
                value={range}
                onChange={(value) => onRange(value as UsageRange)}
                data={USAGE_RANGES.map((value) => ({ value, label: rangeWords(value) }))}
              />
              <Button
                variant="default"
                size="xs"
                aria-pressed={asTable}
                onClick={() => setAsTable(!asTable)}
              >
                Show as table
              </Button>
            </div>
          )}
        </div>
        {usage.isError && <ErrorNotice error={usage.error} onRetry={() => usage.refetch()} />}
        {usage.isPending && <Skeleton height={230} radius="md" aria-label="Loading the usage" />}
        {isNew && <Unused isUsable={isUsable} connect={connect} />}
        {series !== undefined && !isNew && (
          <div aria-busy={usage.isPlaceholderData}>
            <Drawn series={series} range={range} asTable={asTable} />
            <p className={styles.note}>
              {series.step === 'day' && 'Days begin at midnight UTC. '}
              Refused requests did not get through.
            </p>
          </div>
        )}
      </Panel>
      {usage.data !== undefined && <Refusals usage={usage.data} range={range} />}
      {usage.data !== undefined && usage.data.clients.length > 0 && (
        <SeenClients clients={usage.data.clients} />
      )}
    </>
  );
}

function isUnused(series: UsageSeries): boolean {
  return series.accepted + series.refused === 0;
}

/** What is known of it although the range is empty. */
function hasTraces(usage: KeyUsage | undefined): boolean {
  return usage !== undefined && usage.clients.length + usage.recent_refusals.length > 0;
}

interface DrawnProps {
  series: UsageSeries;
  range: UsageRange;
  asTable: boolean;
}

function Drawn({ series, range, asTable }: DrawnProps) {
  const label = `Requests in the last ${rangeWords(range)}`;
  return (
    <>
      <Totals series={series} />
      {isUnused(series) && (
        <Text size="sm" mb="sm">
          No requests in the last {rangeWords(range)}.
        </Text>
      )}
      {asTable ? (
        <UsageTable series={series} caption={label} />
      ) : (
        <UsageChart series={series} label={label} />
      )}
    </>
  );
}

function Totals({ series }: { series: UsageSeries }) {
  const number = new Intl.NumberFormat(LOCALE);
  const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 1 });
  const all = series.accepted + series.refused;
  return (
    <dl className={styles.totals}>
      <div>
        <dt>Requests</dt>
        <dd data-total="requests">{number.format(all)}</dd>
      </div>
      <div>
        <dt>Accepted</dt>
        <dd data-total="accepted">{number.format(series.accepted)}</dd>
      </div>
      <div>
        <dt>Refused</dt>
        <dd data-total="refused">
          {number.format(series.refused)}
          {series.refused > 0 && ` (${percent.format(series.refused / all)})`}
        </dd>
      </div>
    </dl>
  );
}

function Unused({ isUsable, connect }: { isUsable: boolean; connect: string }) {
  return (
    <Empty
      icon="activity"
      title="No requests yet"
      action={
        isUsable && (
          <Anchor component={Link} to={connect}>
            Connect a client
          </Anchor>
        )
      }
    >
      {isUsable
        ? 'The first request shows here within seconds, with the client that made it.'
        : 'It ended before anything used it.'}
    </Empty>
  );
}
