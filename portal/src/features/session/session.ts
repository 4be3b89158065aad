import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call, rememberCsrfToken } from '@/api/http.ts';
import { ApiError } from '@/api/problem.ts';

/** Signs in. The session is the server's cookie, which no script can read. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    meta: { asksPassword: true },
    mutationFn: (who: { email: string; password: string; product?: string }) =>
      call('post', '/v1/sessions', { body: who }),
    onSuccess: ({ account, csrf_token }) => {
      // Nothing of whoever was signed in before.
      client.clear();
      rememberCsrfToken(csrf_token, account.id);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    meta: { asksPassword: true },
    mutationFn: async () => {
      try {
        await call('delete', '/v1/sessions/current');
      } catch (error) {
        // It had ended already.
        if (!(error instanceof ApiError && error.status === 401)) {
          throw error;
        }
      }
    },
    onSuccess: () => {
      client.clear();
      rememberCsrfToken(null);
    },
  });
}

export function useReauthenticate() {
  return useMutation({
    meta: { asksPassword: true },
    mutationFn: (password: string) =>
      call('post', '/v1/sessions/current/reauthenticate', { body: { password } }),
    onSuccess: ({ csrf_token }) => rememberCsrfToken(csrf_token),
  });
}

export function useAcceptInvitation() {
  return useMutation({
    meta: { asksPassword: true },
    mutationFn: (body: { invitation: string; password: string }) =>
      call('post', '/v1/me/password', { body }),
  });
}

export function useChangePassword() {
  return useMutation({
    meta: { asksPassword: true },
    mutationFn: (body: { current_password: string; password: string }) =>
      call('post', '/v1/me/password', { body }),
    onSuccess: ({ csrf_token }) => {
      if (csrf_token !== undefined) {
        rememberCsrfToken(csrf_token);
      }
    },
  });
}
