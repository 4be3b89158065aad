// Lists the tools behind a URL with the official TypeScript client and calls one: node list-tools.js URL [TOOL ARGUMENTS]
// The key, if one is needed, comes in MCP_KEY. Prints one line of JSON.
import { connect } from './session.js'

const [url, tool, args = '{}'] = process.argv.slice(2)
const { client } = await connect(url)
const { tools } = await client.listTools()
const called = tool ? await client.callTool({ name: tool, arguments: JSON.parse(args) }) : null
console.log(JSON.stringify({ tools: tools.map((one) => one.name), called }))
await client.close()
