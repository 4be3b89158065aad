import { vi } from 'vitest';

interface Sent {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = { status?: number; body: unknown; headers?: Record<string, string> };

/** Answers the page's calls; whatever is not foreseen fails the test. */
export function serve(routes: Record<string, (sent: Sent) => Answer | unknown>) {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://portal.test');
    const call: Sent = {
      method: init.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    sent.push(call);
    const route = routes[`${call.method} ${call.path}`];
    if (route === undefined) {
      throw new Error(`not foreseen: ${call.method} ${call.path}`);
    }
    const answer = route(call);
    const { status = 200, body, headers = {} } = isAnswer(answer) ? answer : { body: answer };
    return new Response(JSON.stringify(body), { status, headers });
  });
  return sent;
}

export function problem(status: number, code: string, detail: string): Answer {
  return {
    status,
    body: { type: code, title: code, status, code, detail, request_id: 'req_test' },
  };
}

function isAnswer(answer: unknown): answer is Answer {
  return typeof answer === 'object' && answer !== null && 'body' in answer;
}
