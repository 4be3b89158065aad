import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { resourcesQuery } from '@/api/queries.ts';
import type { Key, Product } from '@/api/types.ts';
import styles from '@/features/keys/KeyPage.module.css';
import { KeyStatus } from '@/features/keys/KeyStatus.tsx';
import { lastUseOf } from '@/features/keys/keyState.ts';
import { useWorkspaces } from '@/features/members/workspace.ts';
import { actorWords, type Cast } from '@/features/usage/activityWords.ts';
import { keyUsageQuery, revokerQuery } from '@/features/usage/usageQueries.ts';
import type { UsageRange } from '@/features/usage/usageRange.ts';
import { exact } from '@/lib/time.ts';
import { capitalised } from '@/lib/words.ts';
import { CopyButton } from '@/ui/CopyButton.tsx';
import { Panel } from '@/ui/Page.tsx';
import { When } from '@/ui/When.tsx';

interface Props {
  of: Key;
  product: Product;
  /** The range whose use the page shows: it is read once. */
  range: UsageRange;
  cast: Cast;
}

/** What the key is, in words and with exact times. */
export function KeyPageSummary({ of: key, product, range, cast }: Props) {
  return (
    <Panel label="Details">
      <dl className={styles.details}>
        <Detail label="Status">
          <KeyStatus of={key} />
          <Ending of={key} cast={cast} />
        </Detail>
        <Detail label="Key ID">
          <span className={styles.withCopy}>
            <span className={styles.machine}>{key.id}</span>
            <CopyButton text={key.id} what="key ID" />
          </span>
        </Detail>
        {key.hint !== null && key.hint !== key.id && (
          <Detail label="Looks like">
            <span className={styles.machine}>{key.hint}</span>
          </Detail>
        )}
        <Detail label="Opens">
          <ScopeWords of={key} cast={cast} />
        </Detail>
        <Detail label="Made by">
          {capitalised(actorWords({ kind: 'account', id: key.created_by, name: null }, cast))}
          {key.created_by_key !== null && <MadeByKey id={key.created_by_key} />}
        </Detail>
        <Detail label="Created">
          <ExactTime at={key.created_at} />
        </Detail>
        <Detail label={key.status === 'expired' ? 'Expired' : 'Expires'}>
          <ExactTime at={key.expires_at} never="No expiry" ahead />
          {product.key.expiry.mode === 'fixed' && key.status === 'active' && (
            <span className={styles.quiet}>{product.title} sets this for every key</span>
          )}
        </Detail>
        <Detail label="Last used">
          <LastUse of={key} range={range} />
        </Detail>
        {key.description !== null && key.description !== '' && (
          <Detail label="Description" isWhole>
            <div className={styles.description}>
              <bdi>{key.description}</bdi>
            </div>
          </Detail>
        )}
      </dl>
    </Panel>
  );
}

interface DetailProps {
  label: string;
  isWhole?: boolean;
  children: ReactNode;
}

function Detail({ label, isWhole, children }: DetailProps) {
  return (
    <div className={isWhole ? styles.whole : undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface ExactTimeProps {
  at: string | null;
  never?: string;
  ahead?: boolean;
}

function ExactTime({ at, never, ahead }: ExactTimeProps) {
  return (
    <>
      <When at={at} never={never} ahead={ahead} />
      {at !== null && (
        <span className={styles.exact}>
          <time dateTime={at}>{exact(new Date(at))}</time>
        </span>
      )}
    </>
  );
}

/** How a key that works no more came to its end. */
function Ending({ of: key, cast }: { of: Key; cast: Cast }) {
  const revoker = useQuery({ ...revokerQuery(key.id), enabled: key.status === 'revoked' });
  if (key.status === 'deactivated') {
    return (
      <span className={styles.quiet}>
        Its maker has no access any more. It does not come back; make a new key.
      </span>
    );
  }
  if (key.status !== 'revoked') {
    return null;
  }
  const event = revoker.data ?? null;
  return (
    <>
      <span className={styles.quiet} data-revoked>
        {event !== null && `By ${actorWords(event.actor, cast)} `}
        <When at={key.revoked_at} never="" />
        {key.revoked_at !== null && `, ${exact(new Date(key.revoked_at))}`}
      </span>
      {event?.reason !== undefined && event.reason !== null && event.reason !== '' && (
        <span className={styles.quiet}>
          <bdi>“{event.reason}”</bdi>
        </span>
      )}
      {key.revocation?.effective_at === null && (
        <span className={styles.quiet}>It is not confirmed everywhere yet.</span>
      )}
    </>
  );
}

function ScopeWords({ of: key, cast }: { of: Key; cast: Cast }) {
  const { data: resources } = useSuspenseQuery(resourcesQuery);
  const workspaces = useWorkspaces();
  const { kind, id } = key.scope;
  if (kind === 'account') {
    return id === cast.self ? 'Your account' : 'The account of its maker';
  }
  if (kind === 'workspace') {
    const found = workspaces.find(({ workspace }) => workspace.id === id);
    return found === undefined ? 'A workspace' : `The workspace ${found.workspace.name}`;
  }
  const resource = resources.find((one) => one.id === id);
  return resource === undefined ? (
    <span className={styles.machine}>{id}</span>
  ) : (
    `The ${resource.kind} ${resource.name}`
  );
}

function MadeByKey({ id }: { id: string }) {
  return (
    <span className={styles.quiet}>
      with the key{' '}
      <Link to="/keys/$key" params={{ key: id }} className={styles.machine}>
        {id}
      </Link>
    </span>
  );
}

/** When it was last used, and by which client where one was seen. */
function LastUse({ of: key, range }: { of: Key; range: UsageRange }) {
  const { data: usage } = useQuery(keyUsageQuery(key.id, range));
  const client = usage?.clients[0];
  return (
    <>
      <ExactTime at={lastUseOf(key, usage?.clients)} never="Never" />
      {client !== undefined && (
        <span className={styles.quiet} data-last-client>
          {client.client ?? 'A client without a name'} from{' '}
          <span className={styles.machine}>{client.address}</span>
        </span>
      )}
    </>
  );
}
