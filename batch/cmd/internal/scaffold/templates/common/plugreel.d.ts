// What a plugin finds when plugreel runs it. Editors read this file; nothing else does.
// Written by "plugreel new"; a test compares it with what is really there.

/** An event as a client sent it: what processEvent gets. */
interface PluginEvent {
    uuid?: string
    event: string
    distinct_id: string
    /** Absent for some events, such as $identify. */
    properties?: Properties
    /** ISO 8601, as the client says; maybe absent. */
    timestamp?: string
    /** ISO 8601: when the event was received. */
    now?: string
    sent_at?: string
    ip?: string | null
    site_url?: string
    team_id?: number
    /** Person properties to set. */
    $set?: Properties
    /** Person properties to set unless they are set. */
    $set_once?: Properties
    [member: string]: any
}

/** An event that left the chain: what onEvent gets. */
interface ProcessedPluginEvent {
    uuid: string
    event: string
    distinct_id: string
    properties: Properties
    /** ISO 8601, UTC. */
    timestamp: string
    ip: string | null
    team_id: number
    $set?: Properties
    $set_once?: Properties
    elements?: { [member: string]: any }[]
}

/** What composeWebhook gets. */
interface PostHogEvent {
    uuid: string
    team_id: number
    distinct_id: string
    event: string
    timestamp: Date
    properties: Properties
}

interface Properties {
    [name: string]: any
}

/** A request that composeWebhook asks to be sent. */
interface Webhook {
    url: string
    body: string
    /** POST if absent. */
    method?: 'POST' | 'GET' | 'PUT' | 'DELETE' | 'PATCH'
    /** {'Content-Type': 'application/json'} if absent. */
    headers?: Record<string, string>
}

/** What every hook gets beside the event. */
interface PluginMeta<Config = Record<string, any>, Global = Record<string, any>> {
    /** The user's configuration, as plugin.json declares it. */
    config: Config
    /** What the plugin keeps as long as it runs. Every worker has its own. */
    global: Global
    /** Files given as configuration, by key. */
    attachments: Record<string, PluginAttachment | undefined>
    /** What all instances share for a while. */
    cache: CacheExtension
    /** What the plugin keeps for good. */
    storage: StorageExtension
    utils: UtilsExtension
    geoip: GeoIPExtension
    /** Work put off until later: jobs.name(payload).runIn(5, 'minutes'). */
    jobs: Record<string, (payload?: any) => JobControls>
    /** What the report counts, as the export metrics declares it. */
    metrics: Record<string, { increment(value: number): void; max(value: number): void; min(value: number): void }>
}

interface PluginAttachment {
    content_type: string
    file_name: string
    contents: Buffer
}

interface CacheExtension {
    set(key: string, value: unknown, ttlSeconds?: number, options?: { jsonSerialize?: boolean }): Promise<void>
    get(key: string, defaultValue?: unknown, options?: { jsonSerialize?: boolean }): Promise<any>
    incr(key: string): Promise<number>
    expire(key: string, ttlSeconds: number): Promise<boolean>
    lpush(key: string, elements: string | unknown[]): Promise<number>
    lrange(key: string, start: number, end: number): Promise<string[]>
    llen(key: string): Promise<number>
    lpop(key: string, count: number): Promise<string[] | null>
    lrem(key: string, count: number, element: string): Promise<number>
}

interface StorageExtension {
    /** undefined as a value deletes the key. */
    set(key: string, value: unknown): Promise<void>
    get(key: string, defaultValue?: unknown): Promise<any>
    del(key: string): Promise<void>
}

interface UtilsExtension {
    cursor: CursorUtils
}

interface CursorUtils {
    init(key: string, initialValue?: number): Promise<void>
    increment(key: string, incrementBy?: number): Promise<number>
}

interface GeoIPExtension {
    /** A record of MaxMind's City form; null if nothing is known. */
    locate(ip: string): Promise<any>
}

interface JobControls {
    runNow(): Promise<void>
    runIn(duration: number, unit: string): Promise<void>
    runAt(date: Date): Promise<void>
}

/** Messages go to the plugin's log. There is nothing else on console. */
interface Console {
    debug(...args: unknown[]): Promise<void>
    log(...args: unknown[]): Promise<void>
    info(...args: unknown[]): Promise<void>
    warn(...args: unknown[]): Promise<void>
    error(...args: unknown[]): Promise<void>
}

interface PostHog {
    /** Makes a new event. */
    capture(event: string, properties?: Properties): Promise<void>
    /** There is no host product: every call is rejected. */
    api: PostHogAPI
}

interface PostHogAPI {
    get(path: string, options?: object): Promise<Response>
    post(path: string, options?: object): Promise<Response>
    put(path: string, options?: object): Promise<Response>
    patch(path: string, options?: object): Promise<Response>
    delete(path: string, options?: object): Promise<Response>
}

declare const console: Console
declare const posthog: PostHog
/** Reaches the hosts that the user names with --allow-net, or answers from a recording. */
declare function fetch(url: string | URL | Request, init?: RequestInit): Promise<Response>

/** Thrown by setupPlugin, it asks for another attempt. */
declare class RetryError extends Error {
    constructor(message?: string)
}

interface RequestInit {
    method?: string
    headers?: Record<string, string> | Headers | [string, string][]
    body?: string | Buffer | Uint8Array | URLSearchParams | null
    redirect?: 'follow' | 'manual' | 'error'
}

declare class Headers {
    constructor(init?: Record<string, string> | Headers | [string, string][])
    get(name: string): string | null
    has(name: string): boolean
    set(name: string, value: string): void
    append(name: string, value: string): void
    delete(name: string): void
    forEach(f: (value: string, name: string) => void): void
}

