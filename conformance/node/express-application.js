// An Express application with nothing but the two lines that guard it. Prints "listening: URL".
import { createRequire } from 'node:module'
import { keyway } from '../../clients/typescript/dist/express.js'

// Express is the client's own for its tests.
const express = createRequire(new URL('../../clients/typescript/package.json', import.meta.url))('express')
const app = express()
app.use(keyway({ url: process.env.KEYWAY_URL, product: process.env.KEYWAY_PRODUCT }))
app.use((request, response) => {
  response.json({ key: request.keyway.keyId, authorization: String(request.headers.authorization ?? null) })
})
const server = app.listen(0, '127.0.0.1', () => console.log(`listening: http://127.0.0.1:${server.address().port}`))
