import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '@/api/http.ts';

export function membersQuery(workspace: string) {
  return queryOptions({
    queryKey: ['members', workspace],
    queryFn: async ({ signal }) =>
      (await call('get', '/v1/workspaces/{workspace}/members', { path: { workspace }, signal }))
        .data,
  });
}

/** The members' names by account; undefined without a workspace, and until they are read. */
export function useMembers(workspace: string | undefined): Map<string, string> | undefined {
  const { data } = useQuery({
    ...membersQuery(workspace ?? ''),
    enabled: workspace !== undefined,
    select: (members) => new Map(members.map((member) => [member.account, member.name])),
  });
  return workspace === undefined ? undefined : data;
}

/** What removing a member would end. Read anew each time: it is what somebody decides upon. */
export function removalQuery(workspace: string, account: string) {
  return queryOptions({
    queryKey: ['removal', workspace, account],
    queryFn: ({ signal }) =>
      call('get', '/v1/workspaces/{workspace}/members/{account}/removal', {
        path: { workspace, account },
        signal,
      }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** What another plan would end; read anew each time, too. */
export function planChangeQuery(workspace: string, plan: string) {
  return queryOptions({
    queryKey: ['plan-change', workspace, plan],
    queryFn: ({ signal }) =>
      call('get', '/v1/workspaces/{workspace}/plan-change', {
        path: { workspace },
        query: { plan },
        signal,
      }),
    staleTime: 0,
    gcTime: 0,
  });
}
