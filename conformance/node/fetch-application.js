// A handler of the Fetch form, guarded, behind Node's own HTTP server. Prints "listening: URL".
import { createServer } from 'node:http'
import { guarded } from '../../clients/typescript/dist/fetch.js'

const handler = guarded(
  { url: process.env.KEYWAY_URL, product: process.env.KEYWAY_PRODUCT, address: () => '127.0.0.1' },
  (request, identity) =>
    Response.json({ key: identity.keyId, authorization: String(request.headers.get('authorization')) })
)
const server = createServer(async (request, response) => {
  const headers = new Headers()
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    headers.append(request.rawHeaders[i], request.rawHeaders[i + 1])
  }
  const answer = await handler(new Request(`http://${request.headers.host}${request.url}`, { method: request.method, headers }))
  response.writeHead(answer.status, [...answer.headers].flat())
  response.end(await answer.text())
})
server.listen(0, '127.0.0.1', () => console.log(`listening: http://127.0.0.1:${server.address().port}`))
