// Holds a session open with the official TypeScript client and tells what happens to it: node hold-session.js URL
// Prints "open" once it may call tools, "cut: …" when its stream breaks, and for each line read, "ok" or "refused: …".
import { createInterface } from 'node:readline'
import { connect } from './session.js'

const { client } = await connect(process.argv[2], (error) => console.log(`cut: ${error.message}`))
await client.listTools()
console.log('open')
for await (const _line of createInterface({ input: process.stdin })) {
  try {
    await client.listTools()
    console.log('ok')
  } catch (error) {
    console.log(`refused: ${error.code ?? ''} ${error.message}`)
  }
}
process.exit(0)
