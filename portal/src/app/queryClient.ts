import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/problem.ts';

/** Told when the server no longer knows the session. */
let onSignedOut: () => void = () => {};

export function whenSignedOut(react: () => void): void {
  onSignedOut = react;
}

function watch(error: unknown, meta: Record<string, unknown> | undefined): void {
  // Where a password is asked for, 401 says that it is wrong and nothing of the session.
  if (error instanceof ApiError && error.status === 401 && meta?.asksPassword !== true) {
    onSignedOut();
  }
}

/** Repeats what an outage may have hit; a refusal stays one. */
function retries(failures: number, error: Error): boolean {
  const passing = error instanceof ApiError && (error.status === 0 || error.status === 503);
  return passing && failures < 2;
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => watch(error, query.meta) }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => watch(error, mutation.meta),
  }),
  defaultOptions: {
    queries: { retry: retries, staleTime: 10_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
