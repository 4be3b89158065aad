import { ApiError } from '@/api/problem.ts';

/** The same words for an unknown e-mail and a wrong password, and how long to wait after too many. */
export function signInError(error: unknown): unknown {
  if (!(error instanceof ApiError)) {
    return error;
  }
  if (error.status === 401) {
    return told(error, 'E-mail and password do not match. Look at both and try again.');
  }
  if (error.status === 429) {
    return told(error, `Too many tries. Wait ${waiting(error)} and try again.`);
  }
  return error;
}

export function waiting(error: ApiError): string {
  const seconds = error.retryAfterSeconds ?? 60;
  const minutes = Math.ceil(seconds / 60);
  return seconds < 60 ? `${seconds} seconds` : minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

function told(error: ApiError, detail: string): ApiError {
  return new ApiError(error.status, error.code, detail, error.requestId, error.retryAfterSeconds);
}
