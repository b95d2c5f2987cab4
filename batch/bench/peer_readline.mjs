// The script that people write instead: one process, node:readline, JSON in and JSON out.
//
//     node peer_readline.mjs INPUT OUTPUT [PLUGIN_DIR]
//
// It uses rl.on('line') and one write for each event, which the stream gathers into blocks: of the
// forms that were tried, `for await (const line of rl)` and gathering the lines here among them, this was
// the fastest. Reading pauses while the stream is full. A plugin is one file, an ES module, CommonJS or
// bare functions; its processEvent must not be asynchronous. As in the original runtime a falsy result
// drops the event, and an event whose plugin throws goes on as the plugin left it.
import { once } from 'node:events'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'

const BLOCK = 256 * 1024

const [input, output, pluginDir] = process.argv.slice(2)
await replay(input, output, pluginDir ? await loadPlugin(pluginDir) : (event) => event)

async function replay(input, output, processEvent) {
    const fd = fs.openSync(output, 'w')
    const out = fs.createWriteStream(null, { fd, autoClose: false, highWaterMark: BLOCK })
    const lines = createInterface({ input: fs.createReadStream(input), crlfDelay: Infinity })
    out.on('drain', () => lines.resume())

    let failed = 0
    lines.on('line', (line) => {
        const event = JSON.parse(line)
        let result = event
        try {
            result = processEvent(event)
        } catch (error) {
            failed++
        }
        if (result && !out.write(JSON.stringify(result) + '\n')) {
            lines.pause() // the lines of the block that is already read still arrive
        }
    })
    await once(lines, 'close')
    out.end()
    await once(out, 'finish')
    fs.fsyncSync(fd)
    fs.closeSync(fd)
    if (failed > 0) {
        console.error(`processEvent threw for ${failed} events`)
        process.exitCode = 1
    }
}

// loadPlugin sets a plugin up with its default config and returns its processEvent for one event.
async function loadPlugin(dir) {
    const manifest = JSON.parse(fs.readFileSync(path.join(dir, 'plugin.json'), 'utf8'))
    const exported = await loadModule(path.join(dir, manifest.main ?? 'index.js'))
    const meta = {
        config: defaults(manifest.config ?? []),
        attachments: {},
        global: {},
        cache: {},
        storage: {},
    }
    await exported.setupPlugin?.(meta)
    const { processEvent } = exported
    return (event) => processEvent(event, meta)
}

// defaults reads both forms of a manifest's config: a list of fields, and an object of them by key.
function defaults(config) {
    const fields = Array.isArray(config) ? config : Object.entries(config).map(([key, field]) => ({ key, ...field }))
    const given = fields.filter((field) => field.key && field.default !== undefined && field.default !== null)
    return Object.fromEntries(given.map((field) => [field.key, field.default]))
}

async function loadModule(file) {
    const source = fs.readFileSync(file, 'utf8')
    return /^\s*(export|import)\b/m.test(source) ? await loadESM(file) : loadScript(source, file)
}

// loadESM imports a copy named .mjs, because Node takes a lone .js file for CommonJS.
async function loadESM(file) {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-plugin-'))
    try {
        const copy = path.join(dir, path.basename(file, path.extname(file)) + '.mjs')
        fs.copyFileSync(file, copy)
        const module = await import(pathToFileURL(copy))
        return { ...module.default, ...module }
    } finally {
        fs.rmSync(dir, { recursive: true })
    }
}

// loadScript runs CommonJS and bare functions the way the original runtime did: in the global scope, whose
// functions count when nothing is exported.
function loadScript(source, file) {
    const module = { exports: {} }
    Object.assign(globalThis, { module, exports: module.exports, require: createRequire(path.resolve(file)) })
    vm.runInThisContext(source, { filename: file })
    const exported = { ...globalThis.exports, ...module.exports }
    return Object.keys(exported).length > 0 ? exported : globalThis
}
