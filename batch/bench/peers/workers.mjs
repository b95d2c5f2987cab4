// The script of somebody who has two cores: two threads, each with half of the file.
//
//     node workers.mjs INPUT OUTPUT [PLUGINS]
//
// Each thread takes the lines that begin in its half and writes a file of its own; the second is appended to
// the first.
import { once } from 'node:events'
import fs from 'node:fs'
import { Worker } from 'node:worker_threads'

import { finish, sync } from './plugins.mjs'

const [input, output, plugins] = process.argv.slice(2)
const half = Math.floor(fs.statSync(input).size / 2)
const second = output + '.second'
const ranges = [
    [input, output, plugins, 0, half],
    [input, second, plugins, half, Infinity],
]
const failed = await Promise.all(
    ranges.map(async (workerData) => {
        const worker = new Worker(new URL('./chunks.mjs', import.meta.url), { workerData })
        const [message] = await once(worker, 'message')
        return message
    }),
)

const fd = fs.openSync(output, 'a')
const from = fs.openSync(second, 'r')
const block = Buffer.alloc(4 * 1024 * 1024)
for (let n; (n = fs.readSync(from, block)) > 0; ) {
    fs.writeSync(fd, block, 0, n)
}
fs.closeSync(from)
fs.rmSync(second)
finish(sync(fd), failed[0] + failed[1])
