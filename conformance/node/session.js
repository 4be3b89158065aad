// Opens a session of the official TypeScript client; a key in MCP_KEY is sent as bearer with every request.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

export async function connect(url, onerror) {
  const key = process.env.MCP_KEY
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: key ? { headers: { Authorization: `Bearer ${key}` } } : {},
    reconnectionOptions: {
      maxRetries: 0,
      initialReconnectionDelay: 100,
      maxReconnectionDelay: 100,
      reconnectionDelayGrowFactor: 1
    }
  })
  const client = new Client({ name: 'keyway-conformance', version: '1.0.0' })
  if (onerror) {
    client.onerror = onerror
  }
  await client.connect(transport)
  return { client, transport }
}
