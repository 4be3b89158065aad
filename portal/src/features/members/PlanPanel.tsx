import { NativeSelect, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Product, Workspace } from '@/api/types.ts';
import { ConcernedKeys } from '@/features/members/ConcernedKeys.tsx';
import { planChangeQuery, useMembers } from '@/features/members/memberQueries.ts';
import styles from '@/features/members/PlanPanel.module.css';
import { hasApiAccess } from '@/features/members/PlanRequired.tsx';
import { capitalised } from '@/lib/words.ts';
import { Icon } from '@/ui/Icon.tsx';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { Panel } from '@/ui/Page.tsx';

interface Props {
  product: Product;
  workspace: Workspace;
}

/** The workspace's plan, what it includes, and what another would mean for the keys. */
export function PlanPanel({ product, workspace }: Props) {
  if (product.plans.length === 0) {
    return null;
  }
  const others = product.plans.filter(({ plan }) => plan !== workspace.plan);
  return (
    <Panel title="Plan">
      <div className={styles.now}>
        <span className={styles.plan}>{capitalised(workspace.plan ?? 'No plan')}</span>
        <ApiAccess isIncluded={hasApiAccess(product, workspace)} />
      </div>
      <Text size="sm" c="dimmed" mt={6}>
        A plan is changed by the people who run {product.title}; here you can see what a change
        would mean.
      </Text>
      {others.length > 0 && (
        <WhatIf
          workspace={workspace}
          plans={others.map(({ plan }) => plan)}
          key={`${workspace.id} ${workspace.plan}`}
        />
      )}
    </Panel>
  );
}

function ApiAccess({ isIncluded }: { isIncluded: boolean }) {
  return (
    <span className={`${styles.access} ${isIncluded ? styles.included : styles.missing}`}>
      <Icon name={isIncluded ? 'check' : 'ban'} size={14} />
      {isIncluded ? 'API access included' : 'No API access: keys are refused'}
    </span>
  );
}

function WhatIf({ workspace, plans }: { workspace: Workspace; plans: string[] }) {
  const [plan, setPlan] = useState('');
  return (
    <div className={styles.preview}>
      <NativeSelect
        label="What would happen on another plan"
        className={styles.choice}
        value={plan}
        onChange={(event) => setPlan(event.currentTarget.value)}
        data={[
          { value: '', label: 'Choose a plan' },
          ...plans.map((one) => ({ value: one, label: capitalised(one) })),
        ]}
      />
      <div aria-live="polite">
        {plan !== '' && <Preview workspace={workspace} plan={plan} key={plan} />}
      </div>
    </div>
  );
}

function Preview({ workspace, plan }: { workspace: Workspace; plan: string }) {
  const preview = useQuery(planChangeQuery(workspace.id, plan));
  const people = useMembers(workspace.id);
  if (preview.data === undefined) {
    return preview.isError ? (
      <ErrorNotice error={preview.error} onRetry={() => preview.refetch()} />
    ) : (
      <Skeleton height={64} radius="md" aria-label="Reading the keys" />
    );
  }
  const { api, keys_affected, data } = preview.data;
  return (
    <div className={styles.result}>
      <Text size="sm">
        {api
          ? `${capitalised(plan)} includes API access: every active key works there.`
          : `${capitalised(plan)} has no API access. Keys wait unchanged, and work again on a plan that has it.`}
      </Text>
      {!api && (
        <ConcernedKeys
          keys={data}
          total={keys_affected}
          fate="be refused at once"
          people={people}
        />
      )}
    </div>
  );
}
