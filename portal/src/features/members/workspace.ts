import { useSuspenseQueries, useSuspenseQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { meQuery, workspaceQuery } from '@/api/queries.ts';
import type { Role, Workspace } from '@/api/types.ts';

export interface MyWorkspace {
  workspace: Workspace;
  role: Role;
}

/** The person's workspaces, in the order in which they joined. */
export function useWorkspaces(): MyWorkspace[] {
  const { data: me } = useSuspenseQuery(meQuery);
  const found = useSuspenseQueries({ queries: me.workspaces.map(({ id }) => workspaceQuery(id)) });
  return me.workspaces.flatMap(({ role }, index) => {
    const workspace = found[index]?.data;
    return workspace === undefined ? [] : [{ workspace, role }];
  });
}

/** The workspace that the address names, else the first; undefined for accounts without any. */
export function useWorkspace(): MyWorkspace | undefined {
  const { workspace: id } = useSearch({ from: '/_app' });
  const all = useWorkspaces();
  return all.find((one) => one.workspace.id === id) ?? all[0];
}
