import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A server in Keyway's place that answers as a test wants. */
export class Fake {
  readonly seen: { method: string; url: string; rawHeaders: string[]; body: string }[] = [];
  handler: Handler = (_, response) => response.end();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Fake> {
    const server = createServer();
    const fake = new Fake(server);
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        fake.seen.push({
          method: request.method ?? '',
          url: request.url ?? '',
          rawHeaders: request.rawHeaders,
          body,
        });
        fake.handler(request, response, body);
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

/** Keyway's word that a request may pass. */
export function allow(response: ServerResponse): void {
  response.writeHead(200, {
    'Keyway-Status': '200',
    'Keyway-Code': 'valid',
    'Keyway-Key-Id': 'key_a1B2c3D4e5F6',
    'Keyway-Account-Id': 'acc_1',
    'Keyway-Request-Id': 'req_1',
    RateLimit: '"data";r=9;t=1',
    Server: 'keyway',
  });
  response.end();
}

/** Keyway's refusal. */
export function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, {
    'Keyway-Status': String(status),
    'Keyway-Code': code,
    'Content-Type': 'application/problem+json',
    'WWW-Authenticate': 'Bearer realm="keyway"',
  });
  response.end(JSON.stringify({ status, code }));
}