declare class Request {
    constructor(url: string | URL | Request, init?: RequestInit)
    readonly url: string
    readonly method: string
    readonly headers: Headers
}

declare class Response {
    constructor(body?: string | Buffer | null, init?: { status?: number; statusText?: string; headers?: Record<string, string> })
    readonly url: string
    readonly ok: boolean
    readonly status: number
    readonly statusText: string
    readonly headers: Headers
    text(): Promise<string>
    json(): Promise<any>
    arrayBuffer(): Promise<ArrayBuffer>
}

declare class URLSearchParams {
    constructor(init?: string | Record<string, string> | [string, string][])
    get(name: string): string | null
    getAll(name: string): string[]
    has(name: string): boolean
    set(name: string, value: string): void
    append(name: string, value: string): void
    delete(name: string): void
    sort(): void
    toString(): string
    [Symbol.iterator](): IterableIterator<[string, string]>
}

declare class URL {
    constructor(url: string, base?: string | URL)
    href: string
    readonly origin: string
    protocol: string
    username: string
    password: string
    host: string
    hostname: string
    port: string
    pathname: string
    search: string
    hash: string
    readonly searchParams: URLSearchParams
    toString(): string
    toJSON(): string
}

interface Buffer extends Uint8Array {
    toString(encoding?: string, start?: number, end?: number): string
    [member: string]: any
}
declare const Buffer: {
    from(value: string | number[] | ArrayBuffer | Uint8Array, encoding?: string): Buffer
    alloc(size: number): Buffer
    concat(list: Uint8Array[]): Buffer
    isBuffer(value: unknown): value is Buffer
    byteLength(text: string, encoding?: string): number
}

declare class TextEncoder {
    encode(text?: string): Uint8Array
}
declare class TextDecoder {
    constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
    decode(bytes?: ArrayBuffer | Uint8Array): string
}

// Time in a replay is the event's: a timer lets it jump, and nobody waits.
declare function setTimeout(f: (...args: any[]) => void, ms?: number, ...args: any[]): any
declare function clearTimeout(timer: any): void
declare function setInterval(f: (...args: any[]) => void, ms?: number, ...args: any[]): any
declare function clearInterval(timer: any): void
declare function setImmediate(f: (...args: any[]) => void, ...args: any[]): any
declare function clearImmediate(timer: any): void
declare function queueMicrotask(f: () => void): void

declare function structuredClone<T>(value: T): T
declare function atob(text: string): string
declare function btoa(text: string): string
declare function require(module: string): any
/** Random values are keyed by the event: the same in every replay, and no secrets. */
declare const crypto: { randomUUID(): string; getRandomValues<T>(array: T): T; readonly subtle: any }
declare const performance: { now(): number }
declare const process: { readonly env: Record<string, string | undefined>; [member: string]: any }
declare const global: any

declare class EventTarget {
    addEventListener(type: string, listener: (event: any) => void): void
    removeEventListener(type: string, listener: (event: any) => void): void
    dispatchEvent(event: any): boolean
}
declare class Event {
    constructor(type: string, init?: object)
    readonly type: string
}
declare class CustomEvent extends Event {
    readonly detail: any
}
declare class AbortSignal extends EventTarget {
    readonly aborted: boolean
    readonly reason: any
}
declare class AbortController {
    readonly signal: AbortSignal
    abort(reason?: any): void
}
declare class DOMException extends Error {}

// The same under the names that plugins of the original runtime import.
declare namespace PlugreelTypes {
    type Event = PluginEvent
    type Processed = ProcessedPluginEvent
    type PostHog = PostHogEvent
    type Hook = Webhook
    type Meta<Config, Global> = PluginMeta<Config, Global>
    type Attachment = PluginAttachment
    type Cache = CacheExtension
    type Storage = StorageExtension
    const Retry: typeof RetryError
}

declare module '@posthog/plugin-scaffold' {
    export type PluginEvent = PlugreelTypes.Event
    export type ProcessedPluginEvent = PlugreelTypes.Processed
    export type PostHogEvent = PlugreelTypes.PostHog
    export type Webhook = PlugreelTypes.Hook
    export type PluginAttachment = PlugreelTypes.Attachment
    export type CacheExtension = PlugreelTypes.Cache
    export type StorageExtension = PlugreelTypes.Storage
    export type Properties = Record<string, any>
    export interface PluginInput {
        config?: any
        global?: any
        attachments?: any
        jobs?: any
        metrics?: any
    }
    export interface Plugin<Input extends PluginInput = {}> {
        input?: Input
        setupPlugin?: (meta: Meta<Input>) => void | Promise<void>
        teardownPlugin?: (meta: Meta<Input>) => void | Promise<void>
        processEvent?: (event: PluginEvent, meta: Meta<Input>) => PluginEvent | null | undefined | Promise<PluginEvent | null | undefined>
        onEvent?: (event: ProcessedPluginEvent, meta: Meta<Input>) => void | Promise<void>
        composeWebhook?: (event: PostHogEvent, meta: Meta<Input>) => Webhook | null
        runEveryMinute?: (meta: Meta<Input>) => void | Promise<void>
        runEveryHour?: (meta: Meta<Input>) => void | Promise<void>
        runEveryDay?: (meta: Meta<Input>) => void | Promise<void>
    }
    export type Meta<Input extends PluginInput = {}> = PlugreelTypes.Meta<Input['config'], Input['global']>
    export type PluginMeta<P = Plugin<any>> = P extends Plugin<infer Input> ? Meta<Input> : Meta<any>
    export const RetryError: typeof PlugreelTypes.Retry
}
