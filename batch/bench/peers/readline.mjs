// The script that people write instead: one process, node:readline, JSON in and JSON out.
//
//     node readline.mjs INPUT OUTPUT [PLUGINS]
//
// It uses rl.on('line') and one write for each event, which the stream gathers into blocks: of the forms that
// were tried, `for await (const line of rl)` and gathering the lines here among them, this was the fastest.
// Reading pauses while the stream is full. Results of asynchronous plugins are written in the order of the
// events: each waits for the one before it.
import { once } from 'node:events'
import fs from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

import { finish, loadChain, sync } from './plugins.mjs'

const BLOCK = 256 * 1024

const [input, output, plugins] = process.argv.slice(2)
const chain = await loadChain(plugins)
const fd = fs.openSync(output, 'w')
const out = fs.createWriteStream(null, { fd, autoClose: false, highWaterMark: BLOCK })
let webhooks
const file = fs.createReadStream(input)
const lines = createInterface({ input: input.endsWith('.gz') ? file.pipe(createGunzip()) : file, crlfDelay: Infinity })
out.on('drain', () => lines.resume())

let last = null // of the asynchronous results
lines.on('line', (line) => {
    const result = chain.run(JSON.parse(line))
    if (result && typeof result.then === 'function') {
        last = last ? last.then(() => result).then(write) : result.then(write)
    } else if (last) {
        last = last.then(() => write(result))
    } else {
        write(result)
    }
})
await once(lines, 'close')
await last
out.end()
await once(out, 'finish')
if (webhooks !== undefined) {
    fs.closeSync(webhooks)
}
finish(sync(fd), chain.failed)

function write(result) {
    if (result?.sent) {
        webhooks ??= fs.openSync(output + '.webhooks.ndjson', 'w')
        fs.writeSync(webhooks, result.sent)
    }
    if (result && !out.write(result.line)) {
        lines.pause() // the lines of the block that is already read still arrive
    }
}
