import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@/api/http.ts';
import { meQuery, workspaceQuery } from '@/api/queries.ts';
import type { Role } from '@/api/types.ts';
import { KEY_LISTS } from '@/features/keys/keyQueries.ts';
import { membersQuery } from '@/features/members/memberQueries.ts';

export function useChangeRole(workspace: string) {
  const readAnew = useReadMembersAnew(workspace);
  return useMutation({
    mutationFn: ({ account, role }: { account: string; role: Role }) =>
      call('put', '/v1/workspaces/{workspace}/members/{account}', {
        path: { workspace, account },
        body: { role },
      }),
    onSuccess: readAnew,
  });
}

/** Removes a member: when it has answered, nothing accepts the keys they made here any more. */
export function useRemoveMember(workspace: string) {
  const client = useQueryClient();
  const readAnew = useReadMembersAnew(workspace);
  return useMutation({
    mutationFn: (account: string) =>
      call('delete', '/v1/workspaces/{workspace}/members/{account}', {
        path: { workspace, account },
      }),
    onSuccess: () => {
      readAnew();
      client.invalidateQueries({ queryKey: KEY_LISTS });
    },
  });
}

/** Revokes all keys that one member made in the workspace, as one change. */
export function useRevokeAll(product: string, workspace: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ account, reason }: { account: string; reason: string }) =>
      call('post', '/v1/keys/revoke', { body: { product, workspace, account, reason } }),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: KEY_LISTS });
      client.invalidateQueries({ queryKey: ['key'] });
      client.invalidateQueries({ queryKey: ['audit'] });
    },
  });
}

export function useRenameWorkspace(workspace: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      call('patch', '/v1/workspaces/{workspace}', { path: { workspace }, body: { name } }),
    onSuccess: ({ workspace: renamed }) => {
      client.setQueryData(workspaceQuery(workspace).queryKey, renamed);
      client.invalidateQueries({ queryKey: ['audit'] });
    },
  });
}

/** After a change of members; one's own role may have changed with it. */
function useReadMembersAnew(workspace: string): () => void {
  const client = useQueryClient();
  return () => {
    client.invalidateQueries({ queryKey: membersQuery(workspace).queryKey });
    client.invalidateQueries({ queryKey: meQuery.queryKey });
    client.invalidateQueries({ queryKey: ['audit'] });
  };
}
