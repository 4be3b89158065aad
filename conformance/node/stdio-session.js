// Starts the command in BRIDGE (an argument a line) as an MCP server with the official TypeScript client.
// Prints "tools:" with their names as JSON, and for each line read, "ok" or "refused: …".
import { createInterface } from 'node:readline'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'

const [command, ...args] = process.env.BRIDGE.split('\n')
const client = new Client({ name: 'keyway-conformance', version: '1.0.0' })
await client.connect(new StdioClientTransport({ command, args, env: process.env, stderr: 'inherit' }))
const { tools } = await client.listTools()
console.log(`tools:${JSON.stringify(tools.map((one) => one.name))}`)
for await (const _line of createInterface({ input: process.stdin })) {
  try {
    await client.listTools()
    console.log('ok')
  } catch (error) {
    console.log(`refused: ${error.code ?? ''} ${error.message}`)
  }
}
await client.close()
process.exit(0)
