import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Key, Member } from '@/api/types.ts';
import { keyListQuery } from '@/features/keys/keyQueries.ts';

const PAGE = 200;

export interface WorkspaceKeys {
  keys: Key[];
  /** Whether they are all there: before that, counts are lower bounds. */
  isComplete: boolean;
  error: unknown;
  retry: () => void;
}

/** All keys of a workspace, ended ones too, page after page until there are no more. */
export function useWorkspaceKeys(workspace: string): WorkspaceKeys {
  const list = useInfiniteQuery({
    ...keyListQuery({ workspace }, { status: 'all', rows: PAGE }),
    refetchOnWindowFocus: false,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) {
      fetchNextPage();
    }
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return {
    keys: list.data?.pages.flatMap((page) => page.data) ?? [],
    isComplete: list.isSuccess && !hasNextPage,
    error: list.error,
    retry: () => {
      if (list.data === undefined) {
        list.refetch();
      } else {
        fetchNextPage();
      }
    },
  };
}

export interface KeyGroup {
  /** Those that count: the keys that work, apart from what the plan says. */
  active: Key[];
  ended: Key[];
}

export interface GroupedKeys {
  of: (member: Member) => KeyGroup;
  /** Keys of people who are members no more. */
  former: KeyGroup;
}

/** Puts each key under the member who made it, in the order in which they came. */
export function groupKeys(members: Member[], keys: Key[]): GroupedKeys {
  const groups = new Map<string, KeyGroup>(
    members.map((member) => [member.account, { active: [], ended: [] }]),
  );
  const former: KeyGroup = { active: [], ended: [] };
  for (const key of keys) {
    const group = groups.get(key.created_by) ?? former;
    (key.status === 'active' ? group.active : group.ended).push(key);
  }
  return { of: ({ account }) => groups.get(account) ?? { active: [], ended: [] }, former };
}
