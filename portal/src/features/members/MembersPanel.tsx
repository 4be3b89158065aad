import { Skeleton } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { meQuery } from '@/api/queries.ts';
import type { Key, Member, Product, Workspace } from '@/api/types.ts';
import { RevokeKeyDialog } from '@/features/keys/RevokeKeyDialog.tsx';
import { ExportKeys } from '@/features/members/ExportKeys.tsx';
import { FormerMembers, MemberItem } from '@/features/members/MemberItem.tsx';
import styles from '@/features/members/Members.module.css';
import { membersQuery } from '@/features/members/memberQueries.ts';
import { RemoveMemberDialog } from '@/features/members/RemoveMemberDialog.tsx';
import { RevokeAllDialog } from '@/features/members/RevokeAllDialog.tsx';
import { RoleDialog } from '@/features/members/RoleDialog.tsx';
import {
  groupKeys,
  useWorkspaceKeys,
  type WorkspaceKeys,
} from '@/features/members/workspaceKeys.ts';
import { count } from '@/lib/words.ts';
import { ErrorNotice } from '@/ui/Notice.tsx';
import { useLast } from '@/ui/useLast.ts';

interface Props {
  product: Product;
  workspace: Workspace;
}

/** Everybody in a workspace, with their keys under their names. */
export function MembersPanel({ product, workspace }: Props) {
  const members = useQuery(membersQuery(workspace.id));
  const keys = useWorkspaceKeys(workspace.id);
  if (members.data === undefined) {
    return members.isError ? (
      <ErrorNotice error={members.error} onRetry={() => members.refetch()} />
    ) : (
      <Skeleton height={220} radius="md" aria-label="Reading the members" />
    );
  }
  return <Members product={product} workspace={workspace} members={members.data} keys={keys} />;
}

type Doing =
  | { what: 'nothing' }
  | { what: 'role' | 'remove'; member: Member }
  | { what: 'revoke-all'; member: Member; keys: Key[] }
  | { what: 'revoke'; key: Key };

function Members({
  product,
  workspace,
  members,
  keys,
}: Props & { members: Member[]; keys: WorkspaceKeys }) {
  const { data: me } = useSuspenseQuery(meQuery);
  const [doing, setDoing] = useState<Doing>({ what: 'nothing' });
  const grouped = useMemo(() => groupKeys(members, keys.keys), [members, keys.keys]);
  const rest = () => setDoing({ what: 'nothing' });
  const revoke = (key: Key) => setDoing({ what: 'revoke', key });
  const isSelf = (member: Member | null) => member?.account === me.account.id;
  const changing = doing.what === 'role' ? doing.member : null;
  const removing = doing.what === 'remove' ? doing.member : null;
  const lastChanging = useLast(changing);
  const lastRemoving = useLast(removing);
  const hasFormer = grouped.former.active.length + grouped.former.ended.length > 0;
  return (
    <section className={styles.panel} aria-label="Members">
      <div className={styles.panelHead}>
        <h2 className={styles.title}>{count(members.length, 'member')}</h2>
        <ExportKeys product={product} workspace={workspace} members={members} key={workspace.id} />
      </div>
      {keys.error !== null && (
        <div className={styles.notice}>
          <ErrorNotice error={keys.error} onRetry={keys.retry} />
        </div>
      )}
      <ul className={styles.list}>
        {members.map((member) => (
          <MemberItem
            key={member.account}
            product={product}
            member={member}
            isSelf={isSelf(member)}
            group={grouped.of(member)}
            isComplete={keys.isComplete}
            onRevoke={revoke}
            onRole={() => setDoing({ what: 'role', member })}
            onRemove={() => setDoing({ what: 'remove', member })}
            onRevokeAll={() =>
              setDoing({ what: 'revoke-all', member, keys: grouped.of(member).active })
            }
          />
        ))}
        {hasFormer && <FormerMembers product={product} group={grouped.former} onRevoke={revoke} />}
      </ul>
      <RevokeKeyDialog
        product={product}
        revoking={doing.what === 'revoke' ? doing.key : null}
        onClose={rest}
      />
      <RevokeAllDialog
        product={product}
        workspace={workspace}
        revoking={doing.what === 'revoke-all' ? doing : null}
        onClose={rest}
      />
      <RoleDialog
        workspace={workspace}
        changing={changing}
        isSelf={isSelf(lastChanging)}
        onClose={rest}
      />
      <RemoveMemberDialog
        workspace={workspace}
        removing={removing}
        isSelf={isSelf(lastRemoving)}
        onClose={rest}
      />
    </section>
  );
}
