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
