// The script of somebody who has measured: large blocks, read and written at once.
//
//     node chunks.mjs INPUT OUTPUT [PLUGINS [FROM TO]]
//
// It takes the lines that begin in the bytes from FROM up to TO, all of them by default.
import fs from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

import { finish, loadChain, sync } from './plugins.mjs'

const BLOCK = 4 * 1024 * 1024

const [input, output, plugins, from = 0, to = Infinity] = workerData ?? process.argv.slice(2)
const chain = await loadChain(plugins)
const source = fs.openSync(input, 'r')
const fd = fs.openSync(output, 'w')
let webhooks

let at = Number(from)
let rest = Buffer.alloc(0)
let done = at === 0 ? 0 : -1 // -1: the line that is under way belongs to whom comes before
const block = Buffer.alloc(BLOCK)
for (;;) {
    const n = fs.readSync(source, block, 0, BLOCK, at)
    if (n === 0) {
        break
    }
    const data = Buffer.concat([rest, block.subarray(0, n)])
    const begin = at - rest.length
    at += n
    const text = []
    let pos = 0
    let over = false
    for (;;) {
        const end = data.indexOf(10, pos)
        if (end < 0) {
            break
        }
        if (begin + pos >= Number(to)) {
            over = true
            break
        }
        if (done === 0) {
            await record(data.toString('utf8', pos, end), text)
        }
        done = 0
        pos = end + 1
    }
    write(text)
    rest = Buffer.from(data.subarray(pos))
    if (over || begin + pos >= Number(to)) {
        rest = Buffer.alloc(0)
        break
    }
}
if (rest.length > 0 && done === 0) {
    const text = []
    await record(rest.toString('utf8'), text)
    write(text)
}
fs.closeSync(source)
if (webhooks !== undefined) {
    fs.closeSync(webhooks)
}
if (parentPort) {
    fs.closeSync(fd)
    parentPort.postMessage(chain.failed)
} else {
    finish(sync(fd), chain.failed)
}

// record returns a promise only where there is something to wait for.
function record(line, text) {
    const result = chain.run(JSON.parse(line))
    if (result && typeof result.then === 'function') {
        return result.then((settled) => keep(settled, text))
    }
    keep(result, text)
}

function keep(result, text) {
    if (!result) {
        return
    }
    text.push(result.line)
    if (result.sent) {
        webhooks ??= fs.openSync(output + '.webhooks.ndjson', 'w')
        fs.writeSync(webhooks, result.sent)
    }
}

function write(text) {
    if (text.length > 0) {
        fs.writeSync(fd, text.join(''))
    }
}
