// What all peers share: loading plugins and running an event through them, as people's own scripts do it.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'

// loadChain reads the list of plugins, [{dir, config}] as JSON, and returns one function for an event. It gives
// the line to write and those of webhooks, or a promise of them if a plugin was asynchronous. As in the original
// runtime a falsy result drops the event, and an event whose plugin throws goes on as the plugin left it.
export async function loadChain(text) {
    const plugins = await Promise.all(JSON.parse(text ?? '[]').map(loadPlugin))
    const hooks = plugins.filter((plugin) => plugin.processEvent)
    const webhooks = plugins.filter((plugin) => plugin.composeWebhook)
    const chain = { failed: 0, run }
    return chain

    function run(event) {
        return from(0, event)
    }

    function from(i, event) {
        for (; i < hooks.length; i++) {
            let result
            try {
                result = hooks[i].processEvent(event)
            } catch {
                chain.failed++
                continue
            }
            if (result && typeof result.then === 'function') {
                return goOn(i + 1, event, result)
            }
            if (!result) {
                return null
            }
            event = result
        }
        return written(event)
    }

    async function goOn(i, event, promise) {
        try {
            event = await promise
        } catch {
            chain.failed++
        }
        return event ? from(i, event) : null
    }

    function written(event) {
        const line = JSON.stringify(event) + '\n'
        let sent = ''
        for (const plugin of webhooks) {
            const { uuid, team_id, distinct_id, event: name, timestamp, now, properties } = event
            const stored = { uuid, team_id, distinct_id, event: name, timestamp: new Date(timestamp ?? now), properties: properties ?? {} }
            const webhook = plugin.composeWebhook(stored)
            if (webhook) {
                sent += JSON.stringify({ plugin: plugin.name, uuid, ...webhook }) + '\n'
            }
        }
        return { line, sent }
    }
}

// loadPlugin sets a plugin up with its config, defaults filled in.
async function loadPlugin({ dir, config }) {
    const manifest = JSON.parse(fs.readFileSync(path.join(dir, 'plugin.json'), 'utf8'))
    const exported = await loadModule(path.join(dir, manifest.main ?? 'index.js'))
    const meta = {
        config: { ...defaults(manifest.config ?? []), ...config },
        attachments: {},
        global: {},
        cache: {},
        storage: {},
    }
    await exported.setupPlugin?.(meta)
    const { processEvent, composeWebhook } = exported
    return {
        name: manifest.name,
        processEvent: processEvent && ((event) => processEvent(event, meta)),
        composeWebhook: composeWebhook && ((event) => composeWebhook(event, meta)),
    }
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

// sync flushes a file to the disk, closes it, and says how long the flush took.
export function sync(fd) {
    const begin = process.hrtime.bigint()
    fs.fsyncSync(fd)
    const seconds = Number(process.hrtime.bigint() - begin) / 1e9
    fs.closeSync(fd)
    return seconds
}

// finish tells the bench what it wants to know, and fails if a plugin did.
export function finish(syncSeconds, failed) {
    console.log(JSON.stringify({ sync_seconds: syncSeconds }))
    if (failed > 0) {
        console.error(`processEvent threw for ${failed} events`)
        process.exitCode = 1
    }
}
