/** What the server answered instead of what was asked for (RFC 9457), or that it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly requestId: string | null = null,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail);
    this.name = 'ApiError';
  }
}

/** The code of a call that got no answer at all. */
export const UNREACHABLE = 'unreachable';

export async function problemOf(response: Response): Promise<ApiError> {
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  let body: Record<string, unknown> = {};
  try {
    body = (await response.json()) as Record<string, unknown>;
  } catch {
    // A proxy in between may have answered with a page of its own; the status still says something.
  }
  return new ApiError(
    response.status,
    text(body.code) ?? 'internal',
    text(body.detail) ?? `The server answered ${response.status}. Try again in a moment.`,
    text(body.request_id),
    Number.isNaN(retryAfter) ? null : retryAfter,
  );
}

export function unreachable(): ApiError {
  return new ApiError(
    0,
    UNREACHABLE,
    'The server cannot be reached. Look at your connection and try again.',
  );
}

/** A sentence for people about anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError
    ? error.detail
    : 'Something went wrong on this page. Reload it and try again.';
}

export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof ApiError && codes.includes(error.code);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
